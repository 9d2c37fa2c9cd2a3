// What 64-bit values are made of: a linear sum of things that have no other name, and a constant (access-groups.ts).
//
//   [rbx + rsi * 8 + 16], once rsi was r + 2   ─▶   { rbx: 1, r: 8 } + 32

import { constantOf, type Value } from '../wasm/expression.ts';

/** Something without another name (what a register held at some place), and how often it counts. */
export type Term = readonly [atom: number, factor: bigint];

/** A 64-bit value as a sum. */
export interface Sum {
  /** By ascending atom, no factor 0. */
  readonly terms: readonly Term[];
  readonly constant: bigint;
  /** What `terms` are: equal for equal ones. */
  readonly key: string;
}

/** Atoms that no register is: bases of segments, the RIP that the region's offsets begin at, and the stack's origin. */
export const RIP_ATOM = -1;
/** What RSP was where the region was entered, less the depth there (region-stack.ts). */
export const ORIGIN_ATOM = -100;
export const segmentAtom = (segment: number): number => -2 - segment;

const wrapped = (value: bigint): bigint => BigInt.asIntN(64, value);

export function sumOf(terms: readonly Term[], constant: bigint): Sum {
  return { terms, constant: wrapped(constant), key: terms.map(([atom, factor]) => `${atom}*${factor}`).join('+') };
}

export const atomSum = (atom: number): Sum => sumOf([[atom, 1n]], 0n);
export const constantSum = (constant: bigint): Sum => sumOf([], constant);
export const plus = ({ terms, constant, key }: Sum, more: bigint): Sum => ({
  terms,
  constant: wrapped(constant + more),
  key,
});

/** a + b × factor */
export function addSums(a: Sum, b: Sum, factor = 1n): Sum {
  if (b.terms.length === 0) return plus(a, b.constant * factor);
  const factors = new Map(a.terms);
  for (const [atom, own] of b.terms) factors.set(atom, wrapped((factors.get(atom) ?? 0n) + own * factor));
  const terms = [...factors].filter(([, own]) => own !== 0n).sort(([one], [other]) => one - other);
  return sumOf(terms, a.constant + b.constant * factor);
}

/** Of the values of one instruction, what they are made of. */
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
    if (node.kind === 'constant') return constantSum(constantOf(value)!);
    if (node.kind !== 'operator') return undefined;
    const [left, right] = node.operands as [Value, Value];
    switch (node.operator.name) {
      case 'i64.add':
      case 'i64.sub': {
        const [one, other] = [this.of(left), this.of(right)];
        return one && other && addSums(one, other, node.operator.name === 'i64.add' ? 1n : -1n);
      }
      case 'i64.shl': {
        const by = constantOf(right);
        const one = by === undefined ? undefined : this.of(left);
        return one && addSums(constantSum(0n), one, 1n << (by! & 63n));
      }
      default:
        return undefined;
    }
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
