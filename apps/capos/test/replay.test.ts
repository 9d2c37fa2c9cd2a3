// A run that was recorded is run again to the same state, whatever has become of the files, the clock and the tier.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from './support/capos.ts';
import { replayedRun, type Typing } from './support/replayed-run.ts';

const PROGRAM = `
#include <dirent.h>
#include <stdio.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>
static void now(const char *what) {
  struct timespec t, u;
  clock_gettime(CLOCK_REALTIME, &t);
  clock_gettime(CLOCK_MONOTONIC, &u);
  printf("%s at %ld.%09ld, %ld.%09ld\\n", what, t.tv_sec, t.tv_nsec, u.tv_sec, u.tv_nsec);
  fflush(stdout);
}
int main(void) {
  unsigned long random;
  char line[100];
  getrandom(&random, sizeof random, 0);
  printf("random %lx\\n", random);
  usleep(20000);
  now("slept");
  while (fgets(line, sizeof line, stdin)) now(line);
  FILE *file = fopen("/d/data", "r+");
  if (file && fgets(line, sizeof line, file)) printf("file: %s", line);
  if (file) fputs("written", file), fclose(file);
  DIR *directory = opendir("/d");
  for (struct dirent *entry; directory && (entry = readdir(directory));) printf("entry %s\\n", entry->d_name);
  double sum = 0;
  for (int i = 1; i < 200000; i++) sum += 1.0 / i;
  printf("%.17g\\n", sum);
  return 6;
}
`;
const hasCompiler = spawnSync('gcc', ['--version']).status === 0;

describe.skipIf(!hasCompiler)('a repeatable run', () => {
  let directory = '';
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'capos-replay-'));
    mkdirSync(join(directory, 'd'));
    writeFileSync(join(directory, 'program.c'), PROGRAM);
    execFileSync('gcc', ['-O1', '-static', '-o', join(directory, 'program'), join(directory, 'program.c')]);
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  /** Lines are typed one at a time, each once the one before has been answered. */
  const run = (args: readonly string[], lines: readonly string[] = []): Promise<Outcome> =>
    replayedRun(
      directory,
      args,
      lines.length === 0 ? [] : [...lines.map((line): Typing => [/ at .*\n/, line]), [/ at .*\n/, null]],
    );

  test('is recorded with its input, clock, randomness and files, and replayed in either tier', async () => {
    const data = join(directory, 'd/data');
    writeFileSync(data, 'first contents\n');
    const recorded = await run(['--record', 'log', '--mount', '/d=d', '--', './program'], ['one\n', 'two\n']);
    expect(recorded.status).toBe(6);
    const output = recorded.stdout.toString();
    expect(output).toMatch(
      /random .*\nslept at .*\none\n at .*\ntwo\n at .*\nfile: first contents\n[\s\S]*entry data\n/,
    );
    expect(readFileSync(data, 'utf8')).toBe('first contents\nwritten');
    const hash = /to state ([0-9a-f]{32})/.exec(recorded.stderr)![1]!;
    writeFileSync(data, 'other contents, longer than before\n');
    for (const tier of [[], ['--translate-after', '1'], ['--translate-after', 'never']]) {
      const replayed = await run(['--replay', 'log', '--mount', '/d=d', ...tier, '--', './program'], []);
      expect(replayed.stdout.toString()).toBe(output);
      expect(replayed.stderr).toContain(`replayed to the same state, ${hash}`);
      expect(replayed.status).toBe(6);
    }
    // A replay changes no file.
    expect(readFileSync(data, 'utf8')).toBe('other contents, longer than before\n');
  });

  test('is refused in words when something else is replayed, or the log is damaged', async () => {
    await run(['--record', 'log2', '--mount', '/d=d', '--', './program'], ['one\n']);
    const other = await run(['--replay', 'log2', '--mount', '/d=d', '--', './program', 'argument']);
    expect([other.status, other.stderr]).toEqual([125, expect.stringContaining('give the same program and flags')]);
    const log = readFileSync(join(directory, 'log2'));
    const damaged: readonly Buffer[] = [
      Buffer.from('nothing'),
      log.subarray(0, log.length * 0.7),
      log.subarray(0, 300),
    ];
    for (const bytes of damaged) {
      writeFileSync(join(directory, 'damaged'), bytes);
      const { status, stderr } = await run(['--replay', 'damaged', '--mount', '/d=d', '--', './program']);
      expect([status, stderr]).toEqual([125, expect.stringMatching(/log|recorded/)]);
    }
    const both = await run(['--record', 'a', '--timeout', '5s', '--', './program']);
    expect([both.status, both.stderr]).toEqual([125, expect.stringContaining('--timeout')]);
  });

  test('with a seed and virtual time is the same each time, and waits for nothing', async () => {
    const runs = await Promise.all(
      [[], ['--translate-after', '1']].map((tier) =>
        run(['--seed', '5', '--virtual-time', ...tier, '--', './program']),
      ),
    );
    expect(runs[0]!.stdout.toString()).toContain('slept at 1577836800.02');
    expect(runs[0]!.stdout.toString()).toBe(runs[1]!.stdout.toString());
    const other = await run(['--seed', '6', '--virtual-time', '--', './program']);
    expect(other.stdout.toString()).not.toBe(runs[0]!.stdout.toString());
  });
});
