// The 16550A behaves as its data sheet says, byte for byte and interrupt for interrupt.
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { COM1_LINE, COM1_PORT, createUart16550, type Uart16550 } from '../../src/devices/uart-16550.ts';
import { ManualBoard } from './manual-board.ts';

const [RBR, IER, IIR, LCR, MCR, LSR, MSR, SCR] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
const FCR = IIR;
let board: ManualBoard;
let uart: Uart16550;
let sent: number[];
const read = (register: number): number => board.in(COM1_PORT + register);
const write = (register: number, value: number): void => board.out(COM1_PORT + register, value);
const type = (...bytes: number[]): number => uart.receive(Uint8Array.from(bytes));
const line = (): boolean => board.lineChanges.at(-1)?.[1] ?? false;

beforeEach(() => {
  board = new ManualBoard();
  sent = [];
  uart = createUart16550({ transmit: (byte) => sent.push(byte), backlogBytes: 64 });
  uart.attach(board);
  write(MCR, 8); // OUT2: interrupts reach the bus
});

describe('transmitter', () => {
  test('sends each byte at once and is always empty', () => {
    for (const byte of [0x48, 0x69, 0x0a]) write(RBR, byte);
    expect(sent).toEqual([0x48, 0x69, 0x0a]);
    expect(read(LSR)).toBe(0x60);
  });

  test('asks for more when its interrupt is enabled, until told that it was heard', () => {
    write(IER, 2);
    expect(line()).toBe(true);
    expect(read(IIR)).toBe(2);
    expect(line()).toBe(false);
    expect(read(IIR)).toBe(1);
  });

  test('gives a new edge for every byte, even while the last request stands', () => {
    write(IER, 2);
    const before = board.lineChanges.length;
    write(RBR, 1);
    expect(board.lineChanges.slice(before)).toEqual([
      [COM1_LINE, false],
      [COM1_LINE, true],
    ]);
  });
});

describe('receiver', () => {
  test('without FIFOs holds one byte and loses none: the rest waits', () => {
    expect(type(1, 2, 3)).toBe(3);
    const got: number[] = [];
    while (read(LSR) & 1) got.push(read(RBR));
    expect(got).toEqual([1, 2, 3]);
  });

  test('a full backlog refuses what does not fit', () => {
    expect(type(...new Array(100).fill(7))).toBe(64); // one moves on into the receiver
    expect(type(8, 9)).toBe(1);
  });

  test('interrupts at its trigger level and falls silent below it', () => {
    write(FCR, 0x41); // FIFOs, trigger at 4
    write(IER, 1);
    type(1, 2, 3);
    expect(line()).toBe(false);
    type(4);
    expect(line()).toBe(true);
    expect(read(IIR)).toBe(0xc4);
    read(RBR);
    expect(line()).toBe(false);
  });

  test('below the trigger level four character times without traffic count as a reason', () => {
    write(FCR, 0xc1);
    write(IER, 1);
    type(1, 2);
    board.advance(4 * 1_041_666);
    expect(line()).toBe(false);
    board.advance(10);
    expect(read(IIR)).toBe(0xcc);
    read(RBR);
    expect(read(IIR)).toBe(0xc1);
    board.advance(5 * 1_041_666);
    expect(read(IIR)).toBe(0xcc);
    read(RBR);
    expect(board.pendingEvents).toBe(0);
  });

  test('clearing the FIFO drops what is in it', () => {
    write(FCR, 1);
    type(1, 2, 3);
    write(FCR, 3);
    expect(read(LSR) & 1).toBe(0);
  });

  test('whatever is typed arrives in order, however reads and FIFO settings interleave', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.uint8Array({ maxLength: 20 }), fc.integer({ min: 1, max: 20 }))), (steps) => {
        write(FCR, 1);
        const typed: number[] = [];
        const got: number[] = [];
        for (const step of steps) {
          if (typeof step === 'number') for (let n = 0; n < step && read(LSR) & 1; n++) got.push(read(RBR));
          else typed.push(...step.subarray(0, uart.receive(step)));
        }
        while (read(LSR) & 1) got.push(read(RBR));
        expect(got).toEqual(typed);
      }),
    );
  });
});

describe('loopback', () => {
  beforeEach(() => write(MCR, 0x10));

  test('turns the transmitter into the receiver and keeps the host out', () => {
    type(9);
    write(RBR, 0x5a);
    expect(sent).toEqual([]);
    expect(read(RBR)).toBe(0x5a);
    expect(read(LSR) & 1).toBe(0);
    write(MCR, 8);
    expect(read(RBR)).toBe(9);
  });

  test('shows the modem outputs as inputs, with their changes', () => {
    read(MSR);
    write(MCR, 0x1f);
    expect(read(MSR)).toBe(0xfb);
    expect(read(MSR)).toBe(0xf0);
    write(MCR, 0x13); // OUT1 falls: the ring's trailing edge; OUT2 falls
    expect(read(MSR)).toBe(0x3c);
  });

  test('an unread byte is overrun, and reading the line status clears the error', () => {
    write(RBR, 1);
    write(RBR, 2);
    expect(read(LSR)).toBe(0x63);
    expect(read(LSR)).toBe(0x61);
    expect(read(RBR)).toBe(2);
  });

  test('a full FIFO keeps its bytes and loses the new one; the error outranks the data', () => {
    write(FCR, 1);
    write(IER, 5);
    for (let byte = 0; byte < 17; byte++) write(RBR, byte);
    expect(read(IIR)).toBe(0xc6);
    expect(read(LSR) & 2).toBe(2);
    expect(read(IIR)).toBe(0xc4);
    expect(Array.from({ length: 16 }, () => read(RBR))).toEqual(Array.from({ length: 16 }, (_, index) => index));
  });
});

describe('registers', () => {
  test('the divisor latch shares the first two ports', () => {
    write(IER, 0xf);
    write(LCR, 0x83);
    write(RBR, 0x34);
    write(IER, 0x12);
    expect([read(RBR), read(IER)]).toEqual([0x34, 0x12]);
    write(LCR, 3);
    expect(read(IER)).toBe(0xf);
    expect(sent).toEqual([]);
  });

  test('identification tells FIFOs, the scratch register keeps a byte, modem inputs are ready', () => {
    expect(read(IIR)).toBe(1);
    write(FCR, 1);
    expect(read(IIR)).toBe(0xc1);
    write(SCR, 0xa5);
    expect(read(SCR)).toBe(0xa5);
    expect(read(MSR) & 0xf0).toBe(0xb0);
  });

  test('without OUT2 no interrupt reaches the bus', () => {
    write(MCR, 0);
    write(IER, 2);
    expect(line()).toBe(false);
    expect(read(IIR)).toBe(2);
  });
});
