// Requests per second of two Go servers, inside and natively, asked by the same client in the same way: one that does no more than
// answer, and `esbuild --serve`, which looks for the file anew each time (some fifty system calls a request).
//
// Both have answered WARM_UP requests when the first sample is taken: what is stated is the speed of a server that runs. The rows in
// µs are the processor time of the server's process for a request, all of capOS included; requests per second depend on who else
// wants the processors, and on the client, which has one of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { area, type Suite } from '@capos/tooling/bench';
import { buildGo } from './go-program.ts';

const ROOT = join(import.meta.dirname, '../../..');
const CAPOS = join(ROOT, 'apps/capos/src/bin.ts');
const ESBUILD = join(ROOT, 'node_modules/@esbuild/linux-x64/bin/esbuild');
const REQUESTS = 500;
const WARM_UP = 4000;
const PATIENCE_MS = 60_000;
const GUEST_PORT = 8000;
/** /proc/PID/stat counts in these (proc_pid_stat(5); USER_HZ is 100 on x86). */
const MICROSECONDS_PER_TICK = 10_000;

/**
 * Requests per second with runsc as a part of those with runc, as gVisor publishes them for small servers (google/gvisor,
 * website/performance/applications.csv, in its performance guide).
 */
const GVISOR = [
  { name: 'gVisor, node, published', ratio: 375.13 / 885.81 },
  { name: 'gVisor, ruby, published', ratio: 259.75 / 539.97 },
] as const;

interface Server {
  readonly name: string;
  readonly program: string;
  /** Its arguments for a port and a directory to serve. */
  args(port: number, directory: string): readonly string[];
}

function request(port: number, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: '/file.txt', agent, headers: { host: 'localhost' } }, (answer) => {
      answer.resume();
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`status ${answer.statusCode}`)),
      );
    }).on('error', reject);
  });
}

/** Requests per second over `connections` that are kept alive. */
async function rate(port: number, connections: number, requests: number = REQUESTS): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const started = performance.now();
  await Promise.all(Array.from({ length: requests }, () => request(port, agent)));
  agent.destroy();
  return requests / ((performance.now() - started) / 1000);
}

function processorMicroseconds({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * MICROSECONDS_PER_TICK;
}

/** Processor time of a server for a request. */
async function cost(server: ChildProcess, port: number, requests: number): Promise<number> {
  const before = processorMicroseconds(server);
  await rate(port, 1, requests);
  return (processorMicroseconds(server) - before) / requests;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

async function answering(port: number): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      await request(port, new Agent());
      return;
    } catch (error) {
      if (performance.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function compareServers(suite: Suite, { name, program, args }: Server, www: string): Promise<void> {
  const [nativePort, port] = [await freePort(), await freePort()];
  const flags = ['run', '--mount', `/www=${www}:ro`, '--cwd', '/www', '--publish', `${port}:${GUEST_PORT}`];
  const stdio = ['pipe', 'ignore', 'ignore'] as const;
  const native = spawn(program, args(nativePort, www), { stdio: [...stdio] });
  const inside = spawn(process.execPath, [CAPOS, ...flags, '--', program, ...args(GUEST_PORT, '/www')], {
    stdio: [...stdio],
  });
  try {
    for (const each of [nativePort, port]) {
      await answering(each);
      await rate(each, 1, WARM_UP);
    }
    for (const connections of [1, 100]) {
      await suite.compare({
        name: `${name}-${connections}`,
        unit: 'requests/s',
        rounds: 5,
        ours: () => rate(port, connections),
        rival: { name: 'native', run: () => rate(nativePort, connections) },
      });
    }
    await suite.compare({
      name: `${name}-1`,
      unit: 'µs CPU',
      rounds: 5,
      ours: () => cost(inside, port, REQUESTS),
      rival: { name: 'native', run: () => cost(native, nativePort, 4 * REQUESTS) },
    });
    await suite.compare({
      name: `${name}-1`,
      unit: '× native',
      rounds: 3,
      ours: async () => (await rate(port, 1)) / (await rate(nativePort, 1)),
      rival: GVISOR.map((each) => ({ name: each.name, run: () => each.ratio })),
    });
  } finally {
    for (const server of [native, inside]) server.kill();
  }
}

area('network', async (suite) => {
  const www = mkdtempSync(join(tmpdir(), 'capos-http-'));
  writeFileSync(join(www, 'file.txt'), 'a short answer\n');
  const scratch = mkdtempSync(join(tmpdir(), 'capos-http-go-'));
  try {
    const http = buildGo('http', scratch);
    if (http === null) suite.skip('go-http', 'go is not installed');
    else await compareServers(suite, { name: 'go-http', program: http, args: (port) => [String(port)] }, www);
    await compareServers(
      suite,
      {
        name: 'esbuild-serve',
        program: ESBUILD,
        args: (port, directory) => [`--serve=localhost:${port}`, '--log-level=error', `--servedir=${directory}`],
      },
      www,
    );
  } finally {
    for (const folder of [www, scratch]) rmSync(folder, { recursive: true, force: true });
  }
});
