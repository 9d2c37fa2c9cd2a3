// A program's first moments: fifty milliseconds with translation and without, and the time to its first instruction.
//
// Each sample is a process of its own (first-moments.ts), so that nothing is warm that would not be: neither this package's own
// code nor handlers another program had made.
import { execFileSync } from 'node:child_process';
import { area } from '@capos/tooling/bench';
import { TRANSLATE_AFTER } from '../src/machine.ts';
import { hasCompiler } from '../test/support/compile.ts';
import { compile, KERNELS } from './kernels.ts';

/** Processes of 50 ms differ by a tenth from one another. */
const ROUNDS = 10;
const SCRIPT = `${import.meta.dirname}/first-moments.ts`;
const INTERPRETED_MS = 50;
/** More runs of a kernel than 50 ms are enough for. */
const ENDLESS = 1_000_000;
const NO_BUDGET = Number.MAX_SAFE_INTEGER;

interface Sample {
  /** Milliseconds to the program's first system call, in the first machine of a process and in the second; null for never. */
  readonly toFirstCall: number | null;
  readonly toFirstCallAgain: number | null;
  /** Milliseconds of CPU time. */
  readonly cpu: number;
}

function sample(path: string, translateAfter: number | 'never', instructions: number): Sample {
  const output = execFileSync(process.execPath, [SCRIPT, path, `${translateAfter}`, `${instructions}`]);
  return JSON.parse(output.toString()) as Sample;
}

area('cpu', async (suite) => {
  if (!hasCompiler()) {
    suite.skip('first moments', 'gcc on Linux x86-64 is needed to build the programs');
    return;
  }
  for (const kernel of Object.keys(KERNELS)) {
    const path = compile(kernel, ENDLESS);
    // How many instructions the interpreter gets through in that time, from cold.
    let instructions = 1_000_000;
    for (let i = 0; i < 2; i++) {
      const { cpu } = sample(path, 'never', instructions);
      instructions = Math.round((instructions * INTERPRETED_MS) / cpu);
    }
    await suite.compare({
      name: `${kernel}, first 50 ms`,
      unit: 'ms',
      rounds: ROUNDS,
      ours: () => sample(path, TRANSLATE_AFTER, instructions).cpu,
      rival: { name: 'interpreter only', run: () => sample(path, 'never', instructions).cpu },
    });
  }
  const block = compile('one-block', 1);
  const sampled = (): Sample => sample(block, TRANSLATE_AFTER, NO_BUDGET);
  await suite.compare({
    name: 'one-block program, run to first instruction',
    unit: 'ms',
    rounds: ROUNDS,
    ours: () => sampled().toFirstCallAgain!,
  });
  await suite.compare({
    name: 'one-block program, run to first instruction, first in a process',
    unit: 'ms',
    rounds: ROUNDS,
    ours: () => sampled().toFirstCall!,
  });
});
