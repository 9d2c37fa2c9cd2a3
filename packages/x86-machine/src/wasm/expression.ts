// Typed expression trees: what an instruction body computes, before it becomes WebAssembly bytes.
//
// A Value is a pure tree: building one emits nothing. It is evaluated where a statement consumes it, once per
// consumption; whoever needs it twice, or needs it *now*, binds it with `let` (see code-writer.ts). Constants fold here, so
// the same body is cheap when the translator knows an operand and correct when it does not.

import {
  LANE_OPERATORS,
  type LaneOperands,
  type LaneOperatorName,
  type LaneResult,
  LOADS,
  type LoadName,
  type LoadResult,
  OPERATORS,
  type Operator,
  type OperatorName,
  type OperatorOperands,
  type OperatorResult,
  type ValueType,
} from './operators.ts';

/** A function as its callers see it. */
export interface Callee<
  P extends readonly ValueType[] = readonly ValueType[],
  R extends readonly ValueType[] = readonly ValueType[],
> {
  readonly name: string;
  readonly parameters: P;
  readonly results: R;
}

export type Node =
  | { readonly kind: 'constant'; readonly value: number | bigint | Uint8Array }
  | { readonly kind: 'local'; readonly index: number }
  | { readonly kind: 'late'; readonly constant: LateConstant }
  | { readonly kind: 'operator'; readonly operator: Operator; readonly operands: readonly Value[] }
  | { readonly kind: 'lane'; readonly operator: Operator; readonly operands: readonly Value[]; readonly lane: number }
  | { readonly kind: 'shuffle'; readonly operands: readonly Value[]; readonly lanes: readonly number[] }
  | { readonly kind: 'load'; readonly operator: Operator; readonly address: Value<'i32'>; readonly offset: Offset }
  | { readonly kind: 'select'; readonly condition: Value<'i32'>; readonly whenTrue: Value; readonly whenFalse: Value }
  | { readonly kind: 'call'; readonly callee: Callee; readonly operands: readonly Value[] };

/** A typed expression. */
export class Value<T extends ValueType = ValueType> {
  readonly type: T;
  readonly node: Node;
  constructor(type: T, node: Node) {
    this.type = type;
    this.node = node;
  }
}

/** A constant that is known only after the code that uses it has been written; it fits 20 bits and a sign. */
export class LateConstant {
  /** Where in the function's body its bytes are. */
  readonly positions: number[] = [];
}

/** Where a load is from its address on; one that is known late is not negative. */
export type Offset = number | LateConstant;

/** A mutable local variable; as a Value it reads the variable where it is consumed. */
export class Local<T extends ValueType = ValueType> extends Value<T> {
  readonly index: number;
  constructor(type: T, index: number) {
    super(type, { kind: 'local', index });
    this.index = index;
  }
}

export type ValuesOf<T extends readonly ValueType[]> = { [K in keyof T]: Value<T[K]> };
export type Integer = 'i32' | 'i64';

export const i32 = (value: number): Value<'i32'> => new Value('i32', { kind: 'constant', value: value | 0 });
export const i64 = (value: number | bigint): Value<'i64'> =>
  new Value('i64', { kind: 'constant', value: BigInt.asIntN(64, BigInt(value)) });
export const f32 = (value: number): Value<'f32'> => new Value('f32', { kind: 'constant', value });
export const f64 = (value: number): Value<'f64'> => new Value('f64', { kind: 'constant', value });
/** A vector constant from its 16 bytes, least significant first. */
export const v128 = (bytes: ArrayLike<number>): Value<'v128'> =>
  new Value('v128', { kind: 'constant', value: Uint8Array.from(bytes) });

export const late = <T extends Integer>(type: T, constant: LateConstant): Value<T> =>
  new Value(type, { kind: 'late', constant });

/** The constant a value is, if it is one of an integer type. */
export function constantOf(value: Value): bigint | undefined {
  if (value.node.kind !== 'constant' || (value.type !== 'i32' && value.type !== 'i64')) return undefined;
  return BigInt(value.node.value as number | bigint);
}

/** Any operator without immediates, by its WebAssembly name. */
export function op<N extends OperatorName>(
  name: N,
  ...operands: ValuesOf<OperatorOperands<N>>
): Value<OperatorResult<N>> {
  return operator(OPERATORS[name], operands as readonly Value[]) as Value<OperatorResult<N>>;
}

/** `extract_lane` and `replace_lane`. */
export function lane<N extends LaneOperatorName>(
  name: N,
  index: number,
  ...operands: ValuesOf<LaneOperands<N>>
): Value<LaneResult<N>> {
  const found = LANE_OPERATORS[name];
  const node: Node = { kind: 'lane', operator: found, operands: operands as readonly Value[], lane: index };
  return new Value(found.result, node) as Value<LaneResult<N>>;
}

