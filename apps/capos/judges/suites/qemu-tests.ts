// QEMU's own tests of x86 user programs (Debian source package qemu, tests/tcg): every C program there that compiles.
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { debianSource, hostTool } from '../debian-source.ts';
import type { Judge } from '../judge.ts';
import { compilePrograms, hostFacts, type Program, programUnits } from './compiled-programs.ts';

const FOLDERS = ['i386', 'x86_64', 'multiarch', 'multiarch/linux'];

/** Scripts with the extensions that their headers are to cover. */
const TABLES: readonly (readonly [script: string, extensions: readonly string[]])[] = [
  ['test-avx', []],
  ['test-mmx', ['MMX', 'SSE', 'SSE2', 'SSE3', 'SSSE3']],
];

export const qemuTests: Judge = {
  name: 'qemu',
  title: "QEMU's tests of x86-64 programs",
  async load(cache) {
    const { folder, version } = await debianSource(cache, 'qemu');
    const tests = join(folder, 'tests/tcg');
    hostTool('gcc', ['--version']);
    const programs = FOLDERS.flatMap((part) =>
      globSync('*.c', { cwd: join(tests, part) })
        .sort()
        .map(
          (file): Program => ({ name: `${part}/${file.slice(0, -2)}`, source: join(tests, part, file), arguments: [] }),
        ),
    );
    const built = await cache.once(`qemu-tests-${version.replaceAll(/[^\w.]+/g, '-')}`, async (into) => {
      // Some tests are tables that a script beside them turns into a header.
      for (const [name, extensions] of TABLES) {
        const script = join(tests, `i386/${name}.py`);
        hostTool('python3', [script, join(tests, 'i386/x86.csv'), join(into, `${name}.h`), ...extensions]);
      }
      await compilePrograms(programs, into, [into, join(tests, 'multiarch'), join(tests, 'i386')]);
    });
    const facts = hostFacts(built, programs);
    const units = await programUnits(cache, built, programs, facts);
    return { version: `qemu ${version} (${facts.emulator})`, units };
  },
};
