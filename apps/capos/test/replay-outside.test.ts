// What comes into a run by terminal and network is in its log: Go's runtime, bash at a terminal, and sockets, replayed in either tier.
import { execFileSync, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { replayedRun, type Typing } from './support/replayed-run.ts';

const GO = `package main
import ("bufio"; "fmt"; "os"; "sync"; "time")
func main() {
	results := make(chan int, 10)
	counts := map[string]int{}
	var lock sync.Mutex
	var group sync.WaitGroup
	for i := 0; i < 20; i++ {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			for j := 0; j < 200; j++ {
				lock.Lock(); counts[fmt.Sprint(i*j%97)]++; lock.Unlock()
				if j%100 == 0 { results <- i }
			}
		}(i)
	}
	go func() { group.Wait(); close(results) }()
	sum := 0
	for value := range results { sum = sum*31 + value }
	fmt.Println("sum", sum)
	for name, count := range counts { fmt.Println("some count", name, count); break }
	ticker := time.NewTicker(2 * time.Millisecond)
	for i := 0; i < 3; i++ { fmt.Println("tick", (<-ticker.C).UnixNano()) }
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() { fmt.Println("line", lines.Text(), time.Now().UnixNano()) }
}
`;

const SOCKETS = `
#include <arpa/inet.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
static char bytes[70000];
static void now(const char *what) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  printf("%s at %ld.%09ld\\n", what, t.tv_sec, t.tv_nsec);
  fflush(stdout);
}
static int client(int port) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
  int s = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(s, (void *)&to, sizeof to)) return 1;
  now("connected");
  dprintf(s, "hello from inside\\n");
  shutdown(s, SHUT_WR);
  long total = 0, sum = 0, n;
  while ((n = read(s, bytes, sizeof bytes)) > 0) {
    total += n;
    for (long i = 0; i < n; i++) sum = sum * 31 + bytes[i];
  }
  printf("%ld bytes, sum %lx\\n", total, sum);
  now("read");
  int u = socket(AF_INET, SOCK_DGRAM, 0);
  sendto(u, "ping", 4, 0, (void *)&to, sizeof to);
  struct pollfd waiting = {u, POLLIN};
  if (poll(&waiting, 1, 60000) > 0) printf("datagram of %ld\\n", (long)recv(u, bytes, sizeof bytes, 0));
  now("heard");
  to.sin_port = htons(1);
  s = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(s, (void *)&to, sizeof to)) perror("refused");
  return 0;
}
static int server(int port) {
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port)};
  int s = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(s, (void *)&at, sizeof at) || listen(s, 5)) return 1;
  now("listening");
  for (int i = 0; i < 2; i++) {
    int c = accept(s, 0, 0);
    now("accepted");
    long n;
    while ((n = read(c, bytes, sizeof bytes)) > 0) {
      now("got");
      for (long k = 0; k < n; k++) bytes[k] ^= 32;
      if (write(c, bytes, n) != n) return 2;
    }
    close(c);
  }
  return 0;
}
int main(int argc, char **argv) { return (argv[1][0] == 'c' ? client : server)(atoi(argv[2])); }
`;

const works = (program: string, argument: string): boolean => spawnSync(program, [argument]).status === 0;
const BASH = '/bin/bash';
const TIERS = ['100', 'never'];

describe('a recorded run', { timeout: 600_000 }, () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'capos-replay-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Records a run, then replays it in every tier with nobody outside. */
  const recordAndReplay = async (
    flags: readonly string[],
    command: readonly string[],
    typing: readonly Typing[] = [],
    meanwhile?: () => Promise<void>,
  ): Promise<string> => {
    const [recorded] = await Promise.all([
      replayedRun(folder, ['--record', 'log', ...flags, '--', ...command], typing),
      meanwhile?.(),
    ]);
    const output = recorded.stdout.toString('latin1');
    const hash = /to state ([0-9a-f]{32})/.exec(recorded.stderr)?.[1];
    expect(hash, `${output}${recorded.stderr}`).toBeDefined();
    for (const tier of TIERS) {
      const replayed = await replayedRun(folder, [
        '--replay',
        'log',
        ...flags,
        '--translate-after',
        tier,
        '--',
        ...command,
      ]);
      expect(replayed.stderr).toContain(`replayed to the same state, ${hash}`);
      expect(replayed.stdout.toString('latin1')).toBe(output);
      expect(replayed.status).toBe(recorded.status);
    }
    return output;
  };

  test.skipIf(!works('go', 'version'))(
    'of a Go program is replayed: goroutines, timers, input (needs go)',
    async () => {
      writeFileSync(join(folder, 'program.go'), GO);
      execFileSync('go', ['build', '-o', 'go-program', 'program.go'], {
        cwd: folder,
        env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=mod', GO111MODULE: 'off' },
      });
      const output = await recordAndReplay(
        [],
        ['./go-program'],
        [
          [/(tick .*\n){3}/, 'one\n'],
          [/line one .*\n/, 'two\n'],
          [/line two .*\n/, null],
        ],
      );
      expect(output).toMatch(/^sum -?\d+\nsome count \d+ \d+\n(tick \d+\n){3}line one \d+\nline two \d+\n$/);
    },
  );

  test.skipIf(!existsSync(BASH))(
    'of bash at a terminal is replayed: line editing, jobs, Ctrl-C (needs bash)',
    async () => {
      const mounts = ['/bin', '/lib', '/lib64', '/usr'].filter((one) => existsSync(one));
      const output = await recordAndReplay(
        [
          '--tty',
          ...mounts.flatMap((one) => ['--mount', `${one}=${one}:ro`]),
          '--env',
          'PS1=here> ',
          '--env',
          'TERM=xterm',
        ],
        [BASH, '--norc', '--noprofile', '-i'],
        [
          // An erased character, an arrow, the end of the line: readline's keys.
          [/here> /, 'echo $((6*7)) $RANDOM x\x7f\x1b[D\x05\r'],
          [/[\r\n]42 \d+[\s\S]*here> /, 'sleep 0.01 & wait; echo slept at $EPOCHREALTIME\r'],
          [/[\r\n]slept at \d[\s\S]*here> /, 'echo wai""ting; read line\r'],
          [/[\r\n]waiting/, '\x03'],
          [/here> /, 'ls / | sort | head -3; exit 5\r'],
        ],
      );
      expect(output).toMatch(/[\r\n]slept at [\s\S]*[\r\n]waiting[\s\S]*[\r\n]bin/);
    },
  );

  const withSockets = describe.skipIf(!works('gcc', '--version'));
  withSockets('over the network (needs gcc)', () => {
    beforeAll(() => {
      writeFileSync(join(folder, 'sockets.c'), SOCKETS);
      execFileSync('gcc', ['-O1', '-static', '-o', join(folder, 'sockets'), join(folder, 'sockets.c')]);
    });

    test('as a client is replayed with no server there: streams, datagrams, refusals', async () => {
      const server = createServer({ allowHalfOpen: true }, (socket) => {
        socket.on('error', () => {});
        socket.resume();
        socket.on('end', () => {
          for (let piece = 0; piece < 8; piece++) socket.write(Buffer.alloc(40_000, piece));
          socket.end();
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      const datagrams = createSocket('udp4', (_message, from) => datagrams.send('pong!', from.port, from.address));
      await new Promise<void>((resolve) => datagrams.bind(port, '127.0.0.1', resolve));
      const flags = ['--net', `connect:127.0.0.1:${port},127.0.0.1:1`];
      const heard = new Promise<void>((resolve) =>
        server.once('connection', (socket) => socket.on('close', () => resolve())),
      );
      const output = await recordAndReplay(flags, ['./sockets', 'client', String(port)], [], async () => {
        await heard;
        // The replays are on their own.
        server.close();
      });
      datagrams.close();
      expect(output).toMatch(/^connected at .*\n320000 bytes, sum .*\nread at .*\ndatagram of 5\nheard at /);
    });

    test('as a server is replayed with nobody who comes', async () => {
      const ask = (port: number, text: string): Promise<string> =>
        new Promise((resolve, reject) => {
          const socket = connect(port, '127.0.0.1');
          let answer = '';
          socket.on('data', (bytes) => {
            answer += bytes;
            if (answer.length === text.length) socket.end();
          });
          socket.on('error', reject);
          socket.on('close', () => resolve(answer));
          socket.write(text);
        });
      const free = createServer();
      await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
      const { port } = free.address() as AddressInfo;
      await new Promise((resolve) => free.close(resolve));
      const answers: string[] = [];
      const output = await recordAndReplay(['--publish', `${port}:80`], ['./sockets', 'server', '80'], [], async () => {
        while (answers.length < 2) {
          await ask(port, `Hello${answers.length}`).then(
            (answer) => answers.push(answer),
            // It does not listen yet.
            () => new Promise((resolve) => setTimeout(resolve, 100)),
          );
        }
      });
      expect(answers).toEqual(['hELLO\x10', 'hELLO\x11']);
      expect(output).toMatch(/^listening at .*\n(accepted at .*\n(got at .*\n)+){2}$/);
    });
  });
});
