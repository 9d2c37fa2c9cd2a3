// A slow run of a model counts the steps it really took: what docs/assurance.md says of it is what this asserts.
import * as fc from 'fast-check';
import { expect } from 'vitest';

const A_MILLION = 1_000_000;

/** Runs a property of histories; each element of a history is a step, checked by the property after it was taken. */
export function assertMillionSteps(
  property: fc.IPropertyWithHooks<[unknown[]]>,
  parameters: fc.Parameters<[unknown[]]>,
): void {
  let steps = 0;
  const run = property.run.bind(property);
  property.run = (history) => {
    steps += history[0].length;
    return run(history);
  };
  // What fails is not shrunk: a history of hundreds of steps would take hours. The short ones of every run are.
  fc.assert(property, { endOnFailure: true, ...parameters });
  expect(steps).toBeGreaterThanOrEqual(A_MILLION);
}
