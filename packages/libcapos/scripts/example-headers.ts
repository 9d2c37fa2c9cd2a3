// The headers of the guest programs' own schema. Needs the capnp program; what is committed serves machines without it.
import { writeFileSync } from 'node:fs';
import { generateCHeaders } from '@capos/abi/generator';
import { packagePath } from '../src/host-node/flags.ts';

/** Each header's text by its name. */
export function exampleHeaders(): Map<string, string> {
  return generateCHeaders({
    directory: packagePath('programs/schema'),
    files: ['examples.capnp'],
    importPaths: [packagePath('../abi/schema')],
    prefix: 'example',
  });
}

/** Writes the headers into programs/generated. */
export function writeExampleHeaders(): void {
  for (const [name, text] of exampleHeaders()) writeFileSync(packagePath(`programs/generated/${name}`), text);
}
