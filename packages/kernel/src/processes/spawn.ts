// Spawning: from a request to a process that holds exactly what was granted.
//
//   resolve image ─▶ charge the spawner ─▶ process, cap table ← grants ─▶ body (arena or address space) ─▶ runnable
//
// Whatever fails on the way undoes everything before it; the spawner's own capabilities are copied or moved only by the call
// that carried them (ipc/object-call.ts), after this has succeeded.

import { type HostedProgram, MAX_CAP_NAME_LENGTH, type PersonalityFactory, utf8Length } from '@capos/abi';
import { type LedgerLimits, RESOURCE } from '../accounting/ledger.ts';
import {
  type Capability,
  type KernelObject,
  ORIGIN,
  TRANSFER_MODE,
  type TransferMode,
} from '../capabilities/kernel-object.ts';
import { KernelError } from '../kernel-error.ts';
import type { Nucleus } from '../nucleus.ts';
import { HostedBody } from './hosted-process.ts';
import { Process } from './process.ts';
import type { WorkerHost, WorkerProgram } from './worker-host.ts';
import { WorkerBody } from './worker-process.ts';

/** The most names a CapSet's pages hold: (13 × 4096 − 16) / 48. */
const MAX_GRANTS = 1100;
/** Bytes of arguments and environment together. */
const MAX_STRINGS = 0x2_0000;
/** Bytes of a process's name: tools show all of them in one message. */
const MAX_NAME = 255;

/** A capability for a child, and its name there. */
export interface SpawnGrant {
  readonly name: string;
  readonly capability: Capability;
}

/** What to start, and with what. */
export interface SpawnRequest {
  readonly name: string;
  /** An ELF64 file; or `program` names a registered or packed one, or `hosted` is one in TypeScript. */
  readonly image?: Uint8Array | undefined;
  readonly program?: string | undefined;
  readonly hosted?: HostedProgram | WorkerProgram | undefined;
  readonly arguments: readonly string[];
  readonly environment: readonly string[];
  readonly grants: readonly SpawnGrant[];
  readonly personality?: PersonalityFactory | undefined;
  readonly personalityOptions?: unknown;
  /** Whose account a process counts on; none for the embedder's own. */
  readonly spawner?: Process | undefined;
  readonly limits?: LedgerLimits | undefined;
}

/** Makes the body of an `elf` or `foreign` process and its first thread. Throws KernelError; undoes nothing itself. */
export interface ElfLauncher {
  launch(process: Process, image: Uint8Array, request: SpawnRequest): void;
}

/** A TypeScript program that can be spawned by name. */
export interface RegisteredProgram {
  readonly program: HostedProgram | WorkerProgram;
  readonly arenaBytes: number;
}

/** What spawning draws on. */
export interface SpawnResources {
  readonly nucleus: Nucleus;
  readonly programs: ReadonlyMap<string, RegisteredProgram>;
  readonly blob: (name: string) => Uint8Array | undefined;
  /** undefined in a kernel without a machine. */
  readonly launcher: ElfLauncher | undefined;
  /** undefined where the embedder lends no threads. */
  readonly workers: WorkerHost | undefined;
  /** Capabilities that every native process has over itself, by name. */
  readonly selfObjects: ReadonlyMap<string, KernelObject>;
  readonly limits: LedgerLimits;
  readonly defaultArenaBytes: number;
}

/** Starts processes. */
export class SpawnService {
  readonly #resources: SpawnResources;

  constructor(resources: SpawnResources) {
    this.#resources = resources;
  }

