// What a run over a suite has decided so far, kept until it has decided all: a run that broke off goes on where it was.
//
//   first line   {"run": KEY}                     a line a unit   {"unit", "outOf", "failures"}
//
// The key is the suite's version and a digest of the code that is judged: what other code decided is forgotten, so that the
// score stays one of one run.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Failure } from './judging.ts';

/** What one unit's run inside decided. */
export interface UnitResult {
  readonly unit: string;
  /** Its tests that pass on Linux. */
  readonly outOf: number;
  readonly failures: readonly Failure[];
}

const REPOSITORY = join(import.meta.dirname, '../../..');
/** What a judged program runs on, and what judges it. */
const JUDGED_CODE = ['packages/*/src/**/*.ts', 'apps/capos/{src,judges}/**/*.{ts,c}'];

/** A digest of the code of this repository that takes part in a run. */
export function judgedCode(): string {
  const digest = createHash('sha256');
  for (const file of globSync(JUDGED_CODE, { cwd: REPOSITORY }).sort())
    digest.update(`${file}\0`).update(readFileSync(join(REPOSITORY, file)));
  return digest.digest('hex');
}

export class UnfinishedRun {
  readonly #file: string;
  readonly #decided: Map<string, UnitResult>;

  /** What is kept in `file`, if it is of the same run and `goesOn`; else nothing, and the file starts over. */
  constructor(file: string, key: string, goesOn: boolean) {
    this.#file = file;
    const lines = goesOn && existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    // The last line may have been cut off in the middle; an ended one leaves an empty piece behind it.
    const whole = lines.slice(0, -1);
    const isSameRun = whole[0] === firstLine(key);
    const results = isSameRun ? whole.slice(1).map((line) => JSON.parse(line) as UnitResult) : [];
    this.#decided = new Map(results.map((result) => [result.unit, result]));
    writeFileSync(file, [firstLine(key), ...results.map((result) => JSON.stringify(result)), ''].join('\n'));
  }

  /** How many units are decided. */
  get size(): number {
    return this.#decided.size;
  }

  get(unit: string): UnitResult | undefined {
    return this.#decided.get(unit);
  }

  add(result: UnitResult): UnitResult {
    this.#decided.set(result.unit, result);
    appendFileSync(this.#file, `${JSON.stringify(result)}\n`);
    return result;
  }

  /** All is decided: the next run is another one. */
  finish(): void {
    rmSync(this.#file, { force: true });
  }
}

function firstLine(key: string): string {
  return JSON.stringify({ run: key });
}
