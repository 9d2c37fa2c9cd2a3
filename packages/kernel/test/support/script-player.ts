// A native program that plays a script: ring operations in registers, one after the other, each completion noted in a log.
//
//   one page at 0x500000     0 script │ 0x500 log │ 0x7c0 mark │ 0x800 buffers of 128 bytes
//   step, 64 bytes           RDI RSI RDX R10 R8 R9 │ mode │ –        log entry, 32 bytes   RAX RDX R8 R9
import { buildElf, EXECUTE, READ, WRITE } from './elf-builder.ts';
import type { EntryFields } from './meeting-parties.ts';

/** What a step does besides the system call. */
export const MODE = {
  PLAIN: 0,
  /** R8 becomes the token of the call received last. */
  ANSWER: 1,
  /** No step: the program waits for ever. */
  END: 2,
  /** R9 of the completion is such a token. */
  RECEIVE: 4,
} as const;

export const STEPS = 20;
export const BUFFERS = 0x50_0800;
export const BUFFER_BYTES = 128;
const LOG = 0x500;
const MARK = 0x7c0;
const STEP_BYTES = 64;

/**
 *     mov ebx, script; mov r12d, log; xor r13d, r13d
 *  1: mov rdi..r9, [rbx..]; test byte [rbx+48], 1; je 2f; mov r8d, r13d
 *  2: mov rax, 0x100000001; test byte [rbx+48], 2; jne 4f; syscall
 *     mov [r12..], rax, rdx, r8, r9; add r12, 32; test byte [rbx+48], 4; je 3f; test rax, rax; js 3f; mov r13d, r9d
 *  3: add rbx, 64; jmp 1b
 *  4: mov eax, 1; mov edi, 32; mov rsi, -1; syscall; jmp 4b      (more completions than a script can bring about)
 */
const CODE = Uint8Array.from(
  Buffer.from(
    'bb0000500041bc000550004531ed488b3b488b7308488b53104c8b53184c8b43204c8b4b28f643300174034589e848b80100000001000000' +
      'f6433002752d0f054989042449895424084d894424104d894c24184983c420f643300474084885c078034589cd4883c340eba3b801000000' +
      'bf2000000048c7c6ffffffff0f05ebeb',
    'hex',
  ),
);

/** One ring operation: the registers it is asked for with. */
export interface Step extends EntryFields {
  readonly mode?: number;
}

/** The program for a script of at most {@link STEPS} steps; `mark` tells its page from all others. */
export function scriptPlayer(steps: readonly Step[], mark: bigint): Uint8Array {
  const page = new Uint8Array(4096);
  const view = new DataView(page.buffer);
  steps.forEach((step, index) => {
    const at = index * STEP_BYTES;
    const {
      op,
      flags = 0,
      methodId = 0,
      capId = 0,
      answerId = 0,
      transferCount = 0,
      aux = 0,
      mode = MODE.PLAIN,
    } = step;
    view.setUint32(at, op | (flags << 8) | (methodId << 16), true);
    view.setUint32(at + 4, capId, true);
    view.setBigUint64(at + 8, BigInt(step.params ?? 0), true);
    view.setUint32(at + 16, step.paramsLength ?? 0, true);
    view.setUint32(at + 20, step.resultLength ?? 0, true);
    view.setBigUint64(at + 24, BigInt(step.result ?? 0), true);
    view.setUint32(at + 32, answerId, true);
    view.setUint32(at + 40, transferCount << 16, true);
    view.setUint32(at + 44, aux, true);
    view.setUint8(at + 48, mode);
  });
  if (steps.length < STEPS) view.setUint8(steps.length * STEP_BYTES + 48, MODE.END);
  view.setBigUint64(MARK, mark, true);
  for (let at = BUFFERS & 0xfff; at < page.length; at++) page[at] = bufferByte(at, mark);
  return buildElf({
    segments: [
      { address: 0x40_0000, bytes: CODE, flags: READ | EXECUTE },
      { address: 0x50_0000, bytes: page, flags: READ | WRITE },
    ],
  });
}

/**
 * The page of the program with this mark, in the machine's memory as it is now; undefined when it has ended. The kernel may keep the
 * program's file in memory beside it: that page is as it was loaded, and the program's is the other one as soon as they differ.
 */
export function pageOf(memory: Uint8Array, mark: bigint): Uint8Array | undefined {
  const view = new DataView(memory.buffer, memory.byteOffset, memory.length);
  let loaded: Uint8Array | undefined;
  for (let at = 0; at + 4096 <= memory.length; at += 4096) {
    if (view.getBigUint64(at + MARK, true) !== mark) continue;
    const page = memory.slice(at, at + 4096);
    if (!isAsLoaded(page, mark)) return page;
    loaded = page;
  }
  return loaded;
}

const bufferByte = (at: number, mark: bigint): number => (at * 7 + Number(mark & 0xffn)) & 0xff;

function isAsLoaded(page: Uint8Array, mark: bigint): boolean {
  return (
    page.subarray(LOG, MARK).every((byte) => byte === 0) &&
    page.subarray(BUFFERS & 0xfff).every((byte, index) => byte === bufferByte((BUFFERS & 0xfff) + index, mark))
  );
}

/** What a program's log says of its step `index`. */
export function logged(
  page: Uint8Array,
  index: number,
): { result: bigint; flags: number; badge: bigint; token: number } {
  const view = new DataView(page.buffer, page.byteOffset + LOG + index * 32);
  return {
    result: view.getBigInt64(0, true),
    flags: view.getUint32(8, true),
    badge: view.getBigUint64(16, true),
    token: view.getUint32(24, true),
  };
}
