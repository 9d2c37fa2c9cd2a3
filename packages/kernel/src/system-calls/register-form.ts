// cap_enter with an entry in registers: takes it in, performs it, and waits for its end (layout and rules: ipc/register-entry.ts).

import { DEFERRED, drainError, SQE_FLAG_QUIET, TRANSPORT_BAD_OPERATION } from '@capos/ipc-ring';
import { FRAME_WORD } from '../arch/trap-frame.ts';
import { drainRing } from '../ipc/drain.ts';
import { performInRegisters } from '../ipc/fast-path.ts';
import type { ProcessRing } from '../ipc/process-ring.ts';
import { registerEntry } from '../ipc/register-entry.ts';
import { performOperation } from '../operations/operation-table.ts';
import type { Thread } from '../processes/thread.ts';

/** SQE words and the registers they come in. */
const [OPERATION, PARAMS, LENGTHS, RESULT, ANSWER, REST] = [0, 4, 6, 8, 10, 12];

/** Performs the running thread's register entry. Answers what RAX becomes when it could not be; else registers are written. */
export function performRegisterEntry(thread: Thread, ring: ProcessRing, registers32: Uint32Array): number | undefined {
  if (ring.server.pending) {
    const outcome = drainRing(ring);
    if (thread.isDead) return undefined;
    if (outcome === 'corrupt' || outcome === 'no-credit') return drainError(outcome);
  }
  const { process } = ring;
  thread.awaitsRegisters = true;
  process.draining++;
  try {
    const { fastPath, notifier } = process.nucleus;
    if (!performInRegisters(fastPath, ring, registers32)) perform(thread, ring, registers32);
    if (notifier.isPending) notifier.flush();
    if (ring.owed.size > 0) for (const binding of [...ring.owed]) binding.retry();
  } finally {
    if (--process.draining === 0 && process.isDying) process.bury();
  }
  if (thread.awaitsRegisters && !thread.isDead) thread.block(Number.POSITIVE_INFINITY);
  return undefined;
}

function perform(thread: Thread, ring: ProcessRing, registers32: Uint32Array): void {
  take(registers32);
  const quiet = (registerEntry.flags & SQE_FLAG_QUIET) !== 0;
  const result = quiet ? -TRANSPORT_BAD_OPERATION : performOperation(ring, registerEntry);
  if (result !== DEFERRED && !thread.isDead) thread.completeInRegisters(result, 0, 0, 0, 0, 0);
}

function take(registers32: Uint32Array): void {
  const { words } = registerEntry;
  words[OPERATION] = registers32[FRAME_WORD.RDI]!;
  words[OPERATION + 1] = registers32[FRAME_WORD.RDI + 1]!;
  words[PARAMS] = registers32[FRAME_WORD.RSI]!;
  words[PARAMS + 1] = registers32[FRAME_WORD.RSI + 1]!;
  words[LENGTHS] = registers32[FRAME_WORD.RDX]!;
  words[LENGTHS + 1] = registers32[FRAME_WORD.RDX + 1]!;
  words[RESULT] = registers32[FRAME_WORD.R10]!;
  words[RESULT + 1] = registers32[FRAME_WORD.R10 + 1]!;
  words[ANSWER] = registers32[FRAME_WORD.R8]!;
  words[ANSWER + 1] = registers32[FRAME_WORD.R8 + 1]!;
  words[REST] = registers32[FRAME_WORD.R9]!;
  words[REST + 1] = registers32[FRAME_WORD.R9 + 1]!;
}
