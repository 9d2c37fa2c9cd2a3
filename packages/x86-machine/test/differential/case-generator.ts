// Cases out of the row tables: every row in every operand form, with operands aimed at the mapped pages and their edges.

import type { Row } from '../../src/isa/row.ts';
import { binary32Value, binary64Value, extendedValue, integerValue, vectorValue } from './edge-values.ts';
import { encode, type MemoryChoice, type OperandChoice, rmOperand } from './instruction-encoder.ts';
import { CODE_ADDRESS, DATA_HIGH_ADDRESS, DATA_LOW_ADDRESS, imageOffsetOf, READ_ONLY_ADDRESS } from './memory-map.ts';
import { type Case, FX, type Patch, ProcessorState, RSP as STACK_POINTER, UPPER_OFFSET } from './processor-state.ts';
import type { RandomSource } from './random-source.ts';

/** A row with its operand in a register or in memory: the unit of coverage. */
export interface Form {
  readonly row: Row;
  readonly isMemory: boolean;
  readonly name: string;
}

export function formsOf(row: Row): Form[] {
  const operand = rmOperand(row);
  const name = `${row.mnemonic} ${row.encoding.text}`;
  const forms: Form[] = [];
  if (!operand || operand.registerClass !== undefined) forms.push({ row, isMemory: false, name: `${name} reg` });
  if (operand?.memorySize !== undefined) forms.push({ row, isMemory: true, name: `${name} mem` });
  return forms;
}

/** Rows that the host cannot be asked about, and why. */
export const NOT_COMPARED: Readonly<Record<string, string>> = {
  CPUID: 'names the processor',
  RDTSC: 'tells the time',
  RDTSCP: 'tells the time',
  RDPID: 'tells the processor number',
  RDRAND: 'is random',
  RDSEED: 'is random',
  SYSCALL: 'enters the host kernel',
  SYSENTER: 'enters the host kernel',
  INT: 'some vectors enter the host kernel',
  SGDT: 'emulated by the host kernel under UMIP',
  SIDT: 'emulated by the host kernel under UMIP',
  SLDT: 'emulated by the host kernel under UMIP',
  STR: 'emulated by the host kernel under UMIP',
  SMSW: 'emulated by the host kernel under UMIP',
  LAR: 'reads the host descriptor table',
  LSL: 'reads the host descriptor table',
  VERR: 'reads the host descriptor table',
  VERW: 'reads the host descriptor table',
  INT1: 'the host kernel treats it as a debug trap of its own',
  XGETBV: 'names what the host saves',
};

/** Segment registers hold what the host kernel chose, and loading them meets its descriptor tables. */
const touchesSegments = (row: Row): boolean =>
  row.operands.some((operand) => operand.registerClass === 'sreg') ||
  /^(RETF|IRET|LSS|LFS|LGS|LDS|LES)/.test(row.mnemonic) ||
  (row.encoding.opcode === 0xff && (row.encoding.digit === 3 || row.encoding.digit === 5));

/** With 66 it reads two bytes by Intel's manual, four by AMD's: it shows at a page's edge. */
const readsAsItLikes = (row: Row): boolean => row.mnemonic === 'MOVSXD' && row.operandSize === 16;

export const isCompared = (row: Row): boolean =>
  !(row.mnemonic in NOT_COMPARED) && !touchesSegments(row) && !readsAsItLikes(row);

const MXCSR_VALUES = [0x1f80, 0x1f80, 0x1fa0, 0x1fa0, 0x1fa0, 0x9fc0, 0x3f80, 0x5fa0, 0x7f80];

/** RFLAGS.AC: misaligned accesses of ring 3 are #AC. */
export const ALIGNMENT_CHECK = 0x4_0000n;

/** A plausible processor: edge values everywhere, the stack and the string registers in mapped memory. */

