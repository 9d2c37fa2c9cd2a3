// The Worker process of the chain bench: prints medians of one call, eight chained and eight serial calls, a line a round. The first
// rounds do not count; they print too, for the first call to a kernel object makes V8 compile the kernel's paths anew.
import { parentPort, workerData } from 'node:worker_threads';
import { Console, type WorkerStart } from '@capos/abi';
import { type CompletionEntry, RingClient, RingWaiter } from '@capos/ipc-ring';

const SAMPLES = 15;
const CHAIN = 8;
const start = workerData as WorkerStart;
const ring = new RingClient(start.arena, start.ringOffset);
const waiter = new RingWaiter(start.arena, start.ringOffset, 'client', { cpus: Number(start.arguments[2]) });
const words = new Int32Array(start.arena);
const cap = (index: number): number => words[(start.capSetOffset + 16 + 48 * index) >> 2]!;
const [MESSAGE, RESULT, TEXT] = [start.heapOffset, start.heapOffset + 64, start.heapOffset + 4096];
const { submissions, completions } = ring;
let failed = 0;
const handler = {
  complete: (entry: CompletionEntry) => {
    if (entry.result < 0 || (entry.flags & 1) !== 0) failed += 1;
  },
};

function enter(): void {
  ring.submit();
  while (submissions.outstanding > 0) if (completions.drain(handler) === 0) waiter.wait(completions.consumed);
}

/** `chained`: each call goes to what the one before is to bring, and the kernel is entered once for all. */
function calls(count: number, chained: boolean): void {
  for (let link = 1; link <= count; link += 1) {
    submissions.call(chained && link > 1 ? 0 : cap(0), 0, 0, MESSAGE, 8, RESULT, 64, link);
    submissions.keepCaps();
    if (chained && link > 1) submissions.pipelined(link - 1, 0);
    if (!chained) enter();
  }
  if (chained) enter();
}

function median(run: () => void): number {
  const samples: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const before = process.hrtime.bigint();
    run();
    samples.push(Number(process.hrtime.bigint() - before));
  }
  return samples.sort((a, b) => a - b)[SAMPLES >> 1]!;
}

function print(line: string): void {
  const bytes = new Uint8Array(start.arena);
  const data = new TextEncoder().encode(line);
  const length = Console.methods.write.params.encode({ data }, bytes, TEXT);
  submissions.call(cap(1), Console.methods.write.ordinal, 0, TEXT, length, RESULT, 64, 0);
  enter();
}

for (let round = 0; round < Number(start.arguments[1]); round += 1) {
  const row = [median(() => calls(1, false)), median(() => calls(CHAIN, true)), median(() => calls(CHAIN, false))];
  print(`${row.join(' ')}\n`);
}
parentPort!.postMessage({ exited: failed === 0 ? 0 : 1 });
