// Repeated moves and stores in regions: at once where that cannot be told from one element after another, else the interpreter's.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CODE, type CodeMachine, codeMachine, DATA, DATA_FRAME, SYSCALL } from '../support/code-machine.ts';
import { PTE } from '../support/page-tables.ts';

const NEVER = Number.POSITIVE_INFINITY;
const [RAX, RCX, RDX, RBX, RBP, RSI, RDI] = [0, 1, 2, 3, 5, 6, 7];
const TOUCHED = PTE.user | PTE.write | PTE.noExecute | PTE.accessed | PTE.dirty;
const PAGES = 6;
const BYTES = PAGES * 4096;
const PREFIX = {
  movsb: [0xf3, 0xa4],
  movsq: [0xf3, 0x48, 0xa5],
  stosb: [0xf3, 0xaa],
  stosd: [0xf3, 0xab],
  stosq: [0xf3, 0x48, 0xab],
};
type Name = keyof typeof PREFIX;

/** again: mov rsi, rbx · mov rdi, rbp · mov ecx, eax · rep … · add rsi, rcx · dec edx · jnz again · syscall */
function program(name: Name): number[] {
  const body = [0x48, 0x89, 0xde, 0x48, 0x89, 0xef, 0x89, 0xc1, ...PREFIX[name], 0x48, 0x01, 0xce, 0xff, 0xca, 0x75];
  return [...body, 0x100 - body.length - 1, ...SYSCALL];
}

interface Run {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

function prepared(name: Name, translateAfter: number): CodeMachine {
  const one = codeMachine(program(name), { translateAfter, statistics: { now: () => 0 } });
  for (let index = 0; index < PAGES; index++) {
    one.tables.map(DATA + BigInt(index * 4096), DATA_FRAME + index * 4096, TOUCHED);
  }
  const { memory } = one.machine;
  for (let at = 0; at < BYTES; at++) memory.bytes[DATA_FRAME + at] = (at * 7 + (at >> 6)) & 0xff;
  return one;
}

function run(one: CodeMachine, { from, to, count }: Run, rounds: number): unknown {
  const { cpu } = one.machine;
  cpu.rip = CODE;
  cpu.registers[RAX] = BigInt(count);
  cpu.registers[RCX] = 0n;
  cpu.registers[RDX] = BigInt(rounds);
  cpu.registers[RBX] = DATA + BigInt(from);
  cpu.registers[RBP] = DATA + BigInt(to);
  cpu.registers[RSI] = 0n;
  cpu.registers[RDI] = 0n;
  one.machine.run();
  const { rip, cr2, rflags } = cpu;
  return { registers: [...cpu.registers], rip, cr2, rflags, exceptions: [...one.exceptions] };
}

const data = ({ machine }: CodeMachine): string =>
  Buffer.from(machine.memory.bytes.subarray(DATA_FRAME, DATA_FRAME + BYTES)).toString('base64');

describe('a repeated move or store', () => {
  const anyRun = fc.record({
    from: fc.integer({ min: -24, max: BYTES }),
    to: fc.oneof(fc.integer({ min: -24, max: BYTES }), fc.integer({ min: 4000, max: 4200 })),
    count: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 5000 })),
  });

  test('moves what the interpreter moves, overlapping or not, and faults where it does', { timeout: 240_000 }, () => {
    const any = fc.record({
      name: fc.constantFrom(...(Object.keys(PREFIX) as Name[])),
      runs: fc.array(anyRun, { minLength: 6, maxLength: 14 }),
    });
    fc.assert(
      fc.property(any, ({ name, runs }) => {
        const seen = [prepared(name, 5), prepared(name, NEVER)].map((one) => {
          // Until its windows are known, in the middle of memory.
          for (let i = 0; i < 12; i++) run(one, { from: BYTES / 2, to: BYTES / 4, count: 30 }, 1000);
          return [...runs.map((each) => run(one, each, 3)), data(one)];
        });
        expect(seen[0]).toEqual(seen[1]);
      }),
      { numRuns: 30 },
    );
  });

  test.each(Object.keys(PREFIX) as Name[])('rep %s stays in its region', (name) => {
    const one = prepared(name, 20);
    const waysOut = (): number => {
      const before = one.machine.statistics.exits.atInstruction;
      for (let i = 0; i < 30; i++) run(one, { from: BYTES / 2, to: BYTES / 4, count: 40 }, 1000);
      return one.machine.statistics.exits.atInstruction - before;
    };
    waysOut();
    expect(waysOut()).toBe(0);
    expect(one.exceptions).toEqual([]);
  });
});
