// A foreign process's thread lends its context as a native one does: to whoever serves the call that its personality makes for it.
import { REGISTER } from '@capos/abi';
import { describe, expect, it } from 'vitest';
import { MOV_EDI_EAX, movEax, program, SYSCALL } from '../support/elf-builder.ts';
import { scheduledMachine } from '../support/scheduled-machine.ts';
import { prebuilt } from '../support/test-machine.ts';
import { EXIT, testPersonality } from '../support/test-personality.ts';

const INTERFACE = 1n;
const CALL = 7;
const NO_CONTEXT = 0n;

/** A native server that answers with what it got, and a way to start foreign clients of it. */
function foreignSystem() {
  const system = scheduledMachine();
  const { kernel } = system;
  const { owner, facet } = kernel.createEndpoint();
  const server = kernel.spawn({ name: 'server', image: prebuilt('bench-ipc-server'), grants: { bench: owner } });
  kernel.runUntilIdle();
  let badge = 0n;
  /** Makes `calls` calls in one system call, each from the completion of the one before, and exits with their number. */
  const client = (name: string, calls: number) => {
    const personality = testPersonality({
      syscall(thread, _number, _argument, { caps }) {
        let answered = 0;
        const next = (): void => {
          caps.call(caps.lookup('bench')!, 0, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), [], (outcome) => {
            if (outcome.kind !== 'results' || outcome.payload.length !== 8) return thread.unpark();
            if (++answered < calls) next();
            else thread.unpark();
          });
        };
        next();
        thread.park(() => {
          thread.registers[REGISTER.RAX] = BigInt(answered);
        });
      },
    });
    return kernel.spawn({
      name,
      image: program([...movEax(CALL), ...SYSCALL, ...MOV_EDI_EAX, ...movEax(EXIT), ...SYSCALL]),
      personality: personality.factory,
      grants: { bench: facet(++badge, INTERFACE) },
    });
  };
  return { ...system, server, client };
}

describe('a foreign process that calls a native server', () => {
  it('lends it its context, and pays for it', () => {
    const { client, contextOf, info, kernel, server } = foreignSystem();
    const own = contextOf(server).instructions;
    const before = info(server).instructions;
    const calling = client('client', 20);
    kernel.runUntilIdle();
    expect(calling.status).toEqual({ which: 'exited', exited: 20 });
    expect(info(server).instructions).toBeGreaterThan(before + 1000n);
    expect(contextOf(server).instructions).toBe(own);
  });

  it('runs a server that has no context of its own', () => {
    const { bind, client, info, kernel, server } = foreignSystem();
    bind(server, NO_CONTEXT);
    expect(info(server).contextId).toBe(NO_CONTEXT);
    const clients = ['one', 'two', 'three'].map((name) => client(name, 5));
    kernel.runUntilIdle();
    for (const { status } of clients) expect(status).toEqual({ which: 'exited', exited: 5 });
  });

  it('gives it its priority, over one in the middle that never waits', () => {
    const { client, configure, info, run, server, spinner } = foreignSystem();
    configure(server, { priority: 10 });
    const middle = spinner('middle');
    configure(middle, { priority: 100 });
    const urgent = client('urgent', 10);
    configure(urgent, { priority: 200 });
    run(1_000_000);
    expect(urgent.status).toEqual({ which: 'exited', exited: 10 });
    expect(info(middle).instructions).toBeGreaterThan(0n);
  });

  it('and dies meanwhile leaves the server to the others', () => {
    const { bind, client, kernel, run, server } = foreignSystem();
    bind(server, NO_CONTEXT);
    const first = client('first', 1_000_000);
    run(50_000);
    expect(first.status).toBeUndefined();
    first.kill(9);
    const second = client('second', 3);
    kernel.runUntilIdle();
    expect(second.status).toEqual({ which: 'exited', exited: 3 });
  });
});