export function randomState(random: RandomSource): ProcessorState {
  const state = ProcessorState.initial();
  for (let register = 0; register < 16; register++) state.words[register] = integerValue(random);
  const place = (): bigint => random.pick([DATA_LOW_ADDRESS, DATA_HIGH_ADDRESS]) + BigInt(0x800 + random.below(0x1000));
  state.words[STACK_POINTER] = place() & ~7n;
  for (const register of [3, 5, 6, 7]) if (random.chance(3, 4)) state.words[register] = place();
  state.rflags = 0x202n | (BigInt(random.bits()) & 0x8d5n) | (random.chance(1, 4) ? 0x400n : 0n);
  if (random.chance(1, 12)) state.rflags |= ALIGNMENT_CHECK;
  if (random.chance(1, 8)) state.fsBase = DATA_LOW_ADDRESS + BigInt(random.below(256));
  if (random.chance(1, 8)) state.gsBase = DATA_HIGH_ADDRESS + BigInt(random.below(256));
  const { fx } = state;
  for (let register = 0; register < 16; register++) {
    state.bytes.set(vectorValue(random), 160 + FX.xmm + register * 16);
  }
  if (random.chance(1, 2)) {
    for (let at = 0; at < 256; at += 16) state.bytes.set(vectorValue(random), UPPER_OFFSET + at);
  }
  let mxcsr = random.pick(MXCSR_VALUES);
  if (random.chance(1, 8)) mxcsr = random.bits() & 0xffff;
  fx.setUint32(FX.mxcsr, mxcsr, true);
  const masks = random.chance(1, 6) ? random.below(64) : 0x3f;
  const precision = random.chance(1, 3) ? random.pick([0, 2, 3]) : 3;
  fx.setUint16(
    FX.controlWord,
    0x40 | masks | (precision << 8) | (random.chance(1, 3) ? random.below(4) << 10 : 0),
    true,
  );
  const flags = random.chance(1, 4) ? random.below(64) & masks : 0;
  fx.setUint16(FX.statusWord, (random.below(8) << 11) | (random.bits() & 0x4700) | flags, true);
  fx.setUint8(FX.tagByte, random.chance(1, 4) ? random.below(256) : random.chance(1, 2) ? 0xff : 0x0f);
  for (let register = 0; register < 8; register++) {
    const [signExponent, significand] = extendedValue(random);
    fx.setBigUint64(FX.registers + register * 16, significand, true);
    fx.setUint16(FX.registers + register * 16 + 8, signExponent, true);
  }
  return state;
}

/** An address where something may happen: mostly mapped and often aligned, else a page edge, read-only, unmapped, non-canonical. */
function dataAddress(random: RandomSource, bytes: number): bigint {
  const base = random.pick([DATA_LOW_ADDRESS, DATA_HIGH_ADDRESS]);
  // Of a long area processors touch one end or the other first: which byte faults is theirs to choose.
  const kind = random.below(bytes > 16 ? 24 : 32);
  const aligned = BigInt(random.below(bytes > 16 ? 50 : 120) * 64);
  if (kind < 18) return base + 64n + aligned;
  if (kind < 24) return base + 64n + aligned + BigInt(random.below(64));
  if (kind < 27) return base + 0x1000n - BigInt(random.below(bytes + 2)); // from page to page
  if (kind === 27) return READ_ONLY_ADDRESS + BigInt(random.below(0x1000));
  if (kind === 28) return READ_ONLY_ADDRESS - BigInt(random.below(bytes + 2)); // writable, then not
  if (kind === 29) return DATA_HIGH_ADDRESS + 0x2000n - BigInt(random.below(bytes + 2)); // mapped, then not
  if (kind === 30) return DATA_HIGH_ADDRESS - BigInt(random.below(bytes + 2));
  return random.pick([0x8000_0000_0000n, 0xffff_7fff_ffff_fff8n, 0x7fff_ffff_fffcn, 0xffff_8000_0000_0000n, 0n]);
}

const OPERAND_PATTERNS = (random: RandomSource): Uint8Array => {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  const kind = random.below(4);
  if (kind === 0) return vectorValue(random);
  if (kind === 1) {
    const [signExponent, significand] = extendedValue(random);
    view.setBigUint64(0, significand, true);
    view.setUint16(8, signExponent, true);
    return bytes;
  }
  if (kind === 2) {
    view.setBigUint64(0, binary64Value(random), true);
    view.setBigUint64(8, binary64Value(random), true);
    return bytes;
  }
  view.setUint32(0, Number(binary32Value(random)), true);
  view.setUint32(4, Number(binary32Value(random)), true);
  view.setBigUint64(8, integerValue(random), true);
  return bytes;
};

