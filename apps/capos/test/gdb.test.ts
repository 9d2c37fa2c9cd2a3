// The real GDB debugs programs inside: native and Linux, static and dynamic, with threads and faults, in either tier.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CAPOS } from './support/capos.ts';

const works = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
const reason = ['gdb', 'gcc'].filter((program) => !works(program));

const PROGRAM = `
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
double half = 0.5; int global = 1; int table[100]; static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
__attribute__((noinline)) int factorial(int n) { return n < 2 ? 1 : n * factorial(n - 1); }
__attribute__((noinline)) void fill(int n) { for (int i = 0; i < n; i++) table[i] = i * global; }
__attribute__((noinline)) void work(long id) { pthread_mutex_lock(&lock); table[0] += id; pthread_mutex_unlock(&lock); }
static void *run(void *id) { for (int i = 0; i < 20; i++) { work((long)id); usleep(500); } return 0; }
int main(int argc, char **argv) {
  int sum = 0;
  for (int i = 0; i < 100000; i++) sum += i ^ argc;
  global = factorial(5);
  fill(100);
  if (argc > 1 && atoi(argv[1]) == 1) { volatile int *p = 0; *p = 1; }
  if (argc > 1 && atoi(argv[1]) == 2) {
    pthread_t threads[3];
    for (long i = 0; i < 3; i++) pthread_create(&threads[i], 0, run, (void *)(i + 1));
    for (int i = 0; i < 3; i++) pthread_join(threads[i], 0);
  }
  if (argc > 1 && atoi(argv[1]) == 3 && write(1, "on", 2) == 2) for (;;) global++;
  printf("%d %d %f\\n", sum, global, half * 3);
  return 3;
}
`;

/** Forks twice, then becomes another program: each child would stop at `work`, too, if it were followed. */
const FORKS = `
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
int global;
__attribute__((noinline)) void work(int n) { global += n; }
int main(int argc, char **argv) {
  for (int i = 0; i < 2; i++) {
    int status;
    pid_t child = fork();
    if (child == 0) { work(100); _exit(global); }
    waitpid(child, &status, 0);
    printf("child %d\\n", WEXITSTATUS(status));
    fflush(stdout);
    work(1);
  }
  return execl(argv[1], argv[1], (char *)0);
}
`;
/** Signals itself twice, is signalled while it waits, and ends by a signal. */
const SIGNALS = `
#include <signal.h>
#include <stdlib.h>
#include <sys/time.h>
#include <unistd.h>
volatile int handled, alarms;
static void on(int signal) { if (signal == SIGALRM) alarms++; else handled++; }
int main(void) {
  struct itimerval once = { .it_value = { .tv_usec = 1000 } };
  sigset_t set, none;
  sigemptyset(&none);
  sigemptyset(&set);
  sigaddset(&set, SIGALRM);
  sigprocmask(SIG_BLOCK, &set, 0);
  signal(SIGUSR1, on);
  signal(SIGALRM, on);
  raise(SIGUSR1);
  raise(SIGUSR1);
  setitimer(ITIMER_REAL, &once, 0);
  while (alarms == 0) sigsuspend(&none);
  abort();
}
`;
const BECOMES = `
#include <stdio.h>
static int before[500];
int amount = 41;
__attribute__((noinline)) int later(int n) { amount += n; return amount + before[n]; }
int main(void) { printf("later %d\\n", later(1)); return 5; }
`;

