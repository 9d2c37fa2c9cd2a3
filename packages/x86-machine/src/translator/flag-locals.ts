// The six arithmetic flags inside a region: not computed but remembered, as what they would be computed from (remembered-flags.ts).
//
// Locals that a kind leaves out keep what they held: what is never set is no variable of a loop. Behind a producer in the same block the kind
// is known, and a compare with its jump becomes one wasm comparison.

import { conditionOf, type FlagWords, flagOf, packCarry, packSign, packZero } from '../flags/flag-words.ts';
import { type KnownFlags, knownCondition } from '../flags/known-condition.ts';
import { FLAG_MEMORY } from '../interpreter/lazy-flags.ts';
import type { ConditionCode } from '../isa/condition.ts';
import type { FlagName, FlagProducers, FlagValues, ShiftKind, Size } from '../isa/emitter.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { eqz, geS, ltS, ltU, or, shl, sub, toI32, toI64 } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { type Integer, i32, i64, type Local, load, op, select, type Value } from '../wasm/expression.ts';
import {
  BEFORE_PLACES,
  carriesOfShift,
  carryOut,
  FIRST_STEP_KIND,
  FLAG_PLACES,
  type Group,
  isStep,
  KEPT,
  kindOf,
  OPERANDS,
  type Operands,
  PLACES,
  ROTATED_KIND,
  resultOf,
  settleFlags,
  storeRememberedFlags,
  WORDS_KIND,
  wordsOf,
} from './remembered-flags.ts';

/** What the locals hold at this place in the code: the values are theirs, or constants. */
interface Producer extends Operands {
  /** What conditions may be read off; undefined when the operands alone don't say. */
  readonly kind: KnownFlags['kind'] | undefined;
  /** Where what is kept is from, if that is known. */
  readonly before: Producer | undefined;
}

/** Conditions that look at the result alone. */
const RESULT_CONDITIONS = new Set<ConditionCode>(['e', 'ne', 's', 'ns', 'p', 'np']);

/** The condition that is just one flag. */
const CONDITION_OF_FLAG: Partial<Record<FlagName, ConditionCode>> = { cf: 'b', zf: 'e', sf: 's', pf: 'p', of: 'o' };

/** (kind, a, b, result) */
type Remembered = readonly [Local<'i32'>, Local<'i64'>, Local<'i64'>, Local<'i64'>];

const remembered = (code: CodeWriter): Remembered => [
  code.local('i32'),
  code.local('i64'),
  code.local('i64'),
  code.local('i64'),
];

/** The same operands, now that they are in these locals. */
function heldIn([, a, b, result]: Remembered, producer: Producer): Producer {
  const held = (local: Local<'i64'>, value: Value<Integer>): Value<Integer> => {
    if (value.node.kind === 'constant') return value;
    return value.type === 'i64' ? local : toI32(local);
  };
  const now = { ...producer, a: held(a, producer.a), b: held(b, producer.b), result: held(result, producer.result) };
  return { ...now, result: resultOf(now) };
}

/** Where flags are that are loaded where they are first used. */
export interface FlagPresence {
  readonly isHere: boolean;
  readonly isDue: boolean;
}
export const NOT_PRESENT: FlagPresence = { isHere: false, isDue: false };

export class FlagLocals implements FlagProducers {
  readonly #code: CodeWriter;
  readonly #now: Remembered;
  /** What INC and DEC came after, or a rotate. */
  readonly #before: Remembered;
  #producer: Producer | undefined;
  readonly #isLazy: boolean;
  /** Whether the locals hold the flags; while they do not, memory does. */
  #isHere: boolean;
  /** Whether memory has yet to get them. */
  #isDue = false;
  #conditionalDepth = 0;

  /** @param isLazy flags are loaded where they are first used, and stored as `storeDue` says */
  constructor(code: CodeWriter, isLazy = false) {
    this.#code = code;
    this.#isLazy = isLazy;
    this.#isHere = !isLazy;
    this.#now = remembered(code);
    this.#before = remembered(code);
  }

  /** At region entry: what was remembered, or the words. */
  load(code: CodeWriter): void {
    if (!this.#isLazy) this.#load(code);
  }

  #load(code: CodeWriter): void {
    const [kind, ...rest] = this.#now;
    code.set(kind, load('i32.load', i32(0), CPU_STATE.flagKind));
    rest.forEach((local, i) => void code.set(local, load('i64.load', i32(0), FLAG_PLACES[i]!)));
    code.unlikely(geS(kind, i32(FIRST_STEP_KIND)), () => {
      const [kindBefore, ...before] = this.#before;
      code.set(kindBefore, load('i32.load', i32(0), CPU_STATE.flagKindBefore));
      before.forEach((local, i) => void code.set(local, load('i64.load', i32(0), BEFORE_PLACES[i]!)));
    });
  }