/** Chooses an addressing form that reaches `target`, and sets the registers that it needs. */
function memoryChoice(
  random: RandomSource,
  state: ProcessorState,
  target: bigint,
  instructionEnd: bigint,
): MemoryChoice {
  // AMD processors also want the offset without the segment's base to be canonical: no override in the kernel's half.
  const segment = target >= 0x7fff_ffff_0000n ? 2 : random.below(16);
  const segmentPrefix = segment === 0 ? 0x64 : segment === 1 ? 0x65 : undefined;
  const segmentBase = segment === 0 ? state.fsBase : segment === 1 ? state.gsBase : 0n;
  const wanted = BigInt.asUintN(64, target - segmentBase);
  const common = segmentPrefix === undefined ? {} : { segmentPrefix };
  const kind = random.below(8);
  const low = BigInt.asIntN(64, wanted);
  if (kind === 0 && low >= -0x8000_0000n && low <= 0x7fff_ffffn) {
    return { base: -1, index: -1, scale: 0, displacement: Number(low), ...common };
  }
  const relative = BigInt.asIntN(64, wanted - instructionEnd);
  if (kind === 1 && relative >= -0x8000_0000n && relative <= 0x7fff_ffffn) {
    return { base: 'rip', index: -1, scale: 0, displacement: Number(relative), ...common };
  }
  const displacement = random.pick([0, 0, 8, -128, 127, 0x1234, -0x4000_0000]);
  let base = random.below(16);
  const index = kind < 5 ? -1 : random.below(16);
  const scale = random.below(4);
  if (base === STACK_POINTER && random.chance(3, 4)) base = 3;
  if (index === STACK_POINTER || index === base || index === -1) {
    state.words[base] = BigInt.asUintN(64, wanted - BigInt(displacement));
    return { base, index: -1, scale: 0, displacement, ...common, ...shortAddress(random, state, base, wanted) };
  }
  const indexValue = BigInt.asIntN(64, random.pick([0n, 1n, 16n, -1n, -64n, 0x1_0000n]));
  state.words[index] = BigInt.asUintN(64, indexValue);
  state.words[base] = BigInt.asUintN(64, wanted - BigInt(displacement) - (indexValue << BigInt(scale)));
  return { base, index, scale, displacement, ...common };
}

/** A base register, and indices that mostly stay near it. */
function vectorIndexed(random: RandomSource, state: ProcessorState, target: bigint): MemoryChoice {
  const index = random.below(16);
  if (random.chance(7, 8)) {
    const near = (): number => random.below(33) - 8;
    for (const view of [state.upper, new DataView(state.fx.buffer, 160 + FX.xmm)]) {
      const wide = random.chance(1, 2);
      for (let at = index * 16; at < index * 16 + 16; at += wide ? 8 : 4) {
        if (wide) view.setBigInt64(at, BigInt(near()), true);
        else view.setInt32(at, near(), true);
      }
    }
  }
  const displacement = random.pick([0, 8, -128, 0x1234]);
  state.words[3] = BigInt.asUintN(64, target - BigInt(displacement));
  return { base: 3, index, scale: random.below(4), displacement };
}

/** Now and then a 67 prefix, with rubbish above the 32 bits that count. */
function shortAddress(
  random: RandomSource,
  state: ProcessorState,
  base: number,
  wanted: bigint,
): { addressSizePrefix?: true } {
  if (wanted > 0xffff_ffffn || !random.chance(1, 6) || base === STACK_POINTER) return {};
  state.words[base]! |= BigInt(random.bits()) << 32n;
  return { addressSizePrefix: true };
}

/** How many bytes the memory operand may touch, for aiming at page edges. */
function operandBytes(form: Form): number {
  const bits = rmOperand(form.row)?.memorySize ?? 64;
  return bits === 0 ? 128 : bits / 8;
}

function constantsFor(
  random: RandomSource,
  row: Row,
  codeOffset: number,
  place: (random: RandomSource, bytes: number) => bigint,
): bigint[] {
  return row.encoding.immediates.map((bits, index) => {
    if (row.operands.some((operand) => operand.field === 'relative') && index === 0) {
      // Land in the code pages (breakpoints everywhere), at their edges, or nowhere.
      const reach = random.pick([0, 1, 16, -1, -16, 100, -100, -codeOffset, 0x2000 - codeOffset, 0x7fff_0000]);
      return BigInt(bits === 8 ? random.below(256) : reach);
    }
    if (row.operands.some((operand) => operand.field === 'moffs')) return place(random, 8);
    return random.chance(1, 2) ? BigInt(random.below(256)) : integerValue(random);
  });
}

