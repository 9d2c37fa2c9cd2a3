// Calls about Linux's own privileges: a program has none of them, whatever it believes to be.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { ERRNO } from '../linux/errno.ts';

const VERSION_3 = 0x2008_0522;

/** capget: header { version, pid }, data { effective, permitted, inheritable } twice. All empty. */
function capget(call: Call): number {
  const { memory } = call;
  const header = call.word(0);
  const version = memory.uint32(header);
  if (version === undefined) return -ERRNO.EFAULT;
  const data = call.word(1);
  if (version !== VERSION_3) {
    if (!memory.putUint32(header, VERSION_3)) return -ERRNO.EFAULT;
    return data === 0 ? 0 : -ERRNO.EINVAL;
  }
  return data === 0 || memory.write(data, new Uint8Array(24)) ? 0 : -ERRNO.EFAULT;
}

/** capset: giving up what one does not have succeeds; taking is refused. */
function capset(call: Call): number {
  const bytes = call.memory.bytes(call.word(1), 24);
  if (call.memory.uint32(call.word(0)) === undefined || bytes === undefined) return -ERRNO.EFAULT;
  return bytes.every((byte) => byte === 0) ? 0 : -ERRNO.EPERM;
}

const ASK = 0xffff_ffff;
/** PER_LINUX, and the flag that turns off what is not on here: address randomisation. */
const NO_RANDOMIZE = 0x004_0000;

function personality(call: Call): number {
  const wanted = call.unsigned(0);
  return wanted === ASK || (wanted & ~NO_RANDOMIZE) === 0 ? 0 : -ERRNO.EINVAL;
}

export const privilegeCalls = {
  capget: { support: 'full', note: 'Linux privileges, all empty.', arguments: ['address', 'address'], handler: capget },
  capset: {
    support: 'full',
    note: 'Taking any is refused (EPERM).',
    arguments: ['address', 'address'],
    handler: capset,
  },
  personality: { support: 'partial', note: 'PER_LINUX.', arguments: ['hex'], handler: personality },
} as const satisfies Record<string, CallRow>;
