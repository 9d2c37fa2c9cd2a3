import { defineConfig } from 'vitest/config';
import { ClosingLine } from './tooling/src/closing-line.ts';

export default defineConfig({
  test: {
    projects: ['packages/*', 'packages/*/vitest.*.config.ts', 'apps/*', 'tooling'],
    reporters: ['default', new ClosingLine()],
  },
});
