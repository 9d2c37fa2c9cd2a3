// A foreign process without a processor: system calls are made by putting registers down and calling the personality.
//
// Time is virtual: it moves when a test advances it, and then ends the waits and sleeps that are due.

import {
  type CapId,
  Console,
  EntropySource,
  type ExitStatusLike,
  type ForeignPersonality,
  type ForeignProcess,
  type ForeignThread,
  type ForeignThreadInit,
  type ForkedProcess,
  MemoryObject,
  REGISTER,
  Timer,
} from '@capos/abi';
import { bytesOf } from '../../src/guest-memory.ts';
import { CALL_NUMBER, type CallName } from '../../src/linux/call-numbers.ts';
import type { PosixOptions } from '../../src/posix-options.ts';
import { PosixPersonality } from '../../src/posix-personality.ts';
import type { PosixProcess } from '../../src/posix-process.ts';
import { type ServedObject, TestCapabilities } from './test-capabilities.ts';
import { TestMemory } from './test-memory.ts';

const ARGUMENTS = [REGISTER.RDI, REGISTER.RSI, REGISTER.RDX, REGISTER.R10, REGISTER.R8, REGISTER.R9];

export class TestThread implements ForeignThread {
  readonly id: number;
  readonly registers = new BigUint64Array(16);
  rip = 0n;
  rflags = 0x202n;
  fsBase = 0n;
  gsBase = 0n;
  readonly extendedState = new Uint8Array(1024);
  parked = false;
  ended = false;
  attention = false;
  deadlineNs: bigint | undefined;
  onWake: ((reason: 'unparked' | 'deadline') => void) | undefined;

  constructor(id: number) {
    this.id = id;
  }

  park(onWake?: (reason: 'unparked' | 'deadline') => void, deadlineNs?: bigint): void {
    this.parked = true;
    this.onWake = onWake;
    this.deadlineNs = deadlineNs;
  }

  unpark(): void {
    if (!this.parked) return;
    this.parked = false;
    this.deadlineNs = undefined;
    const { onWake } = this;
    this.onWake = undefined;
    onWake?.('unparked');
  }

  exit(): void {
    this.ended = true;
  }

  interruptAtNextInstruction(): void {
    this.attention = true;
  }

  signalled(): 'delivered' {
    return 'delivered';
  }
}

/** A Console that records what is written and reads what a test types. */
export class TestConsole {
  output = '';
  #input: Uint8Array[] = [];
  #waiting: ((results: unknown) => void) | undefined;
  #interrupt: ((results: unknown) => void) | undefined;
  isTerminal = false;
  raw = false;

