// A kernel with a clock in the test's hands, and programs that are just a client to poke.
import {
  type ConsoleBackend,
  createKernel,
  type EmbedderSpawn,
  type Kernel,
  type KernelOptions,
  type ProcessReference,
} from '../../src/index.ts';
import { TestClient } from './test-client.ts';

export interface TestConsole extends ConsoleBackend {
  output: string;
  type(text: string | null): void;
  interrupt(): void;
  raw: boolean;
}

export function testConsole(): TestConsole {
  let input: (bytes: Uint8Array | null) => void = () => {};
  let interrupt = () => {};
  return {
    output: '',
    raw: false,
    write(bytes) {
      this.output += new TextDecoder().decode(bytes);
      return bytes.length;
    },
    onInput(callback) {
      input = callback;
    },
    size: () => ({ columns: 100, rows: 30, isTerminal: true }),
    setRaw(raw) {
      this.raw = raw;
    },
    onInterrupt(callback) {
      interrupt = callback;
    },
    type(text) {
      input(text === null ? null : new TextEncoder().encode(text));
    },
    interrupt() {
      interrupt();
    },
  };
}

export interface TestKernel {
  kernel: Kernel;
  console: TestConsole;
  clock: { ns: number; nowNs(): number };
  log: string[];
  /** Starts a program that is nothing but a client. */
  client(
    name: string,
    grants?: EmbedderSpawn['grants'],
    options?: Partial<EmbedderSpawn>,
  ): TestClient & { process: ProcessReference };
}

export function testKernel(options: Partial<KernelOptions> = {}): TestKernel {
  const console = testConsole();
  const clock = {
    ns: 1000,
    nowNs() {
      return this.ns;
    },
  };
  const log: string[] = [];
  let seed = 1;
  const kernel = createKernel({
    clock,
    entropy: {
      fill(bytes) {
        for (let index = 0; index < bytes.length; index++) {
          seed = (seed * 1103515245 + 12345) & 0x7fffffff;
          bytes[index] = seed >> 16;
        }
      },
    },
    console,
    log: (line) => log.push(line),
    ...options,
  });
  return {
    kernel,
    console,
    clock,
    log,
    client(name, grants = {}, spawn = {}) {
      let made: TestClient | undefined;
      const process = kernel.spawn({
        name,
        program: (port) => {
          made = new TestClient(port);
        },
        grants,
        ...spawn,
      });
      kernel.step();
      if (made === undefined) throw new Error(`${name} was not started: ${log.join('\n')}`);
      return Object.assign(made, { process });
    },
  };
}

/** Every count of the system. */
export function isEmpty(kernel: Kernel): boolean {
  return Object.values(kernel.ledgers().total).every((count) => count === 0);
}
