// Suites of C programs that say something: each compiled by itself, and right when it says the same as on the host's processor, and
// ends the same way: well, or by the same signal.
//
// Every program runs twice inside, once interpreted from beginning to end and once with everything translated at its first entry. What
// qemu-x86_64 makes of the same programs is found out beside it, where qemu-user is installed: it is the score to beat.
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { guestRoot, rootWithScratch } from '../guest-root.ts';
import { describeEnding, type JudgeUnit, type RunOutcome } from '../judge.ts';
import type { JudgeCache } from '../judge-cache.ts';

const execute = promisify(execFile);

/** Some run for four seconds on the host's processor, and are to be interpreted to the end. */
const TIMEOUT_SECONDS = 900;
const HOST_TIMEOUT_SECONDS = 20;
/** A program that says more is judged by so much of it. */
const JUDGED_OUTPUT = 15 * 2 ** 20;
const COMPILER = 'gcc';
const LIBRARIES = ['-lpthread', '-lm', '-lrt'];

/** Tried in turn: programs want their extensions named, or write their assembly the other way. */
const FLAGS: readonly (readonly string[])[] = [
  ['-O1'],
  ['-O1', '-msse4.2', '-mssse3', '-mfpmath=sse'],
  [
    '-O1',
    ...['avx', 'avx2', 'fma', 'bmi', 'bmi2', 'lzcnt', 'f16c', 'aes', 'pclmul', 'xsave'].map((name) => `-m${name}`),
  ],
  ['-O1', '-mavx', '-masm=intel'],
];

const TIERS: readonly (readonly [name: string, translateAfter: number])[] = [
  ['interpreted', Number.POSITIVE_INFINITY],
  ['translated', 1],
];

export interface Program {
  readonly name: string;
  /** Where it lies among the built ones, if not under its name: runs of one program may differ in their arguments. */
  readonly file?: string;
  readonly source: string;
  readonly arguments: readonly string[];
}

const fileOf = (built: string, { name, file }: Program): string => join(built, file ?? name);

/** Compiles what compiles; the rest is for other processors, or for a test bed that is not here. */
export async function compilePrograms(
  programs: readonly Program[],
  into: string,
  include: readonly string[],
): Promise<void> {
  const waiting = [...programs];
  const compileNext = async (): Promise<void> => {
    for (let program = waiting.shift(); program !== undefined; program = waiting.shift()) {
      const target = join(into, program.name);
      mkdirSync(dirname(target), { recursive: true });
      const folders = [dirname(program.source), ...include].map((folder) => `-I${folder}`);
      for (const flags of FLAGS) {
        try {
          await execute(COMPILER, ['-static', '-w', ...flags, ...folders, program.source, '-o', target, ...LIBRARIES]);
          break;
        } catch {
          // The next flags, or none.
        }
      }
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, compileNext));
}

/** The units of those programs that have been compiled. */
export async function programUnits(
  cache: JudgeCache,
  built: string,
  programs: readonly Program[],
  { unsteady }: HostFacts,
): Promise<JudgeUnit[]> {
  const root = await guestRoot(cache);
  return programs
    .filter((program) => existsSync(fileOf(built, program)))
    .flatMap((program) =>
      TIERS.map(([tier, translateAfter]) =>
        unitOf(root, built, program, tier, translateAfter, comparisonOf(program, unsteady)),
      ),
    );
}

function unitOf(
  root: string,
  built: string,
  program: Program,
  tier: string,
  translateAfter: number,
  comparison: Comparison,
): JudgeUnit {
  const file = fileOf(built, program);
  const name = `${program.name}, ${tier}`;
  return {
    name,
    run: (scratch) => ({
      program: file,
      path: `/judged/${basename(file)}`,
      arguments: program.arguments,
      environment: [],
      workingDirectory: '/tmp',
      mounts: [...rootWithScratch(root, scratch), { guest: '/judged', host: dirname(file), readOnly: true }],
      timeoutSeconds: TIMEOUT_SECONDS,
      memoryMiB: 512,
      network: 'loopback',
      translateAfter,
    }),
    verdicts: (outcome, native) => new Map([[name, compiledVerdict(outcome, native, comparison)]]),
  };
}

