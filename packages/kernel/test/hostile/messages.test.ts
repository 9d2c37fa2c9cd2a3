// Random bytes as the params of every method of every kernel object: an exception or an answer, never anything else.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KERNEL_OBJECTS, type KernelObjectName } from '../../src/index.ts';
import { isEmpty, testKernel } from '../support/test-kernel.ts';

const names = Object.keys(KERNEL_OBJECTS).filter((name) => name !== 'bootPackage') as Exclude<
  KernelObjectName,
  'bootPackage'
>[];

describe('random params', () => {
  it.each(names)('of %s end in an answer, an exception, or wait', (name) => {
    const { kernel, client, log } = testKernel();
    const methods = Object.values(KERNEL_OBJECTS[name].descriptor.methods);
    const make = () =>
      client('caller', { object: kernel.objects[name] }, { limits: { capSlots: 200, pendingOperations: 60 } });
    let program = make();
    fc.assert(
      fc.property(
        fc.constantFrom(...methods),
        fc.uint8Array({ maxLength: 96 }),
        fc.array(fc.constantFrom('copy' as const, 'move' as const), { maxLength: 2 }),
        fc.integer({ min: 0, max: 256 }),
        (method, bytes, transfers, resultLength) => {
          if (program.process.status !== undefined || program.ring.submissions.credit < 4) {
            program.process.kill(9);
            program = make();
          }
          // A root pointer to a struct of the right shape makes most of them decode.
          const message = program.allocate();
          program.free(message);
          program.bytes.set(bytes, message);
          const { dataWords, pointers } = method.params;
          const length = Math.max(8, bytes.length & ~7);
          if (length >= 8 * (1 + dataWords + pointers)) {
            program.view.setUint32(message, 0, true);
            program.view.setUint16(message + 4, dataWords, true);
            program.view.setUint16(message + 6, pointers, true);
          }
          const object = program.cap('object');
          const list = transfers.slice(0, 1).map(() => ({ capId: object, mode: 'copy' as const }));
          const called = program.callRaw(object, method.ordinal, message, length, { transfers: list, resultLength });
          if (program.process.status !== undefined) return;
          expect(called.done ? called.result : 0).toBeGreaterThanOrEqual(-20);
          for (const { capId } of called.caps) {
            program.operation((submissions, userData) => submissions.release(capId, userData));
          }
        },
      ),
      { numRuns: 150 },
    );
    expect(log).toEqual([]);
    program.process.kill(9);
    kernel.runUntilIdle();
    expect(isEmpty(kernel)).toBe(true);
  });
});
