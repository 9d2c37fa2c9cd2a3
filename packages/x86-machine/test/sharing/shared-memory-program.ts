// Random programs for one page of code each: loops that load and store all over the place, copy, push, call, and patch themselves.
//
//   0x000   loop:      steps · dec ebp · jnz loop · syscall
//   0x800   function:  steps · ret
//
// EBP counts rounds, RSP and R8 to R15 point at pages of whatever kind, the other registers are anything. A program means the same
// wherever its page is mapped.
import { INSTRUCTION_SET } from '../../src/isa/instruction-set.ts';
import { blockForms } from '../differential/block-generator.ts';
import type { Form } from '../differential/case-generator.ts';
import { integerValue } from '../differential/edge-values.ts';
import { encode, rmOperand } from '../differential/instruction-encoder.ts';
import type { RandomSource } from '../differential/random-source.ts';

export const PAGE = 4096;
export const FUNCTION_OFFSET = 0x800;
export const POINTERS: readonly number[] = [8, 9, 10, 11, 12, 13, 14, 15];
/** What instructions may write: RSP, RBP and the pointers are kept. */
const FREE = [0, 1, 2, 3, 6, 7];

/** Divisions mostly fault, bit offsets reach beyond every page, and the rest move RSP or end the program. */
const LEFT_OUT = /^(I?DIV|BT|PUSH|CLFLUSH|PREFETCH|XSETBV|RSM|MWAIT)/;
const forms: readonly Form[] = blockForms(INSTRUCTION_SET).filter(
  ({ row }) => !LEFT_OUT.test(row.mnemonic) && row.operands.every(({ field }) => field !== 'relative'),
);
const memoryForms = forms.filter((form) => form.isMemory);
const registerForms = forms.filter((form) => !form.isMemory);
/** Plain moves are what most sites of real programs are. */
const moves = memoryForms.filter(({ row }) => /^(MOV|MOVZX|MOVDQU|MOVQ|ADD|XOR|CMP)$/.test(row.mnemonic));

const bytes32 = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >> shift) & 0xff);

/** A displacement: mostly near, else as far as the next page or over its edge. */
function displacement(random: RandomSource): number {
  const kind = random.below(12);
  if (kind < 8) return random.below(24) * 16;
  if (kind < 10) return random.below(64);
  return random.pick([PAGE, -64, PAGE - 4, PAGE - 16, 2 * PAGE]);
}

function instruction(random: RandomSource): number[] {
  const kind = random.below(10);
  const form = random.pick(kind < 5 ? moves : kind < 8 ? memoryForms : registerForms);
  const { row, isMemory } = form;
  const register = (field: 'reg' | 'rm' | 'vvvv'): number => {
    const registerClass = row.operands.find((operand) => operand.field === field)?.registerClass;
    return registerClass === undefined || registerClass === 'gpr' ? random.pick(FREE) : random.below(16);
  };
  const isOpcodeRegister = row.encoding.opcodeRegister && row.encoding.fixedModRM === undefined;
  const memory = { base: random.pick(POINTERS), index: -1, scale: 0, displacement: displacement(random) };
  return [
    ...encode(row, {
      reg: isOpcodeRegister ? random.pick(FREE) : register('reg'),
      rm: isMemory && rmOperand(row) !== undefined ? memory : register('rm'),
      constants: row.encoding.immediates.map(() => integerValue(random)),
      // AH … BH lie in registers that are free too; without REX numbers 4 to 7 would be them, which is fine.
      forceRex: random.chance(1, 4),
      vvvv: register('vvvv'),
    }),
  ];
}

/** lea REG, [pointer + displacement] */
function pointAt(register: number, random: RandomSource): number[] {
  const low = random.pick(POINTERS) & 7;
  const scaleIndexBase = low === 4 ? [0x24] : [];
  return [0x49, 0x8d, 0x80 | (register << 3) | low, ...scaleIndexBase, ...bytes32(displacement(random))];
}

