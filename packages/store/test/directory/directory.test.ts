// Every directory keeps the same promises.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DirectoryHarness, directoryConformance } from '../../src/conformance/index.ts';
import { ERRNO } from '../../src/directory/errno.ts';
import { createMemoryDirectory } from '../../src/directory/memory-directory.ts';
import { createNamespaceDirectory } from '../../src/directory/namespace-directory.ts';
import { createHostDirectory } from '../../src/host-node/index.ts';
import { memoryEngine } from '../../src/memory-engine.ts';
import { engineNamespace } from '../../src/namespace/namespace.ts';

const root = mkdtempSync(join(tmpdir(), 'store-directory-'));
const umask = process.umask();
beforeAll(() => void process.umask(0o022));
afterAll(() => {
  process.umask(umask);
  rmSync(root, { recursive: true, force: true });
});
const wallClock = (): bigint => BigInt(Date.now()) * 1_000_000n;
const fresh = (): string => mkdtempSync(join(root, 'd'));

const harnesses: Record<string, DirectoryHarness> = {
  'memory directory': { create: async () => createMemoryDirectory({ wallClock }) },
  'namespace directory': {
    create: async () => {
      const engine = memoryEngine();
      return createNamespaceDirectory(engine, engineNamespace(engine, 'fs'), { wallClock });
    },
  },
  'namespace directory with little memory': {
    create: async () => {
      const engine = memoryEngine();
      return createNamespaceDirectory(engine, engineNamespace(engine, 'fs'), { wallClock, maxBytes: 512 * 1024 });
    },
  },
  'host directory': { create: async () => createHostDirectory({ path: fresh() }), ownsEverything: false },
  'host directory with two descriptors': {
    create: async () => createHostDirectory({ path: fresh(), maxDescriptors: 2 }),
    ownsEverything: false,
  },
  'host directory by paths, as on other systems': {
    create: async () => createHostDirectory({ path: fresh(), portable: true }),
    ownsEverything: false,
  },
};

test('a memory directory looks up as many names at once as it is given', () => {
  const directory = createMemoryDirectory({ wallClock });
  const names = ['a', 'b', 'c', 'd'].map((letter) => Uint8Array.of(letter.charCodeAt(0)));
  let at = directory;
  for (const name of names) {
    at.makeDirectory(name, 0o755);
    at = at.openDirectory(name).directory!;
  }
  expect(directory.resolve(names)).toMatchObject({ errno: 0, stats: names.map(() => ({ kind: 'directory' })) });
  expect(directory.resolve([...names, ...names])).toMatchObject({ errno: ERRNO.ENOENT, stats: { length: 4 } });
});

for (const [name, harness] of Object.entries(harnesses)) {
  describe(name, () => {
    for (const each of directoryConformance(harness)) test(each.name, () => each.run());
  });
}
