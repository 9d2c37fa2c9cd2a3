// Integer and float arithmetic on Values by meaning: the operator is picked by the operands' type.

import { type Integer, i32, i64, op, type Value, type Value as ValueOf } from './expression.ts';
import { OPERATORS, type OperatorName, type ValueType } from './operators.ts';

type Binary = <T extends ValueType>(a: ValueOf<T>, b: ValueOf<T>) => ValueOf<T>;
type Comparison = <T extends ValueType>(a: ValueOf<T>, b: ValueOf<T>) => ValueOf<'i32'>;
type Unary = <T extends ValueType>(a: ValueOf<T>) => ValueOf<T>;

/** The operator of each type, looked up once: translation calls these by the hundred thousand. */
function named(suffix: string): (...operands: Value[]) => Value {
  const byType = new Map<ValueType, OperatorName>();
  for (const type of ['i32', 'i64', 'f32', 'f64'] as const) {
    const name = `${type}.${suffix}`;
    if (name in OPERATORS) byType.set(type, name as OperatorName);
  }
  return (...operands) => {
    const [{ type }] = operands as [Value];
    const name = byType.get(type);
    if (name === undefined) throw new TypeError(`WebAssembly has no ${type}.${suffix}`);
    const expected = OPERATORS[name].operands;
    for (let i = 0; i < operands.length; i++) {
      if (operands[i]!.type !== expected[i]) throw new TypeError(`${name}: operand ${i} is ${operands[i]!.type}`);
    }
    return (op as (name: OperatorName, ...operands: Value[]) => Value)(name, ...operands);
  };
}

const binary = (suffix: string): Binary => named(suffix) as unknown as Binary;
const comparison = (suffix: string): Comparison => named(suffix) as unknown as Comparison;
const unary = (suffix: string): Unary => named(suffix) as unknown as Unary;

export const add: Binary = binary('add');
export const sub: Binary = binary('sub');
export const mul: Binary = binary('mul');
export const divS: Binary = binary('div_s');
export const divU: Binary = binary('div_u');
export const remS: Binary = binary('rem_s');
export const remU: Binary = binary('rem_u');
export const and: Binary = binary('and');
export const or: Binary = binary('or');
export const xor: Binary = binary('xor');
export const shl: Binary = binary('shl');
export const shrS: Binary = binary('shr_s');
export const shrU: Binary = binary('shr_u');
export const rotl: Binary = binary('rotl');
export const rotr: Binary = binary('rotr');
export const clz: Unary = unary('clz');
export const ctz: Unary = unary('ctz');
export const popcnt: Unary = unary('popcnt');
export const eq: Comparison = comparison('eq');
export const ne: Comparison = comparison('ne');
export const ltS: Comparison = comparison('lt_s');
export const ltU: Comparison = comparison('lt_u');
export const gtS: Comparison = comparison('gt_s');
export const gtU: Comparison = comparison('gt_u');
export const leS: Comparison = comparison('le_s');
export const leU: Comparison = comparison('le_u');
export const geS: Comparison = comparison('ge_s');
export const geU: Comparison = comparison('ge_u');

export const eqz = <T extends Integer>(a: ValueOf<T>): ValueOf<'i32'> =>
  (a.type === 'i32' ? op('i32.eqz', a as ValueOf<'i32'>) : op('i64.eqz', a as ValueOf<'i64'>)) as ValueOf<'i32'>;

/** A constant of the type that `like` has. */
export const constantLike = <T extends Integer>(like: ValueOf<T>, value: number | bigint): ValueOf<T> =>
  (like.type === 'i32' ? i32(Number(BigInt.asIntN(32, BigInt(value)))) : i64(value)) as unknown as ValueOf<T>;

export const not = <T extends Integer>(a: ValueOf<T>): ValueOf<T> => xor(a, constantLike(a, -1));
export const neg = <T extends Integer>(a: ValueOf<T>): ValueOf<T> => sub(constantLike(a, 0), a);

/** Zero-extends an i32 to i64; an i64 stays. */
export const toI64 = (a: ValueOf<Integer>): ValueOf<'i64'> =>
  a.type === 'i64' ? (a as ValueOf<'i64'>) : op('i64.extend_i32_u', a as ValueOf<'i32'>);
/** Sign-extends an i32 to i64; an i64 stays. */
export const toI64S = (a: ValueOf<Integer>): ValueOf<'i64'> =>
  a.type === 'i64' ? (a as ValueOf<'i64'>) : op('i64.extend_i32_s', a as ValueOf<'i32'>);
/** The low 32 bits. */
export const toI32 = (a: ValueOf<Integer>): ValueOf<'i32'> =>
  a.type === 'i32' ? (a as ValueOf<'i32'>) : op('i32.wrap_i64', a as ValueOf<'i64'>);
