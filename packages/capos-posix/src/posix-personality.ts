// The foreign personality: what the kernel calls when a Linux program starts, makes a system call, faults or ends.
//
//   kernel ─start──▶ PosixProcess: mounts, descriptors, program loaded, first thread
//          ─syscall▶ call-table handler ─▶ PosixThread.accept: RAX set, or parked
//          ─fault──▶ signal frame, or the process ends
//          ─interrupted▶ pending signals are delivered
//          ─exited─▶ everything is released

import type { ForeignPersonality, ForeignProcess, ForeignThread, MappedFile, PersonalityFactory } from '@capos/abi';
import { handlerOf } from './call-table.ts';
import { walk } from './files/path-walk.ts';
import { byteStringOfText } from './guest-memory.ts';
import { enterLegacyCall } from './legacy-calls.ts';
import { errnoName } from './linux/errno.ts';
import { SI, SIGNAL } from './linux/signal-numbers.ts';
import { loadProgram } from './loader/program.ts';
import { isMissingPage, loadPage } from './memory/on-demand-pages.ts';
import { type AdoptingPersonality, PosixDomain } from './posix-domain.ts';
import type { PosixOptions } from './posix-options.ts';
import { PosixProcess } from './posix-process.ts';
import type { PosixThread } from './posix-thread.ts';
import { interpreterOf, readInterpreter } from './process/execute.ts';
import { mountAll, openStandardStreams } from './process/world.ts';
import { verdict } from './seccomp/verdict.ts';
import { faultSignal } from './signals/fault-signals.ts';
import type { SignalInfo } from './signals/signal-info.ts';
import { Tracer } from './trace/tracer.ts';
import type { Blocking } from './waiting.ts';

/** The vector of page faults (SDM 3A table 6-1). */
const PAGE_FAULT = 14;

/** Name under which the factory is registered and asked for at spawn. */
export const POSIX_PERSONALITY = 'linux';

/** Status of a program that could not be loaded, as a shell reports it. */
const CANNOT_EXECUTE = 126;

/**
 * Makes the personality that runs Linux x86-64 programs. Each process gets its own domain; options given at spawn
 * replace those given here, one by one.
 */
export function createPosixPersonality(options: PosixOptions = {}): PersonalityFactory {
  return {
    name: POSIX_PERSONALITY,
    create: (own) => new PosixPersonality({ ...options, ...(own as PosixOptions | undefined) }),
    reference: () => new PosixPersonality({}),
  };
}

/** One process's personality. */
export class PosixPersonality implements ForeignPersonality {
  readonly #options: PosixOptions;
  #process: PosixProcess | undefined;

  constructor(options: PosixOptions) {
    this.#options = options;
  }

  /** Answers for a process that fork has made. */
  adopt(process: PosixProcess): void {
    this.#process = process;
  }

  /** The process, once it has started. */
  get process(): PosixProcess | undefined {
    return this.#process;
  }

  start(host: ForeignProcess): void {
    const options = this.#options;
    const given = host.arguments.map(byteStringOfText);
    const programArguments = options.argv0 === undefined ? given : [byteStringOfText(options.argv0), ...given.slice(1)];
    const called = options.executablePath ?? options.argv0 ?? host.arguments[0] ?? 'program';
    // The link leads from the root, always: C libraries end the program otherwise.
    const path = byteStringOfText(called.startsWith('/') ? called : `/${called}`);
    const makePersonality = (): AdoptingPersonality => new PosixPersonality(options);
    const process = new PosixProcess(new PosixDomain(makePersonality), host, options, {
      path,
      image: host.imageBytes,
      arguments: programArguments,
      environment: host.environment.map(byteStringOfText),
    });
    this.#process = process;
    if (options.trace !== undefined) process.tracer = new Tracer(options.trace, options.traceTimes === true);
    mountAll(process);
    openStandardStreams(process);
    drive(startProgram(process), (status) => {
      if (status !== 0) process.exit(status);
    });
  }

  syscall(host: ForeignThread): void {
    const process = this.#process!;
    const thread = process.threadOf(host);
    if (thread === undefined) return;
    const { call } = thread;
    const { domain } = process;
    process.current = thread;
    domain.currentCaps = process.caps;
    const number = call.begin();
    if (process.timesCalls) call.beganNs = process.clocks.monotonicOrZero();
    process.tracer?.began(call);
    const handler = (thread.seccomp && verdict(thread.seccomp, call)) ?? handlerOf(number);
    thread.accept(handler(call));
    process.current = undefined;
    domain.currentCaps = undefined;
  }

