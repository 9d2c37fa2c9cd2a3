// Lives of one store: a child writes, is killed at a random moment, and everything it had acknowledged is looked up.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { parseBlobId } from '../../src/blob-id.ts';
import { openStoreDirectory } from '../../src/host-node/index.ts';

const child = fileURLToPath(new URL('./kill-child.ts', import.meta.url));

/** Lets a child write for a while, kills it with SIGKILL, and returns what it had acknowledged: names with their last batch. */
async function writeAndKill(
  path: string,
  seed: number,
  afterMs: number,
): Promise<{ name: string; batch: number; id: string }[]> {
  const running = spawn(process.execPath, [child, path, String(seed)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  running.stdout.setEncoding('utf8');
  let timer: NodeJS.Timeout | undefined;
  running.stdout.on('data', (text: string) => {
    output += text;
    timer ??= setTimeout(() => running.kill('SIGKILL'), afterMs);
  });
  await new Promise<void>((resolve) => running.on('close', () => resolve()));
  clearTimeout(timer);
  expect(running.signalCode).toBe('SIGKILL');
  const acknowledged: { name: string; batch: number; id: string }[] = [];
  let batch: typeof acknowledged = [];
  for (const line of output.split('\n').slice(0, -1)) {
    const [name = '', number = '', id] = line.split(' ');
    if (name === 'synced') {
      acknowledged.push(...batch);
      batch = [];
    } else {
      batch.push({ name, batch: Number(number), id: id! });
    }
  }
  return acknowledged;
}

export async function liveAndDie(lives: number): Promise<void> {
  const path = mkdtempSync(join(tmpdir(), 'store-kill-'));
  try {
    const expected = new Map<string, { name: string; batch: number; id: string }>();
    const blobs = new Set<string>();
    for (let life = 0; life < lives; life++) {
      const acknowledged = await writeAndKill(path, life, Math.random() * 250);
      expect(acknowledged.length).toBeGreaterThan(0);
      for (const each of acknowledged) {
        expected.set(each.name, each);
        blobs.add(each.id);
      }
      const engine = await openStoreDirectory(path);
      expect(engine.status().damage).toEqual([]);
      for (const id of blobs) expect(engine.get(parseBlobId(id))).toBeDefined();
      for (const { name, id, batch } of expected.values()) {
        const bound = engine.resolve(name);
        expect(bound).toBeDefined();
        // A later batch may have been written and not yet acknowledged: then the name is at that batch's blob.
        if (Buffer.from(bound!).toString('hex') !== id) {
          const content = engine.get(bound!)!;
          const later = content.length >= 4 ? Math.floor(Buffer.from(content).readUInt32BE(0) / 100) : Number.NaN;
          expect(later >= batch || Number.isNaN(later)).toBe(true);
        }
      }
      await engine.close();
    }
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}
