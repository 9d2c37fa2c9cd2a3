// A small reproducible random generator, and the values that break arithmetic.

export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0 || 1;
  }

  /** 32 random bits (xorshift32). */
  word(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return Math.imul(x, 0x9e3779b1) >>> 0;
  }

  below(limit: number): number {
    return this.word() % limit;
  }

  chance(numerator: number, denominator: number): boolean {
    return this.below(denominator) < numerator;
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!;
  }

  bits64(): bigint {
    return (BigInt(this.word()) << 32n) | BigInt(this.word());
  }

  /** Edges of every operand size, small numbers, single bits, or anything. */
  interesting64(): bigint {
    switch (this.below(6)) {
      case 0:
        return this.bits64();
      case 1:
        return BigInt(this.below(66));
      case 2:
        return BigInt.asUintN(64, -BigInt(this.below(66)));
      case 3:
        return 1n << BigInt(this.below(64));
      case 4: {
        const size = this.pick([7n, 8n, 15n, 16n, 31n, 32n, 63n]);
        return BigInt.asUintN(64, (1n << size) + BigInt(this.below(3)) - 1n);
      }
      default:
        return BigInt.asUintN(64, this.bits64() >> BigInt(this.below(64)));
    }
  }
}
