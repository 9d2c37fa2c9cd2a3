import { FrameAllocator, PROTECTION, REGISTER, Timer } from '@capos/abi';
import { describe, expect, it } from 'vitest';
import { LOAD_NULL, MOV_EDI_EAX, movEax, movEdi, program, SPIN, SYSCALL } from '../support/elf-builder.ts';
import { isEmpty } from '../support/test-kernel.ts';
import { finish, machineKernel } from '../support/test-machine.ts';
import { type Answers, EXIT, testPersonality } from '../support/test-personality.ts';

const GIB = 2n ** 30n;
const READ_WRITE = PROTECTION.READ | PROTECTION.WRITE;
/** Exits with what the last call answered. */
const EXIT_WITH_RESULT = [...MOV_EDI_EAX, ...movEax(EXIT), ...SYSCALL];

function start(code: number[], answers: Answers = {}, grants = {}) {
  const machine = machineKernel();
  const personality = testPersonality(answers);
  const process = machine.kernel.spawn({
    name: 'guest',
    image: program(code),
    personality: personality.factory,
    grants,
  });
  return { ...machine, personality, process };
}

describe('a foreign process', () => {
  it('has its system calls answered by its personality', () => {
    const { kernel, personality, process } = start([...movEdi(20), ...movEax(7), ...SYSCALL, ...EXIT_WITH_RESULT], {
      syscall(thread, _number, argument) {
        thread.registers[REGISTER.RAX] = BigInt(argument + 1);
      },
    });
    expect(finish(kernel, process)).toEqual({ which: 'exited', exited: 21 });
    expect(personality.events).toEqual(['syscall 7(20)', 'syscall 60(21)', 'exited']);
    expect(isEmpty(kernel)).toBe(true);
    expect(kernel.frames().free).toBe(kernel.frames().total);
  });

  it('parks a thread until it is unparked or its deadline comes, and gets its result then', () => {
    const reasons: string[] = [];
    const { kernel, personality, process } = start(
      [...movEax(7), ...SYSCALL, ...movEax(8), ...SYSCALL, ...EXIT_WITH_RESULT],
      {
        syscall(thread, number) {
          const deadline = number === 7 ? BigInt(Math.round(performance.now() * 1e6)) + 2_000_000n : undefined;
          thread.park((reason) => {
            reasons.push(reason);
            thread.registers[REGISTER.RAX] = 9n;
          }, deadline);
        },
      },
    );
    const end = performance.now() + 5000;
    while (reasons.length === 0 && performance.now() < end) kernel.step();
    kernel.runUntilIdle();
    expect(reasons).toEqual(['deadline']);
    expect(personality.threads[0]!.parked).toBe(true);
    personality.threads[0]!.unpark();
    expect(finish(kernel, process)).toEqual({ which: 'exited', exited: 9 });
    expect(reasons).toEqual(['deadline', 'unparked']);
  });

  it('hands faults to its personality, which may go on elsewhere', () => {
    const { kernel, personality, process } = start([...LOAD_NULL, ...movEdi(3), ...movEax(EXIT), ...SYSCALL], {
      fault(thread) {
        thread.rip += BigInt(LOAD_NULL.length);
        return true;
      },
    });
    expect(finish(kernel, process)).toEqual({ which: 'exited', exited: 3 });
    expect(personality.events[0]).toBe('fault 14 at 16');
  });

  it('ends as faulted when its personality does not handle a fault', () => {
    const { kernel, process } = start(LOAD_NULL);
    expect(finish(kernel, process)).toMatchObject({ which: 'faulted', faulted: { vector: 14, address: 16n } });
  });

  it('ends when its personality calls a fault handled and changes nothing, so that a step always returns', () => {
    const { kernel, process } = start(LOAD_NULL, { fault: () => true });
    expect(finish(kernel, process)).toMatchObject({ which: 'faulted', faulted: { vector: 14 } });
  });

  it('is interrupted at the next instruction of a loop that never calls', () => {
    let interruptions = 0;
    const { kernel, personality, process } = start([...SPIN, ...movEdi(5), ...movEax(EXIT), ...SYSCALL], {
      interrupted(thread) {
        if (++interruptions === 2) thread.rip += BigInt(SPIN.length);
      },
    });
    kernel.step();
    expect(process.status).toBeUndefined();
    for (let count = 0; count < 2; count++) {
      personality.threads[0]!.interruptAtNextInstruction();
      kernel.step();
    }
    expect(finish(kernel, process)).toEqual({ which: 'exited', exited: 5 });
  });

  it('runs on between interruptions that ask for the next one', () => {
    let interruptions = 0;
    const { kernel, personality, process } = start([...movEax(1), ...SYSCALL, ...EXIT_WITH_RESULT], {
      syscall(thread) {
        thread.registers[REGISTER.RAX] = 6n;
      },
      interrupted(thread) {
        interruptions++;
        thread.interruptAtNextInstruction();
      },
    });
    personality.threads[0]!.interruptAtNextInstruction();
    expect(finish(kernel, process)).toEqual({ which: 'exited', exited: 6 });
    expect(interruptions).toBeGreaterThan(1);
  });

  it('reserves gigabytes lazily, commits, discards to zero and remaps with its content', () => {
    const { personality, kernel, process } = start(SPIN);
    const { memory } = personality.process;
    const before = kernel.ledgers().total.frames;
    const reserved = memory.reserve(0n, 64n * GIB, false) as bigint;
    expect(typeof reserved).toBe('bigint');
    expect(kernel.ledgers().total.frames).toBe(before);
    expect(memory.readUint32(reserved)).toBe(-1);
    expect(memory.protect(reserved + GIB, 65_536n, READ_WRITE)).toBeUndefined();
    expect(memory.writeUint64(reserved + GIB + 8n, 77n)).toBe(true);
    expect(memory.readUint64(reserved + GIB + 8n)).toBe(77n);
    const moved = memory.remap(reserved + GIB, 65_536n, 1_048_576n, true) as bigint;
    expect(memory.readUint64(moved + 8n)).toBe(77n);
    expect(memory.readUint64(reserved + GIB + 8n)).toBe(-1n);
    expect(memory.discard(moved, 65_536n)).toBeUndefined();
    expect(memory.readUint64(moved + 8n)).toBe(0n);
    expect(memory.map(moved + 4096n, 4096n, PROTECTION.READ, true)).toBe(moved + 4096n);
    expect(memory.write(moved + 4000n, new Uint8Array(200))).toBe(96);
    expect(memory.unmap(reserved, 64n * GIB)).toBeUndefined();
    process.kill(9);
    kernel.runUntilIdle();
    expect(isEmpty(kernel)).toBe(true);
    expect(kernel.frames().free).toBe(kernel.frames().total);
  });

  it('takes memory only as far as its ledger goes', () => {
    const machine = machineKernel();
    const personality = testPersonality();
    machine.kernel.spawn({
      name: 'guest',
      image: program(SPIN),
      personality: personality.factory,
      limits: { frames: 100, areas: 20, reservedPages: 1000 },
    });
    const { memory } = personality.process;
    expect(memory.map(0n, 4096n * 2000n, READ_WRITE, false)).toBe('noMemory');
    const mapped = memory.map(0n, 4096n * 500n, READ_WRITE, false) as bigint;
    const written = memory.fill(mapped, 4096 * 500);
    expect(written).toBeGreaterThan(4096 * 60);
    expect(written).toBeLessThan(4096 * 100);
    for (let page = 0; page < 100; page++) memory.protect(mapped + BigInt(page * 8192), 4096n, PROTECTION.READ);
    expect(machine.kernel.ledgers().total.areas).toBeLessThanOrEqual(20);
  });

  it('refuses hostile addresses as values', () => {
    const { personality } = start(SPIN);
    const { memory } = personality.process;
    for (const address of [0n, 1n, 2n ** 47n, 2n ** 63n, 2n ** 64n - 1n, 0xffff_8000_0000_0000n, -4096n]) {
      expect(memory.readUint64(address)).toBe(-1n);
      expect(memory.writeUint32(address, 1)).toBe(false);
      expect(memory.readCString(address, 100)).toBeNull();
      expect(memory.map(address | 1n, 4096n, READ_WRITE, true)).toBe('badRange');
      expect(memory.unmap(address, 2n ** 64n - 4096n)).toBe('badRange');
    }
  });

  it('calls exactly what it holds', () => {
    const machine = machineKernel();
    const personality = testPersonality();
    machine.kernel.spawn({
      name: 'guest',
      image: program(SPIN),
      personality: personality.factory,
      grants: { timer: machine.kernel.objects.timer, frames: machine.kernel.objects.frameAllocator },
    });
    const { caps, memory } = personality.process;
    expect(caps.names()).toEqual(['timer', 'frames']);
    const timer = caps.lookup('timer')!;
    expect(caps.interfaceOf(timer)).toBe(Timer.id);
    let now = 0n;
    caps.call(timer, Timer.methods.now.ordinal, new Uint8Array(0), [], (outcome) => {
      if (outcome.kind === 'results') now = Timer.methods.now.results.decode(outcome.payload).monotonicNs;
    });
    expect(now).toBeGreaterThan(0n);
    const refused: unknown[] = [];
    caps.call(0x1234567, 0, new Uint8Array(0), [], (outcome) => refused.push(outcome));
    expect(refused).toEqual([{ kind: 'transport', code: 2 }]);
    const bytes = new Uint8Array(64);
    const { params } = FrameAllocator.methods.allocate;
    const length = params.encode({ size: 8192n, contiguous: true }, bytes);
    let object = 0;
    caps.call(
      caps.lookup('frames')!,
      FrameAllocator.methods.allocate.ordinal,
      bytes.subarray(0, length),
      [],
      (outcome) => {
        if (outcome.kind === 'results') object = outcome.caps[0]!.capId;
      },
    );
    const first = memory.mapObject(object, 0n, 0n, 8192n, READ_WRITE, false) as bigint;
    const second = memory.mapObject(object, 4096n, 0n, 4096n, PROTECTION.READ, false) as bigint;
    memory.writeUint32(first + 4100n, 99);
    expect(memory.readUint32(second + 4n)).toBe(99);
    expect(memory.mapObject(timer, 0n, 0n, 4096n, PROTECTION.READ, false)).toBe('badCap');
    expect(memory.mapObject(object, 4096n, 0n, 8192n, PROTECTION.READ, false)).toBe('badRange');
    const copy = caps.copy(timer)!;
    caps.release(timer);
    expect(caps.interfaceOf(timer)).toBeUndefined();
    expect(caps.interfaceOf(copy)).toBe(Timer.id);
  });

  it('forgets a call that its personality cancels', () => {
    const machine = machineKernel();
    const personality = testPersonality();
    const process = machine.kernel.spawn({
      name: 'guest',
      image: program(SPIN),
      personality: personality.factory,
      grants: { timer: machine.kernel.objects.timer },
    });
    const { caps } = personality.process;
    const bytes = new Uint8Array(64);
    const length = Timer.methods.sleepUntil.params.encode({ monotonicNs: 2n ** 60n }, bytes);
    let completed = false;
    const pending = caps.call(
      caps.lookup('timer')!,
      Timer.methods.sleepUntil.ordinal,
      bytes.subarray(0, length),
      [],
      () => {
        completed = true;
      },
    );
    expect(machine.kernel.ledgers().total.timers).toBe(1);
    pending!.cancel();
    expect(completed).toBe(false);
    expect(machine.kernel.ledgers().total.timers).toBe(0);
    process.kill(9);
    expect(isEmpty(machine.kernel)).toBe(true);
  });

  it('has threads of its own making, and ends with the last', () => {
    const { kernel, personality, process } = start([...movEax(1), ...SYSCALL, ...SPIN], {
      syscall(thread, number, _argument, guest) {
        if (number === 1) {
          const child = guest.newThread({ rip: thread.rip, rsp: 0n, copyFrom: thread })!;
          child.registers[REGISTER.RAX] = 5n;
          child.rip -= 2n;
          thread.exit();
        } else {
          thread.exit();
        }
      },
    });
    expect(finish(kernel, process)).toEqual({ which: 'exited', exited: 0 });
    expect(personality.events).toEqual(['syscall 1(0)', 'syscall 5(0)', 'exited']);
    expect(isEmpty(kernel)).toBe(true);
  });

  it('ends alone when its personality throws', () => {
    const { kernel, log, process, run } = start([...movEax(1), ...SYSCALL], {
      syscall() {
        throw new Error('a defect');
      },
    });
    expect(finish(kernel, process)).toMatchObject({ which: 'faulted', faulted: { vector: 255 } });
    expect(log.join('\n')).toContain('a defect');
    expect(finish(kernel, run('next', program([...movEdi(1), ...movEax(0), ...SYSCALL])))).toEqual({
      which: 'exited',
      exited: 1,
    });
  });

  it('whose image its personality refuses is not spawned', () => {
    const machine = machineKernel();
    const personality = testPersonality();
    expect(() =>
      machine.kernel.spawn({ name: 'guest', image: new Uint8Array(100), personality: personality.factory }),
    ).toThrow('the ELF file is refused');
    expect(isEmpty(machine.kernel)).toBe(true);
  });
});
