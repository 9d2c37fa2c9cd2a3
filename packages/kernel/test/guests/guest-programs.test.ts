// Native programs of ours on the machine: what a C program sees of the kernel, through libcapos.
import { describe, expect, it } from 'vitest';
import { isEmpty } from '../support/test-kernel.ts';
import { finish, type MachineKernel, machineKernel, prebuilt } from '../support/test-machine.ts';

// Interface ids of packages/libcapos/programs/schema/examples.capnp.
const ECHO = 0xd885ab71832c5b18n;
const LENDER = 0xa05a87f67f04a45fn;
const SUCCESS = { which: 'exited', exited: 0 };

function expectNothingLeft({ kernel }: MachineKernel): void {
  expect(isEmpty(kernel)).toBe(true);
  expect(kernel.frames().free).toBe(kernel.frames().total);
}

describe('a guest program', () => {
  it('sees its arguments, its environment and its capabilities, and no others', () => {
    const system = machineKernel();
    const { kernel, console, run } = system;
    const program = run(
      'given',
      prebuilt('given'),
      {},
      { arguments: ['given', 'a b', ''], environment: ['KEY=värde'] },
    );
    expect(finish(kernel, program)).toEqual(SUCCESS);
    const lines = console.output.trimEnd().split('\n');
    expect(lines.slice(0, 4)).toEqual([
      'argument 0: given',
      'argument 1: a b',
      'argument 2: ',
      'environment: KEY=värde',
    ]);
    expect(lines.slice(4).map((line) => /^capability: (\w+),/.exec(line)?.[1])).toEqual([
      'console',
      'timer',
      'memory',
      'threads',
      'park',
    ]);
    expectNothingLeft(system);
  });

  it.each([
    ['0', 0],
    ['42', 42],
    ['255', 255],
    ['256', 0],
    ['511', 255],
  ])('that exits with %s has exit status %i', (argument, status) => {
    const { kernel, run } = machineKernel();
    const program = run('exit-code', prebuilt('exit-code'), {}, { arguments: ['exit-code', argument] });
    expect(finish(kernel, program)).toEqual({ which: 'exited', exited: status });
  });

  it('chains calls on what calls have yet to bring, and a chain fails as its first link does', () => {
    const system = machineKernel();
    const { kernel, console, run } = system;
    const program = run('chain', prebuilt('chain'), { notifications: kernel.objects.notificationFactory });
    expect(finish(kernel, program)).toEqual(SUCCESS);
    expect(console.output).toBe('the chain answers 2\nwithout a factory: no such capability, or no longer\n');
    expectNothingLeft(system);
  });

  it('copies its input to its output until it ends', () => {
    const { kernel, console, run } = machineKernel();
    const program = run('cat', prebuilt('cat'));
    for (const line of ['first\n', 'second\n', 'x'.repeat(20_000)]) console.type(line);
    console.type(null);
    expect(finish(kernel, program)).toEqual(SUCCESS);
    expect(console.output).toBe(`first\nsecond\n${'x'.repeat(20_000)}`);
  });

  it('computes and prints doubles as any x86-64 machine does', () => {
    const { kernel, console, run } = machineKernel();
    expect(finish(kernel, run('floating-point', prebuilt('floating-point')))).toEqual(SUCCESS);
    expect(console.output).toBe(`harmonic 20   3.5977396571436819
20!           2432902008176640000
sqrt 2        1.4142135623730951
0.1 + 0.2     0.30000000000000004
1e23          9.9999999999999992e+22 1e+23 1.000000e+23
largest       1.79769e+308
smallest      4.94066e-324
infinities    inf -inf
not a number  unequal to itself
1/3 as float  0.333333343
truncated     -2 1000000000000000
       2    2.50   2.5e+00|       4    3.50   3.5e+00|      -2   -2.50  -2.5e+00|       0    0.12   1.2e-01|
`);
  });

  it.each([1, 4, 16])('counts with %i threads, each with data of its own', (workers) => {
    const system = machineKernel();
    const { kernel, console, run } = system;
    const program = run('threads', prebuilt('threads'), {}, { arguments: ['threads', String(workers)] });
    expect(finish(kernel, program)).toEqual(SUCCESS);
    expect(console.output).toContain(
      `${workers} threads counted to ${workers * 1000}; the first thread's own count is 40`,
    );
    expectNothingLeft(system);
  });

  it('has a heap that threads share without a mistake', () => {
    const system = machineKernel();
    const { kernel, console, run } = system;
    expect(finish(kernel, run('heap', prebuilt('heap')))).toEqual(SUCCESS);
    expect(console.output).toBe('0 mistakes\n');
    expectNothingLeft(system);
  });

  it('sleeps by the timer', () => {
    const { kernel, console, run } = machineKernel();
    expect(finish(kernel, run('sleep', prebuilt('sleep'), {}, { arguments: ['sleep', '30'] }))).toEqual(SUCCESS);
    const [, milliseconds] = /^slept (\d+) ms\n$/.exec(console.output)!;
    expect(Number(milliseconds)).toBeGreaterThanOrEqual(30);
  });

  it.each([
    [['exit-code', '42'], 42, /^exit-code exited with 42\n$/],
    [['fault', 'divide'], 139, /^about to raise divide\nfault faulted with vector 0\n$/],
    [['no-such-program'], 1, /^no-such-program: .+\n$/],
    [
      ['given', 'x'],
      0,
      /^argument 0: given\nargument 1: x\nenvironment: STARTED_BY=launch\ncapability: console, .+\n(capability: (memory|threads|park), .+\n)+given exited with 0\n$/,
    ],
  ])('as init starts %j with what it chooses to give', (launched, status, output) => {
    const system = machineKernel();
    const { kernel, console } = system;
    const blobs = new Map(['exit-code', 'fault', 'given'].map((name) => [name, prebuilt(name)]));
    const init = prebuilt('launch');
    const program = kernel.boot({ manifest: new Uint8Array(8), blobs, init, arguments: ['launch', ...launched] });
    expect(finish(kernel, program)).toEqual({ which: 'exited', exited: status });
    expect(console.output).toMatch(output);
    expectNothingLeft(system);
  });

  it('in an endless loop stops nobody else, and can be killed', () => {
    const system = machineKernel();
    const { kernel, console, run } = system;
    const spinner = run('spinner', prebuilt('spinner'));
    const threads = run('threads', prebuilt('threads'));
    expect(finish(kernel, threads)).toEqual(SUCCESS);
    expect(console.output).toContain('spinning\n');
    expect(spinner.status).toBeUndefined();
    spinner.kill(9);
    expect(finish(kernel, spinner)).toEqual({ which: 'killed', killed: 9 });
    expectNothingLeft(system);
  });
});

