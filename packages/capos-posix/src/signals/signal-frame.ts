// Signal frame: what a handler finds on its stack, and what rt_sigreturn puts back (arch/x86: struct rt_sigframe).
//
//   high   XSAVE area (extended-state.ts), 64-aligned
//          128 siginfo                         offset 312
//          304 ucontext: flags, link, stack (24), machine context (256), mask   offset 8
//   low      8 return address = the action's restorer                           offset 0; RSP ≡ 8 (mod 16)
//
// Machine context: R8–R15 RDI RSI RBP RBX RDX RAX RCX RSP RIP EFLAGS, CS GS FS SS, err trapno oldmask cr2, fpstate.
// Go's runtime rewrites RIP and RSP in it to preempt a goroutine, so what is read back is all that counts.

import { type ForeignThread, REGISTER } from '@capos/abi';
import type { GuestMemory } from '../guest-memory.ts';
import { USER_END } from '../linux/memory-flags.ts';
import { EXTENDED_STATE_SIZE, FXSAVE_SIZE, restoreExtendedState, saveExtendedState } from './extended-state.ts';

const FRAME_SIZE = 440;
const CONTEXT_AT = 8;
const MACHINE_AT = CONTEXT_AT + 40;
/** uc_flags: what is behind fpstate is an XSAVE area (UC_FP_XSTATE of asm/ucontext.h). */
const UC_FP_XSTATE = 1n;
const MASK_AT = MACHINE_AT + 256;
const INFO_AT = 312;
const FPSTATE_AT = MACHINE_AT + 184;
/** Bytes below RSP that a leaf function may use without moving it (psABI §3.2.2). */
const RED_ZONE = 128;

/** Order of the general registers in the machine context. */
const CONTEXT_REGISTERS = [
  REGISTER.R8,
  REGISTER.R9,
  REGISTER.R10,
  REGISTER.R11,
  REGISTER.R12,
  REGISTER.R13,
  REGISTER.R14,
  REGISTER.R15,
  REGISTER.RDI,
  REGISTER.RSI,
  REGISTER.RBP,
  REGISTER.RBX,
  REGISTER.RDX,
  REGISTER.RAX,
  REGISTER.RCX,
  REGISTER.RSP,
] as const;

/** RFLAGS that a program may change through a frame: status flags, DF, TF, AC (arch/x86: FIX_EFLAGS). */
const SETTABLE_FLAGS = 0x0005_0dd5n;
const USER_CODE_SEGMENT = 0x33;
const USER_STACK_SEGMENT = 0x2b;

export interface AlternateStack {
  readonly base: number;
  readonly size: number;
  readonly flags: number;
}

/** What a frame is made of. */
export interface FrameInput {
  readonly handler: number;
  readonly restorer: number;
  readonly signal: number;
  readonly info: Uint8Array;
  /** The mask that sigreturn restores. */
  readonly mask: bigint;
  readonly alternate: AlternateStack;
  /** Top of the alternate stack if the handler shall run there. */
  readonly stackTop: number | undefined;
  readonly trapNumber: number;
  readonly errorCode: number;
  readonly faultAddress: bigint;
}

