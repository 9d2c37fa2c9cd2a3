import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BUSYBOX, bundlePage } from '../build/bundle.ts';
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
    // Its own context, which keeps files, and is shared by tabs.
    page = await (await browser.newContext()).newPage();
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

  test('answers while a program that never ends runs, and Ctrl-C ends that', async () => {
    await page.keyboard.type('run spinner\n');
    await waitFor('run spinner');
    expect(await page.evaluate(() => document.title)).toBe('capOS');
    await page.keyboard.press('Control+c');
    await page.keyboard.type('echo still $?\n');
    await waitFor('still 130');
  });

  test('keeps files when it is loaded again', async () => {
    expect(await page.locator('#status').textContent()).toContain('files are kept in this browser');
    await page.keyboard.type('write /home/note words that stay\n');
    await page.keyboard.type('ls /home\n');
    await waitFor('note');
    await page.reload();
    await waitFor('capos>');
    await page.locator('#terminal').click();
    await page.keyboard.type('cat /home/note\n');
    await waitFor('words that stay');
  });

  test.skipIf(!existsSync(BUSYBOX))('keeps what a Linux program has synced', async () => {
    const script = 'echo of a Linux program | dd of=/home/linux conv=fsync && echo synced | tr a-z A-Z';
    await page.keyboard.type(`run --with home busybox sh -c '${script}'\n`);
    await waitFor('SYNCED');
    await page.reload();
    await waitFor('capos>');
    await page.locator('#terminal').click();
    await page.keyboard.type('run --with home busybox wc -w /home/linux\n');
    await waitFor('4 /home/linux');
  });

  test('says so in a second tab, whose files are not kept', async () => {
    const second = await page.context().newPage();
    await second.goto(page.url());
    await second.waitForFunction(() => document.querySelector('#status')?.textContent?.includes('booted'));
    expect(await second.locator('#status').textContent()).toContain('another tab has the files open');
    await second.close();
  });
});
