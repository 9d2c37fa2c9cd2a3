// A process that forks: memory is a snapshot on both sides, capabilities are exactly those listed, everything comes back.
import { type ForeignPersonality, type ForkedProcess, REGISTER, Timer } from '@capos/abi';
import { describe, expect, it } from 'vitest';
import { MOV_EDI_EAX, movEax, movEdi, program, SYSCALL } from '../support/elf-builder.ts';
import { isEmpty } from '../support/test-kernel.ts';
import { finish, machineKernel } from '../support/test-machine.ts';
import { EXIT, testPersonality } from '../support/test-personality.ts';

const FORK = 57;
const EXIT_WITH_RESULT = [...MOV_EDI_EAX, ...movEax(EXIT), ...SYSCALL];

function forking(inParent: (forked: ForkedProcess, page: bigint) => void, sharesMemory = false) {
  const machine = machineKernel();
  const childEvents: string[] = [];
  const childStatus: number[] = [];
  let page = 0n;
  const personality = testPersonality({
    syscall(thread, number, _argument, process) {
      if (number !== FORK) return;
      page = process.memory.map(0n, 8192n, 3, false) as bigint;
      process.memory.write(page, Uint8Array.of(1, 2, 3));
      let child: ForkedProcess | undefined;
      const answering: ForeignPersonality = {
        start: () => childEvents.push('start'),
        syscall(own) {
          childStatus.push(Number(own.registers[REGISTER.RDI]));
          child!.process.exit({ which: 'exited', exited: 0 });
        },
        fault: () => false,
        exited: () => childEvents.push('exited'),
      };
      child = process.fork(thread, answering, [process.caps.lookup('timer')!], sharesMemory)!;
      child.thread.registers[REGISTER.RAX] = 33n;
      inParent(child, page);
      thread.registers[REGISTER.RAX] = 44n;
    },
  });
  const parent = machine.kernel.spawn({
    name: 'parent',
    image: program([...movEdi(0), ...movEax(FORK), ...SYSCALL, ...EXIT_WITH_RESULT]),
    personality: personality.factory,
    grants: { timer: machine.kernel.objects.timer, entropy: machine.kernel.objects.entropySource },
  });
  return { ...machine, parent, personality, childEvents, childStatus };
}

