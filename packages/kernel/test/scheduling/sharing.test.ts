// Who gets how much of the processor: programs on the machine that never stop by themselves.
import { Notification, NotificationFactory, SchedulingContext, SchedulingPolicy } from '@capos/abi';
import { describe, expect, it } from 'vitest';
import { parameters, SLICE, scheduledMachine } from '../support/scheduled-machine.ts';
import { isEmpty } from '../support/test-kernel.ts';
import { prebuilt } from '../support/test-machine.ts';

const MILLISECOND = 1_000_000n;
/** A block more or less at each end of a turn. */
const NEARLY = 100;

describe('contexts of one priority', () => {
  it('take turns of equal length', () => {
    const { info, run, spinner } = scheduledMachine();
    const programs = [spinner('a'), spinner('b'), spinner('c')];
    run(9 * SLICE);
    for (const program of programs) {
      expect(Math.abs(Number(info(program).instructions) - 3 * SLICE)).toBeLessThan(NEARLY);
    }
  });

  it('take turns as long as their slices say', () => {
    const { configure, info, run, spinner } = scheduledMachine();
    const [short, long] = [spinner('short'), spinner('long')];
    configure(short, { sliceNs: 100_000n }); // 20,000 instructions
    configure(long, { sliceNs: 300_000n });
    run(800_000);
    expect(Number(info(long).instructions) / Number(info(short).instructions)).toBeCloseTo(3, 1);
  });
});

describe('a context of higher priority', () => {
  it('has the processor as long as it can run', () => {
    const { configure, info, run, spinner } = scheduledMachine();
    const [low, high] = [spinner('low'), spinner('high')];
    configure(high, { priority: 129 });
    run(10 * SLICE);
    expect(info(low).instructions).toBe(0n);
    configure(high, { priority: 127 });
    const before = info(high).instructions;
    run(10 * SLICE);
    expect(info(high).instructions).toBe(before);
    expect(Number(info(low).instructions)).toBeGreaterThanOrEqual(10 * SLICE);
  });

  it('rests while its mask leaves it no processor', () => {
    const { configure, info, run, spinner } = scheduledMachine();
    const [other, resting] = [spinner('other'), spinner('resting')];
    configure(resting, { priority: 255, processors: 0n });
    run(2 * SLICE);
    expect(info(resting).instructions).toBe(0n);
    expect(Number(info(other).instructions)).toBeGreaterThanOrEqual(2 * SLICE);
    configure(resting, { priority: 255, processors: 1n });
    run(SLICE);
    expect(Number(info(resting).instructions)).toBeGreaterThanOrEqual(SLICE);
  });
});

