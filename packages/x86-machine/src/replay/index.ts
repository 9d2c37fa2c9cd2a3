// Runs that can be repeated to the instruction: an entry of its own, which most programs do without.
export { InputLogReader, InputLogWriter, type LogEntry, type LogHeader } from './input-log.ts';
export {
  createRecorder,
  createReplay,
  type Journal,
  type Recorder,
  type RecorderOptions,
  type Replay,
} from './journal.ts';
export { followMachine, type JournaledRun, journalOptions } from './machine-replay.ts';
export { seededEntropy } from './seeded-entropy.ts';
export { stateHash } from './state-hash.ts';
export { VirtualClock, type VirtualClockOptions } from './virtual-clock.ts';
