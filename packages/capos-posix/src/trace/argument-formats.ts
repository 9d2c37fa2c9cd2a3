// How a trace shows each kind of argument. A format reads the program's memory and nothing else.

import type { Call } from '../call.ts';
import { bytesOf } from '../guest-memory.ts';
import { AT, EPOLL, FCNTL, IOCTL, OPEN, POLL } from '../linux/file-flags.ts';
import { MADVISE, MAP, PROT } from '../linux/memory-flags.ts';
import { SIG_DFL, SIG_HOW, SIG_IGN, signalName } from '../linux/signal-numbers.ts';
import { AF, familyName, LEVEL, MSG, SOCK } from '../linux/socket-numbers.ts';
import { CLOCK, CLONE, FUTEX, RLIMIT } from '../linux/thread-flags.ts';
import { readSocketName } from '../sockets/socket-name.ts';

/** The kinds of argument. */
export type ArgumentFormat = keyof typeof ARGUMENT_FORMATS;

/** `answer` is what the call answered; undefined while it has not. */
type Format = (call: Call, index: number, answer: number | undefined) => string;

/** Bytes of text that are shown before an ellipsis. */
const SHOWN_BYTES = 32;
const SHOWN_ELEMENTS = 8;

function hex(value: number): string {
  return value === 0 ? '0' : `0x${value.toString(16)}`;
}

function quoted(bytes: Uint8Array, complete: boolean): string {
  let text = '"';
  for (const byte of bytes) {
    if (byte === 0x0a) text += '\\n';
    else if (byte === 0x09) text += '\\t';
    else if (byte === 0x0d) text += '\\r';
    else if (byte === 0x22 || byte === 0x5c) text += `\\${String.fromCharCode(byte)}`;
    else if (byte >= 0x20 && byte < 0x7f) text += String.fromCharCode(byte);
    else text += `\\${byte.toString(8)}`;
  }
  return `${text}"${complete ? '' : '…'}`;
}

function bytesAt(call: Call, address: number, length: number): string {
  const bytes = call.memory.readSome(address, Math.min(length, SHOWN_BYTES));
  if (bytes.length === 0 && length > 0) return hex(address);
  return quoted(bytes, length <= SHOWN_BYTES);
}

function textAt(call: Call, address: number): string {
  if (address === 0) return 'NULL';
  const path = call.memory.path(address);
  if (typeof path === 'number') return hex(address);
  return quoted(
    Uint8Array.from(path, (character) => character.charCodeAt(0)),
    true,
  );
}

/** Names of the bits set, the rest in hexadecimal. */
function bits(value: number, prefix: string, names: Record<string, number>, none: string): string {
  const parts: string[] = [];
  let rest = value >>> 0;
  // Wide masks first, so that O_SYNC is not shown as O_DSYNC and a remainder.
  const sorted = Object.entries(names)
    .filter(([, bit]) => bit !== 0)
    .sort(([, left], [, right]) => popCount(right) - popCount(left));
  for (const [name, bit] of sorted) {
    if ((rest & bit) >>> 0 !== bit >>> 0) continue;
    parts.push(prefix + name);
    rest = (rest & ~bit) >>> 0;
  }
  if (rest !== 0) parts.push(hex(rest));
  return parts.length === 0 ? none : parts.join('|');
}

function popCount(value: number): number {
  let count = 0;
  for (let rest = value >>> 0; rest !== 0; rest = (rest & (rest - 1)) >>> 0) count++;
  return count;
}

function nameOf(value: number, prefix: string, names: Record<string, number>): string {
  for (const [name, number] of Object.entries(names)) if (number === value) return prefix + name;
  return hex(value >>> 0);
}

function timespecAt(call: Call, address: number): string {
  if (address === 0) return 'NULL';
  const view = call.memory.view(address, 16);
  return view === undefined ? hex(address) : `{${view.getBigInt64(0, true)}s ${view.getBigInt64(8, true)}ns}`;
}

