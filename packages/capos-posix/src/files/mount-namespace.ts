// Mount name space: what programs of a domain have mounted over the mounts that they were granted (mount_namespaces(7)).
//
//   granted mounts (MountTable) ◀── laid over, in order ── tmpfs at /mnt, /work bound at /mnt/w, proc at /x …
//
// Nothing can be mounted that could not be reached before: memory of the domain's own, its own /proc, or a directory once more. A
// process catches up with its name space when it next follows a path, each in nodes of its own (`catchUp`).

import type { ByteString } from '../guest-memory.ts';
import { type Blocking, settle } from '../waiting.ts';
import type { DirectoryBackend } from './backend.ts';
import type { DirectoryNode, Mount } from './directory-node.ts';
import type { MountTable } from './mount-table.ts';
import { walk } from './path-walk.ts';

/** Something mounted by a program. */
export interface NamespaceMount extends Mount {
  /** As mount(2) was told: tmpfs, proc; or what is bound. */
  readonly source: string;
  readonly type: string;
  readOnly: boolean;
  /** What is mounted: a file system's root, what makes it for a process, or the path of a directory to be seen here too. */
  readonly root: DirectoryBackend | 'proc' | { readonly boundTo: ByteString };
  /** umount2's MNT_EXPIRE has marked it. */
  isExpiring?: boolean;
}

/** Mounts that one may have. */
const MOST_MOUNTS = 1024;

export class MountNamespace {
  #mounts: readonly NamespaceMount[] = [];
  /** Another one for every change. */
  version = 0;

  get mounts(): readonly NamespaceMount[] {
    return this.#mounts;
  }

  get isFull(): boolean {
    return this.#mounts.length >= MOST_MOUNTS;
  }

  /** One that begins the same, for a process that leaves this one. */
  copy(): MountNamespace {
    const copy = new MountNamespace();
    copy.#mounts = this.#mounts.map((mount) => ({ ...mount }));
    copy.version = this.version + 1;
    return copy;
  }

  add(mount: NamespaceMount): void {
    this.#mounts = [...this.#mounts, mount];
    this.version++;
  }

  remove(mount: NamespaceMount): void {
    this.#mounts = this.#mounts.filter((other) => other !== mount);
    this.version++;
  }
}

/** What of a name space a process's mount table has. */
export class SeenMounts {
  readonly #nodes = new Map<NamespaceMount, { readonly parent: DirectoryNode; readonly name: ByteString }>();
  #namespace: MountNamespace | undefined;
  #version = 0;

  isCurrent(namespace: MountNamespace): boolean {
    return this.#namespace === namespace ? this.#version === namespace.version : namespace.mounts.length === 0;
  }

  /** Lays over `table` what its name space has, and takes away what that has no more. */
  *catchUp(
    table: MountTable,
    namespace: MountNamespace,
    proc: () => DirectoryBackend,
    pin: (node: DirectoryNode) => void,
  ): Blocking<void> {
    this.#namespace = namespace;
    this.#version = namespace.version;
    for (const [mount, { parent, name }] of [...this.#nodes].reverse()) {
      if (namespace.mounts.includes(mount)) continue;
      table.unmount(parent, name);
      this.#nodes.delete(mount);
    }
    for (const mount of namespace.mounts) {
      if (this.#nodes.has(mount)) continue;
      const place = yield* settle(walk(table.root, table.root, mount.path, { follow: true, pin }));
      if (typeof place === 'number' || place.node?.parent === undefined) continue;
      const { parent, name } = place.node;
      const { root } = mount;
      if (root === 'proc') table.mount(parent, name, mount, proc);
      else if (!('boundTo' in root)) table.mount(parent, name, mount, root);
      else {
        const bound = yield* settle(walk(table.root, table.root, root.boundTo, { follow: true, pin }));
        if (typeof bound === 'number' || bound.node === undefined) continue;
        table.mount(parent, name, mount, bound.node.backend, bound.node);
      }
      this.#nodes.set(mount, { parent, name });
    }
  }
}
