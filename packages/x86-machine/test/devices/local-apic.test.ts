// The local APIC ranks, masks and times interrupts as SDM 3A chapter 11 says.
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  APIC_REGISTER,
  createLocalApic,
  IA32_APIC_BASE,
  IA32_TSC_DEADLINE,
  LOCAL_APIC_BASE,
  type LocalApic,
} from '../../src/devices/local-apic.ts';
import { ManualBoard } from './manual-board.ts';

const R = APIC_REGISTER;
const MASKED = 0x10000;
let board: ManualBoard;
let apic: LocalApic;
const load = (register: number): number => board.load(LOCAL_APIC_BASE + register) >>> 0;
const store = (register: number, value: number): void => board.store(LOCAL_APIC_BASE + register, value);
/** A self-IPI: the shortest way to request a vector. */
const request = (vector: number): void => store(R.COMMAND_LOW, (1 << 18) | vector);
const take = (): number => apic.acknowledge();

beforeEach(() => {
  board = new ManualBoard();
  apic = createLocalApic();
  apic.attach(board);
  store(R.SPURIOUS_VECTOR, 0x1ff);
});

describe('acceptance and priority', () => {
  test('the highest requested vector is handed over first and moves into service', () => {
    for (const vector of [0x31, 0xe0, 0x55]) request(vector);
    expect(board.interruptRequested).toBe(true);
    expect(take()).toBe(0xe0);
    expect(load(R.IN_SERVICE + 0x70)).toBe(1);
    expect(load(R.REQUEST + 0x70)).toBe(0);
    expect(load(R.PROCESSOR_PRIORITY)).toBe(0xe0);
    expect(board.interruptRequested).toBe(false);
    store(R.END_OF_INTERRUPT, 0);
    expect(take()).toBe(0x55);
  });

  test('a vector of the class in service waits, one of a higher class interrupts it', () => {
    request(0x51);
    expect(take()).toBe(0x51);
    request(0x5f);
    expect(apic.pendingVector()).toBe(-1);
    request(0x60);
    expect(take()).toBe(0x60);
    store(R.END_OF_INTERRUPT, 0);
    expect(board.interruptRequested).toBe(false);
    store(R.END_OF_INTERRUPT, 0);
    expect(apic.pendingVector()).toBe(0x5f);
  });

  test('the task priority holds back its class and those below, through the register and through CR8', () => {
    store(R.TASK_PRIORITY, 0x40);
    request(0x4f);
    expect(board.interruptRequested).toBe(false);
    expect(apic.taskPriorityClass).toBe(4);
    apic.taskPriorityClass = 3;
    expect(board.interruptRequested).toBe(true);
    expect(load(R.TASK_PRIORITY)).toBe(0x30);
  });

  test('an acknowledgement that finds nothing yields the spurious vector and puts nothing in service', () => {
    store(R.SPURIOUS_VECTOR, 0x1ef);
    request(0x40);
    store(R.TASK_PRIORITY, 0xf0);
    expect(take()).toBe(0xef);
    expect(load(R.IN_SERVICE + 0x70)).toBe(0);
    store(R.TASK_PRIORITY, 0);
    expect(take()).toBe(0x40);
  });

  test('any order of requests is served by descending class, each vector once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 16, max: 255 }), { maxLength: 40 }), (vectors) => {
        for (const vector of vectors) request(vector);
        const served: number[] = [];
        while (apic.pendingVector() >= 0) {
          served.push(take());
          store(R.END_OF_INTERRUPT, 0);
        }
        expect(served).toEqual([...new Set(vectors)].sort((a, b) => b - a));
      }),
    );
  });

  test('a software-disabled APIC accepts nothing new, keeps what it has and masks its local vectors', () => {
    store(R.LVT_TIMER, 0x40);
    request(0x41);
    store(R.SPURIOUS_VECTOR, 0xff);
    request(0x42);
    expect(load(R.LVT_TIMER) & MASKED).toBe(MASKED);
    store(R.LVT_TIMER, 0x40);
    expect(load(R.LVT_TIMER) & MASKED).toBe(MASKED);
    expect(take()).toBe(0x41);
    store(R.END_OF_INTERRUPT, 0);
    expect(apic.pendingVector()).toBe(-1);
  });

  test('a device line requests its vector on the rising edge only', () => {
    apic.setLine(4, true);
    apic.setLine(4, true);
    expect(take()).toBe(0x34);
    store(R.END_OF_INTERRUPT, 0);
    expect(apic.pendingVector()).toBe(-1);
    apic.setLine(4, false);
    apic.setLine(4, true);
    expect(apic.pendingVector()).toBe(0x34);
  });
});

