// The x87 register stack as locals of a region: loaded where it is entered, stored where it is left.
//
// Where the top of the stack is, relative to where it was at the region's entry, is known at every instruction
// (x87-depths.ts). So every ST(i) is a fixed one of eight logical registers, and only entry and exit turn those into physical ones:
//
//   logical register = (depth + i) & 7        physical register = (base + logical) & 7        TOP = (base + depth) & 7
//
// `base` is found at the entry. Tags are kept turned round by it: two bits for each logical register, set for an empty one. The
// status word's exceptions and condition codes have a local too; TOP is put into it on the way out. The control word stays in
// memory. The entry vouches that all exceptions are masked, none is pending, and results are rounded to 64 bits, to nearest
// unless the region itself loads a control word.

import { CONTROL_BITS, CONTROL_FIXED } from '../float/x87-environment.ts';
import type { X87Number, X87Stack } from '../isa/emitter.ts';
import { FRAME, X87_REGISTER_BYTES } from '../state/frame-layout.ts';
import { add, and, eq, ne, or, shl, shrS, shrU, sub, toI32 } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { constantOf, i32, i64, type Local, load, select, type Value } from '../wasm/expression.ts';

type I32 = Value<'i32'>;

/** Control and status word as one: masks, precision control and the error summary. */
const VOUCHED_BITS = 0x0080_033f;
const VOUCHED_VALUE = 0x033f;
const ROUNDING_BITS = 0x0c00;
const TOP_BITS = 0x3800;
const C1 = 0x200;
const EMPTY = 3;
/** In the local that holds the last instruction's address, relative to the region's, and below it its opcode. */
const OPCODE_WIDTH = 11;
const NOTHING_NOTED = 2n ** 62n;

/** Whether the words at the thread frame's x87 control word are such that a region may keep the stack. */
export const isVouchedFor = (control: number): boolean => (control & 0xf3f) === VOUCHED_VALUE;

/** Of each logical register, as bits. */
interface Occupancy {
  readonly full: number;
  readonly empty: number;
}
const NOTHING_KNOWN: Occupancy = { full: 0, empty: 0 };

interface Words {
  readonly base: Local<'i32'>;
  readonly depth: Local<'i32'>;
  readonly tags: Local<'i32'>;
  readonly status: Local<'i32'>;
}

/** What a region knows of its blocks before it is written. */
export interface X87Plan {
  /** How far the top has moved at a block's start, since it was at depth 0. */
  readonly depths: readonly number[];
  /** Depth at each of the region's entries. */
  readonly entryDepths: readonly number[];
  /** Whether the region loads a control word. */
  readonly loadsControl: boolean;
}

export class X87Locals {
  readonly #code: CodeWriter;
  readonly #plan: X87Plan;
  readonly #significands: (Local<'i64'> | undefined)[] = [];
  readonly #signExponents: (Local<'i32'> | undefined)[] = [];
  #changed = 0;
  /** Made with the first use. */
  #words: Words | undefined;
  #noted: Local<'i64'> | undefined;
  #data: Local<'i64'> | undefined;
  #rounding: Local<'i32'> | undefined;
  /** Depth at the instruction that is being written. */
  #depth = 0;
  #occupancy: Occupancy = NOTHING_KNOWN;
  readonly #occupancies = new Map<number, Occupancy>();

  constructor(code: CodeWriter, plan: X87Plan) {
    this.#code = code;
    this.#plan = plan;
  }

  get isUsed(): boolean {
    return this.#words !== undefined;
  }

  /** How far the top is from where it was at depth 0: after a body has been written, what that body does to it. */
  get depth(): number {
    return this.#depth;
  }

  /** At the start of a block; `after` is the block that always comes before it, if there is one. */
  enterBlock(block: number, after: number | undefined): void {
    this.#depth = this.#plan.depths[block] ?? 0;
    this.#occupancy = (after === undefined ? undefined : this.#occupancies.get(after)) ?? NOTHING_KNOWN;
  }

  leaveBlock(block: number): void {
    this.#occupancies.set(block, this.#occupancy);
  }

