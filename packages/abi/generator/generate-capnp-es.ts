// capnp-es's own output, committed because a fresh machine has no `capnp`. It serves tools and tests as the readable twin of
// the codecs and as their oracle; it never faces an untrusted message.

import { compileAll } from 'capnp-es/compiler';
import { compileSchema, type SchemaSources } from './code-generator-request.ts';
import { baseName } from './generate-codecs.ts';

/**
 * Generates capnp-es classes, one file per schema file.
 * @returns the files' texts by their names
 */
export async function generateCapnpEs(sources: SchemaSources): Promise<Map<string, string>> {
  const { files } = await compileAll(Buffer.from(compileSchema(sources)), { ts: true });
  const output = new Map<string, string>();
  for (const [path, text] of files) {
    const name = path.replace(/^.*\//, '');
    const head = `// @ts-nocheck\n// Generated from ${baseName(name.replace(/\.ts$/, '.capnp'))}.capnp by capnp-es. Change the schema, not this file.\n`;
    output.set(name, head + text.replaceAll(/(from\s+["']\.{1,2}\/[^"']*)\.js(["'])/g, '$1.ts$2'));
  }
  return output;
}
