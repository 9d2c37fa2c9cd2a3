// The library for any runtime, and the generators for Node beside it.
import { defineConfig } from 'tsup';
import shared from '../../tooling/tsup.config.ts';

export default defineConfig({
  ...shared,
  entry: {
    index: 'src/index.ts',
    'codec-runtime': 'src/codec-runtime.ts',
    'generated/codecs/*': 'src/generated/codecs/*.ts',
    'generator/index': 'generator/index.ts',
  },
});
