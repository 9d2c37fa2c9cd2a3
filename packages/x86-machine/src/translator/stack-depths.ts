// How deep the stack is at each block of a region, so that one look at its frame, where the region is entered, serves all of them.
//
//   origin   what RSP was where the region starts, or would have been: at each entrance RSP less the depth there
//   depth    RSP − origin where a block begins; unknown behind what changes RSP by no constant, and where ways of different depths meet
//
// Jumps and branches carry the depth along. What is called, and what it returns to, is taken to be as deep as the call leaves it. Whoever
// leads to a block that takes RSP to be something it is not known to be compares: a function that calls itself, at another depth, has the
// frame looked at anew. So what is wrong here costs time, and nothing else: what instructions do to RSP is seen again when they are written.

import type { Instruction } from '../decode/decoder.ts';
import { NO_REGISTER } from '../decode/named-registers.ts';
import { GPR } from '../state/frame-layout.ts';
import { DISPATCH_SUCCESSOR } from './flow-graph.ts';
import type { RegionBlock } from './region-block.ts';
import { isCall } from './region-code.ts';
import type { RegionPlan } from './region-plan.ts';

/** Bytes relative to the origin. */
export interface StackFrame {
  readonly from: number;
  readonly to: number;
  /** By node: its depth; undefined where that is not known. */
  readonly depths: readonly (number | undefined)[];
  /** By index among the blocks that can be entered: what RSP is taken to be there. */
  readonly entered: readonly number[];
}

/** Blocks that must share a look for it to pay. */
const FEWEST_BLOCKS = 2;

/** What an instruction does to RSP, and the bytes it accesses, relative to RSP before it. */
interface StackUse {
  /** Undefined: no constant is added. */
  readonly by: number | undefined;
  readonly from: number;
  readonly to: number;
}

/** @param most the longest frame, in bytes; what is further away is left out */
export function planStack(plan: RegionPlan, most: number): StackFrame | undefined {
  const depths = new Depths(plan);
  const entered = depths.spread();
  if (depths.callsItself) return undefined;
  const accesses: (readonly [from: number, to: number])[] = [];
  let blocks = 0;
  for (const [node, { instructions }] of plan.loops.blocks.entries()) {
    let depth = depths.at[node];
    const before = accesses.length;
    for (const instruction of instructions) {
      if (typeof depth !== 'number') break;
      const { by, from, to } = stackUse(instruction);
      if (to > from) accesses.push([depth + from, depth + to]);
      depth = by === undefined ? undefined : depth + by;
    }
    if (accesses.length > before) blocks++;
  }
  if (blocks < FEWEST_BLOCKS) return undefined;
  const [middle] = accesses[0]!;
  accesses.sort(([one], [other]) => Math.abs(one - middle) - Math.abs(other - middle));
  let [from, to] = accesses[0]!;
  for (const [low, high] of accesses) {
    const [lowest, highest] = [Math.min(from, low), Math.max(to, high)];
    if (highest - lowest <= most) [from, to] = [lowest, highest];
  }
  return { from, to, depths: depths.at.map((depth) => (typeof depth === 'number' ? depth : undefined)), entered };
}

/** Undefined: nothing led there yet. */
type Depth = number | 'unknown' | undefined;

class Depths {
  readonly #plan: RegionPlan;
  /** By node. */
  readonly at: Depth[];
  /** By node: what its instructions add to RSP; undefined if that is no constant. */
  readonly #changes: readonly (number | undefined)[];

