import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateCodecs, hasCapnp, readSchema } from '../../generator/index.ts';
import type { Codec } from '../../src/index.ts';
import { CodecError } from '../../src/index.ts';
import { canonical, frame } from '../codec/capnp-program.ts';
import { randomSchemas, valuesOfStruct } from './random-schema.ts';

// Beside the committed specimen, because generated code imports the run-time by a relative path.
const PARENT = fileURLToPath(new URL('../generated', import.meta.url));
const SCHEMAS = 60;

describe.skipIf(!hasCapnp())('codecs of random schemas', () => {
  const schemas = fc.sample(randomSchemas, { numRuns: SCHEMAS, seed: 20261122 });

  it.each(schemas.map((schema, number) => ({ schema, number })))('schema $number', async ({ schema }) => {
    mkdirSync(PARENT, { recursive: true });
    const directory = mkdtempSync(join(PARENT, 'random-'));
    try {
      writeFileSync(join(directory, 'random.capnp'), schema);
      const sources = { directory, files: ['random.capnp'] };
      const files = generateCodecs({ ...sources, runtime: '../../../src/codec-runtime.ts' });
      for (const [name, text] of files) writeFileSync(join(directory, name), text);
      const codecs = (await import(join(directory, 'random.ts'))) as Record<string, Codec<unknown>>;
      const model = readSchema(sources);
      for (const struct of model.files.find(({ requested }) => requested)!.structs) {
        const codec = codecs[struct.name.charAt(0).toLowerCase() + struct.name.slice(1)]!;
        const values = fc.sample(valuesOfStruct(model, struct), { numRuns: 60, seed: 5 });
        const messages = values.map((value) => {
          const bytes = new Uint8Array(codec.measure(value)).fill(0xa5);
          expect(codec.encode(value, bytes)).toBe(bytes.length);
          expect(codec.decode(bytes)).toStrictEqual(value);
          return bytes;
        });
        expect(canonical(messages.map(frame)).equals(Buffer.concat(messages))).toBe(true);
        for (const message of messages) {
          // Every word damaged once: some value, or a CodecError.
          for (let at = 0; at < message.length; at++) {
            const damaged = message.slice();
            damaged[at]! ^= 1 << (at % 8);
            try {
              codec.decode(damaged);
            } catch (error) {
              expect(error).toBeInstanceOf(CodecError);
            }
          }
        }
      }
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
