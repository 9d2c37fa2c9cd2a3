// The stub speaks GDB's protocol, and survives whoever does not.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GdbServer } from '../../src/debug/gdb/gdb-server.ts';
import { MOST_PAYLOAD, PacketStream } from '../../src/debug/gdb/packet-stream.ts';
import { REGISTERS } from '../../src/debug/gdb/registers.ts';
import { fromGdbSignal, toGdbSignal } from '../../src/debug/gdb/signal-numbers.ts';
import { createMachineTarget } from '../../src/debug/machine-target.ts';
import { STOP } from '../../src/machine.ts';
import { CODE, codeMachine, DATA, SYSCALL } from '../support/code-machine.ts';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const textOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
const packet = (payload: string): string => {
  const sum = [...payload].reduce((total, character) => total + character.charCodeAt(0), 0) & 0xff;
  return `$${payload}#${sum.toString(16).padStart(2, '0')}`;
};

// mov ecx, 5 · inc eax · mov [rbx], eax · dec ecx · jnz −8 · syscall
const LOOP = [0xb9, 5, 0, 0, 0, 0xff, 0xc0, 0x89, 0x03, 0xff, 0xc9, 0x75, 0xf8, ...SYSCALL];

/** A debugger's end of the wire: `ask` gives the reply to a packet, having run the machine if that is what it takes. */
function connect() {
  const { machine } = codeMachine(LOOP);
  machine.cpu.registers[3] = DATA;
  const target = createMachineTarget(machine);
  let sent = '';
  let done: string | undefined;
  const files = new Map([['/prog', Uint8Array.from({ length: 600 }, (_, index) => index)]]);
  const server = new GdbServer(target, {
    send: (bytes) => {
      sent += textOf(bytes);
    },
    readFile: (path) => files.get(path),
    onDone: (how) => {
      done = how;
    },
  });
  const receive = (text: string): string => {
    sent = '';
    server.receive(bytesOf(text));
    for (let runs = 0; !target.isStopped && runs < 100; runs++) if (target.run(1000) === STOP.stopped) target.exited(0);
    return sent;
  };
  const ask = (payload: string): string => {
    const reply = receive(packet(payload));
    const [, content, sum] = /^\+?\$([^#]*)#(..)$/s.exec(reply) ?? [];
    if (content === undefined) throw new Error(`${payload} was answered with ${JSON.stringify(reply)}`);
    expect(packet(content).slice(-2)).toBe(sum);
    return content.replaceAll(/\}(.)/gs, (_, escaped: string) => String.fromCharCode(escaped.charCodeAt(0) ^ 0x20));
  };
  return { machine, target, receive, ask, server, done: () => done };
}

const littleEndian = (value: bigint): string =>
  (value.toString(16).padStart(16, '0').match(/../g) ?? []).reverse().join('');
const ripOf = (reply: string): bigint | undefined => {
  const digits = /10:([0-9a-f]{16});/.exec(reply)?.[1]?.match(/../g);
  return digits ? BigInt(`0x${digits.reverse().join('')}`) : undefined;
};

describe('a debugger', () => {
  test('learns what the stub can, and which registers there are', () => {
    const { ask } = connect();
    expect(ask('qSupported:swbreak+')).toContain('QStartNoAckMode+');
    expect(ask('vCont?')).toBe('vCont;c;C;s;S');
    const description = ask('qXfer:features:read:target.xml:0,fff0').slice(1);
    for (const { name } of REGISTERS) expect(description).toContain(`<reg name="${name}"`);
    expect(ask('qXfer:features:read:other.xml:0,100')).toBe('E00');
    let whole = '';
    for (let piece = 'm'; piece[0] === 'm'; whole += piece.slice(1))
      piece = ask(`qXfer:features:read:target.xml:${whole.length.toString(16)},80`);
    expect(whole).toBe(description);
    expect(ask('vMustReplyEmpty')).toBe('');
    expect(ask('qfThreadInfo')).toBe('m1');
    expect(ask('qsThreadInfo')).toBe('l');
  });

  test('reads and writes all registers at once and one by one', () => {
    const { ask, machine } = connect();
    const all = ask('g');
    expect(all.length).toBe(REGISTERS.reduce((sum, { bits }) => sum + bits / 4, 0));
    let at = 0;
    for (const [number, { name, bits }] of REGISTERS.entries()) {
      expect(ask(`p${number.toString(16)}`), name).toBe(all.slice(at, at + bits / 4));
      at += bits / 4;
    }
    expect(ask(`P3=${littleEndian(0x1122_3344_5566_7788n)}`)).toBe('OK');
    expect(machine.cpu.registers[2]).toBe(0x1122_3344_5566_7788n);
    const xmm1 = REGISTERS.findIndex(({ name }) => name === 'xmm1').toString(16);
    const ymm1h = REGISTERS.findIndex(({ name }) => name === 'ymm1h').toString(16);
    expect(ask(`P${xmm1}=${'0f'.repeat(16)}`)).toBe('OK');
    expect(ask(`P${ymm1h}=${'f0'.repeat(16)}`)).toBe('OK');
    expect(Buffer.from(machine.cpu.xmm.subarray(32, 64)).toString('hex')).toBe('0f'.repeat(16) + 'f0'.repeat(16));
    const changed = ask('g');
    expect(ask(`G${all}`)).toBe('OK');
    expect(ask('g')).toBe(all);
    expect(ask(`G${changed}`)).toBe('OK');
    expect(ask('g')).toBe(changed);
  });

  test('reads and writes memory, as far as there is any', () => {
    const { ask, machine } = connect();
    expect(ask(`M${DATA.toString(16)},4:deadbeef`)).toBe('OK');
    expect(ask(`m${DATA.toString(16)},6`)).toBe('deadbeef0000');
    expect(ask(`X${(DATA + 1n).toString(16)},2:#`.replace('#', '}\x03}\x03'))).toBe('OK');
    expect(ask(`m${DATA.toString(16)},4`)).toBe('de2323ef');
    expect(ask(`m${(DATA + 8190n).toString(16)},8`)).toBe('0000');
    expect(ask('m0,8')).toBe('E0e');
    expect(ask('M0,1:00')).toBe('E0e');
    // Code that is written is run as written.
    expect(ask(`M${(CODE + 1n).toString(16)},1:07`)).toBe('OK');
    expect(ask('c')).toBe('W00');
    expect(machine.cpu.registers[0]).toBe(7n);
  });

  test('stops at breakpoints and watchpoints, steps, and goes on', () => {
    const { ask, machine } = connect();
    expect(ask('?')).toMatch(/^T05thread:1;/);
    expect(ask(`Z0,${(CODE + 7n).toString(16)},1`)).toBe('OK');
    const stop = ask('vCont;c');
    expect(stop).toContain('swbreak:;');
    expect(ripOf(stop)).toBe(CODE + 7n);
    expect(ripOf(ask('vCont;s:1;c'))).toBe(CODE + 9n);
    expect(ask(`z0,${(CODE + 7n).toString(16)},1`)).toBe('OK');
    expect(ask(`Z2,${DATA.toString(16)},4`)).toBe('OK');
    const watched = ask('c');
    expect(watched).toContain(`watch:${DATA.toString(16)};`);
    expect(ripOf(watched)).toBe(CODE + 9n);
    expect(machine.cpu.registers[0]).toBe(2n);
    expect(ask(`z2,${DATA.toString(16)},4`)).toBe('OK');
    expect(ask(`Z1,${(CODE + 9n).toString(16)},1`)).toBe('OK');
    expect(ask('Hc1')).toBe('OK');
    expect(ask('c')).toContain('hwbreak:;');
    expect(ripOf(ask('s'))).toBe(CODE + 11n);
  });

  test('interrupts a program, lets it go, ends it', () => {
    const first = connect();
    let interrupts = 0;
    first.target.resume = () => {};
    first.target.interrupt = () => {
      interrupts++;
      first.target.onEvent({ which: 'stopped', threadId: 1, cause: { which: 'interrupt' } });
    };
    expect(first.receive('\x03')).toBe('');
    expect(first.receive(packet('c'))).toBe('+');
    // While the program runs nothing else is listened to.
    expect(first.receive(packet('g'))).toBe('+');
    expect(first.receive('\x03')).toMatch(/^\$T02thread:1;/);
    expect(interrupts).toBe(1);
    const second = connect();
    expect(second.ask('D')).toBe('OK');
    expect([second.done(), second.machine.cpu.rip]).toEqual(['detached', CODE + 15n]);
    const third = connect();
    expect(third.receive(packet('k'))).toBe('+');
    expect([third.done(), third.target.isStopped]).toEqual(['killed', true]);
    const fourth = connect();
    fourth.server.disconnected();
    expect([fourth.done(), fourth.target.isStopped]).toEqual(['detached', false]);
  });

  test('reads the files it is given, and no others', () => {
    const { ask } = connect();
    const hex = Buffer.from('/prog').toString('hex');
    expect(ask('vFile:setfs:0')).toBe('F0');
    expect(ask(`vFile:open:${hex},0,1c0`)).toBe('F1');
    expect(ask(`vFile:open:${hex},1,1c0`)).toBe('F-1,1e');
    expect(ask(`vFile:open:${Buffer.from('/etc/passwd').toString('hex')},0,0`)).toBe('F-1,2');
    const read = ask('vFile:pread:1,200,20');
    expect(read.slice(0, 5)).toBe('F200;');
    expect(bytesOf(read.slice(5))).toEqual(Uint8Array.from({ length: 512 }, (_, index) => index + 32));
    expect(ask('vFile:fstat:1')).toMatch(/^F40;/);
    expect(ask('vFile:close:1')).toBe('F0');
    expect(ask('vFile:close:1')).toBe('F-1,9');
  });
});

describe('the wire', () => {
  test('carries any payload, cut up anywhere', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 300 }),
        fc.integer({ min: 1, max: 9 }),
        (payload, size) => {
          const got: string[] = [];
          const wire: number[] = [];
          const receiver = new PacketStream({ packet: (text) => got.push(text), interrupt: () => {} }, () => {});
          new PacketStream({ packet: () => {}, interrupt: () => {} }, (bytes) => wire.push(...bytes)).send(
            textOf(Uint8Array.from(payload)),
          );
          for (let at = 0; at < wire.length; at += size) receiver.receive(Uint8Array.from(wire.slice(at, at + size)));
          expect(got).toEqual([textOf(Uint8Array.from(payload))]);
        },
      ),
    );
  });

  test('has what arrives damaged sent again, until both agree to do without', () => {
    const { receive, ask } = connect();
    expect(receive('$qC#00')).toBe('-');
    expect(receive(packet('qC'))).toBe(`+${packet('QC1')}`);
    expect(receive('-')).toBe(packet('QC1'));
    expect(ask('QStartNoAckMode')).toBe('OK');
    expect(receive(packet('qC'))).toBe(packet('QC1'));
    expect(receive(`$${'m'.repeat(2 * MOST_PAYLOAD)}#00`)).toBe('');
  });

  test('answers a debugger that makes packets up with errors at most', () => {
    const beginnings =
      'g G p P m M X H T Z0, Z2, z3, Z9, c s C S vCont; vFile:open: vFile:pread: vFile:fstat: qXfer:features:read: qXfer:auxv:read: q Q v ? ! QPassSignals: qThreadExtraInfo, D k'.split(
        ' ',
      );
    const characters = fc.constantFrom(...'0123456789abcdef,;:-=pcs#$}*~\x00\xff');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...beginnings), fc.string({ unit: characters, maxLength: 24 })), {
          maxLength: 12,
        }),
        fc.uint8Array({ maxLength: 40 }),
        (packets, noise) => {
          const { receive, server } = connect();
          server.receive(noise);
          for (const [beginning, rest] of packets) receive(packet(beginning + rest));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('has signals of its own numbering', () => {
    for (let signal = 1; signal <= 64; signal++) {
      if (signal === 16) continue; // SIGSTKFLT is Linux's alone
      expect(fromGdbSignal(toGdbSignal(signal))).toBe(signal);
    }
    expect([7, 10, 11, 12, 17, 31].map(toGdbSignal)).toEqual([10, 30, 11, 31, 20, 12]);
  });
});
