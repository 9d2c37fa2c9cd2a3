// What happens to a few address spaces over a few frames, as data: programs run in them, and pages are mapped, shared, forked,
// protected, written by the host and taken away.
import { integerValue } from '../differential/edge-values.ts';
import type { RandomSource } from '../differential/random-source.ts';
import { PAGE, POINTERS } from './shared-memory-program.ts';

export const SPACES = 3;
/** Frames that scenarios name; others are handed out when a page is copied. */
export const CODE_FRAMES = 8;
export const NAMED_FRAMES = 28;
/** Virtual pages: first of a group, and how many. */
const GROUPS: readonly (readonly [first: bigint, pages: number])[] = [
  [0x40_0000n, 8],
  [0x50_0000n, 10],
  [0x7ffe_ffff_8000n, 10],
];
/** Where a 2 MiB page shows all frames at once, in scenarios that have one. */
export const LARGE_ADDRESS = 0x8000_0000n;
const PAGES: readonly bigint[] = GROUPS.flatMap(([first, pages]) =>
  Array.from({ length: pages }, (_, index) => first + BigInt(index * PAGE)),
);

/** How the CPU is told that mappings changed. */
export type Invalidation = 'page by page' | 'as a range' | 'the whole space';

export type Operation =
  | {
      readonly does: 'run';
      readonly space: number;
      readonly entry: bigint;
      /** RSP, then the pointers. */
      readonly pointers: readonly bigint[];
      readonly values: readonly bigint[];
      readonly rounds: number;
      readonly budget: number;
      readonly isRing0: boolean;
    }
  | {
      readonly does: 'map';
      readonly space: number;
      readonly first: bigint;
      readonly pages: number;
      readonly frame: number;
      readonly isWritable: boolean;
      readonly isExecutable: boolean;
      readonly invalidation: Invalidation;
    }
  | {
      readonly does: 'protect';
      readonly space: number;
      readonly first: bigint;
      readonly pages: number;
      readonly isWritable: boolean;
      readonly invalidation: Invalidation;
    }
  | {
      readonly does: 'unmap';
      readonly space: number;
      readonly first: bigint;
      readonly pages: number;
      readonly invalidation: Invalidation;
    }
  | {
      readonly does: 'fork';
      readonly from: number;
      readonly to: number;
      /** The copies of the entries are as accessed and as dirty as the originals. */
      readonly keepsMarks: boolean;
      readonly invalidation: Invalidation;
    }
  | { readonly does: 'host write'; readonly frame: number; readonly offset: number; readonly bytes: Uint8Array }
  | { readonly does: 'copy frame'; readonly from: number; readonly to: number }
  | { readonly does: 'guest write'; readonly space: number; readonly address: bigint; readonly bytes: Uint8Array }
  | { readonly does: 'forget code' };

export interface Scenario {
  readonly operations: readonly Operation[];
  readonly hasLargePage: boolean;
  /**
   * Where runs stop: after exactly so many instructions, by a clock that counts them; after about so many, which the other machine is
   * then given exactly; or at traps only.
   */
  readonly stops: 'exact' | 'counted' | 'at traps';
  readonly decodedBytes: number;
  /** Unmapped pages get a frame when they are asked for. */
  readonly mapsOnDemand: boolean;
}

const somePages = (random: RandomSource): { first: bigint; pages: number } => {
  const [first, count] = random.pick(GROUPS);
  const at = random.below(count);
  return { first: first + BigInt(at * PAGE), pages: 1 + random.below(Math.min(count - at, 6)) };
};

const anInvalidation = (random: RandomSource): Invalidation =>
  random.pick(['page by page', 'as a range', 'as a range', 'the whole space']);

/** What a scenario keeps to: its programs meet on a few pages most of the time. */
interface Setting {
  readonly hasLargePage: boolean;
  readonly meetingPlaces: readonly bigint[];
}

function somePlace(random: RandomSource, { hasLargePage, meetingPlaces }: Setting): bigint {
  const kind = random.below(40);
  const page =
    kind < 28
      ? random.pick(meetingPlaces)
      : kind < 33 && hasLargePage
        ? LARGE_ADDRESS + BigInt(random.below(NAMED_FRAMES) * PAGE)
        : kind < 39
          ? random.pick(PAGES)
          : integerValue(random);
  const offset = random.chance(1, 4) ? random.below(PAGE) : random.below(PAGE / 64) * 64;
  return BigInt.asUintN(64, page + BigInt(offset));
}

