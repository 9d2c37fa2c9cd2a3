// Every row in every operand form, hundreds of random cases each, with a new seed every day so that the suite keeps looking elsewhere.
import { describe, expect, test } from 'vitest';
import { FAMILIES, INSTRUCTION_SET } from '../../src/isa/instruction-set.ts';
import { isCompared } from './case-generator.ts';
import { comparedForms, judgeForms } from './judge.ts';
import { MachineRunner } from './machine-runner.ts';
import { nativeOracle } from './native-oracle.ts';

const oracle = nativeOracle();
const runner = oracle.available ? new MachineRunner(Number.POSITIVE_INFINITY) : undefined;
const seed = Math.floor(Date.now() / 86_400_000);
const CASES_PER_FORM = 500;
/** Each of these is translated, which takes a thousand times as long as running it. */
const TRANSLATED_CASES_PER_FORM = 30;

/** In ring 3 these only ever fault, here and on silicon; the bare-mode tests run them in ring 0. */
const FAULTS_IN_RING_3 =
  /^(CLI|STI|CLTS|LMSW|LGDT|LIDT|LLDT|LTR|INVLPG|SWAPGS|RDMSR|WRMSR|XSETBV|HLT|INVD|WBINVD|SYSRET|SYSEXIT|RDPMC|IN|OUT|(REP )?(INS|OUTS)[BWD]|UD[012]|IRETQ?|MOV 0F 2[0-3])\b/;

describe.skipIf(!oracle.available)(`the machine does what the processor does, seed ${seed}`, () => {
  const completed = new Set<string>();
  let cases = 0;

  test.each(Object.keys(FAMILIES))('%s', (family) => {
    if (!oracle.available) return;
    const verdict = judgeForms(comparedForms(FAMILIES[family]!, oracle), oracle, CASES_PER_FORM, seed, runner);
    for (const name of verdict.completed) completed.add(name);
    cases += verdict.cases;
    expect(verdict.failures).toEqual([]);
  });

  test.each(Object.keys(FAMILIES))('%s, translated', (family) => {
    if (!oracle.available) return;
    const forms = comparedForms(FAMILIES[family]!, oracle);
    const verdict = judgeForms(forms, oracle, TRANSLATED_CASES_PER_FORM, seed + 1, new MachineRunner(1));
    cases += verdict.cases;
    expect(verdict.failures).toEqual([]);
  });

  // With the 380,000 of blocks.slow.test.ts and the 520,000 of mutations.slow.test.ts more than two million.
  test('in at least a million and a half cases', () => {
    expect(cases).toBeGreaterThan(1_500_000);
  });

  test('and every form of every row ran to its end at least once', () => {
    if (!oracle.available) return;
    const missing = comparedForms(INSTRUCTION_SET, oracle)
      .map(({ name }) => name)
      .filter((name) => !completed.has(name) && !FAULTS_IN_RING_3.test(name));
    expect(missing).toEqual([]);
  });

  test('but for the rows that the host cannot be asked about', () => {
    const left = INSTRUCTION_SET.filter((row) => !isCompared(row)).map(({ mnemonic }) => mnemonic);
    expect(left.length).toBeLessThan(INSTRUCTION_SET.length / 20);
  });
});
