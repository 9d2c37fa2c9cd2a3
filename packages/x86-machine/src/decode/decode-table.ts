// From opcode bytes to rows: one table per opcode map, compiled from the instruction set opcode by opcode.
//
// Within an opcode, a row is chosen by prefix variant (REP prefix × 66 × REX.W: 12 of them; with a VEX prefix pp × L × W, 16)
// and by ModRM: mod = 3 or not and reg, or the whole byte where some row's ModRM belongs to its opcode. Where two rows fit, the one that asks for
// more wins (PAUSE over NOP, REX.W over any); a tie is a mistake in the rows and refused.

import type { Row } from '../isa/row.ts';

export const REP_NONE = 0;
export const REP_F3 = 1;
export const REP_F2 = 2;

/** Index of a prefix variant: 0–11. */
export function prefixVariant(rep: number, operandSize16: boolean, rexW: boolean): number {
  return rep * 4 + (operandSize16 ? 2 : 0) + (rexW ? 1 : 0);
}

/** The same for a VEX prefix: 0–15. */
export function vexVariant(pp: number, isLong: boolean, w: boolean): number {
  return pp * 4 + (isLong ? 2 : 0) + (w ? 1 : 0);
}

const VARIANTS = 16;

export interface OpcodeEntry {
  readonly hasModRM: boolean;
  /** Rows by variant × 256 + ModRM byte, or by variant × 16 + (mod = 3 ? 8 : 0) + reg; without ModRM by variant × 16. */
  readonly rows: readonly (Row | undefined)[];
  readonly wholeModRM: boolean;
}

/** One opcode map. Entries are compiled when an opcode is first met: a program meets few. */
export class OpcodeMap {
  readonly #name: string;
  readonly #rows: (Row[] | undefined)[] = [];
  readonly #entries: (OpcodeEntry | undefined)[] = [];

  constructor(name: string) {
    this.#name = name;
  }

  add(opcode: number, row: Row): void {
    const rows = this.#rows[opcode];
    if (rows) rows.push(row);
    else this.#rows[opcode] = [row];
  }

  /** undefined: no instruction has this opcode. */
  entry(opcode: number): OpcodeEntry | undefined {
    return this.#entries[opcode] ?? this.#compile(opcode);
  }

  #compile(opcode: number): OpcodeEntry | undefined {
    const rows = this.#rows[opcode];
    if (!rows) return undefined;
    const entry = buildEntry(rows, `opcode ${this.#name} ${opcode.toString(16)}`);
    this.#entries[opcode] = entry;
    return entry;
  }
}

export interface DecodeTable {
  readonly oneByte: OpcodeMap;
  readonly twoByte: OpcodeMap;
  readonly threeByte38: OpcodeMap;
  readonly threeByte3A: OpcodeMap;
  readonly vex0F: OpcodeMap;
  readonly vex0F38: OpcodeMap;
  readonly vex0F3A: OpcodeMap;
}

const MAP_NAMES = { '': 'oneByte', '0F': 'twoByte', '0F38': 'threeByte38', '0F3A': 'threeByte3A' } as const;
const VEX_MAP_NAMES = { '0F': 'vex0F', '0F38': 'vex0F38', '0F3A': 'vex0F3A' } as const;

const VEX_PREFIXES = ['none', '66', 'F3', 'F2'];

function fitsPrefixes(row: Row, variant: number): boolean {
  const { vex } = row.encoding;
  if (vex) {
    const length = (variant & 2) !== 0 ? 256 : 128;
    return (
      row.encoding.mandatory === VEX_PREFIXES[variant >> 2] &&
      (vex.length ?? length) === length &&
      (vex.w ?? variant & 1) === (variant & 1)
    );
  }
  const rep = variant >> 2;
  const has66 = (variant & 2) !== 0;
  const hasW = (variant & 1) !== 0;
  const { mandatory, rexW } = row.encoding;
  if (mandatory === 'none' && (rep !== REP_NONE || has66)) return false;
  if (mandatory === 'no-rep' && rep !== REP_NONE) return false;
  if (mandatory === '66' && (rep !== REP_NONE || !has66)) return false;
  if (mandatory === 'F3' && rep !== REP_F3) return false;
  if (mandatory === 'F2' && rep !== REP_F2) return false;
  return !rexW || hasW;
}

/**
 * How well the operand size that 66 and REX.W ask for suits a row: 2 when it is the row's, 1 when the row has to do because its
 * instruction exists in no better size (the prefix is then ignored), 0 when it does not fit.
 */