  /** What bodies see of it at the instruction `distance` bytes from where the region's addresses start. */
  view(distance: number, opcode: number, leaveHere: () => void): X87Stack {
    const words = this.#used();
    const code = this.#code;
    return {
      note: (data) => {
        this.#noted ??= code.local('i64');
        code.set(this.#noted, i64(distance * 2 ** OPCODE_WIDTH + opcode));
        if (data === undefined) return;
        this.#data ??= code.local('i64');
        code.set(this.#data, data);
      },
      read: (index) => {
        this.#require(this.#logical(index), 'full', leaveHere);
        return this.#register(this.#logical(index));
      },
      write: (index, value) => this.#write(this.#logical(index), value),
      requireRoom: () => this.#require(this.#logical(-1), 'empty', leaveHere),
      push: (value) => {
        this.#move(-1);
        this.#write(this.#logical(0), value);
      },
      pop: () => {
        const register = this.#logical(0);
        code.set(words.tags, or(words.tags, i32(EMPTY << (register * 2))));
        this.#know(register, 'empty');
        this.#move(1);
      },
      finish: (flags, keepsC1 = false) => {
        const kept = keepsC1 ? words.status : and(words.status, i32(0xffff & ~C1));
        if (constantOf(flags) !== 0n) code.set(words.status, or(kept, flags));
        else if (!keepsC1) code.set(words.status, kept);
      },
      setConditions: (bits, mask) => code.set(words.status, or(and(words.status, i32(0xffff & ~mask)), bits)),
      status: () => or(and(words.status, i32(0xffff & ~TOP_BITS)), shl(this.#top(), i32(11))),
      rounding: () => (this.#plan.loadsControl ? this.#roundingLocal() : i32(0)),
      loadControl: (control) => {
        code.unlikely(ne(and(control, i32(VOUCHED_BITS)), i32(VOUCHED_VALUE)), leaveHere);
        code.store('i32.store16', i32(0), or(and(control, i32(CONTROL_BITS)), i32(CONTROL_FIXED)), FRAME.x87Control);
        code.set(this.#roundingLocal(), and(shrU(control, i32(10)), i32(3)));
      },
    };
  }

  #used(): Words {
    if (this.#words === undefined) {
      const word = (): Local<'i32'> => this.#code.local('i32');
      this.#words = { base: word(), depth: word(), tags: word(), status: word() };
    }
    return this.#words;
  }

  #roundingLocal(): Local<'i32'> {
    this.#rounding ??= this.#code.local('i32');
    return this.#rounding;
  }

  #top(): I32 {
    return and(add(this.#used().base, i32(this.#depth)), i32(7));
  }

  #logical(index: number): number {
    return (this.#depth + index) & 7;
  }

  #register(logical: number): readonly [Local<'i64'>, Local<'i32'>] {
    this.#significands[logical] ??= this.#code.local('i64');
    this.#signExponents[logical] ??= this.#code.local('i32');
    return [this.#significands[logical], this.#signExponents[logical]];
  }

  #write(logical: number, [significand, signExponent]: X87Number): void {
    const [toSignificand, toSignExponent] = this.#register(logical);
    const code = this.#code;
    code.set(toSignificand, significand);
    code.set(toSignExponent, signExponent);
    this.#changed |= 1 << logical;
    const { tags } = this.#used();
    if (!((this.#occupancy.full >> logical) & 1)) code.set(tags, and(tags, i32(0xffff & ~(EMPTY << (logical * 2)))));
    this.#know(logical, 'full');
  }

  #require(logical: number, state: keyof Occupancy, leaveHere: () => void): void {
    if ((this.#occupancy[state] >> logical) & 1) return;
    const tag = and(this.#used().tags, i32(EMPTY << (logical * 2)));
    this.#code.unlikely(state === 'full' ? tag : eq(tag, i32(0)), leaveHere);
    this.#know(logical, state);
  }

  #know(logical: number, state: keyof Occupancy): void {
    const bit = 1 << logical;
    const { full, empty } = this.#occupancy;
    this.#occupancy =
      state === 'full' ? { full: full | bit, empty: empty & ~bit } : { full: full & ~bit, empty: empty | bit };
  }

  #move(distance: number): void {
    this.#depth += distance;
    this.#code.set(this.#used().depth, i32(this.#depth));
  }

  /** Entry code: `otherwise` where the region cannot vouch for what its code takes for granted. */
  load(code: CodeWriter, entry: Value<'i32'>, otherwise: () => void): void {
    if (this.#words === undefined) return;
    const { base, depth, tags, status } = this.#words;
    const { entryDepths, loadsControl } = this.#plan;
    const words = code.let(load('i32.load', i32(0), FRAME.x87Control));
    const known = loadsControl ? VOUCHED_BITS : VOUCHED_BITS | ROUNDING_BITS;
    code.unlikely(ne(and(words, i32(known)), i32(VOUCHED_VALUE)), otherwise);
    if (this.#rounding) code.set(this.#rounding, and(shrU(words, i32(10)), i32(3)));
    code.set(status, shrU(words, i32(16)));
    code.set(
      depth,
      entryDepths
        .slice(1)
        .reduce<I32>(
          (chosen, here, index) => select(eq(entry, i32(index + 1)), i32(here), chosen),
          i32(entryDepths[0] ?? 0),
        ),
    );
    code.set(base, and(sub(shrU(status, i32(11)), depth), i32(7)));
    const tagWord = code.let(load('i32.load16_u', i32(0), FRAME.x87Tag));
    const turn = code.let(shl(base, i32(1)));
    code.set(tags, and(or(shrU(tagWord, turn), shl(tagWord, sub(i32(16), turn))), i32(0xffff)));
    if (this.#noted) code.set(this.#noted, i64(NOTHING_NOTED));
    if (this.#data) code.set(this.#data, load('i64.load', i32(0), FRAME.x87DataPointer));
    this.#eachRegister((logical, significand, signExponent) => {
      const slot = code.let(this.#slot(base, logical));
      code.set(significand, load('i64.load', slot, FRAME.x87Registers));
      code.set(signExponent, load('i32.load16_u', slot, FRAME.x87Registers + 8));
    });
  }

  /** Exit code. */
  store(code: CodeWriter, ripBase: Value<'i64'>): void {
    if (this.#words === undefined) return;
    const { base, depth, tags, status } = this.#words;
    const top = and(add(base, depth), i32(7));
    const word = or(and(status, i32(0xffff & ~TOP_BITS)), shl(top, i32(11)));
    code.store('i32.store16', i32(0), word, FRAME.x87Status);
    const turn = code.let(shl(base, i32(1)));
    code.store('i32.store16', i32(0), or(shl(tags, turn), shrU(tags, sub(i32(16), turn))), FRAME.x87Tag);
    const noted = this.#noted;
    if (noted) {
      code.if(ne(noted, i64(NOTHING_NOTED)), () => {
        const address = add(ripBase, shrS(noted, i64(OPCODE_WIDTH)));
        code.store('i64.store', i32(0), address, FRAME.x87InstructionPointer);
        code.store('i32.store16', i32(0), and(toI32(noted), i32(2 ** OPCODE_WIDTH - 1)), FRAME.x87Opcode);
      });
    }
    if (this.#data) code.store('i64.store', i32(0), this.#data, FRAME.x87DataPointer);
    this.#eachRegister((logical, significand, signExponent) => {
      if (!((this.#changed >> logical) & 1)) return;
      const slot = code.let(this.#slot(base, logical));
      code.store('i64.store', slot, significand, FRAME.x87Registers);
      code.store('i32.store16', slot, signExponent, FRAME.x87Registers + 8);
    });
  }

  #slot(base: I32, logical: number): I32 {
    return shl(and(add(base, i32(logical)), i32(7)), i32(Math.log2(X87_REGISTER_BYTES)));
  }

  #eachRegister(visit: (logical: number, significand: Local<'i64'>, signExponent: Local<'i32'>) => void): void {
    for (let logical = 0; logical < 8; logical++) {
      const significand = this.#significands[logical];
      const signExponent = this.#signExponents[logical];
      if (significand && signExponent) visit(logical, significand, signExponent);
    }
  }
}