describe('two guest programs', () => {
  it('meet at an endpoint, where each client is its badge', () => {
    const system = machineKernel();
    const { kernel, console, run } = system;
    const { owner, facet } = kernel.createEndpoint();
    const client = (badge: bigint, ...words: string[]) =>
      run(
        `client-${badge}`,
        prebuilt('echo-client'),
        { echo: facet(badge, ECHO) },
        { arguments: ['client', ...words] },
      );
    const server = run('echo-server', prebuilt('echo-server'), { echo: owner });
    const first = client(7n, 'one', 'two', '--empty', 'three');
    const second = client(2n ** 40n, 'eins');
    expect(finish(kernel, first)).toEqual(SUCCESS);
    expect(finish(kernel, second)).toEqual(SUCCESS);
    expect(finish(kernel, client(7n, '--stop'))).toEqual(SUCCESS);
    expect(finish(kernel, server)).toEqual(SUCCESS);
    const lines = console.output.trimEnd().split('\n');
    expect(lines.filter((line) => line.includes('badge 7, call'))).toEqual([
      'one (badge 7, call 1)',
      'two (badge 7, call 2)',
      'three (badge 7, call 3)',
    ]);
    expect(lines).toContain(`eins (badge ${2n ** 40n}, call 1)`);
    expect(lines).toContain('invalid argument: there is nothing to echo');
    expect(lines.slice(-2)).toEqual(['badge 7 made 3 calls', `badge ${2n ** 40n} made 1 calls`]);
    expectNothingLeft(system);
  });

  it('share the pages of a memory object', () => {
    const system = machineKernel();
    const { kernel, console, run } = system;
    const { owner, facet } = kernel.createEndpoint();
    const grants = { lender: owner, frames: kernel.objects.frameAllocator };
    const lender = run('memory-lender', prebuilt('memory-lender'), grants);
    const borrower = run('memory-borrower', prebuilt('memory-borrower'), { lender: facet(3n, LENDER) });
    expect(finish(kernel, borrower)).toEqual(SUCCESS);
    expect(finish(kernel, lender)).toEqual(SUCCESS);
    expect(console.output).toBe(`borrower sees "written by the lender" in 8192 bytes
lender sees "written by the borrower" and agrees
the lender agrees
`);
    expectNothingLeft(system);
  });

  it('whose server has died are disconnected, not stuck', () => {
    const system = machineKernel();
    const { kernel, console, run } = system;
    const { owner, facet } = kernel.createEndpoint();
    const grants = { echo: facet(7n, ECHO) };
    const server = run('echo-server', prebuilt('echo-server'), { echo: owner });
    finish(kernel, run('client', prebuilt('echo-client'), grants, { arguments: ['client', 'hello'] }));
    server.kill(9);
    finish(kernel, run('client', prebuilt('echo-client'), grants, { arguments: ['client', 'still there?'] }));
    expect(console.output).toMatch(/^hello \(badge 7, call 1\)\ndisconnected: .+\n$/);
    expectNothingLeft(system);
  });
});
