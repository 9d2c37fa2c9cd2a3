// Linux calls: one program, compiled here, that times its own loops, inside capOS and on the host.
//
// Left out where there is no static C compiler. Each sample is what the program printed for one loop; a run has all of them,
// so the rows of one round share a process. Last, a Go server answers a client on the host.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPosixPersonality } from '@capos/capos-posix';
import { type ConsoleBackend, createKernel } from '@capos/kernel';
import { nodeClock, nodeEntropy, nodeWallClock } from '@capos/kernel/host-node';
import { area, type Suite } from '@capos/tooling/bench';
import { createMachine } from '@capos/x86-machine';
import { grantDirectories } from '../src/directory-grants.ts';
import { buildGo } from './go-program.ts';
import { GVISOR_SERVERS, hasQemu, QEMU, startServers } from './http-servers.ts';

const PROGRAM = `
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
static long now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1000000000L + t.tv_nsec; }
static char block[65536];
int main(int argc, char **argv) {
  const char *what = argv[1];
  long n = atol(argv[2]), start = 0;
  int file = -1, ends[2];
  if (!strcmp(what, "read")) {
    file = open("bench-data", O_CREAT | O_RDWR, 0644);
    for (int i = 0; i < 16; i++) if (write(file, block, sizeof block) < 0) return 1;
  }
  if (!strcmp(what, "write")) file = open("bench-data", O_CREAT | O_TRUNC | O_RDWR, 0644);
  if (pipe(ends)) return 1;
  start = now();
  if (!strcmp(what, "getppid")) for (long i = 0; i < n; i++) syscall(SYS_getppid);
  if (!strcmp(what, "clock")) for (long i = 0; i < n; i++) syscall(SYS_clock_gettime, CLOCK_MONOTONIC, block);
  if (!strcmp(what, "pipe")) for (long i = 0; i < n; i++) { if (write(ends[1], block, 4096) < 0 || read(ends[0], block, 4096) < 0) return 1; }
  if (!strcmp(what, "read")) for (long i = 0; i < n; i++) if (pread(file, block, sizeof block, (i % 16) * sizeof block) < 0) return 1;
  if (!strcmp(what, "write")) for (long i = 0; i < n; i++) if (pwrite(file, block, sizeof block, (i % 16) * sizeof block) < 0) return 1;
  if (!strcmp(what, "fork")) for (long i = 0; i < n; i++) { pid_t p = fork(); if (p == 0) _exit(0); waitpid(p, 0, 0); }
  if (!strcmp(what, "exec")) for (long i = 0; i < n; i++) { pid_t p = fork(); if (p == 0) { execl("./program", "program", "nothing", "0", (char *)0); _exit(1); } waitpid(p, 0, 0); }
  if (!strcmp(what, "script")) for (long i = 0; i < n; i++) { pid_t p = fork(); if (p == 0) { execl("./busybox", "busybox", "sh", "./script", (char *)0); _exit(1); } waitpid(p, 0, 0); }
  if (!strcmp(what, "nothing")) return 0;
  printf("%f\\n", (double)(now() - start) / n);
  return 0;
}`;

const directory = mkdtempSync(join(tmpdir(), 'capos-posix-bench-'));
const program = join(directory, 'program');

/** A script of a hundred commands: half of them programs of their own. */
const SCRIPT = Array.from({ length: 50 }, (_, index) => `x=$((x + ${index}))\n./busybox true\n`).join('');
const BUSYBOX = ['/bin/busybox', '/usr/bin/busybox'].find((path) => existsSync(path));

function compile(): string | undefined {
  writeFileSync(`${program}.c`, PROGRAM);
  writeFileSync(join(directory, 'script'), SCRIPT);
  if (BUSYBOX !== undefined) copyFileSync(BUSYBOX, join(directory, 'busybox'));
  for (const compiler of ['musl-gcc', 'gcc']) {
    try {
      execFileSync(compiler, ['-O2', '-static', '-w', `${program}.c`, '-o', program], { stdio: 'pipe' });
      return undefined;
    } catch {
      // The next one may do.
    }
  }
  return 'no C compiler that links statically';
}

/** What the loop took inside, nanoseconds a turn. */
function inside(what: string, turns: number): number {
  let output = '';
  const console: ConsoleBackend = {
    write(bytes) {
      output += new TextDecoder().decode(bytes);
      return bytes.length;
    },
    onInput: (callback) => callback(null),
    size: () => ({ columns: 80, rows: 24, isTerminal: false }),
    setRaw() {},
    onInterrupt() {},
  };
  const machine = createMachine({ ramBytes: 128 * 2 ** 20, clock: nodeClock, entropy: nodeEntropy });
  const kernel = createKernel({ machine, console, wallClock: nodeWallClock });
  const { grants, mounts } = grantDirectories(kernel, {
    mounts: [{ guest: '/bench', host: directory, readOnly: false }],
  });
  const process = kernel.spawn({
    name: 'program',
    image: readFileSync(program),
    arguments: ['program', what, String(turns)],
    grants: { console: kernel.objects.console, timer: kernel.objects.timer, ...grants },
    personality: createPosixPersonality({ mounts, cwd: '/bench' }),
  });
  while (process.status === undefined) kernel.step();
  const nanoseconds = Number(output);
  if (!(nanoseconds > 0))
    throw new Error(`the program said "${output}" and ended as ${JSON.stringify(process.status)}`);
  return nanoseconds;
}

