// Drain: takes what a program has submitted to a ring, one bounded round at a time.

import { DEFERRED, type DrainOutcome, type SubmissionEntry, type SubmissionHandler } from '@capos/ipc-ring';
import { performOperation } from '../operations/operation-table.ts';
import { performFromRing } from './fast-path.ts';
import type { ProcessRing } from './process-ring.ts';
import { GENERAL } from './ring-fast-path.ts';

/** Joins a ring to the operation table. */
class RingDrain implements SubmissionHandler {
  readonly #ring: ProcessRing;

  constructor(ring: ProcessRing) {
    this.#ring = ring;
  }

  submit(entry: SubmissionEntry): number {
    const ring = this.#ring;
    // An earlier submission of this round ended the process or the thread: the rest is nobody's.
    if (!ring.isOpen || ring.process.isDying) return DEFERRED;
    const { fastPath, notifier } = ring.process.nucleus;
    let result = performFromRing(fastPath, ring, entry);
    if (result === GENERAL) result = performOperation(ring, entry);
    if (notifier.isPending) notifier.flush();
    return result;
  }
}

/** Takes at most a queue full of submissions. */
export function drainRing(ring: ProcessRing): DrainOutcome {
  ring.drain ??= new RingDrain(ring);
  const { process } = ring;
  process.draining++;
  try {
    const outcome = ring.server.drain(ring.drain);
    if (ring.owed.size > 0) for (const binding of [...ring.owed]) binding.retry();
    return outcome;
  } finally {
    if (--process.draining === 0 && process.isDying) process.bury();
  }
}
