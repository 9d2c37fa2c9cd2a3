// The registers of x86-64 in the order that target-description.ts tells GDB, and where each is in a thread frame.
//
// GDB's numbers 0 to 40 are fixed by its feature org.gnu.gdb.i386.core; the others follow in the order described.

import { FRAME, X87_REGISTER_BYTES, XMM_STRIDE_BYTES } from '../../state/frame-layout.ts';

/** One register. `read` gives its bytes, little-endian; `write` takes as many. */
export interface DebugRegister {
  readonly name: string;
  readonly feature: string;
  readonly bits: number;
  /** GDB's name of its type. */
  readonly type: string;
  read(frame: Uint8Array, selectors: readonly number[]): Uint8Array;
  write(frame: Uint8Array, bytes: Uint8Array): void;
}

export const FEATURE = {
  core: 'org.gnu.gdb.i386.core',
  sse: 'org.gnu.gdb.i386.sse',
  linux: 'org.gnu.gdb.i386.linux',
  segments: 'org.gnu.gdb.i386.segments',
  avx: 'org.gnu.gdb.i386.avx',
} as const;

type Field = Pick<DebugRegister, 'name' | 'feature' | 'type'> & { readonly bits: number };

/** `stored` bytes of the frame hold what GDB shows as `bits`, the rest being zero. */
function inFrame(field: Field, offset: (frame: Uint8Array) => number, stored: number = field.bits / 8): DebugRegister {
  return {
    ...field,
    read: (frame) => {
      const bytes = new Uint8Array(field.bits / 8);
      const at = offset(frame);
      bytes.set(frame.subarray(at, at + stored));
      return bytes;
    },
    write: (frame, bytes) => frame.set(bytes.subarray(0, stored), offset(frame)),
  };
}

/** A register that the machine does not keep, or keeps elsewhere. */
function elsewhere(field: Field, value: (selectors: readonly number[]) => number): DebugRegister {
  return {
    ...field,
    read: (_frame, selectors) => {
      const bytes = new Uint8Array(field.bits / 8);
      new DataView(bytes.buffer).setInt32(0, value(selectors), true);
      if (value(selectors) < 0) bytes.fill(0xff, 4);
      return bytes;
    },
    write: () => {},
  };
}

const at = (offset: number) => (): number => offset;
/** ST(i) is where TOP says. */
const stackRegister =
  (index: number) =>
  (frame: Uint8Array): number =>
    FRAME.x87Registers + (((frame[FRAME.x87Status + 1]! >> 3) + index) & 7) * X87_REGISTER_BYTES;

const { core, sse, linux, segments, avx } = FEATURE;
// Places in the hardware's order, by GDB's.
const GENERAL: readonly [name: string, place: number][] = [
  ['rax', 0],
  ['rbx', 3],
  ['rcx', 1],
  ['rdx', 2],
  ['rsi', 6],
  ['rdi', 7],
  ['rbp', 5],
  ['rsp', 4],
  ...Array.from({ length: 8 }, (_, index): [string, number] => [`r${index + 8}`, index + 8]),
];
const POINTERS: Readonly<Record<string, string>> = { rbp: 'data_ptr', rsp: 'data_ptr' };
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const x87Control = (name: string, offset: number, stored: number): DebugRegister =>
  inFrame({ name, feature: core, bits: 32, type: 'int' }, at(offset), stored);

export const REGISTERS: readonly DebugRegister[] = [
  ...GENERAL.map(([name, place]) =>
    inFrame({ name, feature: core, bits: 64, type: POINTERS[name] ?? 'int64' }, at(FRAME.gpr + place * 8)),
  ),
  inFrame({ name: 'rip', feature: core, bits: 64, type: 'code_ptr' }, at(FRAME.rip)),
  inFrame({ name: 'eflags', feature: core, bits: 32, type: 'i386_eflags' }, at(FRAME.rflags)),
  ...['cs', 'ss', 'ds', 'es', 'fs', 'gs'].map((name, index) =>
    elsewhere({ name, feature: core, bits: 32, type: 'int32' }, (selectors) => selectors[index] ?? 0),
  ),
  ...numbers(8).map((index) =>
    inFrame({ name: `st${index}`, feature: core, bits: 80, type: 'i387_ext' }, stackRegister(index)),
  ),
  x87Control('fctrl', FRAME.x87Control, 2),
  x87Control('fstat', FRAME.x87Status, 2),
  x87Control('ftag', FRAME.x87Tag, 2),
  elsewhere({ name: 'fiseg', feature: core, bits: 32, type: 'int' }, () => 0),
  x87Control('fioff', FRAME.x87InstructionPointer, 4),
  elsewhere({ name: 'foseg', feature: core, bits: 32, type: 'int' }, () => 0),
  x87Control('fooff', FRAME.x87DataPointer, 4),
  x87Control('fop', FRAME.x87Opcode, 2),
  ...numbers(16).map((index) =>
    inFrame({ name: `xmm${index}`, feature: sse, bits: 128, type: 'vec128' }, at(FRAME.xmm + index * XMM_STRIDE_BYTES)),
  ),
  inFrame({ name: 'mxcsr', feature: sse, bits: 32, type: 'i386_mxcsr' }, at(FRAME.mxcsr)),
  // −1: a debugger that writes RAX is not undone by a system call that would be started again.
  elsewhere({ name: 'orig_rax', feature: linux, bits: 64, type: 'int' }, () => -1),
  inFrame({ name: 'fs_base', feature: segments, bits: 64, type: 'int' }, at(FRAME.fsBase)),
  inFrame({ name: 'gs_base', feature: segments, bits: 64, type: 'int' }, at(FRAME.gsBase)),
  ...numbers(16).map((index) =>
    inFrame(
      { name: `ymm${index}h`, feature: avx, bits: 128, type: 'uint128' },
      at(FRAME.xmm + index * XMM_STRIDE_BYTES + 16),
    ),
  ),
];

/** Numbers of registers that stop replies bring along. */
export const EXPEDITED: readonly number[] = ['rbp', 'rsp', 'rip'].map((wanted) =>
  REGISTERS.findIndex(({ name }) => name === wanted),
);
