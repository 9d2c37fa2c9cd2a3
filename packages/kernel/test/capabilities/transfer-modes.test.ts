// A capability that may only be moved is in one table at a time, and one that may not travel stays: on every path there is.
//
//   CALL, pipelined CALL, RETURN · grants of a spawn · calls, copies and forks of a foreign process · results kept by an answer
//
// What is counted are the edges to one object: `holders` is the kernel's own count of them.
import { type ForkedProcess, type Grant, NULL_CAP_ID, ProcessHandle, ProcessSpawner, REGISTER } from '@capos/abi';
import { TRANSPORT_MALFORMED, TRANSPORT_NOT_PERMITTED } from '@capos/ipc-ring';
import { describe, expect, it } from 'vitest';
import { Ledger, RESOURCE } from '../../src/accounting/ledger.ts';
import { CapTable } from '../../src/capabilities/cap-table.ts';
import { type KernelObject, ORIGIN, TRANSFER_MODE } from '../../src/capabilities/kernel-object.ts';
import { PersonalityObject } from '../../src/objects/personality.ts';
import { Thing } from '../support/cap-table-model.ts';
import { movEax, program, SYSCALL } from '../support/elf-builder.ts';
import { TestClient } from '../support/test-client.ts';
import { isEmpty, testKernel } from '../support/test-kernel.ts';
import { machineKernel } from '../support/test-machine.ts';
import { EXIT, testPersonality } from '../support/test-personality.ts';

const INTERFACE = 5n;
type Mode = Grant['transferMode'];
type By = 'copy' | 'move';

const spawn = (parent: TestClient, child: string, grants: Grant[], transfers: { capId: number; mode: By }[]) =>
  parent.call(
    parent.cap('spawner'),
    ProcessSpawner.methods.spawn,
    { name: child, image: new Uint8Array(0), program: child, arguments: [child], environment: [], grants, limits: [] },
    { transfers },
  );

/** A holder that was granted `gift` in a mode, a server that it can call and that it can answer, and a count of the gift's edges. */
function holderOf(transferMode: Mode) {
  const test = testKernel();
  const { kernel } = test;
  const [gift, service, back] = [kernel.createEndpoint(), kernel.createEndpoint(), kernel.createEndpoint()];
  const facet = gift.facet(1n, INTERFACE) as KernelObject;
  let child: TestClient | undefined;
  kernel.registerProgram('child', (port) => {
    child = new TestClient(port);
  });
  kernel.registerProgram('grandchild', () => {});
  const spawner = kernel.objects.processSpawner;
  const parent = test.client('parent', {
    spawner,
    gift: facet,
    service: service.facet(1n, INTERFACE),
    back: back.owner,
  });
  const server = test.client('server', { service: service.owner, back: back.facet(1n, INTERFACE) });
  const made = spawn(
    parent,
    'child',
    [
      { name: 'gift', cap: 0, transferMode },
      { name: 'service', cap: 1, transferMode: 'copy' },
      { name: 'back', cap: 2, transferMode: 'copy' },
      { name: 'spawner', cap: 3, transferMode: 'copy' },
    ],
    [
      { capId: parent.cap('gift'), mode: 'move' },
      { capId: parent.cap('service'), mode: 'move' },
      { capId: parent.cap('back'), mode: 'move' },
      { capId: parent.cap('spawner'), mode: 'copy' },
    ],
  );
  kernel.step();
  const holder = child!;
  const edges = (): number => facet.holders;
  const modeHeld = (): string =>
    parent
      .call(made.caps[0]!.capId, ProcessHandle.methods.capabilities, {})
      .value.entries.find(({ name }) => name === 'gift')!.transferMode as string;
  const bury = (): void => {
    for (const { process } of [parent, server]) process.kill(9);
    holder.port.exit(0);
    kernel.runUntilIdle();
    expect(isEmpty(kernel)).toBe(true);
    expect(test.log).toEqual([]);
  };
  return { ...test, parent, server, holder, edges, modeHeld, bury };
}

/** Each way in which a ring lets a program pass something on, and what it answers. */
const paths: Readonly<Record<string, (all: ReturnType<typeof holderOf>, mode: By) => number>> = {
  'a call to a server': ({ holder, server }, mode) => {
    server.receive(server.cap('service'));
    return holder.callRaw<unknown>(holder.cap('service'), 0, holder.allocate(), 0, {
      transfers: [{ capId: holder.cap('gift'), mode }],
    }).result;
  },
  'a call on the result of a call': ({ holder }, mode) => {
    holder.callRaw<unknown>(holder.cap('service'), 0, holder.allocate(), 0, { answerId: 1 });
    return holder.callRaw<unknown>(0, 0, holder.allocate(), 0, {
      dependency: { answerId: 1, ordinal: 0 },
      transfers: [{ capId: holder.cap('gift'), mode }],
    }).result;
  },
  'a return': ({ holder, server }, mode) => {
    const received = holder.receive(holder.cap('back'));
    server.callRaw<unknown>(server.cap('back'), 0, server.allocate(), 0);
    return holder.return(received.token, new Uint8Array(0), { transfers: [{ capId: holder.cap('gift'), mode }] })
      .result;
  },
  'a grant to a child': ({ holder }, mode) =>
    spawn(holder, 'grandchild', [{ name: 'gift', cap: 0, transferMode: 'copy' }], [{ capId: holder.cap('gift'), mode }])
      .result,
};

