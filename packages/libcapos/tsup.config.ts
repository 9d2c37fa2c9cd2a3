// One entry for the package, one for build scripts on Node, one per prebuilt program.
import { readdirSync } from 'node:fs';
import { defineConfig } from 'tsup';

const programs = readdirSync(new URL('src/generated/programs', import.meta.url)).map((file) => file.slice(0, -3));

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'host-node/index': 'src/host-node/index.ts',
    'host-node/capos-cc-bin': 'src/host-node/capos-cc-bin.ts',
    ...Object.fromEntries(programs.map((name) => [`programs/${name}`, `src/generated/programs/${name}.ts`])),
  },
  format: ['esm'],
  target: 'es2023',
  tsconfig: 'tsconfig.build.json',
  dts: true,
  sourcemap: false,
  splitting: false, // files find the headers relative to where they lie
  clean: true,
});
