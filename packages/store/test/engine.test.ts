// Every engine keeps the same promises.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, test } from 'vitest';
import { type EngineHarness, engineConformance } from '../src/conformance/index.ts';
import { openStoreDirectory } from '../src/host-node/index.ts';
import { memoryEngine, segmentEngine } from '../src/index.ts';
import { entropy } from './support/entropy.ts';
import { FaultFiles } from './support/fault-files.ts';
import { SqliteEngine } from './support/sqlite-engine.ts';

const root = mkdtempSync(join(tmpdir(), 'store-engine-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let count = 0;
const paths = new WeakMap<object, string>();
const filesOf = new WeakMap<object, FaultFiles>();

async function over(files: FaultFiles) {
  const engine = await segmentEngine(files, { entropy, segmentBytes: 64 * 1024, bufferBytes: 8192, maxOpenFiles: 3 });
  filesOf.set(engine, files);
  return engine;
}

async function inDirectory(path: string) {
  const engine = await openStoreDirectory(path, { segmentBytes: 256 * 1024 });
  paths.set(engine, path);
  return engine;
}

function sqlite(path: string) {
  const engine = new SqliteEngine(path);
  paths.set(engine, path);
  return engine;
}

const harnesses: Record<string, EngineHarness> = {
  'memory engine': { create: async () => memoryEngine() },
  'segment engine over small segments in memory': {
    create: () => over(new FaultFiles()),
    async reopen(engine) {
      await engine.close();
      return over(filesOf.get(engine)!);
    },
  },
  'segment engine over a directory': {
    create: () => inDirectory(join(root, `s${count++}`)),
    async reopen(engine) {
      await engine.close();
      return inDirectory(paths.get(engine)!);
    },
  },
  'sqlite engine': {
    create: async () => sqlite(join(root, `q${count++}.db`)),
    async reopen(engine) {
      await engine.close();
      return sqlite(paths.get(engine)!);
    },
  },
};

for (const [name, harness] of Object.entries(harnesses)) {
  describe(name, () => {
    for (const each of engineConformance(harness)) test(each.name, () => each.run());
  });
}
