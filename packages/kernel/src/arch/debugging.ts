// What debuggers of processes need of the machine's package.

export {
  type DebugEvent,
  type DebugHooks,
  type DebugTarget,
  type DebugThread,
  type DebugTraps,
  findWatched,
  type ResumeAction,
  type StopCause,
  sameWatchpoint,
  type TracedAccess,
  type Watchpoint,
} from '@capos/x86-machine';
export { FRAME_BYTES, TrapFrame } from './trap-frame.ts';
