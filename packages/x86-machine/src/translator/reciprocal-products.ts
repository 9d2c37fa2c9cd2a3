// Divisions by constants as compilers write them: the upper half of a product with a reciprocal, shifted down (Granlund and Montgomery,
// "Division by Invariant Integers using Multiplication", PLDI 1994). Of x and the multiplier m:
//
//   upper ≫ s                      x × m            IMUL too, for m below 2^63; or of an x that has been shifted down before
//   (upper + x) ≫ s                x × m            IMUL, which took m for m − 2^64
//   (((x − upper) ≫ 1) + upper) ≫ s − 1            x × (2^64 + m)
//
// WebAssembly has no upper half of a 64-bit product, which takes four multiplications of 32 bits; but engines know how to divide
// by a constant, with the one instruction that processors have for it. So where a register with such an upper half is shifted, and the
// constants that the region moves to registers, or that were in some when it was translated, have one that is a reciprocal for that
// shift, the quotient is had by a division if that constant is what has been multiplied with. The product is there as well, for
// whoever looks at it or at the flags; where nobody does, the engine leaves it out.

import { type Instruction, RIP_BASE } from '../decode/decoder.ts';
import { generalRegister, NO_REGISTER } from '../decode/named-registers.ts';
import { upperProduct } from '../isa/multiply-divide.ts';
import { GPR } from '../state/frame-layout.ts';
import { add, divS, divU, ne, rotl, shrS, shrU, sub } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { i64, type Local, type Value } from '../wasm/expression.ts';
import type { RegisterLocals } from './register-locals.ts';

/** Products of one block whose factors are kept. */
const MOST_PRODUCTS = 8;
const ONE = 1n << 64n;

/** What a register holds: something that others may hold as well, or what has been made of a product and one of its factors. */
type Content =
  | { readonly kind: 'any'; readonly bits: number }
  | Product
  | { readonly kind: 'difference' | 'half' | 'sum' | 'mean'; readonly product: Product; readonly factor: Content };

/** Its upper half. */
interface Product {
  readonly kind: 'product';
  readonly signed: boolean;
  readonly factors: readonly [Factor, Factor];
}

interface Factor {
  readonly register: number;
  readonly content: Content;
  readonly value: Local<'i64'>;
}

/** What is known of a shift's result: the dividend, the divisor, and the factor that must be the multiplier for it. */
interface Quotient {
  readonly dividend: Factor;
  readonly divisor: bigint;
  readonly reciprocal: Factor;
  readonly multiplier: bigint;
}

/**
 * What a product with a multiplier, shifted down by 64 and some more bits, is the quotient by; undefined where it is none.
 * @param bits of the other factor, as an unsigned integer
 */
export function divisorOf(multiplier: bigint, shift: number, signed: boolean, bits = 64): bigint | undefined {
  if (multiplier <= 1n || (signed && multiplier >= ONE)) return undefined;
  const one = ONE << BigInt(shift);
  const divisor = (one + multiplier - 1n) / multiplier;
  const excess = multiplier * divisor - one;
  if (divisor < 2n || divisor >> 63n !== 0n) return undefined;
  // Times the largest factor it must stay below 2^(64 + shift), lest it add up to one. Negative quotients must be off by one, always.
  const isReciprocal = signed
    ? excess > 0n && excess <= 2n << BigInt(shift)
    : excess <= 1n << BigInt(shift + 64 - bits);
  return isReciprocal ? divisor : undefined;
}

/** Whether an instruction multiplies two registers of 64 bits to 128. */
const isWideProduct = ({ row, isMemory }: Instruction): boolean =>
  !isMemory && row.operands.length === 1 && row.operands[0]!.size === 64 && /^I?MUL$/.test(row.mnemonic);

/** A constant of 64 bits that an instruction moves to a register. */
const wideConstant = ({ row, immediateHigh, immediateLow }: Instruction): bigint | undefined =>
  row.mnemonic === 'MOV' && row.operands[1]?.notation === 'imm64'
    ? BigInt.asUintN(64, (BigInt(immediateHigh) << 32n) | BigInt(immediateLow >>> 0))
    : undefined;

