// Valgrind's tests of amd64 instructions and Linux programs (Debian source package valgrind): every C program of these
// folders that compiles, with the arguments its own description gives.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { debianSource, hostTool } from '../debian-source.ts';
import type { Judge } from '../judge.ts';
import { compilePrograms, hostFacts, type Program, programUnits } from './compiled-programs.ts';

const FOLDERS = [
  'none/tests/amd64',
  'none/tests/amd64-linux',
  'none/tests',
  'memcheck/tests/amd64',
  'memcheck/tests/amd64-linux',
];
/** Measures, waits for ever, or ends with what freed memory holds, which is where it was mapped: nothing to compare. */
const NOT_JUDGED = /\/(rdtscp|rcrl|timestamp)$/;

export const valgrindTests: Judge = {
  name: 'valgrind',
  title: "Valgrind's amd64 tests",
  async load(cache) {
    const { folder, version } = await debianSource(cache, 'valgrind');
    hostTool('gcc', ['--version']);
    const built = `valgrind-tests-${version.replaceAll(/[^\w.]+/g, '-')}`;
    const sources = await cache.once(`${built}-sources`, (into) => gatherSources(folder, into));
    const compiled = FOLDERS.flatMap((part) =>
      globSync('*.c', { cwd: join(sources, part) })
        .sort()
        .map((file): Program => {
          const source = join(sources, part, file);
          return { name: `${part}/${file.slice(0, -2)}`, source, arguments: argumentsOf(source) };
        })
        .filter(({ name }) => !NOT_JUDGED.test(name)),
    );
    const programsFolder = await cache.once(built, (into) =>
      compilePrograms(compiled, into, [sources, join(sources, 'include'), join(sources, 'memcheck')]),
    );
    const programs = [...compiled, ...compiled.flatMap((program) => otherRunsOf(program))];
    const facts = hostFacts(programsFolder, programs);
    const units = await programUnits(cache, programsFolder, programs, facts);
    return { version: `valgrind ${version} (${facts.emulator})`, units };
  },
};

/** The folders as they are, an empty config.h where `configure` would put one, and the programs that a script makes of tables. */
function gatherSources(folder: string, into: string): void {
  const files = globSync(['{none,memcheck}/tests/**/*.{c,h,def,pl,vgtest}', 'tests/*.h', '{include,memcheck}/*.h'], {
    cwd: folder,
  });
  for (const file of files) {
    mkdirSync(dirname(join(into, file)), { recursive: true });
    copyFileSync(join(folder, file), join(into, file));
  }
  writeFileSync(join(into, 'config.h'), '');
  for (const table of globSync('none/tests/amd64/*.def', { cwd: into })) {
    const path = join(into, table);
    const source = execFileSync('perl', [join(dirname(path), 'gen_insn_test.pl')], {
      input: readFileSync(path),
      stdio: ['pipe', 'pipe', 'ignore'],
      maxBuffer: 2 ** 28,
    });
    writeFileSync(path.replace(/\.def$/, '.c'), source);
  }
}

/** The `args:` of a test's description. */
function argumentsOf(source: string): string[] {
  const description = join(dirname(source), `${basename(source, '.c')}.vgtest`);
  return existsSync(description) ? listedArguments(readFileSync(description, 'utf8')) : [];
}

const listedArguments = (description: string): string[] =>
  /^args:(.*)$/m.exec(description)?.[1]?.trim().split(/\s+/).filter(Boolean) ?? [];

/** Descriptions under other names that run a program with arguments of their own (plain words: nothing is quoted here). */
function otherRunsOf({ name, source }: Program): Program[] {
  const [folder, own] = [dirname(source), basename(source, '.c')];
  return globSync(`${own}_*.vgtest`, { cwd: folder })
    .sort()
    .flatMap((file) => {
      const description = readFileSync(join(folder, file), 'utf8');
      const words = listedArguments(description);
      const isAnother = /^prog:\s*(\S+)/m.exec(description)?.[1] === own && words.length > 0;
      if (!isAnother || !words.every((word) => /^\w+$/.test(word))) return [];
      return [{ name: join(dirname(name), basename(file, '.vgtest')), file: name, source, arguments: words }];
    });
}
