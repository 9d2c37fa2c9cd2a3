// A benchmark area: comparisons of ours against rivals, each measured in turn within one run.
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
  /** Several rivals give several rows with the same name; a round measures ours once, beside all of them. */
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
  const { name, unit, rounds = 15, rival: given } = comparison;
  const rivals: readonly Rival[] = given === undefined ? [] : 'run' in given ? [given] : given;
  const ours: number[] = [];
  const theirs: number[][] = rivals.map(() => []);
  const ratios: number[][] = rivals.map(() => []);
  for (let round = -1; round < rounds; round++) {
    const oursFirst = round % 2 === 0;
    const first = oursFirst ? list(await comparison.ours()) : undefined;
    const samples: (readonly number[])[] = [];
    for (const rival of rivals) samples.push(list(await rival.run()));
    const mine = first ?? list(await comparison.ours());
    if (round < 0) continue;
    ours.push(...mine);
    for (const [index, sample] of samples.entries()) {
      theirs[index]!.push(...sample);
      ratios[index]!.push(median(mine) / median(sample));
    }
  }
  const own = { area: areaName, name, unit, p50: median(ours), p99: quantile(ours, 0.99), p999: quantile(ours, 0.999) };
  const n = ours.length;
  if (rivals.length === 0) return [{ ...own, rival: null, rivalP50: null, ratio: null, spread: null, n }];
  return rivals.map((rival, index) => {
    const paired = ratios[index]!;
    const spread = [quantile(paired, 0.1), quantile(paired, 0.9)] as const;
    return { ...own, rival: rival.name, rivalP50: median(theirs[index]!), ratio: median(paired), spread, n };
  });
}
