// Whole programs as whole processes beside the same binary on the host, under qemu-user, and interpreted only: milliseconds of CPU
// time, all threads included. Every output is compared with the host's.
//
//   NAME              one process after another in one booted machine (program-rounds.ts), the first of them not counted: what
//                     was decoded and translated for one process serves the next
//   NAME, first run   `capos run`, start of Node and everything else included: what one waits for who starts the program once
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { area, type Rival } from '@capos/tooling/bench';
import { buildGo } from './go-program.ts';
import type { Round } from './program-rounds.ts';

const ROOT = join(import.meta.dirname, '../../..');
const CAPOS = join(ROOT, 'apps/capos/src/bin.ts');
const ESBUILD = join(ROOT, 'node_modules/@esbuild/linux-x64/bin/esbuild');
const BUSYBOX = '/bin/busybox';
const ROUNDS = 2;
/** Of later runs in one machine: the first one warms it up, and the next ones still translate what had not run often enough. */
const LATER_ROUNDS = 16;
const INTERPRETED = 'interpreter only';

interface Program {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  /** Directory of the host that is the program's working directory. */
  readonly directory: string;
  /** Takes ten seconds here, and several times that interpreted. */
  readonly isLong?: boolean;
}

/** CPU milliseconds of a command that must print `expected`, as the shell's `times` tells them. */
function childMilliseconds(command: readonly string[], cwd: string, expected?: Buffer): number {
  const script = 'out=$(mktemp); "$@" >"$out"; status=$?; times >&2; cat "$out"; rm "$out"; exit $status';
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', ...command], {
    cwd,
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${command.join(' ')}: status ${status}\n${stderr}`);
  if (expected && !stdout.equals(expected)) throw new Error(`${command.join(' ')}: prints something else`);
  const children = stderr.toString().trim().split('\n').at(-1)!;
  const times = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
  return Math.max(
    times.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0) * 1000,
    1,
  );
}

const capos = ({ file, args, directory }: Program, ...flags: readonly string[]): string[] => [
  ...[process.execPath, CAPOS, 'run', ...flags, '--mount', `/work=${directory}:ro`, '--cwd', '/work', '--', file],
  ...args,
];

/** A machine that runs one program again and again. */
class BootedMachine {
  readonly #child: ReturnType<typeof spawn>;
  readonly #answers: AsyncIterator<string>;
  readonly #expected: string;

  constructor({ file, args, directory }: Program, expected: Buffer) {
    const script = join(import.meta.dirname, 'program-rounds.ts');
    const stdio = ['pipe', 'pipe', 'inherit'] as const;
    this.#child = spawn(process.execPath, [script, directory, file, ...args], { cwd: ROOT, stdio: [...stdio] });
    this.#answers = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
    this.#expected = createHash('sha256').update(expected).digest('hex');
  }

  async milliseconds(): Promise<number> {
    this.#child.stdin!.write('\n');
    const { value, done } = await this.#answers.next();
    if (done === true) throw new Error('the machine has gone');
    const { milliseconds, status, output } = JSON.parse(value) as Round;
    if (status !== 0 || output !== this.#expected) throw new Error(`status ${status}, or it prints something else`);
    return milliseconds;
  }

  end(): void {
    this.#child.stdin!.end();
  }
}

/** Lines of words, the same in every version of this repository. */
function text(bytes: number): string {
  let seed = 1;
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const word = (): string => String.fromCharCode(...Array.from({ length: 2 + next(8) }, () => 97 + next(26)));
  const words = Array.from({ length: 1000 }, word);
  let result = '';
  while (result.length < bytes) result += words[next(words.length)] + (next(7) === 0 ? '\n' : ' ');
  return result;
}

area('cpu', async (suite) => {
  const data = mkdtempSync(join(tmpdir(), 'capos-programs-'));
  writeFileSync(join(data, 'text'), text(2_000_000));
  const busybox = (name: string, ...args: string[]): Program => ({ name, file: BUSYBOX, args, directory: data });
  const bundle = ['--bundle', '--format=esm', '--platform=node', '--log-level=error', '--external:*.node'];
  const goroutines = buildGo('goroutines', data);
  if (goroutines === null) suite.skip('go-goroutines', 'go is not installed');
  const programs: Program[] = [
    // Most of this repository: the command imports nearly every package of it.
    {
      name: 'esbuild-bundle',
      file: ESBUILD,
      args: ['apps/capos/src/bin.ts', ...bundle],
      directory: ROOT,
      isLong: true,
    },
    ...(goroutines === null ? [] : [{ name: 'go-goroutines', file: goroutines, args: [], directory: data }]),
    busybox('busybox-gzip', 'gzip', '-c', 'text'),
    busybox('busybox-bzip2', 'bzip2', '-c', 'text'),
    busybox('busybox-sort', 'sort', 'text'),
  ];
  const hasQemu = spawnSync('qemu-x86_64', ['--version']).status === 0;
  for (const program of programs) {
    const { name, file, args, directory, isLong = false } = program;
    if (spawnSync(file, ['--version']).error) {
      suite.skip(name, `${file} is not there`);
      continue;
    }
    const native = [file, ...args];
    const { stdout: expected } = spawnSync(file, args, { cwd: directory, maxBuffer: 1 << 28 });
    const rivals: Rival[] = [{ name: 'native', run: () => childMilliseconds(native, directory, expected) }];
    if (hasQemu) {
      const run = (): number => childMilliseconds(['qemu-x86_64', ...native], directory, expected);
      rivals.push({ name: 'qemu-user', run });
    } else suite.skip(`${name} against qemu-user`, 'qemu-x86_64 is not installed');
    if (!isLong) {
      const run = (): number => childMilliseconds(capos(program, '--translate-after', 'never'), ROOT, expected);
      rivals.push({ name: INTERPRETED, run });
    }
    const ours = (): number => childMilliseconds(capos(program), ROOT, expected);
    await suite.compare({ name: `${name}, first run`, unit: 'ms', rounds: ROUNDS, ours, rival: rivals });

    const machine = new BootedMachine(program, expected);
    const later = rivals.filter((rival) => rival.name !== INTERPRETED);
    try {
      await suite.compare({
        name,
        unit: 'ms',
        rounds: LATER_ROUNDS,
        ours: () => machine.milliseconds(),
        rival: later,
      });
    } finally {
      machine.end();
    }
  }

  // A program that is over before translation can pay must not pay for it.
  const short = busybox('first-50-ms', 'sha256sum', 'text');
  writeFileSync(join(data, 'text'), text(400_000));
  await suite.compare({
    name: short.name,
    unit: 'ms',
    rounds: ROUNDS * 3,
    ours: () => childMilliseconds(capos(short), ROOT),
    rival: {
      name: INTERPRETED,
      run: () => childMilliseconds(capos(short, '--translate-after', 'never'), ROOT),
    },
  });
});
