// Decodes one instruction: prefixes, opcode, ModRM, SIB, displacement, constants (SDM Vol. 2 chapter 2).
//
// The result is a reused object, so that decoding a block allocates nothing. What is decoded here is what both the record
// writer and the disassembler read.

import type { Row } from '../isa/row.ts';
import { VECTOR } from '../isa/vector.ts';
import {
  type DecodeTable,
  type OpcodeEntry,
  type OpcodeMap,
  prefixVariant,
  REP_F2,
  REP_F3,
  REP_NONE,
  vexVariant,
} from './decode-table.ts';
import { NO_REGISTER } from './named-registers.ts';
import { type Refusals, unitOf } from './processor-units.ts';
import { type DecodeNext, looksAtRoundingAlone } from './rounding-looks.ts';

export const DECODED = {
  ok: 0,
  /** The bytes end before the instruction does. */ truncated: 1,
  /** No such instruction: #UD. */ invalid: 2,
  /** Longer than 15 bytes: #GP(0). */ tooLong: 3,
  /** Of a unit that is turned off: #NM. */ unavailable: 4,
} as const;

// Why a step could take nothing, where others answer a place.
const TRUNCATED = -1;
const INVALID = -2;

/** A base of RIP + length. */
export const RIP_BASE = 16;

export const SEGMENT_NONE = -1;

export const MAXIMUM_LENGTH = 15;

/** One decoded instruction. */
export class Instruction {
  row!: Row;
  length = 0;
  rep: number = REP_NONE;
  lock = false;
  rex = 0;
  hasOperandSizePrefix = false;
  hasAddressSizePrefix = false;
  /** ES CS SS DS FS GS = 0–5, or SEGMENT_NONE. */
  segment: number = SEGMENT_NONE;
  /** ModRM.reg or the opcode's register, with REX applied. */
  reg = 0;
  /** ModRM.rm as a register, with REX.B applied; meaningful when mod = 3. */
  rm = 0;
  modRM = 0;
  /** The register that VEX.vvvv names. */
  vvvv = 0;
  /** The vector register whose lanes index a memory operand, or NO_REGISTER. */
  vectorIndex: number = NO_REGISTER;
  isMemory = false;
  base: number = NO_REGISTER;
  index: number = NO_REGISTER;
  scale = 0;
  displacement = 0;
  /** Constants as signed halves: [low, high] of the first, low of the second. */
  immediateLow = 0;
  immediateHigh = 0;
  immediateSecond = 0;
}

/** What the x87 notes of an instruction: three bits of the opcode, and ModRM (SDM Vol. 1 §8.1.9). */
export const x87OpcodeOf = ({ row, modRM }: Instruction): number => ((row.encoding.opcode & 7) << 8) | modRM;

/** VEX-encoded instructions on general registers need no leave of the operating system. */
const isGeneral = (row: Row): boolean => row.feature === 'bmi1' || row.feature === 'bmi2';

const IS_PREFIX = new Uint8Array(256);
for (const prefix of [0x26, 0x2e, 0x36, 0x3e, 0x64, 0x65, 0x66, 0x67, 0xf0, 0xf2, 0xf3]) IS_PREFIX[prefix] = 1;

export class Decoder {
  readonly #table: DecodeTable;
  // Of the instruction being decoded.
  #opcode = 0;
  #map: OpcodeMap;
  #variant = 0;
  /** False while CR4.OSXSAVE and XCR0 do not let vectors be used with a VEX prefix: those are then #UD. */
  vexVectors = true;
  /** What units that are turned off raise; undefined while all work. */
  refusals: Refusals | undefined;

  constructor(table: DecodeTable) {
    this.#table = table;
    this.#map = table.oneByte;
  }

  /** Decodes the instruction at `bytes[start]`, reading nothing at or beyond `end`. */
  decode(bytes: Uint8Array, start: number, end: number, into: Instruction): number {
    const isNearEnd = end - start < MAXIMUM_LENGTH;
    const behind = this.#decode(bytes, start, isNearEnd ? end : start + MAXIMUM_LENGTH, into);
    if (behind < 0) return behind === INVALID ? DECODED.invalid : isNearEnd ? DECODED.truncated : DECODED.tooLong;
    into.length = behind - start;
    const { forRounding } = into.row;
    if (forRounding) {
      const next: DecodeNext<Instruction> = (at, ahead) => this.#decode(bytes, at, end, ahead);
      if (looksAtRoundingAlone(into, behind, next, new Instruction())) into.row = forRounding;
    }
    return this.refusals === undefined ? DECODED.ok : this.#refusal(into.row, this.refusals);
  }

