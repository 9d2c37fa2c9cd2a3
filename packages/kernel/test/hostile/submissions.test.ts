// A program that submits noise: it gets typed errors, and nobody else notices.
import { Timer } from '@capos/abi';
import { OPERATIONS, SQE_WORDS } from '@capos/ipc-ring';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TestClient } from '../support/test-client.ts';
import { isEmpty, testKernel } from '../support/test-kernel.ts';

const GRANTS = ['console', 'timer', 'entropySource', 'endpointFactory', 'frameAllocator', 'parkSpace'] as const;
const INTERFACE = 3n;

/** Addresses and lengths at and around every border there is. */
const word = fc.oneof(
  fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff }),
  fc.constantFrom(0, 1, 8, 0x7fff_ffff, -1, 0x10_0000, 0xf_ffff, 0xf_fff8, 4096, 64 * 1024),
);

function noise(program: TestClient) {
  const capIds = [...program.caps.values(), 0, 1, 0xffff_ffff];
  return fc
    .tuple(
      fc.oneof(fc.nat({ max: OPERATIONS.length - 1 }), fc.nat({ max: 255 })),
      fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat({ max: 255 })),
      fc.oneof(fc.nat({ max: 8 }), fc.nat({ max: 0xffff })),
      fc.constantFrom(...capIds),
      fc.array(word, { minLength: SQE_WORDS - 2, maxLength: SQE_WORDS - 2 }),
      fc.nat({ max: 7 }),
    )
    .map(([op, flags, method, capId, rest, sane]) => {
      const words = Int32Array.from([op | (flags << 8) | (method << 16), capId, ...rest]);
      // Mostly with addresses that exist, so that more than the first check is reached.
      if ((sane & 1) !== 0)
        words.set([program.port.heapOffset + 64, 0, 64, 4096, program.port.heapOffset + 8192, 0], 4);
      if ((sane & 2) !== 0) words.fill(0, 10);
      if ((sane & 4) !== 0) words[14] = 0;
      words[2] = 999_999;
      words[3] = 0;
      return words;
    });
}

describe('random submissions', () => {
  it('are answered each with one completion or stay open, disturb nobody and leave nothing', () => {
    const { kernel, client, clock, log } = testKernel();
    const endpoint = kernel.createEndpoint(16);
    const grants = Object.fromEntries(GRANTS.map((name) => [name, kernel.objects[name]]));
    const make = () => client('noisy', { ...grants, own: endpoint.owner, facet: endpoint.facet(1n, INTERFACE) });
    const bystander = client('bystander', { timer: kernel.objects.timer });
    let program = make();
    let submitted = 0;
    let completed = 0;
    fc.assert(
      fc.property(
        fc.infiniteStream(noise(program)),
        fc.uint8Array({ minLength: 256, maxLength: 256 }),
        (stream, payload) => {
          let pushed = 0;
          for (const words of stream) {
            program.bytes.set(payload, program.port.heapOffset + 64);
            if (program.ring.submissions.raw(words) !== 0 || ++pushed === 12) break;
          }
          submitted += pushed;
          program.ring.submit();
          program.port.enter();
          completed += program.ring.completions.drain({ complete() {} });
          expect(completed).toBeLessThanOrEqual(submitted);
          clock.ns += 1_000_000;
          kernel.step();
          if (program.ring.submissions.credit < 14 || program.process.status !== undefined) {
            program.process.kill(9);
            program = make();
          }
          expect(bystander.call(bystander.cap('timer'), Timer.methods.now, {}).value.monotonicNs).toBe(
            BigInt(clock.ns),
          );
        },
      ),
      { numRuns: 600 },
    );
    expect(completed).toBeGreaterThan(3000);
    expect(log).toEqual([]);
    program.process.kill(9);
    bystander.process.kill(9);
    kernel.runUntilIdle();
    expect(isEmpty(kernel)).toBe(true);
    expect(kernel.frames().free).toBe(kernel.frames().total);
  });

  it('of scribbled headers stop nothing but their own ring', () => {
    const { kernel, client } = testKernel();
    const bystander = client('bystander', { timer: kernel.objects.timer });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 31 }), word), { minLength: 1, maxLength: 32 }), (scribbles) => {
        const program = client('scribbler', { timer: kernel.objects.timer });
        const header = new Int32Array(program.port.arena, program.port.ringOffset, 32);
        for (const [index, value] of scribbles) header[index] = value;
        program.port.enter();
        program.port.enter();
        program.process.kill(9);
        expect(bystander.call(bystander.cap('timer'), Timer.methods.now, {}).result).toBeGreaterThan(0);
      }),
      { numRuns: 100 },
    );
    bystander.process.kill(9);
    expect(isEmpty(kernel)).toBe(true);
  });
});
