// A machine and a kernel over it, and the native programs that libcapos ships prebuilt.
import { readFileSync } from 'node:fs';
import { createMachine } from '@capos/x86-machine';
import {
  createKernel,
  type EmbedderSpawn,
  type Kernel,
  type KernelOptions,
  type ProcessReference,
} from '../../src/index.ts';
import { type TestConsole, testConsole } from './test-kernel.ts';

const clock = { nowNs: () => performance.now() * 1e6 };
const entropy = { fill: (bytes: Uint8Array) => bytes.fill(0x5a) };
const MIB = 2 ** 20;

export interface MachineKernel {
  kernel: Kernel;
  console: TestConsole;
  log: string[];
  /** Starts an ELF file that holds a console, a timer and what is named. */
  run(
    name: string,
    image: Uint8Array,
    grants?: EmbedderSpawn['grants'],
    options?: Partial<EmbedderSpawn>,
  ): ProcessReference;
}

export function machineKernel(options: Partial<KernelOptions> & { ramMib?: number } = {}): MachineKernel {
  const console = testConsole();
  const log: string[] = [];
  const machine = createMachine({ ramBytes: (options.ramMib ?? 64) * MIB, decodedBytes: 4 * MIB, clock, entropy });
  const kernel = createKernel({ machine, console, log: (line) => log.push(line), ...options });
  return {
    kernel,
    console,
    log,
    run(name, image, grants = {}, spawn = {}) {
      return kernel.spawn({
        name,
        image,
        grants: { console: kernel.objects.console, timer: kernel.objects.timer, ...grants },
        ...spawn,
      });
    },
  };
}

/** A prebuilt guest program of libcapos. */
export function prebuilt(name: string): Uint8Array {
  return readFileSync(new URL(`../../../libcapos/prebuilt/${name}.elf`, import.meta.url));
}

/** Steps until the process has ended or the time is over. */
export function finish(kernel: Kernel, process: ProcessReference, seconds = 10): ProcessReference['status'] {
  const end = performance.now() + seconds * 1000;
  while (process.status === undefined && performance.now() < end) {
    if (kernel.step().state === 'done') break;
  }
  return process.status;
}
