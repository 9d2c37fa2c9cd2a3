// Files as the program sees them, for tools beside it: a debugger or a profiler that looks for symbols.
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import type { ReadFile } from '@capos/x86-machine';
import type { Mount } from './mount-option.ts';

/** What is larger is no library. */
const LARGEST_FILE = 2 ** 29;

/** The program itself and what its mounts show it, by its own paths. */
export function filesOfProgram(itsPaths: readonly string[], image: Uint8Array, mounts: readonly Mount[]): ReadFile {
  const bySpecificity = [...mounts].sort((one, other) => other.guest.length - one.guest.length);
  return (path) => {
    if (itsPaths.includes(path)) return image;
    const wanted = resolve('/', path);
    const mount = bySpecificity.find(
      ({ guest }) => guest === '/' || wanted === guest || wanted.startsWith(`${guest}/`),
    );
    if (mount === undefined) return undefined;
    try {
      const root = realpathSync(mount.host);
      const file = realpathSync(join(root, wanted.slice(mount.guest === '/' ? 0 : mount.guest.length)));
      // A link that leads out of the mount leads nowhere for the program either.
      if (root !== sep && !file.startsWith(root + sep)) return undefined;
      const status = statSync(file);
      return status.isFile() && status.size <= LARGEST_FILE ? readFileSync(file) : undefined;
    } catch {
      return undefined;
    }
  };
}
