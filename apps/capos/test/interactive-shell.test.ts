// A shell with job control at a terminal: Debian's busybox, unmodified.
import { existsSync, readFileSync } from 'node:fs';
import { createPosixPersonality } from '@capos/capos-posix';
import { nodeClock } from '@capos/kernel/host-node';
import { describe, expect, test } from 'vitest';
import { grantDirectories } from '../src/directory-grants.ts';
import { createHostSystem } from '../src/host-system.ts';
import { type TypedTerminal, typedTerminal } from './support/typed-terminal.ts';

const BUSYBOX = '/bin/busybox';
const PROMPT = '$ ';
const PATIENCE_MS = 90_000;

/** Runs `busybox ARGS…` at a terminal where `user` types; answers how it ended. */
async function at(args: readonly string[], user: (terminal: TypedTerminal) => Promise<void>): Promise<unknown> {
  const terminal = typedTerminal();
  const { kernel, loop } = createHostSystem(256, { console: terminal });
  const { console, timer, entropySource: entropy } = kernel.objects;
  const directories = grantDirectories(kernel, { mounts: [{ guest: '/bin', host: '/bin', readOnly: true }] });
  const program = kernel.spawn({
    name: 'busybox',
    image: readFileSync(BUSYBOX),
    arguments: ['busybox', ...args],
    environment: ['PATH=/bin', `PS1=${PROMPT}`, 'TERM=xterm'],
    grants: { console, timer, entropy, ...directories.grants },
    personality: createPosixPersonality({ cwd: '/', mounts: directories.mounts, executablePath: BUSYBOX }),
  });
  const ending = loop.run(kernel, program, nodeClock.nowNs).finally(() => terminal.end());
  // Whoever waits in vain is told what the screen shows.
  const giveUp = setTimeout(() => terminal.end(), PATIENCE_MS);
  try {
    const [status] = await Promise.all([ending, user(terminal)]);
    return status;
  } finally {
    clearTimeout(giveUp);
    program.kill(9);
  }
}

describe.skipIf(!existsSync(BUSYBOX))('a shell at a terminal (needs busybox-static)', { timeout: 120_000 }, () => {
  test('Ctrl-Z stops a program, jobs lists it, fg continues it, Ctrl-C ends it and not the shell', async () => {
    const status = await at(['ash', '-i'], async (terminal) => {
      await terminal.shows(PROMPT);
      // What is typed is shown before it runs, so the program says itself that it does.
      terminal.type(`busybox sh -c 'echo run""ning; exec busybox sleep 1000'\r`);
      await terminal.shows('running');
      terminal.type('\x1a');
      await terminal.shows(/\[1\]\+? *Stopped/);
      await terminal.shows(PROMPT);
      terminal.type('fg\r');
      await terminal.shows('busybox sh -c');
      terminal.type('\x03');
      await terminal.shows(PROMPT);
      terminal.type('echo status $?\r');
      await terminal.shows('status 130');
      await terminal.shows(PROMPT);
      terminal.type('exit 7\r');
    });
    expect(status).toEqual({ which: 'exited', exited: 7 });
  });

  test('a program in the background that reads is stopped until it is in the foreground', async () => {
    await at(['ash', '-i'], async (terminal) => {
      await terminal.shows(PROMPT);
      terminal.type('busybox cat &\r');
      await terminal.shows(PROMPT);
      terminal.type('\r');
      await terminal.shows(/Stopped \(tty input\)/);
      await terminal.shows(PROMPT);
      terminal.type('fg\r');
      await terminal.shows('busybox cat');
      terminal.type('a line\r');
      await terminal.shows('a line\r\na line');
      terminal.type('\x04');
      await terminal.shows(PROMPT);
      terminal.type('exit\r');
    });
  });

  test('what is typed before a shell has started is its first line, and what was not finished is on its prompt', async () => {
    await at(['ash', '-i'], async (terminal) => {
      // Nobody reads yet: not one instruction of the shell has run.
      terminal.type('echo ear""ly; false\recho st');
      await terminal.shows('early');
      await terminal.shows(PROMPT);
      terminal.type('atus $?\r');
      await terminal.shows('status 1');
      terminal.type('exit\r');
    });
  });

  test('a window that changes its size says so to the program in front', async () => {
    const script = `trap 'busybox stty size' WINCH; echo ready; while :; do busybox sleep 0.05; done`;
    const status = await at(['sh', '-c', script], async (terminal) => {
      await terminal.shows('ready');
      terminal.resize(132, 50);
      await terminal.shows('50 132');
      terminal.type('\x03');
    });
    expect(status).toEqual({ which: 'killed', killed: 2 });
  });

  test('line editing of the terminal itself: erased characters do not arrive, and the end of file is Ctrl-D', async () => {
    const terminals: TypedTerminal[] = [];
    await at(['cat'], async (terminal) => {
      terminals.push(terminal);
      terminal.type('helpx\x7f\x7flo\r');
      await terminal.shows('hello\r\n');
      terminal.type('\x04');
    });
    expect(terminals[0]!.screen).toMatch(/hello\r\n$/);
    expect(terminals[0]!.raw).toBe(false);
  });
});
