// Prints bytes of garbage that a call between two native programs leaves on the kernel's heap, one number a round. (What the calls
// carry makes no difference: C codecs write into guest memory.) A round starts and ends two programs, long or short. What remains
// goes by time: the clock's reading at each slice of the processor.
import { createKernel } from '@capos/kernel';
import { benchIpcClient } from '@capos/libcapos/programs/bench-ipc-client';
import { benchIpcServer } from '@capos/libcapos/programs/bench-ipc-server';
import { RecordedConsole } from '@capos/tooling/recorded-console';
import { createMachine } from '@capos/x86-machine';
import { garbageOf } from './garbage-rounds.ts';

const clock = { nowNs: () => performance.now() * 1e6 };
const entropy = { fill: (bytes: Uint8Array) => bytes.fill(7) };
const machine = createMachine({ ramBytes: 32 * 2 ** 20, clock, entropy });
const console = new RecordedConsole();
const kernel = createKernel({
  machine,
  console,
});

/** Starting and ending programs leaves 100 KiB more or less: so many times the calls, and it doesn't show. */
const SCALE = 2;

function round(calls: number): void {
  const endpoint = kernel.createEndpoint();
  const grants = { bench: endpoint.facet(1n, 1n), console: kernel.objects.console, timer: kernel.objects.timer };
  kernel.spawn({ name: 'server', image: benchIpcServer.bytes, grants: { bench: endpoint.owner } });
  // The client makes a tenth more calls than it is told, as a warm-up.
  kernel.spawn({
    name: 'client',
    image: benchIpcClient.bytes,
    arguments: ['client', String(Math.round((calls * SCALE) / 1.1))],
    grants,
  });
  console.text = '';
  kernel.runUntilIdle();
  if (console.text === '') throw new Error('the client printed nothing');
}

process.stdout.write((await garbageOf(round)).map((bytes) => bytes / SCALE).join(' '));
