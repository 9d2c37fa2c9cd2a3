// The programs that a machine without a C compiler runs are the ones that the sources make.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildLibrary } from '../scripts/build-library.ts';
import { buildProgram, exportName, moduleText } from '../scripts/build-programs.ts';
import { appPrograms, libraryPrograms } from '../scripts/program-list.ts';
import { findCompiler } from '../src/host-node/compiler.ts';
import { packagePath } from '../src/host-node/flags.ts';
import type { NativeProgram } from '../src/native-program.ts';
import { PF, PT, readElf } from './support/elf-image.ts';

const programs = [...libraryPrograms(), ...appPrograms()];
const compiler = findCompiler();
const recorded = JSON.parse(readFileSync(packagePath('prebuilt/toolchain.json'), 'utf8')) as {
  compiler: string;
  linker: string;
};
const sameToolchain = compiler?.version === recorded.compiler && compiler.linker === recorded.linker;
// Another compiler may warn of more.
const warnings = sameToolchain ? ['-Werror'] : [];

function prebuilt(program: (typeof programs)[number]): Buffer {
  return readFileSync(join(program.prebuilt, `${program.name}.elf`));
}

function expectNativeImage(bytes: Uint8Array): void {
  const elf = readElf(bytes);
  expect(elf.machine, 'x86-64').toBe(62);
  expect(elf.notes).toEqual([{ owner: 'capOS', type: 1, descriptor: [1, 0, 0, 0] }]);
  const loaded = elf.segments.filter(({ type, memorySize }) => type === PT.LOAD && memorySize > 0);
  const pages = new Set<number>();
  for (const segment of loaded) {
    expect(segment.flags & PF.WRITE && segment.flags & PF.EXECUTE, 'write and execute').toBeFalsy();
    expect(segment.offset % 4096).toBe(segment.address % 4096);
    const last = Math.floor((segment.address + segment.memorySize - 1) / 4096);
    for (let page = Math.floor(segment.address / 4096); page <= last; page++) {
      expect(pages.has(page), 'two segments in one page').toBe(false);
      pages.add(page);
    }
  }
  const code = loaded.find(({ flags }) => flags & PF.EXECUTE)!;
  expect(elf.entry).toBeGreaterThanOrEqual(code.address);
  expect(elf.entry).toBeLessThan(code.address + code.fileSize);
}

describe('each prebuilt program', () => {
  test.each(programs.map((program) => [program.name, program] as const))('%s is a native image', (_, program) => {
    const bytes = prebuilt(program);
    expectNativeImage(bytes);
    expect(bytes.includes(packagePath('.')), 'a path of the machine that built it').toBe(false);
    expect(bytes.length, 'small').toBeLessThan(40_000);
  });

  test.each(programs.map((program) => [program.name, program] as const))(
    '%s is the same as a file and as a module',
    async (_, program) => {
      const bytes = prebuilt(program);
      const path = join(program.modules, `${program.name}.ts`);
      expect(readFileSync(path, 'utf8')).toBe(moduleText(program, bytes));
      const module = (await import(path)) as Record<string, NativeProgram>;
      const image = module[exportName(program.name)]!;
      expect(image.size).toBe(bytes.length);
      expect(Buffer.compare(bytes, image.bytes)).toBe(0);
      expect(image.bytes, 'decoded once').toBe(image.bytes);
    },
  );

  test('there is one for every source and none without', () => {
    const images = readdirSync(packagePath('prebuilt')).filter((file) => file.endsWith('.elf'));
    expect(images.sort()).toEqual(
      libraryPrograms()
        .map(({ name }) => `${name}.elf`)
        .sort(),
    );
    const modules = readdirSync(packagePath('src/generated/programs'));
    expect(modules.sort()).toEqual(
      libraryPrograms()
        .map(({ name }) => `${name}.ts`)
        .sort(),
    );
  });
});

const folder = mkdtempSync(join(tmpdir(), 'libcapos-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.runIf(compiler)('rebuilt here', () => {
  beforeAll(() => buildLibrary(compiler!, join(folder, 'lib'), warnings));

  test.runIf(sameToolchain)('the library has the committed bytes', () => {
    for (const file of ['libcapos.a', 'crt0.o', 'note.o']) {
      const [built, committed] = [readFileSync(join(folder, 'lib', file)), readFileSync(packagePath(`lib/${file}`))];
      expect(Buffer.compare(built, committed), `${file} is stale: pnpm generate`).toBe(0);
    }
  });

  test.each(programs.map((program) => [program.name, program] as const))('%s builds', (_, program) => {
    const target = join(folder, `${program.name}.elf`);
    buildProgram(compiler!, program, target, warnings);
    const built = readFileSync(target);
    expectNativeImage(built);
    // Another compiler makes other bytes of the same program; the same one must make the same.
    if (sameToolchain) expect(Buffer.compare(built, prebuilt(program)), 'stale: pnpm generate').toBe(0);
  });
});