function outside(what: string, turns: number): number {
  return Number(execFileSync(program, [what, String(turns)], { cwd: directory, encoding: 'utf8' }));
}

function inQemu(what: string, turns: number): number {
  return Number(execFileSync(QEMU, [program, what, String(turns)], { cwd: directory, encoding: 'utf8' }));
}

/**
 * What gVisor publishes of itself, as parts or multiples of what it measured with runc on the same machine (google/gvisor,
 * website/performance: syscall.csv, fio-tmpfs.csv; shown in its performance guide). It has no figures for the other rows.
 */
const GVISOR: Readonly<Record<string, readonly { readonly name: string; readonly ratio: number }[]>> = {
  getppid: [
    { name: 'gVisor ptrace, published', ratio: 38_219 / 1939 },
    { name: 'gVisor KVM, published', ratio: 763 / 1939 },
  ],
  'read-64k': [{ name: 'gVisor tmpfs, published', ratio: 2_533_604_352 / 4_240_686_080 }],
  'write-64k': [{ name: 'gVisor tmpfs, published', ratio: 1_207_536_640 / 3_029_744_640 }],
};

const KIB_64 = 65_536;
/** Nanoseconds for 64 KiB as MiB a second. */
const throughput = (nanoseconds: number): number => (KIB_64 / 2 ** 20 / nanoseconds) * 1e9;

area('posix', async (suite) => {
  const missing = compile();
  if (missing !== undefined) {
    suite.skip('getppid', missing);
    return;
  }
  const qemu = hasQemu();
  if (!qemu) suite.skip('getppid', `there is no ${QEMU} to compare with`);
  /** A row against Linux, one against qemu-user where that is, and what gVisor says of itself. */
  const both = async (name: string, unit: string, what: string, turns: number, of: (ns: number) => number) => {
    const ours = () => of(inside(what, turns));
    await suite.compare({ name, unit, rounds: 7, ours, rival: { name: 'Linux', run: () => of(outside(what, turns)) } });
    if (qemu) {
      const rival = { name: 'qemu-user', run: () => of(inQemu(what, turns)) };
      await suite.compare({ name, unit, rounds: 5, ours, rival });
    }
    const published = GVISOR[name];
    if (published === undefined) return;
    await suite.compare({
      name,
      unit: '× Linux',
      rounds: 5,
      ours: () => ours() / of(outside(what, turns)),
      rival: published.map((each) => ({ name: each.name, run: () => each.ratio })),
    });
  };
  const time = (name: string, what: string, turns: number) => both(name, 'ns', what, turns, (ns) => ns);
  const rate = (name: string, what: string, turns: number) => both(name, 'MiB/s', what, turns, throughput);
  await time('getppid', 'getppid', 500_000);
  await time('clock-gettime', 'clock', 200_000);
  await time('pipe-4k', 'pipe', 20_000);
  await rate('read-64k', 'read', 20_000);
  await rate('write-64k', 'write', 10_000);
  await time('fork-exit-wait', 'fork', 200);
  await time('fork-exec-wait', 'exec', 50);
  if (BUSYBOX === undefined) suite.skip('busybox-script-100', 'there is no busybox');
  else await time('busybox-script-100', 'script', 2);
  await goHttp(suite);
});

/** A Go net/http server, asked from outside over one connection. More about servers is in the area `network`. */
async function goHttp(suite: Suite): Promise<void> {
  const http = buildGo('http', directory);
  if (http === null) {
    suite.skip('go-http', 'go is not installed');
    return;
  }
  const server = { name: 'go-http', program: http, requests: 500, warmUp: 4000 };
  const servers = await startServers({ ...server, args: (port) => [String(port)] }, directory);
  const { inside: ours, native, qemu, stop } = servers;
  const rivals = [
    { name: 'Linux', server: native },
    ...(qemu === undefined ? [] : [{ name: 'qemu-user', server: qemu }]),
  ];
  try {
    await suite.compare({
      name: 'go-http',
      unit: 'requests/s',
      rounds: 7,
      ours: () => ours.rate(1),
      rival: rivals.map((rival) => ({ name: rival.name, run: () => rival.server.rate(1) })),
    });
    await suite.compare({
      name: 'go-http',
      unit: '× Linux',
      rounds: 5,
      ours: async () => (await ours.rate(1)) / (await native.rate(1)),
      rival: GVISOR_SERVERS.map((each) => ({ name: each.name, run: () => each.ratio })),
    });
  } finally {
    stop();
  }
}
