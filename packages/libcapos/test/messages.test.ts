// What C writes and reads is what TypeScript writes and reads: the same bytes, the same refusals, for every struct there is.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as abi from '@capos/abi';
import { type Codec, CodecError } from '@capos/abi';
import { hasCapnp, readSchema, type SchemaModel, type SchemaStruct } from '@capos/abi/generator';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCompiler } from '../src/host-node/compiler.ts';
import { packagePath } from '../src/host-node/flags.ts';
import { buildHostLibrary, buildHostProgram, temporaryFolder } from './support/native-program.ts';
import { type Carried, playKernel } from './support/play-kernel.ts';
import { roundTripSource, structsInC } from './support/round-trip-source.ts';
import { numberCapabilities, ofStruct } from './support/schema-arbitrary.ts';

const compiler = findCompiler();
const folder = temporaryFolder();
afterAll(() => folder.remove());
const SEED = 20261122;

interface Case {
  readonly struct: number;
  readonly message: Uint8Array;
  readonly caps: readonly Carried[];
}

interface Outcome {
  /** The message encoded again; undefined when it was refused. */
  readonly message: Uint8Array | undefined;
  readonly caps: readonly number[];
}

function codecOf(struct: SchemaStruct): Codec<Record<string, unknown>> {
  const name = struct.name.charAt(0).toLowerCase() + struct.name.slice(1);
  const codecs = abi as unknown as Record<string, Codec<Record<string, unknown>>>;
  return codecs[name] ?? codecs[`${name}Codec`]!;
}

function encode(struct: SchemaStruct, value: Record<string, unknown>): Uint8Array {
  const codec = codecOf(struct);
  const bytes = new Uint8Array(codec.measure(value));
  codec.encode(value, bytes);
  return bytes;
}

/** Interface ids of the capability fields, in the order of their ordinals. */
function interfaceIds(struct: SchemaStruct): bigint[] {
  return struct.fields
    .flatMap((field) => (field.kind === 'slot' && field.type.kind === 'capability' ? [field] : []))
    .sort((left, right) => left.offset - right.offset)
    .map(({ type }) => (type.kind === 'capability' ? (type.interfaceId ?? 1n) : 1n));
}

describe.runIf(compiler && hasCapnp())('messages in C', () => {
  let model: SchemaModel;
  let structs: SchemaStruct[] = [];
  let executable = '';

  beforeAll(() => {
    const directory = packagePath('../abi/schema');
    model = readSchema({ directory, files: readdirSync(directory).filter((name) => name.endsWith('.capnp')) });
    structs = structsInC(model);
    const source = join(folder.path, 'round-trip.c');
    writeFileSync(source, roundTripSource(model, structs));
    executable = buildHostProgram(
      compiler!,
      buildHostLibrary(compiler!, folder.path),
      source,
      folder.path,
      'round-trip',
    );
  });

  /** Puts cases through the C program. */
  async function throughC(cases: readonly Case[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    let next = 0;
    const seen = await playKernel(executable, {
      capSet: [{ name: 'peer', capId: 0x00100001, interfaceId: 1n }],
      answer: (call) => {
        if (call.method !== 0) {
          const refused = call.method === 2;
          outcomes.push({ message: refused ? undefined : call.params, caps: call.transfers.map(({ capId }) => capId) });
          return { payload: new Uint8Array(0) };
        }
        const current = cases[next++];
        if (current === undefined) return { payload: new Uint8Array(0) };
        const payload = new Uint8Array(8 + current.message.length);
        payload[0] = current.struct;
        payload.set(current.message, 8);
        return { payload, caps: current.caps };
      },
    });
    expect(seen.exitCode).toBe(0);
    return outcomes;
  }

  function sample(perStruct: number): { cases: Case[]; owners: SchemaStruct[] } {
    const cases: Case[] = [];
    const owners: SchemaStruct[] = [];
    structs.forEach((struct, index) => {
      for (const value of fc.sample(ofStruct(model, struct), { numRuns: perStruct, seed: SEED + index })) {
        const count = numberCapabilities(model, struct, value);
        const caps = interfaceIds(struct)
          .slice(0, count)
          .map((interfaceId, ordinal) => ({ capId: 0x0070_0000 + ordinal, interfaceId }));
        cases.push({ struct: index, message: encode(struct, value), caps });
        owners.push(struct);
      }
    });
    return { cases, owners };
  }

  test('every struct decodes and encodes to the bytes it came from, capabilities included', async () => {
    const { cases, owners } = sample(8);
    expect(structs.length).toBeGreaterThan(80);
    const outcomes = await throughC(cases);
    cases.forEach(({ message, caps }, index) => {
      const label = owners[index]!.name;
      expect(outcomes[index]!.message, label).toEqual(message);
      expect(outcomes[index]!.caps, label).toEqual(caps.map(({ capId }) => capId));
    });
  });

  test('of a spoiled message C makes what TypeScript makes, or refuses it too', async () => {
    const { cases, owners } = sample(8);
    const random = fc.sample(fc.tuple(fc.nat(), fc.nat(), fc.nat(255)), { numRuns: cases.length, seed: SEED });
    const spoiled = cases.map((current, index) => {
      const message = current.message.slice();
      const [where, what, value] = random[index]!;
      message[where % message.length] = what % 3 === 0 ? value : message[where % message.length]! ^ (1 << (what % 8));
      return { ...current, message };
    });
    const outcomes = await throughC(spoiled);
    let [refused, agreed] = [0, 0];
    spoiled.forEach(({ message }, index) => {
      const struct = owners[index]!;
      const [inC, label] = [outcomes[index]!.message, `${struct.name}: ${Buffer.from(message).toString('hex')}`];
      let expected: Uint8Array | undefined;
      let hasReplaced = false;
      try {
        const value = codecOf(struct).decode(message);
        hasReplaced = JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? 0 : item)).includes('�');
        expected = encode(struct, value);
      } catch (error) {
        if (!(error instanceof CodecError)) throw error;
      }
      // C passes bytes on that are no UTF-8; TypeScript replaces them. Capabilities may name an ordinal that is not there.
      if (hasReplaced || interfaceIds(struct).length > 0) return;
      expect(inC === undefined, label).toBe(expected === undefined);
      if (expected === undefined) refused++;
      else {
        expect(inC, label).toEqual(expected);
        agreed++;
      }
    });
    expect(refused).toBeGreaterThan(50);
    expect(agreed).toBeGreaterThan(50);
  });

  test('a capability of another interface is refused and given back', async () => {
    const index = structs.findIndex(({ name }) => name === 'ProcessSpawnerSpawnResults');
    const message = encode(structs[index]!, { process: 0, processId: 5n });
    const outcomes = await throughC([{ struct: index, message, caps: [{ capId: 0x0070_0000, interfaceId: 99n }] }]);
    expect(outcomes).toEqual([{ message: undefined, caps: [] }]);
  });
});
