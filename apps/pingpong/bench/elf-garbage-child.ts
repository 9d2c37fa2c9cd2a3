// Prints bytes of garbage that a call between two native programs leaves on the kernel's heap, one number a round. (What the calls
// carry makes no difference: C codecs write into guest memory.) Starting and ending programs leaves some too, so a round is the
// difference between a run of many calls and one of few.
import { createKernel } from '@capos/kernel';
import { benchIpcClient } from '@capos/libcapos/programs/bench-ipc-client';
import { benchIpcServer } from '@capos/libcapos/programs/bench-ipc-server';
import { RecordedConsole } from '@capos/tooling/recorded-console';
import { createMachine } from '@capos/x86-machine';
import { CALLS, heapBytes, ROUNDS, WARM_ROUNDS } from './garbage-rounds.ts';

const FEW = 1_000;
const clock = { nowNs: () => performance.now() * 1e6 };
const entropy = { fill: (bytes: Uint8Array) => bytes.fill(7) };
const machine = createMachine({ ramBytes: 32 * 2 ** 20, clock, entropy });
const console = new RecordedConsole();
const kernel = createKernel({
  machine,
  console,
});

/** Bytes that a run with so many calls leaves. */
function run(calls: number): number {
  const endpoint = kernel.createEndpoint();
  const grants = { bench: endpoint.facet(1n, 1n), console: kernel.objects.console, timer: kernel.objects.timer };
  kernel.spawn({ name: 'server', image: benchIpcServer.bytes, grants: { bench: endpoint.owner } });
  kernel.spawn({ name: 'client', image: benchIpcClient.bytes, arguments: ['client', String(calls)], grants });
  const before = heapBytes(true);
  console.text = '';
  kernel.runUntilIdle();
  const after = heapBytes(false);
  if (console.text === '') throw new Error('the client printed nothing');
  return after - before;
}

for (let warm = 0; warm < WARM_ROUNDS; warm += 1) run(CALLS);
const samples: number[] = [];
// The client makes a tenth more calls than it was told, as a warm-up.
for (let index = 0; index < ROUNDS; index += 1) samples.push((run(CALLS) - run(FEW)) / (1.1 * (CALLS - FEW)));
process.stdout.write(samples.join(' '));
