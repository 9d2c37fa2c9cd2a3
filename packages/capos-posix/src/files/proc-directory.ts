// /proc as one process sees it: its domain's processes, and a system of one processor that has nothing else in it (proc(5)).

import { MOST_QUEUES, QUEUE_DEFAULT } from '../calls/queue-calls.ts';
import { RELEASE, TOLD_MEMORY } from '../calls/system-calls.ts';
import { type ByteString, byteStringOfText } from '../guest-memory.ts';
import { messageText, segmentText, semaphoreText } from '../ipc/ipc-information.ts';
import { MOST_OBJECTS } from '../ipc/ipc-object.ts';
import { MESSAGE } from '../ipc/message-channel.ts';
import { SEMAPHORE } from '../ipc/semaphore-set.ts';
import { ERRNO } from '../linux/errno.ts';
import { LAST_PID } from '../posix-domain.ts';
import type { PosixProcess } from '../posix-process.ts';
import { MOST_EVENTS } from './change-file.ts';
import { MOST_REQUESTS } from './io-context.ts';
import { MAX_PIPE_CAPACITY } from './pipe.ts';
import { directory, line, link, text } from './proc/entries.ts';
import { procRoot } from './proc/process-entries.ts';
import type { SyntheticDirectory, SyntheticEntry } from './synthetic-directory.ts';

/** Descriptors that RLIMIT_NOFILE may be raised to. */
const MOST_OPEN = 65_536;

/** /proc/sys: what a program asks of the kernel's settings, read only. */
function settings(process: PosixProcess): SyntheticEntry {
  return directory({
    kernel: directory({
      osrelease: line(RELEASE),
      ostype: line('Linux'),
      version: line('#1 capOS'),
      hostname: text(() => `${byteStringOfText(process.options.hostname ?? 'capos')}\n`),
      domainname: line('(none)'),
      pid_max: line(LAST_PID),
      'threads-max': line(LAST_PID),
      ngroups_max: line(65_536),
      cap_last_cap: line(40),
      tainted: line(0),
      core_pattern: line('core'),
      core_uses_pid: line(0),
      overflowuid: line(65_534),
      overflowgid: line(65_534),
      randomize_va_space: line(0),
      sched_rr_timeslice_ms: line(100),
      msgmax: line(MESSAGE.LARGEST),
      msgmnb: line(MESSAGE.QUEUE_BYTES),
      msgmni: line(MOST_OBJECTS),
      shmmni: line(MOST_OBJECTS),
      shmmax: line('18446744073692774399'),
      shmall: line('18446744073692774399'),
      sem: line([SEMAPHORE.MOST_IN_SET, 1_024_000_000, SEMAPHORE.MOST_OPERATIONS, MOST_OBJECTS].join('\t')),
      msg_next_id: nextId(process.domain.ipc.channels),
      sem_next_id: nextId(process.domain.ipc.semaphores),
      shm_next_id: nextId(process.domain.ipc.segments),
    }),
    vm: directory({
      overcommit_memory: line(1),
      max_map_count: line(65_530),
      swappiness: line(0),
      mmap_min_addr: line(65_536),
    }),
    fs: directory({
      'aio-max-nr': line(MOST_REQUESTS),
      'file-max': line(MOST_OPEN),
      inotify: directory({
        max_queued_events: line(MOST_EVENTS),
        max_user_instances: line(1024),
        max_user_watches: line(65_536),
      }),
      'file-nr': line(`0\t0\t${MOST_OPEN}`),
      'lease-break-time': text(
        () => `${process.domain.leases.breakSeconds}\n`,
        (content) => setLeaseBreakTime(process, content),
      ),
      'leases-enable': line(1),
      nr_open: line(MOST_OPEN),
      mqueue: directory({
        queues_max: line(MOST_QUEUES),
        msg_default: line(QUEUE_DEFAULT.maxMessages),
        msgsize_default: line(QUEUE_DEFAULT.messageSize),
      }),
      'pipe-max-size': line(MAX_PIPE_CAPACITY),
    }),
    net: directory({
      core: directory({ somaxconn: line(4096) }),
      ipv4: directory({ ip_local_port_range: line('32768\t60999') }),
    }),
  });
}

