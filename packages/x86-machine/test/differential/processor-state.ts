// The state a case starts from and ends in: general registers, RIP, RFLAGS, segment bases, an FXSAVE64 image
// and the upper halves of YMM0 … YMM15.
//
//   0 gpr[16] (hardware order) · 128 rip · 136 rflags · 144 fsBase · 152 gsBase · 160 FXSAVE64 image (512 bytes) · 672 upper halves

export const STATE_BYTES = 928;
export const FX_OFFSET = 160;
export const UPPER_OFFSET = 672;

/** Offsets in an FXSAVE64 image (SDM 1, table 10-2). */
export const FX = {
  controlWord: 0,
  statusWord: 2,
  tagByte: 4,
  opcode: 6,
  instructionPointer: 8,
  dataPointer: 16,
  mxcsr: 24,
  mxcsrMask: 28,
  registers: 32,
  xmm: 160,
} as const;

export const REGISTER_NAMES = [
  ...['rax', 'rcx', 'rdx', 'rbx', 'rsp', 'rbp', 'rsi', 'rdi'],
  ...['r8', 'r9', 'r10', 'r11', 'r12', 'r13', 'r14', 'r15'],
] as const;

export const RSP = 4;

export class ProcessorState {
  readonly bytes: Uint8Array;
  /** RAX RCX RDX RBX RSP RBP RSI RDI R8..R15, then RIP, RFLAGS, FS base, GS base. */
  readonly words: BigUint64Array;
  readonly fx: DataView;
  /** 16 bytes a register. */
  readonly upper: DataView;

  constructor(buffer: ArrayBuffer = new ArrayBuffer(STATE_BYTES)) {
    this.bytes = new Uint8Array(buffer, 0, STATE_BYTES);
    this.words = new BigUint64Array(buffer, 0, 20);
    this.fx = new DataView(buffer, FX_OFFSET, 512);
    this.upper = new DataView(buffer, UPPER_OFFSET, 256);
  }

  /** As a process finds it: flags clear but for IF and bit 1, x87 empty and masked, MXCSR 0x1F80. */
  static initial(): ProcessorState {
    const state = new ProcessorState();
    state.rflags = 0x202n;
    state.fx.setUint16(FX.controlWord, 0x37f, true);
    state.fx.setUint32(FX.mxcsr, 0x1f80, true);
    return state;
  }

  get rip(): bigint {
    return this.words[16]!;
  }
  set rip(value: bigint) {
    this.words[16] = value;
  }
  get rflags(): bigint {
    return this.words[17]!;
  }
  set rflags(value: bigint) {
    this.words[17] = value;
  }
  get fsBase(): bigint {
    return this.words[18]!;
  }
  set fsBase(value: bigint) {
    this.words[18] = value;
  }
  get gsBase(): bigint {
    return this.words[19]!;
  }
  set gsBase(value: bigint) {
    this.words[19] = value;
  }

  clone(): ProcessorState {
    return new ProcessorState(this.bytes.slice().buffer);
  }
}

/** What a case writes over the pristine image before it starts. */
export interface Patch {
  readonly imageOffset: number;
  readonly bytes: Uint8Array;
}

export interface Case {
  readonly state: ProcessorState;
  readonly patches: readonly Patch[];
}

/** How it ended: a vector (3 is the breakpoint behind the code), or one of these. */
export const TRAP_TIMEOUT = 0x100;
export const TRAP_SYSCALL = 0x101;

export interface Outcome {
  readonly trap: number;
  readonly errorCode: bigint;
  readonly cr2: bigint;
  readonly state: ProcessorState;
  /** Image offset (a multiple of 8) and the new word, for each word that the case changed, ascending. */
  readonly changes: readonly (readonly [imageOffset: number, word: bigint])[];
}
