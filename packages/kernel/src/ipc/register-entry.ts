// Register entry: one submission that comes in a thread's registers instead of its ring, and whose completion goes there too.
//
//          at the system call                             at its end
//   RAX    1 | FORM_REGISTERS << 32                       the completion's result, sign-extended
//   RDI    SQE bytes 0–7    op, flags, methodId, capId    –
//   RSI    SQE bytes 16–23  paramsAddress                 –
//   RDX    SQE bytes 24–31  paramsLength, resultLength    CQE flags
//   R10    SQE bytes 32–39  resultAddress                 –
//   R8     SQE bytes 40–47  answerId, dependency          CQE bytes 16–23: badge
//   R9     SQE bytes 48–55  dependencyCap, transferCount, aux   CQE bytes 24–31: token, methodId, capCount
//
// There is no userData and no deadline. What the ring holds is taken first, in order; then the entry is performed like any other,
// by the same operation table, and the thread waits for its end, however long. It takes no completion slot: the thread has one
// entry of this kind at most. The messages themselves stay in memory: they are copied once, from the sender's to the receiver's.

import { SubmissionEntry } from '@capos/ipc-ring';

/** The entry being performed is this one exactly when it came in registers. One serves all: decoding is never interrupted. */
export const registerEntry: SubmissionEntry = new SubmissionEntry();
