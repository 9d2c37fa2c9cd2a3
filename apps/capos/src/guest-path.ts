// Where a program sees a file of the host: below the mount that shows it, as `/proc/self/exe` tells; programs look for their own
// files beside it.
import { realpathSync } from 'node:fs';
import { basename, join, posix, relative, sep } from 'node:path';
import type { Mount } from './mount-option.ts';

/** `file` exists. Outside all mounts it is shown at the root, where nothing lies beside it. */
export function guestPath(file: string, mounts: readonly Mount[]): string {
  const real = realpathSync(file);
  const shown = mounts.flatMap(({ guest, host }) => {
    const below = relative(realpathSync(host), real);
    return below === '' || below === '..' || below.startsWith(`..${sep}`) ? [] : [{ guest, below }];
  });
  // The innermost mount: its way to the file is the shortest.
  const [nearest] = shown.sort((left, right) => left.below.length - right.below.length);
  if (nearest === undefined) return join('/', basename(file));
  return posix.join(nearest.guest, ...nearest.below.split(sep));
}
