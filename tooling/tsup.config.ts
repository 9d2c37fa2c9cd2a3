// How a library is bundled for npm: ESM and declarations, one file for each entry of the manifest's `exports`.
import { readFileSync } from 'node:fs';
import { defineConfig } from 'tsup';

interface Manifest {
  readonly exports?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
}

const { exports = {}, bin = {} } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const sources = [...Object.values(exports), ...Object.values(bin)].filter((path) => path.endsWith('.ts'));
const entry = Object.fromEntries(
  sources.map((path) => [path.replace(/^\.\/src\//, '').replace(/\.ts$/, ''), path.replace(/^\.\//, '')]),
);

export default defineConfig({
  entry,
  format: ['esm'],
  target: 'es2023',
  // Platform bindings are entries too; their folders are type-checked apart from the library (see each tsconfig).
  dts: { compilerOptions: { types: ['node'], lib: ['es2023', 'esnext.disposable', 'dom'] } },
  sourcemap: true,
  clean: true,
});
