// Which instruction was the last on the x87, what its opcode was and where its operand lay: as silicon tells it, whatever came behind.
import { describe, expect, test } from 'vitest';
import { differences } from './comparison.ts';
import { MachineRunner } from './machine-runner.ts';
import { CODE_ADDRESS, DATA_LOW_ADDRESS, imageOffsetOf } from './memory-map.ts';
import { nativeOracle } from './native-oracle.ts';
import { type Case, FX, type Outcome, ProcessorState } from './processor-state.ts';

const oracle = nativeOracle();
/** 512 bytes, aligned as FXSAVE wants them; beyond it lie the operands, of which RBX holds an address. */
const ENVIRONMENT = DATA_LOW_ADDRESS + 0x100n;
const OPERAND = DATA_LOW_ADDRESS + 0x400n;
const SEGMENT = DATA_LOW_ADDRESS + 0x80n;

const bytes32 = (value: bigint): number[] => [0n, 8n, 16n, 24n].map((shift) => Number((value >> shift) & 0xffn));
/** SIB and displacement of an absolute address. */
const at = (address: bigint): number[] => [0x25, ...bytes32(address)];

/** What is noted, and what is not: control instructions. */
const NOTED = {
  FLD1: [0xd9, 0xe8],
  'FLD m64': [0xdd, 0x04, ...at(OPERAND)],
  'FLD m32, by base': [0xd9, 0x03],
  'FLD m80, with a displacement': [0xdb, 0x6b, 0x10],
  'FILD m16, by index': [0xdf, 0x44, 0x4b, 0x20],
  'FADD m32': [0xd8, 0x04, ...at(OPERAND)],
  'FIDIV m32': [0xda, 0x34, ...at(OPERAND)],
  'FCOMP m64': [0xdc, 0x1c, ...at(OPERAND)],
  'FADD ST, ST(1)': [0xd8, 0xc1],
  'FCOMI ST, ST(1)': [0xdb, 0xf1],
  'FCMOVE ST, ST(1)': [0xda, 0xc9],
  FXAM: [0xd9, 0xe5],
  FXCH: [0xd9, 0xc9],
  FFREE: [0xdd, 0xc3],
  FINCSTP: [0xd9, 0xf7],
  FSIN: [0xd9, 0xfe],
  FNOP: [0xd9, 0xd0],
  'FSTP m32': [0xd9, 0x1c, ...at(OPERAND)],
  'FISTTP m64': [0xdd, 0x4b, 0x08],
  'FSTP m80': [0xdb, 0x3c, ...at(OPERAND)],
  'FBSTP m80': [0xdf, 0x34, ...at(OPERAND)],
  'FST ST(3)': [0xdd, 0xd3],
  'FLD m64 in FS': [0x64, 0xdd, 0x04, ...at(0x40n)],
  'FLD m64 with prefixes': [0x66, 0x2e, 0x67, 0x41, 0xdd, 0x03],
  'FLD1 with prefixes': [0xf3, 0x66, 0x48, 0xd9, 0xe8],
} as const;
const CONTROL = {
  NOP: [0x90],
  'FNSTSW AX': [0xdf, 0xe0],
  'FNSTCW m16': [0xd9, 0x3c, ...at(OPERAND + 0x80n)],
  'FLDCW m16': [0xd9, 0x2c, ...at(OPERAND + 0x90n)],
  FNCLEX: [0xdb, 0xe2],
  FWAIT: [0x9b],
  FENI: [0xdb, 0xe0],
  EMMS: [0x0f, 0x77],
} as const;
interface Store {
  readonly code: readonly number[];
  /** Where in what it stores the selectors of both pointers are: the machine says zero, as processors do that deprecate them. */
  readonly selectors: readonly number[];
}
const IN_32_BITS = [16, 24];
const STORES: Readonly<Record<string, Store>> = {
  FNSTENV: { code: [0xd9, 0x34, ...at(ENVIRONMENT)], selectors: IN_32_BITS },
  'FNSTENV, 16-bit': { code: [0x66, 0xd9, 0x34, ...at(ENVIRONMENT)], selectors: [8, 12] },
  FNSAVE: { code: [0xdd, 0x34, ...at(ENVIRONMENT)], selectors: IN_32_BITS },
  'FXSAVE while nothing is pending': { code: [0x0f, 0xae, 0x04, ...at(ENVIRONMENT)], selectors: [] },
};
/** With all exceptions unmasked: 1 / 0 and 1.5 as an integer leave one pending. */
const PENDING = {
  'FDIV m32': [0xd8, 0x34, ...at(OPERAND + 0x100n)],
  'FDIV ST, ST(1)': [0xd8, 0xf1],
  'FIST m32': [0xdb, 0x14, ...at(OPERAND + 0x20n)],
} as const;
const SAVES: Readonly<Record<string, Store>> = {
  FXSAVE: { code: [0x0f, 0xae, 0x04, ...at(ENVIRONMENT)], selectors: [12, 20] },
  FXSAVE64: { code: [0x48, 0x0f, 0xae, 0x04, ...at(ENVIRONMENT)], selectors: [] },
};

