// Operands in the SDM's notation, parsed once.
//
//   access    '+' read and written, '=' written only, nothing: read only
//   register  r8 r16 r32 r64 · xmm1 xmm2 · mm1 mm2 · st(i) · sreg · cr · dr
//   vectors   ymm1 ymm2/m256: all 256 bits · xmmv, ymmv, r32v, r64v: VEX.vvvv · xmm4, ymm4: bits 7:4 of the constant
//   memory    m m8 … m512 · vm32x vm32y vm64x vm64y: an address for each lane of a vector of indices
//   either    r/m8 … r/m64 · r32/m8 · xmm2/m64 · mm2/m64 …
//   constant  imm8 … imm64; imm8:32 is an 8-bit immediate sign-extended to 32 · rel8 rel32 · 1
//   other     moffs8 … moffs64 · al ax eax rax cl dx xmm0 st(0) …: fixed registers
//
// A suffix 1 or 2 (xmm1, xmm2): 1 is ModRM.reg, 2 is ModRM.rm, whatever number the SDM gives the operand.

import { FRAME, XMM_STRIDE_BYTES } from '../state/frame-layout.ts';

export type RegisterClass = 'gpr' | 'xmm' | 'mm' | 'st' | 'sreg' | 'cr' | 'dr';

/** Which part of the encoding says what the operand is. */
export type OperandField = 'reg' | 'rm' | 'opcode' | 'immediate' | 'relative' | 'moffs' | 'fixed' | 'vvvv' | 'is4';

export interface OperandSpec {
  readonly notation: string;
  readonly access: 'read' | 'write' | 'read-write';
  /** Undefined for a memory-only, immediate or branch operand. */
  readonly registerClass: RegisterClass | undefined;
  /** Bits of the register form. */
  readonly registerSize: number;
  /** Bits of the memory form; 0 for an address without an access (LEA), undefined where memory is not allowed. */
  readonly memorySize: number | undefined;
  /** Bits as the body reads it. */
  readonly size: number;
  readonly field: OperandField;
  /** For `fixed`: the register's number, or the constant; for `immediate`: which of the encoding's constants. */
  readonly fixed: number;
  /** Bits of each index and of the vector that holds them, for a memory operand with a vector of indices. */
  readonly vectorIndex: readonly [index: 32 | 64, vector: 128 | 256] | undefined;
}

// biome-ignore format: a table
const FIXED_GPRS: Readonly<Record<string, readonly [number, number]>> = {
  al: [0, 8], cl: [1, 8], ax: [0, 16], dx: [2, 16], eax: [0, 32], ecx: [1, 32], edx: [2, 32], rax: [0, 64], rcx: [1, 64], rdx: [2, 64],
};

type Shape = Omit<OperandSpec, 'notation' | 'access' | 'field' | 'fixed' | 'vectorIndex'>;

