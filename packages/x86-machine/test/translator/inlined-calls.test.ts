// Small functions are written anew for each place that calls them: that must never be seen, whatever is called later, or returned to.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CODE, type CodeMachine, codeMachine, DATA, DATA_FRAME, SYSCALL } from '../support/code-machine.ts';

const NEVER = Number.POSITIVE_INFINITY;
const [RAX, RCX, RBX, RSP, RSI] = [0, 1, 3, 4, 6];
const little = (value: number): number[] => [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, value >>> 24];

const FUNCTIONS = {
  /** add ebx, 1 · ret */
  adds: [0x83, 0xc3, 0x01, 0xc3],
  /** test bl, 1 · jz on · xor ebx, 55h · on: lea ebx, [rbx + rbx * 2] · ret */
  branches: [0xf6, 0xc3, 0x01, 0x74, 0x03, 0x83, 0xf3, 0x55, 0x8d, 0x1c, 0x5b, 0xc3],
  /** add qword [rsp], 3 · ret: past the nop of three bytes that follows each call */
  skips: [0x48, 0x83, 0x04, 0x24, 0x03, 0xc3],
  /** add ebx, [rsi] · ret: faults where RSI says so */
  loads: [0x03, 0x1e, 0xc3],
  /** call adds · ret */
  calls: [0xe8, ...little(-0x40 * 4 - 5), 0xc3],
  /** rep stosb of nothing, which region code may leave for: mov edx, ecx · xor ecx, ecx · rep stosb · mov ecx, edx · ret */
  repeats: [0x89, 0xca, 0x31, 0xc9, 0xf3, 0xaa, 0x89, 0xd1, 0xc3],
};
type Name = keyof typeof FUNCTIONS;
const NAMES = Object.keys(FUNCTIONS) as Name[];
const addressOf = (name: Name): number => 0x100 + NAMES.indexOf(name) * 0x40;

/** again: call first · nop · call first · nop · call rax · nop · dec ecx · jnz again · syscall */
function program(first: Name): number[] {
  const code = new Array<number>(0x400).fill(0x90);
  const put = (at: number, bytes: readonly number[]): void => void code.splice(at, bytes.length, ...bytes);
  const nop = [0x0f, 0x1f, 0x00];
  put(0, [0xe8, ...little(addressOf(first) - 5), ...nop, 0xe8, ...little(addressOf(first) - 13), ...nop]);
  put(16, [0xff, 0xd0, ...nop, 0xff, 0xc9, 0x75, 0x100 - 25, ...SYSCALL]);
  for (const name of NAMES) put(addressOf(name), FUNCTIONS[name]);
  return code;
}

interface Run {
  readonly name: Name;
  readonly rounds: number;
  readonly faults: boolean;
}

function run(one: CodeMachine, stack: bigint, { name, rounds, faults }: Run): unknown {
  const { cpu } = one.machine;
  cpu.rip = CODE;
  cpu.registers[RAX] = CODE + BigInt(addressOf(name));
  cpu.registers[RCX] = BigInt(rounds);
  cpu.registers[RBX] = 3n;
  cpu.registers[RSP] = stack;
  cpu.registers[RSI] = faults ? 0x1234_5678n : DATA + 64n;
  one.machine.run();
  const { rip, cr2, rflags, instructions } = cpu;
  const bytes = Buffer.from(one.machine.memory.bytes.subarray(DATA_FRAME, DATA_FRAME + 8192)).toString('base64');
  return { registers: [...cpu.registers], rip, cr2, rflags, instructions, exceptions: [...one.exceptions], bytes };
}

describe('a loop that calls small functions', () => {
  test('does what the interpreter does, whatever it calls, wherever that returns to or faults', {
    timeout: 240_000,
  }, () => {
    const anyRun = fc.record({
      name: fc.constantFrom(...NAMES),
      rounds: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant(400)),
      faults: fc.boolean(),
    });
    const any = fc.record({
      first: fc.constantFrom(...NAMES),
      translateAfter: fc.constantFrom(1, 5, 60),
      runs: fc.array(anyRun, { minLength: 3, maxLength: 12 }),
    });
    fc.assert(
      fc.property(any, ({ first, translateAfter, runs }) => {
        const seen = [translateAfter, NEVER].map((after) => {
          const one = codeMachine(program(first), { translateAfter: after });
          const stack = one.machine.cpu.registers[RSP]!;
          return runs.map((each) => run(one, stack, each));
        });
        expect(seen[0]).toEqual(seen[1]);
      }),
      { numRuns: 60 },
    );
  });

  test('is not left for them, nor for others that are called later', () => {
    const one = codeMachine(program('branches'), { translateAfter: 20, statistics: { now: () => 0 } });
    const stack = one.machine.cpu.registers[RSP]!;
    const share = (name: Name): number => {
      const before = one.machine.statistics;
      run(one, stack, { name, rounds: 20_000, faults: false });
      const { instructions, inRegions } = one.machine.statistics;
      return (inRegions - before.inRegions) / (instructions - before.instructions);
    };
    for (const name of ['adds', 'branches', 'skips'] as const) {
      share(name);
      expect(share(name)).toBeGreaterThan(0.95);
    }
  });
});