  // ---- loaded where they are first used

  /** The locals hold what was remembered. */
  #fetch(): void {
    if (this.#isHere) return;
    this.#load(this.#code);
    this.#isHere = true;
  }

  /** The locals hold something else. */
  #changed(): void {
    this.#isHere = true;
    if (!this.#isLazy) return;
    this.#isDue = true;
    if (this.#conditionalDepth > 0) {
      this.storeDue();
      this.#isDue = false;
    }
  }

  /** Stores what memory has yet to get: where control may come together with other ways, or leaves. */
  storeDue(): void {
    if (!this.#isDue) return;
    const producer = this.#producer;
    const before = producer && isStep(producer.group) ? producer.before : undefined;
    if (producer === undefined || (isStep(producer.group) && !before)) {
      this.#store();
      return;
    }
    this.#storeProducer(producer, this.#now, CPU_STATE.flagKind, FLAG_PLACES);
    if (before) this.#storeAside();
  }

  #storeProducer(
    { group, size }: Producer,
    [, ...rest]: Remembered,
    kindPlace: number,
    places: typeof FLAG_PLACES,
  ): void {
    const code = this.#code;
    code.store('i32.store', i32(0), i32(kindOf(group, size)), kindPlace);
    for (const [place, local] of rest.entries()) {
      if (OPERANDS[group].includes(PLACES[place]!)) code.store('i64.store', i32(0), local, places[place]!);
    }
  }

  #storeAside(): void {
    const [kindBefore, ...before] = this.#before;
    this.#code.store('i32.store', i32(0), kindBefore, CPU_STATE.flagKindBefore);
    before.forEach((local, i) => void this.#code.store('i64.store', i32(0), local, BEFORE_PLACES[i]!));
  }

  /** `storeDue`, once for all code behind this. */
  catchUp(): void {
    this.storeDue();
    this.#isDue = false;
  }

