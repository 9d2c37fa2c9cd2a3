// What is committed and generated follows its source.
import { readdirSync, readFileSync } from 'node:fs';
import { hasCapnp } from '@capos/abi/generator';
import { describe, expect, test } from 'vitest';
import { contractHeaders } from '../scripts/contract-headers.ts';
import { guestSchemaOutputs } from '../scripts/guest-schemas.ts';
import { packagePath } from '../src/host-node/flags.ts';

describe('generated files', () => {
  test.each(contractHeaders().map(({ copy, original }) => [copy.split('/include/')[1]!, copy, original]))(
    '%s is the header that its owner generates',
    (_, copy, original) => {
      expect(readFileSync(copy, 'utf8'), 'stale: pnpm generate').toBe(readFileSync(original, 'utf8'));
    },
  );

  test('there is a schema header for every schema file', () => {
    const schemas = readdirSync(packagePath('../abi/schema')).map((name) => name.replace('.capnp', '.h'));
    expect(readdirSync(packagePath('include/capos/schema')).sort()).toEqual(schemas.sort());
  });

  test.runIf(hasCapnp())('the schemas of guest programs are generated as committed', () => {
    for (const [path, text] of guestSchemaOutputs()) expect(readFileSync(path, 'utf8'), `${path} is stale`).toBe(text);
  });
});