function run(random: RandomSource, setting: Setting): Operation {
  const [codeFirst, codePages] = random.pick([GROUPS[0]!, GROUPS[0]!, GROUPS[0]!, GROUPS[1]!]);
  const stack = somePlace(random, setting) & ~7n;
  return {
    does: 'run',
    space: random.below(SPACES),
    entry: codeFirst + BigInt(random.below(codePages) * PAGE),
    pointers: [stack, ...POINTERS.map(() => somePlace(random, setting))],
    values: Array.from({ length: 6 }, () => integerValue(random)),
    rounds: random.pick([1, 50, 3000, 20_000, 20_000]),
    budget: random.pick([500, 60_000, 120_000, 250_000]),
    isRing0: random.chance(1, 12),
  };
}

function other(random: RandomSource, setting: Setting): Operation {
  const space = random.below(SPACES);
  const invalidation = anInvalidation(random);
  const kind = random.below(20);
  if (kind < 6) {
    const { first, pages } = somePages(random);
    const isCode = first < 0x50_0000n ? random.chance(5, 6) : random.chance(1, 6);
    const frames = isCode ? CODE_FRAMES : NAMED_FRAMES;
    return {
      does: 'map',
      space,
      first,
      pages,
      frame: random.below(frames),
      isWritable: random.chance(2, 3),
      isExecutable: isCode || random.chance(1, 8),
      invalidation,
    };
  }
  if (kind < 9) return { does: 'protect', space, ...somePages(random), isWritable: random.chance(1, 2), invalidation };
  if (kind < 10) return { does: 'unmap', space, ...somePages(random), invalidation };
  if (kind < 14) {
    const to = (space + 1 + random.below(SPACES - 1)) % SPACES;
    return { does: 'fork', from: space, to, keepsMarks: random.chance(1, 2), invalidation };
  }
  const bytes = Uint8Array.from({ length: 1 + random.below(40) }, () => random.below(256));
  if (kind < 16)
    return { does: 'host write', frame: random.below(NAMED_FRAMES), offset: random.below(PAGE - 40), bytes };
  if (kind < 17) return { does: 'copy frame', from: random.below(NAMED_FRAMES), to: random.below(NAMED_FRAMES) };
  if (kind < 19) return { does: 'guest write', space, address: somePlace(random, setting), bytes };
  return { does: 'forget code' };
}

export function planScenario(random: RandomSource): Scenario {
  const hasLargePage = random.chance(1, 5);
  const setting = {
    hasLargePage,
    meetingPlaces: Array.from({ length: 3 + random.below(4) }, () => random.pick(PAGES)),
  };
  const operations: Operation[] = [];
  // Every space begins with code and data, mapped as a program's are.
  for (let space = 0; space < SPACES; space++) {
    GROUPS.forEach(([first, pages], index) => {
      const frame = index === 0 ? 0 : CODE_FRAMES + random.below(NAMED_FRAMES - CODE_FRAMES - pages);
      const [isWritable, isExecutable] = [index > 0 || random.chance(1, 3), index === 0];
      operations.push({
        ...{ does: 'map', space, first, pages, frame, isWritable, isExecutable },
        invalidation: 'as a range',
      });
    });
  }
  // One place that programs come back to: what it found the last time must not be found now.
  let last: Operation | undefined;
  for (let left = 10 + random.below(40); left > 0; left--) {
    if (random.chance(1, 2)) operations.push(other(random, setting));
    else {
      const next = run(random, setting);
      const again =
        last?.does === 'run' && next.does === 'run' && random.chance(2, 3)
          ? { ...last, space: next.space, pointers: random.chance(1, 2) ? last.pointers : next.pointers }
          : next;
      operations.push(again);
      last = again;
    }
  }
  return {
    operations,
    hasLargePage,
    stops: random.pick(['exact', 'counted', 'at traps']),
    decodedBytes: random.chance(1, 8) ? 65_536 : 1 << 20,
    mapsOnDemand: random.chance(1, 2),
  };
}
