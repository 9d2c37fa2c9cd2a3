// A debugger stops a machine exactly where it says, translated or not, and the guest's run is what it would have been.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DebugEvent, Watchpoint } from '../../src/debug/debug-target.ts';
import { createMachineTarget } from '../../src/debug/machine-target.ts';
import { STOP } from '../../src/machine.ts';
import { CODE, codeMachine, DATA, SYSCALL } from '../support/code-machine.ts';

/** Sums, stores and reads back, with a call in the loop: offsets of its instructions are in `AT`. */
// biome-ignore format: one instruction a line
const PROGRAM = [
  0xb9, 0xc8, 0x00, 0x00, 0x00, //  0 mov ecx, 200
  0xbb, 0x00, 0x00, 0x50, 0x00, //  5 mov ebx, DATA
  0x69, 0xc0, 0x6d, 0x4e, 0xc6, 0x41, // 10 imul eax, eax, 1103515245
  0x05, 0x39, 0x30, 0x00, 0x00, // 16 add eax, 12345
  0xa8, 0x10, //                   21 test al, 16
  0x74, 0x02, //                   23 jz 27
  0x01, 0x03, //                   25 add [rbx], eax
  0xe8, 0x08, 0x00, 0x00, 0x00, // 27 call 40
  0xff, 0xc9, //                   32 dec ecx
  0x75, 0xe6, //                   34 jnz 10
  ...SYSCALL, //                   36
  0x90, 0x90, //                   38
  0x48, 0x8b, 0x53, 0x08, //       40 mov rdx, [rbx + 8]
  0x88, 0x43, 0x0b, //             44 mov [rbx + 11], al
  0xc3, //                         47 ret
];
const STARTS = [0, 5, 10, 16, 21, 23, 25, 27, 32, 34, 36, 40, 44, 47];
const TIERS = [1, 20, Number.POSITIVE_INFINITY];

const start = (translateAfter: number) => {
  const { machine } = codeMachine(PROGRAM, { translateAfter });
  const target = createMachineTarget(machine);
  const events: DebugEvent[] = [];
  target.onEvent = (event) => void events.push(event);
  const go = (which: 'continue' | 'step' = 'continue'): DebugEvent | undefined => {
    target.resume(new Map(), { which });
    while (!target.isStopped) if (target.run(977) === STOP.stopped) return undefined;
    return events.pop();
  };
  return { machine, target, go };
};

/** How often each instruction runs, and the final state, from a run in single steps without a debugger. */
const reference = (() => {
  const { machine } = codeMachine(PROGRAM, { translateAfter: Number.POSITIVE_INFINITY });
  const visits: bigint[] = [];
  do visits.push(machine.cpu.rip - CODE);
  while (machine.runExactly(1) !== STOP.stopped);
  return { visits, frame: machine.cpu.frame.slice(), instructions: machine.cpu.instructions };
})();

