// Makes differential cases out of instruction rows: encodes a row with random operands and a state that makes it interesting.
//
// Memory operands mostly lie in the data pages, some at page ends so that they straddle or fault, a few anywhere.
import type { Row } from '../../src/isa/row.ts';
import { CODE_ADDRESS, DATA_HIGH_ADDRESS, DATA_LOW_ADDRESS, imageOffsetOf, READ_ONLY_ADDRESS } from './memory-map.ts';
import { type Case, FX, ProcessorState, RSP } from './processor-state.ts';
import type { Random } from './random.ts';

const SEGMENT_PREFIX = { fs: 0x64, gs: 0x65 } as const;

interface MemoryOperand {
  readonly modRM: number;
  readonly tail: number[];
  readonly rex: number;
  readonly prefix: number | undefined;
  /** Called with the length of the whole instruction: fixes registers and displacement so that the address is `target`. */
  aim(state: ProcessorState, target: bigint, length: number, tail: number[]): void;
}

/** Rows that mean something else natively: system calls, I/O, what the kernel answers, or what differs by design. */
export function isComparable(row: Row): boolean {
  if (row.privileged) return false;
  const { mnemonic } = row;
  return (
    !/^(CPUID|RDTSC|RDTSCP|SYSCALL|INT|INT1|IRETQ|RETF|CLI|STI|POPF|POPFQ|SLDT|STR|SGDT|SIDT|SMSW|VERR|VERW|HLT|RDPKRU|XGETBV|ENTER)$/.test(
      mnemonic,
    ) &&
    !/^(REP )?(INS|OUTS)|^IN$|^OUT$/.test(mnemonic) &&
    !row.operands.some((operand) => operand.registerClass === 'sreg') &&
    !(mnemonic === 'JMP' && row.encoding.text.endsWith('/5'))
  );
}

function targetAddress(random: Random, bytes: number): bigint {
  const base = random.pick([DATA_LOW_ADDRESS, DATA_HIGH_ADDRESS]);
  switch (random.below(10)) {
    case 0: // straddles the two writable pages
      return base + 4096n - BigInt(random.below(Math.max(bytes, 1)));
    case 1: // runs into what may not be written, or is not there
      return (
        random.pick([READ_ONLY_ADDRESS, READ_ONLY_ADDRESS + 4096n, DATA_HIGH_ADDRESS + 8192n]) -
        BigInt(random.below(bytes + 1))
      );
    case 2:
      return random.pick([
        READ_ONLY_ADDRESS + 64n,
        0x10n,
        0x8000_0000_0000_0000n,
        0x6000_0000_0000n,
        CODE_ADDRESS + 4096n,
      ]);
    default:
      return base + 512n + BigInt(random.below(256) * (random.chance(1, 2) ? 16 : 1));
  }
}

function setDisplacement(tail: number[], at: number, value: bigint): void {
  const word = Number(BigInt.asIntN(32, value));
  for (let i = 0; i < 4; i++) tail[at + i] = (word >> (8 * i)) & 0xff;
}