/**
 * How much of what a program says is judged: each byte; its lines in any order, where threads say them and it depends on the day
 * whose turn it is; or nothing, only how it ends.
 */
export type Comparison = 'bytes' | 'lines' | 'ending';

function comparisonOf({ name, source }: Program, unsteady: readonly string[]): Comparison {
  if (unsteady.includes(name)) return 'ending';
  return statSync(source).isFile() && readFileSync(source, 'latin1').includes('<pthread.h>') ? 'lines' : 'bytes';
}

/** Ends well, or by the signal that ends it on Linux, and says the same. */
export function compiledVerdict(outcome: RunOutcome, native: RunOutcome | undefined, comparison: Comparison): boolean {
  if (native === undefined) return endedWell(outcome) || outcome.ending.how === 'killed';
  return describeEnding(outcome) === describeEnding(native) && saysTheSame(outcome.stdout, native.stdout, comparison);
}

const endedWell = ({ ending }: RunOutcome): boolean => ending.how === 'exited' && ending.code === 0;

function saysTheSame(one: Uint8Array, other: Uint8Array, comparison: Comparison): boolean {
  if (comparison === 'ending') return true;
  const judged = [one, other].map((output) => Buffer.from(output.subarray(0, JUDGED_OUTPUT)).toString('latin1'));
  const [left, right] = comparison === 'bytes' ? judged : judged.map((text) => text.split('\n').sort().join('\n'));
  return left === right;
}

/** What the host says of the programs, remembered in the cache. */
export interface HostFacts {
  /** How many of the programs that end well say the same under qemu-x86_64, or why that is not known. */
  readonly emulator: string;
  /** Programs that say something else each time they run: addresses, times, whose turn it was. Only how they end is judged. */
  readonly unsteady: readonly string[];
}

export function hostFacts(built: string, programs: readonly Program[]): HostFacts {
  const memory = `${built}.facts.json`;
  if (existsSync(memory)) return JSON.parse(readFileSync(memory, 'utf8')) as HostFacts;
  const emulator = 'qemu-x86_64';
  const found = spawnSync(emulator, ['--version'], { encoding: 'utf8' });
  const version = /version (\S+)/.exec(found.stdout ?? '')?.[1];
  const options = { timeout: HOST_TIMEOUT_SECONDS * 1000, cwd: '/tmp', env: {}, maxBuffer: 2 ** 27 };
  const unsteady: string[] = [];
  const wrong: string[] = [];
  const natives = programs
    .map((program) => ({ program, file: fileOf(built, program) }))
    .filter(({ file }) => existsSync(file))
    .map((one) => ({ ...one, native: spawnSync(one.file, one.program.arguments, options) }))
    .filter(({ native }) => native.status === 0);
  // What tells the time in seconds is to say something else the second time.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1100);
  for (const { program, file, native } of natives) {
    const again = spawnSync(file, program.arguments, options);
    if (!saysTheSame(again.stdout, native.stdout, comparisonOf(program, []))) unsteady.push(program.name);
    if (version === undefined) continue;
    const emulated = spawnSync(emulator, ['-cpu', 'max', file, ...program.arguments], { ...options, env: process.env });
    const same = saysTheSame(emulated.stdout ?? Buffer.alloc(0), native.stdout, comparisonOf(program, unsteady));
    if (emulated.status !== 0 || !same) wrong.push(program.name);
  }
  const score = `${emulator} ${version}: ${natives.length - wrong.length} of ${natives.length}${wrong.length > 0 ? `, not ${wrong.join(' ')}` : ''}`;
  const facts: HostFacts = { emulator: version === undefined ? `${emulator} is not installed` : score, unsteady };
  writeFileSync(memory, JSON.stringify(facts));
  return facts;
}
