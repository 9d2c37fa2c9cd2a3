// What a domain has of System V objects: the limits and counts of msgctl(2), semctl(2) and shmctl(2), and /proc/sysvipc.

import type { ByteString } from '../guest-memory.ts';
import { type IpcObject, type IpcTable, MOST_OBJECTS } from './ipc-object.ts';
import { MESSAGE, type MessageChannel } from './message-channel.ts';
import { SEMAPHORE, type SemaphoreSet } from './semaphore-set.ts';
import type { SharedSegment } from './shared-segment.ts';

const PAGE = 4096;
/** ULONG_MAX − 2^24: as Linux says that there is no limit (SHMMAX, SHMALL). */
const UNLIMITED = 0xffff_ffff_feff_ffffn;
/** All semaphores of all sets (SEMMNS). */
const MOST_SEMAPHORES = 1_024_000_000;

function int32s(...values: readonly number[]): Uint8Array {
  return new Uint8Array(new Int32Array(values).buffer);
}

function uint64s(...values: readonly (bigint | number)[]): Uint8Array {
  return new Uint8Array(new BigUint64Array(values.map(BigInt)).buffer);
}

function total<Kind extends IpcObject>(table: IpcTable<Kind>, of: (object: Kind) => number): number {
  let sum = 0;
  for (const object of table.all()) sum += of(object);
  return sum;
}

/** struct msginfo: pool, map, largest, bytes of a queue, queues, segment, headers, segments. */
export function messageInformation(channels: IpcTable<MessageChannel>, counts: boolean): Uint8Array {
  const [pool, map, headers] = counts
    ? [channels.size, total(channels, ({ count }) => count), total(channels, ({ bytes }) => bytes)]
    : [(MOST_OBJECTS * MESSAGE.QUEUE_BYTES) / 1024, MESSAGE.QUEUE_BYTES, MESSAGE.QUEUE_BYTES];
  return int32s(pool, map, MESSAGE.LARGEST, MESSAGE.QUEUE_BYTES, MOST_OBJECTS, 16, headers, 0xffff);
}

/** struct seminfo: map, sets, semaphores, undo structures, in a set, operations, undo entries, their size, value, adjustment. */
export function semaphoreInformation(sets: IpcTable<SemaphoreSet>, counts: boolean): Uint8Array {
  const { MOST_IN_SET, MOST_OPERATIONS, LARGEST } = SEMAPHORE;
  const [size, adjustment] = counts ? [sets.size, total(sets, ({ values }) => values.length)] : [20, LARGEST];
  const most = MOST_SEMAPHORES;
  const entries = MOST_OPERATIONS;
  return int32s(most, MOST_OBJECTS, most, most, MOST_IN_SET, entries, entries, size, LARGEST, adjustment);
}

/** struct shminfo64: largest, smallest, segments, of one process, all pages; and four words for later. */
export function segmentLimits(): Uint8Array {
  return uint64s(UNLIMITED, 1, MOST_OBJECTS, MOST_OBJECTS, UNLIMITED, 0, 0, 0, 0);
}

/** struct shm_info: segments, pages, of these in memory, swapped out; and two counts. */
export function segmentCounts(segments: IpcTable<SharedSegment>): Uint8Array {
  const pages = total(segments, ({ size }) => Math.ceil(size / PAGE));
  return uint64s(segments.size, pages, pages, 0, 0, 0);
}

type Column = readonly [width: number, value: number | string];

function rows<Kind extends IpcObject>(
  table: IpcTable<Kind>,
  header: string,
  columns: (object: Kind) => readonly Column[],
): ByteString {
  const row = (id: number, object: Kind): string => {
    const common: Column[] = [
      [10, object.key | 0],
      [10, id],
      [5, object.mode.toString(8)],
    ];
    return [...common, ...columns(object)].map(([width, value]) => String(value).padStart(width)).join(' ');
  };
  return [header, ...[...table.entries()].map(([id, object]) => row(id, object)), ''].join('\n');
}

function owners({ uid, gid, creatorUid, creatorGid }: IpcObject): Column[] {
  return [uid, gid, creatorUid, creatorGid].map((number) => [5, number] as const);
}

function times(...seconds: readonly number[]): Column[] {
  return seconds.map((second) => [10, second] as const);
}

/** /proc/sysvipc/msg. */
export function messageText(channels: IpcTable<MessageChannel>): ByteString {
  return rows(
    channels,
    '       key      msqid perms      cbytes       qnum lspid lrpid   uid   gid  cuid  cgid      stime      rtime      ctime',
    (channel) => [
      [11, channel.bytes],
      [10, channel.count],
      [5, channel.lastSender],
      [5, channel.lastReceiver],
      ...owners(channel),
      ...times(channel.sentAt, channel.receivedAt, channel.changedAt),
    ],
  );
}

/** /proc/sysvipc/sem. */
export function semaphoreText(sets: IpcTable<SemaphoreSet>): ByteString {
  return rows(sets, '       key      semid perms      nsems   uid   gid  cuid  cgid      otime      ctime', (set) => [
    [10, set.values.length],
    ...owners(set),
    ...times(set.operatedAt, set.changedAt),
  ]);
}

/** /proc/sysvipc/shm. */
export function segmentText(segments: IpcTable<SharedSegment>): ByteString {
  return rows(
    segments,
    '       key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  cgid      atime      dtime      ctime                   rss                  swap',
    (segment) => [
      [21, segment.size],
      [5, segment.creator],
      [5, segment.lastOperator],
      [6, segment.attached],
      ...owners(segment),
      ...times(segment.attachedAt, segment.detachedAt, segment.changedAt),
      [21, Math.ceil(segment.size / PAGE) * PAGE],
      [21, 0],
    ],
  );
}