function memoryOperand(random: Random, addressSize32: boolean): MemoryOperand {
  const segment = random.chance(1, 8) ? random.pick(['fs', 'gs'] as const) : undefined;
  const prefix = segment ? SEGMENT_PREFIX[segment] : undefined;
  const applySegment = (state: ProcessorState, target: bigint): bigint => {
    if (!segment) return target;
    const base = BigInt(random.below(0x1000));
    if (segment === 'fs') state.fsBase = base;
    else state.gsBase = base;
    return target - base;
  };
  const truncates = (value: bigint): bigint => BigInt.asUintN(64, value);
  switch (random.below(5)) {
    case 0: {
      // RIP-relative
      return {
        modRM: 0x05,
        tail: [0, 0, 0, 0],
        rex: 0,
        prefix,
        aim(state, target, length, tail) {
          setDisplacement(tail, 0, applySegment(state, target) - (state.rip + BigInt(length)));
        },
      };
    }
    case 1: {
      // absolute, through SIB without base
      return {
        modRM: 0x04,
        tail: [0x25, 0, 0, 0, 0],
        rex: 0,
        prefix,
        aim: (state, target, _length, tail) => setDisplacement(tail, 1, applySegment(state, target)),
      };
    }
    case 2: {
      // base + index × scale + displacement
      const base = random.below(16);
      let index = random.below(16);
      if (index === 4) index = 12;
      const scale = random.below(4);
      const small = random.chance(1, 2);
      const modRM = small ? 0x44 : 0x84;
      const tail = [(scale << 6) | ((index & 7) << 3) | (base & 7), ...new Array(small ? 1 : 4).fill(0)];
      return {
        modRM,
        tail,
        rex: (base >> 3) | ((index >> 3) << 1),
        prefix,
        aim(state, target, _length, bytes) {
          const wanted = applySegment(state, target);
          const displacement = small ? BigInt(random.below(256) - 128) : BigInt(random.word() | 0);
          if (small) bytes[1] = Number(BigInt.asUintN(8, displacement));
          else setDisplacement(bytes, 1, displacement);
          if (base === index) {
            const factor = 1n + (1n << BigInt(scale));
            state.words[base] = truncates((wanted - displacement) / factor);
          } else {
            state.words[index] = addressSize32 ? BigInt(random.word()) : random.interesting64();
            state.words[base] = truncates(wanted - displacement - (state.words[index]! << BigInt(scale)));
          }
        },
      };
    }
    default: {
      // base, with no, a small or a large displacement
      const base = random.below(16);
      const mod = (base & 7) === 5 ? random.pick([1, 2]) : random.below(3);
      const sib = (base & 7) === 4 ? [0x24] : [];
      const tail = [...sib, ...new Array(mod === 0 ? 0 : mod === 1 ? 1 : 4).fill(0)];
      return {
        modRM: (mod << 6) | (base & 7),
        tail,
        rex: base >> 3,
        prefix,
        aim(state, target, _length, bytes) {
          const displacement = mod === 0 ? 0n : mod === 1 ? BigInt(random.below(256) - 128) : BigInt(random.word() | 0);
          if (mod === 1) bytes[sib.length] = Number(BigInt.asUintN(8, displacement));
          if (mod === 2) setDisplacement(bytes, sib.length, displacement);
          state.words[base] = truncates(applySegment(state, target) - displacement);
        },
      };
    }
  }
}

const MANDATORY = { none: [], '66': [0x66], F2: [0xf2], F3: [0xf3] } as const;
const MAP_BYTES = { '': [], '0F': [0x0f], '0F38': [0x0f, 0x38], '0F3A': [0x0f, 0x3a] } as const;

export interface GeneratedCase extends Case {
  readonly row: Row;
  readonly code: readonly number[];
}

/** A state with interesting registers, flags and vectors. */
export function randomState(random: Random): ProcessorState {
  const state = ProcessorState.initial();
  for (let i = 0; i < 16; i++) state.words[i] = random.interesting64();
  state.words[RSP] = DATA_LOW_ADDRESS + 2048n + BigInt(random.below(16) * 8);
  state.rflags = BigInt(0x202 | (random.word() & 0x8d5) | (random.chance(1, 4) ? 0x400 : 0));
  for (let i = 0; i < 16 * 4; i++)
    state.fx.setUint32(
      FX.xmm + i * 4,
      random.chance(1, 3) ? Number(BigInt.asUintN(32, random.interesting64())) : random.word(),
      true,
    );
  return state;
}

