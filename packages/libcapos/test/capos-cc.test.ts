// capos-cc: what it prints, what it refuses, and what it builds.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { caposCompiler } from '../src/host-node/capos-cc.ts';
import { findCompiler } from '../src/host-node/compiler.ts';
import { packagePath } from '../src/host-node/flags.ts';
import { PF, PT, readElf } from './support/elf-image.ts';

const folder = mkdtempSync(join(tmpdir(), 'capos-cc-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(argv: readonly string[], environment: Record<string, string> = {}) {
  let [stdout, stderr] = ['', ''];
  const status = caposCompiler(argv, {
    environment,
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
  });
  return { status, stdout, stderr };
}

function source(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('capos-cc without a compiler', () => {
  test('prints its help', () => {
    const { status, stdout } = run(['--help'], { CC: 'no-such-compiler' });
    expect(status).toBe(0);
    for (const option of ['--compiler', '--static-pie', '--print-flags', '--version']) expect(stdout).toContain(option);
  });

  test.each([
    [['--compiler', 'no-such-compiler', 'a.c'], {}, '--compiler'],
    [['a.c'], { CC: 'no-such-compiler' }, 'CC'],
  ])('says who chose a compiler that is not there, and what to do: %j', (argv, environment, chooser) => {
    const { status, stderr } = run(argv, environment as Record<string, string>);
    expect(status).toBe(2);
    expect(stderr).toContain(`"no-such-compiler" was chosen by ${chooser}`);
    expect(stderr).toContain('apt install gcc');
  });

  test('a program that is no compiler is no compiler', () => {
    expect(run(['--compiler', 'true', 'a.c']).status).toBe(2);
  });

  test.each([['--compiler'], ['-shared', 'a.c'], ['-m32', 'a.c']])('refuses %s', (...argv) => {
    const { status, stderr } = run(argv);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^capos-cc: .+\n$/);
  });
});

const compilers = [...new Set(['gcc', 'clang'])].filter((name) => {
  try {
    return findCompiler(name) !== undefined;
  } catch {
    return false;
  }
});

describe.runIf(compilers.length > 0).each(compilers)('capos-cc with %s', (compiler) => {
  const chosen = ['--compiler', compiler];
  const hello = source(
    `hello-${compiler}.c`,
    '#include <capos/console.h>\nstatic int counter = 3; static const char *const words[] = {"a", "b"};\nconst char *const *volatile at = words;\nint main(void) { return capos_print("%s %d\\n", *at, counter) < 0; }\n',
  );

  test('prints versions', () => {
    const { status, stdout } = run([...chosen, '--version']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^capos-cc \d+\.\d+\.\d+\n/);
    expect(stdout).toContain(compiler);
  });

  test('prints the command line it would run', () => {
    const { stdout } = run([...chosen, '--print-flags', '-O2', 'x.c']);
    const lines = stdout.split('\n');
    expect(lines[0]).toBe(compiler);
    for (const flag of ['-O2', 'x.c', '-ffreestanding', '-nostdlib', '-march=x86-64-v2']) expect(lines).toContain(flag);
  });

  test('leaves another -march alone, and links nothing with -c', () => {
    const lines = run([...chosen, '--print-flags', '-c', '-march=native', 'x.c']).stdout.split('\n');
    expect(lines).not.toContain('-march=x86-64-v2');
    expect(lines).not.toContain('-nostdlib');
  });

  test.each([
    ['static', [], 2, 0x400000],
    ['static-pie', ['--static-pie'], 3, 0],
  ])('builds a %s image', (_, flags, type, base) => {
    const target = join(folder, `hello-${compiler}-${type}`);
    expect(run([...chosen, ...flags, '-Os', hello, '-o', target]).status).toBe(0);
    const elf = readElf(readFileSync(target));
    expect(elf.type).toBe(type);
    expect(elf.notes.map(({ owner }) => owner)).toEqual(['capOS']);
    const loaded = elf.segments.filter((segment) => segment.type === PT.LOAD && segment.memorySize > 0);
    expect(loaded[0]!.address).toBe(base);
    expect(loaded.map(({ flags: rights }) => rights)).toEqual([PF.READ, PF.READ | PF.EXECUTE, PF.READ | PF.WRITE]);
    expect(elf.segments.some((segment) => segment.type === PT.DYNAMIC)).toBe(type === 3);
  });

  test('builds guest programs', () => {
    for (const name of ['threads', 'misbehave', 'echo-server']) {
      const target = join(folder, `${name}-${compiler}`);
      const flags = ['-std=c11', '-Os', '-Wall', '-Wextra'];
      expect(run([...chosen, ...flags, packagePath(`programs/${name}.c`), '-o', target]).status, name).toBe(0);
      expect(readElf(readFileSync(target)).notes).toHaveLength(1);
    }
  });

  test('separate compilation links', () => {
    const object = join(folder, `part-${compiler}.o`);
    const main = source(`main-${compiler}.c`, 'int part(void);\nint main(void) { return part(); }\n');
    const part = source(`part-${compiler}.c`, 'int part(void) { return 4; }\n');
    expect(run([...chosen, '-c', part, '-o', object]).status).toBe(0);
    expect(run([...chosen, main, object, '-o', join(folder, `linked-${compiler}`)]).status).toBe(0);
  });
});

describe.runIf(compilers.length > 0)('capos-cc with a compiler', () => {
  test('answers the status of the compiler', () => {
    expect(run(['--compiler', compilers[0]!, '-w', '-x', 'none', '--no-such-option-at-all', 'x.c']).status).not.toBe(0);
  });

  test('without files says so', () => {
    const { status, stderr } = run(['--compiler', compilers[0]!]);
    expect(status).toBe(2);
    expect(stderr).toContain('no input files');
  });
});
