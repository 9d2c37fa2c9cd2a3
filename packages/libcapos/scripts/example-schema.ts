// The guest programs' own schema: C headers for them, TypeScript codecs for the tests that talk to them.
//
// Needs the capnp program; what is committed serves machines without it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { generateCHeaders, generateCodecs } from '@capos/abi/generator';
import { packagePath } from '../src/host-node/flags.ts';

const SOURCES = {
  directory: packagePath('programs/schema'),
  files: ['examples.capnp'],
  importPaths: [packagePath('../abi/schema')],
};

/** Every generated file's text by its absolute path. */
export function exampleOutputs(): Map<string, string> {
  const outputs = new Map<string, string>();
  for (const [name, text] of generateCHeaders({ ...SOURCES, prefix: 'example' })) {
    outputs.set(packagePath(`programs/generated/${name}`), text);
  }
  for (const [name, text] of generateCodecs(SOURCES)) outputs.set(packagePath(`test/generated/${name}`), text);
  return outputs;
}

/** Writes them. */
export function writeExampleOutputs(): void {
  mkdirSync(packagePath('test/generated'), { recursive: true });
  for (const [path, text] of exampleOutputs()) writeFileSync(path, text);
}
