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
import { InodeNumbers } from './inode-numbers.ts';
import { SyntheticDirectory, type SyntheticEntry } from './synthetic-directory.ts';

/** One line of the table, with its directory already at hand. */
export interface MountEntry {
  /** Absolute path; `.`, `..` and empty components are not allowed. */
  readonly path: ByteString;
  /** Or what makes it, when a path first leads there. */
  readonly root: DirectoryBackend | (() => DirectoryBackend);
  readonly readOnly: boolean;
  /** Name of the capability, for messages. */
  readonly source?: string;
}

export class MountTable {
  readonly root: DirectoryNode;
  #mounts: readonly Mount[];
  readonly #cache = new NodeCache();
  #lastMount = 1_000_000;
  readonly #provided: readonly (readonly ByteString[])[];

  /** Shallow paths first, so that a mount inside another one covers it whatever the order in which they are declared. */
  constructor(
    entries: readonly MountEntry[],
    files: ReadonlyMap<ByteString, ByteString> = new Map(),
    numbers: InodeNumbers = new InodeNumbers(),
  ) {
    const cache = this.#cache;
    const laidOver = new Map<ByteString, DirectoryNode>();
    const provided = [...entries, ...directoriesFor(files, entries, numbers)];
    const sorted = provided
      .map((entry) => ({ ...entry, components: componentsOf(entry.path) }))
      .sort((left, right) => left.components.length - right.components.length);
    const mounts: Mount[] = [];
    const nodeFor = (entry: MountEntry, parent: DirectoryNode | undefined, name: ByteString): DirectoryNode => {
      const mount: Mount = {
        path: entry.path,
        readOnly: entry.readOnly,
        source: entry.source,
        files: laidOver,
      };
      mounts.push(mount);
      return new DirectoryNode(mount, parent, name, entry.root, `mount:${mounts.length}`, cache);
    };
    const hollow = (path: ByteString): MountEntry => ({
      path,
      root: new SyntheticDirectory(new Map(), { numbers }),
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
    this.#mounts = [...mounts];
    this.#provided = provided.map((entry) => componentsOf(entry.path));
    for (const [path, content] of files) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      const root = new SyntheticDirectory(new Map([[name, textOf(content)]]), { numbers });
      const above = path.slice(0, path.lastIndexOf('/')) || '/';
      laidOver.set(path, nodeFor({ path: above, root, readOnly: true }, this.root, name).retain());
    }
  }

  /** What is mounted, and was not covered when it was. */
  get mounts(): readonly Mount[] {
    return this.#mounts;
  }

  /** Lays a directory over `name` in `parent`. With a `lender`, it is that node's and stays open with it. */
  mount(
    parent: DirectoryNode,
    name: ByteString,
    mount: Mount,
    root: DirectoryBackend | (() => DirectoryBackend),
    lender?: DirectoryNode,
  ): void {
    const node = new DirectoryNode(mount, parent, name, root, `mount:${this.#lastMount++}`, this.#cache, lender);
    parent.addMountPoint(name, node);
    this.#mounts = [...this.#mounts, mount];
  }

  unmount(parent: DirectoryNode, name: ByteString): void {
    const gone = parent.mountPoint(name)?.mount;
    parent.removeMountPoint(name);
    this.#mounts = this.#mounts.filter((mount) => mount !== gone);
  }

  /** Whether some mount is declared for an absolute path, whatever is there. */
  covers(path: ByteString): boolean {
    const components = path.split('/').filter((component) => component !== '' && component !== '.');
    return this.#provided.some((prefix) => within(components, prefix));
  }
}

function within(components: readonly ByteString[], prefix: readonly ByteString[]): boolean {
  return prefix.every((component, index) => component === components[index]);
}

function textOf(content: ByteString): SyntheticEntry {
  return { kind: 'text', content: () => content, size: content.length };
}

/** Directories for files that no mount has a place for. */
function directoriesFor(
  files: ReadonlyMap<ByteString, ByteString>,
  entries: readonly MountEntry[],
  numbers: InodeNumbers,
): readonly MountEntry[] {
  const directories = new Map<ByteString, Map<ByteString, SyntheticEntry>>();
  for (const [path, content] of files) {
    const components = componentsOf(path);
    const covered = entries.some((entry) => {
      const prefix = componentsOf(entry.path);
      return prefix.length < components.length && prefix.every((component, index) => component === components[index]);
    });
    if (covered) continue;
    const above = `/${components.slice(0, -1).join('/')}`;
    const table = directories.get(above) ?? new Map<ByteString, SyntheticEntry>();
    table.set(components.at(-1)!, textOf(content));
    directories.set(above, table);
  }
  return [...directories].map(([path, table]) => ({
    path,
    root: new SyntheticDirectory(table, { numbers }),
    readOnly: true,
  }));
}

/** The components of a mount's path. @throws RangeError when it is not absolute, or has `.` or `..`. */
function componentsOf(path: ByteString): ByteString[] {
  const components = path.split('/').filter((component) => component !== '');
  if (!path.startsWith('/') || components.includes('.') || components.includes('..') || path.includes('\0'))
    throw new RangeError(`"${path}" can't be a mount's path: use an absolute path without "." and ".."`);
  return components;
}
