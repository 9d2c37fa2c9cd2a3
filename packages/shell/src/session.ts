// What a shell session holds: its environment, its console, the last status.

import { Console, type ExitStatus, type InterfaceDescriptor, type ProcessHandle, toUtf8 } from '@capos/abi';
import type { Client, Environment } from '@capos/runtime';
import { ShellError } from './shell-error.ts';

const LARGEST_WRITE = 16_384;
const SIGSEGV = 11;
const PAGE_FAULT = 14;
// SDM 3A table 6-1.
const FAULTS: Readonly<Record<number, string>> = {
  0: 'divide error',
  3: 'breakpoint',
  6: 'invalid opcode',
  13: 'general protection',
  14: 'page fault',
  16: 'x87 floating-point error',
  17: 'alignment check',
  19: 'SIMD floating-point error',
};

export class Session {
  readonly env: Environment;
  readonly console: Client<typeof Console>;
  /** Programs started with `&`, by process id. */
  readonly jobs: Map<string, Client<typeof ProcessHandle>> = new Map();
  /** The program that Ctrl-C is for, while one runs. */
  foreground: Client<typeof ProcessHandle> | undefined;
  /** Exit status of the last command. */
  status = 0;
  /** Set by `exit`, and at the end of input. */
  ended = false;

  constructor(env: Environment) {
    this.env = env;
    this.console = env.capSet.get('console', Console);
  }

  /** Every capability of the CapSet: its name and interface. */
  held(): { name: string; interfaceId: bigint }[] {
    const { capSet } = this.env;
    return capSet.names.map((name) => ({ name, interfaceId: capSet.interfaceId(name)! }));
  }

  holds(name: string): boolean {
    return this.env.capSet.has(name);
  }

  /** Names of the capabilities held with one interface. */
  namesOf(descriptor: InterfaceDescriptor): string[] {
    return this.held()
      .filter(({ interfaceId }) => interfaceId === descriptor.id)
      .map(({ name }) => name);
  }

  /** @throws ShellError when the shell does not hold it. */
  require<D extends InterfaceDescriptor>(name: string, descriptor: D): Client<D> {
    if (!this.namesOf(descriptor).includes(name)) {
      throw new ShellError(`this shell holds no ${name} (${descriptor.name}); caps shows what it holds`);
    }
    return this.env.capSet.get(name, descriptor);
  }

  async print(text: string): Promise<void> {
    await this.printBytes(toUtf8(text));
  }

  /** Writes all of it, however the console takes it. */
  async printBytes(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const { written } = await this.console.write({ data: bytes.subarray(at, at + LARGEST_WRITE) });
      if (written === 0) throw new ShellError('the console takes no more output');
      at += written;
    }
  }

  /** Says how a program ended unless it simply exited, and answers the status a shell shows for it. */
  async report(status: ExitStatus): Promise<number> {
    switch (status.which) {
      case 'exited':
        return status.exited & 0xff;
      case 'killed':
        await this.print(`ended by signal ${status.killed}\n`);
        return 128 + status.killed;
      case 'faulted': {
        const { vector, address, instruction } = status.faulted;
        const what = FAULTS[vector] ?? `exception ${vector}`;
        await this.print(`ended by a fault: ${what} at instruction 0x${instruction.toString(16)}`);
        await this.print(vector === PAGE_FAULT ? `, address 0x${address.toString(16)}\n` : '\n');
        return 128 + SIGSEGV;
      }
    }
  }

  async printTable(headings: readonly string[], rows: readonly (readonly string[])[]): Promise<void> {
    const widths = headings.map((heading, column) =>
      Math.max(heading.length, ...rows.map((row) => row[column]!.length)),
    );
    for (const row of [headings, ...rows]) {
      await this.print(
        `${row
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join('  ')
          .trimEnd()}\n`,
      );
    }
  }
}
