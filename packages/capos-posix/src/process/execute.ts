// execve: another program in the same process.
//
//   resolve ─▶ read the file ─▶ "#!"? its interpreter instead, at most 4 times ─▶ ELF, static or with PT_INTERP
//   ── from here on there is no way back ──
//   other threads end · descriptors marked close-on-exec close · memory goes · handlers reset · the program is loaded

import { REGISTER } from '@capos/abi';
import type { Call, CallAnswer } from '../call.ts';
import { fileKey } from '../files/change-watches.ts';
import { type FileStatus, isSymlink } from '../files/file-status.ts';
import type { OpenFile } from '../files/open-file.ts';
import { PathHandle } from '../files/path-handle.ts';
import type { Resolved } from '../files/path-walk.ts';
import { ACCESS, effective, permits } from '../files/permission.ts';
import { RegularFile } from '../files/regular-file.ts';
import { type ByteString, byteString } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { AT } from '../linux/file-flags.ts';
import { SIGNAL, SS } from '../linux/signal-numbers.ts';
import { loadProgram } from '../loader/program.ts';
import type { PosixDomain } from '../posix-domain.ts';
import type { Executable, PosixProcess } from '../posix-process.ts';
import { type Blocking, settle } from '../waiting.ts';
import { programExecuted } from './privileges.ts';
import { readProgram } from './program-file.ts';

/** Bytes of argv and envp together (execve(2), "Limits on size of arguments and environment"). */
const ARGUMENT_BYTES = 2 * 1024 * 1024;
const SCRIPT_NESTING = 4;
const SCRIPT_LINE = 256;

/** The interpreter line of a script: path and at most one argument. */
function scriptLine(file: Uint8Array): readonly [path: ByteString, argument: ByteString | undefined] | undefined {
  if (file[0] !== 0x23 || file[1] !== 0x21) return undefined;
  const head = byteString(file.subarray(2, SCRIPT_LINE));
  const line = head.slice(0, head.indexOf('\n') < 0 ? head.length : head.indexOf('\n')).trim();
  const space = line.search(/[ \t]/);
  return space < 0 ? [line, undefined] : [line.slice(0, space), line.slice(space).trim()];
}

const PT_INTERP = 3;

/** The interpreter an ELF file names; undefined for a static one. */
export function interpreterOf(file: Uint8Array): ByteString | undefined {
  if (file.length < 64) return undefined;
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const headers = Number(view.getBigUint64(32, true));
  for (let index = 0; index < view.getUint16(56, true); index++) {
    const at = headers + index * 56;
    if (at + 56 > file.length) return undefined;
    if (view.getUint32(at, true) !== PT_INTERP) continue;
    const offset = Number(view.getBigUint64(at + 8, true));
    const size = Number(view.getBigUint64(at + 32, true));
    return byteString(file.subarray(offset, offset + Math.min(size, 4096))).replace(/\0.*$/s, '');
  }
  return undefined;
}

function isElf(file: Uint8Array): boolean {
  return file[0] === 0x7f && file[1] === 0x45 && file[2] === 0x4c && file[3] === 0x46;
}

/** The file of an ELF image's interpreter: undefined for a static one, minus an error number when it can't be had. */
export function* readInterpreter(
  domain: PosixDomain,
  call: Pick<Call, 'resolvePath'>,
  image: Uint8Array,
): Blocking<Uint8Array | number | undefined> {
  const path = interpreterOf(image);
  if (path === undefined) return undefined;
  const resolved = yield* call.resolvePath(undefined, path, true);
  return typeof resolved === 'number' ? resolved : yield* readProgram(domain, resolved);
}

/** What execveat(2) executes when it is given a descriptor and no path. */
function* atDescriptor(call: Call, index: number): Blocking<Resolved | number> {
  const file = call.anyFile(index);
  if (typeof file === 'number') return file;
  return yield* ofOpened(call, call.hold(file));
}