  type(text: string): void {
    const bytes = bytesOf(text);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting !== undefined) waiting({ data: bytes });
    else this.#input.push(bytes);
  }

  pressInterrupt(): void {
    const interrupt = this.#interrupt;
    this.#interrupt = undefined;
    interrupt?.({});
  }

  get served(): ServedObject {
    return {
      descriptor: Console,
      methods: {
        write: ({ data }) => {
          this.output += String.fromCharCode(...data);
          return { written: data.length };
        },
        read: (_params, call) => {
          const next = this.#input.shift();
          if (next !== undefined) return { data: next };
          call.later((answer) => (this.#waiting = answer));
          return undefined;
        },
        getSize: () => ({ columns: 80, rows: 25, isTerminal: this.isTerminal }),
        setMode: ({ raw }) => {
          this.raw = raw;
          return {};
        },
        waitInterrupt: (_params, call) => call.later((answer) => (this.#interrupt = answer)),
        waitResize: (_params, call) => call.later(() => {}),
      },
    };
  }
}

/** Memory objects are capabilities of the table, served over their bytes. */
function connectShared(memory: TestMemory, caps: TestCapabilities): void {
  memory.onShared = (bytes) =>
    caps.insert({
      descriptor: MemoryObject,
      bytes,
      methods: {
        read: ({ offset, length }) => ({ data: bytes.slice(Number(offset), Number(offset) + length) }),
        write: ({ offset, data }) => {
          bytes.set(data, Number(offset));
          return {};
        },
      },
    });
  memory.objects = { get: (capId) => caps.objects.get(capId)?.bytes };
}

export interface TestWorld extends PosixOptions {
  readonly caps?: Readonly<Record<string, ServedObject>>;
  readonly withoutTimer?: boolean;
  readonly withoutEntropy?: boolean;
  readonly arguments?: readonly string[];
  readonly environment?: readonly string[];
}

/** Where tests put what calls point to. */
export const SCRATCH = 0x2000_0000;
const SCRATCH_SIZE = 0x10_0000;

export class TestProcess implements ForeignProcess {
  readonly processId = 42n;
  readonly imageBytes = new Uint8Array([0x7f, 0x45, 0x4c, 0x46]);
  readonly arguments: readonly string[];
  readonly environment: readonly string[];
  readonly memory = new TestMemory();
  readonly caps: TestCapabilities;
  readonly personality: PosixPersonality;
  readonly threads: TestThread[] = [];
  readonly console = new TestConsole();
  status: ExitStatusLike | undefined;
  readonly children: TestProcess[] = [];
  timeNs = 1_000_000_000;
  private readonly timer: boolean;
  private sleepers: { readonly deadlineNs: number; readonly answer: (results: unknown) => void }[] = [];
  private scratch = SCRATCH;

  constructor(world: TestWorld = {}) {
    const { caps, withoutTimer, withoutEntropy, ...options } = world;
    this.arguments = world.arguments ?? ['/bin/test'];
    this.environment = world.environment ?? [];
    this.timer = withoutTimer !== true;
    const timer: ServedObject = {
      descriptor: Timer,
      methods: {
        now: () => ({ monotonicNs: BigInt(this.timeNs) }),
        wallClock: () => ({ unixNs: 1_700_000_000_000_000_000n + BigInt(this.timeNs) }),
        sleepUntil: ({ monotonicNs }, call) => {
          if (Number(monotonicNs) <= this.timeNs) return {};
          call.later((answer) => this.sleepers.push({ deadlineNs: Number(monotonicNs), answer }));
          return undefined;
        },
      },
    };
    let seed = 1;
    const entropy: ServedObject = {
      descriptor: EntropySource,
      methods: {
        fill: ({ length }) => ({
          data: Uint8Array.from({ length }, () => {
            seed = (seed * 1103515245 + 12345) & 0x7fff_ffff;
            return seed >> 16;
          }),
        }),
      },
    };
    this.caps = new TestCapabilities({
      ...(withoutTimer === true ? {} : { timer }),
      ...(withoutEntropy === true ? {} : { entropy }),
      ...(caps ?? { stdin: this.console.served, stdout: this.console.served, stderr: this.console.served }),
    });
    connectShared(this.memory, this.caps);
    this.personality = new PosixPersonality(options);
    this.personality.start(this);
    this.memory.map(BigInt(SCRATCH), BigInt(SCRATCH_SIZE), 3, true);
    this.process.space.note(SCRATCH, SCRATCH + SCRATCH_SIZE, 3, '');
  }

  get process(): PosixProcess {
    return this.personality.process!;
  }

  get main(): TestThread {
    return this.threads[0]!;
  }

  newThread(init: ForeignThreadInit): ForeignThread {
    const thread = new TestThread(this.threads.length);
    const { copyFrom } = init;
    if (copyFrom !== undefined) {
      thread.registers.set(copyFrom.registers);
      thread.fsBase = copyFrom.fsBase;
    }
    thread.rip = init.rip;
    thread.registers[REGISTER.RSP] = init.rsp;
    if (init.fsBase !== undefined) thread.fsBase = init.fsBase;
    this.threads.push(thread);
    return thread;
  }

  fork(
    thread: ForeignThread,
    personality: ForeignPersonality,
    caps: readonly CapId[],
    sharesMemory = false,
  ): ForkedProcess {
    const child = Object.create(TestProcess.prototype) as TestProcess;
    Object.assign(child, this, {
      memory: sharesMemory ? this.memory.sharing() : this.memory.snapshot(),
      caps: this.caps.fork(caps),
      personality,
      threads: [],
      status: undefined,
    });
    connectShared(child.memory, child.caps);
    const made = child.newThread({ rip: thread.rip, rsp: thread.registers[REGISTER.RSP]!, copyFrom: thread });
    this.children.push(child);
    return { process: child, thread: made, caps: child.caps.forkedIds };
  }

  get sharesMemory(): boolean {
    return this.memory.holders.count > 1;
  }

  leaveMemory(): boolean {
    this.memory.leave();
    return true;
  }

  exit(status: ExitStatusLike): void {
    if (this.status !== undefined) return;
    this.status = status;
    this.personality.exited();
  }

  nowNs(): number {
    if (!this.timer) throw new Error('no timer');
    return this.timeNs;
  }

  /** The test processor runs whenever time passes. */
  executed(): void {}

  processorTimeNs(): number {
    return this.nowNs();
  }

  /** Moves time on, ending what is due, in order. */
  advance(ns: number): void {
    const until = this.timeNs + ns;
    for (;;) {
      const due = [
        ...this.sleepers.map((one) => one.deadlineNs),
        ...this.threads
          .filter((one) => one.parked && one.deadlineNs !== undefined)
          .map((one) => Number(one.deadlineNs)),
      ].filter((deadline) => deadline <= until);
      if (due.length === 0) break;
      this.timeNs = Math.max(this.timeNs, Math.min(...due));
      const sleeping = this.sleepers;
      this.sleepers = sleeping.filter((one) => one.deadlineNs > this.timeNs);
      for (const one of sleeping) if (one.deadlineNs <= this.timeNs) one.answer({});
      for (const thread of this.threads) {
        if (!thread.parked || thread.deadlineNs === undefined || Number(thread.deadlineNs) > this.timeNs) continue;
        thread.parked = false;
        thread.deadlineNs = undefined;
        const { onWake } = thread;
        thread.onWake = undefined;
        onWake?.('deadline');
      }
    }
    this.timeNs = until;
  }

  /** Makes a call on a thread; its result, or 'parked' when there is none yet, or 'ended'. */
  callOn(thread: TestThread, number: number, ...args: readonly (number | bigint)[]): number | 'parked' | 'ended' {
    thread.registers[REGISTER.RAX] = BigInt.asUintN(64, BigInt(number));
    for (const [index, register] of ARGUMENTS.entries())
      thread.registers[register] = BigInt.asUintN(64, BigInt(args[index] ?? 0));
    thread.rip += 2n;
    this.personality.syscall(thread);
    return this.resultOf(thread);
  }

  resultOf(thread: TestThread = this.main): number | 'parked' | 'ended' {
    if (this.status !== undefined || thread.ended) return 'ended';
    if (thread.parked) return 'parked';
    if (thread.attention) {
      thread.attention = false;
      this.personality.interrupted(thread);
    }
    return Number(BigInt.asIntN(64, thread.registers[REGISTER.RAX]!));
  }

  call(name: CallName, ...args: readonly (number | bigint)[]): number | 'parked' | 'ended' {
    return this.callOn(this.main, CALL_NUMBER[name], ...args);
  }

  /** Puts bytes or text (with its NUL) where calls can point to and answers the address. */
  put(content: string | Uint8Array): number {
    const bytes = typeof content === 'string' ? bytesOf(`${content}\0`) : content;
    const address = this.scratch;
    this.scratch += Math.ceil((bytes.length + 1) / 16) * 16;
    if (this.scratch > SCRATCH + SCRATCH_SIZE) {
      this.scratch = SCRATCH;
      return this.put(content);
    }
    this.memory.write(BigInt(address), bytes);
    return address;
  }

  /** Room for `length` bytes. */
  room(length: number): number {
    return this.put(new Uint8Array(length));
  }

  bytes(address: number, length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    this.memory.read(BigInt(address), bytes);
    return bytes;
  }

  text(address: number, length: number): string {
    return String.fromCharCode(...this.bytes(address, length));
  }

  view(address: number, length: number): DataView {
    return new DataView(this.bytes(address, length).buffer);
  }
}
