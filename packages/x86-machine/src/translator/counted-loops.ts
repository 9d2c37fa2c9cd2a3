// Short loops that are over after a few rounds, always as many: they are written out, round behind round.
//
//   xor eax, eax                       rax = 0
//   L: … [rcx + rax]             ─▶    … [rcx]        rax = 8       next ─▶ … [rcx + 8]     rax = 16     next ─▶ …
//   add rax, 8; cmp rax, 24; jne L     the branch is a constant, or compared, and leaves the region if it is not as expected
//
// How many rounds those are is found out by running them in the head: what registers hold where the loop is entered is known as sums of what
// they held elsewhere (address-sums.ts), carried through the whole region; those that it never writes hold what they hold now. Take any
// numbers for the unknown ones, and write the loop's instructions into nothing with registers that are constants: does its branch become
// one, and where does it fall through? If that is the same for other numbers, it is believed. Nothing rests on it but speed: a loop that
// turns out to go on for longer has the region made anew.

import { CodeWriter } from '../wasm/code-writer.ts';
import { constantOf, type Local, type Value } from '../wasm/expression.ts';
import type { GuestMemory, Location } from './access-groups.ts';
import { addSums, atomSum, constantSum, type Sum, sumOf } from './address-sums.ts';
import { FlagLocals } from './flag-locals.ts';
import type { RegionBlock } from './region-block.ts';
import { type Ending, NotTranslatable } from './region-context.ts';
import { emitInstruction } from './region-emitter.ts';
import { NOTHING_KNOWN, RegisterLocals } from './register-locals.ts';

const REGISTERS = 16;
/** Instructions of a loop that may be written out, and of all its rounds together. */
const LONGEST = 16;
const LONGEST_WRITTEN = 48;
const MOST_ROUNDS = 8;
/** Blocks of a region that is looked at. */
const MOST_BLOCKS = 48;
/** What registers hold settles in so many passes, or is not known. */
const MOST_PASSES = 6;

/** Notes what registers hold, and writes no code. */
class RegisterAccount implements GuestMemory {
  readonly #location: Location;
  readonly registers: Sum[] = Array.from({ length: REGISTERS }, (_, number) => atomSum(number));
  readonly #unknown: () => number;
  /** Registers, as bits, that were written. */
  written = 0;

  constructor(location: Local<'i32'>, unknown: () => number) {
    this.#location = { base: location, offset: 0 };
    this.#unknown = unknown;
  }

  register(number: number): Sum {
    return this.registers[number]!;
  }

