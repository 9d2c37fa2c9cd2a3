// Access and modification times of files.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import type { AttributeChange } from '../files/backend.ts';
import { ERRNO } from '../linux/errno.ts';
import { type Blocking, settle } from '../waiting.ts';
import { changeAt, changeFile } from './attribute-calls.ts';

const { EFAULT, EINVAL } = ERRNO;

const UTIME_NOW = 0x3fff_ffff;
const UTIME_OMIT = 0x3fff_fffe;

/** The two times at `address`; now, when it is null. `unitNs` is what the second word counts in. */
function* timesAt(call: Call, address: number, unitNs: bigint): Blocking<AttributeChange | number> {
  const now = yield* settle(call.process.clocks.realtimeNs());
  const present = typeof now === 'bigint' ? now : 0n;
  if (address === 0) return { accessedNs: present, modifiedNs: present };
  const view = call.memory.view(address, 32);
  if (view === undefined) return -EFAULT;
  const change: { accessedNs?: bigint; modifiedNs?: bigint } = {};
  for (const [index, key] of (['accessedNs', 'modifiedNs'] as const).entries()) {
    const seconds = view.getBigInt64(index * 16, true);
    const fraction = view.getBigInt64(index * 16 + 8, true);
    if (unitNs === 1n && fraction === BigInt(UTIME_OMIT)) continue;
    if (unitNs === 1n && fraction === BigInt(UTIME_NOW)) {
      change[key] = present;
      continue;
    }
    if (fraction < 0n || fraction * unitNs >= 1_000_000_000n) return -EINVAL;
    change[key] = BigInt.asIntN(64, seconds * 1_000_000_000n + fraction * unitNs);
  }
  return change;
}

function* utimensat(call: Call): Blocking<number> {
  const change = yield* timesAt(call, call.word(2), 1n);
  if (typeof change === 'number') return change;
  if (call.word(1) === 0) return yield* changeFile(call, 0, change);
  return yield* changeAt(call, 0, 1, call.integer(3), change);
}

function* utimes(call: Call): Blocking<number> {
  const change = yield* timesAt(call, call.word(1), 1000n);
  return typeof change === 'number' ? change : yield* changeAt(call, undefined, 0, 0, change);
}

function* futimesat(call: Call): Blocking<number> {
  const change = yield* timesAt(call, call.word(2), 1000n);
  if (typeof change === 'number') return change;
  if (call.word(1) === 0) return yield* changeFile(call, 0, change);
  return yield* changeAt(call, 0, 1, 0, change);
}

function* utime(call: Call): Blocking<number> {
  const address = call.word(1);
  if (address === 0) {
    const change = yield* timesAt(call, 0, 1n);
    return typeof change === 'number' ? change : yield* changeAt(call, undefined, 0, 0, change);
  }
  const view = call.memory.view(address, 16);
  if (view === undefined) return -EFAULT;
  return yield* changeAt(call, undefined, 0, 0, {
    accessedNs: BigInt.asIntN(64, view.getBigInt64(0, true) * 1_000_000_000n),
    modifiedNs: BigInt.asIntN(64, view.getBigInt64(8, true) * 1_000_000_000n),
  });
}

export const fileTimeCalls = {
  utimensat: { support: 'full', arguments: ['directory', 'path', 'address', 'at-flags'], handler: utimensat },
  utimes: { support: 'full', arguments: ['path', 'address'], handler: utimes },
  futimesat: { support: 'full', arguments: ['directory', 'path', 'address'], handler: futimesat },
  utime: { support: 'full', arguments: ['path', 'address'], handler: utime },
} as const satisfies Record<string, CallRow>;
