// Berkeley TestFloat (in Debian's source package qemu, tests/fp): a processor's arithmetic against SoftFloat's, in every rounding
// mode, flags and NaNs included. It runs inside as it runs on the host: one program run a function.
import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { debianSource, hostTool } from '../debian-source.ts';
import type { Judge } from '../judge.ts';
import { hostFacts, type Program, programUnits } from './compiled-programs.ts';

const PARTS = ['berkeley-softfloat-3', 'berkeley-testfloat-3'];
const PLATFORM = 'build/Linux-x86_64-GCC';
const OPTIONS = ['FLOAT16', 'FLOAT64', 'EXTFLOAT80', 'FLOAT128', 'FLOAT_ROUND_ODD', 'LONG_DOUBLE_IS_EXTFLOAT80'];
/** This version of testfloat.c takes the reference's flags for those of another reference. */
const CORRECTION = '-Dslowfloat_exceptionFlags=softfloat_exceptionFlags';
/** x86 processors tell what is tiny after rounding (SDM Vol. 1 §4.9.1.5). NaNs and invalid integers are to be theirs. */
const ARGUMENTS = ['-level', '1', '-tininessafter', '-checkAll'];
const PROGRAM = join('berkeley-testfloat-3', PLATFORM, 'testfloat');

export const testFloat: Judge = {
  name: 'testfloat',
  title: 'Berkeley TestFloat',
  async load(cache) {
    const { folder, version } = await debianSource(cache, 'qemu');
    hostTool('make', ['--version']);
    const built = await cache.once(`testfloat-${version.replaceAll(/[^\w.]+/g, '-')}`, (into) => {
      for (const part of PARTS) cpSync(join(folder, 'tests/fp', part), join(into, part), { recursive: true });
      hostTool('make', ['-C', join(into, PARTS[0]!, PLATFORM)]);
      const options = [...OPTIONS.map((name) => `-D${name}`), CORRECTION].join(' ');
      const make = ['-C', join(into, PARTS[1]!, PLATFORM), 'testfloat'];
      hostTool('make', [...make, 'LINK=gcc -static -o $@', `TESTFLOAT_OPTS=${options}`]);
    });
    const functions = execFileSync(join(built, PROGRAM), ['-list'], { encoding: 'utf8' }).trim().split('\n');
    const programs = functions.map(
      (name): Program => ({
        name,
        file: PROGRAM,
        source: join(folder, 'tests/fp', PARTS[1]!),
        // Six million cases of three operands: in one rounding mode.
        arguments: [...ARGUMENTS, ...(name.endsWith('mulAdd') ? ['-rnear_even'] : []), name],
      }),
    );
    const facts = hostFacts(built, programs);
    return {
      version: `qemu ${version}, testfloat -level 1 (${facts.emulator})`,
      units: await programUnits(cache, built, programs, facts),
    };
  },
};