/** One random case for a row. */
export function generateCase(row: Row, random: Random): GeneratedCase {
  const { encoding, operands } = row;
  const state = randomState(random);
  const rm = operands.find((operand) => operand.field === 'rm');
  const usesMemory =
    rm !== undefined && rm.memorySize !== undefined && (rm.registerClass === undefined || random.chance(1, 2));
  const memorySize = rm?.memorySize ?? 0;
  const isString = /^(REPN?E? |REP )?(MOVS|CMPS|STOS|LODS|SCAS)[BWDQ]$/.test(row.mnemonic) && operands.length === 0;
  const repeats = encoding.mandatory === 'F2' || encoding.mandatory === 'F3';

  const prefixes: number[] = [];
  const addressSize32 = random.chance(1, 12);
  if (addressSize32) prefixes.push(0x67);
  if (row.lock && usesMemory && operands[0]!.access === 'read-write' && random.chance(1, 4)) prefixes.push(0xf0);
  const mandatory = encoding.mandatory ? MANDATORY[encoding.mandatory] : [];
  prefixes.push(...mandatory);
  if (row.operandSize === 16) prefixes.push(0x66);

  let rex = 0;
  const needsW = encoding.rexW || (row.operandSize === 64 && !row.default64);
  if (needsW) rex |= 0x48;
  else if (row.operandSize === undefined && encoding.mandatory === undefined && random.chance(1, 10)) rex |= 0;
  const reg = random.below(16);
  const registerRm = random.below(16);
  let memory: MemoryOperand | undefined;
  let modRM = 0;
  let opcode = encoding.opcode;
  const bytesAfter: number[] = [];
  if (encoding.hasModRM) {
    const regField = encoding.digit ?? reg & 7;
    if (encoding.fixedModRM !== undefined)
      modRM = encoding.fixedModRM + (encoding.opcodeRegister ? random.below(8) : 0);
    else if (usesMemory) {
      memory = memoryOperand(random, addressSize32);
      modRM = memory.modRM | (regField << 3);
      if (memory.prefix !== undefined) prefixes.unshift(memory.prefix);
      if (memory.rex) rex |= 0x40 | memory.rex;
    } else {
      modRM = 0xc0 | (regField << 3) | (registerRm & 7);
      if (registerRm >= 8) rex |= 0x41;
    }
    if (encoding.digit === undefined && encoding.fixedModRM === undefined && reg >= 8) rex |= 0x44;
  } else if (encoding.opcodeRegister) {
    opcode += reg & 7;
    if (reg >= 8) rex |= 0x41;
  }
  if (random.chance(1, 6)) rex |= 0x40;

  const immediates: number[] = [];
  for (const bits of encoding.immediates) {
    const count = bits === 64 && operands.some((operand) => operand.field === 'moffs') && addressSize32 ? 4 : bits / 8;
    const value = random.interesting64();
    for (let i = 0; i < count; i++) immediates.push(Number((value >> BigInt(8 * i)) & 0xffn));
  }
  const relative = operands.find((operand) => operand.field === 'relative');
  if (relative) {
    // Short and forward, so that it lands on a breakpoint.
    immediates.fill(0);
    immediates[0] = random.below(100);
  }

  const head = [...prefixes, ...(rex ? [rex] : []), ...MAP_BYTES[encoding.map], opcode];
  const withModRM = encoding.hasModRM ? [...head, modRM] : head;
  const tail = memory ? [...memory.tail] : bytesAfter;
  const length = withModRM.length + tail.length + immediates.length;
  state.rip = random.chance(1, 10)
    ? CODE_ADDRESS + 4096n - BigInt(random.below(length + 1))
    : CODE_ADDRESS + BigInt(random.below(64));
  let target = targetAddress(random, memorySize / 8);
  if (memorySize === 128 && random.chance(3, 4)) target &= ~15n;
  if (memory) memory.aim(state, target, length, tail);
  if (operands.some((operand) => operand.field === 'moffs')) {
    for (let i = 0; i < immediates.length; i++) immediates[i] = Number((target >> BigInt(8 * i)) & 0xffn);
  }
  if (isString) {
    state.words[6] = targetAddress(random, 8);
    state.words[7] = targetAddress(random, 8);
    if (repeats) state.words[1] = BigInt(random.chance(1, 4) ? random.below(2000) : random.below(40));
    if (addressSize32 && random.chance(1, 2)) state.words[1] = BigInt(random.below(20)) | (random.bits64() << 32n);
    if (random.chance(1, 3)) {
      // Near one another, overlapping.
      state.words[7] = state.words[6]! + BigInt(random.below(64) - 32);
    }
  }
  shapeState(row, state, random);
  const code = [...withModRM, ...tail, ...immediates];
  return { row, code, state, patches: [{ imageOffset: imageOffsetOf(state.rip), bytes: Uint8Array.from(code) }] };
}

/** Makes what would nearly always fault succeed often: divisions, indirect branches, returns. */
function shapeState(row: Row, state: ProcessorState, random: Random): void {
  if (/^I?DIV$/.test(row.mnemonic) && random.chance(3, 4)) {
    state.words[2] = random.chance(1, 2)
      ? BigInt(random.below(3))
      : BigInt.asIntN(64, state.words[0]!) < 0n
        ? 0xffff_ffff_ffff_ffffn
        : 0n;
  }
  if (/^(JMP|CALL)$/.test(row.mnemonic) && row.operands[0]!.field === 'rm') {
    for (let i = 0; i < 16; i++)
      if (i !== RSP && state.words[i]! < 1n << 20n) state.words[i] = CODE_ADDRESS + 100n + BigInt(i);
  }
  if (/^CMPXCHG/.test(row.mnemonic) && random.chance(1, 2)) state.words[0] = state.words[random.below(16)]!;
}
