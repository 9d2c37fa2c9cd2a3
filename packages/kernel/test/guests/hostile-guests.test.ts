// A program that does everything wrong harms itself and nobody else: a neighbour keeps working, and everything comes back.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isEmpty } from '../support/test-kernel.ts';
import { finish, type MachineKernel, machineKernel, prebuilt } from '../support/test-machine.ts';

const ECHO = 0xd885ab71832c5b18n;
const PAGE_FAULT = 14;
const GENERAL_PROTECTION = 13;

describe('beside a working server,', () => {
  let system: MachineKernel;
  let server: ReturnType<MachineKernel['run']>;
  let client: (...words: string[]) => ReturnType<MachineKernel['run']>;

  beforeEach(() => {
    system = machineKernel();
    const { owner, facet } = system.kernel.createEndpoint();
    server = system.run('echo-server', prebuilt('echo-server'), { echo: owner });
    client = (...words) =>
      system.run(
        'echo-client',
        prebuilt('echo-client'),
        { echo: facet(1n, ECHO) },
        { arguments: ['client', ...words] },
      );
    expect(finish(system.kernel, client('before'))).toEqual({ which: 'exited', exited: 0 });
  });

  afterEach(() => {
    expect(finish(system.kernel, client('after', '--stop'))).toEqual({ which: 'exited', exited: 0 });
    expect(finish(system.kernel, server)).toEqual({ which: 'exited', exited: 0 });
    expect(system.console.output).toContain('after (badge 1, call 2)');
    expect(isEmpty(system.kernel)).toBe(true);
    expect(system.kernel.frames().free).toBe(system.kernel.frames().total);
    expect(system.log).toEqual([]);
  });

  function misbehave(kind: string): ReturnType<typeof finish> {
    const program = system.run('misbehave', prebuilt('misbehave'), {}, { arguments: ['misbehave', kind] });
    return finish(system.kernel, program);
  }

  it.each([
    'stale-caps',
    'pointers',
    'lengths',
    'messages',
    'operations',
    'system-calls',
    'write-execute',
    'credit',
    'ring-header',
  ])('every attempt of kind %s is refused', (kind) => {
    expect(misbehave(kind)).toEqual({ which: 'exited', exited: 0 });
    expect(system.console.output).toMatch(new RegExp(`^${kind}: [1-9]\\d* attempts, 0 not refused$`, 'm'));
  });

  it('writing to the CapSet faults', () => {
    expect(misbehave('cap-set')).toMatchObject({ which: 'faulted', faulted: { vector: PAGE_FAULT, errorCode: 7 } });
  });

  it('unmapping the own ring ends in an error or a fault of its own', () => {
    expect(misbehave('ring-gone')).toBeDefined();
  });

  it('a second thread rewriting submissions while they are taken gets nowhere', () => {
    expect(misbehave('thread-race')).toBeDefined();
  });

  it.each([
    ['page-fault', PAGE_FAULT, 6],
    ['write-code', PAGE_FAULT, 7],
    ['execute-data', PAGE_FAULT, 21],
    ['stack-overflow', PAGE_FAULT, 6],
    ['divide', 0, 0],
    ['undefined', 6, 0],
    ['general-protection', GENERAL_PROTECTION, 0],
    ['port', GENERAL_PROTECTION, 0],
    ['privileged', GENERAL_PROTECTION, 0],
  ])('%s ends the program with vector %i, error code %i', (kind, vector, errorCode) => {
    const program = system.run('fault', prebuilt('fault'), {}, { arguments: ['fault', kind] });
    expect(finish(system.kernel, program)).toMatchObject({ which: 'faulted', faulted: { vector, errorCode } });
    expect(system.console.output).toContain(`about to raise ${kind}\n`);
    expect(system.console.output).not.toContain('still alive');
  });
});