  // Each step goes on at a place among the bytes and answers the place behind what it took, or why it could not.

  #decode(bytes: Uint8Array, start: number, limit: number, into: Instruction): number {
    let at = this.#takePrefixes(bytes, start, limit, into);
    if (at < 0) return at;
    const isVex = this.#opcode === 0xc4 || this.#opcode === 0xc5;
    at = isVex ? this.#takeVexPrefix(bytes, at, limit, into) : this.#takeEscapes(bytes, at, limit, into);
    if (at < 0) return at;
    const isExchange = this.#opcode === 0x90 && (into.rex & 1) !== 0 && this.#map === this.#table.oneByte;
    const entry = this.#map.entry(isExchange ? 0x91 : this.#opcode);
    if (entry === undefined) return INVALID;
    into.isMemory = false;
    if (entry.hasModRM) at = this.#takeModRM(entry, bytes, at, limit, into);
    else {
      const row = entry.rows[this.#variant * 16];
      if (row === undefined) return INVALID;
      into.row = row;
      into.reg = (this.#opcode & 7) | ((into.rex & 1) << 3);
    }
    if (at < 0) return at;
    const { row } = into;
    if (isVex && ((into.vvvv !== 0 && !row.usesVvvv) || !(this.vexVectors || isGeneral(row)))) return INVALID;
    at = takeConstants(bytes, at, limit, into);
    const mayLock = row.lock === true && into.isMemory && row.operands[0]?.access === 'read-write';
    return at >= 0 && into.lock && !mayLock ? INVALID : at;
  }

  /** Prefixes, and the byte behind them: the opcode's first. */
  #takePrefixes(bytes: Uint8Array, start: number, limit: number, into: Instruction): number {
    let at = start;
    let rex = 0;
    into.rep = REP_NONE;
    into.lock = false;
    into.hasOperandSizePrefix = false;
    into.hasAddressSizePrefix = false;
    into.segment = SEGMENT_NONE;
    for (;;) {
      if (at >= limit) return TRUNCATED;
      const byte = bytes[at++]!;
      if (byte >= 0x40 && byte <= 0x4f) {
        rex = byte;
        continue;
      }
      if (IS_PREFIX[byte] === 0) {
        this.#opcode = byte;
        into.rex = rex;
        return at;
      }
      rex = 0; // a REX that is not last is ignored (SDM Vol. 2 §2.2.1)
      switch (byte) {
        case 0x66:
          into.hasOperandSizePrefix = true;
          break;
        case 0x67:
          into.hasAddressSizePrefix = true;
          break;
        case 0xf0:
          into.lock = true;
          break;
        case 0xf2:
          into.rep = REP_F2;
          break;
        case 0xf3:
          into.rep = REP_F3;
          break;
        case 0x64:
          into.segment = 4;
          break;
        case 0x65:
          into.segment = 5;
          break;
        // ES, CS, SS and DS overrides do nothing in 64-bit mode, nor do they cancel FS or GS.
      }
    }
  }

