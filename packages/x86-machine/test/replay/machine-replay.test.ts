// A run is the same run again: in either tier, translated sooner or later, in slices of any size, from a seed and a log.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLocalApic } from '../../src/devices/local-apic.ts';
import { createMachine, type Machine, STOP } from '../../src/machine.ts';
import { MachineError } from '../../src/machine-error.ts';
import { createRecorder, createReplay, type Recorder, type Replay } from '../../src/replay/journal.ts';
import { followMachine, journalOptions } from '../../src/replay/machine-replay.ts';
import { stateHash } from '../../src/replay/state-hash.ts';
import { PageTables, PTE } from '../support/page-tables.ts';

const CODE = 0x40_0000n;
const DATA = 0x50_0000n;
const CODE_FRAME = 0x8_0000;
const DATA_FRAME = 0x9_0000;
const APIC = 0xfee0_0000n;
const TIERS = [1, 2, 7, 50, Number.POSITIVE_INFINITY];

/** What programs are put together from; none but the last two changes RCX, RBX, RSP or R12 for longer than itself. */
// biome-ignore format: one piece a line
const PIECES: readonly (readonly number[])[] = [
  [0x69, 0xc0, 0x6d, 0x4e, 0xc6, 0x41, 0x05, 0x39, 0x30, 0x00, 0x00], // imul eax, eax, 1103515245; add eax, 12345
  [0x48, 0x01, 0x03], // add [rbx], rax
  [0x48, 0x03, 0x53, 0x18], // add rdx, [rbx + 24]
  [0xa8, 0x10, 0x74, 0x03, 0x48, 0x31, 0xd0], // test al, 16; jz +3; xor rax, rdx
  [0x48, 0x0f, 0xa3, 0xc2, 0x0f, 0x92, 0xc2], // bt rdx, rax; setc dl
  [0x0f, 0x31, 0x48, 0x89, 0x43, 0x20], // rdtsc; mov [rbx + 32], rax
  [0x48, 0x0f, 0xc7, 0xf6, 0x48, 0x01, 0x73, 0x28], // rdrand rsi; add [rbx + 40], rsi
  [0x50, 0x5e], // push rax; pop rsi
  [0xe8, 0x02, 0x00, 0x00, 0x00, 0xeb, 0x04, 0x48, 0xff, 0xc2, 0xc3], // call +2; jmp +4; inc rdx; ret
  [0xf2, 0x48, 0x0f, 0x2a, 0xc0, 0xf2, 0x0f, 0x51, 0xc8, 0xf2, 0x0f, 0x58, 0xd1], // cvtsi2sd xmm0, rax; sqrtsd xmm1, xmm0; addsd xmm2, xmm1
  [0xf2, 0x0f, 0x11, 0x53, 0x30, 0xdd, 0x43, 0x30, 0xd9, 0xfa, 0xdd, 0x5b, 0x38], // movsd [rbx + 48], xmm2; fld; fsqrt; fstp [rbx + 56]
  [0x66, 0x0f, 0xfe, 0xdc, 0x66, 0x0f, 0x70, 0xe3, 0x1b], // paddd xmm3, xmm4; pshufd xmm4, xmm3, 27
  // mov r12, rcx; mov ecx, N; lea rdi, [rbx + 256]; rep stosb; mov rcx, r12
  ...[1, 3, 5, 40, 300].map((n) => [0x49, 0x89, 0xcc, 0xb9, n & 255, n >> 8, 0, 0, 0x48, 0x8d, 0xbb, 0, 1, 0, 0, 0xf3, 0xaa, 0x4c, 0x89, 0xe1]),
  // the same with lea rsi, [rbx + 8]; rep movsq
  ...[2, 9, 200].map((n) => [0x49, 0x89, 0xcc, 0xb9, n, 0, 0, 0, 0x48, 0x8d, 0xbb, 0, 1, 0, 0, 0x48, 0x8d, 0x73, 8, 0xf3, 0x48, 0xa5, 0x4c, 0x89, 0xe1]),
  [0x41, 0xff, 0x05, 0x00, 0x00, 0x00, 0x00].slice(0, 0), // nothing
  [0x0f, 0x05], // syscall: the supervisor reads clock and devices
];