describe('a budget', () => {
  it('is all that a runaway gets in a period, whatever its priority, and others lose nothing by it', () => {
    const { clock, configure, contextOf, info, run, spinner } = scheduledMachine();
    const [runaway, victim] = [spinner('runaway'), spinner('victim')];
    configure(runaway, { priority: 255, budgetNs: MILLISECOND, periodNs: 10n * MILLISECOND });
    for (let period = 1; period <= 5; period++) {
      run(2_000_000); // 10 ms of the machine
      expect(Math.abs(Number(info(runaway).instructions) - period * 200_000)).toBeLessThan(NEARLY);
      expect(Math.abs(Number(info(victim).instructions) - period * 1_800_000)).toBeLessThan(period * 3 * NEARLY);
      clock.ns += 10_000_000;
    }
    expect(contextOf(runaway).depletions).toBe(5n);
  });

  it('comes back one period after it was used, not at fixed times', () => {
    const { clock, configure, info, run, spinner } = scheduledMachine();
    const limited = spinner('limited');
    configure(limited, { budgetNs: MILLISECOND, periodNs: 10n * MILLISECOND });
    run(100_000); // half of it at 0 ms
    clock.ns += 6_000_000;
    run(500_000); // the other half at 6 ms
    expect(Math.abs(Number(info(limited).instructions) - 200_000)).toBeLessThan(NEARLY);
    clock.ns += 5_000_000;
    run(500_000); // at 11 ms the first half is back
    expect(Math.abs(Number(info(limited).instructions) - 300_000)).toBeLessThan(NEARLY);
    clock.ns += 6_000_000;
    run(500_000); // at 17 ms the second
    expect(Math.abs(Number(info(limited).instructions) - 400_000)).toBeLessThan(NEARLY);
  });

  it('that is used up is told to whoever asked, and a kernel with nothing else to do waits for it', () => {
    const { clock, contextOf, kernel, scheduler, spinner, bind } = scheduledMachine();
    const limited = spinner('limited');
    const made = scheduler.call(scheduler.cap('scheduling'), SchedulingPolicy.methods.create, {
      name: 'reserved',
      parameters: parameters({ budgetNs: MILLISECOND, periodNs: 10n * MILLISECOND }),
    });
    const context = made.caps[0]!.capId;
    bind(limited, made.value.contextId);
    expect(scheduler.call(context, SchedulingContext.methods.getInfo, {}).value.info).toMatchObject({
      name: 'reserved',
      processes: [limited.processId],
      threads: 1,
    });
    const notification = scheduler.call(scheduler.cap('notifications'), NotificationFactory.methods.create, {})
      .caps[0]!;
    const told = { notification: 0, bits: 6n };
    const transfers = [{ capId: notification.capId, mode: 'copy' as const }];
    scheduler.call(context, SchedulingContext.methods.notifyDepleted, told, { transfers }).value;
    const waiting = scheduler.call(notification.capId, Notification.methods.wait, { mask: 7n });
    expect(waiting.done).toBe(false);
    const result = kernel.runUntilIdle();
    expect(result).toEqual({ state: 'idle', nextWakeNs: clock.ns + 10_000_000 });
    expect(waiting.value.bits).toBe(6n);
    expect(contextOf(limited).depletions).toBe(1n);
  });

  it.each([
    ['more than its period', { budgetNs: 2n * MILLISECOND, periodNs: MILLISECOND }],
    ['a period that is only switching', { budgetNs: 1000n, periodNs: 1000n }],
    ['nothing to speak of', { budgetNs: 1n, periodNs: MILLISECOND }],
    ['a period without end', { budgetNs: MILLISECOND, periodNs: 2n ** 63n }],
    ['a turn without end', { sliceNs: 2n ** 63n }],
  ])('of %s is refused', (_what, decision) => {
    const { configure, spinner } = scheduledMachine();
    expect(() => configure(spinner('a'), decision)).toThrow('invalidArgument');
  });
});

describe('what a process starts', () => {
  it('runs within its limits, so that spawning is no way around them', () => {
    const { configure, contextOf, console, kernel, run } = scheduledMachine();
    const blobs = new Map([['spinner', prebuilt('spinner')]]);
    const init = prebuilt('launch');
    const parent = kernel.boot({ manifest: new Uint8Array(8), blobs, init, arguments: ['launch', 'spinner'] });
    configure(parent, { budgetNs: 5n * MILLISECOND, periodNs: 10n * MILLISECOND });
    for (let steps = 0; steps < 100 && !console.output.includes('spinning'); steps++) run(1_000_000);
    expect(contextOf(parent).processes).toHaveLength(2);
    expect(Math.abs(Number(contextOf(parent).instructions) - 1_000_000)).toBeLessThan(10 * NEARLY);
  });

  it('leaves nothing when it has ended', () => {
    const { kernel, scheduler, spinner } = scheduledMachine();
    const programs = [spinner('a'), spinner('b')];
    kernel.step();
    for (const program of programs) program.kill(9);
    expect(scheduler.call(scheduler.cap('scheduling'), SchedulingPolicy.methods.list, {}).value.contexts).toEqual([]);
    scheduler.process.kill(9);
    expect(kernel.step().state).toBe('done');
    expect(isEmpty(kernel)).toBe(true);
  });
});
