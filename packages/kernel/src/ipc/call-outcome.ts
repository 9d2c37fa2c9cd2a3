// What a call that did not come from a ring is told of its end: the server's answer, read where it was written.

import { type CallOutcome, capErrorOf, capException, type ReceivedCap } from '@capos/abi';
import { CAP_RECORD_SIZE, CQE_FLAG_EXCEPTION } from '@capos/ipc-ring';
import type { UserMemory } from '../memory/user-memory.ts';

/** @param start where the payload lies, with the records of `capCount` capabilities behind it */
export function readOutcome(
  memory: UserMemory,
  start: number,
  bytes: number,
  flags: number,
  capCount: number,
): CallOutcome {
  const payload = memory.bytes.subarray(start, start + bytes);
  if ((flags & CQE_FLAG_EXCEPTION) !== 0) return exceptionOutcome(payload);
  const caps: ReceivedCap[] = [];
  for (let index = 0, at = (start + bytes + 7) & ~7; index < capCount; index++, at += CAP_RECORD_SIZE) {
    const [capId, , low, high] = memory.words.subarray(at >> 2, (at + CAP_RECORD_SIZE) >> 2);
    caps.push({ capId: capId! >>> 0, interfaceId: (BigInt(high! >>> 0) << 32n) | BigInt(low! >>> 0) });
  }
  return { kind: 'results', payload, caps };
}

function exceptionOutcome(payload: Uint8Array): CallOutcome {
  try {
    const { kind, reason } = capErrorOf(capException.decode(payload, 0, payload.length));
    return { kind: 'exception', exception: { kind, reason } };
  } catch {
    return { kind: 'exception', exception: { kind: 'failed', reason: 'the server answered with a broken exception' } };
  }
}