function sizeFit(row: Row, variant: number): number {
  if (row.operandSize === undefined || row.encoding.vex) return 2;
  // Where 66 belongs to the opcode only REX.W is left to choose the operand size; REX.W goes before 66.
  const hasW = (variant & 1) !== 0;
  const is16 = (variant & 2) !== 0 && row.encoding.mandatory !== '66' && !hasW;
  const wanted = hasW || (row.default64 === true && !is16) ? 64 : is16 ? 16 : 32;
  if (row.operandSize === wanted) return 2;
  return row.operandSize === 32 ? 1 : 0;
}

/** Which of 256 ModRM bytes select the row. */
function fitsModRM(row: Row, modRM: number): boolean {
  const { digit, fixedModRM, opcodeRegister } = row.encoding;
  if (fixedModRM !== undefined) return opcodeRegister ? (modRM & 0xf8) === (fixedModRM & 0xf8) : modRM === fixedModRM;
  if (digit !== undefined && digit !== ((modRM >> 3) & 7)) return false;
  const rm = row.operands.find((operand) => operand.field === 'rm');
  if (!rm || row.ignoresMod) return true;
  const isRegister = modRM >= 0xc0;
  return isRegister ? rm.registerClass !== undefined : rm.memorySize !== undefined;
}

function specificity(row: Row, variant: number): number {
  const { mandatory, rexW, digit, fixedModRM, opcodeRegister } = row.encoding;
  return (
    sizeFit(row, variant) * 32 +
    (fixedModRM === undefined ? 0 : opcodeRegister ? 8 : 16) +
    (mandatory === undefined ? 0 : 4) +
    (digit === undefined ? 0 : 2) +
    (rexW || row.operandSize !== undefined ? 1 : 0)
  );
}

function buildEntry(rows: readonly Row[], describe: string): OpcodeEntry {
  const hasModRM = rows.some((row) => row.encoding.hasModRM);
  if (rows.some((row) => row.encoding.hasModRM !== hasModRM)) throw new Error(`${describe}: rows disagree about ModRM`);
  const wholeModRM = rows.some((row) => row.encoding.fixedModRM !== undefined);
  const width = wholeModRM ? 256 : 16;
  const table: (Row | undefined)[] = new Array(VARIANTS * width).fill(undefined);
  for (const row of rows) {
    for (let variant = 0; variant < VARIANTS; variant++) {
      if (!fitsPrefixes(row, variant) || sizeFit(row, variant) === 0) continue;
      for (let key = 0; key < width; key++) {
        const modRM = wholeModRM ? key : ((key & 8) !== 0 ? 0xc0 : 0) | ((key & 7) << 3);
        if (hasModRM ? !fitsModRM(row, modRM) : key !== 0) continue;
        const slot = variant * width + key;
        const present = table[slot];
        if (present && specificity(present, variant) === specificity(row, variant)) {
          throw new Error(
            `${describe}: ${present.mnemonic} (${present.encoding.text}) and ${row.mnemonic} (${row.encoding.text}) collide`,
          );
        }
        if (!present || specificity(row, variant) > specificity(present, variant)) table[slot] = row;
      }
    }
  }
  return { hasModRM, rows: table, wholeModRM };
}

const tables = new WeakMap<readonly Row[], DecodeTable>();

/** The table of an instruction set, shared by whoever decodes with it. */
export function buildDecodeTable(instructionSet: readonly Row[]): DecodeTable {
  const known = tables.get(instructionSet);
  if (known) return known;
  const table: DecodeTable = {
    oneByte: new OpcodeMap('one-byte'),
    twoByte: new OpcodeMap('0F'),
    threeByte38: new OpcodeMap('0F 38'),
    threeByte3A: new OpcodeMap('0F 3A'),
    vex0F: new OpcodeMap('VEX 0F'),
    vex0F38: new OpcodeMap('VEX 0F 38'),
    vex0F3A: new OpcodeMap('VEX 0F 3A'),
  };
  const stoodInFor = new Set(instructionSet.map(({ forRounding }) => forRounding));
  for (const row of instructionSet) {
    if (stoodInFor.has(row)) continue;
    const { vex, map, opcode, opcodeRegister, fixedModRM } = row.encoding;
    if (vex) {
      table[VEX_MAP_NAMES[map as '0F']].add(opcode, row);
      continue;
    }
    const span = opcodeRegister && fixedModRM === undefined ? 8 : 1;
    for (let i = 0; i < span; i++) {
      // 90 is NOP; only with REX.B does it exchange (the decoder then looks under 91).
      if (map === '' && opcode === 0x90 && span === 8 && i === 0) continue;
      table[MAP_NAMES[map]].add(opcode + i, row);
    }
  }
  tables.set(instructionSet, table);
  return table;
}
