// FINISH: forgets an answer. A CALL that is still open completes as canceled, its server is told, and calls that wait for its
// result end with it; an answer that has landed lets go of its capabilities (ipc/answer.ts).

import type { SubmissionEntry } from '@capos/ipc-ring';
import type { ProcessRing } from '../ipc/process-ring.ts';
import type { RingOperation } from './operation.ts';

export const finish: RingOperation = (ring: ProcessRing, entry: SubmissionEntry): number => {
  return ring.answers.finish(entry.answerId) ? 1 : 0;
};
