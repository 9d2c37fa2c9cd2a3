// Decodes one instruction: prefixes, opcode, ModRM, SIB, displacement, constants (SDM Vol. 2 chapter 2).
//
// The result is a reused object, so that decoding a block allocates nothing. What is decoded here is what both the record
// writer and the disassembler read.

import type { Row } from '../isa/row.ts';
import { VECTOR } from '../isa/vector.ts';
import {
  type DecodeTable,
  type OpcodeMap,
  prefixVariant,
  REP_F2,
  REP_F3,
  REP_NONE,
  vexVariant,
} from './decode-table.ts';
import { type Refusals, unitOf } from './processor-units.ts';

export const DECODED = {
  ok: 0,
  /** The bytes end before the instruction does. */ truncated: 1,
  /** No such instruction: #UD. */ invalid: 2,
  /** Longer than 15 bytes: #GP(0). */ tooLong: 3,
  /** Of a unit that is turned off: #NM. */ unavailable: 4,
} as const;

export const NO_REGISTER = -1;
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
  /** False while CR4.OSXSAVE and XCR0 do not let vectors be used with a VEX prefix: those are then #UD. */
  vexVectors = true;
  /** What units that are turned off raise; undefined while all work. */
  refusals: Refusals | undefined;

  constructor(table: DecodeTable) {
    this.#table = table;
  }

  /** Decodes the instruction at `bytes[start]`, reading nothing at or beyond `end`. */
  decode(bytes: Uint8Array, start: number, end: number, into: Instruction): number {
    const limit = end - start > MAXIMUM_LENGTH ? start + MAXIMUM_LENGTH : end;
    const short = limit === end && end - start < MAXIMUM_LENGTH ? DECODED.truncated : DECODED.tooLong;
    let at = start;
    into.rep = REP_NONE;
    into.lock = false;
    into.hasOperandSizePrefix = false;
    into.hasAddressSizePrefix = false;
    into.segment = SEGMENT_NONE;
    let rex = 0;
    let byte = 0;
    for (;;) {
      if (at >= limit) return short;
      byte = bytes[at++]!;
      if (byte >= 0x40 && byte <= 0x4f) {
        rex = byte;
        continue;
      }
      if (IS_PREFIX[byte] === 0) break;
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
    let map: OpcodeMap = this.#table.oneByte;
    let variant: number;
    const isVex = byte === 0xc4 || byte === 0xc5;
    if (isVex) {
      const payload = byte === 0xc4 ? 2 : 1;
      if (at + payload + 1 > limit) return short;
      if (rex !== 0 || into.rep !== REP_NONE || into.hasOperandSizePrefix || into.lock) return DECODED.invalid;
      // R, X, B and vvvv are stored inverted; the short form has R only, and the 0F map.
      const first = bytes[at]!;
      const last = bytes[at + payload - 1]!;
      at += payload;
      rex = 0x40 | ((~first >> 5) & 4);
      if (payload === 2) {
        rex |= ((~first >> 5) & 3) | ((last >> 4) & 8);
        const number = first & 0x1f;
        if (number === 0 || number > 3) return DECODED.invalid;
        map = number === 1 ? this.#table.vex0F : number === 2 ? this.#table.vex0F38 : this.#table.vex0F3A;
      } else map = this.#table.vex0F;
      into.vvvv = (~last >> 3) & 15;
      variant = vexVariant(last & 3, (last & 4) !== 0, (rex & 8) !== 0);
      byte = bytes[at++]!;
    } else {
      if (byte === 0x0f) {
        if (at >= limit) return short;
        byte = bytes[at++]!;
        map = this.#table.twoByte;
        if (byte === 0x38 || byte === 0x3a) {
          map = byte === 0x38 ? this.#table.threeByte38 : this.#table.threeByte3A;
          if (at >= limit) return short;
          byte = bytes[at++]!;
        }
      }
      variant = prefixVariant(into.rep, into.hasOperandSizePrefix, (rex & 8) !== 0);
    }
    into.rex = rex;
    const isExchange = byte === 0x90 && (rex & 1) !== 0 && map === this.#table.oneByte;
    const entry = map.entry(isExchange ? 0x91 : byte);
    if (entry === undefined) return DECODED.invalid;

    into.isMemory = false;
    let row: Row | undefined;
    if (entry.hasModRM) {
      if (at >= limit) return short;
      const modRM = bytes[at++]!;
      const mod = modRM >> 6;
      into.modRM = modRM;
      into.reg = ((modRM >> 3) & 7) | ((rex & 4) << 1);
      row = entry.wholeModRM
        ? entry.rows[variant * 256 + modRM]
        : entry.rows[variant * 16 + (mod === 3 ? 8 : 0) + ((modRM >> 3) & 7)];
      if (row === undefined) return DECODED.invalid;
      if (mod === 3 || row.ignoresMod) into.rm = (modRM & 7) | ((rex & 1) << 3);
      else {
        into.isMemory = true;
        let rm = modRM & 7;
        into.index = NO_REGISTER;
        into.vectorIndex = NO_REGISTER;
        into.scale = 0;
        if (row.usesVectorIndex && rm !== 4) return DECODED.invalid;
        let displacementBytes = mod === 1 ? 1 : mod === 2 ? 4 : 0;
        if (rm === 4) {
          if (at >= limit) return short;
          const sib = bytes[at++]!;
          const index = ((sib >> 3) & 7) | ((rex & 2) << 2);
          if (row.usesVectorIndex) {
            into.vectorIndex = index;
            into.scale = sib >> 6;
          } else if (index !== 4) {
            into.index = index;
            into.scale = sib >> 6;
          }
          rm = sib & 7;
          if (rm === 5 && mod === 0) {
            into.base = NO_REGISTER;
            displacementBytes = 4;
          } else into.base = rm | ((rex & 1) << 3);
        } else if (rm === 5 && mod === 0) {
          into.base = RIP_BASE;
          displacementBytes = 4;
        } else into.base = rm | ((rex & 1) << 3);
        if (at + displacementBytes > limit) return short;
        if (displacementBytes === 0) into.displacement = 0;
        else if (displacementBytes === 1) into.displacement = (bytes[at]! << 24) >> 24;
        else into.displacement = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
        at += displacementBytes;
      }
    } else {
      row = entry.rows[variant * 16];
      if (row === undefined) return DECODED.invalid;
      into.reg = (byte & 7) | ((rex & 1) << 3);
    }
    into.row = row;
    if (isVex && ((into.vvvv !== 0 && !row.usesVvvv) || !(this.vexVectors || isGeneral(row)))) return DECODED.invalid;

    const { immediates } = row.encoding;
    for (let i = 0; i < immediates.length; i++) {
      let count = immediates[i]! >> 3;
      if (count === 8 && into.hasAddressSizePrefix && row.operands.some((operand) => operand.field === 'moffs'))
        count = 4;
      if (at + count > limit) return short;
      let low = 0;
      let high = 0;
      if (count === 1) low = (bytes[at]! << 24) >> 24;
      else if (count === 2) low = ((bytes[at]! | (bytes[at + 1]! << 8)) << 16) >> 16;
      else low = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
      if (count === 8) high = bytes[at + 4]! | (bytes[at + 5]! << 8) | (bytes[at + 6]! << 16) | (bytes[at + 7]! << 24);
      else high = count === 4 && immediates[i] === 64 ? 0 : low >> 31;
      at += count;
      if (i === 0) {
        into.immediateLow = low;
        into.immediateHigh = high;
      } else into.immediateSecond = low;
    }
    into.length = at - start;
    if (into.lock && !(row.lock === true && into.isMemory && row.operands[0]?.access === 'read-write'))
      return DECODED.invalid;
    return this.refusals === undefined ? DECODED.ok : this.#refusal(row, this.refusals);
  }

  #refusal(row: Row, refusals: Refusals): number {
    const unit = unitOf(row);
    const vector = unit && refusals[unit];
    if (vector === undefined) return DECODED.ok;
    return vector === VECTOR.invalidOpcode ? DECODED.invalid : DECODED.unavailable;
  }
}
