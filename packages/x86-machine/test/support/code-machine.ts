// A supervised machine with a page of code, for tests that write machine code by hand.
import type { FeatureLevel } from '../../src/isa/instruction-set.ts';
import { createMachine, type Machine } from '../../src/machine.ts';
import { testClock, testEntropy } from './bare-loader.ts';
import { PageTables, PTE } from './page-tables.ts';
import { translateAfter } from './tier.ts';

export const CODE = 0x40_0000n;
export const DATA = 0x50_0000n;
/** Physical addresses of the frames behind them. */
export const CODE_FRAME = 0x8_0000;
export const DATA_FRAME = 0x9_0000;

export interface CodeMachine {
  readonly machine: Machine;
  readonly tables: PageTables;
  /** Vectors of the exceptions that arrived, each with RIP. */
  readonly exceptions: { vector: number; errorCode: number; rip: bigint }[];
}

/** Two pages each of code (writable too) and data; a system call stops the machine, and so does any exception. */
export function codeMachine(
  code: readonly number[],
  options: {
    clock?: { nowNs(): number };
    translateAfter?: number;
    decodedBytes?: number;
    features?: FeatureLevel;
    statistics?: { now(): number };
    floatExceptions?: 'observed' | 'always';
  } = {},
): CodeMachine {
  const exceptions: CodeMachine['exceptions'] = [];
  const machine: Machine = createMachine({
    ramBytes: 2 ** 20,
    translateAfter: options.translateAfter ?? translateAfter,
    ...(options.features === undefined ? {} : { features: options.features }),
    ...(options.statistics === undefined ? {} : { statistics: options.statistics }),
    floatExceptions: options.floatExceptions ?? 'always',
    ...(options.decodedBytes === undefined ? {} : { decodedBytes: options.decodedBytes }),
    clock: options.clock ?? testClock,
    entropy: testEntropy,
    supervisor: {
      syscall: () => machine.stop(0),
      exception: (cpu, vector, errorCode) => {
        exceptions.push({ vector, errorCode, rip: cpu.rip });
        machine.stop(1);
      },
      interrupt: () => {},
    },
  });
  const tables = new PageTables(machine.memory, 4096);
  for (const page of [0, 1]) {
    tables.map(CODE + BigInt(page * 4096), CODE_FRAME + page * 4096, PTE.user | PTE.write);
    tables.map(DATA + BigInt(page * 4096), DATA_FRAME + page * 4096, PTE.user | PTE.write | PTE.noExecute);
  }
  machine.memory.write(CODE_FRAME, Uint8Array.from(code));
  machine.cpu.setAddressSpace(tables.root, 1);
  machine.cpu.rip = CODE;
  machine.cpu.registers[4] = DATA + 8192n;
  return { machine, tables, exceptions };
}

export const SYSCALL = [0x0f, 0x05] as const;