  constructor(plan: RegionPlan) {
    this.#plan = plan;
    const { blocks } = plan.loops;
    this.at = blocks.map(() => undefined);
    this.#changes = blocks.map(({ instructions }) =>
      instructions.reduce<number | undefined>((sum, instruction) => {
        const { by } = stackUse(instruction);
        return sum === undefined || by === undefined ? undefined : sum + by;
      }, 0),
    );
  }

  /** Fills `at`; gives the depths at the blocks that can be entered. */
  spread(): number[] {
    const entries = this.#plan.flow.enterable.map((node) => node - 1);
    this.#lead(entries[0]!, 0);
    this.#suggest();
    // What is entered otherwise is at a depth that agrees with what it leads to.
    for (const node of [...entries, ...this.at.keys()]) {
      if (this.at[node] !== undefined || !this.#isReached(node)) continue;
      this.#lead(node, this.#agreeing(node) ?? this.#usual(entries));
      this.#suggest();
    }
    const usual = this.#usual(entries);
    return entries.map((node) => {
      const depth = this.at[node];
      return typeof depth === 'number' ? depth : usual;
    });
  }

  /** Whether a call leads to where the stack is taken to be of another depth: then frames come and go within the region, and blocks check better. */
  get callsItself(): boolean {
    const { blocks } = this.#plan.loops;
    return [...blocks.keys()].some((node) => {
      const depth = this.#behind(node);
      if (typeof depth !== 'number' || !blocks[node]!.instructions.some(isCall)) return false;
      return this.#plan.successors[node]!.some((one) => typeof this.at[one] === 'number' && this.at[one] !== depth);
    });
  }

  /** The depth at the first entrance behind the region's start that is known. */
  #usual([, ...others]: readonly number[]): number {
    const known = others.map((node) => this.at[node]).find((depth) => typeof depth === 'number');
    return typeof known === 'number' ? known : 0;
  }

  /** What is called, and what calls return to, is as deep as it is here, where nothing else says how deep it is. */
  #suggest(): void {
    const { blocks } = this.#plan.loops;
    for (let isNews = true; isNews; ) {
      isNews = false;
      for (const [node, { end, instructions, ending }] of blocks.entries()) {
        const depth = this.#behind(node);
        if (typeof depth !== 'number' || (ending !== 'call' && ending !== 'indirect')) continue;
        const isNew = (one: number): boolean => one >= 0 && one < blocks.length && this.at[one] === undefined;
        for (const one of this.#plan.successors[node]!) if (isNew(one)) isNews = this.#lead(one, depth);
        if (!instructions.some(isCall)) continue;
        for (const [one, { start }] of blocks.entries()) {
          if (start === end && isNew(one) && this.#isReached(one)) isNews = this.#lead(one, depth + 8);
        }
      }
    }
  }

  #isReached(node: number): boolean {
    return this.#plan.predecessors.has(node) || this.#plan.flow.enterable.includes(node + 1);
  }

  /** A way leads to a node at a depth, and on from there. */
  #lead(first: number, depth: Depth): true {
    const waiting: [number, Depth][] = [[first, depth]];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [node, found] = next;
      const before = this.at[node];
      const after = before === undefined || before === found ? found : 'unknown';
      if (after === before) continue;
      this.at[node] = after;
      for (const successor of this.#carried(node)) waiting.push([successor, this.#behind(node)]);
    }
    return true;
  }

  #behind(node: number): Depth {
    const [depth, change] = [this.at[node], this.#changes[node]];
    return typeof depth === 'number' && change !== undefined ? depth + change : 'unknown';
  }

  /** Where the depth goes along. */
  #carried(node: number): readonly number[] {
    const { blocks } = this.#plan.loops;
    if (LOOKED_AT.has(blocks[node]!.ending)) return [];
    return this.#plan.successors[node]!.filter((one) => one !== DISPATCH_SUCCESSOR && one < blocks.length);
  }

  /** The depth at which a node must be entered for what it leads to to be as deep as it is known to be. */
  #agreeing(first: number): number | undefined {
    const seen = new Map([[first, 0]]);
    for (const [node, distance] of seen) {
      const change = this.#changes[node];
      if (change === undefined) continue;
      for (const successor of this.#carried(node)) {
        const known = this.at[successor];
        if (typeof known === 'number') return known - distance - change;
        if (known === undefined && !seen.has(successor)) seen.set(successor, distance + change);
      }
    }
    return undefined;
  }
}

/** Endings that may lead to another frame. */
const LOOKED_AT = new Set<RegionBlock['ending']>(['call', 'indirect', 'return']);

const UNKNOWN: StackUse = { by: undefined, from: 0, to: 0 };

function stackUse(instruction: Instruction): StackUse {
  const { row, rm, reg, rex, base, index, displacement, isMemory, segment } = instruction;
  const immediate = instruction.immediateLow | 0;
  const { mnemonic, operands } = row;
  const number = { rm, opcode: reg, reg } as Record<string, number>;
  const isStackPointer = ({ registerClass, field, registerSize, memorySize }: (typeof operands)[number]): boolean => {
    if (registerClass !== 'gpr' || (isMemory && memorySize !== undefined)) return false;
    return number[field] === GPR.rsp && (registerSize > 8 || rex !== 0);
  };
  const isPlain = segment < 0 && !instruction.hasAddressSizePrefix;
  const ofStack = isMemory && base === GPR.rsp && index === NO_REGISTER && isPlain;
  const bytes = row.operandSize === 16 ? 2 : 8;
  switch (mnemonic) {
    case 'PUSH':
      return { by: -bytes, from: -bytes, to: ofStack ? Math.max(0, displacement + bytes) : 0 };
    case 'CALL':
      return { by: -8, from: -8, to: 0 };
    case 'RET':
      return { by: 8 + (operands.length > 0 ? immediate & 0xffff : 0), from: 0, to: 8 };
    case 'POP':
      return operands.some(isStackPointer) ? UNKNOWN : { by: bytes, from: 0, to: bytes };
    case 'LEAVE':
    case 'ENTER':
      return UNKNOWN;
    case 'LEA':
      if (!operands.some(isStackPointer)) return { by: 0, from: 0, to: 0 };
      return ofStack && row.operandSize === 64 ? { by: displacement, from: 0, to: 0 } : UNKNOWN;
    case 'ADD':
    case 'SUB':
      if (operands[0] && isStackPointer(operands[0]) && operands[0].access !== 'read') {
        const isConstant = operands[1]?.field === 'immediate' && row.operandSize === 64;
        return isConstant ? { by: mnemonic === 'ADD' ? immediate : -immediate, from: 0, to: 0 } : UNKNOWN;
      }
      break;
  }
  if (operands.some((operand) => operand.access !== 'read' && isStackPointer(operand))) return UNKNOWN;
  const [accessed] = ofStack ? operands.filter(({ memorySize }) => memorySize !== undefined && memorySize > 0) : [];
  return accessed
    ? { by: 0, from: displacement, to: displacement + accessed.memorySize! / 8 }
    : { by: 0, from: 0, to: 0 };
}
