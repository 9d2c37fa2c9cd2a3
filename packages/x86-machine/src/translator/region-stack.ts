// The stack in a region: its frame is looked at where the region is entered, once for all blocks that know how deep the stack is there
// (stack-depths.ts).
//
//   origin     RSP at the entrance, less the depth there
//   location   where the frame's lowest byte is in linear memory; a frame that is not to be found at once has the interpreter run the block
//
// A function that calls itself has another frame within: where the origin is no longer what it was, the frame is looked at again.

import { QUICK_SPAN } from '../state/cpu-state.ts';
import { add, ne, shl, sub } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { i32, i64, type Local, load, select, type Value } from '../wasm/expression.ts';
import type { FoundFrame } from './access-groups.ts';
import { atomSum, ORIGIN_ATOM, plus, type Sum } from './address-sums.ts';
import type { RegionPlan } from './region-plan.ts';
import { planStack, type StackFrame } from './stack-depths.ts';

const ORIGIN = atomSum(ORIGIN_ATOM);

export class RegionStack implements FoundFrame {
  readonly #frame: StackFrame;
  readonly #origin: Local<'i64'>;
  /** Writes depths into linear memory, 4 bytes each; gives their address. */
  readonly #list: (depths: readonly number[]) => number;
  #listed = 0;
  /** Of the frame's lowest byte. */
  readonly location: Local<'i32'>;

  constructor(code: CodeWriter, frame: StackFrame, list: (depths: readonly number[]) => number) {
    this.#frame = frame;
    this.#list = list;
    this.#origin = code.local('i64');
    this.location = code.local('i32');
  }

  /** @param list as for the constructor */
  static of(code: CodeWriter, plan: RegionPlan, list: (depths: readonly number[]) => number): RegionStack | undefined {
    const frame = planStack(plan, QUICK_SPAN);
    return frame && new RegionStack(code, frame, list);
  }

  /** What RSP holds where a node begins, if that is known. */
  pointerAt(node: number): Sum | undefined {
    const depth = this.#frame.depths[node];
    return depth === undefined ? undefined : plus(ORIGIN, BigInt(depth));
  }

  /** Where an address's bytes are in the frame, counted from `location`; undefined for what is not known to be in it. */
  within({ key, constant }: Sum, bytes: number): number | undefined {
    const { from, to } = this.#frame;
    const distance = Number(constant);
    return key === ORIGIN.key && distance >= from && distance + bytes <= to ? distance - from : undefined;
  }

  /** Writes what the region's entry does. @param number of the entrance @param pointer RSP */
  enter(code: CodeWriter, number: Value<'i32'>, pointer: Value<'i64'>, locate: FrameLook): void {
    this.#find(code, sub(pointer, this.#entered(number)), locate);
  }

  /**
   * Writes a look whether RSP is what a node takes it for, where that is not known; if not, the frame is another one from here on.
   * @param known what is known of RSP
   */
  expect(code: CodeWriter, node: number, known: Sum, pointer: Value<'i64'>, locate: FrameLook): void {
    if (!this.isExpected(node, known)) this.#adjust(code, sub(pointer, i64(this.#frame.depths[node]!)), locate);
  }

  /** The same of a block that can be entered, by its index among them. */
  expectAt(code: CodeWriter, index: Value<'i32'>, known: Sum, pointer: Value<'i64'>, locate: FrameLook): void {
    if (this.#frame.entered.every((depth) => isAt(known, depth))) return;
    this.#adjust(code, sub(pointer, this.#entered(index)), locate);
  }

  #adjust(code: CodeWriter, origin: Value<'i64'>, locate: FrameLook): void {
    const found = code.let(origin);
    code.unlikely(ne(found, this.#origin), () => this.#find(code, found, locate));
  }

  #find(code: CodeWriter, origin: Value<'i64'>, locate: FrameLook): void {
    const { from, to } = this.#frame;
    const lowest = code.let(add(origin, i64(from)));
    code.set(this.location, locate(lowest, to - from));
    code.set(this.#origin, sub(lowest, i64(from)));
  }

  /** Whether RSP, of which so much is known, is what a node takes it for. */
  isExpected(node: number, known: Sum): boolean {
    const depth = this.#frame.depths[node];
    return depth === undefined || isAt(known, depth);
  }

  /** The depth at a block that can be entered, by its index among them. */
  #entered(index: Value<'i32'>): Value<'i64'> {
    const { entered } = this.#frame;
    const [first, second = first] = entered as [number, number];
    if (entered.every((depth) => depth === first)) return i64(first);
    if (entered.every((depth, place) => place === 0 || depth === second)) {
      return select(index, i64(second), i64(first));
    }
    this.#listed ||= this.#list(entered);
    return load('i64.load32_s', shl(index, i32(2)), this.#listed);
  }
}

/** Writes a look at so many bytes from an address on; gives where they are in linear memory. */
type FrameLook = (address: Local<'i64'>, bytes: number) => Value<'i32'>;

const isAt = ({ key, constant }: Sum, depth: number): boolean => key === ORIGIN.key && constant === BigInt(depth);
