// Filter program: classic BPF as seccomp(2) takes it, over the 64 bytes that describe a call.
//
//   call    0 number · 4 architecture · 8 instruction pointer · 16 six arguments of 64 bits
//   machine A, X, M[16]; jumps only go forward, so every run ends
//
// Instructions are those of BPF's classic encoding (Linux's filter documentation): code u16, jt u8, jf u8, k u32. Of them seccomp
// takes loads of whole words of the call, arithmetic without the remainder, jumps, and returns.

const INSTRUCTION_BYTES = 8;
export const MOST_INSTRUCTIONS = 4096;
export const CALL_BYTES = 64;
const SCRATCH_WORDS = 16;

const CLASS = { LD: 0, LDX: 1, ST: 2, STX: 3, ALU: 4, JMP: 5, RET: 6, MISC: 7 } as const;
const SOURCE_X = 8;
const MODE = { IMM: 0x00, ABS: 0x20, MEM: 0x60, LEN: 0x80 } as const;
const OPERATION = {
  ADD: 0x00,
  SUB: 0x10,
  MUL: 0x20,
  DIV: 0x30,
  OR: 0x40,
  AND: 0x50,
  LSH: 0x60,
  RSH: 0x70,
  NEG: 0x80,
  XOR: 0xa0,
} as const;
const JUMP = { JA: 0x00, JEQ: 0x10, JGT: 0x20, JGE: 0x30, JSET: 0x40 } as const;
const RETURN_A = 0x10;
const TXA = 0x80;
const ARITHMETIC: ReadonlySet<number> = new Set(Object.values(OPERATION));
const JUMPS: ReadonlySet<number> = new Set(Object.values(JUMP));

interface Instruction {
  readonly code: number;
  readonly whenTrue: number;
  readonly whenFalse: number;
  readonly operand: number;
}

export class FilterProgram {
  readonly #instructions: readonly Instruction[];

  private constructor(instructions: readonly Instruction[]) {
    this.#instructions = instructions;
  }

  /** The program, if it is one that seccomp takes. */
  static read(bytes: Uint8Array): FilterProgram | undefined {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const count = bytes.length / INSTRUCTION_BYTES;
    if (!Number.isInteger(count) || count < 1 || count > MOST_INSTRUCTIONS) return undefined;
    const instructions: Instruction[] = [];
    for (let index = 0; index < count; index++) {
      const at = index * INSTRUCTION_BYTES;
      const instruction = {
        code: view.getUint16(at, true),
        whenTrue: view.getUint8(at + 2),
        whenFalse: view.getUint8(at + 3),
        operand: view.getUint32(at + 4, true),
      };
      if (!isAllowed(instruction, count - index - 1)) return undefined;
      instructions.push(instruction);
    }
    if ((instructions.at(-1)!.code & 7) !== CLASS.RET || !readsWhatWasWritten(instructions)) return undefined;
    return new FilterProgram(instructions);
  }

  get length(): number {
    return this.#instructions.length;
  }

  /** What it returns for a call. */
  run(call: DataView): number {
    let a = 0;
    let x = 0;
    const scratch = new Uint32Array(SCRATCH_WORDS);
    for (let index = 0; ; index++) {
      const { code, whenTrue, whenFalse, operand } = this.#instructions[index]!;
      switch (code & 7) {
        case CLASS.LD:
          a = this.#load(code, operand, call, scratch);
          break;
        case CLASS.LDX:
          x = this.#load(code, operand, call, scratch);
          break;
        case CLASS.ST:
          scratch[operand] = a;
          break;
        case CLASS.STX:
          scratch[operand] = x;
          break;
        case CLASS.ALU: {
          const right = (code & SOURCE_X) !== 0 ? x : operand;
          // Division by an X of 0 ends the program with 0, which kills.
          if ((code & 0xf0) === OPERATION.DIV && right === 0) return 0;
          a = arithmetic(code & 0xf0, a, right);
          break;
        }
        case CLASS.JMP:
          if ((code & 0xf0) === JUMP.JA) index += operand;
          else index += holds(code & 0xf0, a, (code & SOURCE_X) !== 0 ? x : operand) ? whenTrue : whenFalse;
          break;
        case CLASS.RET:
          return (code & 0x18) === RETURN_A ? a : operand;
        default:
          if ((code & 0xf8) === TXA) a = x;
          else x = a;
      }
    }
  }

