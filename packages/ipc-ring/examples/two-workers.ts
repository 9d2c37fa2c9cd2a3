// Two Workers and a ring between them: one asks for texts in capitals, the other answers. Run it:
//   node examples/two-workers.ts
import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { initializeRing, RingClient, RingServer, RingWaiter, ringBytes, type SubmissionEntry } from '../src/index.ts';

const size = { sqEntries: 64, cqEntries: 128 };
const TEXTS = ringBytes(size);
const TEXT_BYTES = 64;
const QUIT = 1;

if (isMainThread) {
  const memory = new SharedArrayBuffer(TEXTS + size.cqEntries * TEXT_BYTES);
  initializeRing(memory, 0, size);
  const workers = ['server', 'client'].map(
    (role) => new Worker(new URL(import.meta.url), { workerData: { role, memory } }),
  );
  workers[1]!.on('message', (line: string) => console.log(line));
} else if (workerData.role === 'client') {
  client(workerData.memory);
} else {
  serve(workerData.memory);
}

function client(memory: SharedArrayBuffer): void {
  const ring = new RingClient(memory, 0);
  const waiter = new RingWaiter(memory, 0, 'client', { cpus: availableParallelism() });
  const texts = ['two threads', 'one ring', 'no message copied'];
  for (const [index, text] of texts.entries()) {
    const address = TEXTS + index * TEXT_BYTES;
    const { written } = new TextEncoder().encodeInto(text, new Uint8Array(memory, address, TEXT_BYTES));
    ring.submissions.call(0, 0, index, address, written, address, TEXT_BYTES, 0);
  }
  ring.submit();
  while (ring.submissions.outstanding > 0) {
    ring.completions.drain({
      complete: ({ userData, result }) => {
        const address = TEXTS + userData * TEXT_BYTES;
        parentPort!.postMessage(new TextDecoder().decode(new Uint8Array(memory, address, result).slice()));
      },
    });
    if (ring.submissions.outstanding > 0) waiter.wait(ring.completions.consumed);
  }
  ring.submissions.call(0, QUIT, 0, 0, 0, 0, 0, 0);
  ring.submit();
}

function serve(memory: SharedArrayBuffer): void {
  const ring = new RingServer(memory, 0, size);
  const waiter = new RingWaiter(memory, 0, 'server', { cpus: availableParallelism() });
  let open = true;
  const handler = {
    submit({ methodId, paramsAddress, paramsLength }: SubmissionEntry): number {
      if (methodId === QUIT) open = false;
      // The client may rewrite its text meanwhile: work on the range that was checked, whatever it holds.
      if (paramsAddress < TEXTS || paramsAddress + paramsLength > memory.byteLength) return -3;
      const text = new Uint8Array(memory, paramsAddress, paramsLength);
      for (const [at, byte] of text.entries()) if (byte >= 97 && byte <= 122) text[at] = byte - 32;
      return paramsLength;
    },
  };
  while (open) {
    ring.drain(handler);
    if (open) waiter.wait(ring.submissionHead);
  }
}
