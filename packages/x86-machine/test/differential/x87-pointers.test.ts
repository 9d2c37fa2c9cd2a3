// FNSTENV tells which instruction was the last on the x87, whatever came behind it: as silicon tells it.
import { describe, expect, test } from 'vitest';
import { MachineRunner } from './machine-runner.ts';
import { CODE_ADDRESS, DATA_LOW_ADDRESS, imageOffsetOf } from './memory-map.ts';
import { nativeOracle } from './native-oracle.ts';
import { type Case, type Outcome, ProcessorState } from './processor-state.ts';

const oracle = nativeOracle();
const ENVIRONMENT = DATA_LOW_ADDRESS + 0x100n;
const bytes32 = (value: bigint): number[] => [0n, 8n, 16n, 24n].map((shift) => Number((value >> shift) & 0xffn));
const at = (address: bigint): number[] => [0x25, ...bytes32(address)];

/** What is noted, and what is not: control instructions. */
const NOTED = {
  FLD1: [0xd9, 0xe8],
  'FLD m64': [0xdd, 0x04, ...at(DATA_LOW_ADDRESS + 0x200n)],
  'FADD ST, ST(1)': [0xd8, 0xc1],
  FXAM: [0xd9, 0xe5],
  FXCH: [0xd9, 0xc9],
  'FSTP m32': [0xd9, 0x1c, ...at(DATA_LOW_ADDRESS + 0x300n)],
} as const;
const CONTROL = {
  NOP: [0x90],
  'FNSTSW AX': [0xdf, 0xe0],
  'FNSTCW m16': [0xd9, 0x3c, ...at(DATA_LOW_ADDRESS + 0x300n)],
  FNCLEX: [0xdb, 0xe2],
  FWAIT: [0x9b],
} as const;
const STORES = { FNSTENV: [0xd9, 0x34, ...at(ENVIRONMENT)], FNSAVE: [0xdd, 0x34, ...at(ENVIRONMENT)] } as const;

const programs: { name: string; code: number[] }[] = [];
for (const [store, storing] of Object.entries(STORES)) {
  for (const [noted, noting] of Object.entries(NOTED)) {
    for (const [control, controlling] of Object.entries(CONTROL)) {
      const code = [...NOTED.FLD1, ...noting, ...controlling, ...storing];
      programs.push({ name: `FLD1; ${noted}; ${control}; ${store}`, code });
    }
  }
}

function caseOf(code: readonly number[]): Case {
  const state = ProcessorState.initial();
  state.rip = CODE_ADDRESS;
  return { state, patches: [{ imageOffset: imageOffsetOf(CODE_ADDRESS), bytes: Uint8Array.from(code) }] };
}

/** The low half of the instruction pointer, at 12 of the 28 bytes. */
function instructionPointer({ changes }: Outcome): number | undefined {
  const word = changes.find(([offset]) => offset === imageOffsetOf(ENVIRONMENT + 8n))?.[1];
  return word === undefined ? undefined : Number(word >> 32n);
}

describe.skipIf(!oracle.available).each([Number.POSITIVE_INFINITY, 1])('translated after %s', (translateAfter) => {
  test('the address that is stored is the last noted one', () => {
    if (!oracle.available) return;
    const runner = new MachineRunner(translateAfter);
    const cases = programs.map(({ code }) => caseOf(code));
    const native = oracle.run(cases);
    const told = (outcomes: readonly Outcome[]): string[] =>
      programs.map(({ name }, index) => `${name}: ${instructionPointer(outcomes[index]!)?.toString(16)}`);
    expect(told(cases.map((one) => runner.run(one)))).toEqual(told(native));
    // The second instruction of each.
    expect(new Set(native.map(instructionPointer))).toEqual(new Set([Number(CODE_ADDRESS) + 2]));
  });
});
