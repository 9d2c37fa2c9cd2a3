// Loads a static ELF64 program into a supervised machine, with a stack and just enough of a kernel to run it.
//
// The supervisor here answers the few Linux calls that freestanding test programs make: write, exit, and memory on demand.
import type { Cpu } from '../../src/cpu/cpu.ts';
import { createMachine, type Machine, type MachineOptions, STOP } from '../../src/machine.ts';
import { GPR } from '../../src/state/frame-layout.ts';
import { PageTables, PTE } from './page-tables.ts';
import { translateAfter } from './tier.ts';

const PAGE = 4096n;
const STACK_TOP = 0x7fff_f000_0000n;
const STACK_BYTES = 1 << 20;
const HEAP = 0x10_0000_0000n;

export interface LoadedProgram {
  readonly machine: Machine;
  /** Everything written to descriptors 1 and 2. */
  output(): string;
  /** The exception that ended the program, if one did. */
  fault(): string | undefined;
}

export const testClock = { nowNs: (): number => performance.now() * 1e6 };
export const testEntropy = {
  fill: (bytes: Uint8Array): void => void crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>),
};

export function loadProgram(
  elf: Uint8Array,
  options: Pick<MachineOptions, 'ramBytes' | 'translateAfter' | 'floatExceptions'> & { onSyscall?: () => void } = {},
): LoadedProgram {
  const chunks: Uint8Array[] = [];
  let fault: string | undefined;
  let heapEnd = HEAP;
  const machine: Machine = createMachine({
    ramBytes: options.ramBytes ?? 128 * 2 ** 20,
    translateAfter: options.translateAfter ?? translateAfter,
    floatExceptions: options.floatExceptions ?? 'observed',
    clock: testClock,
    entropy: testEntropy,
    supervisor: { syscall, exception, interrupt: () => {} },
  });
  const tables = new PageTables(machine.memory, 4096);

  function syscall(cpu: Cpu): void {
    options.onSyscall?.();
    const [rax, , rdx, , , , rsi, rdi] = cpu.registers as unknown as bigint[];
    let result = -38n;
    if (rax === 1n) {
      const bytes = new Uint8Array(Number(rdx));
      cpu.readVirtual(rsi!, bytes);
      chunks.push(bytes);
      result = rdx!;
    } else if (rax === 12n) {
      // brk
      const wanted = rdi === 0n ? heapEnd : rdi!;
      while (heapEnd < wanted) {
        tables.mapFresh(heapEnd, 4096, PTE.write | PTE.user | PTE.noExecute);
        heapEnd += PAGE;
      }
      result = heapEnd;
    } else if (rax === 9n) {
      // mmap, anonymous
      const length = (rsi! + PAGE - 1n) & ~(PAGE - 1n);
      result = heapEnd;
      tables.mapFresh(heapEnd, Number(length), PTE.write | PTE.user);
      heapEnd += length;
    } else if (rax === 158n) {
      cpu.fsBase = rsi!; // arch_prctl ARCH_SET_FS
      result = 0n;
    } else if (rax === 218n || rax === 39n) result = 1n;
    else if (rax === 11n || rax === 10n || rax === 28n) result = 0n;
    else if (rax === 20n) {
      let total = 0n;
      for (let i = 0n; i < rdx!; i++) {
        const vector = new Uint8Array(16);
        cpu.readVirtual(rsi! + i * 16n, vector);
        const view = new DataView(vector.buffer);
        const bytes = new Uint8Array(Number(view.getBigUint64(8, true)));
        cpu.readVirtual(view.getBigUint64(0, true), bytes);
        chunks.push(bytes);
        total += BigInt(bytes.length);
      }
      result = total;
    } else if (rax === 60n || rax === 231n) {
      machine.stop(Number(rdi! & 0xffn));
      return;
    }
    cpu.registers[GPR.rax] = BigInt.asUintN(64, result);
  }

  function exception(cpu: Cpu, vector: number, errorCode: number): void {
    fault = `vector ${vector} error ${errorCode} at 0x${cpu.rip.toString(16)} cr2 0x${cpu.cr2.toString(16)}`;
    machine.stop(255);
  }

  const view = new DataView(elf.buffer, elf.byteOffset, elf.byteLength);
  const headers = Number(view.getBigUint64(32, true));
  const count = view.getUint16(56, true);
  for (let i = 0; i < count; i++) {
    const at = headers + i * view.getUint16(54, true);
    if (view.getUint32(at, true) !== 1) continue;
    const flags = view.getUint32(at + 4, true);
    const offset = Number(view.getBigUint64(at + 8, true));
    const address = view.getBigUint64(at + 16, true);
    const fileBytes = Number(view.getBigUint64(at + 32, true));
    const memoryBytes = Number(view.getBigUint64(at + 40, true));
    const start = address & ~(PAGE - 1n);
    const skew = Number(address - start);
    if (memoryBytes === 0) continue;
    const physical = tables.mapFresh(
      start,
      memoryBytes + skew,
      PTE.user | PTE.write | ((flags & 1) === 0 ? PTE.noExecute : 0n),
    );
    machine.memory.write(physical + skew, elf.subarray(offset, offset + fileBytes));
  }
  tables.mapFresh(STACK_TOP - BigInt(STACK_BYTES), STACK_BYTES, PTE.write | PTE.user | PTE.noExecute);
  const { cpu } = machine;
  cpu.setAddressSpace(tables.root, 1);
  cpu.rip = view.getBigUint64(24, true);
  // argc 1, argv ["program"], no environment; AT_PAGESZ, AT_RANDOM, AT_PHDR, AT_PHENT, AT_PHNUM, AT_NULL.
  const strings = STACK_TOP - 64n;
  cpu.writeVirtual(strings, new TextEncoder().encode('program\0'));
  const firstLoad = view.getBigUint64(headers + 16, true) - view.getBigUint64(headers + 8, true);
  const auxiliary = [
    6n,
    4096n,
    25n,
    STACK_TOP - 32n,
    3n,
    firstLoad + BigInt(headers),
    4n,
    56n,
    5n,
    BigInt(count),
    0n,
    0n,
  ];
  const words = [1n, strings, 0n, 0n, ...auxiliary];
  const stack = (STACK_TOP - 128n - BigInt(words.length * 8)) & ~15n;
  const bytes = new Uint8Array(words.length * 8);
  for (const [i, word] of words.entries()) new DataView(bytes.buffer).setBigUint64(i * 8, word, true);
  cpu.writeVirtual(stack, bytes);
  cpu.registers[GPR.rsp] = stack;
  return {
    machine,
    output: () => new TextDecoder().decode(Uint8Array.from(chunks.flatMap((chunk) => [...chunk]))),
    fault: () => fault,
  };
}

/** Runs to the end; the exit status. */
export function runProgram(program: LoadedProgram, budget = 2_000_000_000): number {
  const reason = program.machine.run(budget);
  if (reason !== STOP.stopped)
    throw new Error(`the program did not end: reason ${reason} at 0x${program.machine.cpu.rip.toString(16)}`);
  return program.machine.stopCode;
}