export interface GeneratedCase extends Case {
  readonly form: Form;
  readonly code: Uint8Array;
}

/** Registers through which instructions reach memory that no operand names: the stack, strings, XLAT, MASKMOVDQU. */
const IMPLICIT_POINTERS = [3, 4, 5, 6, 7];

/** One case of a form; with a place given, whatever it reaches of memory is there: that many bytes from it on. */
export function generateCase(
  form: Form,
  random: RandomSource,
  place: (random: RandomSource, bytes: number) => bigint = dataAddress,
): GeneratedCase {
  const { row, isMemory } = form;
  const state = randomState(random);
  const patches: Patch[] = [];
  // Mostly in the middle of a page; now and then across into the second, or off its end.
  const codeOffset = random.chance(1, 16) ? 0xff0 + random.below(16) : 0x200 + random.below(64);
  state.rip = CODE_ADDRESS + BigInt(codeOffset);
  const reg = random.below(16);
  const constants = constantsFor(random, row, codeOffset, place);
  if (place !== dataAddress && !isMemory) {
    for (const register of IMPLICIT_POINTERS) state.words[register] = place(random, 8);
  }
  const prefixes: number[] = [];
  if (row.lock && isMemory && random.chance(1, 3)) prefixes.push(0xf0);
  if (row.repeat && random.chance(2, 3)) {
    prefixes.push(row.repeat === 'repe' ? random.pick([0xf2, 0xf3]) : 0xf3);
    state.words[1] = BigInt(random.below(20));
  }
  if (/^REP/.test(row.mnemonic)) state.words[1] = BigInt(random.below(40));
  const shape = { reg, constants, prefixes, forceRex: random.chance(1, 4), vvvv: random.below(16) };
  let choice: OperandChoice = { ...shape, rm: random.below(16) };
  if (isMemory) {
    const target = place(random, operandBytes(form));
    const saved = state.clone();
    let memory = row.usesVectorIndex
      ? vectorIndexed(random, state, target)
      : memoryChoice(random, state, target, state.rip + 8n);
    if (memory.base === 'rip') {
      // The length decides what RIP is: encode once to learn it, and aim again.
      const { length } = encode(row, { ...shape, rm: memory });
      const displacement = Number(
        BigInt.asIntN(64, target - segmentBaseOf(memory, state) - (state.rip + BigInt(length))),
      );
      memory = { ...memory, displacement };
    }
    const offset = imageOffsetOf(target);
    if (offset >= 0 && imageOffsetOf(target + 15n) === offset + 15 && random.chance(3, 4)) {
      patches.push({ imageOffset: offset, bytes: operandPattern(form, random, saved) });
    }
    // A plausible area, for a random one has reserved bits set in MXCSR.
    if (/^F?XRSTOR/.test(row.mnemonic) && offset >= 0 && random.chance(7, 8)) {
      patches.push({ imageOffset: offset, bytes: extendedStateArea(random) });
    }
    // Bit 17 of MXCSR is AMD's, for a mode that CPUID does not offer here: of what is loaded these bits are reserved everywhere, or none.
    const third = imageOffsetOf(target + 2n);
    if (/^V?LDMXCSR$/.test(row.mnemonic) && third >= 0) {
      patches.push({ imageOffset: third, bytes: Uint8Array.of(random.pick([0, 0, 0, 1, 4, 0x80])) });
    }
    choice = { ...shape, rm: memory };
  }
  avoidUndefined(row, state, choice);
  const branch = branchTarget(form, random, state, choice);
  if (branch) patches.push(branch);
  const code = encode(row, choice);
  patches.push(...codePatches(codeOffset, code));
  return { state, patches, form, code };
}

/** An FXSAVE area, and an XSAVE header and upper halves behind it. */
function extendedStateArea(random: RandomSource): Uint8Array {
  const { bytes } = randomState(random);
  const area = new Uint8Array(832);
  area.set(bytes.subarray(160, 672));
  area[512] = random.below(8);
  // Compacted, mostly with room for what it holds.
  if (random.chance(1, 3)) {
    area[520] = random.chance(3, 4) ? area[512]! | random.below(8) : random.below(16);
    area[527] = 0x80;
  }
  if (random.chance(1, 16)) area[512 + random.below(64)] = random.below(256);
  // Components that the host may have enabled and the machine does not have: AVX-512 and protection keys.
  for (const at of [512, 520]) {
    area[at]! &= 0x1f;
    area[at + 1]! &= 0xfd;
  }
  area.set(bytes.subarray(672, 928), 576);
  return area;
}