describe('interrupt commands', () => {
  test('reach this processor by shorthand, by identity, by broadcast and by logical destination', () => {
    const sent = (low: number, destination: number): boolean => {
      store(R.COMMAND_HIGH, destination << 24);
      store(R.COMMAND_LOW, low | 0x70);
      const arrived = apic.pendingVector() === 0x70;
      if (arrived) {
        take();
        store(R.END_OF_INTERRUPT, 0);
      }
      return arrived;
    };
    store(R.ID, 3 << 24);
    store(R.LOGICAL_DESTINATION, 0x04 << 24);
    const LOGICAL = 1 << 11;
    expect([sent(1 << 18, 0), sent(2 << 18, 0), sent(3 << 18, 0)]).toEqual([true, true, false]);
    expect([sent(0, 3), sent(0, 4), sent(0, 0xff)]).toEqual([true, false, true]);
    expect([sent(LOGICAL, 0x06), sent(LOGICAL, 0x02)]).toEqual([true, false]);
    store(R.DESTINATION_FORMAT, 0);
    store(R.LOGICAL_DESTINATION, 0x21 << 24);
    expect([sent(LOGICAL, 0x23), sent(LOGICAL, 0x22), sent(LOGICAL, 0x13)]).toEqual([true, false, false]);
  });

  test('with an illegal vector are not sent but recorded, and the error vector is requested', () => {
    store(R.LVT_ERROR, 0xfe);
    request(0x0f);
    expect(take()).toBe(0xfe);
    expect(load(R.ERROR_STATUS)).toBe(0);
    store(R.ERROR_STATUS, 0);
    expect(load(R.ERROR_STATUS)).toBe(0x20);
    store(R.ERROR_STATUS, 0);
    expect(load(R.ERROR_STATUS)).toBe(0);
  });

  test('an access to a reserved register is recorded', () => {
    store(0x3f0, 1);
    store(R.ERROR_STATUS, 0);
    expect(load(R.ERROR_STATUS)).toBe(0x80);
  });
});

