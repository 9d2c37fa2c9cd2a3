// A system whose program, a Worker process, times one call, eight chained calls and eight serial ones to a hosted server, which answers
// every call with a capability to itself. Each wait of the program is a round trip between two threads.
import { availableParallelism } from 'node:os';
import { CALL_OUTCOME, type HostedPort } from '@capos/abi';
import { type CompletionEntry, CQE_FLAG_CALL_ARRIVED, RingClient, TRANSFER_SIZE } from '@capos/ipc-ring';
import { RecordedConsole } from '@capos/tooling/recorded-console';
import { nodeClock, nodeEntropy, nodeEventLoop, nodeWorkers } from '../src/host-node/index.ts';
import { createKernel } from '../src/index.ts';

const ROUNDS = 16;
/** Rounds that do not count: both threads run compiled code afterwards, as in a system that has been up for a second. */
const WARM_UP = 1500;

function serve(port: HostedPort): void {
  const ring = new RingClient(port.arena, port.ringOffset);
  const words = new Int32Array(port.arena);
  const cap = (index: number): number => words[(port.capSetOffset + 16 + 48 * index) >> 2]!;
  const [reply, buffer] = [port.heapOffset, port.heapOffset + 256];
  words.fill(0, reply >> 2, (reply + 8 + TRANSFER_SIZE) >> 2);
  words[(reply + 8) >> 2] = cap(1);
  const { submissions, completions } = ring;
  const receive = (): void => {
    submissions.receive(cap(0), 0, buffer, 256);
    ring.submit();
    port.enter();
  };
  const handler = {
    complete: (entry: CompletionEntry) => {
      if ((entry.flags & CQE_FLAG_CALL_ARRIVED) === 0) return;
      submissions.returnReceive(cap(0), entry.token, 1, reply, 8, 0, buffer, 256);
      submissions.transfers(1);
    },
  };
  port.onCompletion(() => {
    while (completions.drain(handler) > 0) {
      ring.submit();
      port.enter();
    }
  });
  port.onCall!((_, answer) => {
    answer.set(reply, 8, 1, false);
    return CALL_OUTCOME.ANSWERED;
  });
  receive();
}

/** Nanoseconds of one call, of the chain, and of eight calls in turn: medians of each round, as the Worker prints them. */
export async function measureChain(): Promise<number[][]> {
  const loop = nodeEventLoop();
  const console = new RecordedConsole();
  const kernel = createKernel({
    clock: nodeClock,
    entropy: nodeEntropy,
    workers: nodeWorkers,
    onWork: loop.onWork,
    console,
  });
  const endpoint = kernel.createEndpoint();
  const self = endpoint.facet(1n, 1n);
  const server = kernel.spawn({ name: 'server', grants: { bench: endpoint.owner, self }, program: serve });
  const client = kernel.spawn({
    name: 'client',
    program: { module: new URL('./chain-client.ts', import.meta.url) },
    arguments: ['client', String(WARM_UP + ROUNDS), String(availableParallelism())],
    grants: { bench: self, console: kernel.objects.console },
  });
  const status = await loop.run(kernel, client, nodeClock.nowNs);
  server.kill(9);
  if (status.which !== 'exited' || status.exited !== 0) throw new Error(`the client ended: ${JSON.stringify(status)}`);
  return console.text
    .trim()
    .split('\n')
    .slice(WARM_UP)
    .map((line) => line.split(' ').map(Number));
}
