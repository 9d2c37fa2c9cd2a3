// A tree of files in memory, served as Directory and File capabilities: what a mount is made of in unit tests.

import { Directory, File as FileInterface, type FileStat } from '@capos/abi';
import { byteString, bytesOf } from '../../src/guest-memory.ts';
import { ERRNO } from '../../src/linux/errno.ts';
import type { ServedCall, ServedObject } from './test-capabilities.ts';

let nextInode = 100n;

export interface FileNode {
  kind: 'file';
  inode: bigint;
  bytes: Uint8Array;
  mode: number;
  links: number;
  modifiedNs: bigint;
}
export interface DirectoryNode {
  kind: 'directory';
  inode: bigint;
  entries: Map<string, TreeNode>;
  mode: number;
}
export interface LinkNode {
  kind: 'symlink';
  inode: bigint;
  target: string;
}
export type TreeNode = FileNode | DirectoryNode | LinkNode;

export type Shape = { readonly [name: string]: string | Uint8Array | Shape | { readonly link: string } };

export function file(content: string | Uint8Array, mode = 0o644): FileNode {
  const bytes = typeof content === 'string' ? bytesOf(content) : content;
  return { kind: 'file', inode: nextInode++, bytes, mode, links: 1, modifiedNs: 0n };
}

export function tree(shape: Shape): DirectoryNode {
  const entries = new Map<string, TreeNode>();
  for (const [name, value] of Object.entries(shape)) {
    if (typeof value === 'string' || value instanceof Uint8Array) entries.set(name, file(value));
    else if ('link' in value && typeof value.link === 'string')
      entries.set(name, { kind: 'symlink', inode: nextInode++, target: value.link });
    else entries.set(name, tree(value as Shape));
  }
  return { kind: 'directory', inode: nextInode++, entries, mode: 0o755 };
}

function stat(node: TreeNode): FileStat {
  return {
    kind: node.kind,
    mode: node.kind === 'symlink' ? 0o777 : node.mode,
    size: BigInt(node.kind === 'file' ? node.bytes.length : node.kind === 'symlink' ? node.target.length : 4096),
    links: node.kind === 'file' ? node.links : 1,
    inode: node.inode,
    modifiedNs: node.kind === 'file' ? node.modifiedNs : 0n,
    accessedNs: 0n,
    changedNs: 0n,
    uid: 0,
    gid: 0,
    blockSize: 4096,
    blocks: 0n,
    device: 77n,
    rdev: 0n,
  };
}

function resolve(root: DirectoryNode, path: string, isCut: boolean): { errno: number; stats: FileStat[] } {
  const stats: FileStat[] = [];
  let directory = root;
  for (const name of path.split('/')) {
    const found = directory.entries.get(name);
    if (found === undefined) return { errno: ERRNO.ENOENT, stats };
    stats.push(stat(found));
    if (found.kind !== 'directory' || (isCut && stats.length === 2)) break;
    directory = found;
  }
  return { errno: 0, stats };
}

const NO_STAT: FileStat = stat({ kind: 'directory', inode: 0n, entries: new Map(), mode: 0 });
const served = new WeakMap<ServedObject, DirectoryNode>();

function serveFile(node: FileNode): ServedObject {
  return {
    descriptor: FileInterface,
    methods: {
      read: ({ offset, length }) => ({ errno: 0, data: node.bytes.slice(Number(offset), Number(offset) + length) }),
      write: ({ offset, data, append }) => {
        const at = append ? node.bytes.length : Number(offset);
        const larger = new Uint8Array(Math.max(node.bytes.length, at + data.length));
        larger.set(node.bytes);
        larger.set(data, at);
        node.bytes = larger;
        return { errno: 0, count: data.length, offset: BigInt(at + data.length) };
      },
      stat: () => ({ errno: 0, stat: stat(node) }),
      truncate: ({ size }) => {
        const other = new Uint8Array(Number(size));
        other.set(node.bytes.subarray(0, Number(size)));
        node.bytes = other;
        return { errno: 0 };
      },
      sync: () => ({ errno: 0 }),
      setAttributes: ({ attributes }) => {
        if ((attributes.mask & 1) !== 0) node.mode = attributes.mode;
        if ((attributes.mask & 8) !== 0) node.modifiedNs = attributes.modifiedNs;
        return { errno: 0 };
      },
    },
  };
}

/** How often it looks up several names at once: never (it does not know how), as far as it is asked to, or less far. */
export type Resolving = 'never' | 'whole' | 'some';

