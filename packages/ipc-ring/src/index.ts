// io_uring-shaped submission and completion rings over shared memory, between any two threads.

export { type CompletionHandler, CompletionQueue } from './completion-queue.ts';
export { CompletionEntry } from './generated/completion-entry.ts';
export * from './generated/layout-constants.ts';
export { SubmissionEntry } from './generated/submission-entry.ts';
export {
  type Field,
  type FieldKind,
  LAYOUTS,
  type Layout,
  MAX_QUEUE_ENTRIES,
  type Numbered,
  OPERATIONS,
  type Operation,
  PROCESS_RING_CQ_ENTRIES,
  PROCESS_RING_SQ_ENTRIES,
  RETURN_REACHED_NOBODY,
  RING_ALIGNMENT,
  RING_MAGIC,
  RING_VERSION,
  TRANSPORT_ERRORS,
} from './layout.ts';
export { RingClient } from './ring-client.ts';
export { RingError, type RingErrorCode } from './ring-error.ts';
export {
  DEFERRED,
  type DrainOutcome,
  drainError,
  type RingPosition,
  RingServer,
  type SubmissionHandler,
} from './ring-server.ts';
export {
  initializeRing,
  openRingMemory,
  type RingBuffer,
  type RingMemory,
  type RingSize,
  ringBytes,
} from './ring-shape.ts';
export { RingWaiter, type WaiterOptions, type WaitOutcome } from './ring-waiter.ts';
export { NO_CREDIT, PUSHED, type PushOutcome, QUEUE_FULL, SubmissionQueue } from './submission-queue.ts';
