// What /proc/PID tells of a process in texts: status, stat, maps, limits, fdinfo (proc(5)).

import type { ByteString } from '../guest-memory.ts';
import { OPEN } from '../linux/file-flags.ts';
import { PROT } from '../linux/memory-flags.ts';
import { SIG_DFL, SIG_IGN } from '../linux/signal-numbers.ts';
import { RLIMIT } from '../linux/thread-flags.ts';
import type { Area } from '../memory/area-map.ts';
import { INIT_PID } from '../posix-domain.ts';
import type { PosixProcess } from '../posix-process.ts';
import type { PosixThread } from '../posix-thread.ts';
import { bit, type SignalSet } from '../signals/signal-set.ts';
import { RLIM_INFINITY } from '../system/resource-limits.ts';
import { ChangeFile } from './change-file.ts';
import { ProcessFile } from './process-file.ts';

const PAGE = 4096;
const TICK_NS = 10_000_000;
const SIGNALS = 64;
const SIGCHLD = 17;

const STATES = { R: 'running', S: 'sleeping', T: 'stopped', Z: 'zombie' } as const;

/** The thread that gives the process its number and name. */
function leader(process: PosixProcess): PosixThread | undefined {
  return process.threads.get(process.pid) ?? process.threads.values().next().value;
}

/** The name of its first thread. */
export function threadName(process: PosixProcess): ByteString {
  return leader(process)?.name ?? process.lastName;
}

/** What it takes of its address space, in bytes. */
function sizeOf(process: PosixProcess): number {
  return process.ended ? 0 : process.space.map.total;
}

/** Who asks runs; others wait, are stopped, or would run. */
function stateOf(process: PosixProcess, thread: PosixThread | undefined): keyof typeof STATES {
  if (process.ended || thread === undefined) return 'Z';
  if (process.stoppedBy !== 0) return 'T';
  return thread.waiting && process.current !== thread ? 'S' : 'R';
}

/** Signals whose action is of a kind. */
function signalsWith(process: PosixProcess, isMeant: (handler: number) => boolean): SignalSet {
  let set = 0n;
  for (let signal = 1; signal <= SIGNALS; signal++)
    if (isMeant(process.actions.get(signal).handler)) set |= bit(signal);
  return set;
}

function signalSets(process: PosixProcess, thread: PosixThread | undefined) {
  return {
    threadPending: thread?.pending.set ?? 0n,
    blocked: thread?.blocked ?? 0n,
    ignored: signalsWith(process, (handler) => handler === SIG_IGN),
    caught: signalsWith(process, (handler) => handler !== SIG_IGN && handler !== SIG_DFL),
  };
}

function kibibytes(bytes: number): string {
  return `${String(Math.trunc(bytes / 1024)).padStart(8)} kB`;
}

/** /proc/PID/status, and that of a thread (proc_pid_status(5)). */
export function statusOf(process: PosixProcess, thread: PosixThread | undefined = leader(process)): ByteString {
  const { identity } = process;
  const size = kibibytes(sizeOf(process));
  const state = stateOf(process, thread);
  const { threadPending, blocked, ignored, caught } = signalSets(process, thread);
  const set = (signals: SignalSet): string => signals.toString(16).padStart(16, '0');
  const rows: readonly (readonly [string, string | number])[] = [
    ['Name', thread?.name ?? threadName(process)],
    ['Umask', process.umask.toString(8).padStart(4, '0')],
    ['State', `${state} (${STATES[state]})`],
    ['Tgid', process.pid],
    ['Ngid', 0],
    ['Pid', thread?.tid ?? process.pid],
    ['PPid', process.parent?.pid ?? INIT_PID],
    ['TracerPid', 0],
    ['Uid', [identity.uid, identity.euid, identity.suid, identity.fsuid].join('\t')],
    ['Gid', [identity.gid, identity.egid, identity.sgid, identity.fsgid].join('\t')],
    ['FDSize', 64],
    ['Groups', identity.groups.map((group) => `${group} `).join('')],
    ['VmPeak', size],
    ['VmSize', size],
    ['VmLck', kibibytes(process.ended ? 0 : process.space.lockedBytes)],
    ['VmRSS', size],
    ['Threads', Math.max(1, process.threads.size)],
    ['SigQ', `${process.pending.size}/${process.limits.get(RLIMIT.SIGPENDING)?.soft ?? 0n}`],
    ['SigPnd', set(threadPending)],
    ['ShdPnd', set(process.pending.set)],
    ['SigBlk', set(blocked)],
    ['SigIgn', set(ignored)],
    ['SigCgt', set(caught)],
    ['CapInh', set(identity.privileges.inheritable)],
    ['CapPrm', set(identity.privileges.permitted)],
    ['CapEff', set(identity.privileges.effective)],
    ['CapBnd', set(identity.privileges.bounding)],
    ['CapAmb', set(identity.privileges.ambient)],
    ['NoNewPrivs', process.attributes.noNewPrivileges ? 1 : 0],
    ['Seccomp', thread?.seccomp?.mode ?? 0],
    ['Seccomp_filters', thread?.seccomp?.filters.length ?? 0],
    ['Cpus_allowed', 1],
    ['Cpus_allowed_list', 0],
    ['voluntary_ctxt_switches', 0],
    ['nonvoluntary_ctxt_switches', 0],
  ];
  return rows.map(([name, value]) => `${name}:\t${value}\n`).join('');
}

