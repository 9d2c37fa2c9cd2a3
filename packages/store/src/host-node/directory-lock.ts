// One live owner a directory. Node has no flock, so the lock is a file that names its owner's process; that of a dead
// process is taken over. Process numbers are reused, so on Linux the owner's start time counts too.
//
//   write own file ─ link to `lock` ─┬ made: ours
//                                    └ exists: owner alive ─ yes: locked
//                                                          └ no: move it aside, look that it is the one we judged, again
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StoreError } from '../store-error.ts';

const ATTEMPTS = 8;
let counter = 0;

export function lockDirectory(path: string): { release(): void } {
  const lock = join(path, 'lock');
  const owner = `${process.pid} ${startTime(process.pid) ?? ''} ${counter++}\n`;
  const own = join(path, `lock.${process.pid}.${counter}`);
  writeFileSync(own, owner, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (linked(own, lock)) {
        return {
          release() {
            if (read(lock) === owner) rmSync(lock, { force: true });
          },
        };
      }
      const found = read(lock);
      if (found === undefined) continue;
      if (alive(found)) {
        throw new StoreError(
          'locked',
          `Process ${found.split(' ')[0]} has the store in ${path} open. Close it there first.`,
        );
      }
      const aside = `${own}.stale`;
      try {
        renameSync(lock, aside);
      } catch {
        continue; // somebody else moved it
      }
      // Between the look and the move a new owner may have taken over: then it gets its lock back.
      if (read(aside) !== found) linked(aside, lock);
      rmSync(aside, { force: true });
    }
    throw new StoreError('locked', `The lock of ${path} changes hands too fast to take it. Try again.`);
  } finally {
    rmSync(own, { force: true });
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}

function alive(owner: string): boolean {
  const [pid = '', started = ''] = owner.trimEnd().split(' ');
  const number = Number(pid);
  if (!Number.isSafeInteger(number) || number <= 0) return false;
  try {
    process.kill(number, 0);
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
  const now = startTime(number);
  return started === '' || now === undefined || now === started;
}

/** Clock ticks from boot to the process's start (proc(5), field 22 of stat), where the system has it. */
function startTime(pid: number): string | undefined {
  const stat = read(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}
