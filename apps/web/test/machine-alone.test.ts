// The machine's package by itself, as somebody bundles it who has never heard of the rest: small, and at work in a browser.
import { existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { expect, test } from 'vitest';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
const MOST_BYTES = 150_000;

const PAGE = `
import { createMachine, loadProgram, STOP } from '@capos/x86-machine';
const machine = createMachine({
  ramBytes: 2 ** 20,
  clock: { nowNs: () => performance.now() * 1e6 },
  entropy: { fill: (bytes) => void crypto.getRandomValues(bytes) },
});
loadProgram(machine, Uint8Array.of(0xb8, 0x2a, 0, 0, 0, 0x0f, 0xc8, 0xf4)); // mov eax, 42 · bswap eax · hlt
const reason = machine.run(1000);
globalThis.outcome = [reason === STOP.halted, machine.cpu.registers[0].toString(16)];
`;

const bundle = async (contents: string): Promise<string> => {
  const options = { bundle: true, minify: true, format: 'esm', target: 'es2022', write: false } as const;
  const { outputFiles } = await build({ ...options, stdin: { contents, resolveDir: import.meta.dirname } });
  return outputFiles[0]!.text;
};

test('all of the package is under 150 kB, gzipped', async () => {
  const everything = await bundle(`export * from '@capos/x86-machine';`);
  expect(gzipSync(everything, { level: 9 }).length).toBeLessThan(MOST_BYTES);
});

test.skipIf(CHROMIUM === undefined)(
  'the bundle runs a program in Chromium (skipped where none is installed)',
  async () => {
    const browser = await chromium.launch({
      executablePath: CHROMIUM!,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'],
    });
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ type: 'module', content: await bundle(PAGE) });
      await page.waitForFunction(() => 'outcome' in globalThis);
      expect(await page.evaluate(() => (globalThis as unknown as { outcome: unknown }).outcome)).toEqual([
        true,
        '2a000000',
      ]);
    } finally {
      await browser.close();
    }
  },
);
