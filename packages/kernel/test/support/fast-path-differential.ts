// The fast path against the general one: five programs that call, receive and answer at random, run twice, compared at every stop.
import { makeCapId } from '@capos/abi';
import { OP_CALL, OP_RECV, OP_RETURN, OP_RETURN_RECV } from '@capos/ipc-ring';
import { createMachine } from '@capos/x86-machine';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { createKernel, FastPath } from '../../src/index.ts';
import { meetingGrants } from './meeting-parties.ts';
import { BUFFER_BYTES, BUFFERS, MODE, pageOf, STEPS, type Step, scriptPlayer } from './script-player.ts';
import { isEmpty } from './test-kernel.ts';

const MIB = 2 ** 20;
const MARK = 0x6d61_726b_0000_0000n;
export const cap = (slot: number): number => makeCapId(slot, 1);
export const buffer = (index: number): number => BUFFERS + index * BUFFER_BYTES;

/** Two servers, each with an endpoint of its own and a facet of the other's; clients with facets of both. */
export function system(scripts: readonly (readonly Step[])[], isOn: boolean) {
  const clock = { nowNs: () => 1_000_000 };
  const entropy = { fill: (bytes: Uint8Array) => bytes.fill(1) };
  const machine = createMachine({ ramBytes: 4 * MIB, decodedBytes: MIB, clock, entropy });
  const fastPath = new FastPath();
  fastPath.isOn = isOn;
  const log: string[] = [];
  const kernel = createKernel({ machine, fastPath, log: (line) => log.push(line) });
  const grantsOf = meetingGrants(kernel);
  const processes = scripts.map((steps, index) => {
    return kernel.spawn({
      name: `player-${index}`,
      image: scriptPlayer(steps, MARK + BigInt(index)),
      grants: grantsOf(index),
    });
  });
  /** Everything there is to see. */
  const state = () => ({
    pages: scripts.map((_, index) => pageOf(machine.memory.bytes, MARK + BigInt(index))),
    statuses: processes.map(({ status }) => status),
    infos: kernel.processes(),
    ledgers: kernel.ledgers(),
    frames: kernel.frames(),
    log,
  });
  return { kernel, fastPath, processes, state, page: (index: number) => state().pages[index]! };
}

export const receive: Step = {
  op: OP_RECV,
  capId: cap(0),
  result: buffer(0),
  resultLength: BUFFER_BYTES,
  mode: MODE.RECEIVE,
};
export const answer: Step = {
  ...receive,
  op: OP_RETURN_RECV,
  params: buffer(1),
  paramsLength: 64,
  mode: MODE.ANSWER | MODE.RECEIVE,
};
export const call: Step = {
  op: OP_CALL,
  methodId: 5,
  capId: cap(0),
  params: buffer(2),
  paramsLength: 64,
  result: buffer(3),
  resultLength: BUFFER_BYTES,
};

const length = fc.constantFrom(0, 4, 8, 64, 64, 64, 3, 68, 128, 129, 0x0500_0000);
// Not the ring: a program that scribbles over it spins, and never comes to rest.
const address = fc.oneof(
  { weight: 8, arbitrary: fc.nat({ max: 15 }).map(buffer) },
  fc.constantFrom(buffer(0) + 2, BUFFERS + 2048 - 32, 0, 0x40_0000, 0x7fff_ffff_2000, 2 ** 47),
);
const buffers = fc.record({ params: address, paramsLength: length, result: address, resultLength: length });
const slot = fc.oneof({ weight: 6, arbitrary: fc.nat({ max: 2 }) }, fc.nat({ max: 9 })).map(cap);

/** What a client does: calls, mostly; and what a server does: receives and answers, mostly. */
const clientStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(call, { ...call, capId: cap(1) }) },
  {
    weight: 3,
    arbitrary: fc
      .record({ capId: slot, methodId: fc.nat(9) })
      .chain((more) => buffers.map((where) => ({ ...where, ...more, op: OP_CALL }))),
  },
  fc.record({ capId: slot, transferCount: fc.nat(2), answerId: fc.nat(2) }).map((more) => ({ ...call, ...more })),
  fc.record({ op: fc.nat(12), flags: fc.constantFrom(0, 0, 2, 4, 9), capId: slot }),
);
const serverStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.constant(answer) },
  { weight: 2, arbitrary: fc.constant(receive) },
  { weight: 2, arbitrary: buffers.map((where) => ({ ...answer, ...where })) },
  fc
    .record({ aux: fc.nat(3), transferCount: fc.nat(1), flags: fc.constantFrom(0, 4) })
    .map((more) => ({ ...answer, ...more })),
  fc.constant({ ...answer, op: OP_RETURN, mode: MODE.ANSWER }),
  fc.constant({ ...call, capId: cap(2) }),
);
const script = (step: fc.Arbitrary<Step>, first: readonly Step[]): fc.Arbitrary<Step[]> =>
  fc
    .array(step, { maxLength: STEPS - 1 - first.length, minLength: 8, size: 'max' })
    .map((steps) => [...first, ...steps]);

/** Throws at the first difference; answers how many calls and answers took the fast path. */
export function compareFastPath(numRuns: number): number {
  let taken = 0;
  fc.assert(
    fc.property(
      fc.tuple(
        script(serverStep, [receive]),
        script(serverStep, [receive]),
        script(clientStep, []),
        script(clientStep, []),
        script(clientStep, []),
      ),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.option(fc.nat(4), { freq: 8 })), { maxLength: 12 }),
      (scripts, turns) => {
        const systems = [system(scripts, true), system(scripts, false)];
        const compare = (): void => expect(systems[0]!.state()).toEqual(systems[1]!.state());
        for (const [instructions, victim] of turns) {
          for (const { kernel, processes } of systems) {
            kernel.step(instructions);
            if (victim !== null) processes[victim]!.kill(9);
          }
          compare();
        }
        for (const { kernel } of systems) kernel.runUntilIdle();
        compare();
        expect(systems[1]!.fastPath).toMatchObject({ calls: 0, returns: 0 });
        taken += systems[0]!.fastPath.calls + systems[0]!.fastPath.returns;
        for (const { kernel, processes } of systems) {
          for (const process of processes) process.kill(9);
          kernel.runUntilIdle();
          expect(isEmpty(kernel)).toBe(true);
        }
      },
    ),
    { numRuns },
  );
  return taken;
}
