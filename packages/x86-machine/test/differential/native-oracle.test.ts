// The judge itself is judged: known instructions end natively as the manual says.
import { describe, expect, test } from 'vitest';
import { CODE_ADDRESS, DATA_HIGH_ADDRESS, DATA_LOW_ADDRESS, imageOffsetOf, READ_ONLY_ADDRESS } from './memory-map.ts';
import { nativeOracle } from './native-oracle.ts';
import { type Case, FX, type Outcome, ProcessorState, TRAP_SYSCALL, TRAP_TIMEOUT } from './processor-state.ts';

const oracle = nativeOracle();

function codeCase(code: readonly number[], prepare?: (state: ProcessorState) => void): Case {
  const state = ProcessorState.initial();
  state.rip = CODE_ADDRESS;
  prepare?.(state);
  return { state, patches: [{ imageOffset: imageOffsetOf(state.rip), bytes: Uint8Array.from(code) }] };
}

function run(...cases: Case[]): Outcome[] {
  if (!oracle.available) throw new Error(oracle.reason);
  return oracle.run(cases);
}

describe.skipIf(!oracle.available)(`native oracle ${oracle.available ? '' : `(${oracle.reason})`}`, () => {
  test('an addition leaves its sum, its flags and RIP behind the breakpoint', () => {
    const [outcome] = run(
      codeCase([0x48, 0x01, 0xd8], (state) => {
        state.words[0] = 0x7fff_ffff_ffff_ffffn;
        state.words[3] = 1n;
      }),
    );
    expect(outcome!.trap).toBe(3);
    expect(outcome!.state.words[0]).toBe(0x8000_0000_0000_0000n);
    expect(outcome!.state.rip).toBe(CODE_ADDRESS + 4n);
    expect(outcome!.state.rflags & 0x8d5n).toBe(0x894n); // OF SF AF PF
    expect(outcome!.changes).toEqual([]);
  });

  test('a store is reported as the word it changed, and is gone for the next case', () => {
    const store = codeCase([0x48, 0x89, 0x03], (state) => {
      state.words[0] = 0x1122_3344_5566_7788n;
      state.words[3] = DATA_HIGH_ADDRESS + 16n;
    });
    const load = codeCase([0x48, 0x8b, 0x03], (state) => {
      state.words[3] = DATA_HIGH_ADDRESS + 16n;
    });
    const [before, stored, after] = run(load, store, load);
    expect(stored!.changes).toEqual([[imageOffsetOf(DATA_HIGH_ADDRESS + 16n), 0x1122_3344_5566_7788n]]);
    expect(after!.state.words[0]).toBe(before!.state.words[0]);
  });

  test('faults carry vector, error code, CR2 and the RIP of the instruction', () => {
    const at = (address: bigint) => (state: ProcessorState) => {
      state.words[3] = address;
    };
    const [unmapped, readOnly, nonCanonical, divide, undefinedOpcode, straddle] = run(
      codeCase([0x48, 0x89, 0x03], at(READ_ONLY_ADDRESS + 0x1000n)),
      codeCase([0x48, 0x89, 0x03], at(READ_ONLY_ADDRESS)),
      codeCase([0x48, 0x8b, 0x03], at(0x8000_0000_0000_0000n)),
      codeCase([0xf7, 0xf1]),
      codeCase([0x0f, 0x0b]),
      codeCase([0x48, 0x89, 0x03], at(READ_ONLY_ADDRESS - 3n)),
    );
    expect([unmapped!.trap, unmapped!.errorCode, unmapped!.cr2]).toEqual([14, 6n, READ_ONLY_ADDRESS + 0x1000n]);
    expect([readOnly!.trap, readOnly!.errorCode, readOnly!.cr2]).toEqual([14, 7n, READ_ONLY_ADDRESS]);
    expect([nonCanonical!.trap, nonCanonical!.errorCode]).toEqual([13, 0n]);
    expect(divide!.trap).toBe(0);
    expect(undefinedOpcode!.trap).toBe(6);
    expect([straddle!.trap, straddle!.errorCode, straddle!.cr2]).toEqual([14, 7n, READ_ONLY_ADDRESS]);
    for (const outcome of [unmapped, readOnly, nonCanonical, divide, undefinedOpcode, straddle]) {
      expect(outcome!.state.rip).toBe(CODE_ADDRESS);
      expect(outcome!.changes).toEqual([]);
    }
  });

  test('x87, XMM, MXCSR and segment bases go in and come out', () => {
    const [sum, x87, segment] = run(
      codeCase([0x0f, 0x58, 0xc1], (state) => {
        for (let lane = 0; lane < 4; lane++) {
          state.fx.setFloat32(FX.xmm + lane * 4, lane, true);
          state.fx.setFloat32(FX.xmm + 16 + lane * 4, 0.1, true);
        }
      }),
      codeCase([0xd9, 0xeb]),
      codeCase([0x65, 0x48, 0x8b, 0x00], (state) => {
        state.gsBase = DATA_LOW_ADDRESS;
        state.words[0] = 8n;
      }),
    );
    expect(sum!.state.fx.getFloat32(FX.xmm + 12, true)).toBe(Math.fround(3 + Math.fround(0.1)));
    expect(sum!.state.fx.getUint32(FX.mxcsr, true)).toBe(0x1fa0); // inexact
    expect(x87!.state.fx.getBigUint64(FX.registers, true)).toBe(0xc90f_daa2_2168_c235n); // pi
    expect(x87!.state.fx.getUint16(FX.statusWord, true) >> 11).toBe(7);
    expect(segment!.trap).toBe(3);
  });

  test('a loop without end times out and a system call is stopped', () => {
    const [loop, call, after] = run(codeCase([0xeb, 0xfe]), codeCase([0x0f, 0x05]), codeCase([0x90]));
    expect(loop!.trap).toBe(TRAP_TIMEOUT);
    expect(call!.trap).toBe(TRAP_SYSCALL);
    expect(after!.trap).toBe(3);
  });
});
