// Runs until stopped: `pnpm --filter @capos/x86-machine fuzz [SEED]`. Single instructions and blocks in turn, a new seed each round.
//
// A failure is printed shrunk, with its seed, and as a line for regressions.json.
import { INSTRUCTION_SET } from '../../src/isa/instruction-set.ts';
import { assembleBlock, flagsIgnored } from './block-generator.ts';
import { judgeBlocks } from './blocks.ts';
import { comparedForms, judgeForms } from './judge.ts';
import { MachineRunner } from './machine-runner.ts';
import { nativeOracle } from './native-oracle.ts';
import { RandomSource } from './random-source.ts';
import { toVector, vectorOfBlock } from './regression-vectors.ts';

const oracle = nativeOracle();
if (!oracle.available) {
  console.error(oracle.reason);
  process.exit(1);
}
const runner = new MachineRunner();
const forms = comparedForms(INSTRUCTION_SET, oracle);
let cases = 0;
let mismatches = 0;
for (let seed = Number(process.argv[2] ?? Date.now() % 2 ** 31); ; seed++) {
  const single = judgeForms(forms, oracle, 8, seed, runner);
  for (const failure of single.failures) console.log(`seed ${seed}: ${failure}\n`);
  const blocks = judgeBlocks(4000, new RandomSource(seed), oracle, runner);
  for (const { plan, text } of blocks) {
    const { one, name } = vectorOfBlock(plan);
    const native = oracle.run([one])[0]!;
    console.log(`seed ${seed}: ${text}`);
    console.log(JSON.stringify(toVector(name, one, native, flagsIgnored(assembleBlock(plan), native))), '\n');
  }
  cases += single.cases + 4000;
  mismatches += single.mismatches + blocks.length;
  console.log(`seed ${seed}: ${cases} cases, ${mismatches} mismatches so far`);
}
