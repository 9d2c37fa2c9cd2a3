// `--record`, `--replay`, `--seed`, `--virtual-time`: a run that can be repeated, and what it takes.
//
//   subject of the log   what must be the same again: program, arguments, flags; and where its wall clock began
//   end of the log       the state's hash, compared at the end of a replay
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { type Machine, MachineError } from '@capos/x86-machine';
import { createRecorder, createReplay, type Recorder, type Replay, stateHash } from '@capos/x86-machine/replay';
import { sha256 } from '../sha256.ts';
import { JournaledLoop } from './journaled-loop.ts';

export interface JournalOptions {
  /** Files. */
  readonly record?: string | undefined;
  readonly replay?: string | undefined;
  readonly seed?: bigint | undefined;
  readonly virtualTime?: boolean;
}

/** Where the wall clock of a run begins that is the same each time: 2020. */
const WALL_START_MS = 1_577_836_800_000;

export interface JournaledRun {
  readonly loop: JournaledLoop;
  readonly journal: Recorder | Replay;
  /** Nanoseconds since 1970. */
  readonly wallClock: () => bigint;
  /** Ends log or replay; answers what to tell. @throws MachineError `diverged` */
  finish(machine: Machine): string | undefined;
  close(): void;
}

export const wantsJournal = ({ record, replay, seed, virtualTime }: JournalOptions): boolean =>
  record !== undefined || replay !== undefined || seed !== undefined || virtualTime === true;

/**
 * Begins a recording or a replay.
 * @param same what must be the same in both, as JSON has it
 * @throws MachineError `badLog`, `diverged`; Error when a file cannot be read or written
 */
export function journaledRun(
  options: JournalOptions,
  image: Uint8Array,
  same: Readonly<Record<string, unknown>>,
): JournaledRun {
  const { record, replay: replayed, virtualTime = false } = options;
  const digest = Buffer.from(sha256(image)).toString('hex');
  const command = JSON.stringify({ ...same, digest, virtualTime });
  if (replayed !== undefined) {
    const replay = createReplay(readFileSync(replayed));
    const { wallStartMs, command: recorded } = subjectOf(replay.subject);
    if (recorded !== command)
      throw new MachineError(
        'diverged',
        `${replayed} was recorded of ${recorded}, and this is ${command}: give the same program and flags`,
      );
    return {
      ...partsOf(replay, wallStartMs, virtualTime),
      finish(machine) {
        const hash = stateHash(machine);
        replay.finish(hash);
        return `replayed to the same state, ${hash}`;
      },
      close: () => {},
    };
  }
  const wallStartMs = record === undefined ? WALL_START_MS : Date.now();
  const file = record === undefined ? undefined : openSync(record, 'w');
  const seed = options.seed ?? (record === undefined ? 0n : randomBytes(8).readBigUInt64LE());
  const recorder = createRecorder({
    seed,
    subject: Buffer.from(JSON.stringify({ wallStartMs, command })),
    write: (bytes) => void (file !== undefined && writeSync(file, bytes)),
  });
  return {
    ...partsOf(recorder, wallStartMs, virtualTime),
    finish(machine) {
      if (file === undefined) return undefined;
      const hash = stateHash(machine);
      recorder.finish(hash);
      return `recorded to ${record}, to state ${hash}`;
    },
    close: () => void (file !== undefined && closeSync(file)),
  };
}

function partsOf(
  journal: Recorder | Replay,
  wallStartMs: number,
  virtualTime: boolean,
): Pick<JournaledRun, 'loop' | 'journal' | 'wallClock'> {
  const loop = new JournaledLoop(journal, virtualTime);
  const start = BigInt(wallStartMs) * 1_000_000n;
  return { journal, loop, wallClock: () => start + BigInt(Math.floor(journal.clock.nowNs())) };
}

function subjectOf(subject: Uint8Array): { wallStartMs: number; command: string } {
  try {
    const { wallStartMs, command } = JSON.parse(Buffer.from(subject).toString());
    if (Number.isSafeInteger(wallStartMs) && typeof command === 'string') return { wallStartMs, command };
  } catch {
    // Said below.
  }
  throw new MachineError('badLog', 'reading an input log: it is not one of capos run');
}