/** mov ecx, loops; mov ebx, DATA; the pieces; dec ecx; jnz; then for ever */
function assemble(pieces: readonly number[], loops: number): Uint8Array {
  const body = pieces.flatMap((piece) => PIECES[piece]!);
  // SYSCALL destroys RCX: the count is on the stack meanwhile.
  const loop = [0x51, ...body, 0x59, 0xff, 0xc9];
  const back = -(loop.length + 6);
  const code = [0xb9, loops & 255, loops >> 8, 0, 0, 0xbb, 0x00, 0x00, 0x50, 0x00, ...loop];
  code.push(0x0f, 0x85, ...[0, 8, 16, 24].map((shift) => (back >> shift) & 255));
  code.push(0x83, 0xc0, 0x07, 0xeb, 0xfb); // add eax, 7; jmp back
  return Uint8Array.from(code);
}

interface System {
  readonly machine: Machine;
  readonly run: ReturnType<typeof followMachine>;
}

/** A machine whose APIC interrupts it, whose supervisor touches registers and devices, and which takes "word" as input. */
function start(code: Uint8Array, journal: Recorder | Replay, translateAfter: number): System {
  let interrupts = 0;
  const machine = createMachine({
    ramBytes: 2 ** 20,
    decodedBytes: 2 ** 18,
    translateAfter,
    ...journalOptions(journal),
    supervisor: {
      syscall: (cpu) => {
        cpu.registers[2] = BigInt(Math.floor(journal.clock.nowNs()));
        const answer = journal.ask('word', () => Uint8Array.of(interrupts, 3, 5));
        cpu.registers[6] = BigInt((answer[0] ?? 0) * 65_536 + (answer[1] ?? 0));
      },
      exception: () => machine.stop(1),
      interrupt: (cpu) => {
        interrupts++;
        cpu.registers[8] = cpu.registers[8]! * 31n + cpu.registers[0]!;
        machine.mmio.write(Number(APIC) + 0xb0, new Uint8Array(4));
      },
    },
  });
  const apic = createLocalApic();
  machine.attach(apic);
  const registers: readonly [number, number][] = [
    [0xf0, 0x1ff],
    [0x80, 0],
    [0x3e0, 0xb],
    [0x320, (1 << 17) | 0x40],
    [0x380, 777],
  ];
  for (const [at, value] of registers)
    machine.mmio.write(Number(APIC) + at, new Uint8Array(Uint32Array.of(value).buffer));
  const tables = new PageTables(machine.memory, 4096);
  for (const page of [0, 1]) {
    tables.map(CODE + BigInt(page * 4096), CODE_FRAME + page * 4096, PTE.user | PTE.write);
    tables.map(DATA + BigInt(page * 4096), DATA_FRAME + page * 4096, PTE.user | PTE.write | PTE.noExecute);
  }
  machine.memory.write(CODE_FRAME, code);
  machine.cpu.setAddressSpace(tables.root, 1);
  machine.cpu.rip = CODE;
  machine.cpu.registers[4] = DATA + 8192n;
  const run = followMachine(machine, journal, (name, payload) => {
    // A damaged log may hand over less than was recorded: what that means is for who takes it in.
    machine.cpu.registers[9] = machine.cpu.registers[9]! * 17n + BigInt((payload[0] ?? 0) + name.length);
  });
  return { machine, run };
}

const program = fc.record({
  pieces: fc.array(fc.nat(PIECES.length - 1), { minLength: 1, maxLength: 14 }),
  loops: fc.integer({ min: 1, max: 400 }),
});