  #load(code: number, operand: number, call: DataView, scratch: Uint32Array): number {
    const mode = code & 0xe0;
    if (mode === MODE.ABS) return call.getUint32(operand, true);
    if (mode === MODE.MEM) return scratch[operand]!;
    return mode === MODE.LEN ? CALL_BYTES : operand;
  }
}

/** `left`: instructions behind it. */
function isAllowed({ code, whenTrue, whenFalse, operand }: Instruction, left: number): boolean {
  const operation = code & 0xf0;
  const hasX = (code & SOURCE_X) !== 0;
  switch (code & 7) {
    case CLASS.LD:
    case CLASS.LDX: {
      if ((code & ~0xe7) !== 0) return false;
      const mode = code & 0xe0;
      if (mode === MODE.ABS) return (code & 7) === CLASS.LD && operand % 4 === 0 && operand < CALL_BYTES;
      return mode === MODE.IMM || mode === MODE.LEN || (mode === MODE.MEM && operand < SCRATCH_WORDS);
    }
    case CLASS.ST:
    case CLASS.STX:
      return (code & ~7) === 0 && operand < SCRATCH_WORDS;
    case CLASS.ALU:
      if (code > 0xff || !ARITHMETIC.has(operation)) return false;
      if (operation === OPERATION.NEG) return !hasX;
      if (hasX) return true;
      if (operation === OPERATION.DIV) return operand !== 0;
      return (operation !== OPERATION.LSH && operation !== OPERATION.RSH) || operand < 32;
    case CLASS.JMP:
      if (code > 0xff || !JUMPS.has(operation)) return false;
      if (operation === JUMP.JA) return !hasX && operand < left;
      return whenTrue < left && whenFalse < left;
    case CLASS.RET:
      return code === CLASS.RET || code === (CLASS.RET | RETURN_A);
    default:
      return code === CLASS.MISC || code === (CLASS.MISC | TXA);
  }
}

/** Whether no word of the scratch memory is read on any way before it was written. */
function readsWhatWasWritten(instructions: readonly Instruction[]): boolean {
  const all = 0xffff;
  const known = new Uint16Array(instructions.length + 1).fill(all);
  let written = 0;
  for (const [index, { code, whenTrue, whenFalse, operand }] of instructions.entries()) {
    written &= known[index]!;
    const kind = code & 7;
    if (kind === CLASS.ST || kind === CLASS.STX) written |= 1 << operand;
    else if ((kind === CLASS.LD || kind === CLASS.LDX) && (code & 0xe0) === MODE.MEM) {
      if ((written & (1 << operand)) === 0) return false;
    } else if (kind === CLASS.JMP) {
      const ways = (code & 0xf0) === JUMP.JA ? [operand] : [whenTrue, whenFalse];
      for (const way of ways) known[index + 1 + way]! &= written;
      written = all;
    }
  }
  return true;
}

function arithmetic(operation: number, left: number, right: number): number {
  switch (operation) {
    case OPERATION.ADD:
      return (left + right) >>> 0;
    case OPERATION.SUB:
      return (left - right) >>> 0;
    case OPERATION.MUL:
      return Math.imul(left, right) >>> 0;
    case OPERATION.DIV:
      return Math.floor(left / right);
    case OPERATION.OR:
      return (left | right) >>> 0;
    case OPERATION.AND:
      return (left & right) >>> 0;
    case OPERATION.LSH:
      return (left << right) >>> 0;
    case OPERATION.RSH:
      return left >>> right;
    case OPERATION.NEG:
      return -left >>> 0;
    default:
      return (left ^ right) >>> 0;
  }
}

function holds(jump: number, left: number, right: number): boolean {
  switch (jump) {
    case JUMP.JEQ:
      return left === right;
    case JUMP.JGT:
      return left > right;
    case JUMP.JGE:
      return left >= right;
    default:
      return (left & right) !== 0;
  }
}
