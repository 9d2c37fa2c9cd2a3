// FINISH: forgets an answer. A CALL that is still open completes as canceled, and its server is told.

import type { SubmissionEntry } from '@capos/ipc-ring';
import type { ProcessRing } from '../ipc/process-ring.ts';
import type { RingOperation } from './operation.ts';

export const finish: RingOperation = (ring: ProcessRing, entry: SubmissionEntry): number => {
  const operation = ring.answers.get(entry.answerId);
  if (operation === undefined) return 0;
  operation.cancel();
  return 1;
};
