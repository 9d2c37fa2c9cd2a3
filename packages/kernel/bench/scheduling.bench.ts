// What sharing the processor costs: switching contexts, lending them, waiting on words and for time, and how well budgets isolate.
import { readFileSync } from 'node:fs';
import { type HostedPort, ParkSpace, SchedulingPolicy } from '@capos/abi';
import { area } from '@capos/tooling/bench';
import { RecordedConsole } from '@capos/tooling/recorded-console';
import { createMachine } from '@capos/x86-machine';
import { createKernel, type Kernel, type ProcessReference } from '../src/index.ts';
import { type TimerNode, TimerQueue } from '../src/time/timer-queue.ts';
import { program, SPIN } from '../test/support/elf-builder.ts';
import { TestClient } from '../test/support/test-client.ts';

const entropy = { fill: (bytes: Uint8Array) => bytes.fill(7) };
const monotonic = { nowNs: () => performance.now() * 1e6 };
const MIB = 2 ** 20;
const DEFAULTS = { priority: 128, budgetNs: 0n, periodNs: 0n, sliceNs: 0n, processors: 2n ** 64n - 1n };

const image = (name: string): Uint8Array =>
  readFileSync(new URL(`../../libcapos/prebuilt/${name}.elf`, import.meta.url));

interface System {
  readonly kernel: Kernel;
  readonly client: TestClient;
  output(): string;
}

function system(clock: { nowNs(): number } = monotonic): System {
  const console = new RecordedConsole();
  const machine = createMachine({ ramBytes: 32 * MIB, decodedBytes: 4 * MIB, clock, entropy });
  const kernel = createKernel({
    machine,
    console,
  });
  let client: TestClient | undefined;
  const { parkSpace: park, schedulingPolicy: scheduling } = kernel.objects;
  kernel.spawn({
    name: 'bench',
    grants: { park, scheduling },
    program: (port: HostedPort) => {
      client = new TestClient(port);
    },
  });
  kernel.step();
  return { kernel, client: client!, output: () => console.text };
}

function configure({ client }: System, { processId }: ProcessReference, decision: Partial<typeof DEFAULTS>): void {
  const policy = client.cap('scheduling');
  const { contexts } = client.call(policy, SchedulingPolicy.methods.list, {}).value;
  const { contextId } = contexts.find(({ processes }) => processes.includes(processId))!;
  const parameters = { ...DEFAULTS, ...decision };
  client.call(policy, SchedulingPolicy.methods.configure, { contextId, parameters }).value;
}

// ---- context switch: the same instructions in many short turns and in few long ones

const INSTRUCTIONS = 4_000_000;
const SHORT_TURN = 2000;

function contextSwitch(): () => number {
  const bench = system();
  const { kernel } = bench;
  const spinners = ['a', 'b'].map((name) => kernel.spawn({ name, image: program(SPIN) }));
  const run = (sliceNs: bigint): number => {
    for (const spinner of spinners) configure(bench, spinner, { sliceNs });
    const start = process.hrtime.bigint();
    kernel.step(INSTRUCTIONS);
    return Number(process.hrtime.bigint() - start);
  };
  run(500_000n);
  return () => {
    const long = run(500_000n);
    const short = run(BigInt(SHORT_TURN * 5));
    return Math.max(0, short - long) / (INSTRUCTIONS / SHORT_TURN);
  };
}

// ---- donation: the server runs on its caller's context alone, or has one of its own besides

const CALLS = 10_000;

function calls(bench: System, passive: boolean): number {
  const { kernel, client } = bench;
  const endpoint = kernel.createEndpoint();
  const server = kernel.spawn({ name: 'server', image: image('bench-ipc-server'), grants: { bench: endpoint.owner } });
  kernel.runUntilIdle();
  if (passive) {
    const bound = { processId: server.processId, contextId: 0n };
    client.call(client.cap('scheduling'), SchedulingPolicy.methods.bind, bound).value;
  }
  const before = bench.output().length;
  kernel.spawn({
    name: 'client',
    image: image('bench-ipc-client'),
    arguments: ['client', String(CALLS)],
    grants: { bench: endpoint.facet(1n, 1n), console: kernel.objects.console, timer: kernel.objects.timer },
  });
  kernel.runUntilIdle();
  const [count, nanoseconds] = bench.output().slice(before).trim().split(' ').map(Number);
  if (!count || !nanoseconds) throw new Error(`the client said "${bench.output().slice(before)}"`);
  return nanoseconds / count;
}