  /** The rest of a VEX prefix and the opcode. R, X, B and vvvv are stored inverted; the short form has R only, and the 0F map. */
  #takeVexPrefix(bytes: Uint8Array, at: number, limit: number, into: Instruction): number {
    const payload = this.#opcode === 0xc4 ? 2 : 1;
    if (at + payload + 1 > limit) return TRUNCATED;
    if (into.rex !== 0 || into.rep !== REP_NONE || into.hasOperandSizePrefix || into.lock) return INVALID;
    const first = bytes[at]!;
    const last = bytes[at + payload - 1]!;
    let rex = 0x40 | ((~first >> 5) & 4);
    let map = 1;
    if (payload === 2) {
      rex |= ((~first >> 5) & 3) | ((last >> 4) & 8);
      map = first & 0x1f;
      if (map === 0 || map > 3) return INVALID;
    }
    this.#map = map === 1 ? this.#table.vex0F : map === 2 ? this.#table.vex0F38 : this.#table.vex0F3A;
    into.rex = rex;
    into.vvvv = (~last >> 3) & 15;
    this.#variant = vexVariant(last & 3, (last & 4) !== 0, (rex & 8) !== 0);
    this.#opcode = bytes[at + payload]!;
    return at + payload + 1;
  }

  /** The opcode's further bytes, which say the map. */
  #takeEscapes(bytes: Uint8Array, at: number, limit: number, into: Instruction): number {
    let behind = at;
    this.#map = this.#table.oneByte;
    if (this.#opcode === 0x0f) {
      if (behind >= limit) return TRUNCATED;
      this.#map = this.#table.twoByte;
      this.#opcode = bytes[behind++]!;
      if (this.#opcode === 0x38 || this.#opcode === 0x3a) {
        if (behind >= limit) return TRUNCATED;
        this.#map = this.#opcode === 0x38 ? this.#table.threeByte38 : this.#table.threeByte3A;
        this.#opcode = bytes[behind++]!;
      }
    }
    this.#variant = prefixVariant(into.rep, into.hasOperandSizePrefix, (into.rex & 8) !== 0);
    return behind;
  }

  #takeModRM(entry: OpcodeEntry, bytes: Uint8Array, at: number, limit: number, into: Instruction): number {
    if (at >= limit) return TRUNCATED;
    const modRM = bytes[at]!;
    const mod = modRM >> 6;
    const { rex } = into;
    into.modRM = modRM;
    into.reg = ((modRM >> 3) & 7) | ((rex & 4) << 1);
    const row = entry.wholeModRM
      ? entry.rows[this.#variant * 256 + modRM]
      : entry.rows[this.#variant * 16 + (mod === 3 ? 8 : 0) + ((modRM >> 3) & 7)];
    if (row === undefined) return INVALID;
    into.row = row;
    if (mod !== 3 && !row.ignoresMod) return takeAddress(bytes, at + 1, limit, mod, modRM & 7, into);
    into.rm = (modRM & 7) | ((rex & 1) << 3);
    return at + 1;
  }

  #refusal(row: Row, refusals: Refusals): number {
    const unit = unitOf(row);
    const vector = unit && refusals[unit];
    if (vector === undefined) return DECODED.ok;
    return vector === VECTOR.invalidOpcode ? DECODED.invalid : DECODED.unavailable;
  }
}

/** SIB and displacement. */
function takeAddress(
  bytes: Uint8Array,
  start: number,
  limit: number,
  mod: number,
  rm: number,
  into: Instruction,
): number {
  const { row, rex } = into;
  let at = start;
  into.isMemory = true;
  into.index = NO_REGISTER;
  into.vectorIndex = NO_REGISTER;
  into.scale = 0;
  let base = rm;
  if (rm === 4) {
    if (at >= limit) return TRUNCATED;
    const sib = bytes[at++]!;
    const index = ((sib >> 3) & 7) | ((rex & 2) << 2);
    if (row.usesVectorIndex) into.vectorIndex = index;
    else if (index !== 4) into.index = index;
    if (row.usesVectorIndex || index !== 4) into.scale = sib >> 6;
    base = sib & 7;
  } else if (row.usesVectorIndex) return INVALID;
  const hasNoBase = mod === 0 && base === 5;
  if (!hasNoBase) into.base = base | ((rex & 1) << 3);
  else into.base = rm === 4 ? NO_REGISTER : RIP_BASE;
  const count = hasNoBase || mod === 2 ? 4 : mod;
  if (at + count > limit) return TRUNCATED;
  into.displacement = count === 0 ? 0 : count === 1 ? signedByte(bytes, at) : signedDoubleword(bytes, at);
  return at + count;
}

/** Constants. */
function takeConstants(bytes: Uint8Array, start: number, limit: number, into: Instruction): number {
  let at = start;
  const { row } = into;
  const { immediates } = row.encoding;
  for (let i = 0; i < immediates.length; i++) {
    let count = immediates[i]! >> 3;
    if (count === 8 && into.hasAddressSizePrefix && row.operands.some((operand) => operand.field === 'moffs'))
      count = 4;
    if (at + count > limit) return TRUNCATED;
    const low = count === 1 ? signedByte(bytes, at) : count === 2 ? signedWord(bytes, at) : signedDoubleword(bytes, at);
    if (i > 0) into.immediateSecond = low;
    else {
      into.immediateLow = low;
      if (count === 8) into.immediateHigh = signedDoubleword(bytes, at + 4);
      // An address of 32 bits is not extended by its sign.
      else into.immediateHigh = count === 4 && immediates[i] === 64 ? 0 : low >> 31;
    }
    at += count;
  }
  return at;
}

const signedByte = (bytes: Uint8Array, at: number): number => (bytes[at]! << 24) >> 24;

const signedWord = (bytes: Uint8Array, at: number): number => ((bytes[at]! | (bytes[at + 1]! << 8)) << 16) >> 16;

const signedDoubleword = (bytes: Uint8Array, at: number): number =>
  bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
