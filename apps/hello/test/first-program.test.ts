// The first program of libcapos's README: what its text says to do, done.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createKernel } from '@capos/kernel';
import { nodeClock as clock, nodeEntropy as entropy, nodeEventLoop } from '@capos/kernel/host-node';
import { caposCompiler, findCompiler, packagePath } from '@capos/libcapos/host-node';
import { createMachine } from '@capos/x86-machine';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'capos-first-'));
afterAll(() => rmSync(folder, { recursive: true }));
const readme = readFileSync(packagePath('README.md'), 'utf8');
const block = (language: string): string =>
  new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(readme)![1]!;

test.runIf(findCompiler())('builds with capos-cc and counts what it reads, as the README prints', async () => {
  const source = block('c');
  const [path, target] = [join(folder, 'count.c'), join(folder, 'count')];
  writeFileSync(path, source);
  const errors: string[] = [];
  const host = { environment: {}, stdout: () => {}, stderr: (text: string) => errors.push(text) };
  expect(caposCompiler(['-Os', '-Wall', '-Wextra', path, '-o', target], host), errors.join('')).toBe(0);

  let output = '';
  const loop = nodeEventLoop();
  const console = {
    write: (bytes: Uint8Array) => {
      output += new TextDecoder().decode(bytes);
      return bytes.length;
    },
    onInput: (callback: (bytes: Uint8Array | null) => void) =>
      queueMicrotask(() => {
        callback(new TextEncoder().encode(source));
        callback(null);
      }),
    size: () => ({ columns: 80, rows: 24, isTerminal: false }),
    setRaw: () => {},
    onInterrupt: () => {},
  };
  const machine = createMachine({ ramBytes: 32 * 2 ** 20, clock, entropy });
  const kernel = createKernel({ machine, console, onWork: loop.onWork });
  const grants = { console: kernel.objects.console };
  const program = kernel.spawn({ name: 'count', image: readFileSync(target), grants });
  expect(await loop.run(kernel, program, clock.nowNs)).toEqual({ which: 'exited', exited: 0 });
  const [, promised] = /# (\d+ lines, \d+ bytes)/.exec(block('sh'))!;
  expect(output).toBe(`${promised}\n`);
});

test('the example in front of it runs as it stands', () => {
  // From a module that lies in this app, because that is where the packages it imports can be found.
  const appFolder = fileURLToPath(new URL('..', import.meta.url));
  const argumentList = ['--input-type=module-typescript', '--eval', block('ts')];
  const output = execFileSync(process.execPath, argumentList, {
    cwd: appFolder,
    encoding: 'utf8',
    timeout: 25_000,
    input: '',
  });
  expect(output).toMatch(/^Hello, world! I am process \d+\.\n$/);
});