interface Program {
  readonly name: string;
  readonly code: readonly number[];
  /** The x87 control word. */
  readonly control: number;
  readonly store: Store;
}

const FLDZ_FLD1 = [0xd9, 0xee, 0xd9, 0xe8];
const FLDPI = [0xd9, 0xeb];
const programs: readonly Program[] = [
  ...Object.entries(STORES).flatMap(([last, store]) =>
    Object.entries(NOTED).flatMap(([noted, noting]) =>
      Object.entries(CONTROL).map(([control, controlling]) => ({
        name: `${noted}; ${control}; ${last}`,
        code: [...FLDZ_FLD1, ...noting, ...controlling, ...store.code],
        control: 0x37f,
        store,
      })),
    ),
  ),
  ...Object.entries(SAVES).flatMap(([last, store]) =>
    Object.entries(PENDING).map(([raiser, raising]) => ({
      name: `${raiser}; ${last}`,
      code: [...FLDZ_FLD1, ...FLDPI, ...raising, 0x90, ...store.code],
      control: 0x340,
      store,
    })),
  ),
];

function caseOf({ code, control }: Program): Case {
  const state = ProcessorState.initial();
  state.rip = CODE_ADDRESS;
  state.words[3] = OPERAND;
  state.words[1] = 4n;
  state.words[11] = OPERAND | (0xdeadn << 32n);
  state.fsBase = SEGMENT;
  state.fx.setUint16(FX.controlWord, control, true);
  const operand = new Uint8Array(0x98);
  operand[0x90] = control & 0xff;
  operand[0x91] = control >> 8;
  return {
    state,
    patches: [
      { imageOffset: imageOffsetOf(CODE_ADDRESS), bytes: Uint8Array.from(code) },
      { imageOffset: imageOffsetOf(OPERAND), bytes: operand },
    ],
  };
}

/** Clears 16 bits at each of these places of the environment. */
function withoutSelectors(outcome: Outcome, selectors: readonly number[]): Outcome {
  const start = imageOffsetOf(ENVIRONMENT);
  const changes = outcome.changes.map(([offset, word]): [number, bigint] => {
    const here = selectors.map((place) => start + place - offset).filter((distance) => distance >= 0 && distance < 8);
    return [offset, here.reduce((left, distance) => left & ~(0xffffn << BigInt(8 * distance)), word)];
  });
  return { ...outcome, changes: changes.filter(([, word]) => word !== 0n) };
}

describe.skipIf(!oracle.available).each([Number.POSITIVE_INFINITY, 1])('translated after %s', (translateAfter) => {
  test('opcode and pointers are those of the last noted instruction', () => {
    if (!oracle.available) return;
    const runner = new MachineRunner(translateAfter);
    const cases = programs.map(caseOf);
    const native = oracle.run(cases);
    const wrong = programs.flatMap(({ name, store }, index) => {
      const [theirs, ours] = [native[index]!, runner.run(cases[index]!)].map((outcome) =>
        withoutSelectors(outcome, store.selectors),
      );
      const found = differences(theirs!, ours!, 0n);
      return found.length === 0 ? [] : [`${name}: ${found.join(', ')}`];
    });
    expect(wrong).toEqual([]);
    // All of them stored something: the pointers are 12 bytes into most environments.
    expect(native.every(({ changes }) => changes.length > 0)).toBe(true);
  });
});
