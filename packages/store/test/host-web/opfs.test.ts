// The segment engine and directories over OPFS in a real browser, where there is one.
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { directoryConformance, engineConformance } from '../../src/conformance/index.ts';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

describe.skipIf(!existsSync(executablePath))('in Chromium', () => {
  let server: Server;
  let browser: Browser;
  let origin: string;

  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [join(import.meta.dirname, 'opfs-worker.ts')],
      bundle: true,
      format: 'esm',
      platform: 'browser',
      write: false,
    });
    server = createServer((request, response) => {
      const script = request.url === '/worker.js';
      response.setHeader('Content-Type', script ? 'text/javascript' : 'text/html');
      response.end(script ? outputFiles[0]!.text : '<!doctype html><title>store</title>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  test('engine and directory keep their promises, and what was synced outlives the page', async () => {
    const context = await browser.newContext();
    const life = async (which: string) => {
      const page = await context.newPage();
      await page.goto(origin);
      const outcome = await page.evaluate(
        (which) =>
          new Promise<{ passed: string[]; failed: string[] }>((resolve) => {
            const worker = new Worker('/worker.js', { type: 'module' });
            worker.onmessage = (event) => resolve(event.data);
            worker.onerror = (event) => resolve({ passed: [], failed: [event.message] });
            worker.postMessage(which);
          }),
        which,
      );
      await page.close();
      return outcome;
    };
    const first = await life('first');
    expect(first.failed).toEqual([]);
    const promises = engineConformance({ create: () => Promise.reject(), reopen: () => Promise.reject() });
    const directories = directoryConformance({ create: () => Promise.reject() });
    expect(first.passed).toHaveLength(promises.length + 1 + directories.length);
    expect(await life('second')).toEqual({
      passed: ['what was synced is there after the page went away', 'a directory is as it was at its last sync'],
      failed: [],
    });
  }, 120_000);
});