/** Keeps operands away from what the manual leaves undefined (and this processor then chooses). */
function avoidUndefined(row: Row, state: ProcessorState, choice: OperandChoice): void {
  // SHLD and SHRD of 16 bits by more than 16.
  if (/^SH[LR]D$/.test(row.mnemonic) && row.operandSize === 16) {
    (choice.constants as bigint[])[0] = (choice.constants[0] ?? 0n) & 15n;
    state.words[1]! &= ~0x10n;
  }
  // A failing CMPXCHG of 32 bits clears the upper half of a register destination on some processors.
  if (row.mnemonic === 'CMPXCHG' && row.operandSize === 32 && typeof choice.rm === 'number') {
    state.words[choice.rm]! &= 0xffff_ffffn;
  }
  // The host has more components than the machine.
  if (/^X(SAVE|RSTOR)/.test(row.mnemonic)) {
    state.words[0]! &= 7n;
    state.words[2]! &= 0n;
  }
  // A loop onto itself: not too many times.
  if (row.mnemonic.startsWith('LOOP')) state.words[1] = (state.words[1]! & 0xfffn) | 1n;
  // F2XM1 and FYL2XP1 are defined near zero only.
  if (row.mnemonic === 'F2XM1' || row.mnemonic === 'FYL2XP1') {
    const signExponent = state.fx.getUint16(FX.registers + 8, true);
    const isNan = (signExponent & 0x7fff) === 0x7fff && state.fx.getBigUint64(FX.registers, true) << 1n !== 1n << 64n;
    if ((signExponent & 0x7fff) >= 0x3ffd && !isNan) {
      state.fx.setUint16(FX.registers + 8, (signExponent & 0x8000) | 0x3ffc, true);
    }
  }
  // Which bytes of a masked store fault, and in which order.
  if (/^V?MASKMOV(Q|DQU)/.test(row.mnemonic)) state.words[7] = DATA_LOW_ADDRESS + (state.words[7]! & 0xfffn);
}

const segmentBaseOf = (memory: MemoryChoice, state: ProcessorState): bigint =>
  memory.segmentPrefix === 0x64 ? state.fsBase : memory.segmentPrefix === 0x65 ? state.gsBase : 0n;

/** Code beyond the two code pages cannot be written: the instruction then runs into unmapped memory. */
export function codePatches(codeOffset: number, code: Uint8Array): Patch[] {
  const room = 0x2000 - codeOffset;
  return [{ imageOffset: codeOffset, bytes: code.length > room ? code.slice(0, room) : code }];
}

/** What memory holds: often the value that the instruction compares with, so that comparisons come out equal. */
function operandPattern(form: Form, random: RandomSource, state: ProcessorState): Uint8Array {
  const bytes = OPERAND_PATTERNS(random);
  if (form.row.endsBlock && random.chance(5, 6)) {
    new DataView(bytes.buffer).setBigUint64(0, CODE_ADDRESS + BigInt(random.below(0x2000)), true);
  }
  if (form.row.mnemonic.startsWith('CMPXCHG') && random.chance(1, 2)) {
    const view = new DataView(bytes.buffer);
    view.setBigUint64(0, state.words[0]!, true);
    view.setBigUint64(8, state.words[2]!, true);
  }
  return bytes;
}

/** Indirect branches go to the code pages more often than not. */
function branchTarget(
  form: Form,
  random: RandomSource,
  state: ProcessorState,
  choice: OperandChoice,
): Patch | undefined {
  const { row } = form;
  if (!row.endsBlock || random.chance(1, 6)) return undefined;
  // Now and then into data, which must not be executed.
  const target = (random.chance(1, 16) ? DATA_LOW_ADDRESS : CODE_ADDRESS) + BigInt(random.below(0x2000));
  if (/^RET/.test(row.mnemonic)) {
    const offset = imageOffsetOf(state.words[STACK_POINTER]!);
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, target, true);
    const isThere = offset >= 0 && imageOffsetOf(state.words[STACK_POINTER]! + 7n) === offset + 7;
    return isThere ? { imageOffset: offset, bytes } : undefined;
  }
  if (typeof choice.rm === 'number') {
    if (rmOperand(row)) state.words[choice.rm] = target;
    return undefined;
  }
  return undefined;
}
