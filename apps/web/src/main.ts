// capOS in a page: the machine, the kernel and the shell of the command line, with a terminal in the page as their console.
import '@xterm/xterm/css/xterm.css';
import { createPosixPersonality } from '@capos/capos-posix';
import { initProgram } from '@capos/init';
import { createKernel } from '@capos/kernel';
import { webClock, webEntropy, webEventLoop, webWallClock } from '@capos/kernel/host-web';
import { fault } from '@capos/libcapos/programs/fault';
import { given } from '@capos/libcapos/programs/given';
import { hello } from '@capos/libcapos/programs/hello';
import { spinner } from '@capos/libcapos/programs/spinner';
import { threads } from '@capos/libcapos/programs/threads';
import { shellProgram } from '@capos/shell';
import { shellSystem } from '@capos/shell/system';
import { createNamespaceDirectoryProgram, createStoreProgram, memoryEngine } from '@capos/store';
import { createMachine } from '@capos/x86-machine';
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import { terminalConsole } from './terminal-console.ts';

const RAM_BYTES = 0x800_0000;

const status = document.getElementById('status')!;
const terminal = new Terminal({ cursorBlink: true, fontFamily: 'monospace', fontSize: 14 });
const fit = new FitAddon();
terminal.loadAddon(fit);
terminal.open(document.getElementById('terminal')!);
fit.fit();
window.addEventListener('resize', () => fit.fit());
terminal.focus();

async function boot(): Promise<void> {
  const started = performance.now();
  const loop = webEventLoop();
  const kernel = createKernel({
    machine: createMachine({ ramBytes: RAM_BYTES, clock: webClock, entropy: webEntropy }),
    wallClock: webWallClock,
    console: terminalConsole(terminal),
    personalities: [createPosixPersonality()],
    onWork: loop.onWork,
    log: (line) => console.warn(line),
  });
  kernel.registerProgram('shell', shellProgram);
  kernel.registerProgram('store', createStoreProgram({ engine: memoryEngine() }));
  kernel.registerProgram('files', createNamespaceDirectoryProgram({ wallClock: webWallClock }));
  const programs = [hello, given, threads, spinner, fault];
  const init = kernel.boot({
    manifest: shellSystem.manifest,
    blobs: new Map(programs.map(({ name, bytes }) => [name, bytes])),
    init: initProgram,
  });
  status.textContent = `booted in ${(performance.now() - started).toFixed(0)} ms`;
  await loop.run(kernel, init, webClock.nowNs);
  status.textContent = 'the system has ended; reload the page to boot it again';
}

boot().catch((error: unknown) => {
  status.textContent = `the system could not boot: ${error instanceof Error ? error.message : String(error)}`;
});