describe.each(Object.entries(paths))('%s', (_name, pass) => {
  it.each(['copy', 'move'] as const)('does not take by %s what may not travel', (mode) => {
    const all = holderOf('nonTransferable');
    expect(all.modeHeld()).toBe('nonTransferable');
    expect(all.edges()).toBe(1);
    expect(pass(all, mode)).toBe(-TRANSPORT_NOT_PERMITTED);
    expect(all.edges()).toBe(1);
    expect(all.modeHeld()).toBe('nonTransferable');
    all.bury();
  });

  it('does not copy what may only be moved', () => {
    const all = holderOf('move');
    expect(pass(all, 'copy')).toBe(-TRANSPORT_NOT_PERMITTED);
    expect(all.edges()).toBe(1);
    expect(all.modeHeld()).toBe('move');
    all.bury();
  });
});

describe('a capability that may only be moved', () => {
  it('leaves its holder when it is moved, and is as bound at the next one', () => {
    const { holder, server, edges, bury } = holderOf('move');
    const received = server.receive(server.cap('service'));
    holder.callRaw<unknown>(holder.cap('service'), 0, holder.allocate(), 0, {
      transfers: [{ capId: holder.cap('gift'), mode: 'move' }],
    });
    expect(edges()).toBe(1);
    const gift = received.caps[0]!.capId;
    const copied = server.return(received.token, new Uint8Array(0), { transfers: [{ capId: gift, mode: 'copy' }] });
    expect(copied.result).toBe(-TRANSPORT_NOT_PERMITTED);
    bury();
  });

  it('stays as bound when it is granted as one that may be copied', () => {
    const { holder, edges, kernel, bury } = holderOf('move');
    let grandchild: TestClient | undefined;
    kernel.registerProgram('looking', (port) => {
      grandchild = new TestClient(port);
    });
    const made = spawn(
      holder,
      'looking',
      [{ name: 'gift', cap: 0, transferMode: 'copy' }],
      [{ capId: holder.cap('gift'), mode: 'move' }],
    );
    kernel.step();
    expect(grandchild!.caps.size).toBe(1);
    expect(edges()).toBe(1);
    const { entries } = holder.call(made.caps[0]!.capId, ProcessHandle.methods.capabilities, {}).value;
    expect(entries).toMatchObject([{ name: 'gift', transferMode: 'move' }]);
    grandchild!.port.exit(0);
    bury();
  });

  it('is not granted under two names, and a spawn that asks for it takes nothing', () => {
    const { holder, edges, modeHeld, bury } = holderOf('move');
    const twice = spawn(
      holder,
      'grandchild',
      [
        { name: 'one', cap: 0, transferMode: 'copy' },
        { name: 'two', cap: 0, transferMode: 'copy' },
      ],
      [{ capId: holder.cap('gift'), mode: 'move' }],
    );
    expect(twice.exception?.kind).toBe('invalidArgument');
    expect(edges()).toBe(1);
    expect(modeHeld()).toBe('move');
    const both = [
      { capId: holder.cap('gift'), mode: 'move' as const },
      { capId: holder.cap('gift'), mode: 'move' as const },
    ];
    expect(spawn(holder, 'grandchild', [], both).result).toBe(-TRANSPORT_MALFORMED);
    expect(edges()).toBe(1);
    bury();
  });

  it('is not reached through the answer it came with once its caller has moved it on', () => {
    const { holder, server, edges, bury } = holderOf('move');
    // The server calls back, and the holder answers with what may only be moved.
    const received = holder.receive(holder.cap('back'));
    const call = server.callRaw<unknown>(server.cap('back'), 0, server.allocate(), 0, { answerId: 7 });
    holder.return(received.token, new Uint8Array(0), { transfers: [{ capId: holder.cap('gift'), mode: 'move' }] });
    expect(call.caps).toHaveLength(1);
    expect(edges()).toBe(1);
    const through = () =>
      server.callRaw<unknown>(0, 0, server.allocate(), 0, { dependency: { answerId: 7, ordinal: 0 } });
    expect(through().done).toBe(false);
    server.operation((submissions, userData) => submissions.release(call.caps[0]!.capId, userData));
    expect(through().exception?.kind).toBe('disconnected');
    expect(edges()).toBe(0);
    bury();
  });

  it('is kept by the answer alone when the caller asked for that', () => {
    const { holder, server, edges, bury } = holderOf('move');
    const received = holder.receive(holder.cap('back'));
    const call = server.callRaw<unknown>(server.cap('back'), 0, server.allocate(), 0, { answerId: 7, keepCaps: true });
    holder.return(received.token, new Uint8Array(0), { transfers: [{ capId: holder.cap('gift'), mode: 'move' }] });
    expect(call.caps).toHaveLength(0);
    expect(edges()).toBe(1);
    server.operation((submissions, userData) => submissions.finish(7, userData));
    expect(edges()).toBe(0);
    bury();
  });
});

