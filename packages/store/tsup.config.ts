// How the store is bundled: the library, its Node and browser bindings and its conformance suites are entry points of their own.
import { defineConfig } from 'tsup';

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'conformance/index': 'src/conformance/index.ts',
    'host-node/index': 'src/host-node/index.ts',
    'host-web/index': 'src/host-web/index.ts',
  },
  format: ['esm'],
  target: 'es2023',
  tsconfig: 'tsconfig.build.json',
  dts: true,
  sourcemap: true,
  clean: true,
});
