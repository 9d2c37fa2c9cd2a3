// The Worker of a page's system: machine, kernel and shell, and the store that outlives the page.
//
//   page: terminal ◀─ messages ─▶ Worker: kernel ─ shell ─ files ─ store ─▶ origin-private file system
import { createPosixPersonality } from '@capos/capos-posix';
import { initProgram } from '@capos/init';
import { createKernel } from '@capos/kernel';
import { webClock, webEntropy, webWallClock } from '@capos/kernel/host-web';
import { fault } from '@capos/libcapos/programs/fault';
import { given } from '@capos/libcapos/programs/given';
import { hello } from '@capos/libcapos/programs/hello';
import { spinner } from '@capos/libcapos/programs/spinner';
import { threads } from '@capos/libcapos/programs/threads';
import { shellProgram } from '@capos/shell';
import { shellSystem } from '@capos/shell/system';
import { createNamespaceDirectoryProgram, createStoreProgram } from '@capos/store';
import { createMachine } from '@capos/x86-machine';
import { openKeptStore } from './kept-store.ts';
import type { FromPage, FromSystem } from './page-messages.ts';
import { pacedEventLoop, pageTerminal } from './page-terminal.ts';
import { terminalConsole } from './terminal-console.ts';

const RAM_BYTES = 0x800_0000;
/** Messages of the file services carry a sixteenth of it. */
const FILES_ARENA_BYTES = 0x80_0000;

const send = (message: FromSystem): void => postMessage(message);
const terminal = pageTerminal(send);

async function boot(): Promise<void> {
  const started = performance.now();
  const { engine, forgets } = await openKeptStore((target) => webEntropy.fill(target));
  const loop = pacedEventLoop(terminal);
  const kernel = createKernel({
    machine: createMachine({ ramBytes: RAM_BYTES, clock: webClock, entropy: webEntropy }),
    wallClock: webWallClock,
    console: terminalConsole(terminal),
    // A Linux program that is given `home` finds it at that path: `run --with home busybox sh`.
    personalities: [createPosixPersonality({ mounts: [{ path: '/home', cap: 'home' }] })],
    onWork: loop.onWork,
    log: (line) => console.warn(line),
  });
  kernel.registerProgram('shell', shellProgram);
  const arena = { arenaBytes: FILES_ARENA_BYTES };
  kernel.registerProgram('store', createStoreProgram({ engine }), arena);
  kernel.registerProgram('files', createNamespaceDirectoryProgram({ wallClock: webWallClock }), arena);
  const blobs = new Map([hello, given, threads, spinner, fault].map(({ name, bytes }) => [name, bytes]));
  const busybox = await fetch('busybox');
  if (busybox.ok) blobs.set('busybox', new Uint8Array(await busybox.arrayBuffer()));
  const init = kernel.boot({ manifest: shellSystem.manifest, blobs, init: initProgram });
  const took = `booted in ${(performance.now() - started).toFixed(0)} ms`;
  const kept = forgets === undefined ? 'files are kept in this browser' : `files go away with the page: ${forgets}`;
  send({ kind: 'status', text: `${took}; ${kept}` });
  await loop.run(kernel, init, webClock.nowNs);
  await engine.close();
  send({ kind: 'status', text: 'the system has ended; reload the page to boot it again' });
}

addEventListener('message', ({ data }: MessageEvent<FromPage>) => {
  terminal.received(data);
  if (data.kind !== 'start') return;
  boot().catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    send({ kind: 'status', text: `the system could not boot: ${why}` });
  });
});
