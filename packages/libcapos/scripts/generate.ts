// Rebuilds everything that is committed and made by a compiler: lib/, prebuilt/, src/generated/, and those of the apps.
// Without a C compiler there is nothing to do: what is committed is what a fresh machine runs.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasCapnp } from '@capos/abi/generator';
import { findCompiler } from '../src/host-node/compiler.ts';
import { COMPILE_FLAGS, DEFAULT_MARCH, LINK_FLAGS, packagePath } from '../src/host-node/flags.ts';
import { buildLibrary, LIBRARY_FLAGS } from './build-library.ts';
import { generateProgram, PROGRAM_FLAGS } from './build-programs.ts';
import { copyContractHeaders } from './contract-headers.ts';
import { writeGuestSchemaOutputs } from './guest-schemas.ts';
import { appPrograms, libraryPrograms } from './program-list.ts';

copyContractHeaders();
if (hasCapnp()) writeGuestSchemaOutputs();
const compiler = findCompiler();
if (compiler === undefined) {
  process.stdout.write('libcapos: no C compiler here, the prebuilt programs stay as they are\n');
} else {
  buildLibrary(compiler, packagePath('lib'));
  const programs = [...libraryPrograms(), ...appPrograms()];
  for (const program of programs) {
    rmSync(join(program.prebuilt, `${program.name}.elf`), { force: true });
    generateProgram(compiler, program);
  }
  const toolchain = {
    compiler: compiler.version,
    linker: compiler.linker,
    libraryFlags: LIBRARY_FLAGS,
    programFlags: [...PROGRAM_FLAGS, ...COMPILE_FLAGS, DEFAULT_MARCH, ...LINK_FLAGS],
  };
  writeFileSync(packagePath('prebuilt/toolchain.json'), `${JSON.stringify(toolchain, null, 2)}\n`);
  process.stdout.write(`libcapos: ${programs.length} programs built with ${compiler.version}\n`);
}