export class ReciprocalProducts {
  readonly #code: CodeWriter;
  readonly #registers: RegisterLocals;
  readonly #instructions: readonly Instruction[];
  readonly #registersNow: () => readonly bigint[];
  /** By register: what may be reciprocals. */
  #known: readonly (readonly bigint[])[] | undefined;
  readonly #factors: (readonly [Local<'i64'>, Local<'i64'>])[] = [];
  /** Of the block that is being written. */
  #products = 0;
  #hasProducts = false;
  readonly #contents: Content[] = [];
  /** By register: how often it had been written to when it got its content. */
  readonly #since: number[] = [];
  #result: { readonly register: number; readonly content: Content } | undefined;

  /**
   * @param instructions of the region
   * @param registersNow what general registers hold while it is translated, as unsigned integers
   */
  constructor(
    code: CodeWriter,
    registers: RegisterLocals,
    instructions: readonly Instruction[],
    registersNow: () => readonly bigint[],
  ) {
    this.#code = code;
    this.#registers = registers;
    this.#instructions = instructions;
    this.#registersNow = registersNow;
  }

  /** Control may have come to these from anywhere. */
  enterBlock(instructions: readonly Instruction[]): void {
    this.#hasProducts = instructions.some(isWideProduct);
    this.#products = 0;
    this.#contents.length = 0;
  }

  /** Ahead of the code of an instruction. */
  before(instruction: Instruction): void {
    this.#result = undefined;
    if (!this.#hasProducts) return;
    if (isWideProduct(instruction)) this.#noteProduct(instruction);
    else this.#noteOperation(instruction);
  }

  /** Behind it. */
  after(): void {
    if (!this.#result) return;
    const { register, content } = this.#result;
    this.#contents[register] = content;
    this.#since[register] = this.#registers.writes(register);
  }

  #contentOf(register: number): Content {
    const writes = this.#registers.writes(register);
    if (this.#contents[register] === undefined || this.#since[register] !== writes) {
      this.#contents[register] = { kind: 'any', bits: 64 };
      this.#since[register] = writes;
    }
    return this.#contents[register];
  }

  #noteProduct(instruction: Instruction): void {
    if (this.#products >= MOST_PRODUCTS) return;
    const { row } = instruction;
    const values = this.#factors[this.#products] ?? ([this.#code.local('i64'), this.#code.local('i64')] as const);
    this.#factors[this.#products++] = values;
    const factor = (register: number, value: Local<'i64'>): Factor => {
      this.#code.set(value, this.#registers.read(register));
      return { register, content: this.#contentOf(register), value };
    };
    const factors = [
      factor(GPR.rax, values[0]),
      factor(generalRegister(instruction, row.operands[0]!), values[1]),
    ] as const;
    this.#result = { register: GPR.rdx, content: { kind: 'product', signed: row.mnemonic === 'IMUL', factors } };
  }

  #noteOperation(instruction: Instruction): void {
    const { mnemonic, operands } = instruction.row;
    const [target, source] = operands.map((spec) =>
      spec.registerSize === 64 ? generalRegister(instruction, spec) : NO_REGISTER,
    );
    if (target === undefined || target < 0 || source === undefined) return;
    let content: Content | undefined;
    if (isSumOfRegisters(instruction)) content = this.#combined('ADD', instruction.base, instruction.index);
    else if (source >= 0) content = this.#combined(mnemonic, target, source);
    else content = shifted(this.#contentOf(target), instruction);
    if (content) this.#result = { register: target, content };
  }

  #combined(mnemonic: string, target: number, source: number): Content | undefined {
    const [one, other] = [this.#contentOf(target), this.#contentOf(source)];
    switch (mnemonic) {
      case 'MOV':
        return other;
      case 'SUB':
        return other.kind === 'product' && isFactor(one, other)
          ? { kind: 'difference', product: other, factor: one }
          : undefined;
      case 'ADD':
        return added(one, other) ?? added(other, one);
      default:
        return undefined;
    }
  }

  /** A register, shifted down: the quotient that this is, where it is known to be one. */
  quotient(register: number, signed: boolean, shift: number): Local<'i64'> | undefined {
    const content = this.#hasProducts ? this.#contentOf(register) : undefined;
    if (!content || content.kind === 'any') return undefined;
    const product = content.kind === 'product' ? content : content.product;
    const known = product.signed === signed ? this.#quotientOf(content, product, shift) : undefined;
    if (!known) return undefined;
    const code = this.#code;
    const { dividend, divisor, reciprocal, multiplier } = known;
    const result = code.let(
      signed
        ? // Of a negative one what is shifted out counts as one, even where the division is exact.
          add(divS(dividend.value, i64(divisor)), shrS(dividend.value, i64(63)))
        : divU(dividend.value, i64(divisor)),
    );
    code.unlikely(ne(reciprocal.value, i64(multiplier)), () => {
      const [a, b] = product.factors.map(({ value }) => code.let(disguised(value)));
      const upper = upperProduct((value) => code.let(value), signed, a!, b!);
      const whole = rebuilt(content.kind, upper, dividend.value);
      code.set(result, signed ? shrS(whole, i64(shift)) : shrU(whole, i64(shift)));
    });
    return result;
  }

  #quotientOf(content: Content, { factors }: Product, shift: number): Quotient | undefined {
    const [a, b] = factors;
    for (const [dividend, reciprocal] of [
      [a, b],
      [b, a],
    ] as const) {
      if ('factor' in content && content.factor !== dividend.content) continue;
      for (const multiplier of this.#constantsIn(reciprocal.register)) {
        const divisor = divisorBy(content, dividend.content, multiplier, shift);
        if (divisor !== undefined) return { dividend, divisor, reciprocal, multiplier };
      }
    }
    return undefined;
  }

  /** Constants that a register may hold; RAX those of all, since it gets its factors from others. */
  #constantsIn(register: number): readonly bigint[] {
    if (!this.#known) {
      const now = this.#registersNow();
      const known = now.map((constant) => [constant]);
      for (const instruction of this.#instructions) {
        const constant = wideConstant(instruction);
        if (constant !== undefined) known[generalRegister(instruction, instruction.row.operands[0]!)]!.push(constant);
      }
      this.#known = known;
    }
    return register === GPR.rax ? this.#known.flat() : this.#known[register]!;
  }
}

