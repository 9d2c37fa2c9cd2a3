// Every call number, random arguments, a process that holds nothing: each call answers, closes over nothing, never throws.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CALL_COUNT, CALL_NUMBER } from '../../src/linux/call-numbers.ts';
import { SCRATCH, TestProcess } from '../support/test-process.ts';

/** Calls after which there is no process left to look at. */
const ENDING = new Set<number>([
  CALL_NUMBER.exit,
  CALL_NUMBER.exit_group,
  CALL_NUMBER.rt_sigreturn,
  CALL_NUMBER.kill,
  CALL_NUMBER.tkill,
  CALL_NUMBER.tgkill,
  CALL_NUMBER.rt_sigqueueinfo,
  CALL_NUMBER.rt_tgsigqueueinfo,
]);

const argument = fc.oneof(
  fc.constantFrom(0n, 1n, 2n, 3n, 8n, 0xffff_ffffn, 0xffff_ffff_ffff_ffffn, 0x8000_0000n, 0x7fff_ffff_ffffn, 4096n),
  fc.integer({ min: 0, max: 0xfff }).map((offset) => BigInt(SCRATCH + offset * 8)),
  fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn }),
  fc.integer({ min: -10, max: 20 }).map((small) => BigInt.asUintN(64, BigInt(small))),
);
const call = fc.tuple(fc.integer({ min: 0, max: CALL_COUNT + 2 }), fc.array(argument, { minLength: 6, maxLength: 6 }));

/** What a process without capabilities may call: nothing. */
function bare(): TestProcess {
  return new TestProcess({ caps: {}, withoutTimer: true, withoutEntropy: true });
}

function check(process: TestProcess, number: number, args: readonly bigint[]): void {
  const result = process.callOn(process.main, number, ...args);
  expect(process.caps.calls, `call ${number} reached a capability`).toEqual([]);
  if (result === 'parked' || result === 'ended') return;
  expect(Number.isFinite(result)).toBe(true);
  expect(result).toBeGreaterThanOrEqual(-4095);
}

describe('a process that holds no capability', () => {
  it('gets an answer from every call number', () => {
    for (let number = 0; number < CALL_COUNT; number++) {
      for (const args of [
        [0n, 0n, 0n, 0n, 0n, 0n],
        [1n, BigInt(SCRATCH), 16n, BigInt(SCRATCH), 8n, 0n],
        new Array<bigint>(6).fill(0xffff_ffff_ffff_ffffn),
        new Array<bigint>(6).fill(BigInt(SCRATCH)),
      ])
        check(bare(), number, args);
    }
  });

  it('gets answers to random sequences of calls, and reaches nothing', () => {
    fc.assert(
      fc.property(
        fc.array(call, { maxLength: 30 }),
        fc.uint8Array({ minLength: 4096, maxLength: 4096 }),
        (calls, noise) => {
          const process = bare();
          process.memory.write(BigInt(SCRATCH), noise);
          for (const [number, args] of calls) {
            if (ENDING.has(number)) continue;
            if (process.status !== undefined || process.main.parked) break;
            check(process, number, args);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('answers unassigned and unknown numbers with ENOSYS', () => {
    const process = bare();
    for (const number of [335, 400, 423, 470, 512, 100_000, -1]) expect(process.callOn(process.main, number)).toBe(-38);
  });
});
