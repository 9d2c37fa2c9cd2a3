// Calls and their answers through the kernel: between two ELF processes on the machine, and between two hosted programs.
//
// Time is the processor time of this thread, by which the guests' clock runs too: what else this computer does is not measured,
// nor what V8 compiles meanwhile in threads of its own.
// The rival of the ELF row is the same exchange on this host: two native processes that pass 64 bytes back and forth over two
// pipes, pinned to one CPU like our two, in the processor time of both. It is compiled here, and left out where there is no C
// compiler. Hosted programs call one another in a process of their own, and beside it in this one, where the same code serves
// programs of every kind. The row `elf-call-64-general` is the same as `elf-call-64` with the fast path switched off.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { area } from '@capos/tooling/bench';
import { RecordedConsole } from '@capos/tooling/recorded-console';
import { createMachine } from '@capos/x86-machine';
import { createKernel, FastPath, type Kernel } from '../src/index.ts';
import { clock, entropy, HOSTED_CALLS, HostedPair } from './hosted-pair.ts';

/** Processes are new in each sample, and what they run is translated after a while: long enough for that not to matter. */
const ELF_CALLS = 100_000;

const PIPE_PING_PONG = `
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
static long cpu_ns(int who) {
  struct rusage used;
  getrusage(who, &used);
  return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000000L + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1000L;
}
int main(int argc, char **argv) {
  long n = atol(argv[1]); int to[2], from[2]; char m[64] = {0};
  if (pipe(to) || pipe(from)) return 1;
  if (fork() == 0) { close(to[1]); while (read(to[0], m, 64) == 64) write(from[1], m, 64); return 0; }
  for (long i = 0; i < n; i++) { write(to[1], m, 64); if (read(from[0], m, 64) != 64) return 2; }
  close(to[1]); wait(NULL);
  printf("%ld %ld", n, cpu_ns(RUSAGE_SELF) + cpu_ns(RUSAGE_CHILDREN));
}`;

/** Nanoseconds per call, from the "CALLS NANOSECONDS" that the client prints. */
function perCall(output: string): number {
  const [calls, nanoseconds] = output.trim().split(' ').map(Number);
  if (!calls || !nanoseconds) throw new Error(`the client said "${output}"`);
  return nanoseconds / calls;
}

/** One machine for all samples: the interpreter's handlers are compiled and tiered up once, as in a system that runs. */
class ElfPair {
  readonly #console = new RecordedConsole();
  readonly #kernel: Kernel;
  readonly #fastPath = new FastPath();

  constructor() {
    const machine = createMachine({ ramBytes: 64 * 2 ** 20, decodedBytes: 4 * 2 ** 20, clock, entropy });
    this.#kernel = createKernel({
      machine,
      fastPath: this.#fastPath,
      console: this.#console,
    });
  }

  /** Nanoseconds per call. */
  run(calls: number, isFast = true): number {
    this.#fastPath.isOn = isFast;
    const kernel = this.#kernel;
    const endpoint = kernel.createEndpoint();
    const image = (name: string) => readFileSync(new URL(`../../libcapos/prebuilt/${name}.elf`, import.meta.url));
    this.#console.text = '';
    kernel.spawn({ name: 'server', image: image('bench-ipc-server'), grants: { bench: endpoint.owner } });
    kernel.spawn({
      name: 'client',
      image: image('bench-ipc-client'),
      arguments: ['client', String(calls)],
      grants: { bench: endpoint.facet(1n, 1n), console: kernel.objects.console, timer: kernel.objects.timer },
    });
    kernel.runUntilIdle();
    return perCall(this.#console.text);
  }
}

function compilePingPong(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'capos-bench-'));
  const source = join(folder, 'ping-pong.c');
  const binary = join(folder, 'ping-pong');
  writeFileSync(source, PIPE_PING_PONG);
  const compiled = spawnSync('cc', ['-O2', '-w', source, '-o', binary]);
  return compiled.status === 0 ? binary : undefined;
}

area('ipc', async (suite) => {
  const pingPong = compilePingPong();
  const pair = new ElfPair();
  pair.run(ELF_CALLS * 2);
  const onOneCpu = spawnSync('taskset', ['-c', '0', 'true']).status === 0 ? ['taskset', '-c', '0'] : [];
  await suite.compare({
    name: 'elf-call-64',
    unit: 'ns',
    ours: () => pair.run(ELF_CALLS),
    ...(pingPong === undefined
      ? {}
      : {
          rival: {
            name: 'native pipes, one CPU',
            run: () => {
              const [command, ...args] = [...onOneCpu, pingPong, String(ELF_CALLS)];
              return perCall(execFileSync(command!, args, { encoding: 'utf8' }));
            },
          },
        }),
    rounds: 9,
  });
  await suite.compare({
    name: 'elf-call-64-general',
    unit: 'ns',
    ours: () => pair.run(ELF_CALLS, false),
    rival: { name: 'with the fast path', run: () => pair.run(ELF_CALLS) },
    rounds: 9,
  });
  const hosted = new HostedPair();
  hosted.run(HOSTED_CALLS * 2);
  const child = fileURLToPath(new URL('./hosted-call-child.ts', import.meta.url));
  await suite.compare({
    name: 'hosted-call',
    unit: 'ns',
    ours: () => Number(execFileSync(process.execPath, [child], { encoding: 'utf8' })),
    rival: { name: 'in a process that ran the rows above', run: () => hosted.run(HOSTED_CALLS) },
    rounds: 9,
  });
});
