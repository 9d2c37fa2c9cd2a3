// In a process of its own, with a young generation that holds a whole round: prints bytes of garbage that a call between two native
// programs leaves on the kernel's heap, one number a round. Before that the same kernel has served hosted programs, and native ones
// without its fast path, as one that has been up for a while: V8 then knows the code from more than what is measured.
//
// Starting and ending programs leaves some too, so a round is the difference between a run of many calls and one of few.
import { FastPath } from '../../src/index.ts';
import { callingPair } from './calling-pair.ts';
import { machineKernel, prebuilt } from './test-machine.ts';

const CALLS = 100_000;
const FEW = 1_000;
const HOSTED_CALLS = 60_000;
const WARM_ROUNDS = 2;
const ROUNDS = 4;

const fastPath = new FastPath();
const { console, kernel, run } = machineKernel({ fastPath, ramMib: 32 });
const [server, client] = [prebuilt('bench-ipc-server'), prebuilt('bench-ipc-client')];

function heapBytes(isCollected: boolean): number {
  if (isCollected) (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed;
}

/** Bytes that a run with so many calls leaves. */
function garbageOf(calls: number): number {
  const endpoint = kernel.createEndpoint();
  run('server', server, { bench: endpoint.owner });
  run('client', client, { bench: endpoint.facet(1n, 1n) }, { arguments: ['client', String(calls)] });
  console.output = '';
  const before = heapBytes(true);
  kernel.runUntilIdle();
  const after = heapBytes(false);
  if (console.output === '') throw new Error('the client printed nothing');
  return after - before;
}

const callHosted = callingPair(kernel);
for (let round = 0; round < 2; round++) callHosted(HOSTED_CALLS);
fastPath.isOn = false;
garbageOf(CALLS / 4);
fastPath.isOn = true;
callHosted(HOSTED_CALLS);
for (let warm = 0; warm < WARM_ROUNDS; warm++) garbageOf(CALLS);
const samples: number[] = [];
// The client makes a tenth more calls than it was told, as a warm-up.
for (let index = 0; index < ROUNDS; index++) samples.push((garbageOf(CALLS) - garbageOf(FEW)) / (1.1 * (CALLS - FEW)));
process.stdout.write(samples.join(' '));
