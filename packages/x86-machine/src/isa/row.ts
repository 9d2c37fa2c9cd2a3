// The instruction row: one encoding of one instruction, with everything anyone needs to know about it.
//
// The decoder, the disassembler, the interpreter, the coverage tests and the reference page all read rows. The body says
// once what the instruction does, by emitting WebAssembly through an Emitter (emitter.ts).

import type { Emitter, Operand } from './emitter.ts';
import { type OperandSpec, parseOperands } from './operand.ts';

/** Flags by letter, as in the SDM's appendix: o d i t s z a p c. */
export interface FlagEffects {
  readonly reads?: string;
  readonly writes?: string;
  readonly undefined?: string;
}

export interface RowOptions extends FlagEffects {
  /** A LOCK prefix is allowed with a memory destination. */
  readonly lock?: boolean;
  /** The CPUID feature that offers it; undefined for what every x86-64 has. */
  readonly feature?: string;
  /** #GP(0) unless CPL is 0. */
  readonly privileged?: boolean;
  /** Which operand size selects this row; rows without one do not look at 66 and REX.W. */
  readonly operandSize?: 16 | 32 | 64;
  /** Operand size 64 needs no REX.W (near branches, PUSH, POP; SDM Vol. 2 §2.2.1.7). */
  readonly default64?: boolean;
  /** REP/REPE/REPNE prefix repeats it: 'rep' (either prefix) or 'repe' (the prefix matters). */
  readonly repeat?: 'rep' | 'repe';
  /** The instruction may continue somewhere else than the next one, so a block ends with it. */
  readonly endsBlock?: boolean;
  /** Too rare, or too much code, for a translated region. */
  readonly interpreted?: boolean;
  /** Its accesses are never #AC. */
  readonly ignoresAlignment?: boolean;
  /** The body can do with an emitter's own x87 stack (emitter.ts X87Stack). */
  readonly onX87Stack?: boolean;
  /** What it is where the code behind it looks at nothing that it stores but the rounding mode (decode/rounding-looks.ts). */
  readonly forRounding?: Row;
}

export type Body = (e: Emitter, ...operands: Operand[]) => void;

/** What a VEX prefix says beyond the legacy prefixes (SDM Vol. 2 §2.3.5); undefined is LIG or WIG: not looked at. */
export interface VexFields {
  readonly length: 128 | 256 | undefined;
  readonly w: 0 | 1 | undefined;
}

export interface Encoding {
  readonly text: string;
  /** Undefined for a legacy encoding. With it, `mandatory` is the pp field and never undefined. */
  readonly vex: VexFields | undefined;
  /** 'none': a mandatory absence (NP); 'no-rep': of F2 and F3 only (NFx); undefined: the row does not care. */
  readonly mandatory: 'none' | 'no-rep' | '66' | 'F2' | 'F3' | undefined;
  readonly rexW: boolean;
  readonly map: '' | '0F' | '0F38' | '0F3A';
  readonly opcode: number;
  readonly digit: number | undefined;
  readonly hasModRM: boolean;
  readonly opcodeRegister: boolean;
  /** A full ModRM byte that belongs to the opcode (0F 01 D0); with `opcodeRegister` its low three bits vary (D9 C0+i). */
  readonly fixedModRM: number | undefined;
  /** Sizes in bits of the constants that follow, in order. */
  readonly immediates: readonly number[];
}

export interface Row extends RowOptions {
  readonly mnemonic: string;
  readonly encoding: Encoding;
  readonly operands: readonly OperandSpec[];
  readonly body: Body;
  /** VEX.vvvv names a register; otherwise the field must be empty. */
  readonly usesVvvv: boolean;
  /** The memory operand is an address for each lane of a vector of indices (SDM Vol. 2 §2.3.12). */
  readonly usesVectorIndex: boolean;
  /** ModRM.rm is a register whatever the mod field says (SDM Vol. 2 MOV to and from control and debug registers). */
  readonly ignoresMod: boolean;
}

const IMMEDIATE_BITS: Readonly<Record<string, number>> = { ib: 8, iw: 16, id: 32, io: 64, cb: 8, cd: 32, mo: 64 };

const VEX_LENGTHS: Readonly<Record<string, 128 | 256 | undefined>> = {
  '128': 128,
  LZ: 128,
  L0: 128,
  '256': 256,
  L1: 256,
  LIG: undefined,
};
const VEX_PART = /^VEX\.(128|LZ|L0|256|L1|LIG)(?:\.(66|F3|F2))?\.(0F|0F38|0F3A)\.(W0|W1|WIG)$/;

function parseVex(text: string): Pick<Encoding, 'vex' | 'mandatory' | 'map'> {
  const match = VEX_PART.exec(text);
  if (!match) throw new SyntaxError(`"${text}" is not the SDM's notation of a VEX prefix`);
  const [, length, prefix, map, w] = match as unknown as [string, string, '66' | 'F3' | 'F2' | undefined, '0F', string];
  return {
    vex: { length: VEX_LENGTHS[length], w: w === 'WIG' ? undefined : w === 'W1' ? 1 : 0 },
    mandatory: prefix ?? 'none',
    map,
  };
}

