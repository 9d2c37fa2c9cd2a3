// One end of the round-trip benches, in a process of its own so that `taskset` can give it one CPU or two. For each
// message from the parent it answers with nanoseconds a round trip.
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type MessagePort, Worker } from 'node:worker_threads';
import { initializeRing, RingClient, RingWaiter, ringBytes } from '../src/index.ts';
import { REST } from './rest.ts';

const SIZE = { sqEntries: 16, cqEntries: 32 };
const ROUND_TRIPS = 2_000;
const ECHO = fileURLToPath(new URL('./echo-worker.ts', import.meta.url));

/** How the two sides wait: as the ring decides, always spinning, or always blocking. */
type Waiting = 'ring' | 'spin' | 'block';

const cpusOf: Readonly<Record<Waiting, number>> = { ring: availableParallelism(), spin: 2, block: 1 };

class RingPeer {
  private readonly client: RingClient;
  private readonly waiter: RingWaiter;
  private readonly spins: boolean;
  private outstanding = 0;

  constructor(waiting: Waiting) {
    const buffer = new SharedArrayBuffer(ringBytes(SIZE));
    initializeRing(buffer, 0, SIZE);
    this.client = new RingClient(buffer, 0);
    this.waiter = new RingWaiter(buffer, 0, 'client', { cpus: cpusOf[waiting] });
    this.spins = waiting === 'spin';
    new Worker(ECHO, { workerData: { buffer, size: SIZE, cpus: cpusOf[waiting], spins: this.spins } }).unref();
  }

  complete(): void {
    this.outstanding -= 1;
  }

  run(): number[] {
    const samples: number[] = [];
    const { submissions, completions } = this.client;
    for (let n = 0; n < ROUND_TRIPS; n += 1) {
      const start = process.hrtime.bigint();
      submissions.nop(n);
      this.outstanding += 1;
      this.client.submit();
      for (;;) {
        completions.drain(this);
        if (this.outstanding === 0) break;
        if (!this.spins) this.waiter.wait(completions.consumed);
      }
      samples.push(Number(process.hrtime.bigint() - start));
    }
    submissions.nop(REST);
    this.outstanding += 1;
    this.client.submit();
    while (this.outstanding > 0) completions.drain(this);
    return samples;
  }
}

class ChannelPeer {
  private readonly port: MessagePort;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port = port1 as unknown as MessagePort;
    new Worker(ECHO, { workerData: { port: port2 }, transferList: [port2 as unknown as MessagePort] }).unref();
  }

  async run(): Promise<number[]> {
    const samples: number[] = [];
    for (let n = 0; n < ROUND_TRIPS; n += 1) {
      const start = process.hrtime.bigint();
      await new Promise((resolve) => {
        this.port.once('message', resolve);
        this.port.postMessage(n);
      });
      samples.push(Number(process.hrtime.bigint() - start));
    }
    return samples;
  }
}

const peers = new Map<string, RingPeer | ChannelPeer>();
process.on('message', async ({ kind, mean }: { kind: Waiting | 'channel'; mean: boolean }) => {
  let peer = peers.get(kind);
  if (peer === undefined) {
    peer = kind === 'channel' ? new ChannelPeer() : new RingPeer(kind);
    peers.set(kind, peer);
    for (let warm = 0; warm < 5; warm += 1) await peer.run();
  }
  const samples = (await peer.run()).sort((a, b) => a - b);
  // A mean counts the time slices that waiting cost; otherwise every 20th of the sorted samples stands for them all.
  process.send!(
    mean
      ? [samples.reduce((sum, ns) => sum + ns, 0) / samples.length]
      : samples.filter((_, index) => index % 20 === 10),
  );
});
