// A method call on one of the process's capabilities, as something a handler can wait for.
//
//   callMethod ─▶ caps.call ──completes at once──▶ answer, nothing yielded
//                     └──────later──▶ yields a Wait; woken by the completion; canceled if the thread dies meanwhile

import type {
  CallOutcome,
  CapId,
  CapTableView,
  CapTransfer,
  MethodDescriptor,
  PendingCall,
  ReceivedCap,
} from '@capos/abi';
import { ERRNO } from '../linux/errno.ts';
import type { Blocking, MaybeBlocking, Wait } from '../waiting.ts';

/** Results of a call that succeeded; `caps` by the ordinals that the results name. */
export interface CallAnswer<Results> {
  readonly results: Results;
  readonly caps: readonly ReceivedCap[];
}

/** How a call may be made. */
export interface CallOptions {
  readonly transfers?: readonly CapTransfer[];
  readonly maxResultBytes?: number;
  /** Whether a signal ends the wait; disk-like calls go on to their end, as on Linux. */
  readonly interruptible?: boolean;
}

/** Transport errors that less data would not have met: BUFFER_TOO_SMALL, NO_MEMORY, TOO_LARGE (ipc-ring). */
const TOO_LARGE: ReadonlySet<number> = new Set([4, 10, 12]);

const NO_TRANSFERS: readonly CapTransfer[] = [];
let paramsBuffer = new Uint8Array(4096);

/** What errno a call that did not reach its object, or ended in an exception, has for the program. */
export function errnoOfFailure(outcome: Exclude<CallOutcome, { kind: 'results' }>): number {
  if (outcome.kind === 'abandoned') return -ERRNO.EIO;
  if (outcome.kind === 'transport') return TOO_LARGE.has(outcome.code) ? -ERRNO.EMSGSIZE : -ERRNO.EIO;
  switch (outcome.exception.kind) {
    case 'overloaded':
      return -ERRNO.EAGAIN;
    case 'unimplemented':
      return -ERRNO.EOPNOTSUPP;
    case 'invalidArgument':
      return -ERRNO.EINVAL;
    default:
      return -ERRNO.EIO;
  }
}

/**
 * Calls a method. Answers its results, or minus an error number. (A codec copies texts and data out of the message, so the
 * results outlive the payload.)
 */
export function callMethod<Params, Results>(
  caps: CapTableView,
  capId: CapId,
  method: MethodDescriptor<Params, Results>,
  params: Params,
  options: CallOptions = {},
): MaybeBlocking<CallAnswer<Results> | number> {
  const size = method.params.measure(params);
  if (size > paramsBuffer.length) paramsBuffer = new Uint8Array(size * 2);
  const length = method.params.encode(params, paramsBuffer, 0, paramsBuffer.length);
  let answer: CallAnswer<Results> | number | undefined;
  let wake: (() => void) | undefined;
  const complete = (outcome: CallOutcome): void => {
    if (outcome.kind === 'results') {
      try {
        answer = { results: method.results.decode(outcome.payload, 0, outcome.payload.length), caps: outcome.caps };
      } catch {
        // Not a message of this type: whoever serves the capability is broken or hostile.
        for (const cap of outcome.caps) caps.release(cap.capId);
        answer = -ERRNO.EIO;
      }
    } else {
      answer = errnoOfFailure(outcome);
    }
    wake?.();
  };
  const pending = caps.call(
    capId,
    method.ordinal,
    paramsBuffer.subarray(0, length),
    options.transfers ?? NO_TRANSFERS,
    complete,
    {
      ...(options.maxResultBytes === undefined ? {} : { maxResultBytes: options.maxResultBytes }),
    },
  );
  if (answer !== undefined) return answer;
  return awaitAnswer(
    pending,
    () => answer,
    (callback) => (wake = callback),
    options.interruptible ?? false,
  );
}

function* awaitAnswer<Results>(
  pending: PendingCall | undefined,
  answer: () => CallAnswer<Results> | number | undefined,
  onWake: (callback: () => void) => void,
  interruptible: boolean,
): Blocking<CallAnswer<Results> | number> {
  const wait: Wait = {
    interruptible,
    begin(wake) {
      if (answer() !== undefined) wake();
      else onWake(wake);
      return undefined;
    },
  };
  try {
    for (;;) {
      const reason = yield wait;
      const got = answer();
      if (got !== undefined) return got;
      if (reason === 'interrupted') return -ERRNO.EINTR;
    }
  } finally {
    if (answer() === undefined) pending?.cancel();
  }
}
