// Opcode bytes select exactly one row, or none.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildDecodeTable } from '../../src/decode/decode-table.ts';
import { DECODED, Decoder, Instruction } from '../../src/decode/decoder.ts';
import { INSTRUCTION_SET } from '../../src/isa/instruction-set.ts';
import { row } from '../../src/isa/row.ts';

const decoder = new Decoder(buildDecodeTable(INSTRUCTION_SET));

function decode(...bytes: number[]): { outcome: number; instruction: Instruction } {
  const instruction = new Instruction();
  return { outcome: decoder.decode(Uint8Array.from(bytes), 0, bytes.length, instruction), instruction };
}

describe('the decode table', () => {
  test('has no two rows that fit the same bytes equally well', () => {
    const table = buildDecodeTable(INSTRUCTION_SET);
    for (const map of Object.values(table)) for (let opcode = 0; opcode < 256; opcode++) map.entry(opcode);
  });

  test('refuses rows that collide', () => {
    const twice = ['ONE', 'TWO'].map((mnemonic) => row(mnemonic, '0F 04', [], {}, () => {}));
    expect(() => buildDecodeTable(twice).twoByte.entry(4)).toThrow('collide');
  });
});

describe('the decoder', () => {
  test('says when bytes end inside an instruction, at every length', () => {
    const bytes = [0x66, 0x48, 0x81, 0x84, 0xcb, 1, 2, 3, 4, 5, 6, 7, 8];
    for (let length = 0; length < bytes.length; length++)
      expect(decode(...bytes.slice(0, length)).outcome).toBe(DECODED.truncated);
    expect(decode(...bytes).instruction.length).toBe(bytes.length);
  });

  test('takes fifteen bytes for an instruction and no more', () => {
    const prefixes = (count: number): number[] => new Array(count).fill(0x66);
    expect(decode(...prefixes(14), 0x90).instruction.length).toBe(15);
    expect(decode(...prefixes(15), 0x90).outcome).toBe(DECODED.tooLong);
  });

  test('ignores a REX prefix that another prefix follows', () => {
    expect(decode(0x48, 0x66, 0x01, 0xd8).instruction.row.operandSize).toBe(16);
  });

  test('refuses LOCK where there is nothing to lock', () => {
    expect(decode(0xf0, 0x01, 0xd8).outcome).toBe(DECODED.invalid); // add eax, ebx
    expect(decode(0xf0, 0x01, 0x18).outcome).toBe(DECODED.ok); // add [rax], ebx
    expect(decode(0xf0, 0x8b, 0x18).outcome).toBe(DECODED.invalid); // mov ebx, [rax]
  });

  test('reads nothing beyond its end, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 16 }), (bytes) => {
        const instruction = new Instruction();
        const outcome = decoder.decode(bytes, 0, bytes.length, instruction);
        if (outcome === DECODED.ok) expect(instruction.length).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 5000 },
    );
  });
});