/** Pushes a frame and points the thread at the handler. False when the stack can't take it (then SIGSEGV ends all). */
export function pushSignalFrame(memory: GuestMemory, thread: ForeignThread, input: FrameInput): boolean {
  const { registers } = thread;
  const top = input.stackTop ?? Number(BigInt.asUintN(64, registers[REGISTER.RSP]!)) - RED_ZONE;
  if (top > USER_END || top < FRAME_SIZE + EXTENDED_STATE_SIZE + 128) return false;
  const fpstate = top - EXTENDED_STATE_SIZE - ((top - EXTENDED_STATE_SIZE) % 64);
  const below = fpstate - FRAME_SIZE;
  const frame = below - (below % 16) - 8;
  const bytes = new Uint8Array(FRAME_SIZE);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(input.restorer), true);
  view.setBigUint64(CONTEXT_AT, UC_FP_XSTATE, true);
  view.setBigUint64(CONTEXT_AT + 16, BigInt(input.alternate.base), true);
  view.setInt32(CONTEXT_AT + 24, input.alternate.flags, true);
  view.setBigUint64(CONTEXT_AT + 32, BigInt(input.alternate.size), true);
  for (const [index, register] of CONTEXT_REGISTERS.entries())
    view.setBigUint64(MACHINE_AT + index * 8, registers[register]!, true);
  view.setBigUint64(MACHINE_AT + 128, thread.rip, true);
  view.setBigUint64(MACHINE_AT + 136, thread.rflags, true);
  view.setUint16(MACHINE_AT + 144, USER_CODE_SEGMENT, true);
  view.setUint16(MACHINE_AT + 150, USER_STACK_SEGMENT, true);
  view.setBigUint64(MACHINE_AT + 152, BigInt(input.errorCode), true);
  view.setBigUint64(MACHINE_AT + 160, BigInt(input.trapNumber), true);
  view.setBigUint64(MACHINE_AT + 168, input.mask, true);
  view.setBigUint64(MACHINE_AT + 176, input.faultAddress, true);
  view.setBigUint64(FPSTATE_AT, BigInt(fpstate), true);
  view.setBigUint64(MASK_AT, input.mask, true);
  bytes.set(input.info.subarray(0, 128), INFO_AT);
  if (!memory.write(fpstate, saveExtendedState(thread.extendedState)) || !memory.write(frame, bytes)) return false;
  registers[REGISTER.RSP] = BigInt(frame);
  registers[REGISTER.RDI] = BigInt(input.signal);
  registers[REGISTER.RSI] = BigInt(frame + INFO_AT);
  registers[REGISTER.RDX] = BigInt(frame + CONTEXT_AT);
  registers[REGISTER.RAX] = 0n;
  thread.rip = BigInt(input.handler);
  // The handler starts with DF and TF clear (psABI §3.2.1; arch/x86 handle_signal).
  thread.rflags &= ~0x0001_0500n;
  return true;
}

/** What a frame said beside the registers. */
export interface RestoredContext {
  readonly mask: bigint;
  readonly alternate: AlternateStack;
}

/** Puts the frame that RSP points behind back into the thread. Undefined when there is none to be read. */
export function popSignalFrame(memory: GuestMemory, thread: ForeignThread): RestoredContext | undefined {
  const { registers } = thread;
  // The handler's `ret` has taken the return address off.
  const frame = Number(BigInt.asUintN(64, registers[REGISTER.RSP]!)) - 8;
  const view = memory.view(frame, FRAME_SIZE);
  if (view === undefined) return undefined;
  const rip = view.getBigUint64(MACHINE_AT + 128, true);
  // A RIP that is not canonical would fault in the kernel's SYSRET; here it is a bad frame.
  if (rip >= BigInt(USER_END)) return undefined;
  const fpstate = Number(view.getBigUint64(FPSTATE_AT, true));
  if (fpstate !== 0) {
    // A frame that a program made by itself may end with the FXSAVE image.
    const image = memory.bytes(fpstate, EXTENDED_STATE_SIZE) ?? memory.bytes(fpstate, FXSAVE_SIZE);
    if (image === undefined) return undefined;
    restoreExtendedState(thread.extendedState, image);
  }
  for (const [index, register] of CONTEXT_REGISTERS.entries())
    registers[register] = view.getBigUint64(MACHINE_AT + index * 8, true);
  thread.rip = rip;
  const flags = view.getBigUint64(MACHINE_AT + 136, true);
  thread.rflags = (thread.rflags & ~SETTABLE_FLAGS) | (flags & SETTABLE_FLAGS);
  return {
    mask: view.getBigUint64(MASK_AT, true),
    alternate: {
      base: Number(view.getBigUint64(CONTEXT_AT + 16, true)),
      flags: view.getInt32(CONTEXT_AT + 24, true),
      size: Number(view.getBigUint64(CONTEXT_AT + 32, true)),
    },
  };
}
