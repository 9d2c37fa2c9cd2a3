// Devices of the board under the kernel: a real local APIC and a real UART, driven by programs through what they were granted.
import { DeviceMmio, Interrupt, IoPorts, Notification, NotificationFactory, SchedulingPolicy } from '@capos/abi';
import { CQE_FLAG_NOTIFIED } from '@capos/ipc-ring';
import { createLocalApic, createMachine, createUart16550, type Machine } from '@capos/x86-machine';
import { describe, expect, it } from 'vitest';
import { createKernel, type Kernel } from '../../src/index.ts';
import { program, SPIN } from '../support/elf-builder.ts';
import { parameters } from '../support/scheduled-machine.ts';
import { TestClient } from '../support/test-client.ts';

const MIB = 2 ** 20;
const COM1 = 0x3f8;
const COM1_LINE = 4;
/** Offsets of the UART's registers. */
const UART = { DATA: 0, INTERRUPT_ENABLE: 1, FIFO_CONTROL: 2, MODEM_CONTROL: 4, LINE_STATUS: 5 };

/** Time that passes by instructions alone: 5 ns each, and what a test adds. */
function board(): { machine: Machine; clock: { addedNs: number; nowNs(): number } } {
  let machine: Machine | undefined;
  const clock = {
    addedNs: 0,
    nowNs(): number {
      return this.addedNs + (machine === undefined ? 0 : machine.cpu.instructions * 5);
    },
  };
  const entropy = { fill: (bytes: Uint8Array) => bytes.fill(1) };
  machine = createMachine({ ramBytes: 16 * MIB, decodedBytes: MIB, clock, entropy });
  return { machine, clock };
}

function driverOf(kernel: Kernel, grants: Parameters<Kernel['spawn']>[0]['grants']): TestClient {
  let driver: TestClient | undefined;
  kernel.spawn({
    name: 'driver',
    grants: { notifications: kernel.objects.notificationFactory, ...grants },
    program: (port) => {
      driver = new TestClient(port);
    },
  });
  kernel.step();
  return driver!;
}

function instructions(kernel: Kernel, processId: bigint): number {
  return Number(kernel.processes().find((process) => process.processId === processId)!.instructions);
}

/** A notification that an interrupt signals bit 0 of. */
function bindInterrupt(driver: TestClient): number {
  const { capId } = driver.call(driver.cap('notifications'), NotificationFactory.methods.create, {}).caps[0]!;
  const bound = { notification: 0, bits: 1n };
  driver.call(driver.cap('interrupt'), Interrupt.methods.bind, bound, { transfers: [{ capId, mode: 'copy' }] }).value;
  return capId;
}

