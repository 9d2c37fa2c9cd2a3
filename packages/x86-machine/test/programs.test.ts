// Programs of the host's compiler do on the machine what they do on the host.
import { describe, expect, test } from 'vitest';
import { loadProgram, runProgram } from './support/bare-loader.ts';
import { compileProgram, hasCompiler, runNatively } from './support/compile.ts';

describe.skipIf(!hasCompiler())('a C program', () => {
  test('prints and exits as on the host', () => {
    const program = compileProgram('integer');
    const native = runNatively(program);
    const loaded = loadProgram(program.elf);
    expect({ status: runProgram(loaded), output: loaded.output(), fault: loaded.fault() }).toEqual({
      ...native,
      fault: undefined,
    });
    expect(loaded.machine.cpu.instructions).toBeGreaterThan(100_000);
  });
});
