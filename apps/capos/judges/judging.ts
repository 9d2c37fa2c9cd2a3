// Judges one suite: what passes on Linux, and of that, what passes inside capOS.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GuestPool } from './guest-pool.ts';
import { describeEnding, type JudgeUnit, type LoadedJudge, type RunOutcome } from './judge.ts';
import type { JudgeCache } from './judge-cache.ts';
import { runNatively } from './native-run.ts';
import { judgedCode, UnfinishedRun, type UnitResult } from './unfinished-run.ts';

export interface Failure {
  readonly test: string;
  readonly unit: string;
  readonly ending: string;
  /** The end of what the program wrote, for a reader who looks into it. */
  readonly output: string;
}

export interface Score {
  readonly passed: number;
  /** Tests that pass on Linux: what there is to reach. */
  readonly outOf: number;
  readonly failures: readonly Failure[];
}

export interface JudgingOptions {
  readonly jobs: number;
  /** Runs the native side again instead of using what is remembered of it. */
  readonly forgetNative: boolean;
  /** Goes on with the run of the same code that broke off, if there is one. */
  readonly goesOn: boolean;
  readonly progress: (results: readonly UnitResult[]) => void;
}

/** What a native run decided, as it is remembered. */
interface NativeRecord {
  readonly passed: readonly string[];
  readonly stdout: string;
  /** The signal that ended it. */
  readonly signal?: number;
}

export async function judge(
  name: string,
  { version, units, readsThisRepository }: LoadedJudge,
  cache: JudgeCache,
  pool: GuestPool,
  options: JudgingOptions,
): Promise<Score> {
  const memory = new NativeMemory(join(cache.folder, nativeMemoryName(name, version)));
  if (options.forgetNative || readsThisRepository) for (const { name } of units) memory.forget(name);
  const scratches = join(cache.folder, 'scratch');
  mkdirSync(scratches, { recursive: true });
  const run = new UnfinishedRun(
    join(cache.folder, `unfinished-${name}.jsonl`),
    `${version} ${judgedCode()}`,
    options.goesOn,
  );
  const results = units.map(({ name }) => run.get(name)).filter((result) => result !== undefined);
  const waiting = units.filter(({ name }) => run.get(name) === undefined);
  const inScratch = async <T>(run: (scratch: string) => Promise<T>): Promise<T> => {
    const scratch = mkdtempSync(join(scratches, 'run-'));
    try {
      return await run(scratch);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  };
  const judgeUnit = async (unit: JudgeUnit): Promise<UnitResult> => {
    const native = await nativeResult(unit, memory, inScratch);
    const failures: Failure[] = [];
    if (native.passed.length > 0) {
      const outcome = await inScratch((scratch) => pool.run(unit.run(scratch)));
      const verdicts = unit.verdicts(outcome, nativeOutcome(native));
      for (const test of native.passed)
        if (verdicts.get(test) !== true)
          failures.push({ test, unit: unit.name, ending: describeEnding(outcome), output: tail(outcome) });
    }
    return run.add({ unit: unit.name, outOf: native.passed.length, failures });
  };
  const judgeNext = async (): Promise<void> => {
    for (let unit = waiting.shift(); unit !== undefined; unit = waiting.shift()) {
      results.push(await judgeUnit(unit));
      options.progress(results);
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, judgeNext));
  memory.save();
  run.finish();
  return scoreOf(results);
}

/** Longest part of a version that names a file: file systems take 255 bytes. */
const LONGEST_VERSION = 150;

/** What the file is called in which the native outcomes of one version of a suite are kept. */
export function nativeMemoryName(suite: string, version: string): string {
  const words = version.replace(/\W+/g, '-');
  if (words.length <= LONGEST_VERSION) return `native-${suite}-${words}.json`;
  const digest = createHash('sha256').update(version).digest('hex').slice(0, 16);
  return `native-${suite}-${words.slice(0, LONGEST_VERSION)}-${digest}.json`;
}

function scoreOf(results: readonly UnitResult[]): Score {
  const failures = results.flatMap((result) => result.failures).sort((a, b) => (a.test < b.test ? -1 : 1));
  const outOf = results.reduce((sum, result) => sum + result.outOf, 0);
  return { passed: outOf - failures.length, outOf, failures };
}

async function nativeResult(
  unit: JudgeUnit,
  memory: NativeMemory,
  inScratch: <T>(run: (scratch: string) => Promise<T>) => Promise<T>,
): Promise<NativeRecord> {
  const known = memory.get(unit.name);
  if (known !== undefined) return known;
  const outcome = await inScratch((scratch) => runNatively(unit.run(scratch)));
  const passed = [...unit.verdicts(outcome, undefined)].filter(([, pass]) => pass).map(([test]) => test);
  const { ending, stdout } = outcome;
  const killed = ending.how === 'killed' ? { signal: ending.signal } : {};
  return memory.set(unit.name, { passed, stdout: Buffer.from(stdout).toString('base64'), ...killed });
}

function nativeOutcome(record: NativeRecord): RunOutcome {
  return {
    ending: record.signal === undefined ? { how: 'exited', code: 0 } : { how: 'killed', signal: record.signal },
    stdout: Buffer.from(record.stdout, 'base64'),
    stderr: new Uint8Array(),
  };
}

function tail(outcome: RunOutcome): string {
  return (Buffer.from(outcome.stdout).toString() + Buffer.from(outcome.stderr).toString()).slice(-2000);
}

/** What Linux answered, kept in the cache: it does not change with our code. */
class NativeMemory {
  readonly #file: string;
  readonly #records: Map<string, NativeRecord>;

  constructor(file: string) {
    this.#file = file;
    this.#records = new Map(
      existsSync(file) ? Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, NativeRecord>) : [],
    );
  }

  get(unit: string): NativeRecord | undefined {
    return this.#records.get(unit);
  }

  set(unit: string, record: NativeRecord): NativeRecord {
    this.#records.set(unit, record);
    return record;
  }

  forget(unit: string): void {
    this.#records.delete(unit);
  }

  save(): void {
    writeFileSync(this.#file, JSON.stringify(Object.fromEntries(this.#records)));
  }
}
