// The ring operations: one line each. A new one is a number in ipc-ring's table, a file here, and its line.

import {
  OP_CALL,
  OP_FINISH,
  OP_NOP,
  OP_PARK,
  OP_POST,
  OP_RECV,
  OP_RELEASE,
  OP_RETURN,
  OP_RETURN_RECV,
  OP_SIGNAL,
  OP_UNPARK,
  OP_WAIT,
  SQE_FLAG_KEEP_CAPS,
  SQE_FLAG_PIPELINED,
  SQE_FLAG_QUIET,
  SQE_FLAG_WANT_GONE,
  type SubmissionEntry,
  TRANSPORT_BAD_OPERATION,
} from '@capos/ipc-ring';
import type { ProcessRing } from '../ipc/process-ring.ts';
import { call } from './call.ts';
import { finish } from './finish.ts';
import { nop } from './nop.ts';
import type { RingOperation } from './operation.ts';
import { park } from './park.ts';
import { post } from './post.ts';
import { receive } from './receive.ts';
import { release } from './release.ts';
import { returnCall } from './return.ts';
import { returnReceive } from './return-receive.ts';
import { signal } from './signal.ts';
import { unpark } from './unpark.ts';
import { wait } from './wait.ts';

/** Numbers of the operations. */
export type OperationNumber =
  | typeof OP_NOP
  | typeof OP_CALL
  | typeof OP_RECV
  | typeof OP_RETURN
  | typeof OP_RELEASE
  | typeof OP_FINISH
  | typeof OP_PARK
  | typeof OP_UNPARK
  | typeof OP_SIGNAL
  | typeof OP_WAIT
  | typeof OP_POST
  | typeof OP_RETURN_RECV;

const OPERATION_TABLE = {
  [OP_NOP]: nop,
  [OP_CALL]: call,
  [OP_RECV]: receive,
  [OP_RETURN]: returnCall,
  [OP_RELEASE]: release,
  [OP_FINISH]: finish,
  [OP_PARK]: park,
  [OP_UNPARK]: unpark,
  [OP_SIGNAL]: signal,
  [OP_WAIT]: wait,
  [OP_POST]: post,
  [OP_RETURN_RECV]: returnReceive,
} as const satisfies Record<OperationNumber, RingOperation>;

const byNumber: readonly (RingOperation | undefined)[] = Array.from(
  { length: 256 },
  (_, number) => (OPERATION_TABLE as Record<number, RingOperation>)[number],
);

/** Flags that an operation takes. Where QUIET fits is the ring's to say (ipc-ring), and it has by then. */
const FLAGS_TAKEN: Readonly<Record<number, number>> = {
  [OP_CALL]: SQE_FLAG_QUIET | SQE_FLAG_PIPELINED | SQE_FLAG_KEEP_CAPS,
  [OP_RECV]: SQE_FLAG_QUIET | SQE_FLAG_WANT_GONE,
  [OP_RETURN_RECV]: SQE_FLAG_QUIET | SQE_FLAG_WANT_GONE,
};
const flagsRefused = Uint8Array.from({ length: 256 }, (_, number) => 0xff & ~(FLAGS_TAKEN[number] ?? SQE_FLAG_QUIET));

/** Acts on one submission; a number that is no operation, or a flag it does not take, is a transport error. */
export function performOperation(ring: ProcessRing, entry: SubmissionEntry): number {
  const number = entry.op;
  const operation = byNumber[number];
  if (operation === undefined || (entry.flags & flagsRefused[number]!) !== 0) return -TRANSPORT_BAD_OPERATION;
  return operation(ring, entry);
}