describe.each(TIERS)('with code translated after %s entries', (translateAfter) => {
  test('breakpoints stop before their instruction, as often as it runs, whatever others there are', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...STARTS), { minLength: 1, maxLength: 4 }), (offsets) => {
        const { machine, target, go } = start(translateAfter);
        for (const offset of offsets) target.addBreakpoint(CODE + BigInt(offset));
        const stops: bigint[] = [];
        for (let event = go(); event !== undefined; event = go()) {
          expect(event).toEqual({
            which: 'stopped',
            threadId: 1,
            cause: { which: 'breakpoint', address: machine.cpu.rip },
          });
          stops.push(machine.cpu.rip - CODE);
        }
        expect(stops).toEqual(reference.visits.filter((offset) => offsets.includes(Number(offset))));
        expect(machine.cpu.frame).toEqual(reference.frame);
        expect(machine.cpu.instructions).toBe(reference.instructions);
      }),
      { numRuns: 12 },
    );
  });

  test('a breakpoint set in code that is hot already stops, and one taken out does not', () => {
    const { machine, target } = start(translateAfter);
    target.resume(new Map(), { which: 'continue' });
    target.run(1000);
    const address = CODE + 32n;
    target.addBreakpoint(address);
    target.run(1000);
    expect(target.isStopped).toBe(true);
    expect(machine.cpu.rip).toBe(address);
    target.removeBreakpoint(address);
    target.resume(new Map(), { which: 'continue' });
    expect(target.run(1_000_000)).toBe(STOP.stopped);
    expect(target.isStopped).toBe(false);
    expect(machine.cpu.frame).toEqual(reference.frame);
  });

  test('steps are single instructions, with breakpoints in their way or without', () => {
    const { machine, target, go } = start(translateAfter);
    target.addBreakpoint(CODE + 21n);
    for (const offset of reference.visits.slice(1, 60)) {
      expect(go('step')).toMatchObject({ which: 'stopped', cause: { which: 'step' } });
      expect(machine.cpu.rip - CODE).toBe(offset);
    }
  });

  const watch = (watchpoint: Watchpoint) => {
    const { machine, target, go } = start(translateAfter);
    target.addWatchpoint(watchpoint);
    const stops: [behind: number, address: bigint][] = [];
    for (let event = go(); event !== undefined; event = go()) {
      if (event.which !== 'stopped' || event.cause.which !== 'watchpoint') throw new Error(`stopped by ${event.which}`);
      stops.push([Number(machine.cpu.rip - CODE), event.cause.address]);
    }
    expect(machine.cpu.frame).toEqual(reference.frame);
    return stops;
  };

  test('a write watchpoint stops behind each instruction that writes its bytes, and no other', () => {
    const stops = watch({ kind: 'write', address: DATA + 9n, length: 4 });
    expect(stops).toHaveLength(200);
    expect(new Set(stops.map(String))).toEqual(new Set([String([47, DATA + 11n])]));
    expect(watch({ kind: 'write', address: DATA + 12n, length: 4 })).toEqual([]);
  });

  test('a read watchpoint stops for reads, and one for accesses for both', () => {
    const reads = watch({ kind: 'read', address: DATA + 12n, length: 1 });
    expect(new Set(reads.map(String))).toEqual(new Set([String([44, DATA + 12n])]));
    const stops = watch({ kind: 'access', address: DATA + 11n, length: 1 });
    expect(stops).toHaveLength(400);
    expect(stops.slice(0, 2)).toEqual([
      [44, DATA + 11n],
      [47, DATA + 11n],
    ]);
    // The stack of CALL and RET is memory too.
    expect(watch({ kind: 'access', address: DATA + 8191n, length: 1 })).toHaveLength(400);
  });

  test('an instruction that reads and writes watched bytes stops once', () => {
    const writes = watch({ kind: 'write', address: DATA, length: 4 });
    expect(writes.every(([behind]) => behind === 27)).toBe(true);
    expect(watch({ kind: 'access', address: DATA, length: 4 })).toEqual(writes);
  });
});

test('a debugger sees and changes registers and memory, and is let go without a trace', () => {
  const { machine, target, go } = start(20);
  target.addBreakpoint(CODE + 32n);
  go();
  const frame = target.readFrame(1)!;
  new DataView(frame.buffer).setBigUint64(8, 1n, true); // RCX
  expect(target.writeFrame(1, frame)).toBe(true);
  expect(target.writeMemory(DATA + 4094n, Uint8Array.of(1, 2, 3, 4))).toBe(4);
  const bytes = new Uint8Array(6);
  expect(target.readMemory(DATA + 4093n, bytes)).toBe(6);
  expect([...bytes]).toEqual([0, 1, 2, 3, 4, 0]);
  expect(target.readMemory(DATA + 8190n, bytes)).toBe(2);
  expect(target.readFrame(2)).toBeUndefined();
  target.addWatchpoint({ kind: 'access', address: DATA, length: 8 });
  target.detach();
  expect(target.run()).toBe(STOP.stopped);
  expect(machine.cpu.rip).toBe(CODE + 38n);
  expect(machine.cpu.instructions).toBeLessThan(30);
});

test('an interrupt from outside stops a guest that runs for ever', () => {
  const { machine } = codeMachine([0xeb, 0xfe]);
  const target = createMachineTarget(machine);
  const events: DebugEvent[] = [];
  target.onEvent = (event) => void events.push(event);
  target.resume(new Map(), { which: 'continue' });
  expect(target.run(1000)).toBe(STOP.budget);
  target.interrupt();
  expect(target.run(1000)).toBeUndefined();
  expect(events).toEqual([{ which: 'stopped', threadId: 1, cause: { which: 'interrupt' } }]);
  expect(() => createMachineTarget(machine)).toThrow('detach');
});
