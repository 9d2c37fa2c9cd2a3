// Disassembly in Intel syntax, from the same rows and the same decoder that the processor runs on.

import { buildDecodeTable } from '../decode/decode-table.ts';
import { DECODED, Decoder, Instruction, RIP_BASE, SEGMENT_NONE } from '../decode/decoder.ts';
import { NO_REGISTER } from '../decode/named-registers.ts';
import { INSTRUCTION_SET } from '../isa/instruction-set.ts';
import type { OperandSpec } from '../isa/operand.ts';
import { GPR } from '../state/frame-layout.ts';

export interface Disassembly {
  /** `add qword ptr [rbx + rcx*4 + 0x10], rax`; `(bad)` for what is no instruction. */
  readonly text: string;
  /** Upper case, as in the SDM; empty for `(bad)`. */
  readonly mnemonic: string;
  readonly operands: readonly string[];
  /** Bytes, at least 1. */
  readonly length: number;
}

const NAMES_64 = Object.keys(GPR);
const LOW_BYTES = ['al', 'cl', 'dl', 'bl', 'spl', 'bpl', 'sil', 'dil'];
const HIGH_BYTES = ['ah', 'ch', 'dh', 'bh'];
const SEGMENTS = ['es', 'cs', 'ss', 'ds', 'fs', 'gs'];
const SIZE_WORDS: Readonly<Record<number, string>> = {
  8: 'byte',
  16: 'word',
  32: 'dword',
  64: 'qword',
  80: 'tbyte',
  128: 'xmmword',
  256: 'ymmword',
};

/** The name of a general register; without a REX prefix the byte registers 4–7 are AH … BH. */
function generalRegisterName(number: number, bits: number, hasRex: boolean): string {
  const name = NAMES_64[number]!;
  if (bits === 64) return name;
  if (number >= 8) return name + { 8: 'b', 16: 'w', 32: 'd' }[bits]!;
  if (bits === 32) return `e${name.slice(1)}`;
  if (bits === 16) return name.slice(1);
  return !hasRex && number >= 4 ? HIGH_BYTES[number - 4]! : LOW_BYTES[number]!;
}

function registerName(operand: OperandSpec, number: number, hasRex: boolean): string {
  switch (operand.registerClass) {
    case 'gpr':
      return generalRegisterName(number, operand.registerSize, hasRex);
    case 'mm':
      return `mm${number & 7}`;
    case 'st':
      return `st(${number & 7})`;
    case 'sreg':
      return SEGMENTS[number & 7] ?? '(bad)';
    case 'xmm':
      return `${operand.registerSize === 256 ? 'ymm' : 'xmm'}${number}`;
    default:
      return `${operand.registerClass}${number}`;
  }
}

const hex = (value: bigint | number): string => (value < 0 ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`);

function address(instruction: Instruction): string {
  const bits = instruction.hasAddressSizePrefix ? 32 : 64;
  const register = (number: number): string => generalRegisterName(number, bits, true);
  const terms: string[] = [];
  if (instruction.base === RIP_BASE) terms.push(bits === 64 ? 'rip' : 'eip');
  else if (instruction.base !== NO_REGISTER) terms.push(register(instruction.base));
  const { vectorIndex } = instruction.row.operands.find((operand) => operand.vectorIndex) ?? {};
  if (vectorIndex) {
    const name = `${vectorIndex[1] === 256 ? 'ymm' : 'xmm'}${instruction.vectorIndex}`;
    terms.push(name + (instruction.scale > 0 ? `*${1 << instruction.scale}` : ''));
  } else if (instruction.index !== NO_REGISTER) {
    terms.push(register(instruction.index) + (instruction.scale > 0 ? `*${1 << instruction.scale}` : ''));
  }
  const segment = instruction.segment === SEGMENT_NONE ? '' : `${SEGMENTS[instruction.segment]}:`;
  const { displacement } = instruction;
  if (terms.length === 0) return `${segment}[${hex(bits === 32 ? displacement >>> 0 : displacement)}]`;
  const sign = displacement < 0 ? ' - ' : ' + ';
  return `${segment}[${terms.join(' + ')}${displacement === 0 && instruction.base !== RIP_BASE ? '' : sign + hex(Math.abs(displacement))}]`;
}

function formatOperand(operand: OperandSpec, instruction: Instruction, rip: bigint): string {
  const hasRex = instruction.rex !== 0;
  switch (operand.field) {
    case 'fixed':
      return operand.registerClass === undefined ? String(operand.fixed) : registerName(operand, operand.fixed, true);
    case 'reg':
    case 'opcode':
      return registerName(operand, instruction.reg, hasRex);
    case 'vvvv':
      return registerName(operand, instruction.vvvv, true);
    case 'is4':
      return registerName(operand, (instruction.immediateLow >> 4) & 15, true);
    case 'rm': {
      if (!instruction.isMemory) return registerName(operand, instruction.rm, hasRex);
      const word = SIZE_WORDS[operand.memorySize ?? 0];
      return (word ? `${word} ptr ` : '') + address(instruction);
    }
    case 'moffs': {
      const low = BigInt(instruction.immediateLow >>> 0) | (BigInt(instruction.immediateHigh >>> 0) << 32n);
      const segment = instruction.segment === SEGMENT_NONE ? '' : `${SEGMENTS[instruction.segment]}:`;
      return `${SIZE_WORDS[operand.size]} ptr ${segment}[${hex(low)}]`;
    }
    case 'relative':
      return hex(BigInt.asUintN(64, rip + BigInt(instruction.length + instruction.immediateLow)));
    case 'immediate': {
      if (operand.fixed > 0) return hex(instruction.immediateSecond & 0xff);
      if (operand.size === 64 && instruction.row.encoding.immediates[0] === 64) {
        return hex(BigInt(instruction.immediateLow >>> 0) | (BigInt(instruction.immediateHigh >>> 0) << 32n));
      }
      const extends8 = operand.notation.includes(':');
      const value = instruction.immediateLow;
      if (extends8 || operand.size === 64) return hex(value);
      return hex(operand.size === 8 ? value & 0xff : operand.size === 16 ? value & 0xffff : value >>> 0);
    }
  }
}

let decoder: Decoder | undefined;

/**
 * Disassembles the instruction at `bytes[offset]`.
 * @param rip the address of that byte, for branch targets
 */
export function disassemble(bytes: Uint8Array, offset = 0, rip = 0n): Disassembly {
  decoder ??= new Decoder(buildDecodeTable(INSTRUCTION_SET));
  const instruction = new Instruction();
  const outcome = decoder.decode(bytes, offset, bytes.length, instruction);
  if (outcome !== DECODED.ok) return { text: '(bad)', mnemonic: '', operands: [], length: 1 };
  const { mnemonic } = instruction.row;
  const operands = instruction.row.operands.map((operand) => formatOperand(operand, instruction, rip));
  const lock = instruction.lock ? 'lock ' : '';
  const text = `${lock}${mnemonic.toLowerCase()}${operands.length > 0 ? ` ${operands.join(', ')}` : ''}`;
  return { text, mnemonic, operands, length: instruction.length };
}