/** LEA of a base and an index alone, all 64 bits of them. */
const isSumOfRegisters = ({ row, base, index, scale, displacement, hasAddressSizePrefix }: Instruction): boolean =>
  row.mnemonic === 'LEA' &&
  !hasAddressSizePrefix &&
  base >= 0 &&
  base < RIP_BASE &&
  index >= 0 &&
  scale === 0 &&
  displacement === 0;

const isFactor = (content: Content, { factors }: Product): boolean => factors.some((one) => one.content === content);

function added(one: Content, other: Content): Content | undefined {
  if (one.kind === 'product' && isFactor(other, one)) return { kind: 'sum', product: one, factor: other };
  if (one.kind === 'half' && one.product === other) return { kind: 'mean', product: other, factor: one.factor };
  return undefined;
}

/** What a shift by a constant makes of a content, where that is of use. */
function shifted(content: Content, { row, immediateLow }: Instruction): Content | undefined {
  if (row.mnemonic !== 'SHR') return undefined;
  const { field, notation } = row.operands[1]!;
  const count = notation === '1' ? 1 : field === 'immediate' ? immediateLow & 63 : 0;
  if (content.kind === 'difference') return count === 1 ? { ...content, kind: 'half' } : undefined;
  return count > 0 ? { kind: 'any', bits: 64 - count } : undefined;
}

function divisorBy(content: Content, dividend: Content, constant: bigint, shift: number): bigint | undefined {
  switch (content.kind) {
    case 'product': {
      if (!content.signed) return divisorOf(constant, shift, false, dividend.kind === 'any' ? dividend.bits : 64);
      return constant >> 63n === 0n ? divisorOf(constant, shift, true) : undefined;
    }
    case 'sum':
      return content.product.signed && constant >> 63n !== 0n ? divisorOf(constant, shift, true) : undefined;
    case 'mean':
      return content.product.signed ? undefined : divisorOf(ONE + constant, shift + 1, false);
    default:
      return undefined;
  }
}

/** Itself, but engines do not see that: they would make a part of the product for everybody because a rare way wants it, too. */
const disguised = (value: Value<'i64'>): Value<'i64'> => rotl(rotl(value, i64(32)), i64(32));

/** A content from a product's upper half and its factor. */
function rebuilt(kind: Content['kind'], upper: Value<'i64'>, factor: Value<'i64'>): Value<'i64'> {
  if (kind === 'sum') return add(upper, factor);
  return kind === 'mean' ? add(shrU(sub(factor, upper), i64(1)), upper) : upper;
}