// ---- park: one sleep and its wake, by operations of the ring and by method calls

const SLEEPS = 10_000;
const FOREVER = 2n ** 64n - 1n;
/** User data that no submission of the client has. */
const NOBODY = 0x7fff_ffff;

/** Both ways submit through the bare ring, with messages encoded beforehand: what is compared is the kernel. */
function sleeper({ port, ring, bytes }: TestClient, park: number): (generic: boolean) => number {
  const at = Math.ceil(port.heapOffset / 4096) * 4096 + 0x8_0000;
  const [word, parking, waking, result] = [at, at + 64, at + 256, at + 512];
  const address = BigInt(word);
  const { park: parkMethod, unpark: unparkMethod } = ParkSpace.methods;
  const parkLength = parkMethod.params.encode({ address, expected: 0, timeoutNs: FOREVER }, bytes, parking, 128);
  const unparkLength = unparkMethod.params.encode({ address, count: 1 }, bytes, waking, 128);
  const { submissions, completions } = ring;
  let completed = 0;
  const counter = { complete: () => void completed++ };
  const submit = (): void => {
    ring.submit();
    port.enter();
    completions.drain(counter);
  };
  return (generic: boolean): number => {
    completed = 0;
    const start = process.hrtime.bigint();
    for (let round = 0; round < SLEEPS; round++) {
      if (generic) submissions.call(park, parkMethod.ordinal, NOBODY, parking, parkLength, result, 64, 0);
      else submissions.park(park, NOBODY, word, 0);
      submit();
      if (generic) submissions.call(park, unparkMethod.ordinal, NOBODY, waking, unparkLength, result + 64, 64, 0);
      else submissions.unpark(park, NOBODY, word, 1);
      submit();
    }
    const ns = Number(process.hrtime.bigint() - start) / SLEEPS;
    if (completed !== SLEEPS * 2) throw new Error(`${SLEEPS * 2 - completed} completions are missing`);
    return ns;
  };
}

// ---- timers: one set and one cancelled while so many others wait

function timers(waiting: number): () => number {
  const queue = new TimerQueue();
  const node = (): TimerNode => ({ deadlineNs: 0, heapIndex: -1, sequence: 0, expired() {} });
  let seed = 1;
  const random = (): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return seed;
  };
  for (let index = 0; index < waiting; index++) queue.add(node(), random());
  const moving = Array.from({ length: 1000 }, node);
  return () => {
    const start = process.hrtime.bigint();
    for (let round = 0; round < 20; round++) {
      for (const timer of moving) queue.add(timer, random());
      for (const timer of moving) queue.cancel(timer);
    }
    return Number(process.hrtime.bigint() - start) / 20_000;
  };
}

// ---- isolation: what a program gets of the 90 % that a runaway of highest priority must leave it

function isolation(): number {
  const clock = { ns: 1_000_000, nowNs: () => clock.ns };
  const bench = system(clock);
  const { kernel } = bench;
  const [runaway, victim] = ['runaway', 'victim'].map((name) => kernel.spawn({ name, image: program(SPIN) }));
  configure(bench, runaway!, { priority: 255, budgetNs: 1_000_000n, periodNs: 10_000_000n });
  for (let period = 0; period < 10; period++) {
    kernel.step(2_000_000);
    clock.ns += 10_000_000;
  }
  const got = kernel.processes().find(({ processId }) => processId === victim!.processId)!;
  return (Number(got.instructions) / (10 * 1_800_000)) * 100;
}

area('kernel', async (suite) => {
  await suite.compare({ name: 'context-switch', unit: 'ns', ours: contextSwitch(), rounds: 9 });
  const pair = system();
  calls(pair, false);
  await suite.compare({
    name: 'donated-call',
    unit: 'ns',
    ours: () => calls(pair, true),
    rival: { name: 'server with a context', run: () => calls(pair, false) },
    rounds: 9,
  });
  const { client } = system();
  const sleeps = sleeper(client, client.cap('park'));
  await suite.compare({
    name: 'park-unpark',
    unit: 'ns',
    ours: () => sleeps(false),
    rival: { name: 'the same by CALL', run: () => sleeps(true) },
  });
  await suite.compare({
    name: 'timer-set-cancel-50000',
    unit: 'ns',
    ours: timers(50_000),
    rival: { name: 'with 50 waiting', run: timers(50) },
  });
  await suite.compare({ name: 'isolation', unit: '%', ours: isolation, rounds: 5 });
});
