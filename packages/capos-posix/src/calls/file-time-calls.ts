// Access and modification times of files.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import type { AttributeChange } from '../files/file-status.ts';
import { ACCESS, effective, owns, permits } from '../files/permission.ts';
import { ERRNO } from '../linux/errno.ts';
import { AT } from '../linux/file-flags.ts';
import { type Blocking, settle } from '../waiting.ts';
import { changeAt, changeFile, type Decision } from './attribute-calls.ts';

const { EFAULT, EINVAL, EACCES, EPERM } = ERRNO;

/** utimensat(2), "Permissions requirements": who may write may say that it is now, any other time is the owner's to set. */
function timeChange({ process }: Call, change: AttributeChange, isNow: boolean): Decision {
  const { identity } = process;
  return (status) => {
    if (change.accessedNs === undefined && change.modifiedNs === undefined) return change;
    if (owns(identity, status)) return change;
    if (!isNow) return -EPERM;
    return permits(effective(identity), status, ACCESS.WRITE) ? change : -EACCES;
  };
}

/** Whether both of the times at `address` are now. */
function saysNow(call: Call, address: number): boolean {
  if (address === 0) return true;
  const view = call.memory.view(address, 32);
  return [8, 24].every((at) => view?.getBigInt64(at, true) === BigInt(UTIME_NOW));
}

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
  const decide = timeChange(call, change, saysNow(call, call.word(2)));
  if (call.word(1) === 0) return call.integer(0) === AT.FDCWD ? -EFAULT : yield* changeFile(call, 0, decide);
  return yield* changeAt(call, 0, 1, call.integer(3), decide);
}

function* utimes(call: Call): Blocking<number> {
  const change = yield* timesAt(call, call.word(1), 1000n);
  if (typeof change === 'number') return change;
  return yield* changeAt(call, undefined, 0, 0, timeChange(call, change, call.word(1) === 0));
}

function* futimesat(call: Call): Blocking<number> {
  const change = yield* timesAt(call, call.word(2), 1000n);
  if (typeof change === 'number') return change;
  const decide = timeChange(call, change, call.word(2) === 0);
  if (call.word(1) === 0) return call.integer(0) === AT.FDCWD ? -EFAULT : yield* changeFile(call, 0, decide);
  return yield* changeAt(call, 0, 1, 0, decide);
}

function* utime(call: Call): Blocking<number> {
  const address = call.word(1);
  if (address === 0) {
    const change = yield* timesAt(call, 0, 1n);
    if (typeof change === 'number') return change;
    return yield* changeAt(call, undefined, 0, 0, timeChange(call, change, true));
  }
  const view = call.memory.view(address, 16);
  if (view === undefined) return -EFAULT;
  const change = {
    accessedNs: BigInt.asIntN(64, view.getBigInt64(0, true) * 1_000_000_000n),
    modifiedNs: BigInt.asIntN(64, view.getBigInt64(8, true) * 1_000_000_000n),
  };
  return yield* changeAt(call, undefined, 0, 0, timeChange(call, change, false));
}

export const fileTimeCalls = {
  utimensat: { support: 'full', arguments: ['directory', 'path', 'address', 'at-flags'], handler: utimensat },
  utimes: { support: 'full', arguments: ['path', 'address'], handler: utimes },
  futimesat: { support: 'full', arguments: ['directory', 'path', 'address'], handler: futimesat },
  utime: { support: 'full', arguments: ['path', 'address'], handler: utime },
} as const satisfies Record<string, CallRow>;
