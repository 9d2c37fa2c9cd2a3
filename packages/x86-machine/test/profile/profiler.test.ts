// The profiler says where instructions went, by the names in the file; files that are none cost nothing but names.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ElfSymbols, functionAt, readElfSymbols } from '../../src/profile/elf-symbols.ts';
import { collapsedStacks, flameGraph, profileTable } from '../../src/profile/profile-reports.ts';
import { createProfiler } from '../../src/profile/profiler.ts';
import { codeMachine } from '../support/code-machine.ts';
import { compileProgram, hasCompiler } from '../support/compile.ts';

// hot: mov ecx, 300; dec ecx; jnz −2; ret · warm: mov ecx, 100; … · main: call hot; call warm; jmp main; with frame pointers
// biome-ignore format: one function a line
const PROGRAM = [
  0x55, 0x48, 0x89, 0xe5, 0xb9, 0x2c, 0x01, 0x00, 0x00, 0xff, 0xc9, 0x75, 0xfc, 0x5d, 0xc3, 0x90, //  0 hot
  0x55, 0x48, 0x89, 0xe5, 0xb9, 0x64, 0x00, 0x00, 0x00, 0xff, 0xc9, 0x75, 0xfc, 0x5d, 0xc3, 0x90, // 16 warm<int>
  0x55, 0x48, 0x89, 0xe5, 0xe8, 0xd7, 0xff, 0xff, 0xff, 0xe8, 0xe2, 0xff, 0xff, 0xff, 0xeb, 0xf4, // 32 main
];
const SYMBOLS: ElfSymbols = {
  firstAddress: 0,
  functions: [
    { address: 0, size: 15, name: 'hot' },
    { address: 16, size: 15, name: 'warm<int>' },
    { address: 32, size: 16, name: 'main' },
  ],
};

describe.each([1, Number.POSITIVE_INFINITY])('with code translated after %s entries', (translateAfter) => {
  const profile = () => {
    const { machine } = codeMachine(PROGRAM, { translateAfter });
    machine.cpu.rip += 32n;
    const base = 0x40_0000;
    const image = { name: '/bin/program', start: base, end: base + 4096, base, symbols: SYMBOLS };
    const profiler = createProfiler(machine, {
      period: 997,
      imageAt: (address) => (address >= image.start && address < image.end ? image : undefined),
      ownerOf: () => 'job;1',
    });
    machine.run(1_000_000);
    return { machine, profiler };
  };

  test('samples are about as many as asked for, and go to functions by what they ran', () => {
    const { machine, profiler } = profile();
    expect(profiler.samples).toBeGreaterThan(700);
    expect(profiler.samples).toBeLessThan(1300);
    const [hot, warm] = profiler.functions();
    expect([hot!.name, warm!.name]).toEqual(['hot', 'warm<int>']);
    expect(hot!.self / warm!.self).toBeGreaterThan(2);
    expect(hot!.self / warm!.self).toBeLessThan(4.5);
    expect(profiler.functions().find(({ name }) => name === 'main')!.total).toBeGreaterThan(profiler.samples * 0.95);
    const { samples } = profiler;
    profiler.stop();
    machine.run(100_000);
    expect(profiler.samples).toBe(samples);
  });

  test('reports are a table, stacks one a line, and a picture, whatever names hold', () => {
    const { profiler } = profile();
    expect(profileTable(profiler)).toMatch(
      /^# \d+ samples in \d functions\n#.*\n +\d+\.\d\d% +\d+\.\d\d% +\d+ +program +hot\n/,
    );
    expect(collapsedStacks(profiler)).toMatch(/^job\?1;main;hot \d+$/m);
    const picture = flameGraph(profiler, 'a & b');
    expect(picture).toMatch(/^<svg .*<\/svg>\n$/s);
    expect(picture).toContain('a &amp; b');
    expect(picture).toContain('<title>warm&lt;int&gt;:');
    expect(picture).not.toContain('<int>');
  });
});

describe('symbols', () => {
  test.skipIf(!hasCompiler())('of a compiled program are where its functions are', () => {
    const { elf } = compileProgram('workload', ['-fno-tree-vectorize']);
    const symbols = readElfSymbols(elf);
    const start = symbols.functions.find(({ name }) => name === '_start')!;
    expect(functionAt(symbols, start.address)?.name).toBe('_start');
    expect(new DataView(elf.buffer, elf.byteOffset).getBigUint64(24, true)).toBe(BigInt(start.address));
    expect(functionAt(symbols, symbols.firstAddress - 1)).toBeUndefined();
  });

  test('of a file that is damaged, or none, are those that can be read', () => {
    const elf = hasCompiler() ? compileProgram('workload', ['-fno-tree-vectorize']).elf : new Uint8Array(64);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(elf.length - 1), fc.nat(255)), { maxLength: 8 }),
        fc.nat(elf.length),
        (changes, end) => {
          const bytes = elf.slice(0, end);
          for (const [at, value] of changes)
            bytes[at % Math.max(1, Math.min(bytes.length, at % 2 ? 256 : bytes.length))] = value;
          readElfSymbols(bytes);
        },
      ),
      { numRuns: 200 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readElfSymbols(bytes)));
  });
});