describe('a serial port', () => {
  it('is driven by a program that holds its ports and its interrupt', () => {
    const { machine } = board();
    let sent = '';
    machine.attach(createLocalApic());
    const uart = createUart16550({
      transmit: (byte) => {
        sent += String.fromCharCode(byte);
      },
    });
    machine.attach(uart);
    const kernel = createKernel({ machine });
    const driver = driverOf(kernel, {
      ports: kernel.createIoPorts(COM1, 8),
      interrupt: kernel.createInterrupt(COM1_LINE),
    });
    const ports = driver.cap('ports');
    const write = (offset: number, value: number): unknown =>
      driver.call(ports, IoPorts.methods.write, { offset, size: 1, value }).value;
    const read = (offset: number): number => driver.call(ports, IoPorts.methods.read, { offset, size: 1 }).value.value;
    const notification = bindInterrupt(driver);
    driver.call(notification, Notification.methods.bind, { mask: 1n, userData: 777n }).value;
    write(UART.FIFO_CONTROL, 1);
    write(UART.MODEM_CONTROL, 8);
    write(UART.INTERRUPT_ENABLE, 1);

    // The event loop: a completion says that there is something; everything there is is echoed.
    const serve = (): void => {
      for (const { flags } of driver.unsolicited.splice(0)) {
        expect(flags & CQE_FLAG_NOTIFIED).not.toBe(0);
        while ((read(UART.LINE_STATUS) & 1) !== 0) write(UART.DATA, read(UART.DATA));
        driver.call(notification, Notification.methods.poll, { mask: 1n }).value;
        driver.call(driver.cap('interrupt'), Interrupt.methods.acknowledge, {}).value;
      }
    };
    for (const word of ['hello', ' ', 'serial world']) {
      uart.receive(new TextEncoder().encode(word));
      kernel.step();
      serve();
    }
    expect(sent).toBe('hello serial world');
    expect(driver.call(driver.cap('interrupt'), Interrupt.methods.getCount, {}).value.count).toBeGreaterThanOrEqual(3n);
  });

  it('moves many bytes with one call', () => {
    const { machine } = board();
    const sent: number[] = [];
    machine.attach(createUart16550({ transmit: (byte) => sent.push(byte) }));
    const kernel = createKernel({ machine });
    const driver = driverOf(kernel, { ports: kernel.createIoPorts(COM1, 8) });
    const data = Uint8Array.from({ length: 300 }, (_, index) => index & 0xff);
    driver.call(driver.cap('ports'), IoPorts.methods.writeMany, { offset: UART.DATA, data }).value;
    expect(sent).toEqual([...data]);
    const many = driver.call(driver.cap('ports'), IoPorts.methods.readMany, { offset: UART.LINE_STATUS, count: 3 });
    expect([...many.value.data]).toEqual([0x60, 0x60, 0x60]);
  });
});

describe('an interrupt', () => {
  const setup = () => {
    const { machine } = board();
    machine.attach(createLocalApic());
    const kernel = createKernel({ machine });
    const driver = driverOf(kernel, { interrupt: kernel.createInterrupt(5) });
    const raise = (): void => {
      machine.setInterruptLine(5, true);
      machine.setInterruptLine(5, false);
      kernel.step();
    };
    return { kernel, driver, raise, machine };
  };

  it('is told once until it is acknowledged; what came meanwhile is told then, as one', () => {
    const { driver, raise } = setup();
    const notification = bindInterrupt(driver);
    const taken = (): bigint => driver.call(notification, Notification.methods.poll, { mask: 1n }).value.bits;
    raise();
    expect(taken()).toBe(1n);
    raise();
    raise();
    expect(taken()).toBe(0n);
    driver.call(driver.cap('interrupt'), Interrupt.methods.acknowledge, {}).value;
    expect(taken()).toBe(1n);
    driver.call(driver.cap('interrupt'), Interrupt.methods.acknowledge, {}).value;
    expect(taken()).toBe(0n);
    expect(driver.call(driver.cap('interrupt'), Interrupt.methods.getCount, {}).value.count).toBe(3n);
  });

  it('that comes while masked, or before anybody listens, is remembered', () => {
    const { driver, raise } = setup();
    raise();
    const notification = bindInterrupt(driver);
    const taken = (): bigint => driver.call(notification, Notification.methods.poll, { mask: 1n }).value.bits;
    expect(taken()).toBe(1n);
    driver.call(driver.cap('interrupt'), Interrupt.methods.acknowledge, {}).value;
    driver.call(driver.cap('interrupt'), Interrupt.methods.setMasked, { masked: true }).value;
    raise();
    expect(taken()).toBe(0n);
    driver.call(driver.cap('interrupt'), Interrupt.methods.setMasked, { masked: false }).value;
    expect(taken()).toBe(1n);
  });

  it('belongs to one driver, and is free again when that has gone', () => {
    const { kernel, driver, raise } = setup();
    expect(() => kernel.createInterrupt(5)).toThrow('has a driver already');
    driver.port.exit(0);
    kernel.step();
    const next = driverOf(kernel, { interrupt: kernel.createInterrupt(5) });
    const notification = bindInterrupt(next);
    raise();
    expect(next.call(notification, Notification.methods.poll, { mask: 1n }).value.bits).toBe(1n);
  });
});

