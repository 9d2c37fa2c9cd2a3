// Files that are not what they say: refused with a sentence, or loaded and run to their own end; nothing else is disturbed.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KernelError } from '../../src/index.ts';
import { ElfError, parseElf } from '../../src/processes/elf-file.ts';
import { buildElf, EXECUTE, movEax, movEdi, program, READ, SYSCALL, WRITE } from '../support/elf-builder.ts';
import { isEmpty } from '../support/test-kernel.ts';
import { finish, machineKernel, prebuilt } from '../support/test-machine.ts';

const CODE = Uint8Array.from([...movEdi(4), ...movEax(0), ...SYSCALL]);

describe('an ELF file', () => {
  it('that is sound is parsed', () => {
    const file = parseElf(prebuilt('hello'));
    expect(file.isRelocatable).toBe(false);
    expect(file.entry).toBeGreaterThanOrEqual(0x40_0000);
    expect(file.tls?.memorySize).toBeGreaterThan(0);
    expect(file.programHeaders).toBeGreaterThan(0);
  });

  const bad: [string, () => Uint8Array, string][] = [
    ['is empty', () => new Uint8Array(0), 'shorter than an ELF header'],
    ['has another magic', () => program([0x90]).fill(0, 0, 4), 'ELF magic'],
    [
      'is for another processor',
      () => buildElf({ machine: 40, segments: [{ address: 0x40_0000, bytes: CODE }] }),
      'x86-64',
    ],
    [
      'is an object file',
      () => buildElf({ type: 1, segments: [{ address: 0x40_0000, bytes: CODE }] }),
      'neither executable',
    ],
    [
      'has nothing to load',
      () => buildElf({ segments: [{ type: 4, address: 0x40_0000, bytes: CODE }] }),
      'nothing to load',
    ],
    [
      'enters where nothing is executable',
      () => buildElf({ entry: 0x50_0000, segments: [{ address: 0x40_0000, bytes: CODE }] }),
      'entry point',
    ],
    [
      'has overlapping segments',
      () =>
        buildElf({
          segments: [
            { address: 0x40_0000, bytes: new Uint8Array(8192) },
            { address: 0x40_1000, bytes: CODE },
          ],
        }),
      'overlap',
    ],
    [
      'promises more file than there is',
      () => {
        const file = program([0x90]);
        new DataView(file.buffer).setBigUint64(64 + 32, 5000n, true);
        return file;
      },
      'more bytes in the file than in memory',
    ],
    [
      'reaches into the upper half',
      () => buildElf({ segments: [{ address: 0x7fff_ffff_f000, bytes: CODE, memorySize: 0x2000 }] }),
      'user half',
    ],
    [
      'is misaligned',
      () => buildElf({ entry: 0x40_0010, segments: [{ address: 0x40_0010, bytes: CODE, alignment: 3 }] }),
      'power of two',
    ],
  ];
  it.each(bad)('that %s is refused', (_what, build, sentence) => {
    expect(() => parseElf(build())).toThrow(ElfError);
    expect(() => parseElf(build())).toThrow(sentence);
  });

  it('with memory both writable and executable is refused of a native program', () => {
    const { kernel, run } = machineKernel();
    const image = buildElf({ segments: [{ flags: READ | WRITE | EXECUTE, address: 0x40_0000, bytes: CODE }] });
    expect(() => run('bad', image)).toThrow('both writable and executable');
    const shared = buildElf({
      segments: [
        { address: 0x40_0000, bytes: CODE },
        { flags: READ | WRITE, address: 0x40_0800, bytes: CODE, alignment: 1 },
      ],
    });
    expect(() => run('bad', shared)).toThrow('two segments share a page');
    expect(isEmpty(kernel)).toBe(true);
    expect(kernel.frames().free).toBe(kernel.frames().total);
  });

  it('whose pages would not fit is refused, and leaves nothing', () => {
    const { kernel, run } = machineKernel({ ramMib: 8 });
    const image = buildElf({ segments: [{ address: 0x40_0000, bytes: CODE, memorySize: 2 ** 31 }] });
    const process = run('vast', image);
    expect(finish(kernel, process)).toEqual({ which: 'exited', exited: 4 });
    expect(() =>
      run('vaster', buildElf({ segments: [{ address: 0x40_0000, bytes: CODE, memorySize: 2 ** 33 }] })),
    ).toThrow(KernelError);
    expect(isEmpty(kernel)).toBe(true);
  });

  it('with random damage is refused or runs to an end of its own', () => {
    const { kernel, run, log } = machineKernel({ ramMib: 16 });
    const sound = [prebuilt('hello'), prebuilt('exit-raw'), program([...CODE])];
    const before = kernel.frames().free;
    let refused = 0;
    let ran = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...sound),
        fc.array(
          fc.tuple(
            fc.oneof(fc.nat({ max: 400 }), { weight: 4, arbitrary: fc.integer({ min: 400, max: 20_000 }) }),
            fc.nat({ max: 255 }),
          ),
          {
            minLength: 1,
            maxLength: 6,
          },
        ),
        fc.option(fc.nat({ max: 12_000 }), { freq: 2 }),
        (file, damage, length) => {
          const image = file.slice(0, length ?? undefined);
          for (const [at, value] of damage) if (at < image.length) image[at] = value;
          try {
            const process = run('damaged', image);
            ran++;
            for (let step = 0; step < 3 && process.status === undefined; step++) kernel.step(50_000);
            process.kill(9);
          } catch (error) {
            refused++;
            expect(error).toBeInstanceOf(KernelError);
            expect((error as KernelError).code).toBe('cannotSpawn');
          }
          kernel.runUntilIdle();
          expect(kernel.frames().free).toBe(before);
        },
      ),
      { numRuns: 300 },
    );
    expect(refused).toBeGreaterThan(20);
    expect(ran).toBeGreaterThan(20);
    expect(log).toEqual([]);
    expect(isEmpty(kernel)).toBe(true);
  });
});
