// A NOP through the ring in one thread: push, publish, drain, complete, consume. One at a time, and a queue full a time. In
// processor time of this process, so that what else this computer does is not measured. The rival does the same through the host's
// kernel, with a system call for each batch; ours crosses from one program to another in one process.
import { area } from '@capos/tooling/bench';
import {
  type CompletionEntry,
  initializeRing,
  PUSHED,
  type RingBuffer,
  RingClient,
  RingServer,
  ringBytes,
  type SubmissionEntry,
} from '../src/index.ts';
import { ioUringNop } from './io-uring-nop.ts';

const SIZE = { sqEntries: 16, cqEntries: 32 };
const OPERATIONS = 200_000;

class NopLoop {
  readonly client: RingClient;
  readonly server: RingServer;
  checksum = 0;

  constructor(buffer: RingBuffer) {
    initializeRing(buffer, 0, SIZE);
    this.client = new RingClient(buffer, 0);
    this.server = new RingServer(buffer, 0, SIZE);
  }

  submit(entry: SubmissionEntry): number {
    return entry.op;
  }

  complete(entry: CompletionEntry): void {
    this.checksum = (this.checksum + entry.userDataLow + entry.result) | 0;
  }

  /** Nanoseconds per operation with `batch` operations per doorbell. */
  run(batch: number): number {
    const { submissions, completions } = this.client;
    this.checksum = 0;
    const start = process.cpuUsage();
    for (let done = 0; done < OPERATIONS; done += batch) {
      for (let n = 0; n < batch; n += 1) if (submissions.nop(1) !== PUSHED) throw new Error('refused');
      this.client.submit();
      this.server.drain(this);
      completions.drain(this);
    }
    const { user, system } = process.cpuUsage(start);
    const ns = ((user + system) * 1000) / OPERATIONS;
    if (this.checksum !== OPERATIONS) throw new Error(`lost completions: ${this.checksum}`);
    return ns;
  }
}

area('ipc', async (suite) => {
  const plain = new NopLoop(new ArrayBuffer(ringBytes(SIZE)));
  const shared = new NopLoop(new SharedArrayBuffer(ringBytes(SIZE)));
  for (let n = 0; n < 5; n += 1) for (const loop of [plain, shared]) for (const batch of [1, 16]) loop.run(batch);
  const native = ioUringNop();
  if (typeof native === 'string') suite.skip('nop-single and nop-batched beside io_uring', native);
  const beside = (batch: number) =>
    typeof native === 'string' ? {} : { rival: { name: 'io_uring NOP, native', run: () => native(batch) } };
  await suite.compare({ name: 'nop-single', unit: 'ns', ours: () => plain.run(1), ...beside(1) });
  await suite.compare({ name: 'nop-batched', unit: 'ns', ours: () => plain.run(16), ...beside(16) });
  await suite.compare({ name: 'nop-single-shared', unit: 'ns', ours: () => shared.run(1) });
  await suite.compare({ name: 'nop-batched-shared', unit: 'ns', ours: () => shared.run(16) });
});
