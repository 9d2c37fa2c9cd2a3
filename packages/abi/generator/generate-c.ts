// From schema files to C headers for libcapos, for this package's schema and for any application's own.

import { cHeader } from './c-header.ts';
import type { SchemaSources } from './code-generator-request.ts';
import { baseName, readSchema } from './generate-codecs.ts';

/** How to generate C headers. */
export interface GenerateCOptions extends SchemaSources {
  /** Begins every name in the headers. By default `capos`, which is the contract's own. */
  readonly prefix?: string;
}

/**
 * Generates one header per schema file: structs with their encode and decode functions, interface and method numbers, a
 * function per method for callers and a table of handlers for servers. They include `capos/message.h` of libcapos, and
 * `capos/schema/NAME.h` for what they import from the contract.
 * @returns the headers' texts by their names
 * @throws GeneratorError when the schema does not compile or uses what C programs do not carry
 */
export function generateCHeaders(options: GenerateCOptions): Map<string, string> {
  const model = readSchema(options);
  const output = new Map<string, string>();
  for (const file of model.files) {
    if (!file.requested) continue;
    output.set(`${baseName(file.path)}.h`, cHeader({ model, prefix: options.prefix ?? 'capos' }, file));
  }
  return output;
}