/** Parses SDM notation: `REX.W + 81 /0 id`, `F3 0F 10 /r`, `B8+rd id`, `D9 C0+i`, `NP 0F 10 /r`, `VEX.128.66.0F.WIG 58 /r`. */
function parseEncoding(text: string): Encoding {
  let mandatory: Encoding['mandatory'];
  let map: Encoding['map'] = '';
  let vex: Encoding['vex'];
  let rexW = false;
  let digit: number | undefined;
  let slashR = false;
  let opcodeRegister = false;
  const bytes: number[] = [];
  const immediates: number[] = [];
  for (const token of text.split(/\s+/)) {
    if (token === '+') continue;
    const immediate = IMMEDIATE_BITS[token];
    if (token.startsWith('VEX.')) ({ vex, mandatory, map } = parseVex(token));
    else if (token === '/is4') immediates.push(8);
    else if (immediate !== undefined) immediates.push(immediate);
    else if (token === 'NP') mandatory = 'none';
    else if (token === 'NFx') mandatory = 'no-rep';
    else if (token === 'REX.W') rexW = true;
    else if (token === '/r') slashR = true;
    else if (/^\/[0-7]$/.test(token)) digit = Number(token[1]);
    else if (bytes.length === 0 && mandatory === undefined && (token === '66' || token === 'F2' || token === 'F3'))
      mandatory = token;
    else {
      const match = /^([0-9A-F]{2})(\+(?:r[bwdo]|i))?$/.exec(token);
      if (!match) throw new SyntaxError(`encoding "${text}": "${token}" is not SDM notation`);
      bytes.push(Number.parseInt(match[1]!, 16));
      if (match[2]) opcodeRegister = true;
    }
  }
  if (!vex && bytes[0] === 0x0f) {
    map = bytes[1] === 0x38 ? '0F38' : bytes[1] === 0x3a ? '0F3A' : '0F';
    bytes.splice(0, map === '0F' ? 1 : 2);
  }
  const [opcode, fixedModRM] = bytes;
  if (opcode === undefined || bytes.length > 2)
    throw new SyntaxError(`encoding "${text}" has ${bytes.length} opcode bytes`);
  const hasModRM = slashR || digit !== undefined || fixedModRM !== undefined;
  return { text, vex, mandatory, rexW, map, opcode, digit, hasModRM, opcodeRegister, fixedModRM, immediates };
}

/** One row: `row('MOVZX', '0F B6 /r', ['=r32', 'r/m8'], { operandSize: 32 }, body)`. */
export function row(
  mnemonic: string,
  encoding: string,
  operands: readonly string[],
  options: RowOptions,
  body: Body,
): Row {
  const parsed = parseEncoding(encoding);
  const fields = parsed.fixedModRM !== undefined && parsed.opcodeRegister ? parsed : { ...parsed };
  const specs = parseOperands(operands, fields);
  return {
    mnemonic,
    encoding: parsed,
    operands: specs,
    usesVvvv: specs.some(({ field }) => field === 'vvvv'),
    usesVectorIndex: specs.some(({ vectorIndex }) => vectorIndex !== undefined),
    ignoresMod: specs.some(({ registerClass }) => registerClass === 'cr' || registerClass === 'dr'),
    ...options,
    body,
  };
}

export type OperandSize = 16 | 32 | 64;

const ACCUMULATOR: Record<OperandSize, string> = { 16: 'ax', 32: 'eax', 64: 'rax' };

/**
 * The rows of an instruction that exists for several operand sizes: in `encoding` and `operands`, `v` stands for the
 * size (r/mv, rv, accumulatorv), `z` for the immediate's (16 or 32, sign-extended to 64), and REX.W is added where it is needed.
 */
export function sized(
  mnemonic: string | Record<OperandSize, string>,
  encoding: string,
  operands: readonly string[],
  options: RowOptions & { sizes?: readonly OperandSize[] },
  body: (size: OperandSize) => Body,
): Row[] {
  const { sizes = [16, 32, 64], ...rest } = options;
  return sizes.map((operandSize) => {
    const immediate = operandSize === 16 ? 'iw' : 'id';
    const prefix = operandSize === 64 && !rest.default64 ? 'REX.W + ' : '';
    const text =
      prefix +
      encoding
        .replace('+rv', operandSize === 64 ? '+ro' : operandSize === 32 ? '+rd' : '+rw')
        .replace(/\biz\b/, immediate);
    const list = operands.map((operand) =>
      operand
        .replace('immz', operandSize === 64 ? 'imm32:64' : `imm${operandSize}`)
        .replace('accumulatorv', ACCUMULATOR[operandSize])
        .replace(/v(?=$|\/)/, String(operandSize)),
    );
    return row(
      typeof mnemonic === 'string' ? mnemonic : mnemonic[operandSize],
      text,
      list,
      { ...rest, operandSize },
      body(operandSize),
    );
  });
}
