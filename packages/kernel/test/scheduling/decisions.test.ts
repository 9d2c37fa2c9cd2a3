// A scheduler that is a program: its decisions hold while it attends, and no longer.
import { SchedulingPolicy } from '@capos/abi';
import { describe, expect, it } from 'vitest';
import { parameters, type ScheduledMachine, scheduledMachine } from '../support/scheduled-machine.ts';

const { methods } = SchedulingPolicy;
const SECOND = 1_000_000_000n;

/** A machine with two programs that never stop, and a second scheduler. */
function contested() {
  const system = scheduledMachine();
  const [favoured, starved] = [system.spinner('favoured'), system.spinner('starved')];
  const other = system.client('other', { scheduling: system.kernel.objects.schedulingPolicy });
  return { ...system, favoured, starved, other };
}

function decide({ configure, favoured, scheduler, starved }: ReturnType<typeof contested>): void {
  scheduler.call(scheduler.cap('scheduling'), methods.attend, { leaseNs: SECOND }).value;
  configure(favoured, { priority: 200 });
  configure(starved, { processors: 0n });
}

/** Whether both programs get the processor. */
function isShared({ info, run }: ScheduledMachine, ...programs: Parameters<ScheduledMachine['info']>[0][]): boolean {
  const before = programs.map((program) => info(program).instructions);
  run(1_000_000);
  return programs.every((program, index) => info(program).instructions > before[index]!);
}

describe('a scheduler that attends', () => {
  it('decides until its lease is over; then the kernel shares by turns again', () => {
    const system = contested();
    const { clock, favoured, log, starved } = system;
    decide(system);
    expect(isShared(system, favoured, starved)).toBe(false);
    clock.ns += 2_000_000_000;
    expect(isShared(system, favoured, starved)).toBe(true);
    expect(log.join()).toContain('has not renewed its lease');
  });

  it('keeps charge by attending again', () => {
    const system = contested();
    const { clock, favoured, scheduler, starved } = system;
    decide(system);
    for (let renewal = 0; renewal < 5; renewal++) {
      clock.ns += 900_000_000;
      scheduler.call(scheduler.cap('scheduling'), methods.attend, { leaseNs: SECOND }).value;
      expect(isShared(system, favoured, starved)).toBe(false);
    }
  });

  it('takes its decisions with it when it dies', () => {
    const system = contested();
    const { favoured, kernel, scheduler, starved } = system;
    decide(system);
    const rates = [favoured, starved].map(
      (program) => kernel.processes().find((p) => p.processId === program.processId)!,
    );
    scheduler.process.kill(9);
    kernel.step(1_000_000);
    const after = [favoured, starved].map(
      (program) => kernel.processes().find((p) => p.processId === program.processId)!,
    );
    expect(after.every(({ instructions }, index) => instructions > rates[index]!.instructions)).toBe(true);
  });

  it('is replaced by another that attends, and may then decide no more', () => {
    const system = contested();
    const { configure, favoured, other, scheduler, starved } = system;
    decide(system);
    other.call(other.cap('scheduling'), methods.attend, { leaseNs: SECOND }).value;
    expect(isShared(system, favoured, starved)).toBe(true);
    expect(() => configure(favoured, { priority: 1 })).toThrow('attends');
    scheduler.call(scheduler.cap('scheduling'), methods.resign, {}).value; // not its to give up
    const { contextId } = system.contextOf(starved);
    const mine = { contextId, parameters: parameters({ priority: 201 }) };
    other.call(other.cap('scheduling'), methods.configure, mine).value;
    expect(isShared(system, favoured, starved)).toBe(false);
    other.call(other.cap('scheduling'), methods.resign, {}).value;
    expect(isShared(system, favoured, starved)).toBe(true);
  });

  it('leaves what was decided before it as it was', () => {
    const system = contested();
    const { clock, configure, contextOf, favoured } = system;
    configure(favoured, { priority: 7 });
    decide(system);
    expect(contextOf(favoured).parameters?.priority).toBe(200);
    clock.ns += 2_000_000_000;
    system.kernel.step(0);
    expect(contextOf(favoured).parameters?.priority).toBe(7);
  });

  it('gives programs that it left without a context theirs back', () => {
    const system = contested();
    const { bind, clock, favoured, starved } = system;
    decide(system);
    bind(starved, 0n);
    expect(isShared(system, starved)).toBe(false);
    clock.ns += 2_000_000_000;
    expect(isShared(system, favoured, starved)).toBe(true);
  });
});

describe('decisions', () => {
  it('about what is not there are refused', () => {
    const { scheduler } = contested();
    const policy = scheduler.cap('scheduling');
    const wrong = { contextId: 99n, parameters: parameters({}) };
    expect(scheduler.call(policy, methods.configure, wrong).exception?.kind).toBe('invalidArgument');
    expect(scheduler.call(policy, methods.bind, { processId: 99n, contextId: 0n }).exception?.kind).toBe(
      'invalidArgument',
    );
    const hosted = { processId: scheduler.process.processId, contextId: 0n };
    expect(scheduler.call(policy, methods.bind, hosted).exception?.reason).toContain('not run by the machine');
    expect(scheduler.call(policy, methods.attend, { leaseNs: 0n }).exception?.kind).toBe('invalidArgument');
  });
});
