// What a thread is doing; the diagram is in processes/thread.ts.

/** States of a thread. */
export const THREAD = { READY: 0, RUNNING: 1, BLOCKED: 2, DEAD: 3 } as const;
/** A value of {@link THREAD}. */
export type ThreadState = (typeof THREAD)[keyof typeof THREAD];