  get presence(): FlagPresence {
    return { isHere: this.#isHere, isDue: this.#isDue };
  }
  set presence({ isHere, isDue }: FlagPresence) {
    this.#isHere = isHere;
    this.#isDue = isDue;
  }

  /** Runs `body`, which writes code that may not run: nothing is due ahead of it, nor is behind it. */
  conditionally(body: () => void): void {
    this.#conditionalDepth++;
    body();
    this.#conditionalDepth--;
  }

  /** Where the region is left: what is remembered is in memory. */
  store(): void {
    if (!this.#isLazy) this.#store();
  }

  #store(): void {
    const code = this.#code;
    const [kind, ...rest] = this.#now;
    code.store('i32.store', i32(0), kind, CPU_STATE.flagKind);
    rest.forEach((local, i) => void code.store('i64.store', i32(0), local, FLAG_PLACES[i]!));
    code.unlikely(geS(kind, i32(FIRST_STEP_KIND)), () => this.#storeAside());
  }

  /** After `store`, where it is not a region that goes on: the words are in memory. */
  settle(): void {
    const code = this.#code;
    const kind = this.#isLazy ? load('i32.load', i32(0), CPU_STATE.flagKind) : this.#now[0];
    code.if(kind, () => void code.call(settleFlags));
  }

  /** The words, in locals and in memory, whatever was remembered. */
  #settleHere(): void {
    const code = this.#code;
    this.#fetch();
    code.if(geS(this.#now[0], i32(FIRST_STEP_KIND)), () => void code.call(storeRememberedFlags, ...this.#before));
    code.call(storeRememberedFlags, ...this.#now);
    const [kind, a, b, result] = this.#now;
    code.set(kind, i32(WORDS_KIND));
    code.set(a, FLAG_MEMORY.zero);
    code.set(b, FLAG_MEMORY.carry);
    code.set(result, FLAG_MEMORY.sign);
    this.#producer = undefined;
    this.#changed();
  }

  /** Where control may come from several places: nothing is known of the kind. */
  forget(): void {
    this.#producer = undefined;
    if (this.#isLazy) this.presence = NOT_PRESENT;
  }

  /** What is known, to be kept across code that is written out of line. */
  get knowledge(): unknown {
    return this.#producer;
  }
  set knowledge(producer: unknown) {
    this.#producer = producer as Producer | undefined;
  }

  /** Where ways come together, none of which memory has yet to get something of. */
  joinPresence(ways: readonly FlagPresence[]): void {
    const isHere = ways.every((way) => way.isHere);
    this.presence = { isHere, isDue: false };
    if (!isHere) this.#producer = undefined;
  }

  /** Where two ways come together: what is known on both. */
  join(one: unknown, other: unknown): void {
    const [a, b] = [one as Producer | undefined, other as Producer | undefined];
    const same = a && b && a.group === b.group && a.size === b.size && !isStep(a.group);
    if (a === b || !same) this.#producer = a === b ? a : undefined;
    else {
      // An operand may be a constant on one way: the local has it on both.
      const held = (local: Local<'i64'>, value: Value<Integer>): Value<Integer> =>
        value.type === 'i64' ? local : toI32(local);
      const [, left, right, result] = this.#now;
      const now = { ...a, a: held(left, a.a), b: held(right, a.b), result: held(result, a.result) };
      this.#producer = { ...now, result: resultOf(now), kind: a.kind === b.kind ? a.kind : undefined };
    }
  }

  #produce(
    group: Group,
    size: Size,
    a: Value<Integer>,
    b: Value<Integer>,
    result: Value<Integer>,
    kind: KnownFlags['kind'] | undefined,
  ): void {
    const code = this.#code;
    const before = group === 'rotated' ? this.#keepOthers() : isStep(group) ? this.#keepCarry() : undefined;
    const [kindLocal, ...locals] = this.#now;
    code.set(kindLocal, i32(kindOf(group, size)));
    for (const [place, value] of [a, b, result].entries()) {
      if (OPERANDS[group].includes(PLACES[place]!)) code.set(locals[place]!, toI64(value));
    }
    this.#producer = heldIn(this.#now, { group, size, a, b, result, kind, before });
    this.#changed();
  }

  /** Before INC or DEC: what CF is from moves aside, unless it is there already. */
  #keepCarry(): Producer | undefined {
    const code = this.#code;
    const producer = this.#producer;
    if (producer && isStep(producer.group) && producer.group !== 'rotated') return producer.before;
    if (!producer) this.#fetch();
    const isElsewhere = (kind: Value<'i32'>): Value<'i32'> =>
      ltU(sub(kind, i32(FIRST_STEP_KIND)), i32(ROTATED_KIND - FIRST_STEP_KIND));
    if (producer) this.#moveAside();
    else code.if(eqz(isElsewhere(this.#now[0])), () => this.#moveAside());
    return producer && heldIn(this.#before, producer);
  }

  /** Before a rotate: what the other flags are from moves aside, unless it is there since a rotate before. */
  #keepOthers(): Producer | undefined {
    const code = this.#code;
    const producer = this.#producer;
    if (producer?.group === 'rotated') return producer.before;
    if (!producer) this.#fetch();
    if (producer) this.#moveAside();
    else code.if(ltS(this.#now[0], i32(ROTATED_KIND)), () => this.#moveAside());
    return producer && heldIn(this.#before, producer);
  }

  #moveAside(): void {
    for (const [i, local] of this.#before.entries()) this.#code.set(local as Local, this.#now[i]!);
  }

  /** OF, where CF alone is set: what an earlier rotate made it, else it is kept. */
  #keptOverflow(): Value<'i32'> {
    const producer = this.#producer;
    if (producer) return producer.group === 'rotated' ? toI32(producer.b) : i32(KEPT);
    this.#fetch();
    return this.#code.let(select(geS(this.#now[0], i32(ROTATED_KIND)), toI32(this.#now[2]), i32(KEPT)));
  }

  #produceWords({ zero, sign, carry }: FlagWords): void {
    this.#produce('words', 8, zero, carry, sign, undefined);
  }

  /** The three words now, as values that may be evaluated more than once. */
  #words(): FlagWords {
    const code = this.#code;
    const producer = this.#producer;
    if (producer === undefined || (isStep(producer.group) && !producer.before)) {
      this.#settleHere();
      const [, zero, carry, sign] = this.#now;
      const words = { a: zero, b: carry, result: sign };
      this.#producer = { group: 'words', size: 8, ...words, kind: undefined, before: undefined };
      return { zero, sign, carry };
    }
    // Of what is kept in turn before that, nothing is left.
    const none = { zero: i64(0), sign: i64(0), carry: i64(0) };
    const before = producer.before ? wordsOf(code, producer.before, none) : none;
    const { zero, sign, carry } = wordsOf(code, producer, {
      zero: code.let(before.zero),
      sign: code.let(before.sign),
      carry: code.let(before.carry),
    });
    return { zero: code.let(zero), sign: code.let(sign), carry: code.let(carry) };
  }

  // ---- producers

  add(size: Size, a: Value<Integer>, b: Value<Integer>, result: Value<Integer>, carried?: boolean): void {
    this.#produce(carried ? 'adc' : 'add', size, a, b, result, carried ? 'step' : 'add');
  }

  sub(size: Size, a: Value<Integer>, b: Value<Integer>, result: Value<Integer>, carried?: boolean): void {
    this.#produce(carried ? 'sbb' : 'sub', size, a, b, result, carried ? 'step' : 'sub');
  }

  logic(size: Size, result: Value<Integer>): void {
    this.#produce('logic', size, i32(0), i32(0), result, 'logic');
  }

  inc(size: Size, result: Value<Integer>): void {
    this.#produce('inc', size, i32(0), i32(0), result, 'step');
  }

  dec(size: Size, result: Value<Integer>): void {
    this.#produce('dec', size, i32(0), i32(0), result, 'step');
  }

  result(size: Size, result: Value<Integer>, carries: { cf: Value<'i32'>; of: Value<'i32'>; af?: Value<'i32'> }): void {
    const { cf, of, af } = carries;
    const others = af ? or(of, shl(af, i32(1))) : of;
    this.#produce('given', size, cf, others, result, 'given');
  }

  product(size: Size, signed: boolean, a: Value<Integer>, b: Value<Integer>, lower: Value<Integer>): void {
    this.#produce(signed ? 'imul' : 'mul', size, a, b, lower, 'step');
  }

  shift(kind: ShiftKind, size: Size, value: Value<Integer>, count: Value<Integer>, result: Value<Integer>): void {
    this.#produce(kind, size, value, count, result, 'given');
  }

  set(flags: FlagValues): void {
    const code = this.#code;
    const { cf, of, ...others } = flags;
    if (cf && Object.keys(others).length === 0) {
      this.#produce('rotated', 8, cf, of ?? this.#keptOverflow(), i32(0), undefined);
      return;
    }
    let words: FlagWords | undefined;
    const now = (): FlagWords => {
      words ??= this.#words();
      return words;
    };
    const given = (name: FlagName): Value<'i32'> => code.let(flags[name] ?? flagOf(code, now(), name));
    const setsCarry = flags.cf || flags.of || flags.af;
    const carry = setsCarry ? packCarry(code, given('cf'), given('of'), given('af')) : now().carry;
    const sign = flags.sf || flags.pf ? packSign(given('sf'), given('pf')) : now().sign;
    const zero = flags.zf ? packZero(flags.zf) : now().zero;
    this.#produceWords({ zero, sign, carry });
  }

  /** ZF, CF and PF of comparing two floats; the other flags are 0. */
  compare(a: Value<'f32' | 'f64'>, b: Value<'f32' | 'f64'>): void {
    const bits = (value: Value<'f32' | 'f64'>): Value<Integer> =>
      value.type === 'f32'
        ? op('i32.reinterpret_f32', value as Value<'f32'>)
        : op('i64.reinterpret_f64', value as Value<'f64'>);
    this.#produce('ordered', a.type === 'f32' ? 32 : 64, bits(a), bits(b), i64(0), 'ordered');
  }

  // ---- consumers

  flag(name: FlagName): Value<'i32'> {
    const condition = CONDITION_OF_FLAG[name];
    const direct = condition && this.#direct(condition);
    return direct ?? this.#code.let(flagOf(this.#code, this.#words(), name));
  }

  condition(condition: ConditionCode): Value<'i32'> {
    return this.#direct(condition) ?? this.#code.let(conditionOf(this.#code, this.#words(), condition));
  }

  #carryOf(rotated: Producer, condition: ConditionCode): Value<'i32'> {
    const carry = toI32(rotated.a);
    return condition === 'b' ? carry : eqz(carry);
  }

  #direct(condition: ConditionCode): Value<'i32'> | undefined {
    const producer = this.#producer;
    if (!producer) return undefined;
    const isOfCarry = condition === 'b' || condition === 'ae';
    if (producer.group === 'rotated') {
      if (isOfCarry) return this.#carryOf(producer, condition);
      if (!producer.before || !RESULT_CONDITIONS.has(condition)) return undefined;
    }
    // CF alone survives INC and DEC, and all but it and OF a rotate.
    const isKept = isOfCarry || producer.group === 'rotated';
    const source = producer.before && isKept ? producer.before : producer;
    if (producer.group !== 'rotated' && source.group === 'rotated')
      return isOfCarry ? this.#carryOf(source, condition) : undefined;
    if (isOfCarry && (source.group === 'adc' || source.group === 'sbb')) {
      const carry = carryOut(source);
      return condition === 'b' ? carry : eqz(carry);
    }
    const shifted = carriesOfShift(source);
    const operands = shifted ? { a: shifted.cf, b: shifted.of } : source;
    return source.kind && knownCondition({ ...source, ...operands, kind: source.kind }, condition);
  }
}
