// A method call that belongs to no thread: begun now, told of when it has ended. Sockets keep one going, so that what comes
// is there before a program asks.
//
// It goes through the table of one process. If that process ends first, nothing is told: the capability's `onHolderLost` is,
// and whoever still needs the answer asks again through another table.

import type { CallOutcome, CapTableView, MethodDescriptor } from '@capos/abi';
import { ERRNO } from '../linux/errno.ts';
import { type CallAnswer, type CallOptions, errnoOfFailure } from './capability-call.ts';
import { type Acting, SharedCapability } from './shared-capability.ts';

/** A call under way. */
export interface StartedCall {
  /** The table it goes through. */
  readonly through: CapTableView;
  cancel(): void;
}

/**
 * Starts a call; `done` gets its results and the table that holds the capabilities among them, or minus an error number,
 * perhaps before this returns. Undefined when it is over already, or when nobody holds the capability (then −EIO is told).
 */
export function startCall<Params, Results>(
  capability: SharedCapability,
  method: MethodDescriptor<Params, Results>,
  params: Params,
  done: (answer: CallAnswer<Results> | number, caps: CapTableView | undefined) => void,
  options: CallOptions = {},
): StartedCall | undefined {
  const { ownReference: reference } = capability;
  if (reference === undefined) {
    done(-ERRNO.EIO, undefined);
    return undefined;
  }
  const { caps, capId } = reference;
  const bytes = new Uint8Array(method.params.measure(params));
  const length = method.params.encode(params, bytes, 0, bytes.length);
  const complete = (outcome: CallOutcome): void => {
    if (outcome.kind === 'abandoned') return;
    if (outcome.kind !== 'results') {
      done(errnoOfFailure(outcome), caps);
      return;
    }
    let results: Results;
    try {
      results = method.results.decode(outcome.payload, 0, outcome.payload.length);
    } catch {
      // Not a message of this type: whoever serves the capability is broken or hostile.
      for (const cap of outcome.caps) caps.release(cap.capId);
      done(-ERRNO.EIO, caps);
      return;
    }
    done({ results, caps: outcome.caps }, caps);
  };
  const pending = caps.call(
    capId,
    method.ordinal,
    bytes.subarray(0, length),
    options.transfers ?? [],
    complete,
    options.maxResultBytes === undefined ? {} : { maxResultBytes: options.maxResultBytes },
  );
  return pending && { through: caps, cancel: () => pending.cancel() };
}

/** The result capability with ordinal `ordinal`, if it has the interface it must have; all others are released. */
export function adoptResult(
  acting: Acting,
  answer: CallAnswer<unknown>,
  caps: CapTableView,
  ordinal: number,
  interfaceId: bigint,
): SharedCapability | undefined {
  let adopted: SharedCapability | undefined;
  for (const [index, cap] of answer.caps.entries()) {
    if (index === ordinal && cap.interfaceId === interfaceId)
      adopted = new SharedCapability(acting, caps, cap.capId, true);
    else caps.release(cap.capId);
  }
  return adopted;
}