describe('fork', () => {
  it('goes on in both processes with different results, and gives every frame back', () => {
    const { kernel, parent, childEvents, childStatus } = forking(() => {});
    expect(finish(kernel, parent)).toEqual({ which: 'exited', exited: 44 });
    kernel.runUntilIdle();
    expect(childStatus).toEqual([33]);
    expect(childEvents).toEqual(['exited']);
    expect(isEmpty(kernel)).toBe(true);
    expect(kernel.frames().free).toBe(kernel.frames().total);
  });

  it('separates what is written on either side', () => {
    const seen: number[][] = [];
    const { kernel, parent, personality } = forking((forked, page) => {
      const { memory } = personality.process;
      memory.write(page, Uint8Array.of(7));
      forked.process.memory.write(page + 1n, Uint8Array.of(8));
      forked.process.memory.write(page + 4096n, Uint8Array.of(9));
      for (const side of [memory, forked.process.memory]) {
        const bytes = new Uint8Array(3);
        side.read(page, bytes);
        seen.push([...bytes, side.readUint32(page + 4096n)]);
      }
    });
    finish(kernel, parent);
    expect(seen).toEqual([
      [7, 2, 3, 0],
      [1, 8, 3, 9],
    ]);
  });

  it('shares memory when that is asked for: each sees what the other writes and maps, until one leaves it', () => {
    const seen: unknown[] = [];
    const { kernel, parent, personality, childStatus } = forking((forked, page) => {
      const { memory } = personality.process;
      const other = forked.process;
      const isShared = () => [personality.process.sharesMemory, other.sharesMemory];
      memory.write(page, Uint8Array.of(7));
      other.memory.write(page + 1n, Uint8Array.of(8));
      const mapped = other.memory.map(0n, 4096n, 3, false) as bigint;
      memory.write(mapped, Uint8Array.of(5));
      seen.push(memory.readUint32(page), other.memory.readUint32(page), other.memory.readUint32(mapped), isShared());
      // The child goes on by itself, in a copy that its personality makes: two system calls are all its code.
      const code = new Uint8Array(4096);
      const at = forked.thread.rip & ~0xfffn;
      other.memory.read(at, code);
      expect(other.leaveMemory()).toBe(true);
      seen.push(isShared(), other.memory.readUint32(page), memory.readUint32(page));
      other.memory.map(at, 4096n, 7, true);
      other.memory.write(at, code);
    }, true);
    expect(finish(kernel, parent)).toEqual({ which: 'exited', exited: 44 });
    kernel.runUntilIdle();
    expect(seen).toEqual([0x030807, 0x030807, 5, [true, true], [false, false], -1, 0x030807]);
    expect(childStatus).toEqual([33]);
    expect(isEmpty(kernel)).toBe(true);
    expect(kernel.frames().free).toBe(kernel.frames().total);
  });

  it('keeps shared memory for the child whose parent ends first', () => {
    const { kernel, parent, childStatus } = forking(() => {}, true);
    expect(finish(kernel, parent)).toEqual({ which: 'exited', exited: 44 });
    kernel.runUntilIdle();
    expect(childStatus).toEqual([33]);
    expect(kernel.frames().free).toBe(kernel.frames().total);
  });

  it('tells who calls through the table of a process that has ended, or waits there, that it is gone', () => {
    const heard: unknown[] = [];
    const { kernel, parent, personality } = forking((forked) => {
      const { caps } = forked.process;
      const timer = forked.caps[0]!;
      const bytes = new Uint8Array(64);
      const length = Timer.methods.sleepUntil.params.encode({ monotonicNs: 2n ** 60n }, bytes);
      const sleep = () =>
        caps.call(timer, Timer.methods.sleepUntil.ordinal, bytes.subarray(0, length), [], (outcome) => {
          heard.push(outcome);
        });
      sleep();
      sleep()!.cancel();
      forked.process.exit({ which: 'exited', exited: 0 });
      sleep();
    });
    finish(kernel, parent);
    kernel.runUntilIdle();
    expect(personality.process).toBeDefined();
    expect(heard).toEqual([{ kind: 'transport', code: 2 }, { kind: 'abandoned' }]);
    expect(isEmpty(kernel)).toBe(true);
  });

  it('gives the child the listed capabilities with their names, and no other', () => {
    const names: (readonly string[])[] = [];
    const { kernel, parent } = forking((forked) => {
      names.push(forked.process.caps.names());
      expect(forked.caps).toHaveLength(1);
      expect(forked.process.caps.interfaceOf(forked.caps[0]!)).toBeDefined();
      expect(forked.process.nowNs()).toBeGreaterThan(0);
    });
    finish(kernel, parent);
    expect(names).toEqual([['timer']]);
  });

  it('lends memory that lies in one piece, as it is and no longer than it is there', () => {
    const seen: unknown[] = [];
    const { kernel, parent, personality } = forking((forked) => {
      const { memory } = personality.process;
      const at = memory.map(0n, 16_384n, 3, false) as bigint;
      memory.write(at + 4090n, Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8));
      const lent = memory.lend(at + 4090n, 8)!;
      seen.push([...lent], memory.lend(at, 0), memory.lend(1n << 60n, 8));
      const copy = forked.process.memory;
      const page = copy.map(0n, 8192n, 3, false) as bigint;
      copy.write(page, new Uint8Array(8192).fill(4));
      seen.push([...copy.lend(page + 4095n, 2)!]);
      const block = new Uint8Array(12_288).fill(3);
      seen.push(memory.write(at, block), memory.read(at + 1n, block), memory.readUint32(at + 12_286n));
      memory.unmap(at + 12_288n, 4096n);
      seen.push(memory.write(at + 8192n, block), memory.read(at + 8192n, block), memory.lend(at + 8192n, 4097));
    });
    finish(kernel, parent);
    expect(seen).toEqual([
      [1, 2, 3, 4, 5, 6, 7, 8],
      undefined,
      undefined,
      [4, 4],
      12_288,
      12_288,
      0x0303,
      4096,
      4096,
      undefined,
    ]);
  });

  it('leaves shared memory shared, lets tables of the two copy from one another, and gives all of it back', () => {
    const seen: number[][] = [];
    const copies: unknown[] = [];
    const { kernel, parent, personality } = forking((forked) => {
      const { memory, caps } = personality.process;
      const capId = memory.createShared(8192n) as number;
      const copy = forked.process.caps.copyFrom(caps, capId)!;
      const here = memory.mapObject(capId, 0n, 0n, 8192n, 3, false) as bigint;
      const there = forked.process.memory.mapObject(copy, 4096n, 0n, 4096n, 3, false) as bigint;
      forked.process.memory.write(there, Uint8Array.of(5, 6));
      const bytes = new Uint8Array(2);
      memory.read(here + 4096n, bytes);
      seen.push([...bytes]);
      // The shim copies between objects and memory without a message; a copy that would leave either is refused or cut short.
      const own = memory.map(0n, 8192n, 3, false) as bigint;
      copies.push(
        memory.writeObject(capId, 4090, new Uint8Array(12).fill(7)),
        memory.readObject(capId, 4100, bytes) && [...bytes],
        memory.copyFromObject(capId, 4088, own + 4092n, 4000),
        memory.readUint64(own + 4092n),
        memory.unmap(own + 4096n, 4096n),
        memory.copyFromObject(capId, 0, own + 4094n, 100),
        memory.copyFromObject(capId, 8000, own, 200),
        memory.copyFromObject(0, 0, own, 1),
        memory.readObject(capId, 8191, bytes),
        memory.writeObject(capId, -1, bytes),
      );
      copies.push(memory.createShared(1n << 46n), memory.createShared(100n));
    });
    finish(kernel, parent);
    kernel.runUntilIdle();
    expect(seen).toEqual([[5, 6]]);
    expect(copies).toEqual([
      true,
      [7, 7],
      4000,
      0x0707_0707_0707_0000n,
      undefined,
      2,
      -1,
      -1,
      false,
      false,
      'noMemory',
      'badRange',
    ]);
    expect(isEmpty(kernel)).toBe(true);
    expect(kernel.frames().free).toBe(kernel.frames().total);
  });

  it('shows pages of an object as they are, in several processes, and copies one when any side writes', () => {
    const answers: unknown[] = [];
    const { kernel, parent, personality } = forking((forked) => {
      const { memory, caps } = personality.process;
      const child = forked.process.memory;
      const capId = memory.createShared(12_288n) as number;
      memory.writeObject(capId, 0, new Uint8Array(8192).fill(1));
      const mapped = memory.mapObject(capId, 0n, 0n, 12_288n, 3, false) as bigint;
      memory.write(mapped, Uint8Array.of(2));
      const [own, other] = [memory, child].map((each) => each.map(0n, 12_288n, 3, false) as bigint);
      const free = kernel.frames().free;
      answers.push(memory.shareFromObject(capId, 0, own!, 12_288));
      answers.push(child.shareFromObject(forked.process.caps.copyFrom(caps, capId)!, 0, other!, 12_288));
      // Nothing was copied; a page table each at most.
      answers.push(free - kernel.frames().free <= 2);
      const first = (): number[] =>
        [memory, memory, child].map((each, at) => each.readUint32([mapped, own!, other!][at]!));
      answers.push(first());
      memory.write(mapped, Uint8Array.of(3));
      answers.push(first());
      memory.write(own!, Uint8Array.of(4));
      answers.push(first());
      memory.writeObject(capId, 0, Uint8Array.of(5));
      answers.push(first());
      child.write(other!, Uint8Array.of(6));
      answers.push(first());
      // The page that the object has no frame for is demand-zero, on either side.
      answers.push(
        memory.readUint32(own! + 8192n),
        memory.writeUint32(own! + 8192n, 7),
        memory.readUint32(mapped + 8192n),
      );
      // What has been touched is left alone, and so is what does not fit.
      answers.push(
        memory.shareFromObject(capId, 0, own!, 4096),
        memory.shareFromObject(capId, 4096, memory.map(0n, 4096n, 3, false) as bigint, 12_288),
        memory.shareFromObject(capId, 100, memory.map(0n, 4096n, 3, false) as bigint, 4096),
        memory.shareFromObject(0, 0, memory.map(0n, 4096n, 3, false) as bigint, 4096),
        memory.shareFromObject(capId, 0, mapped, 4096),
      );
    });
    finish(kernel, parent);
    kernel.runUntilIdle();
    expect(answers).toEqual([
      ...[true, true, true],
      [0x0101_0102, 0x0101_0102, 0x0101_0102],
      [0x0101_0103, 0x0101_0102, 0x0101_0102],
      [0x0101_0103, 0x0101_0104, 0x0101_0102],
      [0x0101_0105, 0x0101_0104, 0x0101_0102],
      [0x0101_0105, 0x0101_0104, 0x0101_0106],
      ...[0, true, 0],
      ...[false, false, false, false, false],
    ]);
    expect(isEmpty(kernel)).toBe(true);
    expect(kernel.frames().free).toBe(kernel.frames().total);
  });
});
