// The library for any runtime, and the generators for Node beside it, each file of codecs an entry of its own.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'tsup';

function entriesIn(folder: string): Record<string, string> {
  const names = readdirSync(fileURLToPath(new URL(`src/${folder}`, import.meta.url)));
  return Object.fromEntries(names.map((name) => [`${folder}/${name.replace(/\.ts$/, '')}`, `src/${folder}/${name}`]));
}

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'codec-runtime': 'src/codec-runtime.ts',
    'generator/index': 'generator/index.ts',
    ...entriesIn('generated/codecs'),
    ...entriesIn('generated/capnp-es'),
  },
  format: ['esm'],
  target: 'es2023',
  dts: true,
  sourcemap: true,
  clean: true,
});
