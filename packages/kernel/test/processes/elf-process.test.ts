import { describe, expect, it } from 'vitest';
import { isEmpty } from '../support/test-kernel.ts';
import { finish, machineKernel, prebuilt } from '../support/test-machine.ts';

const ECHO = 0xd885_ab71_832c_5b18n;

describe('an ELF process', () => {
  it('runs to its exit code', () => {
    const { kernel, run } = machineKernel();
    expect(finish(kernel, run('exit-raw', prebuilt('exit-raw')))).toEqual({ which: 'exited', exited: 7 });
    expect(isEmpty(kernel)).toBe(true);
  });

  it('reaches the kernel through its ring', () => {
    const { kernel, run } = machineKernel();
    expect(finish(kernel, run('nop-raw', prebuilt('nop-raw')))).toEqual({ which: 'exited', exited: 0 });
  });

  it('says hello through a typed call, and leaves nothing behind', () => {
    const { kernel, run, console } = machineKernel();
    expect(finish(kernel, run('hello', prebuilt('hello')))).toEqual({ which: 'exited', exited: 0 });
    expect(console.output).toContain('ello');
    expect(isEmpty(kernel)).toBe(true);
    expect(kernel.frames().free).toBe(kernel.frames().total);
  });

  it('copies its input to its output until the input ends', () => {
    const { kernel, run, console } = machineKernel();
    const process = run('cat', prebuilt('cat'));
    kernel.runUntilIdle();
    console.type('first line\n');
    kernel.runUntilIdle();
    console.type('second\n');
    console.type(null);
    expect(finish(kernel, process)).toEqual({ which: 'exited', exited: 0 });
    expect(console.output).toBe('first line\nsecond\n');
  });

  it('has threads with thread-local data, locks and joins', () => {
    const { kernel, run, console } = machineKernel();
    finish(kernel, run('threads', prebuilt('threads')), 20);
    expect(console.output).toContain('4 threads counted to 4000; the first thread’s own count is 40'.replace('’', "'"));
    expect(isEmpty(kernel)).toBe(true);
  });

  it('serves another ELF process at an endpoint, which is known by its badge', () => {
    const { kernel, run, console } = machineKernel();
    const endpoint = kernel.createEndpoint();
    const server = run('echo-server', prebuilt('echo-server'), { echo: endpoint.owner });
    const client = run(
      'echo-client',
      prebuilt('echo-client'),
      { echo: endpoint.facet(41n, ECHO) },
      { arguments: ['echo-client', 'hello', '--empty', 'again', '--stop'] },
    );
    expect(finish(kernel, client)).toEqual({ which: 'exited', exited: 0 });
    expect(finish(kernel, server)).toEqual({ which: 'exited', exited: 0 });
    expect(console.output).toContain('hello (badge 41, call 1)');
    expect(console.output).toContain('again (badge 41, call');
    expect(isEmpty(kernel)).toBe(true);
  });

  it.each([
    ['page-fault', 14],
    ['write-code', 14],
    ['execute-data', 14],
    ['divide', 0],
    ['undefined', 6],
    ['general-protection', 13],
    ['stack-overflow', 14],
    ['privileged', 13],
  ])('that raises %s ends as faulted with vector %i, and nothing else does', (name, vector) => {
    const { kernel, run, console } = machineKernel();
    const bystander = run('cat', prebuilt('cat'));
    const process = run('fault', prebuilt('fault'), {}, { arguments: ['fault', name] });
    expect(finish(kernel, process)).toMatchObject({ which: 'faulted', faulted: { vector } });
    expect(bystander.status).toBeUndefined();
    console.type(null);
    expect(finish(kernel, bystander)).toEqual({ which: 'exited', exited: 0 });
    expect(kernel.frames().free).toBe(kernel.frames().total);
  });

  it('that never enters the kernel is preempted, and can be killed from outside', () => {
    const { kernel, run, console } = machineKernel();
    const spinner = run('spinner', prebuilt('spinner'));
    for (let step = 0; step < 3; step++) expect(kernel.step(200_000).state).toBe('busy');
    expect(console.output).toBe('spinning\n');
    expect(finish(kernel, run('hello', prebuilt('hello')))).toEqual({ which: 'exited', exited: 0 });
    spinner.kill(9);
    expect(kernel.runUntilIdle().state).toBe('done');
    expect(spinner.status).toEqual({ which: 'killed', killed: 9 });
    expect(isEmpty(kernel)).toBe(true);
  });
});
