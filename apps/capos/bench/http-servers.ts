// A server program that runs three times: inside capOS, on the host, and in qemu-user; and a client that asks each of them alike.
//
// All have answered some thousand requests when the first sample is taken: what is stated is the speed of a server that runs.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';

const CAPOS = join(import.meta.dirname, '../src/bin.ts');
/** qemu-user, the emulator that runs single programs by translation; as Debian names it. */
export const QEMU = 'qemu-x86_64';
const PATIENCE_MS = 60_000;
const GUEST_PORT = 8000;
/** /proc/PID/stat counts in these (proc_pid_stat(5); USER_HZ is 100 on x86). */
const MICROSECONDS_PER_TICK = 10_000;

/**
 * Requests per second with runsc as a part of those with runc, as gVisor publishes them for small servers (google/gvisor,
 * website/performance/applications.csv, in its performance guide).
 */
export const GVISOR_SERVERS = [
  { name: 'gVisor, node, published', ratio: 375.13 / 885.81 },
  { name: 'gVisor, ruby, published', ratio: 259.75 / 539.97 },
] as const;

export interface ServerProgram {
  readonly name: string;
  readonly program: string;
  /** Requests of one sample. */
  readonly requests: number;
  /** Requests that are answered before the first sample. */
  readonly warmUp: number;
  /** Its arguments for a port and a directory to serve. */
  args(port: number, directory: string): readonly string[];
}

/** One of the three, while it runs. */
export interface RunningServer {
  /** Requests per second over `connections` that are kept alive. */
  rate(connections: number): Promise<number>;
  /** Processor time of the server's process for a request, microseconds; all of capOS included. */
  cost(requests?: number): Promise<number>;
}

export interface RunningServers {
  readonly inside: RunningServer;
  readonly native: RunningServer;
  /** undefined where there is no qemu-user. */
  readonly qemu: RunningServer | undefined;
  stop(): void;
}

export function hasQemu(): boolean {
  try {
    execFileSync(QEMU, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
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

async function rate(port: number, connections: number, requests: number): Promise<number> {
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

async function started(
  child: ChildProcess,
  port: number,
  { requests: usual, warmUp }: ServerProgram,
): Promise<RunningServer> {
  await answering(port);
  await rate(port, 1, warmUp);
  return {
    rate: (connections) => rate(port, connections, usual),
    async cost(requests = usual) {
      const before = processorMicroseconds(child);
      await rate(port, 1, requests);
      return (processorMicroseconds(child) - before) / requests;
    },
  };
}

/** Starts all three, warm. @throws Error when one does not answer */
export async function startServers(server: ServerProgram, directory: string): Promise<RunningServers> {
  const { program, args } = server;
  const children: ChildProcess[] = [];
  const start = (command: string, commandArguments: readonly string[], port: number): Promise<RunningServer> => {
    const child = spawn(command, commandArguments, { stdio: ['pipe', 'ignore', 'ignore'] });
    children.push(child);
    return started(child, port, server);
  };
  const stop = (): void => {
    for (const child of children) child.kill();
  };
  try {
    const [port, nativePort, qemuPort] = [await freePort(), await freePort(), await freePort()];
    const flags = ['--mount', `/www=${directory}:ro`, '--cwd', '/www', '--publish', `${port}:${GUEST_PORT}`];
    const command = [CAPOS, 'run', ...flags, '--', program, ...args(GUEST_PORT, '/www')];
    return {
      inside: await start(process.execPath, command, port),
      native: await start(program, args(nativePort, directory), nativePort),
      qemu: hasQemu() ? await start(QEMU, [program, ...args(qemuPort, directory)], qemuPort) : undefined,
      stop,
    };
  } catch (error) {
    stop();
    throw error;
  }
}
