// Unmodified Linux programs inside capOS, judged by what the same file prints on the host.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { capos, execute, ROOT } from './support/capos.ts';

const scratch = mkdtempSync(join(tmpdir(), 'capos-linux-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function find(program: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(':')
    .map((directory) => join(directory, program))
    .find(existsSync);
}

/** What a package brings for this platform, wherever the package manager put it. */
function vendorBinary(path: string, from: string): string {
  for (let directory = from; directory !== dirname(directory); directory = dirname(directory)) {
    const candidate = join(directory, 'node_modules', path);
    if (existsSync(candidate)) return candidate;
  }
  throw new Error(`${path} is not installed`);
}

const ESBUILD = vendorBinary('@esbuild/linux-x64/bin/esbuild', ROOT);
const TURBO = join(
  ROOT,
  'node_modules/.pnpm',
  execFileSync('ls', [join(ROOT, 'node_modules/.pnpm')], { encoding: 'utf8' })
    .split('\n')
    .find((name) => /^@?turbo[+-]linux-64@/.test(name)) ?? 'turbo',
);

/** The program inside and on the host, with the same arguments: status and both streams must agree. */
async function compare(
  program: string,
  args: readonly string[],
  flags: readonly string[] = [],
  input = '',
): Promise<Buffer> {
  const [inside, outside] = await Promise.all([
    capos(['run', '--timeout', '60', ...flags, '--', program, ...args], input),
    execute(program, args, input),
  ]);
  expect(inside.stderr).toBe(outside.stderr);
  expect(inside.stdout.toString('latin1')).toBe(outside.stdout.toString('latin1'));
  expect(inside.status).toBe(outside.status);
  return inside.stdout;
}

describe('vendor binaries from node_modules', () => {
  test('esbuild (Go) prints its version', async () => {
    const stdout = await compare(ESBUILD, ['--version']);
    expect(stdout.toString()).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test('esbuild bundles a package of this repository from a read-only mount, byte for byte', async () => {
    const stdout = await compare(
      ESBUILD,
      ['packages/ipc-ring/src/index.ts', '--bundle', '--format=esm'],
      ['--mount', `${ROOT}=${ROOT}:ro`, '--cwd', ROOT],
    );
    expect(stdout.length).toBeGreaterThan(10_000);
  });

  test('esbuild without a mount finds no file, and can’t write into a read-only one', async () => {
    const unmounted = await capos(['run', '--', ESBUILD, 'packages/ipc-ring/src/index.ts', '--bundle']);
    expect(unmounted.status).toBe(1);
    expect(unmounted.stderr).toContain('Could not resolve');
    const source = join(scratch, 'in.ts');
    writeFileSync(source, 'export const x: number = 1;');
    const flags = ['--mount', `/in=${scratch}:ro`];
    const refused = await capos(['run', ...flags, '--', ESBUILD, '/in/in.ts', '--outfile=/in/out.js']);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('read-only');
    expect(existsSync(join(scratch, 'out.js'))).toBe(false);
  });

  test('turbo (Rust, static-pie) prints its version', async () => {
    const turbo = join(TURBO, 'node_modules/@turbo/linux-64/bin/turbo');
    const { stdout, status } = await capos(['run', '--', turbo, '--version']);
    expect(status).toBe(0);
    expect(stdout.toString()).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

const PROGRAM = `
#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static int turn, total;
static sigjmp_buf back;

static void *count(void *argument) {
  long self = (long)argument;
  for (int round = 0; round < 50; round++) {
    pthread_mutex_lock(&mutex);
    while (turn % 4 != self) pthread_cond_wait(&condition, &mutex);
    turn++;
    total += (int)self;
    pthread_cond_broadcast(&condition);
    pthread_mutex_unlock(&mutex);
  }
  return argument;
}

static void caught(int signal) { siglongjmp(back, signal); }

int main(int argc, char **argv) {
  printf("%d %s %.10f %Lg %a\\n", argc, argv[1], sqrt(2), 1.2L, 0.1);
  pthread_t threads[4];
  for (long index = 0; index < 4; index++) pthread_create(&threads[index], NULL, count, (void *)index);
  for (int index = 0; index < 4; index++) pthread_join(threads[index], NULL);
  printf("%d turns, total %d\\n", turn, total);
  signal(SIGSEGV, caught);
  int signal_number = sigsetjmp(back, 1);
  if (signal_number == 0) *(volatile int *)16 = 1;
  printf("caught %d\\n", signal_number);
  int ends[2];
  if (pipe(ends) != 0) return 1;
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    dprintf(ends[1], "from the child");
    _exit(5);
  }
  char text[32] = {0};
  if (read(ends[0], text, sizeof text - 1) < 0) return 1;
  int status;
  waitpid(child, &status, 0);
  printf("%s, status %d\\n", text, WEXITSTATUS(status));
  FILE *missing = fopen("/etc/passwd-is-not-here", "r");
  printf("%p %s\\n", (void *)missing, strerror(errno));
  char *block = malloc(3000000);
  memset(block, 7, 3000000);
  block = realloc(block, 9000000);
  printf("%d %d\\n", block[2999999], argc > 1 ? (int)getenv("HOME")[0] : 0);
  return 42;
}
`;

const compilers: readonly (readonly [name: string, command: string, flags: readonly string[]])[] = [
  ['musl', 'musl-gcc', ['-static']],
  ['glibc', 'gcc', ['-static', '-pthread']],
  ['glibc, position independent', 'gcc', ['-static-pie', '-pthread']],
];

describe('C programs, compiled here', () => {
  test.for(compilers)('%s', async ([name, command, flags], { skip }) => {
    if (find(command) === undefined) skip(`there is no ${command}`);
    const source = join(scratch, 'program.c');
    const program = join(scratch, `program-${name.replaceAll(/\W+/g, '-')}`);
    writeFileSync(source, PROGRAM);
    try {
      execFileSync(command, ['-O2', '-w', ...flags, source, '-o', program, '-lm'], { stdio: 'pipe' });
    } catch {
      skip(`${command} can't link statically here`);
    }
    const outside = await execute(program, ['argument']);
    const inside = await capos([
      'run',
      '--env',
      `HOME=${process.env.HOME ?? '/'}`,
      '--timeout',
      '60',
      '--',
      program,
      'argument',
    ]);
    expect(inside.stdout.toString()).toBe(outside.stdout.toString());
    expect(inside.stderr).toBe('');
    expect([inside.status, outside.status]).toEqual([42, 42]);
  });
});

/** The host's system directories, read-only: what a dynamic program is linked with. */
const SYSTEM = ['/usr', '/lib', '/lib64', '/bin']
  .filter((path) => existsSync(path))
  .flatMap((path) => ['--mount', `${path}=${path}:ro`]);

describe('dynamic programs of this host, from read-only mounts', () => {
  const work = join(scratch, 'work');
  beforeAll(() => mkdirSync(work, { recursive: true }));
  const flags = [
    ...SYSTEM,
    '--mount',
    `${work}=${work}`,
    '--cwd',
    work,
    '--env',
    'PATH=/usr/bin:/bin',
    '--env',
    'LC_ALL=C',
  ];

  async function same(program: string, args: readonly string[]): Promise<void> {
    const outside = await execute('env', ['-i', 'PATH=/usr/bin:/bin', 'LC_ALL=C', program, ...args]);
    const inside = await capos(['run', '--timeout', '90', ...flags, '--', program, ...args]);
    expect(inside.stderr).toBe(outside.stderr);
    expect(inside.stdout.toString()).toBe(outside.stdout.toString());
    expect(inside.status).toBe(outside.status);
  }

  test('bash starts other programs', async ({ skip }) => {
    if (!existsSync('/bin/bash') || !existsSync('/lib64')) skip('there is no dynamic bash');
    await same('/bin/bash', [
      '--norc',
      '-c',
      'printf "%s\\n" $(echo 3 1 2) | sort -r | tr 1-3 a-c; cat <(echo substituted); exit 4',
    ]);
  });

  test('python3 imports its library', async ({ skip }) => {
    if (!existsSync('/usr/bin/python3')) skip('there is no python3');
    const program = 'import json, math, hashlib; print(json.dumps([math.pi, hashlib.sha256(b"x").hexdigest()]))';
    await same('/usr/bin/python3', ['-I', '-c', program]);
  });

  test('node runs workers, WebAssembly, a child process and a server that it asks itself', {
    timeout: 600_000,
  }, async () => {
    const program = `
      const { execFileSync } = require('node:child_process');
      const { createServer } = require('node:http');
      const { Worker } = require('node:worker_threads');
      const add = '0061736d0100000001070160027f7f017f030201000705010161'.concat('00000a09010700200020016a0b');
      const worker = new Worker('require("worker_threads").parentPort.postMessage(21 * 2)', { eval: true });
      worker.on('message', async (answer) => {
        const { instance } = await WebAssembly.instantiate(Buffer.from(add, 'hex'));
        const child = execFileSync('/bin/echo', ['from a child']).toString().trim();
        console.log(process.version, answer, instance.exports.a(2, 3), child);
        const server = createServer((_, reply) => reply.end('answered')).listen(0, '127.0.0.1', async () => {
          console.log(await (await fetch('http://127.0.0.1:' + server.address().port)).text());
          server.close();
          server.closeAllConnections();
        });
      });`;
    const args = ['-e', program];
    const outside = await execute(process.execPath, args, '', work);
    const grants = ['--mount', '/=/:ro', '--net', 'loopback', '--memory', '1G', '--timeout', '500'];
    const inside = await capos(['run', ...grants, '--', process.execPath, ...args]);
    expect(inside).toEqual(outside);
    expect(inside.stdout.toString()).toMatch(/^v\d+\.\S+ 42 5 from a child\nanswered\n$/);
  });

  test('gcc compiles a program inside, and it runs inside', async ({ skip }) => {
    if (!existsSync('/usr/bin/gcc')) skip('there is no gcc');
    writeFileSync(join(work, 'made.c'), '#include <stdio.h>\nint main(void) { return printf("made inside\\n"); }\n');
    const compiled = await capos([
      'run',
      '--timeout',
      '90',
      ...flags,
      '--mount',
      `/tmp=${work}`,
      '--',
      '/usr/bin/gcc',
      '-O1',
      'made.c',
      '-o',
      'made',
    ]);
    expect(compiled).toMatchObject({ status: 0, stderr: '' });
    const ran = await capos(['run', ...flags, '--', join(work, 'made')]);
    expect([ran.stdout.toString(), ran.status]).toEqual(['made inside\n', 12]);
  });
});

const busybox = find('busybox');
const isStatic = busybox !== undefined && !readFileSync(busybox).includes('/lib64/ld-linux');

describe.skipIf(busybox === undefined || !isStatic)('busybox, static (skipped where there is none)', () => {
  const files = join(scratch, 'files');
  const flags = ['--mount', `${files}=${files}`, '--cwd', files];
  beforeAll(() => {
    mkdirSync(join(files, 'sub'), { recursive: true });
    writeFileSync(join(files, 'nums'), Array.from({ length: 200 }, (_, index) => `${(index * 37) % 200}\n`).join(''));
    writeFileSync(join(files, 'table'), 'b 2\na 1\nc 3\n');
    writeFileSync(join(files, 'data'), Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 31) & 255)));
    symlinkSync('../table', join(files, 'sub/link'));
  });
  const inFiles = (args: readonly string[], input = ''): Promise<Buffer> =>
    compareIn(files, busybox!, args, flags, input);

  test.each([
    ['sha256sum', 'data', 'nums'],
    ['sed', '-n', '5,10p;s/1/X/g', 'nums'],
    ['sort', '-k2', 'table'],
    ['ls', '-ln'],
    ['awk', '{ s += $1 } END { print s, s / 7, sprintf("%.3e", s) }', 'nums'],
    ['cat', 'table', 'missing'],
  ])('%s %s', async (...args) => {
    await inFiles(args);
  });

  test('many applets, each a process of its own under the shell', async () => {
    await inFiles([
      'sh',
      '-c',
      `wc nums data; gzip -c nums | md5sum; diff table nums | head -3; stat -c '%n %s %a %F' table sub/link sub
       readlink -f sub/link; date -u -d @0; env -i; cut -c1 table; uniq -c table; tail -n2 nums; cmp table nums
       tr a-z A-Z < table; rev < table; expr 6 '*' 7; basename /a/b.c .c; seq 1 3; printf '%.3f\\n' 1.5; find . -name 't*'; od -c table | head -2
       echo 3 | xargs echo x; grep -c 1 nums; mkdir q; rmdir q; touch r; ls r; rm r; ls missing; echo $?`,
    ]);
  });

  test('filters its standard input', async () => {
    await inFiles(['tr', 'a-z', 'A-Z'], 'typed\nlines\n');
  });

  test('sh runs builtins, pipelines, substitutions, subshells, jobs and traps', async () => {
    await inFiles([
      'sh',
      '-c',
      `for i in 1 2 3; do echo $((i * i)); done
       cat nums | grep 7 | wc -l
       x=$(cat table; echo end); echo "$x"
       (exit 3); echo "subshell $?"
       { sleep 0.05; echo background; } & wait; echo waited
       trap 'echo trapped' USR1; kill -USR1 $$; echo after
       cat <<EOF | sed s/a/b/
here and
EOF
       exit 7`,
    ]);
  });

  test('sh changes files where it may', async () => {
    await inFiles(['sh', '-c', 'mkdir -p d/e && echo hi > d/e/f && mv d/e d/g && cat d/g/f && rm -r d && ls']);
  });

  test('--tmpfs is everybody’s, as Linux mounts one', async () => {
    const { stdout } = await capos(['run', '--tmpfs', '/tmp', '--', busybox!, 'stat', '-c', '%a', '/tmp']);
    expect(stdout.toString()).toBe('1777\n');
  });

  test('a fatal signal is 128 plus its number', async () => {
    const { status } = await capos(['run', '--', busybox!, 'sh', '-c', 'kill -9 $$']);
    expect(status).toBe(137);
  });

  test('the shell reads its script from standard input', async () => {
    await inFiles(['sh'], 'read line\nwords of input\necho "got $line"\n');
  });
});

/** As `compare`, with a working directory on the host. */
async function compareIn(
  directory: string,
  program: string,
  args: readonly string[],
  flags: readonly string[],
  input: string,
): Promise<Buffer> {
  const outside = await execute('sh', ['-c', 'cd "$0" && PATH=/nowhere exec "$@"', directory, program, ...args], input);
  const inside = await capos(['run', '--timeout', '60', ...flags, '--', program, ...args], input);
  expect(inside.stderr).toBe(outside.stderr);
  expect(inside.stdout.toString('latin1')).toBe(outside.stdout.toString('latin1'));
  expect(inside.status).toBe(outside.status);
  return inside.stdout;
}