  fault(host: ForeignThread, vector: number, errorCode: number, address: bigint): boolean {
    const process = this.#process!;
    const thread = process.threadOf(host);
    if (thread === undefined) return false;
    if (enterLegacyCall(process.memory, host, vector, errorCode)) {
      this.syscall(host);
      return true;
    }
    const area = process.space.map.at(Number(address));
    if (vector === PAGE_FAULT && isMissingPage(area, errorCode)) {
      this.#loadPage(process, thread, errorCode, address);
      return true;
    }
    const info = faultSignal(vector, errorCode, address, host.rip, area);
    if (info === undefined) return false;
    process.current = thread;
    thread.raiseFault(info, vector, errorCode, address);
    process.current = undefined;
    return true;
  }

  /** Has the page that a thread came to loaded; behind the end of its file, and where there is no memory, that is SIGBUS. */
  #loadPage(process: PosixProcess, thread: PosixThread, errorCode: number, address: bigint): void {
    process.current = thread;
    thread.awaitPage(loadPage(process.pageOwner, Number(address)), (status) => {
      if (status === 0) {
        if (thread.hasDeliverable) thread.deliverSignals();
        return;
      }
      const info: SignalInfo = { signal: SIGNAL.BUS, code: SI.BUS_ADRERR, address };
      thread.raiseFault(info, PAGE_FAULT, errorCode, address);
    });
    process.current = undefined;
  }

  interrupted(host: ForeignThread): void {
    const process = this.#process!;
    const thread = process.threadOf(host);
    if (thread === undefined || thread.waiting || thread.ended) return;
    process.current = thread;
    if (thread.hasDeliverable) thread.deliverSignals();
    if (process.stoppedBy !== 0) thread.halt();
    process.current = undefined;
  }

  mappedFiles(): MappedFile[] {
    const areas = this.#process?.space.map.areas ?? [];
    return areas.filter(({ name }) => name.startsWith('/')).map(({ start, end, name }) => ({ start, end, path: name }));
  }

  exited(): void {
    this.#process?.released();
  }
}

/** Runs what belongs to no thread: goes on by itself when what it waits for is there. */
function drive(work: Blocking<number>, done: (status: number) => void): void {
  const step = work.next('ready');
  if (step.done === true) done(step.value);
  else step.value.begin(() => drive(work, done));
}

/** Enters the working directory, loads the program and makes its thread. Answers 0, or the status to end with. */
function* startProgram(process: PosixProcess): Blocking<number> {
  const { options, executable, mounts } = process;
  if (options.cwd !== undefined) {
    const resolved = yield* walk(mounts.root, mounts.root, byteStringOfText(options.cwd), {
      follow: true,
      pin: () => {},
    });
    // A working directory that is not there leaves the root, as a container runtime without it would refuse to.
    if (typeof resolved !== 'number' && resolved.node !== undefined) process.enterDirectory(resolved.node);
  }
  const resolver = {
    *resolvePath(_directory: number | undefined, path: string, follow: boolean) {
      return yield* walk(mounts.root, mounts.root, path, { follow, pin: () => {} });
    },
  };
  const interpreter = yield* readInterpreter(process.domain, resolver, executable.image);
  if (typeof interpreter === 'number') {
    const path = interpreterOf(executable.image);
    options.onStartFailure?.(
      `it is dynamic and its interpreter ${path} is not there (${errnoName(-interpreter)}): mount the root it belongs to, such as --mount /=ROOT:ro, or the host’s own by --mount /=/:ro`,
    );
    return CANNOT_EXECUTE + 1;
  }
  const start = yield* loadProgram(process, { ...executable, interpreter });
  if (typeof start === 'number') {
    options.onStartFailure?.(`it could not be loaded (${errnoName(-start)})`);
    return CANNOT_EXECUTE;
  }
  const host = process.host.newThread({ rip: BigInt(start.entry), rsp: BigInt(start.stackPointer), fsBase: 0n });
  if (host === undefined) return CANNOT_EXECUTE;
  const name = executable.path.slice(executable.path.lastIndexOf('/') + 1).slice(0, 15);
  process.addThread(host, name);
  return 0;
}
