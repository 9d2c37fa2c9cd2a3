// The thread frame: everything of the CPU that belongs to one thread, in one contiguous block of 1,024 bytes.
//
//    0  RAX RCX RDX RBX RSP RBP RSI RDI R8 … R15     16 × 8, hardware order
//  128  RIP      136  RFLAGS     144  FS base     152  GS base
//  160  MXCSR u32
//  164  x87 control u16   166  status u16 (TOP in bits 11–13)   168  tag u16 (two bits a register, FTW full form)
//  170  opcode u16        172  reserved      176  instruction pointer u64     184  data pointer u64
//  192  x87 registers R0 … R7 (physical, not stack, order), 16 bytes each: 80-bit value, 6 bytes unused; MM0–MM7 alias
//       their low 8 bytes
//  320  YMM0 … YMM15, 32 bytes each, XMM in the low half
//  832  reserved, zero
//
// The block lies at the start of the machine's linear memory, so saving and loading a thread is one copy each, and a
// register's number times its size is its address. While guest code runs, the six arithmetic flags are kept lazily
// elsewhere (flags/flag-words.ts); whenever the host looks, RFLAGS here is complete.

export const FRAME_BYTES = 1024;

export const FRAME = {
  gpr: 0,
  rip: 128,
  rflags: 136,
  fsBase: 144,
  gsBase: 152,
  mxcsr: 160,
  x87Control: 164,
  x87Status: 166,
  x87Tag: 168,
  x87Opcode: 170,
  x87InstructionPointer: 176,
  x87DataPointer: 184,
  x87Registers: 192,
  xmm: 320,
} as const;

export const X87_REGISTER_BYTES = 16;
export const XMM_STRIDE_BYTES = 32;

/** General registers by hardware number. */
// biome-ignore format: the hardware's order, eight to a line
export const GPR = {
  rax: 0, rcx: 1, rdx: 2, rbx: 3, rsp: 4, rbp: 5, rsi: 6, rdi: 7,
  r8: 8, r9: 9, r10: 10, r11: 11, r12: 12, r13: 13, r14: 14, r15: 15,
} as const;

/** RFLAGS bits (SDM Vol. 1 §3.4.3). */
export const RFLAGS = {
  cf: 0x1,
  fixed: 0x2,
  pf: 0x4,
  af: 0x10,
  zf: 0x40,
  sf: 0x80,
  tf: 0x100,
  if: 0x200,
  df: 0x400,
  of: 0x800,
  iopl: 0x3000,
  nt: 0x4000,
  rf: 0x10000,
  vm: 0x20000,
  ac: 0x40000,
  vif: 0x80000,
  vip: 0x100000,
  id: 0x200000,
} as const;

export const ARITHMETIC_FLAGS: number = RFLAGS.cf | RFLAGS.pf | RFLAGS.af | RFLAGS.zf | RFLAGS.sf | RFLAGS.of;
/** What POPF and IRET load at every privilege. */
export const FREELY_WRITABLE: number = ARITHMETIC_FLAGS | RFLAGS.tf | RFLAGS.df | RFLAGS.nt | RFLAGS.ac | RFLAGS.id;

/** A new thread's frame: zero registers, interrupts enabled, and the floating-point state that FNINIT and reset leave. */
export function initialFrame(): Uint8Array {
  const frame = new Uint8Array(FRAME_BYTES);
  const view = new DataView(frame.buffer);
  view.setUint32(FRAME.rflags, RFLAGS.fixed | RFLAGS.if, true);
  view.setUint32(FRAME.mxcsr, 0x1f80, true);
  view.setUint16(FRAME.x87Control, 0x037f, true);
  view.setUint16(FRAME.x87Tag, 0xffff, true);
  return frame;
}
