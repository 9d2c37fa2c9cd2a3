// Protection keys, as on a processor that has none.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { ERRNO } from '../linux/errno.ts';
import { mprotect } from './memory-calls.ts';

const { EINVAL, ENOSPC } = ERRNO;

/** pkey_mprotect with no key is mprotect, on a processor without keys too. */
function pkeyMprotect(call: Call): number {
  return call.integer(3) === -1 ? mprotect(call) : -EINVAL;
}

/** As on a processor without keys: there is none to be had. */
function pkeyAlloc(call: Call): number {
  return call.word(0) !== 0 || call.word(1) > 3 ? -EINVAL : -ENOSPC;
}

export const protectionKeyCalls = {
  pkey_mprotect: {
    support: 'partial',
    note: 'The processor offers no protection keys: only key −1, which is none.',
    arguments: ['address', 'size', 'protection', 'integer'],
    handler: pkeyMprotect,
  },
  pkey_alloc: {
    support: 'partial',
    note: 'The processor offers no protection keys: ENOSPC.',
    arguments: ['hex', 'hex'],
    handler: pkeyAlloc,
  },
} as const satisfies Record<string, CallRow>;
