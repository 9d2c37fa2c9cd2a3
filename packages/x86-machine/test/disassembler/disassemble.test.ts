// Disassembly reads as expected, and agrees with binutils on every row where that is installed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { disassemble } from '../../src/disassembler/disassemble.ts';
import { INSTRUCTION_SET } from '../../src/isa/instruction-set.ts';
import { formsOf, generateCase } from '../differential/case-generator.ts';
import { RandomSource } from '../differential/random-source.ts';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text.split(' '), (byte) => Number.parseInt(byte, 16));

describe('disassembly', () => {
  test.each([
    ['48 01 d8', 'add rax, rbx'],
    ['48 01 44 8b 10', 'add qword ptr [rbx + rcx*4 + 0x10], rax'],
    ['8b 05 00 01 00 00', 'mov eax, dword ptr [rip + 0x100]'],
    ['64 48 8b 04 25 28 00 00 00', 'mov rax, qword ptr fs:[0x28]'],
    ['83 c0 ff', 'add eax, -0x1'],
    ['88 e0', 'mov al, ah'],
    ['40 88 e0', 'mov al, spl'],
    ['e8 fb ff ff ff', 'call 0x401000'],
    ['0f 84 00 01 00 00', 'je 0x401106'],
    ['f3 a4', 'rep movsb'],
    ['f0 0f b1 0f', 'lock cmpxchg dword ptr [rdi], ecx'],
    ['67 8d 04 0f', 'lea eax, [edi + ecx]'],
    ['90', 'nop'],
    ['49 90', 'xchg rax, r8'],
    ['c8 10 00 02', 'enter 0x10, 0x2'],
    ['06', '(bad)'],
  ])('%s is %s', (bytes, text) => {
    expect(disassemble(bytesOf(bytes), 0, 0x40_1000n).text).toBe(text);
  });

  test('bytes that end too soon are no instruction', () => {
    expect(disassemble(bytesOf('48 8b'))).toEqual({ text: '(bad)', mnemonic: '', operands: [], length: 1 });
  });
});

/** binutils reads a file of 16-byte slots, each one instruction and breakpoints: what it finds at each slot's start. */
function objdump(codes: readonly (readonly number[])[]): { length: number; mnemonic: string }[] {
  const image = new Uint8Array(codes.length * SLOT).fill(0xcc);
  for (const [i, code] of codes.entries()) image.set(code, i * SLOT);
  const path = join(mkdtempSync(join(tmpdir(), 'x86-machine-')), 'slots');
  writeFileSync(path, image);
  const options = ['-D', '-b', 'binary', '-m', 'i386:x86-64', '-M', 'intel', '--wide', '--insn-width=16', path];
  const { stdout } = spawnSync('objdump', options, { maxBuffer: 1 << 28 });
  const found: { length: number; mnemonic: string }[] = [];
  for (const line of stdout.toString().split('\n')) {
    const match = /^\s*([0-9a-f]+):\t([0-9a-f ]+?)\s*\t(.*)$/.exec(line);
    if (!match || Number.parseInt(match[1]!, 16) % SLOT !== 0) continue;
    const words = match[3]!
      .replace(/^((rex\S*|lock|addr32|data16|cs|ds|es|ss|fs|gs|rep|repz|repnz|bnd|notrack|xacquire|xrelease) )+/, '')
      .split(/\s+/);
    found[Number.parseInt(match[1]!, 16) / SLOT] = { length: match[2]!.split(' ').length, mnemonic: words[0]! };
  }
  return found;
}

const SLOT = 16;
const hasObjdump = spawnSync('objdump', ['--version']).status === 0;

/** Both sides' names for the same thing, brought together. */
function commonName(mnemonic: string): string {
  const name = mnemonic.toLowerCase().replace(/^rep\w* /, '');
  return (
    ALIASES[name] ??
    name
      .replace(/^cmp(eq|lt|le|unord|neq|nlt|nle|ord)([ps][sd])$/, 'cmp$2')
      .replace(/^(v?)pclmul[lh]q[lh]qdq$/, '$1pclmulqdq')
      .replace(/^vcmp\w*([ps][sd])$/, 'vcmp$1')
      .replace(/^(movs|cmps|scas|lods|stos|ins|outs)[bwdq]$/, '$1')
  );
}

// binutils spells out operand sizes, and gives register forms names of their own.
const ALIASES: Readonly<Record<string, string>> = {
  movabs: 'mov',
  fnstenvw: 'fnstenv',
  fldenvw: 'fldenv',
  fnsavew: 'fnsave',
  frstorw: 'frstor',
  pushw: 'push',
  leavew: 'leave',
  pushfq: 'pushf',
  pushfw: 'pushf',
  popfq: 'popf',
  popfw: 'popf',
  retfq: 'retf',
  retfw: 'retf',
  iretw: 'iret',
  enterw: 'enter',
  'fneni(8087': 'feni',
  'fndisi(8087': 'fdisi',
  'fnsetpm(287': 'fsetpm',
  sysretq: 'sysret',
  sysretd: 'sysret',
  sysexitq: 'sysexit',
  sysexitd: 'sysexit',
  xlatb: 'xlat',
  rex: 'nop',
  // Hints, all of them reserved no-operations.
  prefetchit0: 'nop',
  prefetchit1: 'nop',
  cldemote: 'nop',
  bndldx: 'nop',
  bndstx: 'nop',
  movhlps: 'movlps',
  vmovhlps: 'vmovlps',
  vmovlhps: 'vmovhps',
  vpcmpestrmq: 'vpcmpestrm',
  vpcmpestriq: 'vpcmpestri',
  movlhps: 'movhps',
  pcmpestrmq: 'pcmpestrm',
  pcmpestriq: 'pcmpestri',
  prefetchwt1: 'prefetch',
};

describe.skipIf(!hasObjdump)('compared with objdump', () => {
  test('every row is as long, and has the name, that binutils gives it', () => {
    const random = new RandomSource(7);
    const cases = INSTRUCTION_SET.flatMap(formsOf).flatMap((form) =>
      Array.from({ length: 2 }, () => generateCase(form, random)),
    );
    const theirs = objdump(cases.map(({ code }) => [...code]));
    const disagreements = cases.flatMap(({ code }, i) => {
      const ours = disassemble(Uint8Array.from(code));
      const { length, mnemonic } = theirs[i]!;
      // binutils takes REX in front of WAIT for an instruction of its own.
      if (mnemonic === 'rex' && code.at(-1) === 0x9b) return [];
      // Nor VPERMQ and VPERMPD with W0, nor the aliases of x87 instructions.
      if (mnemonic === '(bad)' && /^(F(COM|COMP|STP|XCH)|VPERM(Q|PD))$/.test(ours.mnemonic)) return [];
      if (mnemonic === '(bad)' && ours.mnemonic.endsWith('FENCE')) return []; // binutils knows fences with rm = 0 only
      const agrees =
        ours.length === code.length && ours.length === length && commonName(ours.mnemonic) === commonName(mnemonic);
      return agrees
        ? []
        : [
            `${[...code].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')}: ${ours.text} (${ours.length}), objdump ${mnemonic} (${length})`,
          ];
    });
    expect(disagreements).toEqual([]);
  });
});
