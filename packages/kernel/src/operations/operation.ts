// What a ring operation is: one function that decodes (checks everything, changes nothing) and then performs (cannot fail).

import type { SubmissionEntry } from '@capos/ipc-ring';
import type { ProcessRing } from '../ipc/process-ring.ts';

/**
 * Acts on one submission. `entry` is the kernel's private copy, each shared word of it read once; it is reused as soon as
 * another program runs. Answers the completion's result, a negated transport error, or ipc-ring's DEFERRED when the
 * completion is posted by other means. Never throws.
 */
export type RingOperation = (ring: ProcessRing, entry: SubmissionEntry) => number;

/** The most bytes of params or results of one call. */
export const MAX_MESSAGE_BYTES = 0x400_0000;