/** Changes where a pointer points: on by a little, to the page beside, or to where another does. */
function move(random: RandomSource): number[] {
  const [one, other] = [random.pick(POINTERS) & 7, random.pick(POINTERS) & 7];
  const kind = random.below(8);
  if (kind < 3) return [0x49, 0x83, 0xc0 | one, random.pick([8, 16, 64, 1])]; // add one, imm8
  if (kind < 6) return [0x49, 0x81, 0xf0 | one, ...bytes32(PAGE)]; // xor one, 4096
  if (kind < 7) return [0x4d, 0x87, 0xc0 | (one << 3) | other]; // xchg one, other
  return [0x49, 0x81, 0xe0 | one, ...bytes32(~0xc0f)]; // and one, so that it starts over
}

/** CMPSB, SCASB, LODSB. */
const READING = [0xa6, 0xae, 0xac];
/** MOVSB, MOVS, STOSB, STOS. */
const WRITING = [0xa4, 0xa5, 0xaa, 0xab];

/** Which repeated instructions a program may have. */
export type Repeats = 'none' | 'reading' | 'all';

function repeated(random: RandomSource, repeats: Repeats): number[] {
  if (repeats === 'none') return instruction(random);
  const wide = random.chance(1, 2) ? [0x48] : [];
  const count = random.chance(1, 4) ? 400 : random.below(40);
  const code = [...pointAt(6, random), ...pointAt(7, random), 0xb9, ...bytes32(count)];
  return [
    ...code,
    random.pick([0xf3, 0xf2]),
    ...wide,
    random.pick(repeats === 'all' ? [...READING, ...WRITING] : READING),
  ];
}

function stack(random: RandomSource): number[] {
  const register = random.pick(FREE);
  return [0x50 + random.pick(FREE), ...(random.chance(1, 3) ? instruction(random) : []), 0x58 + register];
}

/** Bytes of a page of code. */
export function programPage(random: RandomSource, repeats: Repeats): Uint8Array {
  const page = new Uint8Array(PAGE).fill(0xcc);
  const patchable: number[] = [];
  const patches: { at: number; next: number }[] = [];
  const patchesItself = random.chance(1, 4);
  const emit = (code: number[], at: number): number => {
    page.set(code, at);
    return at + code.length;
  };
  const step = (at: number, mayCall: boolean): number => {
    const kind = random.below(40);
    if (kind < 22) return emit(instruction(random), at);
    if (kind < 29) return emit(move(random), at);
    if (kind < 31) return emit(repeated(random, repeats), at);
    if (kind < 33) return emit(stack(random), at);
    if (kind < 35) {
      // A branch over what comes next.
      const end = step(at + 2, false);
      emit([0x70 + random.below(16), end - at - 2], at);
      return end;
    }
    if (kind < 37 && mayCall) {
      // The function of this page or of the one behind it.
      const target = FUNCTION_OFFSET + (random.chance(1, 3) ? PAGE : 0);
      return emit([0xe8, ...bytes32(target - at - 5)], at);
    }
    if (kind < 39) {
      // mov ecx, imm32 · add [pointer], ecx
      patchable.push(at + 1);
      return emit([0xb9, ...bytes32(random.bits()), 0x41, 0x01, 0x08 | (random.pick([8, 9, 10, 11]) & 7)], at);
    }
    if (!patchesItself) return emit([0x90], at);
    // mov byte [rip + …], imm8, filled in below
    patches.push({ at: at + 2, next: at + 7 });
    return emit([0xc6, 0x05, 0, 0, 0, 0, random.below(256)], at);
  };
  let at = 0;
  for (let left = 2 + random.below(16); left > 0; left--) at = step(at, true);
  at = emit([0xff, 0xcd, 0x0f, 0x85], at);
  at = emit([...bytes32(-(at + 4)), 0x0f, 0x05], at);
  at = FUNCTION_OFFSET;
  for (let left = 1 + random.below(6); left > 0; left--) at = step(at, false);
  emit([0xc3], at);
  for (const patch of patches) {
    const target = patchable.length > 0 ? random.pick(patchable) + random.below(4) : FUNCTION_OFFSET + 0x700;
    emit(bytes32(target - patch.next), patch.at);
  }
  return page;
}
