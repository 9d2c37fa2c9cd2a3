// The settings every package's tests share.
import { defineProject, type UserWorkspaceConfig } from 'vitest/config';

/** Ordinary tests: everything but `*.slow.test.ts`. Time limits are generous because machines are busy. */
export function projectConfig(name: string, env: Readonly<Record<string, string>> = {}): UserWorkspaceConfig {
  return defineProject({
    test: {
      name,
      env,
      include: ['test/**/*.test.ts', 'src/**/*.test.ts'],
      exclude: ['**/*.slow.test.ts', '**/node_modules/**'],
      testTimeout: 180_000,
      hookTimeout: 60_000,
    },
  });
}