function shapeOf(
  text: string,
): Shape & { field?: OperandField; fixed?: number; suffix?: string; vectorIndex?: OperandSpec['vectorIndex'] } {
  const fixedGpr = FIXED_GPRS[text];
  if (fixedGpr)
    return {
      registerClass: 'gpr',
      registerSize: fixedGpr[1],
      memorySize: undefined,
      size: fixedGpr[1],
      field: 'fixed',
      fixed: fixedGpr[0],
    };
  if (text === 'xmm0')
    return { registerClass: 'xmm', registerSize: 128, memorySize: undefined, size: 128, field: 'fixed', fixed: 0 };
  if (text === 'st(0)')
    return { registerClass: 'st', registerSize: 80, memorySize: undefined, size: 80, field: 'fixed', fixed: 0 };
  if (text === '1')
    return { registerClass: undefined, registerSize: 0, memorySize: undefined, size: 8, field: 'fixed', fixed: 1 };
  let match = /^imm(\d+)(?::(\d+))?$/.exec(text);
  if (match) {
    const size = Number(match[2] ?? match[1]);
    return { registerClass: undefined, registerSize: 0, memorySize: undefined, size, field: 'immediate' };
  }
  if (/^rel(8|32)$/.test(text))
    return { registerClass: undefined, registerSize: 0, memorySize: undefined, size: 64, field: 'relative' };
  match = /^moffs(\d+)$/.exec(text);
  if (match)
    return {
      registerClass: undefined,
      registerSize: 0,
      memorySize: Number(match[1]),
      size: Number(match[1]),
      field: 'moffs',
    };
  match = /^m(\d*)$/.exec(text);
  if (match) {
    const memorySize = Number(match[1] || '0');
    return { registerClass: undefined, registerSize: 0, memorySize, size: memorySize, field: 'rm' };
  }
  match = /^vm(32|64)([xy])$/.exec(text);
  if (match) {
    const vectorIndex = [Number(match[1]), match[2] === 'x' ? 128 : 256] as OperandSpec['vectorIndex'];
    return { registerClass: undefined, registerSize: 0, memorySize: 0, size: 0, field: 'rm', vectorIndex };
  }
  match = /^r\/m(\d+)$/.exec(text);
  if (match) {
    const size = Number(match[1]);
    return { registerClass: 'gpr', registerSize: size, memorySize: size, size, field: 'rm' };
  }
  match = /^(r8|r16|r32|r64|xmm|ymm|mm|st\(i\)|sreg|cr|dr)([12v4]?)(?:\/m(\d+))?$/.exec(text);
  if (!match) throw new SyntaxError(`operand notation "${text}" is not known`);
  const [, name, suffix, memory] = match as unknown as [string, string, string, string | undefined];
  // biome-ignore format: a table
  const SIZES: Record<string, [RegisterClass, number]> = {
    xmm: ['xmm', 128], ymm: ['xmm', 256], mm: ['mm', 64], 'st(i)': ['st', 80], sreg: ['sreg', 16], cr: ['cr', 64], dr: ['dr', 64],
  };
  const [registerClass, registerSize] = SIZES[name] ?? ['gpr' as const, Number(name.slice(1))];
  const memorySize = memory === undefined ? undefined : Number(memory);
  const shape = { registerClass, registerSize, memorySize, size: memorySize ?? registerSize, suffix };
  if (suffix === 'v') return { ...shape, field: 'vvvv' };
  if (suffix === '4') return { ...shape, field: 'is4' };
  return memory === undefined ? shape : { ...shape, field: 'rm' };
}

export interface EncodingFields {
  /** `/0` … `/7`: ModRM.reg extends the opcode. */
  readonly digit: number | undefined;
  readonly hasModRM: boolean;
  /** `+rb`, `+rd` … or `+i`: the low opcode (or ModRM) bits are a register. */
  readonly opcodeRegister: boolean;
  /** With `opcodeRegister`: the register is in the low bits of this ModRM byte. */
  readonly fixedModRM: number | undefined;
}

/** Parses the operand list of a row and assigns each operand to a field of the encoding. */
export function parseOperands(notations: readonly string[], encoding: EncodingFields): OperandSpec[] {
  let regTaken = encoding.digit !== undefined || !encoding.hasModRM;
  const shapes = notations.map((notation) => {
    const access = notation.startsWith('+') ? 'read-write' : notation.startsWith('=') ? 'write' : 'read';
    return { notation, access: access as OperandSpec['access'], ...shapeOf(notation.replace(/^[+=]/, '')) };
  });
  const rmTaken = shapes.some((shape) => shape.field === 'rm' || shape.suffix === '2');
  const controlRegister = shapes.some(
    (shape) => shape.registerClass === 'cr' || shape.registerClass === 'dr' || shape.registerClass === 'sreg',
  );
  let immediates = 0;
  return shapes.map((shape) => {
    let field = shape.field;
    if (field === undefined) {
      if (encoding.opcodeRegister) field = encoding.fixedModRM === undefined ? 'opcode' : 'rm';
      else if (shape.suffix === '2' || (controlRegister && shape.registerClass === 'gpr')) field = 'rm';
      else if (!regTaken) {
        field = 'reg';
        regTaken = true;
      } else if (!rmTaken) field = 'rm';
      else throw new SyntaxError(`operand ${shape.notation} has no field left in the encoding`);
    }
    const {
      notation,
      access,
      registerClass,
      registerSize,
      memorySize,
      size,
      fixed = field === 'immediate' ? immediates++ : 0,
      vectorIndex,
    } = shape;
    return { notation, access, registerClass, registerSize, memorySize, size, field, fixed, vectorIndex };
  });
}

/** The frame address of a register; `highByte` selects AH, CH, DH, BH for numbers 0–3. */
export function registerAddress(registerClass: RegisterClass, number: number, highByte = false): number {
  switch (registerClass) {
    case 'gpr':
      return FRAME.gpr + number * 8 + (highByte ? 1 : 0);
    case 'xmm':
      return FRAME.xmm + number * XMM_STRIDE_BYTES;
    case 'mm':
      return FRAME.x87Registers + (number & 7) * 16;
    default:
      return number;
  }
}