describe.skipIf(reason.length > 0)(
  `gdb${reason.length > 0 ? ` (skipped: no ${reason.join(', no ')} here)` : ''}`,
  () => {
    let directory = '';
    beforeAll(() => {
      directory = mkdtempSync(join(tmpdir(), 'capos-gdb-'));
      writeFileSync(join(directory, 'program.c'), PROGRAM);
      for (const [name, ...flags] of [['static', '-static'], ['dynamic']]) {
        execFileSync('gcc', [
          '-g',
          '-O1',
          ...flags,
          '-o',
          join(directory, name!),
          join(directory, 'program.c'),
          '-lpthread',
        ]);
      }
      for (const [name, source] of Object.entries({ forks: FORKS, becomes: BECOMES, signals: SIGNALS })) {
        writeFileSync(join(directory, `${name}.c`), source);
        execFileSync('gcc', ['-g', '-O1', '-static', '-o', join(directory, name), join(directory, `${name}.c`)]);
      }
    });
    afterAll(() => rmSync(directory, { recursive: true }));

    /** What gdb prints for these commands, and how the program ended. */
    const debug = async (
      capos: readonly string[],
      commands: readonly string[],
      interrupts = false,
    ): Promise<{ said: string; status: number | null; output: string }> => {
      const child = spawn(process.execPath, [CAPOS, 'run', '--gdb', '0', ...capos], { cwd: directory });
      let [errors, output] = ['', ''];
      let gdb: ChildProcess | undefined;
      child.stdout.on('data', (bytes) => {
        output += bytes;
        // The program runs: whoever sits at gdb presses Ctrl-C.
        if (interrupts) gdb?.kill('SIGINT');
      });
      const port = await new Promise<string>((found, failed) => {
        child.stderr.on('data', (bytes) => {
          errors += bytes;
          const waiting = /target remote :(\d+)/.exec(errors);
          if (waiting) found(waiting[1]!);
        });
        child.on('exit', () => failed(new Error(errors)));
      });
      const debuggerProcess = spawn('gdb', [
        ...[
          '-q',
          '-nx',
          '-batch',
          '-ex',
          'set pagination off',
          '-ex',
          'set confirm off',
          '-ex',
          `target remote :${port}`,
        ],
        ...commands.flatMap((command) => ['-ex', command]),
      ]);
      let said = '';
      gdb = debuggerProcess;
      for (const stream of [debuggerProcess.stdout, debuggerProcess.stderr])
        stream.on('data', (bytes) => {
          said += bytes;
        });
      const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
      await new Promise((resolve) => debuggerProcess.on('close', resolve));
      return { said, status: await ended, output };
    };

    test('stops at functions, looks at frames and variables, steps, and lets the program end', async () => {
      const { said, status, output } = await debug(
        ['--translate-after', '100', '--', './static'],
        [
          'break factorial',
          'continue',
          'continue',
          'bt',
          'delete',
          'watch global',
          'continue',
          'p half',
          'stepi',
          'info registers rip xmm0 ymm0',
          'tbreak fill',
          'c',
          'finish',
          'c',
        ],
      );
      expect(said).toMatch(/#0 {2}factorial \(n=.*4\).*\n#1 .*factorial \(n=.*5\).*\n#2 .*main \(argc=1/);
      expect(said).toMatch(/watchpoint 2: global[\s\S]*Old value = 1\s+New value = 120/);
      expect(said).toContain('$1 = 0.5');
      expect(said).toMatch(/rip +0x[0-9a-f]+ +0x[0-9a-f]+ <main\+/);
      expect(said).toMatch(/v8_float/);
      expect(said).toMatch(/breakpoint 3, fill \(n=.*100\)[\s\S]*\nmain \(argc=1.*\n16\t/);
      expect(said).toContain('exited with code 03');
      expect({ status, output }).toEqual({ status: 3, output: '704982704 120 1.500000\n' });
    });

    test('finds the libraries of a dynamic program, and shows a fault before the program ends by it', async () => {
      const { said, status } = await debug(
        ['--mount', '/=/:ro', '--', './dynamic', '1'],
        ['break fill', 'c', 'info sharedlibrary', 'rwatch table[3]', 'delete', 'c', 'bt 1', 'p table[3]', 'c'],
      );
      expect(said).toMatch(/Yes.*target:.*libc\.so\.6/);
      expect(said).toMatch(/received signal SIGSEGV[\s\S]*\*p = 1/);
      expect(said).toContain('= 360');
      expect(said).toContain('terminated with signal SIGSEGV');
      expect(status).toBe(139);
    });

    test('stops at signals before they take effect, and delivers them or not', async () => {
      const { said, status } = await debug(
        ['--', './signals'],
        ['c', 'signal 0', 'p handled', 'stepi', 'bt 2', 'c', 'p handled', 'p alarms', 'bt', 'c'],
      );
      expect(said).toMatch(/received signal SIGUSR1[\s\S]*received signal SIGUSR1[\s\S]*\$1 = 0/);
      expect(said).toMatch(/#0 {2}on \(.*\n#1 {2}<signal handler called>/);
      // SIGALRM is passed to the program without a stop, as gdb wants it.
      expect(said).not.toContain('received signal SIGALRM');
      expect(said).toMatch(/received signal SIGABRT[\s\S]*\$2 = 1[\s\S]*\$3 = 1[\s\S]* in main \(/);
      expect(said).toContain('terminated with signal SIGABRT');
      expect(status).toBe(134);
    });

    test('tells threads apart, and stops one of them by a condition', async () => {
      const { said, status } = await debug(
        ['--translate-after', '1', '--', './static', '2'],
        [
          'break work if id == 3',
          'c',
          'info threads',
          'thread apply all bt 1',
          'delete',
          'set scheduler-locking on',
          'next',
          'set scheduler-locking off',
          'detach',
        ],
      );
      expect(said).toMatch(/Thread 4 hit Breakpoint 1, work \(id=.*3\)/);
      expect(said).toMatch(/\* 4 .*work \(id=.*3\)/);
      expect(said.match(/^Thread \d \(/gm)).toHaveLength(4);
      expect(said).toContain('detached');
      expect(status).toBe(3);
    });

    test('leaves forked children alone, and follows a process that becomes another program', async () => {
      const { said, status, output } = await debug(
        ['--mount', `${directory}=${directory}:ro`, '--', './forks', join(directory, 'becomes')],
        [
          ...['set breakpoint pending on', 'break work', 'break later', 'continue', 'bt 1', 'continue', 'delete 1'],
          ...[
            'watch global',
            'continue',
            'delete 3',
            'continue',
            'bt',
            'p amount',
            'watch amount',
            'continue',
            'continue',
          ],
          'continue',
        ],
      );
      expect(said.match(/Breakpoint 1, work \(n=(n@entry=)?1\)/g)).toHaveLength(2);
      expect(said).not.toContain('100)');
      expect(said).toMatch(/watchpoint 3: global[\s\S]*Old value = 1\s+New value = 2/);
      expect(said).toMatch(/is executing new program: .*becomes/);
      expect(said).toMatch(/Breakpoint 2, later \(n=(n@entry=)?1\)[\s\S]*\n#1 .* in main /);
      expect(said).toMatch(/\$1 = 41[\s\S]*watchpoint 4: amount[\s\S]*Old value = 41\s+New value = 42/);
      expect({ status, output }).toEqual({ status: 5, output: 'child 100\nchild 101\nlater 42\n' });
    });

    test('interrupts a program that runs for ever, and ends it', async () => {
      const { said, status } = await debug(['--', './static', '3'], ['c', 'bt 1', 'p global >= 120', 'kill'], true);
      expect(said).toMatch(/received signal SIGINT[\s\S]*#0 .*main \(/);
      expect(said).toContain('$1 = 1');
      expect(status).toBe(137);
    });
  },
);
