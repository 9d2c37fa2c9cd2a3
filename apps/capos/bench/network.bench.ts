// Requests per second of two Go servers, inside and natively, asked by the same client in the same way: one that does no more than
// answer, and `esbuild --serve`, which looks for the file anew each time (some fifty system calls a request).
//
// The rows in µs are the processor time of the server's process for a request, all of capOS included; requests per second depend on
// who else wants the processors, and on the client, which has one of its own.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { area, type Suite } from '@capos/tooling/bench';
import { buildGo } from './go-program.ts';
import { GVISOR_SERVERS, type ServerProgram, startServers } from './http-servers.ts';

const ESBUILD = join(import.meta.dirname, '../../../node_modules/@esbuild/linux-x64/bin/esbuild');
/** Processor time is counted in hundredths of a second, of which few are spent on requests that are cheap. */
const CHEAP = 4;

async function compareServers(
  suite: Suite,
  program: ServerProgram,
  www: string,
  connectionCounts: readonly number[],
): Promise<void> {
  const { name } = program;
  const { inside, native, qemu, stop } = await startServers(program, www);
  const rivals = [
    { name: 'native', server: native },
    ...(qemu === undefined ? [] : [{ name: 'qemu-user', server: qemu }]),
  ];
  try {
    for (const connections of connectionCounts) {
      await suite.compare({
        name: `${name}-${connections}`,
        unit: 'requests/s',
        rounds: 5,
        ours: () => inside.rate(connections),
        rival: rivals.map((rival) => ({ name: rival.name, run: () => rival.server.rate(connections) })),
      });
    }
    await suite.compare({
      name: `${name}-1`,
      unit: 'µs CPU',
      rounds: 5,
      ours: () => inside.cost(),
      rival: rivals.map((rival) => ({ name: rival.name, run: () => rival.server.cost(CHEAP * program.requests) })),
    });
    await suite.compare({
      name: `${name}-1`,
      unit: '× native',
      rounds: 3,
      ours: async () => (await inside.rate(1)) / (await native.rate(1)),
      rival: GVISOR_SERVERS.map((each) => ({ name: each.name, run: () => each.ratio })),
    });
  } finally {
    stop();
  }
}

area('network', async (suite) => {
  const www = mkdtempSync(join(tmpdir(), 'capos-http-'));
  writeFileSync(join(www, 'file.txt'), 'a short answer\n');
  const scratch = mkdtempSync(join(tmpdir(), 'capos-http-go-'));
  try {
    const http = buildGo('http', scratch);
    if (http === null) suite.skip('go-http', 'go is not installed');
    else {
      const server = { name: 'go-http', program: http, requests: 500, warmUp: 4000 };
      await compareServers(suite, { ...server, args: (port) => [String(port)] }, www, [1, 100]);
    }
    await compareServers(
      suite,
      {
        name: 'esbuild-serve',
        program: ESBUILD,
        requests: 100,
        warmUp: 1000,
        args: (port, directory) => [`--serve=localhost:${port}`, '--log-level=error', `--servedir=${directory}`],
      },
      www,
      [1],
    );
  } finally {
    for (const folder of [www, scratch]) rmSync(folder, { recursive: true, force: true });
  }
});
