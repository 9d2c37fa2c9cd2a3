// Calls about Linux's own privileges: a program has none of them, whatever it believes to be.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { ERRNO } from '../linux/errno.ts';

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

/** capget: header { version, pid }, data { effective, permitted, inheritable } once or twice. All empty. */
function capget(call: Call): number {
  const { memory, process } = call;
  const header = call.word(0);
  const data = call.word(1);
  const size = dataSize({ memory, word: header }, data === 0);
  if (size <= 0) return size;
  const pid = memory.int32(header + 4);
  if (pid === undefined) return -ERRNO.EFAULT;
  if (pid < 0) return -ERRNO.EINVAL;
  if (pid !== 0 && process.domain.threadNumbered(pid) === undefined) return -ERRNO.ESRCH;
  return data === 0 || memory.write(data, new Uint8Array(size)) ? 0 : -ERRNO.EFAULT;
}

/** capset: giving up what one does not have succeeds; taking is refused. */
function capset(call: Call): number {
  const { memory, process, thread } = call;
  const header = call.word(0);
  const size = dataSize({ memory, word: header }, false);
  if (size < 0) return size;
  const pid = memory.int32(header + 4);
  if (pid === undefined) return -ERRNO.EFAULT;
  if (pid !== 0 && pid !== thread.tid && pid !== process.pid) return -ERRNO.EPERM;
  const bytes = memory.bytes(call.word(1), size);
  if (bytes === undefined) return -ERRNO.EFAULT;
  return bytes.every((byte) => byte === 0) ? 0 : -ERRNO.EPERM;
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
  capget: { support: 'full', note: 'Linux privileges, all empty.', arguments: ['address', 'address'], handler: capget },
  capset: {
    support: 'full',
    note: 'Taking any is refused (EPERM).',
    arguments: ['address', 'address'],
    handler: capset,
  },
  personality: {
    support: 'partial',
    note: 'Kept and inherited; of all flags PER_LINUX32 and UNAME26 change what uname says, STICKY_TIMEOUTS what select does; no other has an effect.',
    arguments: ['hex'],
    handler: personality,
  },
} as const satisfies Record<string, CallRow>;