/** /proc/PID/stat: 52 fields (proc_pid_stat(5)), of which those that nobody counts here are 0. */
export function statOf(process: PosixProcess, thread: PosixThread | undefined = leader(process)): ByteString {
  const terminal = process.domain.controllingTerminal(process.session);
  const { threadPending, blocked, ignored, caught } = signalSets(process, thread);
  const low = (signals: SignalSet): bigint => signals & 0x7fff_ffffn;
  const { nice = 0, policy = 0, priority = 0 } = thread?.scheduling ?? {};
  const used = process.clocks.granted && !process.ended ? Math.trunc(process.clocks.processorNs() / TICK_NS) : 0;
  const fields: readonly (number | bigint | string)[] = [
    ...[thread?.tid ?? process.pid, `(${thread?.name ?? threadName(process)})`, stateOf(process, thread)],
    ...[process.parent?.pid ?? INIT_PID, process.group, process.session],
    ...[terminal === undefined ? 0 : Number(terminal.rdev), terminal?.foregroundGroup ?? -1],
    // Flags, and four counts of page faults.
    ...[0, 0, 0, 0, 0],
    ...[used, 0, Math.trunc(process.childrenNs / TICK_NS), 0],
    ...[20 + nice, nice, Math.max(1, process.threads.size), 0, Math.trunc(process.startedNs / TICK_NS)],
    ...[sizeOf(process), Math.trunc(sizeOf(process) / PAGE), RLIM_INFINITY],
    // Where code, stack and instruction pointer are.
    ...[0, 0, 0, 0, 0],
    ...[low(threadPending), low(blocked), low(ignored), low(caught)],
    ...[0, 0, 0, SIGCHLD, 0, priority, policy],
    ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  ];
  return `${fields.join(' ')}\n`;
}

/** /proc/PID/statm: size, resident, shared, text, library, data, dirty, in pages (proc_pid_statm(5)). */
export function statmOf(process: PosixProcess): ByteString {
  const pages = Math.trunc(sizeOf(process) / PAGE);
  return `${[pages, pages, 0, 0, 0, pages, 0].join(' ')}\n`;
}

function mapLine(area: Area): ByteString {
  const flag = (bit: number, letter: string): string => ((area.protection & bit) !== 0 ? letter : '-');
  const protection = `${flag(PROT.READ, 'r')}${flag(PROT.WRITE, 'w')}${flag(PROT.EXEC, 'x')}${area.shared ? 's' : 'p'}`;
  const offset = (area.backing?.offset ?? 0).toString(16).padStart(8, '0');
  const head = `${area.start.toString(16)}-${area.end.toString(16)} ${protection} ${offset} 00:00 0`;
  return area.name === '' ? `${head} \n` : `${head.padEnd(73)}${area.name}\n`;
}

/** The areas as one mapping each, however much of it is there. */
function asMapped(areas: readonly Area[]): Area[] {
  const mapped: Area[] = [];
  for (const area of areas) {
    const before = mapped.at(-1);
    if (before !== undefined && continues(before, area)) mapped[mapped.length - 1] = { ...before, end: area.end };
    else mapped.push(area);
  }
  return mapped;
}

function continues(before: Area, area: Area): boolean {
  if (before.end !== area.start || before.protection !== area.protection || before.shared !== area.shared) return false;
  if (before.backing === undefined || before.backing.file !== area.backing?.file) return false;
  return before.backing.offset + (before.end - before.start) === area.backing.offset;
}

