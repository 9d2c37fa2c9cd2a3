// What was once wrong stays right: recorded cases with the answers of a processor, on any host.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { differences } from './comparison.ts';
import { MachineRunner } from './machine-runner.ts';
import { fromVector, type RegressionVector } from './regression-vectors.ts';

const vectors = JSON.parse(readFileSync(new URL('regressions.json', import.meta.url), 'utf8')) as RegressionVector[];
const runner = new MachineRunner();

test.each(vectors)('$name', (vector) => {
  const { one, native, flagsIgnored } = fromVector(vector);
  expect(differences(native, runner.run(one), flagsIgnored)).toEqual([]);
});
