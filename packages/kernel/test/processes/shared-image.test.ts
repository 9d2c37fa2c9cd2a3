// A program that is started again, or twice: decoded and translated once, and whoever changes its own code changes nobody else's.
import { createMachine } from '@capos/x86-machine';
import { describe, expect, it } from 'vitest';
import { createKernel } from '../../src/index.ts';
import { buildElf, EXECUTE, movEax, movEdi, program, READ, SYSCALL, WRITE } from '../support/elf-builder.ts';
import { isEmpty, testConsole } from '../support/test-kernel.ts';
import { finish, prebuilt } from '../support/test-machine.ts';
import { EXIT, testPersonality } from '../support/test-personality.ts';

const clock = { nowNs: () => performance.now() * 1e6 };
const entropy = { fill: (bytes: Uint8Array) => bytes.fill(0x5a) };

/** mov ecx, 10000; add eax, ecx; dec ecx; jnz; then the end. */
const LOOP = [0xb9, 0x10, 0x27, 0, 0, 0x01, 0xc8, 0xff, 0xc9, 0x75, 0xfa, ...movEdi(7), ...movEax(EXIT), ...SYSCALL];

function system(translateAfter: number) {
  const machine = createMachine({
    ramBytes: 64 * 2 ** 20,
    decodedBytes: 4 * 2 ** 20,
    translateAfter,
    clock,
    entropy,
  });
  const kernel = createKernel({ machine, console: testConsole() });
  const start = (image: Uint8Array) =>
    kernel.spawn({ name: 'program', image, personality: testPersonality().factory, grants: {} });
  return { machine, kernel, start };
}

describe('an image', () => {
  it('is decoded and translated once for processes that follow one another', () => {
    const { machine, kernel, start } = system(50);
    expect(finish(kernel, start(program(LOOP)))).toEqual({ which: 'exited', exited: 7 });
    const { decodedInstructions, regions } = machine.cpu.counters;
    expect(regions).toBeGreaterThan(0);
    for (let round = 0; round < 3; round++) {
      expect(finish(kernel, start(program(LOOP)))).toEqual({ which: 'exited', exited: 7 });
    }
    expect(machine.cpu.counters).toMatchObject({ decodedInstructions, regions });
    expect(isEmpty(kernel)).toBe(true);
    expect(kernel.frames().free).toBe(kernel.frames().total);
  });

  it('is translated once for processes that run at the same time', () => {
    const { machine, kernel, start } = system(50);
    const processes = [start(program(LOOP)), start(program(LOOP)), start(program(LOOP))];
    for (const process of processes) expect(finish(kernel, process)).toEqual({ which: 'exited', exited: 7 });
    expect(machine.cpu.counters.regions).toBe(1);
  });

  it('of a native program is shared, too', () => {
    const { machine, kernel } = system(Number.POSITIVE_INFINITY);
    const run = () =>
      finish(
        kernel,
        kernel.spawn({ name: 'exit', image: prebuilt('exit-raw'), grants: { console: kernel.objects.console } }),
      );
    expect(run()).toEqual({ which: 'exited', exited: 7 });
    const { decodedInstructions } = machine.cpu.counters;
    expect(run()).toEqual({ which: 'exited', exited: 7 });
    expect(machine.cpu.counters.decodedInstructions).toBe(decodedInstructions);
  });

  it.each([1, 50, Number.POSITIVE_INFINITY])(
    'that a process changes while it runs stays what it was for others (translated after %d)',
    (translateAfter) => {
      const { kernel, start } = system(translateAfter);
      // add byte [0x400009], 1: what the next instruction, mov edi, 7, loads.
      const code = [0x80, 0x04, 0x25, 0x09, 0, 0x40, 0, 1, ...movEdi(7), ...movEax(EXIT), ...SYSCALL];
      const image = buildElf({
        segments: [{ address: 0x40_0000, flags: READ | WRITE | EXECUTE, bytes: Uint8Array.from(code) }],
      });
      const together = [start(image), start(image)];
      for (const process of [...together, start(image)])
        expect(finish(kernel, process)).toEqual({ which: 'exited', exited: 8 });
      expect(kernel.frames().free).toBe(kernel.frames().total);
    },
  );
});