/** /proc/PID/maps (proc_pid_maps(5)). */
export function mapsOf(process: PosixProcess): ByteString {
  return process.ended ? '' : asMapped(process.space.map.areas).map(mapLine).join('');
}

/** /proc/PID/smaps (proc_pid_smaps(5)): every page of what may be touched counts as resident, and as this process's alone. */
export function memoryMapsOf(process: PosixProcess): ByteString {
  if (process.ended) return '';
  const { map, locked } = process.space;
  return map.areas
    .flatMap((area) => locked.pieces(area.start, area.end).map((piece) => ({ ...area, ...piece })))
    .map((area) => {
      const { start, end, protection } = area;
      const resident = protection === 0 ? 0 : end - start;
      const rows: readonly (readonly [string, number])[] = [
        ['Size', end - start],
        ['KernelPageSize', PAGE],
        ['MMUPageSize', PAGE],
        ['Rss', resident],
        ['Pss', resident],
        ['Private_Dirty', resident],
        ['Referenced', resident],
        ['Anonymous', area.backing === undefined ? resident : 0],
        ['Swap', 0],
        ['Locked', locked.within(start, end)],
      ];
      return mapLine(area) + rows.map(([name, bytes]) => `${`${name}:`.padEnd(16)}${kibibytes(bytes)}\n`).join('');
    })
    .join('');
}

/** Names and units of the limits in the order of /proc/PID/limits (proc_pid_limits(5)). */
const LIMITS: readonly (readonly [resource: number, name: string, unit: string])[] = [
  [RLIMIT.CPU, 'Max cpu time', 'seconds'],
  [RLIMIT.FSIZE, 'Max file size', 'bytes'],
  [RLIMIT.DATA, 'Max data size', 'bytes'],
  [RLIMIT.STACK, 'Max stack size', 'bytes'],
  [RLIMIT.CORE, 'Max core file size', 'bytes'],
  [RLIMIT.RSS, 'Max resident set', 'bytes'],
  [RLIMIT.NPROC, 'Max processes', 'processes'],
  [RLIMIT.NOFILE, 'Max open files', 'files'],
  [RLIMIT.MEMLOCK, 'Max locked memory', 'bytes'],
  [RLIMIT.AS, 'Max address space', 'bytes'],
  [RLIMIT.LOCKS, 'Max file locks', 'locks'],
  [RLIMIT.SIGPENDING, 'Max pending signals', 'signals'],
  [RLIMIT.MSGQUEUE, 'Max msgqueue size', 'bytes'],
  [RLIMIT.NICE, 'Max nice priority', ''],
  [RLIMIT.RTPRIO, 'Max realtime priority', ''],
  [RLIMIT.RTTIME, 'Max realtime timeout', 'us'],
];

export function limitsOf({ limits }: PosixProcess): ByteString {
  const column = (text: string, width: number): string => `${text.padEnd(width)} `;
  const amount = (limit: bigint): string => column(limit === RLIM_INFINITY ? 'unlimited' : String(limit), 20);
  const head = `${column('Limit', 25)}${column('Soft Limit', 20)}${column('Hard Limit', 20)}${'Units'.padEnd(10)}\n`;
  const lines = LIMITS.map(([resource, name, unit]) => {
    const { soft, hard } = limits.get(resource)!;
    return `${column(name, 25)}${amount(soft)}${amount(hard)}${unit === '' ? '' : unit.padEnd(10)}\n`;
  });
  return head + lines.join('');
}

/** /proc/PID/fdinfo/N (proc_pid_fdinfo(5)). */
export function descriptorInfo(process: PosixProcess, descriptor: number): ByteString {
  const file = process.descriptors.get(descriptor);
  if (file === undefined) return '';
  const closes = process.descriptors.closeOnExec(descriptor) === true ? OPEN.CLOEXEC : 0;
  const flags = (file.statusFlags | OPEN.LARGEFILE | closes).toString(8);
  const lines = `pos:\t${file.offset}\nflags:\t0${flags}\nmnt_id:\t1\n`;
  if (file instanceof ChangeFile) return lines + file.info;
  if (!(file instanceof ProcessFile)) return lines;
  const { pid, ended, isZombie } = file.process;
  const number = ended && !isZombie ? -1 : pid;
  return `${lines}Pid:\t${number}\nNSpid:\t${number}\n`;
}
