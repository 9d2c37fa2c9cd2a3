// What a judge is: a suite somebody else wrote, cut into units that run alike on Linux and inside capOS.
//
//   judge.load ─▶ units ─┬─ native run ──▶ names that pass there      m
//                        └─ capOS run ───▶ of those, names that pass  n      score: n of m, suite, version
//
// A unit is one program run. It yields one verdict (a test program) or many (a script that prints a line a test).
// To add a judge: a file in suites/ that exports a Judge, and a line in suites.ts.

import type { Mount } from '../src/mount-option.ts';
import type { JudgeCache } from './judge-cache.ts';

/** One run of a program, the same on both sides: on Linux in a chroot that is put together from the same mounts. */
export interface ProgramRun {
  /** The ELF file on the host. */
  readonly program: string;
  /** The same file as the program sees it; also argv[0]. */
  readonly path: string;
  readonly arguments: readonly string[];
  /** NAME=VALUE. Nothing is inherited. */
  readonly environment: readonly string[];
  readonly workingDirectory: string;
  /** The first is the root. */
  readonly mounts: readonly Mount[];
  /** Standard input; empty unless given. */
  readonly input?: string;
  /** Seconds of processor time inside, and IDLE_FACTOR times as many by the clock, which is all that the native side goes by. */
  readonly timeoutSeconds: number;
  /** RAM of the machine, MiB. */
  readonly memoryMiB: number;
  /** A loopback of its own; without it, no network inside. */
  readonly network?: 'loopback';
  /** Which tier the machine is forced into: entries of a block before it is translated (Infinity: never). Default: its own. */
  readonly translateAfter?: number;
}

/** By the clock a run inside may take so many times its limit: other programs of the machine take their share of it. */
export const IDLE_FACTOR = 4;

/** How a run ended. */
export interface RunOutcome {
  readonly ending:
    | { readonly how: 'exited'; readonly code: number }
    | { readonly how: 'killed'; readonly signal: number }
    | { readonly how: 'timed out' }
    | { readonly how: 'broke'; readonly message: string };
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
}

/** The tests a run has decided: name of the test to whether it passed. */
export type Verdicts = ReadonlyMap<string, boolean>;

export interface JudgeUnit {
  readonly name: string;
  /** `scratch`: a fresh empty folder of the host for this run alone. */
  run(scratch: string): ProgramRun;
  /** The outcome of the other side's run is there for judges that compare the two; undefined while the native one is judged. */
  verdicts(outcome: RunOutcome, native: RunOutcome | undefined): Verdicts;
}

export interface LoadedJudge {
  /** The suite's name and version as its publisher writes them. */
  readonly version: string;
  readonly units: readonly JudgeUnit[];
  /** The units work on this repository: what Linux answers changes with it, and is not remembered from run to run. */
  readonly readsThisRepository?: true;
  /** Parts of the suite that can't be had on this machine, each with the reason. */
  readonly missing?: readonly string[];
}

export interface Judge {
  /** What the command line calls it. */
  readonly name: string;
  readonly title: string;
  /** Fetches and builds what is not yet in the cache. Throws Unavailable when it can't be had here. */
  load(cache: JudgeCache): Promise<LoadedJudge>;
}

/** The suite can't be had or built on this machine: the judge is skipped, with this reason. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

/** Status of a run as a shell would tell it, for lists of failures. */
export function describeEnding(outcome: RunOutcome): string {
  const { ending } = outcome;
  switch (ending.how) {
    case 'exited':
      return `exit ${ending.code}`;
    case 'killed':
      return `signal ${ending.signal}`;
    case 'timed out':
      return 'time limit';
    case 'broke':
      return `capos broke: ${ending.message}`;
  }
}
