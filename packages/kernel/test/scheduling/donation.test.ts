// A caller's context runs its server: native programs that call one another on the machine.
import { describe, expect, it } from 'vitest';
import { scheduledMachine } from '../support/scheduled-machine.ts';
import { prebuilt } from '../support/test-machine.ts';

// Interface id of packages/libcapos/programs/schema/examples.capnp.
const ECHO = 0xd885ab71832c5b18n;
const SUCCESS = { which: 'exited', exited: 0 };
const NO_CONTEXT = 0n;

/** An echo server that has come to wait for calls, and a way to start clients. */
function echoSystem() {
  const system = scheduledMachine();
  const { kernel } = system;
  const { owner, facet } = kernel.createEndpoint();
  const server = kernel.spawn({ name: 'server', image: prebuilt('echo-server'), grants: { echo: owner } });
  kernel.runUntilIdle();
  return {
    ...system,
    server,
    echoFacet: (badge: bigint) => facet(badge, ECHO),
    echo: (badge: bigint, ...words: string[]) =>
      kernel.spawn({
        name: `client-${badge}`,
        image: prebuilt('echo-client'),
        arguments: ['client', ...words],
        grants: { echo: facet(badge, ECHO), console: kernel.objects.console },
      }),
  };
}

describe('a server', () => {
  it('runs on the context of its caller, and is paid by it', () => {
    const { contextOf, echo, info, kernel, server } = echoSystem();
    const own = contextOf(server).instructions;
    const before = info(server).instructions;
    const client = echo(1n, ...new Array<string>(20).fill('word'));
    kernel.runUntilIdle();
    expect(client.status).toEqual(SUCCESS);
    expect(info(server).instructions).toBeGreaterThan(before + 1000n);
    expect(contextOf(server).instructions).toBe(own);
  });

  it('without a context of its own runs only for those who wait for it', () => {
    const { bind, console, echo, info, kernel, server } = echoSystem();
    bind(server, NO_CONTEXT);
    expect(info(server).contextId).toBe(NO_CONTEXT);
    const client = echo(1n, 'one', 'two');
    kernel.runUntilIdle();
    expect(client.status).toEqual(SUCCESS);
    expect(console.output).toBe('one (badge 1, call 1)\ntwo (badge 1, call 2)\n');
  });

  it('of low priority is not held up by a middle one while a caller of high priority waits', () => {
    const { configure, console, echo, info, run, server, spinner } = echoSystem();
    configure(server, { priority: 10 });
    const middle = spinner('middle');
    configure(middle, { priority: 100 });
    const client = echo(1n, 'urgent');
    configure(client, { priority: 200 });
    run(1_000_000);
    expect(client.status).toEqual(SUCCESS);
    expect(console.output).toBe('urgent (badge 1, call 1)\n');
    expect(info(middle).instructions).toBeGreaterThan(0n);
  });

  it('whose caller has used its budget up goes on with the budget of the next one who waits', () => {
    const { bind, clock, configure, echo, kernel, server } = echoSystem();
    bind(server, NO_CONTEXT);
    const poor = echo(1n, ...new Array<string>(50).fill('slow'));
    // Enough to start and to call, now and then; never enough for all of it.
    configure(poor, { budgetNs: 5000n, periodNs: 1_000_000n });
    for (let period = 0; period < 20; period++) {
      kernel.runUntilIdle();
      clock.ns += 1_000_000;
    }
    expect(poor.status).toBeUndefined();
    const rich = echo(2n, 'quick');
    kernel.runUntilIdle();
    expect(rich.status).toEqual(SUCCESS);
    poor.kill(9);
    const last = echo(3n, 'afterwards');
    kernel.runUntilIdle();
    expect(last.status).toEqual(SUCCESS);
  });

  /** A client of priority 200, a hosted server that passes its calls on, and behind it one without a context of its own. */
  function passedOn(onBehalfOf: (token: number) => number) {
    const system = echoSystem();
    const { bind, client, configure, echoFacet, kernel, server } = system;
    bind(server, NO_CONTEXT);
    const front = kernel.createEndpoint();
    const middle = client('middle', { front: front.owner, echo: echoFacet(9n) });
    middle.onCall = (call) => {
      middle.receive(middle.cap('front'), { hold: true });
      const message = middle.allocate();
      middle.bytes.set(call.payload, message);
      const { length } = call.payload;
      const nested = middle.callRaw<unknown>(middle.cap('echo'), call.methodId, message, length, {
        onBehalfOf: onBehalfOf(call.token),
      });
      const answer = () => void middle.return(call.token, nested.payload);
      if (nested.done) answer();
      else nested.onDone = answer;
    };
    middle.receive(middle.cap('front'));
    const asking = kernel.spawn({
      name: 'asking',
      image: prebuilt('echo-client'),
      arguments: ['client', 'one', 'two'],
      grants: { echo: front.facet(1n, ECHO), console: kernel.objects.console },
    });
    configure(asking, { priority: 200 });
    return { ...system, asking };
  }

  it('behind a hosted one runs for whoever waits at that one, when the hosted one says for whom it calls', () => {
    const { asking, configure, console, info, run, spinner } = passedOn((token) => token);
    const other = spinner('other');
    configure(other, { priority: 100 });
    run(1_000_000);
    expect(asking.status).toEqual(SUCCESS);
    expect(console.output).toBe('one (badge 9, call 1)\ntwo (badge 9, call 2)\n');
    expect(info(other).instructions).toBeGreaterThan(0n);
  });

  it.each([
    ['nobody', () => 0],
    ['a call that it did not receive', (token: number) => token ^ 0x00f0_0000],
  ])('behind a hosted one that calls for %s has nobody to run for', (_, onBehalfOf) => {
    const { asking, console, run } = passedOn(onBehalfOf);
    run(1_000_000);
    expect(asking.status).toBeUndefined();
    expect(console.output).toBe('');
  });
});
