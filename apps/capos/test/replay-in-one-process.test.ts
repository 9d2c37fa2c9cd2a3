// What a run counts it counts by itself: recorded and replayed in one JavaScript process, it comes to the same state each time.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { execute } from './support/capos.ts';

// Asks for every number that the shim gives out.
const PROGRAM = `
#define _GNU_SOURCE
#include <fcntl.h>
#include <mqueue.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
static void inode(const char *what, int fd) {
  struct stat s;
  if (fd < 0 || fstat(fd, &s) < 0) perror(what);
  else printf("%s %lx\\n", what, (unsigned long)s.st_ino);
}
int main(void) {
  int ends[2];
  pipe(ends);
  inode("pipe", ends[0]);
  inode("socket", socket(AF_UNIX, SOCK_STREAM, 0));
  inode("memory file", memfd_create("m", 0));
  inode("queue", mq_open("/q", O_CREAT | O_RDWR, 0600, NULL));
  const char *const paths[] = {"/", "/dev", "/dev/fd/", "/proc", "/proc/self/fd", "/proc/stat"};
  for (int i = 0; i < 6; i++) inode(paths[i], open(paths[i], O_RDONLY));
  mkfifo("/tmp/fifo", 0600);
  inode("fifo", open("/tmp/fifo", O_RDWR));
  struct sockaddr_un name = {AF_UNIX};
  socklen_t length = sizeof name;
  int unchosen = socket(AF_UNIX, SOCK_DGRAM, 0);
  bind(unchosen, (void *)&name, sizeof(sa_family_t));
  getsockname(unchosen, (void *)&name, &length);
  printf("unchosen %s\\n", name.sun_path + 1);
  int *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  fflush(stdout);
  if (fork() == 0) _exit(*shared = 7);
  wait(NULL);
  printf("shared %d\\n", *shared);
}
`;
const hasCompiler = spawnSync('gcc', ['--version']).status === 0;

test.skipIf(!hasCompiler)(
  'a run is replayed twice in one process, after another, to the state it was recorded to',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'capos-replay-'));
    try {
      writeFileSync(join(folder, 'program.c'), PROGRAM);
      execFileSync('gcc', ['-O1', '-static', '-o', 'program', 'program.c'], { cwd: folder });
      const run = (...flags: string[]): string[] => ['run', '--tmpfs', '/tmp', ...flags, '--', './program'];
      const commands = [run(), run('--record', 'log'), run('--replay', 'log'), run('--replay', 'log')];
      const program = join(import.meta.dirname, 'support/runs-in-one-process.ts');
      const { status, stdout, stderr } = await execute(
        process.execPath,
        [program, JSON.stringify(commands)],
        '',
        folder,
      );
      const hash = /recorded to log, to state ([0-9a-f]{32})/.exec(stderr)?.[1];
      const replayed = `capos: replayed to the same state, ${hash}\n`;
      expect(stderr).toBe(`capos: recorded to log, to state ${hash}\n${replayed}${replayed}`);
      const output = stdout.toString();
      const once = output.slice(0, output.length / 4);
      expect(once).toMatch(/^pipe 30000000\nsocket 50000000\n[\s\S]*\nunchosen 00001\nshared 7\n$/);
      expect(output).toBe(once.repeat(4));
      expect(status).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