describe('a run under a virtual clock', () => {
  test('comes to the same state after the same number of instructions, in every tier and slicing', () => {
    fc.assert(
      fc.property(
        program,
        fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        fc.integer({ min: 1, max: 60_000 }),
        fc.array(
          fc.tuple(
            fc.constantFrom(...TIERS),
            fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 1, maxLength: 6 }),
          ),
          {
            minLength: 3,
            maxLength: 3,
          },
        ),
        ({ pieces, loops }, seed, total, variants) => {
          const code = assemble(pieces, loops);
          const seen = new Set<string>();
          for (const [tier, slices] of [[Number.POSITIVE_INFINITY, [total]] as const, ...variants]) {
            const { machine, run } = start(code, createRecorder({ seed }), tier);
            for (let i = 0; machine.cpu.instructions < total; i++) {
              const slice = Math.min(slices[i % slices.length]!, total - machine.cpu.instructions);
              expect(run.run(slice)).toBe(STOP.budget);
            }
            expect(machine.cpu.instructions).toBe(total);
            seen.add(stateHash(machine));
          }
          expect(seen.size).toBe(1);
        },
      ),
      { numRuns: 12 },
    );
  });

  test('differs by its seed', () => {
    const random = PIECES.findIndex(([first, second, third]) => first === 0x48 && second === 0x0f && third === 0xc7);
    const hashes = [1n, 2n].map((seed) => {
      const { machine, run } = start(assemble([random], 9), createRecorder({ seed }), 20);
      run.run(500);
      return stateHash(machine);
    });
    expect(new Set(hashes).size).toBe(2);
  });
});

describe('a recorded run', () => {
  const record = (
    pieces: readonly number[],
    loops: number,
    arrivals: readonly (readonly [number, number])[],
    tier = 20,
  ) => {
    const recorder = createRecorder({ seed: 7n, startNs: 1000, nsPerInstruction: 3, subject: Uint8Array.of(1, 2) });
    const { machine, run } = start(assemble(pieces, loops), recorder, tier);
    for (const [after, value] of arrivals) {
      run.run(after);
      run.arrive('word', Uint8Array.of(value));
    }
    run.run(2000);
    const hash = stateHash(machine);
    return { log: recorder.finish(hash), hash, instructions: machine.cpu.instructions };
  };
  const arrivals = fc.array(fc.tuple(fc.nat(4000), fc.nat(255)), { maxLength: 6 });

  test('is replayed from its log to its state, in any tier', () => {
    fc.assert(
      fc.property(
        program,
        arrivals,
        fc.constantFrom(...TIERS),
        fc.constantFrom(...TIERS),
        ({ pieces, loops }, when, one, other) => {
          const recorded = record(pieces, loops, when, one);
          const replay = createReplay(recorded.log);
          expect([...replay.subject]).toEqual([1, 2]);
          const { machine, run } = start(assemble(pieces, loops), replay, other);
          run.run(recorded.instructions);
          expect(stateHash(machine)).toBe(recorded.hash);
          replay.finish(stateHash(machine));
        },
      ),
      { numRuns: 10 },
    );
  });

  test('is not taken for another program’s', () => {
    const { log, instructions } = record([0, PIECES.length - 1], 100, [[100, 1]]);
    const replay = createReplay(log);
    const { run } = start(assemble([0, 1, PIECES.length - 1], 100), replay, 20);
    expect(() => run.run(instructions)).toThrow(MachineError);
    expect(() => run.arrive('word')).toThrow('in the log');
  });

  test('whose log is damaged anywhere, or cut off, is refused in words or replayed as far as it goes', () => {
    const { log, instructions } = record([0, 5, PIECES.length - 1], 60, [
      [100, 1],
      [50, 2],
    ]);
    const attempt = (bytes: Uint8Array): void => {
      try {
        const replay = createReplay(bytes);
        const { machine, run } = start(assemble([0, 5, PIECES.length - 1], 60), replay, 20);
        run.run(instructions);
        replay.finish(stateHash(machine));
      } catch (error) {
        expect(error).toBeInstanceOf(MachineError);
        expect(['badLog', 'diverged', 'badConfiguration']).toContain((error as MachineError).code);
      }
    };
    fc.assert(
      fc.property(fc.nat(log.length - 1), fc.integer({ min: 1, max: 255 }), fc.boolean(), (at, change, cuts) => {
        const bytes = cuts ? log.slice(0, at) : log.slice();
        if (!cuts) bytes[at]! ^= change;
        attempt(bytes);
      }),
      { numRuns: 60, examples: [[258, 3, false]] },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), attempt), { numRuns: 20 });
  });
});