function signalSetAt(call: Call, address: number): string {
  if (address === 0) return 'NULL';
  const set = call.memory.uint64(address);
  if (set === undefined) return hex(address);
  const names: string[] = [];
  const inverted = set > 0xffff_ffffn && popCount64(set) > 32;
  for (let signal = 1; signal <= 64; signal++)
    if (((set >> BigInt(signal - 1)) & 1n) === (inverted ? 0n : 1n)) names.push(signalName(signal).replace('SIG', ''));
  return `${inverted ? '~' : ''}[${names.join(' ')}]`;
}

function popCount64(set: bigint): number {
  return popCount(Number(set & 0xffff_ffffn)) + popCount(Number(set >> 32n));
}

function descriptor(call: Call, index: number): string {
  return String(call.integer(index));
}

const {
  RDONLY: _readOnly,
  ACCMODE: _accessMode,
  WRONLY: _writeOnly,
  RDWR: _readWrite,
  LARGEFILE: _large,
  ...OPEN_BITS
} = OPEN;
const OPEN_FLAG_BITS = { ...OPEN_BITS, LARGEFILE: OPEN.LARGEFILE };
const { TYPE: _type, SHARED_VALIDATE: _validate, ...MAP_BITS } = MAP;
const { EXIT_SIGNAL: _exitSignal, ...CLONE_BITS } = CLONE;
const {
  COMMAND: _c,
  PRIVATE: _p,
  CLOCK_REALTIME: _r,
  BITSET_ANY: _b,
  WAITERS: _w,
  OWNER_DIED: _o,
  TID_MASK: _t,
  ...FUTEX_COMMANDS
} = FUTEX;
const { FDCWD: _cwd, REMOVEDIR: _remove, ...AT_BITS } = AT;
const RESOURCES: Record<string, number> = RLIMIT;

const SOCKET_TYPES: Record<number, string> = { 1: 'SOCK_STREAM', 2: 'SOCK_DGRAM', 3: 'SOCK_RAW', 5: 'SOCK_SEQPACKET' };

function socketNameAt(call: Call, address: number, length: number): string {
  if (address === 0) return 'NULL';
  const name = readSocketName(call.memory, address, length);
  if (typeof name === 'number') return hex(address);
  if (name === 'unspecified') return '{AF_UNSPEC}';
  if (name.family === AF.UNIX) return `{AF_UNIX ${quoted(bytesOf(name.path), true)}}`;
  const groups = Array.from({ length: 8 }, (_, at) =>
    ((name.address[at * 2]! << 8) | name.address[at * 2 + 1]!).toString(16),
  );
  return name.family === AF.INET
    ? `{AF_INET ${name.address.join('.')}:${name.port}}`
    : `{AF_INET6 [${groups.join(':')}]:${name.port}}`;
}

