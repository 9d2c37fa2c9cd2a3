// The Linux Test Project's tests of system calls: every entry of its list `runtest/syscalls` whose program is built, a unit an entry.
//
// No package holds them: a release is cloned where its authors publish it. An entry passes when it exits with 0 and
// skipped no more of its parts than on Linux, so that a call refused as "not configured" is not one passed.
import { cpSync, existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { hostTool } from '../debian-source.ts';
import { guestRoot, rootWithScratch, staticBusybox } from '../guest-root.ts';
import type { Judge, JudgeUnit, RunOutcome } from '../judge.ts';

const REPOSITORY = 'https://github.com/linux-test-project/ltp';
const RELEASE = '20260529';
/** What one entry may take; its own limits are this many times what their authors give them. */
const TIMEOUT_SECONDS = 180;
const TIMEOUT_FACTOR = 8;

/** Entries that would change the machine the Linux side runs on, or take it away from its other users. */
const NOT_RUN: readonly (readonly [reason: string, names: RegExp])[] = [
  [
    'sets clocks, host name or quotas',
    /^(adjtimex|clock_(adj|set)time|settimeofday|stime|set(host|domain)name|quotactl)/,
  ],
  ['loads modules, restarts, swaps or accounts', /^(acct|(delete|finit|init)_module|reboot|swapo(n|ff)|sysctl0)/],
  ['takes pages of memory or devices out of use', /^(madvise(07|11)|move_pages12|ioctl_(loop|sg)|vhangup|syslog)/],
  ['answers for whole file systems of the machine', /^fanotify/],
  ['tries a hole of the kernel, or fills it, for minutes', /^(dirty(c0w|pipe)|fork13|msgstress)/],
];

export const linuxTestProject: Judge = {
  name: 'ltp',
  title: 'Linux Test Project, syscalls',
  async load(cache) {
    const programs = await cache.once(`ltp-${RELEASE}`, (into) => build(join(into, 'source'), join(into, 'programs')));
    const folder = join(programs, 'programs');
    const root = await guestRoot(cache);
    const entries = listedEntries(readFileSync(join(folder, 'syscalls'), 'utf8')).filter(({ program }) =>
      existsSync(join(folder, program)),
    );
    const reasonOf = (name: string): string | undefined => NOT_RUN.find(([, names]) => names.test(name))?.[0];
    const units = entries
      .filter(({ name }) => reasonOf(name) === undefined)
      .map(
        ({ name, command }): JudgeUnit => ({
          name,
          run: (scratch) => ({
            program: staticBusybox(),
            path: '/bin/sh',
            // Not number 1 of its processes: the tests take that for a parent that has gone.
            arguments: ['-c', `${command} 2>&1; exit $?`],
            environment: [
              'PATH=/judged:/bin',
              'HOME=/tmp',
              'TMPDIR=/tmp',
              'LTP_COLORIZE_OUTPUT=n',
              'KCONFIG_SKIP_CHECK=1',
              // No block device: what wants one is passed on neither side.
              'LTP_DEV=/dev/null',
              `LTP_TIMEOUT_MUL=${TIMEOUT_FACTOR}`,
            ],
            workingDirectory: '/judged',
            mounts: [...rootWithScratch(root, scratch), { guest: '/judged', host: folder, readOnly: true }],
            timeoutSeconds: TIMEOUT_SECONDS,
            memoryMiB: 1024,
            network: 'loopback',
          }),
          verdicts: (outcome, native) => new Map([[name, ltpVerdict(outcome, native)]]),
        }),
      );
    const missing = NOT_RUN.map(
      ([reason]) => `${entries.filter(({ name }) => reasonOf(name) === reason).length} of its entries: ${reason}`,
    );
    return { version: `ltp ${RELEASE}, static with glibc, without block devices`, units, missing };
  },
};

export interface ListedEntry {
  readonly name: string;
  /** A line for a shell. */
  readonly command: string;
  /** Its first word. */
  readonly program: string;
}

/** `NAME COMMAND…` a line, and comments. */
export function listedEntries(list: string): ListedEntry[] {
  return [...list.matchAll(/^(\w+)[ \t]+((\S+).*?)[ \t]*$/gm)].map(([, name, command, program]) => ({
    name: name!,
    command: command!,
    program: program!,
  }));
}

export function ltpVerdict(outcome: RunOutcome, native: RunOutcome | undefined): boolean {
  const { ending } = outcome;
  const hasPassed = ending.how === 'exited' && ending.code === 0;
  return hasPassed && (native === undefined || skippedParts(outcome) <= skippedParts(native));
}

/** Parts that found something not configured, as the summary at the end counts them. */
function skippedParts({ stdout }: RunOutcome): number {
  return Number(/^skipped\s+(\d+)$/m.exec(Buffer.from(stdout).toString('latin1'))?.[1] ?? 0);
}

/** The programs, and the list of them, in one folder; the source does not stay. */
function build(source: string, into: string): void {
  const make = (...args: string[]): string => hostTool('make', args, source);
  hostTool('git', ['clone', '--quiet', '--depth', '1', '--branch', RELEASE, REPOSITORY, source]);
  make('autotools');
  hostTool('./configure', ['LDFLAGS=-static -s'], source);
  const jobs = `-j${availableParallelism()}`;
  make(jobs, '-C', 'lib', 'libltp.a');
  make(jobs, '-C', 'libs');
  try {
    make('-k', jobs, '-C', 'testcases/kernel/syscalls');
  } catch {
    // Not every test suits every C library; what doesn't link is not run on either side.
  }
  cpSync(join(source, 'runtest/syscalls'), join(into, 'syscalls'));
  for (const file of globSync('testcases/kernel/syscalls/**/*', { cwd: source, withFileTypes: true }))
    if (file.isFile() && /^[^.]+$/.test(file.name) && file.name !== 'Makefile')
      cpSync(join(file.parentPath, file.name), join(into, file.name));
  rmSync(source, { recursive: true });
}
