// Calls about the system as the program sees it: uname, sysinfo, random bytes, logs.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { byteStringOfText, bytesOf } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import type { Blocking } from '../waiting.ts';

const { EFAULT, EINVAL, EPERM } = ERRNO;

/** The Linux whose calls are offered: new enough for what C libraries and Go ask. */
export const RELEASE = '6.1.0-capos';

/** Of personality(2): what a 32-bit system would say, and one before 3.0. */
const PER_MASK = 0xff;
const PER_LINUX32 = 8;
const UNAME26 = 0x2_0000;

/** struct utsname: six fields of 65 bytes. */
function uname(call: Call): number {
  const bytes = new Uint8Array(6 * 65);
  const { hostname = 'capos' } = call.process.options;
  const { persona } = call.process.attributes;
  const release = (persona & UNAME26) !== 0 ? RELEASE.replace('6.1.0', '2.6.61') : RELEASE;
  const machine = (persona & PER_MASK) === PER_LINUX32 ? 'i686' : 'x86_64';
  const fields = ['Linux', byteStringOfText(hostname).slice(0, 64), release, '#1 capOS', machine, '(none)'];
  for (const [index, field] of fields.entries()) bytes.set(bytesOf(field), index * 65);
  return call.memory.write(call.word(0), bytes) ? 0 : -EFAULT;
}

/** Memory that a program is told there is: its ledger is the kernel's to enforce, this is what it sizes caches by. */
export const TOLD_MEMORY = 1024 * 1024 * 1024;

/** struct sysinfo: uptime 0, loads 8, totalram 32, freeram 40, sharedram 48, bufferram 56, swap 64 72, procs 80, unit 104. */
function sysinfo(call: Call): number {
  const bytes = new Uint8Array(112);
  const view = new DataView(bytes.buffer);
  view.setBigInt64(0, BigInt(Math.trunc(call.process.clocks.monotonicOrZero() / 1e9)), true);
  view.setBigUint64(32, BigInt(TOLD_MEMORY), true);
  view.setBigUint64(40, BigInt(TOLD_MEMORY / 2), true);
  view.setUint16(80, call.process.domain.processes.size, true);
  view.setUint32(104, 1, true);
  return call.memory.write(call.word(0), bytes) ? 0 : -EFAULT;
}

const GRND_KNOWN = 7;

function* getrandom(call: Call): Blocking<number> {
  const length = Math.min(call.word(1), 1 << 20);
  if ((call.unsigned(2) & ~GRND_KNOWN) !== 0) return -EINVAL;
  if (!call.memory.inUserRange(call.word(0), length)) return -EFAULT;
  if (!call.process.entropy.granted) return call.process.refuse('getrandom', -ERRNO.ENOSYS, { to: 'get random bytes' });
  const bytes = yield* call.process.entropy.bytes(length);
  if (typeof bytes === 'number') return bytes;
  const wrote = call.memory.writeSome(call.word(0), bytes);
  return wrote === 0 && length > 0 ? -EFAULT : wrote;
}

/** The kernel's log: there is none to read; its size is 0. */
function syslog(call: Call): number {
  const action = call.integer(0);
  return action === 9 || action === 10 ? 0 : -EPERM;
}

export const systemCalls = {
  uname: { support: 'full', arguments: ['address'], handler: uname },
  sysinfo: {
    support: 'partial',
    note: 'A nominal gibibyte of memory, no load.',
    arguments: ['address'],
    handler: sysinfo,
  },
  getrandom: {
    support: 'full',
    note: 'From the EntropySource; ENOSYS without it.',
    arguments: ['bytes-out', 'size', 'hex'],
    handler: getrandom,
  },
  syslog: {
    support: 'partial',
    note: 'There is no kernel log.',
    arguments: ['integer', 'address', 'integer'],
    handler: syslog,
  },
} as const satisfies Record<string, CallRow>;
