// Runs until stopped: `pnpm --filter @capos/x86-machine fuzz [SEED] [FAMILY]`. Single instructions, encodings that no table
// lists, blocks, programs of loops and switches, and address spaces that share memory, in turn, interpreted and translated, a new seed each round; FAMILY (a regular expression) narrows the rows.
//
// A failure is printed with its seed and tier; a block also shrunk, and as a line for regressions.json, and a scenario of address spaces
// with the operations that it takes.
import { FAMILIES } from '../../src/isa/instruction-set.ts';
import { describe, judgeScenario, planned, shrinkScenario } from '../sharing/shared-memory-judge.ts';
import { assembleBlock, blockForms, flagsIgnored } from './block-generator.ts';
import { judgeBlocks } from './blocks.ts';
import { FLOW_INSTRUCTIONS, judgeFlows } from './flow.ts';
import { comparedForms, judgeForms } from './judge.ts';
import { MachineRunner } from './machine-runner.ts';
import { judgeMutations } from './mutations.ts';
import { nativeOracle } from './native-oracle.ts';
import { RandomSource } from './random-source.ts';
import { toVector, vectorOfBlock } from './regression-vectors.ts';

const oracle = nativeOracle();
if (!oracle.available) {
  console.error(oracle.reason);
  process.exit(1);
}
const [firstSeed = String(Date.now() % 2 ** 31), family = ''] = process.argv.slice(2);
const rows = Object.entries(FAMILIES).flatMap(([name, members]) => (new RegExp(family).test(name) ? members : []));
const forms = comparedForms(rows, oracle);
if (forms.length === 0) {
  const families = Object.keys(FAMILIES).join(', ');
  console.error(`fuzz: no instructions to compare in a family that matches /${family}/. There are: ${families}.`);
  process.exit(2);
}
/** Not every instruction can stand in a block: a family may have none that does. */
const hasBlocks = blockForms(forms.map(({ row }) => row)).length > 0;

/** Translating a case costs more than running it, so that tier gets fewer. */
const TIERS = [
  {
    name: 'interpreter',
    runner: new MachineRunner(Number.POSITIVE_INFINITY),
    flowRunner: new MachineRunner(Number.POSITIVE_INFINITY, FLOW_INSTRUCTIONS),
    casesPerForm: 8,
    mutations: 10_000,
    blocks: 4000,
    flows: 100,
    scenarios: 10,
    after: Number.POSITIVE_INFINITY,
  },
  {
    name: 'translator',
    runner: new MachineRunner(1),
    flowRunner: new MachineRunner(1, FLOW_INSTRUCTIONS),
    casesPerForm: 1,
    mutations: 1000,
    blocks: 1000,
    flows: 100,
    scenarios: 30,
    after: 1,
  },
  {
    name: 'both tiers',
    runner: new MachineRunner(3),
    flowRunner: new MachineRunner(3, FLOW_INSTRUCTIONS),
    casesPerForm: 0,
    mutations: 0,
    blocks: 2000,
    flows: 200,
    scenarios: 30,
    after: 50,
  },
];

let cases = 0;
let mismatches = 0;
for (let seed = Number(firstSeed); ; seed++) {
  for (const tier of TIERS) {
    const { name, runner } = tier;
    const blocks = hasBlocks ? tier.blocks : 0;
    const report = (text: string): void => {
      mismatches++;
      console.log(`seed ${seed}, ${name}: ${text}\n`);
    };
    const single = judgeForms(forms, oracle, tier.casesPerForm, seed, runner);
    for (const text of single.failures) report(text);
    for (const text of judgeMutations(forms, tier.mutations, new RandomSource(seed), oracle, runner)) report(text);
    for (const { plan, text } of judgeBlocks(blocks, new RandomSource(seed), oracle, runner, rows)) {
      report(text);
      const { one, name: title } = vectorOfBlock(plan);
      const native = oracle.run([one])[0]!;
      console.log(JSON.stringify(toVector(title, one, native, flagsIgnored(assembleBlock(plan), native))), '\n');
    }
    for (const text of judgeFlows(seed * 1000, tier.flows, oracle, tier.flowRunner).failures) report(text);
    for (let one = seed * 100; one < seed * 100 + tier.scenarios; one++) {
      const scenario = planned(one);
      const { difference } = judgeScenario(scenario, one, tier.after);
      if (difference === undefined) continue;
      const { operations } = shrinkScenario(scenario, one, tier.after);
      report(`scenario ${one}, ${scenario.stops}: ${difference}\n  ${operations.map(describe).join('\n  ')}`);
    }
    cases += single.cases + tier.mutations + blocks + tier.flows + tier.scenarios;
  }
  console.log(`seed ${seed}: ${cases} cases, ${mismatches} mismatches so far`);
}