  /** @throws KernelError when the request makes no sense or something is used up */
  spawn(request: SpawnRequest): Process {
    const { nucleus } = this.#resources;
    const hosted = this.#hosted(request);
    const image = hosted === undefined ? this.#image(request) : undefined;
    checkStrings(request);
    const { spawner } = request;
    const payer = spawner?.ledger ?? nucleus.ledger;
    if (!payer.reserve(RESOURCE.PROCESSES, 1)) {
      throw new KernelError('cannotSpawn', `can't start ${request.name}: its spawner may have no further process`);
    }
    const process = new Process(
      nucleus,
      nucleus.nextProcessId(),
      request.name,
      // What the spawner names replaces the default; its own limits hold in any case, since the account is its own.
      spawner === undefined
        ? (request.limits ?? this.#resources.limits)
        : { ...this.#resources.limits, ...request.limits },
      payer,
    );
    process.ended.push(() => payer.release(RESOURCE.PROCESSES, 1));
    nucleus.processes.set(process.id, process);
    try {
      for (const { name, capability } of request.grants)
        grant(process, name, capability.object, capability.epoch, capability.transferMode);
      if (hosted !== undefined) this.#startTypeScript(process, hosted, request);
      else this.#startElf(process, image!, request);
      return process;
    } catch (error) {
      process.end({ which: 'killed', killed: 9 });
      throw error;
    }
  }

  #startTypeScript(process: Process, { program, arenaBytes }: RegisteredProgram, request: SpawnRequest): void {
    if (typeof program === 'object') {
      this.#startWorker(process, program, arenaBytes, request);
      return;
    }
    const body = HostedBody.create(process, arenaBytes);
    if (body === undefined) throw noArena(process, arenaBytes);
    process.body = body;
    // Not from inside the spawner's call: the program runs once that has been answered.
    process.nucleus.notifier.push({
      notified: () => {
        if (!process.isDying) body.start(program, request.arguments, request.environment);
      },
    });
  }

  #startWorker(process: Process, { module }: WorkerProgram, arenaBytes: number, request: SpawnRequest): void {
    const { workers } = this.#resources;
    if (workers === undefined || typeof SharedArrayBuffer === 'undefined' || !('waitAsync' in Atomics)) {
      throw new KernelError(
        'noWorkers',
        `can't start ${process.name}: give the kernel threads (workers), where there are SharedArrayBuffer and Atomics.waitAsync`,
      );
    }
    const body = WorkerBody.create(process, arenaBytes);
    if (body === undefined) throw noArena(process, arenaBytes);
    process.body = body;
    try {
      body.start(workers, module, request.arguments, request.environment);
    } catch (error) {
      throw new KernelError('cannotSpawn', `can't start ${process.name} in a Worker: ${String(error)}`);
    }
  }

  #startElf(process: Process, image: Uint8Array, request: SpawnRequest): void {
    const { launcher, selfObjects } = this.#resources;
    if (launcher === undefined) {
      throw new KernelError('noMachine', `can't start ${process.name}: this kernel has no machine to run ELF files on`);
    }
    if (request.personality === undefined) {
      for (const [name, object] of selfObjects) {
        if (process.names.has(name)) continue;
        grant(process, name, object, object.epoch, TRANSFER_MODE.NON_TRANSFERABLE, ORIGIN.KERNEL);
      }
    }
    launcher.launch(process, image, request);
  }

  #hosted(request: SpawnRequest): RegisteredProgram | undefined {
    if (request.hosted !== undefined) {
      return { program: request.hosted, arenaBytes: this.#resources.defaultArenaBytes };
    }
    return request.image === undefined && request.program !== undefined
      ? this.#resources.programs.get(request.program)
      : undefined;
  }

  #image(request: SpawnRequest): Uint8Array {
    if (request.image !== undefined) return request.image;
    const { program } = request;
    const blob = program === undefined ? undefined : this.#resources.blob(program);
    if (blob !== undefined) return blob;
    throw new KernelError(
      'unknownName',
      program === undefined
        ? `can't start ${request.name}: give an image or the name of a program`
        : `can't start ${request.name}: no program "${program}" is registered or packed`,
    );
  }
}

function noArena({ name }: Process, arenaBytes: number): KernelError {
  return new KernelError('cannotSpawn', `can't start ${name}: no room for an arena of ${arenaBytes} bytes`);
}

function grant(
  process: Process,
  name: string,
  object: KernelObject,
  epoch: number,
  mode: TransferMode,
  origin: (typeof ORIGIN)[keyof typeof ORIGIN] = ORIGIN.SPAWN_GRANT,
): void {
  const capId = process.table.insert(object, epoch, mode, origin);
  if (capId === 0) throw new KernelError('cannotSpawn', `can't start ${process.name}: no slot left for "${name}"`);
  process.names.set(name, capId);
}

function checkStrings({ name, grants, arguments: args, environment }: SpawnRequest): void {
  if (grants.length > MAX_GRANTS) {
    throw new KernelError('cannotSpawn', `can't start ${name}: ${grants.length} grants, a CapSet holds ${MAX_GRANTS}`);
  }
  const seen = new Set<string>();
  for (const { name: granted } of grants) {
    const length = utf8Length(granted);
    if (length === 0 || length > MAX_CAP_NAME_LENGTH || granted.includes('\0') || seen.has(granted)) {
      throw new KernelError(
        'cannotSpawn',
        `can't start ${name}: "${granted}" can't name a grant, use 1 to ${MAX_CAP_NAME_LENGTH} bytes without NUL, each name once`,
      );
    }
    seen.add(granted);
  }
  if (utf8Length(name) > MAX_NAME) {
    throw new KernelError('cannotSpawn', `can't start a program whose name has more than ${MAX_NAME} bytes`);
  }
  let total = 0;
  for (const text of [...args, ...environment]) {
    if (text.includes('\0')) throw new KernelError('cannotSpawn', `can't start ${name}: an argument contains NUL`);
    total += utf8Length(text) + 9;
  }
  if (total > MAX_STRINGS) {
    throw new KernelError('cannotSpawn', `can't start ${name}: ${total} bytes of arguments, at most ${MAX_STRINGS}`);
  }
}
