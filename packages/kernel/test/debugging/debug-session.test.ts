// A debugger holds one process: its threads stand still where it says, and nobody else notices.
import { describe, expect, test } from 'vitest';
import type { DebugEvent, DebugTarget } from '../../src/arch/debugging.ts';
import { KernelError } from '../../src/index.ts';
import { finish, machineKernel, prebuilt } from '../support/test-machine.ts';

const RIP = 128;
const ripOf = (target: DebugTarget, thread = 1): bigint => {
  const frame = target.readFrame(thread)!;
  return new DataView(frame.buffer, frame.byteOffset).getBigUint64(RIP, true);
};

function start(program: string, ...args: string[]) {
  const system = machineKernel();
  const process = system.run(program, prebuilt(program), {}, { arguments: [program, ...args] });
  const target = system.kernel.debug(process.processId, { executablePath: `/${program}` });
  const events: DebugEvent[] = [];
  target.onEvent = (event) => void events.push(event);
  const go = (which: 'continue' | 'step', only?: number, signal?: number): DebugEvent => {
    const action = signal === undefined ? { which } : { which, signal };
    if (only === undefined) target.resume(new Map(), action);
    else target.resume(new Map([[only, action]]), undefined);
    for (let steps = 0; events.length === 0 && steps < 10_000; steps++) system.kernel.step();
    return events.shift()!;
  };
  return { ...system, process, target, go };
}

describe('a debugged process', () => {
  test('stands before its first instruction, while others run to their ends', () => {
    const { kernel, target, process, run, console } = start('hello');
    const entry = ripOf(target);
    const other = run('hello', prebuilt('hello'));
    finish(kernel, other);
    expect(other.status).toEqual({ which: 'exited', exited: 0 });
    expect(ripOf(target)).toBe(entry);
    expect(process.status).toBeUndefined();
    expect(kernel.step().state).toBe('idle');
    target.detach();
    finish(kernel, process);
    expect(process.status).toEqual({ which: 'exited', exited: 0 });
    expect(console.output.split('Hello').length).toBe(3);
  });

  test('goes instruction by instruction, through system calls too, to where it ends', () => {
    const { target, go, process } = start('exit-raw');
    let steps = 0;
    let event = go('step');
    for (; event.which === 'stopped'; event = go('step')) {
      expect(event).toEqual({ which: 'stopped', threadId: 1, cause: { which: 'step' } });
      steps++;
    }
    expect(event).toEqual({ which: 'exited', code: 7 });
    expect(steps).toBeGreaterThan(1);
    expect(process.status).toEqual({ which: 'exited', exited: 7 });
    expect(target.threads).toEqual([]);
    expect(target.readMemory(0x400000n, new Uint8Array(8))).toBe(0);
  });

  test('is the only one that its breakpoints stop, whoever runs the same program', () => {
    const { kernel, target, go, run, process } = start('hello');
    const entry = ripOf(target);
    expect(go('step')).toMatchObject({ cause: { which: 'step' } });
    const second = ripOf(target);
    target.addBreakpoint(entry);
    target.addBreakpoint(second);
    const other = run('hello', prebuilt('hello'));
    finish(kernel, other);
    expect(other.status).toEqual({ which: 'exited', exited: 0 });
    expect(go('continue')).toEqual({ which: 'stopped', threadId: 1, cause: { which: 'breakpoint', address: second } });
    expect(go('continue')).toEqual({ which: 'exited', code: 0 });
    expect(process.status).toEqual({ which: 'exited', exited: 0 });
  });

  test('has all of its threads seen, and one of them run alone', () => {
    const { target, go } = start('threads', '4');
    let event = go('step');
    while (event.which === 'stopped' && target.threads.length < 3) event = go('step');
    expect(target.threads.length).toBe(3);
    const [first, ...others] = target.threads;
    const places = others.map(({ id }) => ripOf(target, id));
    for (let step = 0; step < 50; step++) go('step', first!.id);
    expect(others.map(({ id }) => ripOf(target, id))).toEqual(places);
    target.detach();
  });

  test('is held at a fault, and ends by it when that is wanted', () => {
    const { target, go, process } = start('fault', 'page-fault');
    const held = go('continue');
    expect(held).toMatchObject({ which: 'stopped', cause: { which: 'signal' } });
    const at = ripOf(target);
    expect(go('continue')).toEqual(held);
    expect(ripOf(target)).toBe(at);
    const { signal } = (held as Extract<DebugEvent, { which: 'stopped' }>).cause as { signal: number };
    expect(go('continue', 1, signal)).toMatchObject({ which: 'killed', signal });
    expect(process.status?.which).toBe('faulted');
  });

  test('can be interrupted and ended while it runs, and tells its debugger', () => {
    const { kernel, target, go, process } = start('spinner');
    target.resume(new Map(), { which: 'continue' });
    for (let i = 0; i < 5; i++) kernel.step();
    target.interrupt();
    const events: DebugEvent[] = [];
    target.onEvent = (event) => void events.push(event);
    kernel.step();
    expect(events).toEqual([{ which: 'stopped', threadId: 1, cause: { which: 'interrupt' } }]);
    target.kill();
    kernel.step();
    expect(events[1]).toEqual({ which: 'killed', signal: 9 });
    expect(process.status).toEqual({ which: 'killed', killed: 9 });
    expect(go).toBeDefined();
    expect(kernel.ledgers().total.frames ?? 0).toBe(0);
  });

  test('has one debugger; what is no process of the machine has none', () => {
    const { kernel, process, target } = start('hello');
    expect(() => kernel.debug(process.processId)).toThrow(KernelError);
    expect(() => kernel.debug(99n)).toThrow('99');
    expect(target.auxiliaryVector?.length).toBeGreaterThan(16);
    target.detach();
    const again = kernel.debug(process.processId);
    again.detach();
    finish(kernel, process);
    expect(process.status).toEqual({ which: 'exited', exited: 0 });
  });
});
