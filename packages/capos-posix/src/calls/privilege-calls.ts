// Calls about Linux's own privileges (capabilities(7)): what they mean among the processes of a domain; they confer nothing else.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { ERRNO } from '../linux/errno.ts';
import { PRCTL } from '../linux/thread-flags.ts';
import { has, LAST_PRIVILEGE, PRIVILEGE, privilegeBit, SECURE } from '../process/privileges.ts';

const VERSION_1 = 0x1998_0330;
const VERSION_2 = 0x2007_1026;
const VERSION_3 = 0x2008_0522;
/** Bytes of data that each version has. */
const DATA_SIZES: ReadonlyMap<number, number> = new Map([
  [VERSION_1, 12],
  [VERSION_2, 24],
  [VERSION_3, 24],
]);

/** The size of the data that a header asks for, whose version is put right if it is not known; or an errno. */
function dataSize({ memory, word }: { memory: Call['memory']; word: number }, asks: boolean): number {
  const version = memory.uint32(word);
  if (version === undefined) return -ERRNO.EFAULT;
  const size = DATA_SIZES.get(version);
  if (size !== undefined) return size;
  if (!memory.putUint32(word, VERSION_3)) return -ERRNO.EFAULT;
  return asks ? 0 : -ERRNO.EINVAL;
}

/** Words of each set in the data, in the order effective, permitted, inheritable; version 1 has only the first of two triples. */
const WORD = 0xffff_ffffn;

/** capget: header { version, pid }, data { effective, permitted, inheritable } once or twice. */
function capget(call: Call): number {
  const { memory, process } = call;
  const header = call.word(0);
  const data = call.word(1);
  const size = dataSize({ memory, word: header }, data === 0);
  if (size <= 0) return size;
  const pid = memory.int32(header + 4);
  if (pid === undefined) return -ERRNO.EFAULT;
  if (pid < 0) return -ERRNO.EINVAL;
  const target = pid === 0 ? process : process.domain.threadNumbered(pid)?.process;
  if (target === undefined) return -ERRNO.ESRCH;
  if (data === 0) return 0;
  const { effective, permitted, inheritable } = target.identity.privileges;
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  for (const [index, set] of [effective, permitted, inheritable].entries()) {
    view.setUint32(index * 4, Number(set & WORD), true);
    if (size > 12) view.setUint32(12 + index * 4, Number(set >> 32n), true);
  }
  return memory.write(data, bytes) ? 0 : -ERRNO.EFAULT;
}

/** capset: nobody's but one's own, and never more than is permitted (capabilities(7), "Programmatically adjusting"). */
function capset(call: Call): number {
  const { memory, process, thread } = call;
  const header = call.word(0);
  const size = dataSize({ memory, word: header }, false);
  if (size < 0) return size;
  const pid = memory.int32(header + 4);
  if (pid === undefined) return -ERRNO.EFAULT;
  if (pid !== 0 && pid !== thread.tid) return -ERRNO.EPERM;
  const view = memory.view(call.word(1), size);
  if (view === undefined) return -ERRNO.EFAULT;
  const [effective, permitted, inheritable] = [0, 4, 8].map(
    (at) => BigInt(view.getUint32(at, true)) | (size > 12 ? BigInt(view.getUint32(at + 12, true)) << 32n : 0n),
  ) as [bigint, bigint, bigint];
  const { privileges } = process.identity;
  const setsAny = has(process.identity, PRIVILEGE.SETPCAP);
  const within = (set: bigint, most: bigint): boolean => (set & ~most) === 0n;
  if (!setsAny && !within(inheritable, privileges.inheritable | privileges.permitted)) return -ERRNO.EPERM;
  if (!within(inheritable, privileges.inheritable | privileges.bounding)) return -ERRNO.EPERM;
  if (!within(permitted, privileges.permitted) || !within(effective, permitted)) return -ERRNO.EPERM;
  const ambient = privileges.ambient & permitted & inheritable;
  Object.assign(privileges, { effective, permitted, inheritable, ambient });
  return 0;
}

const AMBIENT = { IS_SET: 1, RAISE: 2, LOWER: 3, CLEAR_ALL: 4 } as const;

