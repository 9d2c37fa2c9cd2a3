// One owner a store directory, and none after its death.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openStoreDirectory } from '../../src/host-node/index.ts';

const root = mkdtempSync(join(tmpdir(), 'store-lock-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('a store that is open is refused to a second opener, who is told by whom', async () => {
  const path = join(root, 'a/b');
  const engine = await openStoreDirectory(path);
  await expect(openStoreDirectory(path)).rejects.toMatchObject({
    code: 'locked',
    message: expect.stringContaining(String(process.pid)),
  });
  await engine.close();
  const again = await openStoreDirectory(path);
  await again.close();
  expect(readdirSync(path).filter((name) => name.startsWith('lock'))).toEqual([]);
});

test('the lock of a dead process, or of another one under a reused number, is taken over', async () => {
  const path = join(root, 'stale');
  const dead = spawnSync(process.execPath, ['-e', 'process.stdout.write(String(process.pid))']).stdout.toString();
  for (const owner of [`${dead} 1 0\n`, `${process.pid} 1 0\n`, 'nonsense', '']) {
    await (await openStoreDirectory(path)).close();
    writeFileSync(join(path, 'lock'), owner);
    const engine = await openStoreDirectory(path);
    engine.put(Uint8Array.of(1));
    await engine.close();
  }
});

test('a directory that holds something else is refused and freed again', async () => {
  const path = join(root, 'other');
  await (await openStoreDirectory(path)).close();
  writeFileSync(join(path, '00000001.seg'), 'not a segment at all');
  await expect(openStoreDirectory(path)).rejects.toMatchObject({ code: 'not-a-store' });
  await expect(openStoreDirectory(path)).rejects.toMatchObject({ code: 'not-a-store' });
});
