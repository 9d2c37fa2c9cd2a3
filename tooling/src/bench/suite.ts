// A benchmark area: comparisons of ours against a rival, each measured in turn within one run.
//
//   round 1: ours, rival · round 2: rival, ours · round 3: ours, rival · …
//
// The machines are noisy and drift, so what a row states is the median of the ratios of neighbours, never one absolute time.
import { median, quantile } from './statistics.ts';

/** One sample in the row's unit, or several taken in one go. */
export type Sample = number | readonly number[];

export interface Rival {
  readonly name: string;
  run(): Sample | Promise<Sample>;
}

export interface Comparison {
  /** Stable row name, such as `nop-single`. */
  readonly name: string;
  /** Unit of every sample, such as `ns`, `ms`, `MIPS`. */
  readonly unit: string;
  ours(): Sample | Promise<Sample>;
  /** Several rivals give several rows with the same name. */
  readonly rival?: Rival | readonly Rival[];
  /** Counted rounds after one warm-up round. Default 15. */
  readonly rounds?: number;
}

/** What `bench --json` prints, one object a row. `ratio` is ours ÷ rival; `spread` is its 10th and 90th percentile. */
export interface Row {
  readonly area: string;
  readonly name: string;
  readonly unit: string;
  readonly p50: number;
  readonly p99: number;
  /** Of few samples it is the worst of them. */
  readonly p999: number;
  readonly rival: string | null;
  readonly rivalP50: number | null;
  readonly ratio: number | null;
  readonly spread: readonly [number, number] | null;
  readonly n: number;
}

export interface Suite {
  compare(comparison: Comparison): Promise<void>;
  /** A comparison that can't be made here, and why. */
  skip(name: string, reason: string): void;
}

export type AreaBody = (suite: Suite) => void | Promise<void>;

export interface Area {
  readonly name: string;
  readonly body: AreaBody;
}

const registered: Area[] = [];

/** Declares the benches of one area. Several files may add to the same area. */
export function area(name: string, body: AreaBody): void {
  registered.push({ name, body });
}

export function areas(): readonly Area[] {
  return registered;
}

const list = (sample: Sample): readonly number[] => (typeof sample === 'number' ? [sample] : sample);

/** Measures one comparison: one row a rival, or one row without. */
export async function measure(areaName: string, comparison: Comparison): Promise<Row[]> {
  const { name, unit, rounds = 15 } = comparison;
  const rivals: readonly (Rival | null)[] =
    comparison.rival === undefined ? [null] : Array.isArray(comparison.rival) ? comparison.rival : [comparison.rival];
  const rows: Row[] = [];
  for (const rival of rivals) {
    const ours: number[] = [];
    const theirs: number[] = [];
    const ratios: number[] = [];
    for (let round = -1; round < rounds; round++) {
      let a: readonly number[];
      let b: readonly number[] = [];
      if (round % 2 === 0 || rival === null) {
        a = list(await comparison.ours());
        if (rival !== null) b = list(await rival.run());
      } else {
        b = list(await rival.run());
        a = list(await comparison.ours());
      }
      if (round < 0) continue;
      ours.push(...a);
      theirs.push(...b);
      if (rival !== null) ratios.push(median(a) / median(b));
    }
    rows.push({
      area: areaName,
      name,
      unit,
      p50: median(ours),
      p99: quantile(ours, 0.99),
      p999: quantile(ours, 0.999),
      rival: rival?.name ?? null,
      rivalP50: rival === null ? null : median(theirs),
      ratio: rival === null ? null : median(ratios),
      spread: rival === null ? null : [quantile(ratios, 0.1), quantile(ratios, 0.9)],
      n: ours.length,
    });
  }
  return rows;
}