/** PR_CAPBSET_READ, PR_CAPBSET_DROP, PR_GET_SECUREBITS, PR_SET_SECUREBITS, PR_GET_KEEPCAPS, PR_SET_KEEPCAPS, PR_CAP_AMBIENT. */
export function privilegeControl(call: Call, option: number): number {
  const { identity } = call.process;
  const { privileges } = identity;
  const argument = call.word(1);
  switch (option) {
    case PRCTL.CAPBSET_READ:
      if (argument > LAST_PRIVILEGE) return -ERRNO.EINVAL;
      return (privileges.bounding & privilegeBit(argument)) === 0n ? 0 : 1;
    case PRCTL.CAPBSET_DROP:
      if (!has(identity, PRIVILEGE.SETPCAP)) return -ERRNO.EPERM;
      if (argument > LAST_PRIVILEGE) return -ERRNO.EINVAL;
      privileges.bounding &= ~privilegeBit(argument);
      return 0;
    case PRCTL.GET_SECUREBITS:
      return privileges.secureBits;
    case PRCTL.SET_SECUREBITS: {
      const changed = privileges.secureBits ^ argument;
      const locked = (privileges.secureBits & SECURE.LOCKS) >> 1;
      const unlocks = privileges.secureBits & SECURE.LOCKS & ~argument;
      if ((changed & locked) !== 0 || unlocks !== 0 || (argument & ~SECURE.ALL) !== 0) return -ERRNO.EPERM;
      if (!has(identity, PRIVILEGE.SETPCAP)) return -ERRNO.EPERM;
      privileges.secureBits = argument;
      return 0;
    }
    case PRCTL.GET_KEEPCAPS:
      return (privileges.secureBits & SECURE.KEEP_CAPS) === 0 ? 0 : 1;
    case PRCTL.SET_KEEPCAPS:
      if (argument > 1) return -ERRNO.EINVAL;
      if ((privileges.secureBits & SECURE.KEEP_CAPS_LOCKED) !== 0) return -ERRNO.EPERM;
      if (argument === 1) privileges.secureBits |= SECURE.KEEP_CAPS;
      else privileges.secureBits &= ~SECURE.KEEP_CAPS;
      return 0;
    default:
      return ambientControl(call);
  }
}

function ambientControl(call: Call): number {
  const { privileges } = call.process.identity;
  const privilege = call.word(2);
  if (call.word(3) !== 0 || call.word(4) !== 0) return -ERRNO.EINVAL;
  if (call.word(1) === AMBIENT.CLEAR_ALL) {
    if (privilege !== 0) return -ERRNO.EINVAL;
    privileges.ambient = 0n;
    return 0;
  }
  if (privilege > LAST_PRIVILEGE) return -ERRNO.EINVAL;
  const bit = privilegeBit(privilege);
  switch (call.word(1)) {
    case AMBIENT.IS_SET:
      return (privileges.ambient & bit) === 0n ? 0 : 1;
    case AMBIENT.RAISE:
      if ((privileges.permitted & privileges.inheritable & bit) === 0n) return -ERRNO.EPERM;
      if ((privileges.secureBits & SECURE.NO_CAP_AMBIENT_RAISE) !== 0) return -ERRNO.EPERM;
      privileges.ambient |= bit;
      return 0;
    case AMBIENT.LOWER:
      privileges.ambient &= ~bit;
      return 0;
    default:
      return -ERRNO.EINVAL;
  }
}

const ASK = 0xffff_ffff;

/** personality(2): kept, inherited and told. uname says what the two of them that concern it ask for. */
function personality(call: Call): number {
  const { attributes } = call.process;
  const old = attributes.persona;
  const wanted = call.unsigned(0);
  if (wanted !== ASK) attributes.persona = wanted;
  return old;
}

export const privilegeCalls = {
  capget: {
    support: 'full',
    note: 'A process has the sets, not each thread of it.',
    arguments: ['address', 'address'],
    handler: capget,
  },
  capset: { support: 'full', arguments: ['address', 'address'], handler: capset },
  personality: {
    support: 'partial',
    note: 'Kept and inherited; of all flags PER_LINUX32 and UNAME26 change what uname says, STICKY_TIMEOUTS what select does; no other has an effect.',
    arguments: ['hex'],
    handler: personality,
  },
} as const satisfies Record<string, CallRow>;
