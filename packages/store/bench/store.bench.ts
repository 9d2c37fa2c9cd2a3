// The store against node:sqlite (the same engine interface over two tables, WAL, synchronous=FULL) and cacache, in one run.
//
// Every row computes SHA-256 of each blob, ours checks it again when reading (as cacache does; SQLite does not). Ours and
// SQLite flush to the disk where a row says durable; cacache never flushes.
import { randomFillSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { area } from '@capos/tooling/bench';
import cacache from 'cacache';
import type { Engine } from '../src/engine.ts';
import { nodeHashes, openStoreDirectory } from '../src/host-node/index.ts';
import { SqliteEngine } from '../test/support/sqlite-engine.ts';

area('store', async (suite) => {
  const root = mkdtempSync(join(tmpdir(), 'store-bench-'));
  const ours = await openStoreDirectory(join(root, 'ours'));
  const sqlite = new SqliteEngine(join(root, 'sqlite.db'), { hashes: nodeHashes() });
  const cache = join(root, 'cacache');
  try {
    const blobs = (count: number, size: number): Uint8Array[] =>
      Array.from({ length: count }, () => randomFillSync(new Uint8Array(size)));
    /** Microseconds of one of `count` operations. */
    const each = async (count: number, action: () => void | Promise<void>): Promise<number> => {
      const start = process.hrtime.bigint();
      await action();
      return Number(process.hrtime.bigint() - start) / 1000 / count;
    };

    const put = (engine: Engine, count: number, size: number) => () => {
      const fresh = blobs(count, size);
      return each(count, async () => {
        for (const blob of fresh) engine.put(blob);
        await engine.sync();
      });
    };
    const putCacache = (count: number, size: number) => () => {
      const fresh = blobs(count, size);
      return each(count, async () => {
        for (const blob of fresh) await cacache.put(cache, 'key', blob, { algorithms: ['sha256'] });
      });
    };
    const putRow = (name: string, count: number, size: number, cacacheCount: number) =>
      suite.compare({
        name,
        unit: 'µs',
        ours: put(ours, count, size),
        rival: [
          { name: 'node:sqlite', run: put(sqlite, count, size) },
          { name: 'cacache', run: putCacache(cacacheCount, size) },
        ],
      });
    await putRow('put-1KiB-×1000-durable', 1000, 1024, 100);
    await putRow('put-1MiB-×8-durable', 8, 1024 * 1024, 8);

    const getRow = async (name: string, count: number, size: number) => {
      const stored = blobs(count, size);
      const ids = stored.map((blob) => ours.put(blob));
      for (const blob of stored) sqlite.put(blob);
      const integrities: string[] = [];
      for (const blob of stored)
        integrities.push(String(await cacache.put(cache, 'key', blob, { algorithms: ['sha256'] })));
      await ours.sync();
      await sqlite.sync();
      const get = (engine: Engine) => () =>
        each(count, () => {
          for (const id of ids) if (engine.get(id)?.length !== size) throw new Error('a blob is missing');
        });
      await suite.compare({
        name,
        unit: 'µs',
        ours: get(ours),
        rival: [
          { name: 'node:sqlite', run: get(sqlite) },
          {
            name: 'cacache',
            run: () =>
              each(count, async () => {
                for (const integrity of integrities) await cacache.get.byDigest(cache, integrity);
              }),
          },
        ],
      });
    };
    await getRow('get-1KiB', 1000, 1024);
    await getRow('get-1MiB', 16, 1024 * 1024);

    let serial = 0;
    const bind = (engine: Engine, count: number) => () => {
      const id = engine.put(Uint8Array.of(1));
      const names = Array.from({ length: count }, () => `name/${serial++ % 5000}`);
      return each(count, async () => {
        for (const name of names) engine.commit([{ name, id }]);
        await engine.sync();
      });
    };
    for (const count of [1, 100]) {
      await suite.compare({
        name: `bind-×${count}-durable`,
        unit: 'µs',
        ours: bind(ours, count),
        rival: { name: 'node:sqlite', run: bind(sqlite, count) },
        rounds: count === 1 ? 60 : 15,
      });
    }

    const large = join(root, 'large');
    const filling = await openStoreDirectory(large);
    for (const blob of blobs(20_000, 1024)) filling.put(blob);
    await filling.close();
    await suite.compare({
      name: 'open-20,000-blobs',
      unit: 'ms',
      ours: async () => {
        let engine: Engine | undefined;
        const us = await each(1, async () => {
          engine = await openStoreDirectory(large);
        });
        await engine!.close();
        return us / 1000;
      },
      rounds: 5,
    });
  } finally {
    await ours.close();
    await sqlite.close();
    rmSync(root, { recursive: true, force: true });
  }
});
