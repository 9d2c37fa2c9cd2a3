// The shell at a terminal: keys in, a screen out, in this very process.

import { createPosixPersonality } from '@capos/capos-posix';
import { initProgram } from '@capos/init';
import { type ConsoleBackend, createKernel } from '@capos/kernel';
import { nodeClock, nodeEntropy, nodeEventLoop } from '@capos/kernel/host-node';
import { hello } from '@capos/libcapos/programs/hello';
import { spinner } from '@capos/libcapos/programs/spinner';
import { shellProgram } from '@capos/shell';
import { shellSystem } from '@capos/shell/system';
import { createNamespaceDirectoryProgram, createStoreProgram, memoryEngine } from '@capos/store';
import { createMachine } from '@capos/x86-machine';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

class FakeTerminal implements ConsoleBackend {
  screen = '';
  raw = false;
  #input: (bytes: Uint8Array | null) => void = () => {};
  #interrupt = (): void => {};

  write(bytes: Uint8Array): number {
    this.screen += new TextDecoder().decode(bytes);
    return bytes.length;
  }
  onInput(callback: (bytes: Uint8Array | null) => void): void {
    this.#input = callback;
  }
  onInterrupt(callback: () => void): void {
    this.#interrupt = callback;
  }
  setRaw(raw: boolean): void {
    this.raw = raw;
  }
  size() {
    return { columns: 80, rows: 24, isTerminal: true };
  }

  /** Presses keys; in line mode Ctrl-C is an interrupt, as a tty makes it. */
  type(text: string): void {
    if (!this.raw && text === '\x03') this.#interrupt();
    else this.#input(new TextEncoder().encode(text));
  }
  async until(text: string): Promise<void> {
    await expect.poll(() => this.screen, { timeout: 20_000, interval: 5 }).toContain(text);
  }
}

describe('the shell at a terminal', () => {
  let terminal: FakeTerminal;
  let ended: Promise<unknown>;
  let stop: () => void;

  beforeEach(async () => {
    terminal = new FakeTerminal();
    const loop = nodeEventLoop();
    const machine = createMachine({ ramBytes: 32 * 2 ** 20, clock: nodeClock, entropy: nodeEntropy });
    const kernel = createKernel({
      machine,
      console: terminal,
      personalities: [createPosixPersonality()],
      onWork: loop.onWork,
    });
    kernel.registerProgram('shell', shellProgram);
    kernel.registerProgram('store', createStoreProgram({ engine: memoryEngine() }));
    kernel.registerProgram('files', createNamespaceDirectoryProgram({ wallClock: () => 0n }));
    const blobs = new Map([hello, spinner].map(({ name, bytes }) => [name, bytes]));
    const init = kernel.boot({ manifest: shellSystem.manifest, blobs, init: initProgram });
    ended = loop.run(kernel, init, nodeClock.nowNs);
    stop = () => loop.stop();
    await terminal.until('capos> ');
  });
  afterEach(() => stop());

  test('prompts in raw mode and runs a program in line mode', async () => {
    expect(terminal.raw).toBe(true);
    terminal.type('run hello\r');
    await terminal.until('Hello');
    await expect.poll(() => terminal.raw).toBe(true);
  });

  test('Tab completes commands and programs', async () => {
    terminal.type('ru\the\t\r');
    await terminal.until('run hello ');
    await terminal.until('Hello');
  });

  test('Tab completes paths in the directories the shell holds', async () => {
    terminal.type('write /home/letter dear reader\r');
    await expect.poll(() => terminal.raw).toBe(true);
    terminal.type('cat /h\tle\t\r');
    await terminal.until('cat /home/letter ');
    await terminal.until('\ndear reader\n'.trim());
  });

  test('the arrow recalls the line before', async () => {
    terminal.type('echo once\r');
    await terminal.until('once\n');
    const before = terminal.screen.length;
    terminal.type('\x1b[A\r');
    await expect.poll(() => terminal.screen.slice(before)).toContain('once\n');
  });

  test('Ctrl-C ends the program, not the shell', async () => {
    terminal.type('run spinner\r');
    await expect.poll(() => terminal.raw).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 100));
    terminal.type('\x03');
    await terminal.until('ended by signal 2');
    terminal.type('echo $?\r');
    await terminal.until('130');
  });

  test('Ctrl-C at the prompt gives up the line', async () => {
    terminal.type('half a line\x03');
    await terminal.until('^C');
    terminal.type('echo fine\r');
    await terminal.until('fine\n');
  });

  test('Ctrl-D ends the shell, and with it the system', async () => {
    terminal.type('\x04');
    expect(await ended).toEqual({ which: 'exited', exited: 0 });
  });
});
