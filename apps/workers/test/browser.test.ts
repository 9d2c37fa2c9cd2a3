// Worker processes in a browser: a typed service in one Worker of the page, called from another.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundlePage } from '../build/bundle.ts';
import { serveIsolated } from '../build/isolated-server.ts';
import { LINES } from './lines.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

describe.skipIf(CHROMIUM === undefined)('Workers of a page in Chromium (skipped where none is installed)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'capos-workers-'));
  const servers: Server[] = [];
  let browser: Browser;

  beforeAll(async () => {
    await bundlePage(folder);
    browser = await chromium.launch({
      executablePath: CHROMIUM!,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'],
    });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async (isolated: boolean) => {
    const { server, url } = await serveIsolated(folder, { isolated });
    servers.push(server);
    const page = await browser.newPage();
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(error.message));
    await page.goto(url);
    return { page, failures };
  };

  test('call, cancel and pipeline through the kernel of the page', async () => {
    const { page, failures } = await open(true);
    expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true);
    await page.waitForFunction(() => document.querySelector('#status')?.textContent !== 'running');
    expect(await page.locator('#status').textContent()).toBe('exited 0');
    expect((await page.locator('#output').textContent())?.trimEnd().split('\n')).toEqual(LINES);
    expect(failures).toEqual([]);
  });

  test('are refused, with the reason, where a page is not cross-origin isolated', async () => {
    const { page, failures } = await open(false);
    await expect.poll(() => failures.length, { timeout: 120_000 }).toBeGreaterThan(0);
    expect(failures[0]).toMatch(/can't start clock: give the kernel threads/);
    expect(await page.locator('#status').textContent()).toBe('running');
  });
});
