// NOPs from one end of a ring to the other and back in one thread: push, publish, drain, complete, consume.
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

const SIZE = { sqEntries: 16, cqEntries: 32 };
const OPERATIONS = 500_000;

export class NopLoop {
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

/** Loops over memory of one thread and over shared memory, translated as far as V8 ever will. */
export function warmLoops(): { readonly plain: NopLoop; readonly shared: NopLoop } {
  const plain = new NopLoop(new ArrayBuffer(ringBytes(SIZE)));
  const shared = new NopLoop(new SharedArrayBuffer(ringBytes(SIZE)));
  for (let n = 0; n < 5; n += 1) for (const loop of [plain, shared]) for (const batch of [1, 16]) loop.run(batch);
  return { plain, shared };
}