export function serveTree(root: DirectoryNode, resolving: Resolving = 'never'): ServedObject {
  const { entries } = root;
  const named = (name: Uint8Array): string => byteString(name);
  const object: ServedObject = {
    descriptor: Directory,
    methods: {
      lookup: ({ name }) => {
        const found = entries.get(named(name));
        return found === undefined ? { errno: ERRNO.ENOENT, stat: NO_STAT } : { errno: 0, stat: stat(found) };
      },
      ...(resolving === 'never' ? {} : { resolve: ({ path }) => resolve(root, named(path), resolving === 'some') }),
      openFile: ({ name, flags, mode }, call: ServedCall) => {
        let found = entries.get(named(name));
        const failed = (errno: number) => ({ errno, file: -1, stat: NO_STAT });
        if (found !== undefined && (flags & 8) !== 0) return failed(ERRNO.EEXIST);
        if (found === undefined) {
          if ((flags & 4) === 0) return failed(ERRNO.ENOENT);
          found = file('', mode);
          entries.set(named(name), found);
        }
        if (found.kind !== 'file') return failed(found.kind === 'directory' ? ERRNO.EISDIR : ERRNO.ELOOP);
        if ((flags & 16) !== 0) found.bytes = new Uint8Array(0);
        return { errno: 0, file: call.grant(serveFile(found)), stat: stat(found) };
      },
      openDirectory: ({ name }, call: ServedCall) => {
        const found = entries.get(named(name));
        if (found === undefined) return { errno: ERRNO.ENOENT, directory: -1, stat: NO_STAT };
        if (found.kind !== 'directory') return { errno: ERRNO.ENOTDIR, directory: -1, stat: NO_STAT };
        return { errno: 0, directory: call.grant(serveTree(found, resolving)), stat: stat(found) };
      },
      list: ({ cookie, limit }) => {
        const all = [...entries];
        const part = all.slice(Number(cookie), Number(cookie) + limit);
        const next = Number(cookie) + part.length;
        return {
          errno: 0,
          entries: part.map(([name, node]) => ({ name: bytesOf(name), kind: node.kind, inode: node.inode })),
          next: BigInt(next),
          end: next >= all.length,
        };
      },
      makeDirectory: ({ name, mode }) => {
        if (entries.has(named(name))) return { errno: ERRNO.EEXIST };
        entries.set(named(name), { ...tree({}), mode });
        return { errno: 0 };
      },
      remove: ({ name, directory }) => {
        const found = entries.get(named(name));
        if (found === undefined) return { errno: ERRNO.ENOENT };
        if (directory && found.kind !== 'directory') return { errno: ERRNO.ENOTDIR };
        if (!directory && found.kind === 'directory') return { errno: ERRNO.EISDIR };
        if (found.kind === 'directory' && found.entries.size > 0) return { errno: ERRNO.ENOTEMPTY };
        entries.delete(named(name));
        return { errno: 0 };
      },
      rename: ({ name, targetName }, call: ServedCall) => {
        const found = entries.get(named(name));
        const target = served.get(call.transferred[0]!);
        if (found === undefined || target === undefined) return { errno: ERRNO.ENOENT };
        entries.delete(named(name));
        target.entries.set(named(targetName), found);
        return { errno: 0 };
      },
      link: ({ name, targetName }, call: ServedCall) => {
        const found = entries.get(named(name));
        const target = served.get(call.transferred[0]!);
        if (found?.kind !== 'file' || target === undefined) return { errno: ERRNO.ENOENT };
        found.links++;
        target.entries.set(named(targetName), found);
        return { errno: 0 };
      },
      symlink: ({ name, path }) => {
        if (entries.has(named(name))) return { errno: ERRNO.EEXIST };
        entries.set(named(name), { kind: 'symlink', inode: nextInode++, target: byteString(path) });
        return { errno: 0 };
      },
      readLink: ({ name }) => {
        const found = entries.get(named(name));
        return found?.kind === 'symlink'
          ? { errno: 0, path: bytesOf(found.target) }
          : { errno: ERRNO.EINVAL, path: new Uint8Array(0) };
      },
      stat: () => ({ errno: 0, stat: stat(root) }),
      setAttributes: ({ name, attributes }) => {
        const found = name.length === 0 ? root : entries.get(named(name));
        if (found === undefined) return { errno: ERRNO.ENOENT };
        if (found.kind !== 'symlink' && (attributes.mask & 1) !== 0) found.mode = attributes.mode;
        if (found.kind === 'file' && (attributes.mask & 8) !== 0) found.modifiedNs = attributes.modifiedNs;
        return { errno: 0 };
      },
      statFileSystem: () => ({ errno: 0, blockSize: 4096, blocks: 1000n, free: 500n, files: 10n, readOnly: false }),
      sync: () => ({ errno: 0 }),
    },
  };
  served.set(object, root);
  return object;
}
