// cap_enter(min_complete, timeout_ns): the doorbell of a ring.
//
//   drain what was submitted ─▶ enough completions, or timeout 0? answer ─▶ else block until there are, or the time is over
//
// With FORM_REGISTERS the registers hold an entry themselves (ipc/register-entry.ts).

import { CAP_ENTER_FORM } from '@capos/abi';
import { drainError, TRANSPORT_BAD_OPERATION } from '@capos/ipc-ring';
import { FRAME_WORD } from '../arch/trap-frame.ts';
import { drainRing } from '../ipc/drain.ts';
import type { Thread } from '../processes/thread.ts';
import { performRegisterEntry } from './register-form.ts';

export function capEnter(thread: Thread, registers32: Uint32Array): number | undefined {
  const { ring } = thread;
  if (ring === undefined) return -TRANSPORT_BAD_OPERATION;
  if (registers32[FRAME_WORD.RAX + 1] === CAP_ENTER_FORM.REGISTERS)
    return performRegisterEntry(thread, ring, registers32);
  const { server } = ring;
  const wanted = Math.min(registers32[FRAME_WORD.RDI]!, server.cqEntries);
  const timeoutLow = registers32[FRAME_WORD.RSI]!;
  const timeoutHigh = registers32[FRAME_WORD.RSI + 1]!;
  const outcome = drainRing(ring);
  if (thread.isDead) return undefined;
  const available = server.unread();
  if (outcome === 'corrupt') return drainError(outcome);
  if (available >= wanted || (timeoutLow | timeoutHigh) === 0) {
    return available > 0 ? available : drainError(outcome);
  }
  // No credit, and nothing to consume that would give some: waiting could never end otherwise.
  if (outcome === 'no-credit' && available === 0 && wanted === 0) return drainError(outcome);
  thread.waitForCompletions(wanted, deadline(thread, timeoutLow, timeoutHigh));
  return undefined;
}

function deadline(thread: Thread, low: number, high: number): number {
  if (low === 0xffff_ffff && high === 0xffff_ffff) return Number.POSITIVE_INFINITY;
  return thread.process.nucleus.clock.nowNs() + high * 2 ** 32 + low;
}
