// Mount table: the program's whole world of names, declared as (path, capability, flags).
//
//   [{ path: '/work', cap: 'work', readOnly: true }, { path: '/tmp', cap: 'scratch' }]
//
//        / ── dev (synthetic)          Directories above a mount that no mount provides exist too, empty but for what
//        ├── proc (synthetic)          leads to mounts; a program sees that they are there and can do nothing with
//        ├── work ▶ capability         them. With no mounts at all there is nothing but the synthetic pieces.
//        └── tmp  ▶ capability

import type { ByteString } from '../guest-memory.ts';
import type { DirectoryBackend } from './backend.ts';
import { DirectoryNode, type Mount, NodeCache } from './directory-node.ts';
import { SyntheticDirectory } from './synthetic-directory.ts';

/** One line of the table, with its directory already at hand. */
export interface MountEntry {
  /** Absolute path; `.`, `..` and empty components are not allowed. */
  readonly path: ByteString;
  readonly root: DirectoryBackend;
  readonly readOnly: boolean;
  /** Name of the capability, for messages. */
  readonly source?: string;
}

export class MountTable {
  readonly root: DirectoryNode;
  readonly mounts: readonly Mount[];

  /** Shallow paths first, so that a mount inside another one covers it whatever the order in which they are declared. */
  constructor(entries: readonly MountEntry[]) {
    const cache = new NodeCache();
    const sorted = entries
      .map((entry) => ({ ...entry, components: componentsOf(entry.path) }))
      .sort((left, right) => left.components.length - right.components.length);
    const mounts: Mount[] = [];
    const nodeFor = (entry: MountEntry, parent: DirectoryNode | undefined, name: ByteString): DirectoryNode => {
      const mount: Mount = { path: entry.path, readOnly: entry.readOnly, source: entry.source };
      mounts.push(mount);
      return new DirectoryNode(mount, parent, name, entry.root, `mount:${mounts.length}`, cache);
    };
    const hollow = (path: ByteString): MountEntry => ({
      path,
      root: new SyntheticDirectory(new Map()),
      readOnly: true,
    });
    const atRoot = sorted[0]?.components.length === 0 ? sorted.shift()! : hollow('/');
    this.root = nodeFor(atRoot, undefined, '').retain();
    for (const entry of sorted) {
      let node = this.root;
      for (const [index, component] of entry.components.entries()) {
        const last = index === entry.components.length - 1;
        let next = last ? undefined : node.mountPoint(component);
        if (next === undefined) {
          const path = `/${entry.components.slice(0, index + 1).join('/')}`;
          next = nodeFor(last ? entry : hollow(path), node, component);
          node.addMountPoint(component, next);
        }
        node = next;
      }
    }
    this.mounts = mounts;
  }
}

/** The components of a mount's path. @throws RangeError when it is not absolute, or has `.` or `..`. */
export function componentsOf(path: ByteString): ByteString[] {
  const components = path.split('/').filter((component) => component !== '');
  if (!path.startsWith('/') || components.includes('.') || components.includes('..') || path.includes('\0'))
    throw new RangeError(`"${path}" can't be a mount's path: use an absolute path without "." and ".."`);
  return components;
}
