// Judges one suite: what passes on Linux, and of that, what passes inside capOS.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GuestPool } from './guest-pool.ts';
import { describeEnding, type JudgeUnit, type LoadedJudge, type RunOutcome } from './judge.ts';
import type { JudgeCache } from './judge-cache.ts';
import { runNatively } from './native-run.ts';

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
  readonly progress: (done: number, total: number, failures: number) => void;
}

/** What a native run decided, as it is remembered. */
interface NativeRecord {
  readonly passed: readonly string[];
  readonly stdout: string;
}

export async function judge(
  name: string,
  { version, units }: LoadedJudge,
  cache: JudgeCache,
  pool: GuestPool,
  options: JudgingOptions,
): Promise<Score> {
  const memory = new NativeMemory(join(cache.folder, `native-${name}-${version.replace(/\W+/g, '-')}.json`));
  if (options.forgetNative) memory.clear();
  const scratches = join(cache.folder, 'scratch');
  mkdirSync(scratches, { recursive: true });
  const failures: Failure[] = [];
  let passed = 0;
  let outOf = 0;
  let done = 0;
  const waiting = [...units];
  const inScratch = async <T>(run: (scratch: string) => Promise<T>): Promise<T> => {
    const scratch = mkdtempSync(join(scratches, 'run-'));
    try {
      return await run(scratch);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  };
  const judgeNext = async (): Promise<void> => {
    for (let unit = waiting.shift(); unit !== undefined; unit = waiting.shift()) {
      const native = await nativeResult(unit, memory, inScratch);
      if (native.passed.length > 0) {
        const outcome = await inScratch((scratch) => pool.run(unit.run(scratch)));
        const verdicts = unit.verdicts(outcome, nativeOutcome(native));
        outOf += native.passed.length;
        for (const test of native.passed) {
          if (verdicts.get(test) === true) passed++;
          else failures.push({ test, unit: unit.name, ending: describeEnding(outcome), output: tail(outcome) });
        }
      }
      options.progress(++done, units.length, failures.length);
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, judgeNext));
  memory.save();
  failures.sort((a, b) => (a.test < b.test ? -1 : 1));
  return { passed, outOf, failures };
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
  return memory.set(unit.name, { passed, stdout: Buffer.from(outcome.stdout).toString('base64') });
}

function nativeOutcome(record: NativeRecord): RunOutcome {
  return {
    ending: { how: 'exited', code: 0 },
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

  clear(): void {
    this.#records.clear();
  }

  save(): void {
    writeFileSync(this.#file, JSON.stringify(Object.fromEntries(this.#records)));
  }
}