/** What an open file is as a program: one that is open for its path only is what is there. */
function* ofOpened(call: Call, file: OpenFile): Blocking<Resolved | number> {
  const status = yield* settle(file.status());
  if (typeof status === 'number') return status;
  if (file instanceof PathHandle) return { ...file.place, status, node: undefined, trailingSlash: false };
  if (!(file instanceof RegularFile) || (status.mode & 0o111) === 0) return -ERRNO.EACCES;
  return { parent: call.process.root, name: '', status, node: undefined, trailingSlash: false, magic: file };
}

/** −EACCES or −ELOOP for what is there and can't be executed. */
function executable({ process }: Call, { status, node, magic }: Resolved): number {
  if (status !== undefined && isSymlink(status) && magic === undefined) return -ERRNO.ELOOP;
  if (node !== undefined) return -ERRNO.EACCES;
  if (status === undefined || magic !== undefined) return 0;
  return permits(effective(process.identity), status, ACCESS.EXECUTE) ? 0 : -ERRNO.EACCES;
}

function isBeingWritten(domain: PosixDomain, status: FileStatus | undefined): boolean {
  return status !== undefined && domain.openRegularFiles(fileKey(status)).some(({ writable }) => writable);
}

/** Where a program was found, as /proc/self/exe shows it. */
function pathOf({ parent, name, magic }: Resolved): ByteString {
  if (magic !== undefined) return magic.description;
  const above = parent.path();
  return `${above === '/' ? '' : above}/${name}`;
}

interface FoundProgram {
  readonly image: Uint8Array;
  readonly path: ByteString;
  readonly arguments: readonly ByteString[];
  /** Of the file that is loaded. */
  readonly status: FileStatus | undefined;
}

/** The file behind a name, or behind the descriptor when that is empty; where it is a script, the interpreter that runs it. */
function* findProgram(
  call: Call,
  directoryIndex: number | undefined,
  name: ByteString,
  follows: boolean,
  given: readonly ByteString[],
): Blocking<FoundProgram | number> {
  const isOpen = name === '' && directoryIndex !== undefined;
  let found = isOpen
    ? yield* atDescriptor(call, directoryIndex)
    : yield* call.resolvePath(directoryIndex, name, follows);
  let path: ByteString = isOpen ? `/dev/fd/${call.integer(directoryIndex)}` : name;
  let programArguments = given;
  for (let nesting = 0; ; nesting++) {
    const resolved =
      typeof found !== 'number' && found.magic !== undefined ? yield* ofOpened(call, found.magic) : found;
    if (typeof resolved === 'number') return resolved;
    const refused = executable(call, resolved);
    if (refused < 0) return refused;
    if (isBeingWritten(call.process.domain, resolved.status)) return -ERRNO.ETXTBSY;
    const image = yield* readProgram(call.process.domain, resolved);
    if (typeof image === 'number') return image;
    const script = scriptLine(image);
    if (script === undefined)
      return { image, path: pathOf(resolved), arguments: programArguments, status: resolved.status };
    if (nesting >= SCRIPT_NESTING) return -ERRNO.ELOOP;
    if (script[0] === '') return -ERRNO.ENOEXEC;
    programArguments = [script[0], ...(script[1] === undefined ? [] : [script[1]]), path, ...programArguments.slice(1)];
    path = script[0];
    found = yield* call.resolvePath(undefined, path, true);
  }
}

const SET_USER_ID = 0o4000;
const SET_GROUP_ID = 0o2000;
const GROUP_EXECUTE = 0o010;

/** Acts as the file's owner or group when its set-ID bits say so (execve(2)). Answers whether that is somebody else. */
function takeIdentity({ identity, attributes }: PosixProcess, status: FileStatus | undefined): boolean {
  const { euid, egid } = identity;
  if (status !== undefined && !attributes.noNewPrivileges) {
    const { mode } = status;
    if ((mode & SET_USER_ID) !== 0) identity.euid = status.uid;
    const setsGroup = SET_GROUP_ID | GROUP_EXECUTE;
    if ((mode & setsGroup) === setsGroup) identity.egid = status.gid;
  }
  identity.suid = identity.fsuid = identity.euid;
  identity.sgid = identity.fsgid = identity.egid;
  const changes = euid !== identity.euid || egid !== identity.egid;
  programExecuted(identity, changes);
  return changes;
}

