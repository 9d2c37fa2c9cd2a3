// One system call in progress: its arguments, as the C types its manual page names, and whose it is.
//
// Linux passes RDI, RSI, RDX, R10, R8, R9 and answers in RAX; RCX and R11 are the processor's (psABI A.2.1).

import { REGISTER } from '@capos/abi';
import type { DirectoryNode } from './files/directory-node.ts';
import type { OpenFile } from './files/open-file.ts';
import { type Resolved, type WalkLimits, type WalkOptions, walk } from './files/path-walk.ts';
import { type Credentials, effective, isUnrestricted } from './files/permission.ts';
import type { ByteString, GuestMemory } from './guest-memory.ts';
import { ERRNO } from './linux/errno.ts';
import { AT, OPEN } from './linux/file-flags.ts';
import type { PosixProcess } from './posix-process.ts';
import type { PosixThread } from './posix-thread.ts';
import type { Blocking } from './waiting.ts';

const ARGUMENT_REGISTERS = [REGISTER.RDI, REGISTER.RSI, REGISTER.RDX, REGISTER.R10, REGISTER.R8, REGISTER.R9] as const;
const TWO_32 = 0x1_0000_0000;

/** What a handler answers: a result, minus an error number, or undefined when it has set the registers itself. */
export type CallAnswer = number | undefined;

/** Who is told of calls, and of the ends of threads and processes. */
export interface CallObserver {
  began(call: Call): void;
  ended(call: Call, answer: CallAnswer): void;
  /** Maybe in the middle of a call. `status` is that of wait4(2). */
  exited(thread: PosixThread, status: number): void;
  killed(process: PosixProcess, signal: number): void;
}

export class Call {
  readonly thread: PosixThread;
  readonly process: PosixProcess;
  readonly memory: GuestMemory;
  /** The system call's number. */
  number = -1;
  /** The path it was about last, made absolute, while somebody wants refusals explained. */
  subject: ByteString | undefined;
  /** When it began, if somebody counts or traces; else 0. */
  beganNs = 0;
  #registers: BigUint64Array;
  #halves: Int32Array;
  readonly #pinned: DirectoryNode[] = [];
  readonly #held: OpenFile[] = [];

  constructor(thread: PosixThread) {
    this.thread = thread;
    this.process = thread.process;
    this.memory = thread.process.memory;
    this.#registers = thread.host.registers;
    this.#halves = new Int32Array(this.#registers.buffer, this.#registers.byteOffset, 32);
  }

