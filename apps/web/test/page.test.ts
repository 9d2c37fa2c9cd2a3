import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundlePage } from '../build/bundle.ts';
import { serveFolder } from '../build/static-server.ts';
import { CHROMIUM, launchChromium } from './support/chromium.ts';

describe.skipIf(CHROMIUM === undefined)('the page in Chromium (skipped where none is installed)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'capos-web-'));
  let server: Server;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    await bundlePage(folder);
    const served = await serveFolder(folder);
    server = served.server;
    browser = await launchChromium();
    page = await browser.newPage();
    await page.goto(served.url);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const screen = () => page.locator('#terminal .xterm-rows').textContent();
  const waitFor = (text: string) =>
    page.waitForFunction((t) => document.querySelector('#terminal .xterm-rows')?.textContent?.includes(t), text);

  test('has no SharedArrayBuffer and needs none', async () => {
    expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(false);
  });

  test('boots to the prompt', async () => {
    await waitFor('capos>');
    expect(await page.locator('#status').textContent()).toContain('booted');
  });

  test('shows what the shell holds', async () => {
    await page.locator('#terminal').click();
    await page.keyboard.type('caps\n');
    await waitFor('ProcessSpawner');
  });

  test('runs a native program', async () => {
    await page.keyboard.type('run hello\n');
    await waitFor('Hello');
    expect(await screen()).toContain('Hello');
  });
});
