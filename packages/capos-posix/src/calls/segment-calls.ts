// System V shared memory calls: shmget, shmat, shmdt, shmctl.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import { segmentCounts, segmentLimits } from '../ipc/ipc-information.ts';
import { IPC, IPC_READ, IPC_WRITE } from '../ipc/ipc-object.ts';
import { SharedSegment } from '../ipc/shared-segment.ts';
import { ERRNO } from '../linux/errno.ts';
import { PAGE, PROT, pageCeil, USER_END } from '../linux/memory-flags.ts';
import { MAP_FLOOR } from '../memory/area-map.ts';
import { has, PRIVILEGE } from '../process/privileges.ts';
import { knowingTheTime } from './known-time.ts';

const { EACCES, EFAULT, EINVAL, ENOMEM, ENOSPC, EPERM } = ERRNO;

/** Flags of shmat, and commands of shmctl (bits/shm.h). */
const SHM = { RDONLY: 0o10000, RND: 0o20000, REMAP: 0o40000, EXEC: 0o100000, LOCK: 11, UNLOCK: 12 } as const;
/** Commands of shmctl beside those of all objects. */
const COMMAND = { STAT: 13, INFO: 14, STAT_ANY: 15 } as const;
/** In a segment's mode. */
const SHM_LOCKED = 0o2000;
/** Bytes of struct shmid64_ds. */
const STATUS_BYTES = 112;
/** Bytes of all segments of a domain together; the ledger of who makes one bounds it further. */
const MOST_BYTES = 2 ** 32;

function shmget(call: Call): number {
  const { process } = call;
  const { segments } = process.domain.ipc;
  const [key, size, flags] = [call.integer(0), call.word(1), call.integer(2)];
  const make = (): SharedSegment | number => {
    if (size === 0) return -EINVAL;
    const all = [...segments.all()].reduce((sum, segment) => sum + segment.size, size);
    if (all > MOST_BYTES) return -ENOSPC;
    const segment = new SharedSegment(key, flags, process, size);
    const failed = segment.memory.reserve(size, { caps: process.caps, memory: call.memory.foreign });
    return failed < 0 ? -ENOMEM : segment;
  };
  return segments.get(process, key, flags, make, (found) => (size > found.size ? -EINVAL : 0));
}

function shmat(call: Call): number {
  const { process } = call;
  const { space, caps } = process;
  const segment = process.domain.ipc.segments.at(call.integer(0));
  const flags = call.integer(2);
  let address = call.word(1);
  if (segment === undefined) return -EINVAL;
  const isReadOnly = (flags & SHM.RDONLY) !== 0;
  if (!segment.permits(process, isReadOnly ? IPC_READ : IPC_READ | IPC_WRITE)) return -EACCES;
  const length = pageCeil(segment.size);
  if (address === 0) {
    if ((flags & SHM.REMAP) !== 0) return -EINVAL;
    const place = space.map.place(length);
    if (place === undefined) return -ENOMEM;
    address = place;
  } else {
    if ((flags & SHM.RND) !== 0) address -= address % PAGE;
    if (address % PAGE !== 0 || address < MAP_FLOOR || address + length > USER_END) return -EINVAL;
    if ((flags & SHM.REMAP) === 0 && !space.map.isFree(address, address + length)) return -EINVAL;
  }
  const protection = PROT.READ | (isReadOnly ? 0 : PROT.WRITE) | ((flags & SHM.EXEC) === 0 ? 0 : PROT.EXEC);
  for (const { piece, from, length: part, at } of segment.memory.within(0, length)) {
    const capId = segment.memory.capIdOf(piece, caps);
    if (capId === undefined) return -ENOMEM;
    const object = { capId, id: piece.id, offset: from };
    const failed = space.mapShared(address + at, part, protection, object, `/SYSV${hex(segment.key)} (deleted)`);
    if (failed < 0) return failed;
  }
  process.segments.add(address, segment);
  return address;
}

const hex = (key: number): string => (key >>> 0).toString(16).padStart(8, '0');

function shmdt(call: Call): number {
  const { segments, space } = call.process;
  const address = call.word(0);
  const segment = segments.remove(address);
  return segment === undefined ? -EINVAL : space.unmap(address, pageCeil(segment.size));
}

function shmctl(call: Call): number {
  const { process, memory } = call;
  const { segments } = process.domain.ipc;
  const id = call.integer(0);
  const segment = segments.at(id);
  const command = call.integer(1);
  if (command === IPC.INFO || command === COMMAND.INFO) {
    const bytes = command === IPC.INFO ? segmentLimits() : segmentCounts(segments);
    return memory.write(call.word(2), bytes) ? segments.lastPlace : -EFAULT;
  }
  if (segment === undefined) return -EINVAL;
  switch (command) {
    case IPC.RMID:
      if (!segment.belongsTo(process)) return -EPERM;
      segment.condemn(process);
      return 0;
    case IPC.SET: {
      const view = memory.view(call.word(2), STATUS_BYTES);
      if (view === undefined) return -EFAULT;
      if (!segment.belongsTo(process)) return -EPERM;
      segment.takePermission(view, process.domain);
      return 0;
    }
    case IPC.STAT:
    case COMMAND.STAT:
    case COMMAND.STAT_ANY: {
      if (command !== COMMAND.STAT_ANY && !segment.permits(process, IPC_READ)) return -EACCES;
      const bytes = new Uint8Array(STATUS_BYTES);
      const view = new DataView(bytes.buffer);
      segment.putPermission(view);
      const { size, attachedAt, detachedAt, changedAt } = segment;
      for (const [index, word] of [size, attachedAt, detachedAt, changedAt].entries())
        view.setBigUint64(48 + index * 8, BigInt(word), true);
      view.setInt32(80, segment.creator, true);
      view.setInt32(84, segment.lastOperator, true);
      view.setBigUint64(88, BigInt(segment.attached), true);
      return memory.write(call.word(2), bytes) ? (command === IPC.STAT ? 0 : id) : -EFAULT;
    }
    case SHM.LOCK:
    case SHM.UNLOCK:
      // Nothing is ever paged out: its mode tells of it.
      if (!has(process.identity, PRIVILEGE.IPC_LOCK) && !segment.isOwnedBy(process)) return -EPERM;
      segment.mode = (segment.mode & ~SHM_LOCKED) | (command === SHM.LOCK ? SHM_LOCKED : 0);
      return 0;
    default:
      return -EINVAL;
  }
}

const DOMAIN = 'Found by key within the domain.';

export const segmentCalls = {
  shmget: { support: 'full', note: DOMAIN, arguments: ['integer', 'size', 'octal'], handler: knowingTheTime(shmget) },
  shmat: { support: 'full', arguments: ['integer', 'address', 'octal'], handler: knowingTheTime(shmat) },
  shmdt: {
    support: 'partial',
    note: 'What munmap took away counts as attached until the process ends.',
    arguments: ['address'],
    handler: knowingTheTime(shmdt),
  },
  shmctl: {
    support: 'full',
    arguments: ['integer', 'integer', 'address'],
    handler: knowingTheTime(shmctl),
  },
} as const satisfies Record<string, CallRow>;