/** Which id the next object of a kind gets. */
function nextId(table: { wantedId: number }): SyntheticEntry {
  return text(
    () => `${table.wantedId}\n`,
    (content) => {
      const id = Number(content.trim());
      if (!Number.isInteger(id) || id < -1 || id > 0x7fff_ffff) return -ERRNO.EINVAL;
      table.wantedId = id;
      return 0;
    },
  );
}

function setLeaseBreakTime({ domain }: PosixProcess, content: ByteString): number {
  const seconds = Number(content.trim());
  if (!Number.isInteger(seconds) || seconds < 0) return -ERRNO.EINVAL;
  domain.leases.breakSeconds = seconds;
  return 0;
}

/** Memory as the program is told of it, in rows of meminfo. */
function memoryText(): string {
  const kib = TOLD_MEMORY / 1024;
  const rows: readonly (readonly [string, number])[] = [
    ['MemTotal', kib],
    ['MemFree', kib / 2],
    ['MemAvailable', kib / 2],
    ['Buffers', 0],
    ['Cached', 0],
    ['SwapCached', 0],
    ['Active', 0],
    ['Inactive', 0],
    ['SwapTotal', 0],
    ['SwapFree', 0],
    ['Dirty', 0],
    ['Writeback', 0],
    ['AnonPages', 0],
    ['Mapped', 0],
    ['Shmem', 0],
    ['Slab', 0],
    ['SReclaimable', 0],
    ['SUnreclaim', 0],
    ['CommitLimit', kib],
    ['Committed_AS', 0],
  ];
  return rows.map(([name, value]) => `${`${name}:`.padEnd(16)}${String(value).padStart(8)} kB\n`).join('');
}

/** /proc/stat: one processor, whose time is not told apart. */
function statisticsText({ domain, clocks }: PosixProcess): string {
  const processes = [...domain.processes.values()];
  const running = processes.filter(({ threads }) => [...threads.values()].some((thread) => !thread.waiting));
  const began = (clocks.realtimeIfKnown() - BigInt(Math.trunc(clocks.monotonicOrZero()))) / 1_000_000_000n;
  const zeros = (count: number): string => ' 0'.repeat(count);
  return [
    `cpu ${zeros(10)}`,
    `cpu0${zeros(10)}`,
    'intr 0',
    'ctxt 0',
    `btime ${began}`,
    `processes ${processes.length}`,
    `procs_running ${running.length}`,
    'procs_blocked 0',
    `softirq${zeros(11)}\n`,
  ].join('\n');
}

const VIRTUAL_MEMORY = ['nr_free_pages', 'pgpgin', 'pgpgout', 'pswpin', 'pswpout', 'pgfault', 'pgmajfault'];

/** /proc. */
export function procDirectory(process: PosixProcess): SyntheticDirectory {
  const seconds = (): string => (process.clocks.monotonicOrZero() / 1e9).toFixed(2);
  const { domain } = process;
  return procRoot(
    process,
    new Map(
      Object.entries({
        self: link(() => String(process.pid)),
        'thread-self': link(() => `${process.pid}/task/${process.current?.tid ?? process.pid}`),
        mounts: link(() => 'self/mounts'),
        meminfo: text(memoryText),
        vmstat: text(() => VIRTUAL_MEMORY.map((name) => `${name} 0\n`).join('')),
        cpuinfo: text(
          () => 'processor\t: 0\nvendor_id\t: capOS\nmodel name\t: capOS x86-64 machine\ncpu cores\t: 1\n\n',
        ),
        uptime: text(() => `${seconds()} 0.00\n`),
        loadavg: text(() => `0.00 0.00 0.00 1/${domain.processes.size} ${process.pid}\n`),
        version: line(`Linux version ${RELEASE} (capOS) #1 capOS`),
        cmdline: line(''),
        devices: text(
          () =>
            'Character devices:\n  1 mem\n  5 /dev/tty\n  5 /dev/console\n  5 /dev/ptmx\n136 pts\n\nBlock devices:\n',
        ),
        stat: text(() => statisticsText(process)),
        filesystems: text(() => 'nodev\tcapos\nnodev\tproc\nnodev\tdevtmpfs\nnodev\ttmpfs\n'),
        sys: settings(process),
        sysvipc: directory({
          msg: text(() => messageText(domain.ipc.channels)),
          sem: text(() => semaphoreText(domain.ipc.semaphores)),
          shm: text(() => segmentText(domain.ipc.segments)),
        }),
      } satisfies Record<string, SyntheticEntry>),
    ),
  );
}
