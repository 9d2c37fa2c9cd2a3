// A unit's program on Linux itself, kept from harming the machine it runs on.
//
// Suites kill by number, set clocks and fill queues: the program has its own process numbers, message queues and mounts, and
// can't set the clock. Its root is put together from the mounts that a guest sees. It leads a session, as it does
// inside, and is a child of the first process of its name space, to which signals do nothing by default (pid_namespaces(7)).
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProgramRun, type RunOutcome, Unavailable } from './judge.ts';

/** Arguments of its own: root of the chroot, working directory, whether it has a loopback of its own, how many mounts, then each mount, then the program's. */
const INTO_CHROOT = `
set -e
root=$1 directory=$2 loopback=$3 count=$4; shift 4
mount --make-rprivate /
while [ $count -gt 0 ]; do
  mount --bind "$2" "$root$1"
  [ $3 = rw ] || mount -o remount,bind,ro "$root$1"
  count=$((count - 1)); shift 3
done
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
[ $loopback = no ] || ip link set lo up 2>/dev/null || busybox ip link set lo up
setsid -w chroot "$root" /bin/sh -c 'cd "$0" && exec env -i "$@"' "$directory" "$@"
exit $?`;

const CONFINED: readonly string[] = [
  '--bounding-set=-sys_time,-sys_boot',
  'unshare',
  '--pid',
  '--fork',
  '--ipc',
  '--mount',
  '--kill-child',
];

let confines: boolean | undefined;

function requireConfinement(): void {
  confines ??= spawnSync('setpriv', [...CONFINED, 'true']).status === 0;
  if (!confines)
    throw new Unavailable('running it on Linux takes a chroot of its own, and unshare is not allowed here');
}

/** Most output kept of a run. */
const OUTPUT_LIMIT = 16 * 2 ** 20;

export function runNatively(run: ProgramRun): Promise<RunOutcome> {
  requireConfinement();
  const root = mkdtempSync(join(tmpdir(), 'capos-judge-root-'));
  const mounts = run.mounts.flatMap(({ guest, host, readOnly }) => [guest, host, readOnly ? 'ro' : 'rw']);
  const loopback = run.network === 'loopback';
  const script = [
    ...(loopback ? ['--net'] : []),
    ...['sh', '-c', INTO_CHROOT, 'sh', root, run.workingDirectory, loopback ? 'yes' : 'no'],
    ...[String(run.mounts.length), ...mounts],
  ];
  return new Promise((resolve) => {
    const child = spawn('setpriv', [...CONFINED, ...script, ...run.environment, run.path, ...run.arguments], {
      env: { PATH: process.env.PATH },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    let size = 0;
    let timedOut = false;
    const keep = (into: Buffer[]) => (chunk: Buffer) => {
      size += chunk.length;
      if (size <= OUTPUT_LIMIT) into.push(chunk);
    };
    child.stdout.on('data', keep(out));
    child.stderr.on('data', keep(err));
    child.stdin.on('error', () => {});
    child.stdin.end(run.input ?? '');
    const killAll = (): void => {
      try {
        process.kill(-child.pid!, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    };
    const timer = setTimeout(() => {
      timedOut = true;
      killAll();
    }, run.timeoutSeconds * 1000);
    const done = (ending: RunOutcome['ending']): void => {
      clearTimeout(timer);
      rmdirSync(root);
      resolve({ ending, stdout: Buffer.concat(out), stderr: Buffer.concat(err) });
    };
    child.on('error', (error) => done({ how: 'broke', message: error.message }));
    child.on('exit', (code, signal) => {
      // What the program left running would keep the pipes open.
      killAll();
      setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      }, 200).unref();
      child.on('close', () => {
        if (timedOut) done({ how: 'timed out' });
        else if (code !== null && code <= 128) done({ how: 'exited', code });
        else done({ how: 'killed', signal: code !== null ? code - 128 : signalNumber(signal) });
      });
    });
  });
}

function signalNumber(name: NodeJS.Signals | null): number {
  return name === 'SIGSEGV' ? 11 : name === 'SIGABRT' ? 6 : 9;
}