describe('timer', () => {
  test('one-shot: counts down at the divided clock, requests once at zero and stays there', () => {
    store(R.LVT_TIMER, 0x40);
    store(R.DIVIDE_CONFIGURATION, 0b0011); // by 16
    store(R.INITIAL_COUNT, 1000);
    board.advance(160);
    expect(load(R.CURRENT_COUNT)).toBe(990);
    board.advance(15_839);
    expect(apic.pendingVector()).toBe(-1);
    board.advance(1);
    expect(take()).toBe(0x40);
    store(R.END_OF_INTERRUPT, 0);
    expect(load(R.CURRENT_COUNT)).toBe(0);
    board.advance(100_000);
    expect(apic.pendingVector()).toBe(-1);
    expect(board.pendingEvents).toBe(0);
  });

  test.each([
    [0b0000, 2],
    [0b0001, 4],
    [0b0010, 8],
    [0b0011, 16],
    [0b1000, 32],
    [0b1001, 64],
    [0b1010, 128],
    [0b1011, 1],
  ])('divide configuration %i divides by %i', (configuration, divider) => {
    store(R.DIVIDE_CONFIGURATION, configuration);
    store(R.INITIAL_COUNT, 1000);
    board.advance(divider * 10);
    expect(load(R.CURRENT_COUNT)).toBe(990);
  });

  test('periodic: keeps its phase however late it is noticed, and missed periods are one interrupt', () => {
    store(R.LVT_TIMER, 0x20040);
    store(R.DIVIDE_CONFIGURATION, 0b1011);
    store(R.INITIAL_COUNT, 1000);
    board.advance(1000);
    expect(take()).toBe(0x40);
    store(R.END_OF_INTERRUPT, 0);
    board.advance(3300, true);
    expect(take()).toBe(0x40);
    store(R.END_OF_INTERRUPT, 0);
    expect(apic.pendingVector()).toBe(-1);
    expect(load(R.CURRENT_COUNT)).toBe(700);
    board.advance(700);
    expect(take()).toBe(0x40);
  });

  test('masked, it counts without requesting; an initial count of zero stops it', () => {
    store(R.LVT_TIMER, MASKED | 0x40);
    store(R.INITIAL_COUNT, 100);
    board.advance(1000);
    expect(apic.pendingVector()).toBe(-1);
    store(R.LVT_TIMER, 0x40);
    store(R.INITIAL_COUNT, 100);
    store(R.INITIAL_COUNT, 0);
    expect(board.pendingEvents).toBe(0);
  });

  test('changing the divider goes on from the count reached', () => {
    store(R.DIVIDE_CONFIGURATION, 0b1011);
    store(R.INITIAL_COUNT, 1000);
    board.advance(400);
    store(R.DIVIDE_CONFIGURATION, 0b0000);
    expect(load(R.CURRENT_COUNT)).toBe(600);
    board.advance(200);
    expect(load(R.CURRENT_COUNT)).toBe(500);
  });

  test('deadline: expires when the time stamp gets there, is then disarmed, and ignores the counting registers', () => {
    store(R.LVT_TIMER, 0x40040);
    store(R.INITIAL_COUNT, 5);
    expect(load(R.INITIAL_COUNT)).toBe(0);
    board.writeMsr(IA32_TSC_DEADLINE, 2000n);
    board.advance(999);
    expect(apic.pendingVector()).toBe(-1);
    expect(board.readMsr(IA32_TSC_DEADLINE)).toBe(2000n);
    board.advance(1);
    expect(take()).toBe(0x40);
    store(R.END_OF_INTERRUPT, 0);
    expect(board.readMsr(IA32_TSC_DEADLINE)).toBe(0n);
    board.writeMsr(IA32_TSC_DEADLINE, 1n);
    board.advance(0);
    expect(take()).toBe(0x40);
  });

  test('leaving deadline mode disarms it, and in the other modes the deadline register is dead', () => {
    store(R.LVT_TIMER, 0x40040);
    board.writeMsr(IA32_TSC_DEADLINE, 1_000_000n);
    store(R.LVT_TIMER, 0x40);
    expect(board.pendingEvents).toBe(0);
    board.writeMsr(IA32_TSC_DEADLINE, 1_000_000n);
    expect(board.pendingEvents).toBe(0);
    expect(board.readMsr(IA32_TSC_DEADLINE)).toBe(0n);
  });
});

describe('base register', () => {
  test('shows base, boot processor and enable; only the enable can change', () => {
    expect(board.readMsr(IA32_APIC_BASE)).toBe(0xfee0_0900n);
    expect(board.writeMsr(IA32_APIC_BASE, 0xfee0_0d00n)).toBe(false); // x2APIC
    expect(board.writeMsr(IA32_APIC_BASE, 0xfed0_0900n)).toBe(false); // another place
    request(0x40);
    expect(board.writeMsr(IA32_APIC_BASE, 0xfee0_0100n)).toBe(true);
    expect(board.interruptRequested).toBe(false);
    expect(load(R.VERSION)).toBe(0xffff_ffff);
    expect(board.writeMsr(IA32_APIC_BASE, 0xfee0_0900n)).toBe(true);
    expect(load(R.VERSION)).toBe(0x50014);
  });
});
