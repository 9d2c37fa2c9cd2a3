// From a row and a choice of operands to machine code: the encoding read backwards, independent of the decoder.
import type { OperandSpec } from '../../src/isa/operand.ts';
import type { Row } from '../../src/isa/row.ts';

/** A memory operand as ModRM and SIB can say it. `base` −1 without an index is absolute; 'rip' is relative. */
export interface MemoryChoice {
  readonly base: number | 'rip';
  readonly index: number;
  /** Power of two. */
  readonly scale: number;
  readonly displacement: number;
  /** 64 or 65: FS or GS; other bytes are legal and ignored. */
  readonly segmentPrefix?: number;
  readonly addressSizePrefix?: boolean;
}

export interface OperandChoice {
  /** ModRM.reg (or the opcode's register), 0–15. */
  readonly reg: number;
  /** ModRM.rm as a register, or a memory operand. */
  readonly rm: number | MemoryChoice;
  /** Constants that follow, in order. */
  readonly constants: readonly bigint[];
  /** REP prefixes of string instructions, and LOCK. */
  readonly prefixes?: readonly number[];
  /** An empty REX prefix: turns AH … BH into SPL … DIL. */
  readonly forceRex?: boolean;
  /** What VEX.vvvv names, 0–15. */
  readonly vvvv?: number;
}

const MAP_BYTES = { '': [], '0F': [0x0f], '0F38': [0x0f, 0x38], '0F3A': [0x0f, 0x3a] } as const;
const MANDATORY = { none: [], 'no-rep': [], '66': [0x66], F2: [0xf2], F3: [0xf3] } as const;

/** The operand that ModRM.rm names, if the row has one. */
export const rmOperand = (row: Row): OperandSpec | undefined => row.operands.find((operand) => operand.field === 'rm');

export function encode(row: Row, choice: OperandChoice): Uint8Array {
  const { encoding } = row;
  const { reg, rm, constants } = choice;
  const memory = typeof rm === 'object' ? rm : undefined;
  const prefixes: number[] = [...(choice.prefixes ?? [])];
  if (memory?.segmentPrefix !== undefined) prefixes.push(memory.segmentPrefix);
  if (memory?.addressSizePrefix) prefixes.push(0x67);
  if (row.operandSize === 16 && encoding.mandatory !== '66') prefixes.push(0x66);
  prefixes.push(...MANDATORY[encoding.mandatory ?? 'none']);

  const wide = encoding.rexW || (row.operandSize === 64 && !row.default64);
  let rex = wide ? 8 : 0;
  if (encoding.hasModRM && encoding.digit === undefined && encoding.fixedModRM === undefined && reg & 8) rex |= 4;
  if (typeof rm === 'number' && rm & 8 && encoding.hasModRM) rex |= 1;
  if (encoding.opcodeRegister && encoding.fixedModRM === undefined && reg & 8) rex |= 1;
  if (memory) {
    if (memory.index & 8 && memory.index !== -1) rex |= 2;
    if (typeof memory.base === 'number' && memory.base !== -1 && memory.base & 8) rex |= 1;
  }
  const bytes = encoding.vex
    ? [...prefixes.filter((prefix) => !MANDATORY_BYTES.includes(prefix)), ...vexBytes(row, choice, rex)]
    : [...prefixes];
  if (!encoding.vex) {
    if (rex !== 0 || choice.forceRex) bytes.push(0x40 | rex);
    bytes.push(...MAP_BYTES[encoding.map]);
  }
  const opcodeRegister = encoding.opcodeRegister && encoding.fixedModRM === undefined;
  bytes.push(encoding.opcode | (opcodeRegister ? reg & 7 : 0));
  if (encoding.fixedModRM !== undefined) bytes.push(encoding.fixedModRM | (encoding.opcodeRegister ? reg & 7 : 0));
  else if (encoding.hasModRM) {
    const field = (encoding.digit ?? reg & 7) << 3;
    if (memory) bytes.push(...memoryBytes(memory, field));
    else bytes.push(0xc0 | field | ((rm as number) & 7));
  }
  encoding.immediates.forEach((bits, index) => {
    let value = BigInt.asUintN(bits, constants[index] ?? 0n);
    for (let byte = 0; byte < bits / 8; byte++) {
      bytes.push(Number(value & 0xffn));
      value >>= 8n;
    }
  });
  return Uint8Array.from(bytes);
}

const MANDATORY_BYTES = [0x66, 0xf2, 0xf3];
const VEX_MAPS = { '': 0, '0F': 1, '0F38': 2, '0F3A': 3 } as const;
const VEX_PREFIXES = { none: 0, 'no-rep': 0, '66': 1, F3: 2, F2: 3 } as const;

/** The two-byte form where it can say it all, unless `forceRex` asks for the long one. */
function vexBytes({ encoding, usesVvvv }: Row, choice: OperandChoice, rex: number): number[] {
  const vex = encoding.vex!;
  // What is not looked at is made to vary with the operands.
  const arbitrary = choice.reg & 1;
  const w = vex.w ?? arbitrary;
  const long = vex.length === undefined ? arbitrary : vex.length === 256 ? 1 : 0;
  const vvvv = usesVvvv ? (choice.vvvv ?? 0) : 0;
  const last = ((~vvvv & 15) << 3) | (long << 2) | VEX_PREFIXES[encoding.mandatory ?? 'none'];
  if (encoding.map === '0F' && (rex & 3) === 0 && w === 0 && !choice.forceRex)
    return [0xc5, ((~rex << 5) & 0x80) | last];
  return [0xc4, ((~rex & 7) << 5) | VEX_MAPS[encoding.map], (w << 7) | last];
}

const littleEndian32 = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff);

function memoryBytes(memory: MemoryChoice, field: number): number[] {
  const { base, index, scale, displacement } = memory;
  if (base === 'rip') return [field | 5, ...littleEndian32(displacement)];
  if (base === -1)
    return [field | 4, (scale << 6) | (index === -1 ? 0x20 : (index & 7) << 3) | 5, ...littleEndian32(displacement)];
  const short = displacement >= -128 && displacement < 128;
  const mod = displacement === 0 && (base & 7) !== 5 ? 0 : short ? 0x40 : 0x80;
  const tail = mod === 0 ? [] : mod === 0x40 ? [displacement & 0xff] : littleEndian32(displacement);
  if (index === -1 && (base & 7) !== 4) return [mod | field | (base & 7), ...tail];
  return [mod | field | 4, (scale << 6) | (index === -1 ? 0x20 : (index & 7) << 3) | (base & 7), ...tail];
}
