// How wide integer values are: no bit beyond a value's width is set.
//
// A register's low byte or word is cut out of the whole, and its new value put back in; both is spared where the rest is known to
// be zero, or the new value to fit. What is and-ed, or-ed or xor-ed with a part can be so with the whole.

import { constantOf, type Value } from '../wasm/expression.ts';

const COMPARISON = /\.(?:eqz?|ne|[lg][te](?:_[su])?)$/;
const BITWISE = /^i(?:32|64)\.(and|or|xor)$/;

export type Bitwise = 'and' | 'or' | 'xor';

interface Combination {
  readonly name: Bitwise;
  readonly left: Value;
  readonly right: Value;
}

/** Of the values of one instruction, how wide they are. */
export class ValueWidths {
  readonly #widths = new Map<Value, number>();
  readonly #combinations = new Map<Value, Combination>();

  /** Bits: 1 for a truth value, the type's own where nothing else is known. */
  of(value: Value): number {
    const full = value.type === 'i64' ? 64 : 32;
    const { node } = value;
    switch (node.kind) {
      case 'constant': {
        const constant = BigInt.asUintN(full, constantOf(value) ?? -1n);
        return constant === 0n ? 0 : constant.toString(2).length;
      }
      case 'local':
        return this.#widths.get(value) ?? full;
      case 'load':
        return loadedWidth(node.operator.name) ?? full;
      case 'select':
        return Math.max(this.of(node.whenTrue), this.of(node.whenFalse));
      case 'operator':
        return Math.min(full, this.#ofOperator(node.operator.name, node.operands));
      default:
        return full;
    }
  }

  #ofOperator(name: string, operands: readonly Value[]): number {
    if (COMPARISON.test(name)) return 1;
    const [left, right] = operands as [Value, Value];
    switch (name.slice(4)) {
      case 'and':
        return Math.min(this.of(left), this.of(right));
      case 'or':
      case 'xor':
        return Math.max(this.of(left), this.of(right));
      case 'shr_u':
      case 'extend_i32_u':
      case 'wrap_i64':
        return this.of(left);
      default:
        return 64;
    }
  }

  /** A variable is bound to a value. */
  bind(local: Value, value: Value): void {
    const width = this.of(value);
    if (width < (value.type === 'i64' ? 64 : 32)) this.#widths.set(local, width);
    else this.#widths.delete(local);
    const combination = combinationOf(value);
    if (combination) this.#combinations.set(local, combination);
    else this.#combinations.delete(local);
  }

  note(local: Value, width: number): void {
    this.#widths.set(local, width);
  }

  /** A variable is something else from here on. */
  forget(local: Value): void {
    this.#widths.delete(local);
    this.#combinations.delete(local);
  }

  /** What a value is the bitwise combination of. */
  combinationOf(value: Value): Combination | undefined {
    return this.#combinations.get(value) ?? combinationOf(value);
  }
}

function loadedWidth(name: string): number | undefined {
  if (name.endsWith('load8_u')) return 8;
  if (name.endsWith('load16_u')) return 16;
  return name === 'i64.load32_u' ? 32 : undefined;
}

function combinationOf({ node }: Value): Combination | undefined {
  if (node.kind !== 'operator') return undefined;
  const name = BITWISE.exec(node.operator.name)?.[1];
  if (name === undefined) return undefined;
  const [left, right] = node.operands as [Value, Value];
  return { name: name as Bitwise, left, right };
}