export const ARGUMENT_FORMATS = {
  integer: (call, index) => String(call.integer(index)),
  unsigned: (call, index) => String(call.unsigned(index)),
  long: (call, index) => String(call.long(index)),
  size: (call, index) => String(call.word(index)),
  hex: (call, index) => hex(call.word(index)),
  octal: (call, index) => `0${call.unsigned(index).toString(8)}`,
  address: (call, index) => (call.word(index) === 0 ? 'NULL' : hex(call.word(index))),
  descriptor,
  directory: (call, index) => (call.integer(index) === AT.FDCWD ? 'AT_FDCWD' : descriptor(call, index)),
  path: (call, index) => textAt(call, call.word(index)),
  strings: (call, index) => {
    const strings = call.memory.stringVector(call.word(index), 4096);
    if (typeof strings === 'number') return hex(call.word(index));
    const shown = strings.slice(0, SHOWN_ELEMENTS).map((text) =>
      quoted(
        Uint8Array.from(text, (c) => c.charCodeAt(0)),
        true,
      ),
    );
    return `[${shown.join(', ')}${strings.length > SHOWN_ELEMENTS ? ', …' : ''}]`;
  },
  /** Text the call fills in; ends with a NUL or with what the call answered. */
  'text-out': (call, index, answer) =>
    answer !== undefined && answer > 0 ? bytesAt(call, call.word(index), answer) : hex(call.word(index)),
  'bytes-out': (call, index, answer) =>
    answer !== undefined && answer > 0 ? bytesAt(call, call.word(index), answer) : hex(call.word(index)),
  'bytes-in': (call, index) => bytesAt(call, call.word(index), call.word(index + 1)),
  vector: (call, index) => hex(call.word(index)),
  'vector-in': (call, index) => {
    const spans = call.memory.spans(call.word(index), Math.min(call.integer(index + 1), SHOWN_ELEMENTS));
    return typeof spans === 'number'
      ? hex(call.word(index))
      : `[${spans.map((span) => bytesAt(call, span.address, span.length)).join(', ')}]`;
  },
  'open-flags': (call, index) => {
    const flags = call.integer(index);
    const access = ['O_RDONLY', 'O_WRONLY', 'O_RDWR', 'O_ACCMODE'][flags & OPEN.ACCMODE]!;
    const rest = bits(flags & ~OPEN.ACCMODE, 'O_', OPEN_FLAG_BITS, '');
    return rest === '' ? access : `${access}|${rest}`;
  },
  'at-flags': (call, index) => bits(call.integer(index), 'AT_', AT_BITS, '0'),
  'access-mode': (call, index) => bits(call.integer(index), '', { R_OK: 4, W_OK: 2, X_OK: 1 }, 'F_OK'),
  whence: (call, index) =>
    ['SEEK_SET', 'SEEK_CUR', 'SEEK_END', 'SEEK_DATA', 'SEEK_HOLE'][call.integer(index)] ?? hex(call.unsigned(index)),
  'fcntl-command': (call, index) => nameOf(call.integer(index), 'F_', FCNTL),
  'ioctl-request': (call, index) => nameOf(call.unsigned(index), '', IOCTL),
  protection: (call, index) =>
    bits(call.integer(index), 'PROT_', { READ: PROT.READ, WRITE: PROT.WRITE, EXEC: PROT.EXEC }, 'PROT_NONE'),
  'map-flags': (call, index) => bits(call.integer(index), 'MAP_', MAP_BITS, '0'),
  advice: (call, index) => nameOf(call.integer(index), 'MADV_', MADVISE),
  'clone-flags': (call, index) => {
    const flags = call.unsigned(index);
    const signal = flags & CLONE.EXIT_SIGNAL;
    const names = bits(flags & ~CLONE.EXIT_SIGNAL, 'CLONE_', CLONE_BITS, '');
    return [names, signal === 0 ? '' : signalName(signal)].filter((part) => part !== '').join('|') || '0';
  },
  'futex-operation': (call, index) => {
    const operation = call.integer(index);
    const command = nameOf(operation & FUTEX.COMMAND, 'FUTEX_', FUTEX_COMMANDS);
    return `${command}${(operation & FUTEX.PRIVATE) !== 0 ? '_PRIVATE' : ''}${(operation & FUTEX.CLOCK_REALTIME) !== 0 ? '|FUTEX_CLOCK_REALTIME' : ''}`;
  },
  clock: (call, index) => nameOf(call.integer(index), 'CLOCK_', CLOCK),
  timespec: (call, index) => timespecAt(call, call.word(index)),
  'timespec-out': (call, index) => timespecAt(call, call.word(index)),
  signal: (call, index) => signalName(call.integer(index)),
  'signal-set': (call, index) => signalSetAt(call, call.word(index)),
  'signal-how': (call, index) => nameOf(call.integer(index), 'SIG_', SIG_HOW),
  'signal-action': (call, index) => {
    const address = call.word(index);
    if (address === 0) return 'NULL';
    const handler = call.memory.word(address);
    if (handler === undefined) return hex(address);
    return handler === SIG_DFL ? '{SIG_DFL}' : handler === SIG_IGN ? '{SIG_IGN}' : `{${hex(handler)}}`;
  },
  'epoll-operation': (call, index) =>
    nameOf(call.integer(index), 'EPOLL_CTL_', { ADD: EPOLL.ADD, DEL: EPOLL.DEL, MOD: EPOLL.MOD }),
  'epoll-event': (call, index) => {
    const events = call.memory.uint32(call.word(index));
    return events === undefined
      ? hex(call.word(index))
      : `{${bits(events, 'EPOLL', { ...POLL, ONESHOT: EPOLL.ONESHOT, ET: EPOLL.EDGE }, '0')}}`;
  },
  'poll-descriptors': (call, index, answer) => {
    const count = Math.min(call.unsigned(index + 1), SHOWN_ELEMENTS);
    const view = call.memory.view(call.word(index), count * 8);
    if (view === undefined) return hex(call.word(index));
    const shown = Array.from({ length: count }, (_, at) => {
      const asked = bits(view.getUint16(at * 8 + 4, true), 'POLL', POLL, '0');
      const told = answer === undefined ? '' : ` ▸ ${bits(view.getUint16(at * 8 + 6, true), 'POLL', POLL, '0')}`;
      return `{${view.getInt32(at * 8, true)} ${asked}${told}}`;
    });
    return `[${shown.join(', ')}]`;
  },
  'descriptor-pair': (call, index, answer) => {
    const view = answer === 0 ? call.memory.view(call.word(index), 8) : undefined;
    return view === undefined ? hex(call.word(index)) : `[${view.getInt32(0, true)}, ${view.getInt32(4, true)}]`;
  },
  stat: (call, index, answer) => {
    const view = answer === 0 ? call.memory.view(call.word(index), 144) : undefined;
    return view === undefined
      ? hex(call.word(index))
      : `{mode=0${view.getUint32(24, true).toString(8)}, size=${view.getBigInt64(48, true)}}`;
  },
  family: (call, index) => familyName(call.integer(index)),
  'socket-type': (call, index) => {
    const type = call.integer(index);
    const name = SOCKET_TYPES[type & SOCK.TYPE] ?? String(type & SOCK.TYPE);
    const flags = bits(type & ~SOCK.TYPE, 'SOCK_', { CLOEXEC: SOCK.CLOEXEC, NONBLOCK: SOCK.NONBLOCK }, '');
    return [(type & SOCK.TYPE) === 0 ? '' : name, flags].filter((part) => part !== '').join('|') || '0';
  },
  'socket-level': (call, index) => nameOf(call.integer(index), 'SOL_', LEVEL),
  'socket-name': (call, index) => socketNameAt(call, call.word(index), call.integer(index + 1)),
  'socket-name-out': (call, index, answer) => {
    const address = call.word(index);
    const length = answer === undefined || answer < 0 ? undefined : call.memory.int32(call.word(index + 1));
    return address === 0 || length === undefined || length === 0
      ? address === 0
        ? 'NULL'
        : hex(address)
      : socketNameAt(call, address, length);
  },
  'message-flags': (call, index) => bits(call.integer(index), 'MSG_', MSG, '0'),
  resource: (call, index) => nameOf(call.integer(index), 'RLIMIT_', RESOURCES),
} satisfies Record<string, Format>;

/** Formats that show what a call fills in: decoded when it has ended. */
export const OUTPUT_FORMATS: ReadonlySet<ArgumentFormat> = new Set<ArgumentFormat>([
  'text-out',
  'bytes-out',
  'vector',
  'timespec-out',
  'poll-descriptors',
  'descriptor-pair',
  'socket-name-out',
  'stat',
]);
