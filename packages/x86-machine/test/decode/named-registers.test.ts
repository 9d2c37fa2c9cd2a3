import { expect, test } from 'vitest';
import { buildDecodeTable } from '../../src/decode/decode-table.ts';
import { Decoder, Instruction } from '../../src/decode/decoder.ts';
import { isRenewed } from '../../src/decode/named-registers.ts';
import { INSTRUCTION_SET } from '../../src/isa/instruction-set.ts';
import { GPR } from '../../src/state/frame-layout.ts';

const decoder = new Decoder(buildDecodeTable(INSTRUCTION_SET));

function instructions(code: readonly number[]): Instruction[] {
  const bytes = Uint8Array.from(code);
  const found: Instruction[] = [];
  for (let at = 0; at < bytes.length; at += found.at(-1)!.length) {
    const instruction = new Instruction();
    decoder.decode(bytes, at, bytes.length, instruction);
    found.push(instruction);
  }
  return found;
}

test.each([
  ['mov eax, ecx', [0x89, 0xc8], true],
  ['mov rax, rcx', [0x48, 0x89, 0xc8], true],
  ['mov esi, edx; mov eax, 1', [0x89, 0xd6, 0xb8, 1, 0, 0, 0], true],
  ['nothing', [], false],
  ['mov ax, cx', [0x66, 0x89, 0xc8], false],
  ['mov ah, cl; mov eax, ecx', [0x88, 0xcc, 0x89, 0xc8], true],
  ['mov cl, ah; mov eax, ecx', [0x88, 0xe1, 0x89, 0xc8], false],
  ['add ecx, eax; mov eax, ecx', [0x01, 0xc1, 0x89, 0xc8], false],
  ['add eax, ecx', [0x01, 0xc8], false],
  ['mov eax, [rcx]', [0x8b, 0x01], false],
  ['cdq; mov eax, ecx', [0x99, 0x89, 0xc8], false],
  ['mul ecx; mov eax, ecx', [0xf7, 0xe1, 0x89, 0xc8], false],
  ['jmp; mov eax, ecx', [0xeb, 0, 0x89, 0xc8], false],
])('whether RAX gets another value that nobody has to wait for: %s', (_, code, is) => {
  expect(isRenewed(GPR.rax, instructions([0xf7, 0xf1, ...code]), 1)).toBe(is);
});