  write(number: number, sum: Sum | undefined): void {
    this.registers[number] = sum ?? atomSum(this.#unknown());
    this.written |= 1 << number;
  }

  locate(): Location {
    return this.#location;
  }

  locateBytes(): Value<'i32'> {
    return this.#location.base;
  }
}

/** A block of code that goes nowhere; its registers may be constants. */
class Rehearsal {
  readonly #code = new CodeWriter({ functionIndex: () => 0, typeIndex: () => 0 }, 1);
  readonly registers: RegisterLocals = new RegisterLocals(this.#code);
  readonly #flags = new FlagLocals(this.#code);
  readonly #ripBase = this.#code.local('i64');
  readonly location: Local<'i32'> = this.#code.local('i32');

  /** Writes a block's instructions; how they end, or undefined where not all of them can be written. */
  run({ instructions, start, ending }: RegionBlock, memory: GuestMemory): Ending | undefined {
    const code = this.#code;
    this.#flags.forget();
    const context = {
      registers: this.registers,
      flags: this.#flags,
      memory,
      ripBase: this.#ripBase,
      leaveHere: () => code.unreachable(),
      charge: () => {},
      isRenewed: () => false,
      products: undefined,
      floats: { inexactRecorded: true, unobserved: true, isUsed: false },
      x87: undefined,
    };
    let end: Ending | undefined;
    let offset = start;
    const written = ending === 'leave' ? instructions.slice(0, -1) : instructions;
    for (const instruction of written) {
      if (instruction.row.onX87Stack) return undefined;
      try {
        end = emitInstruction(code, context, instruction, offset);
      } catch (error) {
        if (error instanceof NotTranslatable) return undefined;
        throw error;
      }
      offset += instruction.length;
    }
    return end;
  }
}

/** Whether a block is a loop by itself that may be written out. */
export const isShortLoop = ({ instructions, ending, target, start }: RegionBlock): boolean =>
  ending === 'branch' && target === start && instructions.length <= LONGEST;

/**
 * The blocks that are a loop by themselves and over after a few rounds, with the number of rounds.
 * @param successors of each block, within the region; a call leads to what is called
 * @param entries blocks at which it is not known what registers hold
 * @param now what general registers hold
 */
export function countedLoops(
  blocks: readonly RegionBlock[],
  isCandidate: readonly boolean[],
  successors: readonly (readonly number[])[],
  entries: ReadonlySet<number>,
  now: readonly bigint[],
): ReadonlyMap<number, number> {
  const candidates = [...blocks.keys()].filter((block) => isCandidate[block] && !entries.has(block));
  const found = new Map<number, number>();
  if (candidates.length === 0 || blocks.length > MOST_BLOCKS) return found;
  const ahead = sumsAhead(blocks, successors, entries, now);
  for (const block of candidates) {
    const before = ahead?.(block);
    if (!before) continue;
    const [one, other] = [1, 2].map((seed) => roundsOf(blocks[block]!, before, seed));
    if (one !== undefined && one === other && one > 1) found.set(block, one);
  }
  return found;
}

/** How many rounds a loop makes when it is entered with registers that hold these sums of some numbers. */
function roundsOf(block: RegionBlock, before: readonly Sum[], seed: number): number | undefined {
  const rehearsal = new Rehearsal();
  const account = new RegisterAccount(rehearsal.location, () => 0);
  const constants = before.map(({ terms, constant }) =>
    BigInt.asIntN(
      64,
      terms.reduce((sum, [atom, factor]) => sum + factor * numberFor(atom, seed), constant),
    ),
  );
  rehearsal.registers.knowledge = { ...NOTHING_KNOWN, constants };
  const most = Math.min(MOST_ROUNDS, Math.floor(LONGEST_WRITTEN / block.instructions.length));
  for (let round = 1; round <= most; round++) {
    const end = rehearsal.run(block, account);
    const condition = end?.kind === 'branch' ? constantOf(end.condition as Value) : undefined;
    if (condition === undefined) return undefined;
    if (condition === 0n) return round;
  }
  return undefined;
}

/** Some address or other, far from those of other atoms. */
const numberFor = (atom: number, seed: number): bigint =>
  0x1_0000_0000n * BigInt(1 + ((Math.imul(atom + seed * 77, 0x9e37_79b1) >>> 18) & 0x3fff)) +
  BigInt(atom & 0xfff) * 64n;

/**
 * What registers hold where the blocks of a loop are entered from outside of it, for those loops of one block of which something can come: one of
 * the registers that they change is a constant there, or differs from an unchanged one by a constant.
 */
function sumsAhead(
  blocks: readonly RegionBlock[],
  successors: readonly (readonly number[])[],
  entries: ReadonlySet<number>,
  now: readonly bigint[],
): ((loop: number) => readonly Sum[] | undefined) | undefined {
  let atoms = REGISTERS * (blocks.length + 1);
  const rehearsal = new Rehearsal();
  const accounts = blocks.map((block) => {
    const account = new RegisterAccount(rehearsal.location, () => atoms++);
    rehearsal.registers.knowledge = NOTHING_KNOWN;
    if (rehearsal.run(block, account) === undefined && block.ending !== 'leave') {
      for (let number = 0; number < REGISTERS; number++) account.write(number, undefined);
    }
    return account;
  });
  const predecessors = blocks.map((): number[] => []);
  for (const [block, targets] of successors.entries()) for (const target of targets) predecessors[target]!.push(block);
  const ends: (readonly Sum[] | undefined)[] = blocks.map(() => undefined);
  const written = accounts.reduce((bits, account) => bits | account.written, 0);
  const own = (block: number, number: number): Sum =>
    (written >> number) & 1 ? atomSum(REGISTERS * (block + 1) + number) : constantSum(now[number]!);
  const merged = blocks.map(() => new Set<number>());
  /** What comes together at a block's start, from these blocks. */
  const joined = (block: number, from: readonly number[], isMerged: ReadonlySet<number>): Sum[] => {
    const ways = from.flatMap((one) => (ends[one] ? [ends[one]] : []));
    return Array.from({ length: REGISTERS }, (_, number) => {
      const [first, ...others] = ways.map((way) => way[number]!);
      const isSame = first && others.every(({ key, constant }) => key === first.key && constant === first.constant);
      return isSame && !isMerged.has(number) ? first : own(block, number);
    });
  };
  for (let pass = 0, changed = true; changed; pass++) {
    if (pass === MOST_PASSES) return undefined;
    changed = false;
    for (const block of blocks.keys()) {
      const isEntry = entries.has(block) || predecessors[block]!.length === 0;
      if (!isEntry && predecessors[block]!.every((one) => ends[one] === undefined)) continue;
      const before = isEntry
        ? Array.from({ length: REGISTERS }, (_, number) => own(block, number))
        : joined(block, predecessors[block]!, merged[block]!);
      // What was once found to differ stays so: passes come to an end.
      for (const [number, sum] of before.entries()) if (sum.key === own(block, number).key) merged[block]!.add(number);
      const after = accounts[block]!.registers.map((sum) => replaced(sum, before));
      const known = ends[block];
      if (!known || after.some(({ key, constant }, n) => known[n]!.key !== key || known[n]!.constant !== constant)) {
        ends[block] = after;
        changed = true;
      }
    }
  }
  return (loop) => {
    const from = predecessors[loop]!.filter((one) => one !== loop);
    if (from.some((one) => ends[one] === undefined)) return undefined;
    const before = joined(loop, from, new Set());
    const isWritten = (number: number): boolean => ((accounts[loop]!.written >> number) & 1) !== 0;
    const unchanged = new Set(before.filter((_, number) => !isWritten(number)).map(({ key }) => key));
    return before.some(({ key, terms }, n) => isWritten(n) && (terms.length === 0 || unchanged.has(key)))
      ? before
      : undefined;
  };
}

/** A sum of what registers held at a block's start as one of what that was. */
function replaced({ terms, constant }: Sum, before: readonly Sum[]): Sum {
  let sum = sumOf([], constant);
  for (const [atom, factor] of terms) {
    const isRegister = atom >= 0 && atom < REGISTERS;
    sum = addSums(sum, isRegister ? before[atom]! : sumOf([[atom, 1n]], 0n), factor);
  }
  return sum;
}
