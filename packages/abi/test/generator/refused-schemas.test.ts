import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GeneratorError, generateCodecs, hasCapnp } from '../../generator/index.ts';

function generate(schema: string): Map<string, string> {
  const directory = mkdtempSync(join(tmpdir(), 'capos-abi-'));
  try {
    writeFileSync(join(directory, 'own.capnp'), `@0xabcdef0123456789;\n${schema}\n`);
    return generateCodecs({ directory, files: ['own.capnp'] });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

describe.skipIf(!hasCapnp())('the generator', () => {
  it('takes an application’s own schema and imports the run-time from the package', () => {
    const files = generate('interface Ball { hit @0 (force :UInt8) -> (ball :Ball); }');
    expect([...files.keys()].sort()).toEqual(['index.ts', 'own.ts']);
    expect(files.get('own.ts')).toContain("} from '@capos/abi/codec';");
    expect(files.get('index.ts')).toContain('ballHitParams,');
  });

  it.each([
    ['a syntax error, in the compiler’s words', 'struct 7 {}', 'Parse error'],
    ['an interface that extends another', 'interface A {} interface B extends(A) {}', 'extends another interface'],
    [
      'two names that come out the same',
      'struct A { struct BC {} } struct AB { struct C {} }',
      'would both be called ABC',
    ],
    [
      'a field called "which" beside a union',
      'struct A { which @0 :Bool; union { a @1 :Void; b @2 :Void; } }',
      'rename the field',
    ],
  ])('refuses %s', (_, schema, words) => {
    expect(() => generate(schema)).toThrow(GeneratorError);
    expect(() => generate(schema)).toThrow(words);
  });

  it('gives codecs whose names are reserved words another name', () => {
    expect(generate('struct Import {} struct Export {}').get('own.ts')).toContain(
      'export const importCodec: Codec<Import>',
    );
  });
});
