// The flags of `capos run`, through the command itself.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeClock } from '@capos/kernel/host-node';
import { spinner } from '@capos/libcapos/programs/spinner';
import { afterAll, describe, expect, test } from 'vitest';
import { createHostSystem } from '../src/host-system.ts';
import { missingInstruction, whatIsWrong } from '../src/program-file.ts';
import { parseMemory, parseProcessors, parseTimeout } from '../src/quantity-options.ts';
import { capos, ROOT } from './support/capos.ts';

const LIMIT = 240_000;
const ESBUILD = join(ROOT, 'node_modules/@esbuild/linux-x64/bin/esbuild');
const scratch = mkdtempSync(join(tmpdir(), 'capos-run-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const bundle = ['--', ESBUILD, '/in/a.ts', '--bundle'];

test('--caps tells what the program would hold, as a table and as JSON', async () => {
  const args = ['run', '--caps', '--tmpfs', '/tmp', '--net', 'connect:127.0.0.1:5432'];
  const table = await capos(args);
  expect(table.status).toBe(0);
  expect(table.stdout.toString()).toMatch(/^network +NetworkManager +--net +.*out to 127\.0\.0\.1:5432$/m);
  const { capabilities } = JSON.parse((await capos([...args, '--json'])).stdout.toString());
  expect(capabilities.map(({ name, interface: kind }: Record<string, string>) => [name, kind])).toEqual([
    ['stdin', 'Console'],
    ['stdout', 'Console'],
    ['stderr', 'Console'],
    ['console', 'Console'],
    ['timer', 'Timer'],
    ['entropy', 'EntropySource'],
    ['mount0', 'Directory'],
    ['network', 'NetworkManager'],
  ]);
});

test(
  '--stats tells what ran translated; --translate-after says when, and refuses what is no number',
  async () => {
    const version = ['--', ESBUILD, '--version'];
    const eager = await capos(['run', '--stats', '--translate-after', '50', ...version]);
    expect(eager.status).toBe(0);
    expect(eager.stderr).toMatch(/^instructions +[\d,]+$/m);
    expect(eager.stderr).toMatch(/^ {2}in translated regions +[1-9][\d,]+ \(\d+\.\d %\)$/m);
    const never = await capos(['run', '--stats', '--translate-after', 'never', ...version]);
    expect(never.stdout).toEqual(eager.stdout);
    expect(never.stderr).toMatch(/^regions translated +0 in 0 modules, 0 bytes$/m);
    const refused = await capos(['run', '--translate-after', 'soon', ...version]);
    expect(refused.stderr).toContain('soon is neither a whole number above zero nor never');
    expect(refused.status).not.toBe(0);
  },
  LIMIT,
);

test(
  '--union lays directories over each other: the first layer wins, and what is changed goes to the upper one alone',
  async () => {
    const root = mkdtempSync(join(scratch, 'union-'));
    const at = (...parts: string[]): string => join(root, ...parts);
    for (const each of ['above', 'below', 'changes']) mkdirSync(at(each));
    writeFileSync(at('below', 'a.ts'), 'import "./b"');
    writeFileSync(at('below', 'b.ts'), 'console.log("below")');
    writeFileSync(at('above', 'b.ts'), 'console.log("above")');
    const layers = `/in=${at('above')}:${at('below')}`;
    const made = await capos(['run', '--union', `${layers},upper=${at('changes')}`, ...bundle, '--outfile=/in/out.js']);
    expect(made.status).toBe(0);
    expect(readFileSync(at('changes', 'out.js'), 'utf8')).toContain('console.log("above")');
    expect([readdirSync(at('above')), readdirSync(at('below'))]).toEqual([['b.ts'], ['a.ts', 'b.ts']]);
    const inMemory = await capos(['run', '--union', `${layers},tmpfs`, ...bundle, '--outfile=/in/other.js']);
    expect(inMemory.status).toBe(0);
    expect(readdirSync(at('changes'))).toEqual(['out.js']);
    const readOnly = await capos(['run', '--union', layers, ...bundle, '--outfile=/in/other.js']);
    expect(readOnly.status).toBe(1);
    expect(readOnly.stderr).toContain('read-only file system');
  },
  LIMIT,
);

test(
  '--store-mount keeps files from one run to the next; --tmpfs does not',
  async () => {
    writeFileSync(join(scratch, 'a.ts'), 'console.log(40 + 2)');
    const store = [
      '--mount',
      `/in=${scratch}:ro`,
      '--store',
      join(scratch, 'store'),
      '--store-mount',
      '/kept=work/out',
    ];
    const first = await capos(['run', ...store, '--tmpfs', '/gone', ...bundle, '--outfile=/kept/a.js']);
    expect(first.stderr).toContain('a.js');
    expect(first.status).toBe(0);
    const again = await capos(['run', ...store, '--', ESBUILD, '/kept/a.js']);
    expect(again.stdout.toString()).toContain('console.log(40 + 2)');
    const other = await capos([
      ...['run', '--store', join(scratch, 'store'), '--store-mount', '/kept=other', '--', ESBUILD, '/kept/a.js'],
    ]);
    expect(other.status).toBe(1);
  },
  LIMIT,
);

test(
  '--trace=summary counts system calls and capability calls',
  async () => {
    const { stderr, status } = await capos(['run', '--trace=summary', '--', ESBUILD, '--version']);
    expect(status).toBe(0);
    expect(stderr).toMatch(/% time +seconds +usecs\/call +calls +errors +syscall/);
    expect(stderr).toMatch(/\d+ +mmap$/m);
    expect(stderr).toMatch(/% time .* capability/);
    expect(stderr).toMatch(/ 1 +Console\.write$/m);
  },
  LIMIT,
);

test(
  '--trace shows each call with its result and its time',
  async () => {
    const { stderr } = await capos(['run', '--trace', '--', ESBUILD, '--version']);
    expect(stderr).toMatch(/\] write\(1, "\d+\.\d+\.\d+\\n", \d+\) = \d+ <\d+\.\d{6}>/);
    expect(stderr).toMatch(/ = -1 ENOENT <\d+\.\d{6}>/);
  },
  LIMIT,
);

test('--cpus leaves a program that never rests no more than its share of the time', async () => {
  const LIFE_MS = 1500;
  // One turn of it may take as long as the host has something else to do.
  const SLACK_MS = 400;
  const { kernel, loop } = createHostSystem(64, {});
  const program = kernel.spawn({ name: 'spinner', image: spinner.bytes, processorShare: parseProcessors('0.25') });
  const began = performance.now();
  setTimeout(() => program.kill(9), LIFE_MS);
  let usedMs = 0;
  const watch = setInterval(() => {
    usedMs = Number(kernel.processes().find(({ name }) => name === 'spinner')?.cpuTimeNs ?? 0n) / 1e6;
  }, 50);
  await loop.run(kernel, program, nodeClock.nowNs);
  clearInterval(watch);
  expect(usedMs).toBeGreaterThan(0);
  expect(usedMs).toBeLessThan((performance.now() - began) * 0.25 + SLACK_MS);
});

test(
  '--timeout ends it with 124',
  async () => {
    const { status, stderr } = await capos(['run', '--timeout', '1ms', '--', ESBUILD, '--version']);
    expect(stderr).toContain('it ran for 0.001 s');
    expect(status).toBe(124);
  },
  LIMIT,
);

test.each([
  [['--memory', '1'], /give a size from 16M to 3840M/],
  [['--cpus', '0'], /give a share of the processor/],
  [['--timeout', 'soon'], /give a time above zero/],
  [['--tmpfs', 'tmp'], /the guest path must be absolute, such as \/tmp/],
  [['--store-mount', '/data'], /write it as GUEST=NAMESPACE/],
  [['--net', 'all'], /write none, loopback, dns/],
  [['--publish', '80'], /HOSTPORT:GUESTPORT/],
  [['--trace=loud'], /--trace for each call, or --trace=summary/],
  [['--mount', '/a=.', '--tmpfs', '/a'], /\/a is given twice/],
])('%s is refused in words', async (flags, message) => {
  const { status, stderr } = await capos(['run', ...flags, '--', ESBUILD, '--version']);
  expect(stderr).toMatch(message);
  expect(status).toBe(125);
});

describe('a file that can not run is told of before anything starts', () => {
  const elf = (bits: number, machine: number, type = 2): Uint8Array => {
    const bytes = new Uint8Array(64);
    bytes.set([0x7f, 0x45, 0x4c, 0x46, bits, 1, 1]);
    new DataView(bytes.buffer).setUint16(16, type, true);
    new DataView(bytes.buffer).setUint16(18, machine, true);
    return bytes;
  };
  test.each([
    [new Uint8Array(), /is empty/],
    [Buffer.from('#!/bin/sh\necho\n'), /a script for \/bin\/sh; run that interpreter/],
    [Buffer.from('just some text, and no program'), /no ELF file/],
    [elf(1, 3), /a program for i386 \(32 bits\)/],
    [elf(2, 183), /a program for ARM64/],
    [elf(1, 62), /the x32 ABI/],
    [elf(2, 62, 1), /an object file; link it/],
    [elf(2, 62), undefined],
  ])('%#', (image, message) => {
    if (message === undefined) expect(whatIsWrong(image)).toBeUndefined();
    else expect(whatIsWrong(image)).toMatch(message);
  });

  test('an instruction that is missing is named by its family', () => {
    expect(missingInstruction(Uint8Array.of(0x62, 0xf1, 0x7c, 0x48))).toMatch(
      /^an AVX-512 instruction \(62 f1 7c 48\)/,
    );
    expect(missingInstruction(Uint8Array.of(0x66, 0x0f, 0x0b))).toMatch(/UD2/);
  });

  test('a dynamic program without its interpreter ends with 127 and says what to mount', async ({ skip }) => {
    const dynamic = await import('node:fs').then(({ existsSync }) =>
      ['/usr/bin/python3', '/bin/bash'].find((path) => existsSync(path)),
    );
    if (dynamic === undefined) skip('there is no dynamic program');
    const { status, stderr } = await capos(['run', '--', dynamic!]);
    expect(stderr).toMatch(/its interpreter \/lib64\/ld-linux-x86-64\.so\.2 is not there .*: mount the root/);
    expect(status).toBe(127);
  });
});

test('amounts have units', () => {
  expect([parseMemory('512M'), parseMemory('1G'), parseMemory('64'), parseMemory('65536K')]).toEqual([
    512, 1024, 64, 64,
  ]);
  expect([parseProcessors('0.5'), parseProcessors('4')]).toEqual([0.5, 1]);
  expect([parseTimeout('2m'), parseTimeout('500ms'), parseTimeout('3')]).toEqual([120, 0.5, 3]);
});
