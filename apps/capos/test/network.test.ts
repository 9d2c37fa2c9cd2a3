// Networks of programs inside: Go's net/http answers clients outside, C programs find Linux's sockets, and nothing is reached
// that no flag grants.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get, type IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { capos, execute, ROOT } from './support/capos.ts';
import { type StartedCapos, startCapos } from './support/started-capos.ts';

// Emulated programs on a busy machine.
const LIMIT = 240_000;
const ESBUILD = join(ROOT, 'node_modules/@esbuild/linux-x64/bin/esbuild');
const scratch = mkdtempSync(join(tmpdir(), 'capos-network-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const find = (program: string): string | undefined =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((path) => existsSync(path));

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

function request(port: number, path: string, agent: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const made = get(
      { host: '127.0.0.1', port, path, agent, headers: { host: 'localhost' } },
      (answer: IncomingMessage) => {
        let body = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => {
          body += chunk;
        });
        answer.on('end', () => resolve({ status: answer.statusCode, body }));
        answer.on('error', reject);
      },
    );
    made.on('error', reject);
  });
}

describe("Go's net/http (esbuild --serve) inside", () => {
  let server: StartedCapos;
  let port = 0;
  const long = 'a line of a longer file\n'.repeat(20_000);

  beforeAll(async () => {
    const www = join(scratch, 'www');
    await execute('mkdir', [www]);
    writeFileSync(join(www, 'short.txt'), 'short\n');
    writeFileSync(join(www, 'long.txt'), long);
    server = startCapos([
      ...['run', '--mount', `/www=${www}:ro`, '--publish', '0:8000', '--cwd', '/www', '--'],
      ...[ESBUILD, '--serve=localhost:8000', '--servedir=/www', '--log-level=error'],
    ]);
    port = Number((await server.waitFor(/127\.0\.0\.1:(\d+) on the host is the program's port 8000/))[1]);
  }, LIMIT);
  afterAll(() => server?.stop());

  test(
    'answers 1,000 requests, 100 connections at once, each kept alive',
    async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 100 });
      const sockets = new Set<unknown>();
      agent.on('free', (socket) => sockets.add(socket));
      const answers = await Promise.all(Array.from({ length: 1000 }, () => request(port, '/short.txt', agent)));
      agent.destroy();
      expect(answers.filter(({ status, body }) => status === 200 && body === 'short\n')).toHaveLength(1000);
      expect(sockets.size).toBe(100);
    },
    LIMIT,
  );

  test(
    'sends long answers whole, over connections of their own',
    async () => {
      const agent = new Agent({ keepAlive: false });
      const answers = await Promise.all(Array.from({ length: 20 }, () => request(port, '/long.txt', agent)));
      for (const { status, body } of answers) {
        expect(status).toBe(200);
        expect(body === long).toBe(true);
      }
    },
    LIMIT,
  );
});

test(
  'without the capability a Go server is refused as Linux would refuse it, and --explain names the flags',
  async () => {
    const refused = startCapos(['run', '--explain', '--', ESBUILD, '--serve=8000', '--servedir=/']);
    await refused.waitFor(/listen tcp4? .*: socket: permission denied/);
    await refused.waitFor(/socket was refused with EACCES: the program holds no NetworkManager\. .*--publish/);
    await refused.stop();
  },
  LIMIT,
);

describe('a C program', () => {
  const compiler = find('musl-gcc');

  test.skipIf(compiler === undefined).each([
    ['finds the results and errors of sockets of every family as on Linux', 'sockets'],
    ['goes on with what a process opened that has ended, as on Linux', 'outlived-opener'],
  ])(
    '%s (skipped where musl-gcc is missing)',
    async (_title, name) => {
      const program = join(scratch, name);
      const source = join(ROOT, `apps/capos/test/programs/${name}.c`);
      const compiled = await execute(compiler!, ['-static', '-O1', '-w', '-o', program, source]);
      expect(compiled.stderr).toBe('');
      const [outside, inside] = [join(scratch, `${name}-outside`), join(scratch, `${name}-inside`)];
      await execute('mkdir', [outside, inside]);
      const native = await execute('sh', ['-c', `cd ${outside} && exec ${program}`]);
      expect(native.status).toBe(0);
      const emulated = await capos([
        ...['run', '--net', 'loopback', '--mount', `/w=${inside}`, '--cwd', '/w', '--', program],
      ]);
      expect(emulated.stdout.toString()).toBe(native.stdout.toString());
      expect(emulated.status).toBe(0);
    },
    LIMIT,
  );
});

describe('a Python program (skipped where python3 is missing)', () => {
  const python = existsSync('/usr/bin/python3') && existsSync('/lib64') ? '/usr/bin/python3' : undefined;
  const root = ['/usr', '/lib', '/lib64'].flatMap((path) => ['--mount', `${path}=${path}:ro`]);
  const environment = ['--env', 'PYTHONDONTWRITEBYTECODE=1', '--env', 'LC_ALL=C.UTF-8'];
  const connect = (host: string, port: number) =>
    `import socket\ntry:\n  s = socket.create_connection((${JSON.stringify(host)}, ${port}), 20)\n  print(s.recv(100))\nexcept OSError as e:\n  print(e)\n`;

  async function listening(): Promise<{ readonly port: number; close(): void }> {
    const server = createServer((socket) => socket.end('from the host'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { port: (server.address() as { port: number }).port, close: () => void server.close() };
  }

  test.skipIf(python === undefined)(
    'connects to the host and port that a flag names, and to no other',
    async () => {
      const granted = await listening();
      const other = await listening();
      const net = ['--net', `connect:127.0.0.1:${granted.port}`];
      const run = (port: number) =>
        capos(['run', ...root, ...environment, ...net, '--', python!, '-I', '-c', connect('127.0.0.1', port)]);
      expect((await run(granted.port)).stdout.toString()).toBe("b'from the host'\n");
      expect((await run(other.port)).stdout.toString()).toBe('[Errno 111] Connection refused\n');
      granted.close();
      other.close();
    },
    LIMIT,
  );

  test.skipIf(python === undefined)(
    'resolves the names that were granted through its own C library, and no others',
    async () => {
      const host = await listening();
      const script = [
        'import socket',
        'for name in ("localhost", "example.invalid"):',
        '  try: print(sorted({a[4][0] for a in socket.getaddrinfo(name, 80, socket.AF_INET)}))',
        '  except socket.gaierror as e: print(e.args[0] in (socket.EAI_NONAME, socket.EAI_NODATA, socket.EAI_AGAIN))',
      ].join('\n');
      const net = ['--net', `connect:localhost:${host.port}`];
      const { stdout } = await capos(['run', ...root, ...environment, ...net, '--', python!, '-I', '-c', script]);
      expect(stdout.toString()).toBe("['127.0.0.1']\nTrue\n");
      host.close();
    },
    LIMIT,
  );
});
