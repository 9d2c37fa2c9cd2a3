// The confinement judge: nothing outside its grants is reached by any guest, whatever it lacks and whatever it tries.
//
//   matrix   each guest, with each capability withheld in turn: it ends in whatever way it can; the host survives
//   escape   a program that tries paths, links, races, descriptors and random calls, each seed with and without a network
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Failure, Score } from '../judging.ts';
import { type Arena, makeArena } from './arena.ts';
import { findProgram, type Guest, guests } from './guests.ts';

const BIN = join(import.meta.dirname, '../../src/bin.ts');
const TIMEOUT_SECONDS = 90;
/** How the command says that it itself failed, not the program. */
const COMMAND_FAILED = 125;

export interface Trial {
  readonly name: string;
  run(): Promise<readonly string[]>;
}

export interface ConfinementOptions {
  readonly seeds: number;
  readonly rounds: number;
}

/** Every trial; each answers what was violated, in words. `close` removes what was built for them. */
export function confinementTrials({ seeds, rounds }: ConfinementOptions): {
  readonly trials: readonly Trial[];
  readonly missing: string | undefined;
  close(): void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'capos-judge-'));
  const compiler = findProgram('musl-gcc');
  const compile = (name: string, source: string): Record<string, string> => {
    if (compiler === undefined) return {};
    const program = join(folder, name);
    const { status, stderr } = spawnSync(compiler, ['-static', '-O1', '-w', '-o', program, source]);
    if (status !== 0) throw new Error(`${source} does not compile: ${stderr}`);
    return { [name]: program };
  };
  const built: Record<string, string> = {
    ...compile('escape', join(import.meta.dirname, 'escape.c')),
    ...compile('sockets', join(import.meta.dirname, '../../test/programs/sockets.c')),
  };
  const matrix = guests(built).flatMap((guest) =>
    [undefined, ...guest.capabilities].map((withheld) => ({
      name: `${guest.name} ${withheld === undefined ? 'with all it needs' : `without ${withheld}`}`,
      run: () => inArena((arena) => [guest, withheld === undefined ? [] : ['--without', withheld], arena]),
    })),
  );
  const { escape: escaper } = built;
  const attempts =
    escaper === undefined
      ? []
      : Array.from({ length: seeds }, (_, index) => index + 1).flatMap((seed) =>
          [
            ['--net', 'none'],
            ['--net', 'loopback'],
          ].map((net) => ({
            name: `escape, seed ${seed}, ${net.join(' ')}`,
            run: () => inArena((arena) => [escaping(escaper, seed, rounds, arena), net, arena]),
          })),
        );
  return {
    trials: [...matrix, ...attempts],
    missing: compiler === undefined ? 'there is no musl-gcc, so the escaping program could not be built' : undefined,
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function escaping(program: string, seed: number, rounds: number, { port, token }: Arena): Guest {
  return {
    name: 'escape',
    program,
    arguments: [String(seed), String(rounds), String(port), token],
    flags: [],
    capabilities: [],
  };
}

async function inArena(
  prepare: (arena: Arena) => readonly [guest: Guest, flags: readonly string[], arena: Arena],
): Promise<readonly string[]> {
  const arena = await makeArena();
  try {
    const [guest, flags] = prepare(arena);
    const args = [
      ...['run', '--mount', `/w=${arena.granted}`, '--mount', `/r=${arena.readOnly}:ro`],
      ...['--timeout', String(TIMEOUT_SECONDS), '--memory', '512M', ...guest.flags, ...flags],
      ...['--', guest.program, ...guest.arguments],
    ];
    const { status, signal, output } = await runCommand(args);
    return [
      ...arena.violations(),
      ...(output.includes(arena.token) && guest.name !== 'escape' ? ['it printed the token'] : []),
      ...[...output.matchAll(/^ESCAPED .*$/gm)].map(([line]) => line),
      ...(guest.name === 'escape' && !output.includes('done\n')
        ? [`it did not come to its end: status ${status}`]
        : []),
      ...(status === COMMAND_FAILED || signal !== null || status === null
        ? [`the command itself ended with ${signal ?? status}: ${output.slice(-400)}`]
        : []),
      // The kernel logs what a personality or a service threw: none may, whatever it is asked.
      ...(/personality of|Error: .*\n\s+at /.test(output) ? [`something threw: ${output.slice(-600)}`] : []),
    ];
  } finally {
    arena.close();
  }
}

function runCommand(
  args: readonly string[],
): Promise<{ readonly status: number | null; readonly signal: string | null; readonly output: string }> {
  const child = spawn(process.execPath, [BIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const add = (chunk: Buffer): void => {
    // A guest may print without end; its last words are enough.
    output = (output + chunk.toString('latin1')).slice(-1_000_000);
  };
  child.stdout.on('data', add);
  child.stderr.on('data', add);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ status, signal, output }));
  });
}

/** What the judge is called in lists. */
export const CONFINEMENT_TITLE = 'Confinement';

/** Runs trials, a few at a time; prints the violations as they come, and a score at the end: the trials that held. */
export async function judgeConfinement(
  options: ConfinementOptions & { readonly only?: readonly string[]; readonly jobs: number },
): Promise<Score> {
  const { trials, missing, close } = confinementTrials(options);
  if (missing !== undefined) console.log(`Confinement: the escape trials are skipped, ${missing}`);
  const chosen = trials.filter(({ name }) => options.only?.some((text) => name.includes(text)) ?? true);
  const waiting = [...chosen];
  const failures: Failure[] = [];
  const started = performance.now();
  const next = async (): Promise<void> => {
    for (let trial = waiting.shift(); trial !== undefined; trial = waiting.shift()) {
      const violations = await trial.run();
      if (violations.length > 0)
        failures.push({ test: trial.name, unit: trial.name, ending: 'violated', output: violations.join('\n') });
      for (const violation of violations) console.log(`  ${trial.name}: ${violation}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: options.jobs }, next));
  } finally {
    close();
  }
  const seconds = Math.round((performance.now() - started) / 1000);
  const score = { passed: chosen.length - failures.length, outOf: chosen.length, failures };
  console.log(`${CONFINEMENT_TITLE}: ${score.passed} of ${score.outOf} trials held (${seconds} s)`);
  return score;
}