/** The thread's process becomes another program: nothing of the one before stays but what execve(2) names. */
function* become(
  call: Call,
  program: Executable,
  status: FileStatus | undefined,
  interpreter: Uint8Array | undefined,
  threadName: ByteString,
): Blocking<CallAnswer> {
  const { process, thread } = call;
  for (const other of [...process.threads.values()]) if (other !== thread) process.endThreadQuietly(other);
  process.descriptors.closeOnExecDescriptors();
  process.actions.resetHandlers();
  process.exitSignal = SIGNAL.CHLD;
  const changesIdentity = takeIdentity(process, status);
  const { uid, euid, gid, egid } = process.identity;
  process.attributes.dumpable = changesIdentity || uid !== euid || gid !== egid ? 0 : 1;
  if (changesIdentity) process.parentDeathSignal = 0;
  process.timers.clear();
  thread.alternateStack = { base: 0, size: 0, flags: SS.DISABLE };
  thread.clearChildTid = 0;
  thread.robustList = 0;
  thread.name = threadName;
  const hasMemory = process.dropMemory();
  process.executable = status === undefined ? program : { ...program, key: fileKey(status) };
  const start = hasMemory
    ? yield* loadProgram(process, { ...program, interpreter, isSecure: changesIdentity })
    : -ERRNO.ENOMEM;
  if (typeof start === 'number') {
    process.killedBy(SIGNAL.KILL);
    return undefined;
  }
  process.executed();
  const { host } = thread;
  host.registers.fill(0n);
  host.registers[REGISTER.RSP] = BigInt(start.stackPointer);
  host.rip = BigInt(start.entry);
  host.rflags = 0x202n;
  host.fsBase = 0n;
  host.gsBase = 0n;
  process.host.executed(host, program.path);
  return undefined;
}

export function* executeImage(
  call: Call,
  directoryIndex: number | undefined,
  pathIndex: number,
  argumentsIndex: number,
  environmentIndex: number,
  flags: number,
): Blocking<CallAnswer> {
  const name = call.path(pathIndex);
  if (typeof name === 'number') return name;
  if (name === '' && (flags & AT.EMPTY_PATH) === 0) return -ERRNO.ENOENT;
  if ((flags & ~(AT.EMPTY_PATH | AT.SYMLINK_NOFOLLOW)) !== 0) return -ERRNO.EINVAL;
  const given = call.memory.stringVector(call.word(argumentsIndex), ARGUMENT_BYTES);
  if (typeof given === 'number') return given;
  const environment = call.memory.stringVector(call.word(environmentIndex), ARGUMENT_BYTES);
  if (typeof environment === 'number') return environment;
  const follows = (flags & AT.SYMLINK_NOFOLLOW) === 0;
  // A program always has a name to be called by (Linux since 5.18).
  const found = yield* findProgram(call, directoryIndex, name, follows, given.length === 0 ? [''] : given);
  if (typeof found === 'number') return found;
  if (!isElf(found.image)) return -ERRNO.ENOEXEC;
  const interpreter = yield* readInterpreter(call.process.domain, call, found.image);
  if (typeof interpreter === 'number') return interpreter;
  // Links are not followed in it: busybox and redis are many programs of one file.
  const calledName = lastPart(name) || lastPart(found.path);
  const { status, ...program } = found;
  return yield* become(call, { ...program, environment }, status, interpreter, calledName.slice(0, 15));
}

const lastPart = (path: ByteString): ByteString => path.slice(path.lastIndexOf('/') + 1, 4096);
