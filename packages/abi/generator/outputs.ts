// Everything this package has generated, and where it lies: one table for `pnpm generate` and for the freshness test.

import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generateCHeaders } from './generate-c.ts';
import { generateCapnpEs } from './generate-capnp-es.ts';
import { generateCodecs } from './generate-codecs.ts';
import { interfacesReference } from './interfaces-reference.ts';

/** One directory of generated files. */
export interface GeneratedDirectory {
  /** Absolute path; every file in it is generated. */
  readonly directory: string;
  readonly generate: () => Promise<Map<string, string>> | Map<string, string>;
}

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

function schemaIn(directory: string): { directory: string; files: string[] } {
  return {
    directory,
    files: readdirSync(directory)
      .filter((name) => name.endsWith('.capnp'))
      .sort(),
  };
}

/** The contract's schema, and the one that tests use to reach what the contract does not. */
const contract = schemaIn(path('../schema'));
const specimen = schemaIn(path('../test/schema'));

export const generatedDirectories: readonly GeneratedDirectory[] = [
  {
    directory: path('../src/generated/codecs'),
    generate: () => generateCodecs({ ...contract, runtime: '../../codec-runtime.ts' }),
  },
  { directory: path('../src/generated/capnp-es'), generate: () => generateCapnpEs(contract) },
  { directory: path('../src/generated/c'), generate: () => generateCHeaders(contract) },
  {
    directory: path('../test/generated/codecs'),
    generate: () => generateCodecs({ ...specimen, runtime: '../../../src/codec-runtime.ts' }),
  },
  { directory: path('../test/generated/capnp-es'), generate: () => generateCapnpEs(specimen) },
];

/** Single generated files in directories of others. */
export const generatedFiles: readonly { readonly path: string; readonly generate: () => string }[] = [
  { path: path('../../../docs/reference/interfaces.md'), generate: () => interfacesReference(contract) },
];