describe('devices that are not there, or not the driver’s', () => {
  it('are refused to the embedder', () => {
    const { machine } = board();
    const kernel = createKernel({ machine });
    expect(() => kernel.createInterrupt(4)).toThrow('attach one');
    expect(() => kernel.createInterrupt(16)).toThrow('there are 16');
    expect(() => kernel.createIoPorts(0xffff, 2)).toThrow('65536');
    expect(() => kernel.createDeviceMmio(0, 4096)).toThrow('outside RAM');
    expect(() => kernel.createDeviceMmio(0xfee0_0000, 4096)).toThrow('APIC');
    expect(() => createKernel({ machine: board().machine, preemptionTimerNs: 1e6 })).toThrow('local APIC');
  });

  it('and accesses beyond a range are refused to the driver', () => {
    const { machine } = board();
    machine.mmio.register(0xf000_0000, 4096, { read: (offset) => offset * 3, write: () => {} });
    const kernel = createKernel({ machine });
    const driver = driverOf(kernel, {
      ports: kernel.createIoPorts(COM1, 8),
      registers: kernel.createDeviceMmio(0xf000_0000, 256),
    });
    const ports = driver.cap('ports');
    const registers = driver.cap('registers');
    expect(driver.call(ports, IoPorts.methods.read, { offset: 8, size: 1 }).exception?.kind).toBe('invalidArgument');
    expect(driver.call(ports, IoPorts.methods.read, { offset: 6, size: 4 }).exception?.kind).toBe('invalidArgument');
    expect(driver.call(ports, IoPorts.methods.read, { offset: 0, size: 3 }).exception?.kind).toBe('invalidArgument');
    expect(driver.call(registers, DeviceMmio.methods.read, { offset: 16n, size: 4 }).value.value).toBe(48);
    const wrong = { offset: 254n, size: 4 };
    expect(driver.call(registers, DeviceMmio.methods.read, wrong).exception?.kind).toBe('invalidArgument');
    const far = { offset: 2n ** 63n, size: 1, value: 1 };
    expect(driver.call(registers, DeviceMmio.methods.write, far).exception?.kind).toBe('invalidArgument');
  });
});

describe('the local APIC’s timer', () => {
  it('ends turns: two programs whose slices are endless share the processor', () => {
    const { machine } = board();
    machine.attach(createLocalApic());
    const kernel = createKernel({ machine, preemptionTimerNs: 100_000 }); // 20,000 instructions
    const a = kernel.spawn({ name: 'a', image: program(SPIN) });
    const b = kernel.spawn({ name: 'b', image: program(SPIN) });
    const scheduler = driverOf(kernel, { scheduling: kernel.objects.schedulingPolicy });
    const policy = scheduler.cap('scheduling');
    for (const { contextId } of scheduler.call(policy, SchedulingPolicy.methods.list, {}).value.contexts) {
      const endless = { contextId, parameters: parameters({ sliceNs: 1_000_000_000n }) };
      scheduler.call(policy, SchedulingPolicy.methods.configure, endless).value;
    }
    const before = [a, b].map(({ processId }) => instructions(kernel, processId));
    kernel.step(2_000_000);
    const ran = [a, b].map(({ processId }, index) => instructions(kernel, processId) - before[index]!);
    expect(Math.abs(ran[0]! - ran[1]!)).toBeLessThan(60_000);
    expect(ran[0]! + ran[1]!).toBeGreaterThanOrEqual(2_000_000);
  });

  it('does not keep a kernel awake that has nothing to do', () => {
    const { machine } = board();
    machine.attach(createLocalApic());
    const kernel = createKernel({ machine, preemptionTimerNs: 100_000 });
    const spinner = kernel.spawn({ name: 'spinner', image: program(SPIN) });
    kernel.step(100_000);
    spinner.kill(9);
    kernel.step();
    expect(kernel.runUntilIdle()).toEqual({ state: 'done', nextWakeNs: Number.POSITIVE_INFINITY });
  });
});