/** `i8x16.shuffle`: lanes 0–15 come from `a`, 16–31 from `b`. */
export function shuffle(a: Value<'v128'>, b: Value<'v128'>, lanes: readonly number[]): Value<'v128'> {
  if (lanes.length !== 16) throw new RangeError(`a shuffle needs 16 lanes, got ${lanes.length}`);
  return new Value('v128', { kind: 'shuffle', operands: [a, b], lanes });
}

/** A load from linear memory (not from guest memory: that is the emitter's `load`). */
export function load<N extends LoadName>(name: N, address: Value<'i32'>, offset: Offset = 0): Value<LoadResult<N>> {
  const found = LOADS[name];
  return new Value(found.result, { kind: 'load', operator: found, address, offset }) as Value<LoadResult<N>>;
}

/** Both sides are evaluated: use it for values, and `if` for effects. */
export function select<T extends ValueType>(
  condition: Value<'i32'>,
  whenTrue: Value<T>,
  whenFalse: Value<T>,
): Value<T> {
  const known = constantOf(condition);
  if (known !== undefined) return known !== 0n ? whenTrue : whenFalse;
  return new Value(whenTrue.type, { kind: 'select', condition, whenTrue, whenFalse });
}

/** The single result of a helper function. */
export function call<P extends readonly ValueType[], R extends ValueType>(
  callee: Callee<P, readonly [R]>,
  ...operands: ValuesOf<P>
): Value<R> {
  return new Value(callee.results[0], { kind: 'call', callee, operands: operands as readonly Value[] });
}

function operator(found: Operator, operands: readonly Value[]): Value {
  const folded = fold(found, operands);
  return folded ?? new Value(found.result, { kind: 'operator', operator: found, operands });
}

const NEUTRAL_RIGHT = new Set(['add', 'sub', 'or', 'xor', 'shl', 'shr_s', 'shr_u', 'rotl', 'rotr']);
const COMMUTATIVE = new Set(['add', 'or', 'xor', 'mul', 'and']);

/** What is known without running: neutral elements, and operators over two constants. */
function fold(found: Operator, operands: readonly Value[]): Value | undefined {
  const [a, b] = operands as [Value, Value | undefined];
  // By far the most operators have none; the rest takes its time with big integers.
  if (a.node.kind !== 'constant' && b?.node.kind !== 'constant') return undefined;
  const [type] = found.operands;
  const name = found.verb;
  if (type !== 'i32' && type !== 'i64') return undefined;
  const left = constantOf(a);
  if (b === undefined) {
    if (left === undefined) return undefined;
    if (found.name === 'i64.extend_i32_s') return i64(left);
    if (found.name === 'i64.extend_i32_u') return i64(BigInt.asUintN(32, left));
    if (found.name === 'i32.wrap_i64') return i32(Number(BigInt.asIntN(32, left)));
    if (name === 'eqz') return i32(left === 0n ? 1 : 0);
    return undefined;
  }
  const right = constantOf(b);
  if (right === 0n && NEUTRAL_RIGHT.has(name)) return a;
  if (left === 0n && (name === 'add' || name === 'or' || name === 'xor')) return b;
  if (right === -1n && name === 'and') return a;
  if (left === undefined || right === undefined) {
    if (left !== undefined && COMMUTATIVE.has(name)) return operator(found, [b, a]);
    return undefined;
  }
  const bits = type === 'i32' ? 32 : 64;
  const result = evaluate(name, left, right, bits);
  if (result === undefined) return undefined;
  return found.result === 'i64' ? i64(result) : i32(Number(BigInt.asIntN(32, result)));
}

function evaluate(name: string, a: bigint, b: bigint, bits: number): bigint | undefined {
  const count = BigInt.asUintN(bits, b) % BigInt(bits);
  switch (name) {
    case 'add':
      return a + b;
    case 'sub':
      return a - b;
    case 'mul':
      return a * b;
    case 'and':
      return a & b;
    case 'or':
      return a | b;
    case 'xor':
      return a ^ b;
    case 'shl':
      return a << count;
    case 'shr_s':
      return a >> count;
    case 'shr_u':
      return BigInt.asUintN(bits, a) >> count;
    case 'eq':
      return a === b ? 1n : 0n;
    case 'ne':
      return a !== b ? 1n : 0n;
    case 'lt_s':
      return a < b ? 1n : 0n;
    case 'le_s':
      return a <= b ? 1n : 0n;
    case 'lt_u':
      return BigInt.asUintN(bits, a) < BigInt.asUintN(bits, b) ? 1n : 0n;
    case 'le_u':
      return BigInt.asUintN(bits, a) <= BigInt.asUintN(bits, b) ? 1n : 0n;
    default:
      return undefined;
  }
}