  /** The halves of the live registers, low first. The kernel may hand out another array when its memory moves. */
  #words(): Int32Array {
    const { registers } = this.thread.host;
    if (registers !== this.#registers) {
      this.#registers = registers;
      this.#halves = new Int32Array(registers.buffer, registers.byteOffset, 32);
    }
    return this.#halves;
  }

  /** Notes which call this is and answers its number. */
  begin(): number {
    const words = this.#words();
    this.number = words[REGISTER.RAX * 2 + 1] === 0 ? words[REGISTER.RAX * 2]! : -1;
    return this.number;
  }

  /** Puts a result into RAX. */
  setResult(result: number): void {
    const words = this.#words();
    // A store to an Int32Array takes the number modulo 2^32, which is what `| 0` does.
    words[REGISTER.RAX * 2] = result | 0;
    words[REGISTER.RAX * 2 + 1] = Math.floor(result / TWO_32);
  }

  /** `int`: the low 32 bits, signed. */
  integer(index: number): number {
    return this.#words()[ARGUMENT_REGISTERS[index]! * 2]!;
  }

  /** `unsigned int`. */
  unsigned(index: number): number {
    return this.#words()[ARGUMENT_REGISTERS[index]! * 2]! >>> 0;
  }

  /** `unsigned long`, `size_t` or a pointer. Beyond 2^53 the low bits go; no memory call accepts such a value. */
  word(index: number): number {
    const words = this.#words();
    const register = ARGUMENT_REGISTERS[index]! * 2;
    return (words[register + 1]! >>> 0) * TWO_32 + (words[register]! >>> 0);
  }

  /** `long` or `off_t`. */
  long(index: number): number {
    const words = this.#words();
    const register = ARGUMENT_REGISTERS[index]! * 2;
    return words[register + 1]! * TWO_32 + (words[register]! >>> 0);
  }

  /** All 64 bits. */
  bits(index: number): bigint {
    return this.thread.host.registers[ARGUMENT_REGISTERS[index]!]!;
  }

  /** The open file behind a descriptor argument, or −EBADF; also for one of O_PATH, which is good for little. */
  file(index: number): OpenFile | number {
    const file = this.anyFile(index);
    return typeof file === 'number' || (file.statusFlags & OPEN.PATH) === 0 ? file : -ERRNO.EBADF;
  }

  /** The same for calls that take descriptors of O_PATH too (open(2), O_PATH). */
  anyFile(index: number): OpenFile | number {
    return this.process.descriptors.get(this.integer(index)) ?? -ERRNO.EBADF;
  }

  /** Keeps a file open until the call has ended, even if another thread closes its descriptor. */
  hold<File extends OpenFile>(file: File): File {
    this.#held.push(file.retain());
    return file;
  }

  /** Keeps a directory node open until the call has ended. */
  readonly pin = (node: DirectoryNode): void => {
    this.#pinned.push(node.retain());
  };

  /** The call has ended: lets go of what it held. */
  end(): void {
    this.subject = undefined;
    this.searchesAs = undefined;
    while (this.#pinned.length > 0) this.#pinned.pop()!.release();
    while (this.#held.length > 0) this.#held.pop()!.release();
  }

  /** The path at a pointer argument, or minus an error number. */
  path(index: number): ByteString | number {
    return this.memory.path(this.word(index));
  }

  /** The directory that a relative path starts from: the descriptor at `index`, or the working directory. */
  startDirectory(index: number | undefined, path: ByteString): DirectoryNode | number {
    if (index === undefined || path.startsWith('/')) return this.process.workingDirectory;
    const descriptor = this.integer(index);
    if (descriptor === AT.FDCWD) return this.process.workingDirectory;
    const file = this.process.descriptors.get(descriptor);
    if (file === undefined) return -ERRNO.EBADF;
    return this.process.directoryOf(file) ?? -ERRNO.ENOTDIR;
  }

  /**
   * Resolves the path at argument `pathIndex`, relative to the descriptor at `directoryIndex` if given. `follow`: whether
   * a last symbolic link is followed.
   */
  *resolve(
    directoryIndex: number | undefined,
    pathIndex: number,
    follow: boolean,
    mayBeMissing: boolean = false,
  ): Blocking<Resolved | number> {
    const path = this.path(pathIndex);
    if (typeof path === 'number') return path;
    return yield* this.resolvePath(directoryIndex, path, follow, mayBeMissing);
  }

  /** Who searches directories when it is not whom the effective numbers say: access(2). */
  searchesAs: Credentials | undefined;

  /** Whose permission counts on the way; undefined for who may search anything. */
  get searcher(): Credentials | undefined {
    const searcher = this.searchesAs ?? effective(this.process.identity);
    return isUnrestricted(searcher) ? undefined : searcher;
  }

  *resolvePath(
    directoryIndex: number | undefined,
    path: ByteString,
    follow: boolean,
    mayBeMissing: boolean = false,
  ): Blocking<Resolved | number> {
    if (path === '') return -ERRNO.ENOENT;
    const start = this.startDirectory(directoryIndex, path);
    if (typeof start === 'number') return start;
    return yield* this.#resolveFrom(this.process.root, start, path, {
      follow,
      mayBeMissing,
      searcher: this.searcher,
      pin: this.pin,
    });
  }

  /** As `resolve`, but only where the limits let the path lead (openat2(2)). */
  *resolveWithin(
    directoryIndex: number,
    pathIndex: number,
    follow: boolean,
    mayBeMissing: boolean,
    limits: WalkLimits,
  ): Blocking<Resolved | number> {
    const path = this.path(pathIndex);
    if (typeof path === 'number') return path;
    // Where the descriptor is the root, absolute paths start there too.
    const start = this.startDirectory(directoryIndex, limits.inRoot ? path.replace(/^\/+/, './') : path);
    if (typeof start === 'number') return start;
    const root = limits.inRoot ? start : this.process.root;
    return yield* this.#resolveFrom(root, start, path, {
      ...{ follow, mayBeMissing, limits },
      searcher: this.searcher,
      pin: this.pin,
    });
  }

  *#resolveFrom(
    root: DirectoryNode,
    start: DirectoryNode,
    path: ByteString,
    options: WalkOptions,
  ): Blocking<Resolved | number> {
    const { process } = this;
    if (!process.seenMounts.isCurrent(process.namespace)) yield* process.catchUpWithMounts(this.pin);
    if (this.process.options.onRefused !== undefined) this.subject = absolute(start, path);
    const resolved = yield* walk(root, start, path, options);
    if (typeof resolved === 'number' || resolved.status === undefined) return resolved;
    const { unixSockets, specialFiles } = this.process.domain;
    const special = specialFiles.shown(resolved.parent.mount.source, resolved.status);
    const status = unixSockets.empty ? special : unixSockets.shown(special);
    return status === resolved.status ? resolved : { ...resolved, status };
  }

  /** As `resolve`, for what must exist; also answers its status by itself. */
  *existing(
    directoryIndex: number | undefined,
    pathIndex: number,
    follow: boolean,
  ): Blocking<(Resolved & { readonly status: NonNullable<Resolved['status']> }) | number> {
    const resolved = yield* this.resolve(directoryIndex, pathIndex, follow);
    if (typeof resolved === 'number') return resolved;
    if (resolved.status === undefined) return -ERRNO.ENOENT;
    return { ...resolved, status: resolved.status };
  }
}

function absolute(start: DirectoryNode, path: ByteString): ByteString {
  if (path.startsWith('/')) return path;
  const above = start.path();
  return above === '/' ? `/${path}` : `${above}/${path}`;
}