it('a foreign process’s personality passes on no more than the process could', () => {
  const machine = machineKernel();
  const { kernel } = machine;
  const service = kernel.createEndpoint();
  const gifts = (['copy', 'move', 'nonTransferable'] as const).map((mode) => {
    const facet = kernel.createEndpoint().facet(1n, INTERFACE) as KernelObject;
    return { mode, facet };
  });
  const seen: { fork?: boolean[] } & Partial<Record<(typeof gifts)[number]['mode'], unknown[]>> = {};
  const personality = testPersonality({
    syscall(thread, _number, _argument, process) {
      const { caps } = process;
      for (const { mode } of gifts) {
        const capId = caps.lookup(mode)!;
        const outcomes: unknown[] = [caps.copy(capId) !== undefined, caps.copyFrom(caps, capId) !== undefined];
        for (const by of mode === 'nonTransferable' ? (['copy', 'move'] as const) : (['copy'] as const)) {
          caps.call(caps.lookup('service')!, 0, new Uint8Array(0), [{ capId, mode: by }], (outcome) => {
            outcomes.push(outcome.kind === 'transport' ? outcome.code : outcome.kind);
          });
        }
        seen[mode] = outcomes;
      }
      const child: ForkedProcess = process.fork(
        thread,
        { start() {}, syscall() {}, fault: () => false, exited() {} },
        gifts.map(({ mode }) => caps.lookup(mode)!),
      )!;
      seen.fork = child.caps.map((capId) => capId !== NULL_CAP_ID);
      child.process.exit({ which: 'exited', exited: 0 });
      thread.registers[REGISTER.RAX] = 0n;
    },
  });
  kernel.spawn({
    name: 'parent',
    program: (port) => {
      const client = new TestClient(port);
      const grants = [
        ...gifts.map(({ mode }, cap) => ({ name: mode, cap, transferMode: mode })),
        { name: 'service', cap: 3, transferMode: 'copy' as const },
        { name: 'personality', cap: 4, transferMode: 'copy' as const },
      ];
      const image = program([...movEax(7), ...SYSCALL, ...movEax(EXIT), ...SYSCALL]);
      const params = { name: 'guest', image, program: '', arguments: [], environment: [], grants, limits: [] };
      const transfers = [
        ...gifts.map(({ mode }) => client.cap(mode)),
        client.cap('service'),
        client.cap('personality'),
      ];
      // An image does not fit into one buffer: the arena's last part has no other use here.
      const { spawn: method } = ProcessSpawner.methods;
      const message = client.bytes.length / 2;
      const length = method.params.encode(params, client.bytes, message);
      client.callRaw(client.cap('spawner'), method.ordinal, message, length, {
        transfers: transfers.map((capId) => ({ capId, mode: 'move' as const })),
      });
    },
    grants: {
      ...Object.fromEntries(gifts.map(({ mode, facet }) => [mode, facet])),
      service: service.facet(1n, INTERFACE),
      spawner: kernel.objects.processSpawner,
      personality: new PersonalityObject(personality.factory),
    },
  });
  kernel.runUntilIdle();
  expect(machine.log).toEqual([]);
  // What waited for the service when the process ended is told so.
  expect(seen).toEqual({
    copy: [true, true, 'abandoned'],
    move: [false, false, TRANSPORT_NOT_PERMITTED],
    nonTransferable: [false, false, TRANSPORT_NOT_PERMITTED, TRANSPORT_NOT_PERMITTED],
    fork: [true, false, false],
  });
  expect(gifts.map(({ facet }) => facet.holders)).toEqual([0, 0, 0]);
});

describe('a capability table', () => {
  it('grows under its ledger: not by a slot of memory beyond what that bears', () => {
    const ledger = new Ledger({ capSlots: 20 });
    const table = new CapTable(ledger);
    const things = Array.from({ length: 20 }, () => new Thing());
    for (const thing of things.slice(0, 16)) table.insert(thing, 0, TRANSFER_MODE.COPY, ORIGIN.KERNEL);
    expect(table.capacity).toBe(16);
    for (const thing of things.slice(16)) table.insert(thing, 0, TRANSFER_MODE.COPY, ORIGIN.KERNEL);
    expect([table.capacity, table.size, ledger.used(RESOURCE.CAP_SLOTS)]).toEqual([32, 20, 20]);
    expect(table.insert(new Thing(), 0, TRANSFER_MODE.COPY, ORIGIN.KERNEL)).toBe(0);
    expect([table.capacity, table.size, ledger.used(RESOURCE.CAP_SLOTS)]).toEqual([32, 20, 20]);
  });

  it('whose ledger is full does not grow for those who ask', () => {
    const ledger = new Ledger({ capSlots: 16 });
    const table = new CapTable(ledger);
    for (let slot = 0; slot < 16; slot++) table.insert(new Thing(), 0, TRANSFER_MODE.COPY, ORIGIN.KERNEL);
    for (let attempt = 0; attempt < 100; attempt++) expect(table.reserve()).toBe(-1);
    expect(table.capacity).toBe(16);
  });
});
