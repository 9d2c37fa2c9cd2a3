// Requests per second of a Go net/http server (esbuild --serve), inside and natively, asked by the same client in the same way.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { area } from '@capos/tooling/bench';

const ROOT = join(import.meta.dirname, '../../..');
const CAPOS = join(ROOT, 'apps/capos/src/bin.ts');
const ESBUILD = join(ROOT, 'node_modules/@esbuild/linux-x64/bin/esbuild');
const REQUESTS = 500;
const PATIENCE_MS = 60_000;

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
async function rate(port: number, connections: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const started = performance.now();
  await Promise.all(Array.from({ length: REQUESTS }, () => request(port, agent)));
  agent.destroy();
  return REQUESTS / ((performance.now() - started) / 1000);
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

area('network', async (suite) => {
  const www = mkdtempSync(join(tmpdir(), 'capos-http-'));
  writeFileSync(join(www, 'file.txt'), 'a short answer\n');
  const [native, published] = [await freePort(), await freePort()];
  const serve = (port: number): string[] => [`--serve=localhost:${port}`, '--log-level=error'];
  const run = ['run', '--mount', `/www=${www}:ro`, '--cwd', '/www', '--publish', `${published}:8000`, '--', ESBUILD];
  const servers = [
    spawn(ESBUILD, [...serve(native), `--servedir=${www}`], { stdio: ['pipe', 'ignore', 'ignore'] }),
    spawn(process.execPath, [CAPOS, ...run, ...serve(8000), '--servedir=/www'], {
      stdio: ['pipe', 'ignore', 'ignore'],
    }),
  ];
  try {
    await Promise.all([native, published].map(answering));
    for (const connections of [1, 100]) {
      await suite.compare({
        name: `go-http-${connections}`,
        unit: 'requests/s',
        rounds: 5,
        ours: () => rate(published, connections),
        rival: { name: 'native', run: () => rate(native, connections) },
      });
    }
  } finally {
    for (const server of servers) server.kill();
    rmSync(www, { recursive: true, force: true });
  }
});
