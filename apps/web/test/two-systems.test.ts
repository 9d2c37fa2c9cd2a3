import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUSYBOX, bundlePage } from '../build/bundle.ts';
import { serveFolder } from '../build/static-server.ts';
import { CHROMIUM, launchChromium } from './support/chromium.ts';

const LIMIT = 240_000;
const able = CHROMIUM !== undefined && existsSync(BUSYBOX);

describe.skipIf(!able).each([
  ['in its own thread', ''],
  ['in a Worker each', '?workers'],
])('two systems in one page, %s (skipped without Chromium or a static busybox)', (_where, query) => {
  const folder = mkdtempSync(join(tmpdir(), 'capos-two-systems-'));
  let server: Server;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    await bundlePage(folder);
    const served = await serveFolder(folder);
    server = served.server;
    browser = await launchChromium();
    page = await browser.newPage();
    await page.goto(`${served.url}two-systems.html${query}`);
    await page.waitForFunction(() => document.querySelector('#status')?.textContent !== 'running…', undefined, {
      timeout: LIMIT,
    });
  }, LIMIT);

  afterAll(async () => {
    await browser?.close();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const text = (id: string): Promise<string | null> => page.locator(`#${id}`).textContent();

  test('one listens, the other connects, and each hears what the other says', async () => {
    expect(await text('listener')).toBe('a line from the system that connects\n');
    expect(await text('caller')).toBe('a line from the system that listens\n');
  });

  test('a system that holds no network is refused', async () => {
    expect(await text('outsider')).toContain('Permission denied');
    expect(await text('status')).toBe('ended: 0, 0, 1');
  });
});
