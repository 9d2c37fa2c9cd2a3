// What the 64-bit values of one instruction are made of: a sum of what registers held and a constant (access-groups.ts).

import { constantOf, type Value } from '../wasm/expression.ts';
import type { Sum } from './access-groups.ts';

const SIGNS: Readonly<Record<string, bigint>> = { 'i64.add': 1n, 'i64.sub': -1n };

export class AddressSums {
  readonly #sums = new Map<Value, Sum>();
  /** Addresses as what they are without the displacement, and that. */
  readonly #displaced = new Map<Value, readonly [Value<'i64'>, number]>();

  /** Undefined where nothing is known. */
  of(value: Value): Sum | undefined {
    if (value.type !== 'i64') return undefined;
    const known = this.#sums.get(value);
    if (known) return known;
    const { node } = value;
    const sign = node.kind === 'operator' ? SIGNS[node.operator.name] : undefined;
    if (node.kind !== 'operator' || sign === undefined) return undefined;
    const [left, right] = node.operands as [Value, Value];
    const constant = constantOf(right);
    const sum = constant === undefined ? undefined : this.of(left);
    return sum && { key: sum.key, constant: BigInt.asIntN(64, sum.constant + sign * constant!) };
  }

  note(value: Value, sum: Sum): void {
    this.#sums.set(value, sum);
  }

  noteDisplaced(address: Value, base: Value<'i64'>, displacement: number): void {
    this.#displaced.set(address, [base, displacement]);
  }

  /** An address as a sum of two, for checks that may cover what lies before it. */
  partsOf(address: Value<'i64'>): readonly [base: Value<'i64'>, displacement: number] {
    return this.#displaced.get(address) ?? [address, 0];
  }

  /** A variable is something else from here on. */
  forget(local: Value): void {
    this.#sums.delete(local);
    this.#displaced.delete(local);
  }
}
