// The file systems that the conformance cases are put to: ours over several directories, and the neighbours.

import { mkdtempSync, promises, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryDirectory } from '@capos/store';
import { createHostDirectory } from '@capos/store/host-node';
import { createFileSystem } from '../../src/fs/index.ts';
import { CASES, type Subject } from './conformance-cases.ts';

export interface NamedSubject {
  readonly name: string;
  /** A file system, and an empty directory in it. */
  make(): Promise<{ readonly fs: Subject; readonly root: string; dispose?(): void }>;
}

const wallClock = (): bigint => BigInt(Date.now()) * 1_000_000n;
const memory = () => createMemoryDirectory({ wallClock });
const temporary = () => mkdtempSync(join(tmpdir(), 'capos-fs-'));
/** Node's declarations are wider (URLs, buffers, streams) than what the cases ask for. */
const ours = (...mounts: Parameters<typeof createFileSystem>[0]['mounts']): Subject =>
  createFileSystem({ mounts }).promises as unknown as Subject;

export const NODE: NamedSubject = {
  name: 'Node on Linux',
  async make() {
    const root = temporary();
    return { fs: promises, root, dispose: () => rmSync(root, { recursive: true }) };
  },
};

export const OURS: readonly NamedSubject[] = [
  { name: 'capOS, memory', make: async () => ({ fs: ours({ path: '/', directory: memory() }), root: '' }) },
  {
    name: 'capOS, union of two',
    make: async () => ({
      fs: ours({ path: '/', union: { lower: [memory(), memory()], upper: memory() } }),
      root: '',
    }),
  },
  {
    name: 'capOS, mount below another',
    make: async () => {
      const fs = ours({ path: '/', directory: memory() }, { path: '/work', directory: memory() });
      return { fs, root: '/work' };
    },
  },
  {
    name: 'capOS, host directory',
    async make() {
      const path = temporary();
      const directory = createHostDirectory({ path });
      return {
        fs: ours({ path: '/', directory }),
        root: '',
        dispose: () => rmSync(path, { recursive: true }),
      };
    },
  },
];

/** memfs and ZenFS, which are asked for only when the table is made. */
export async function neighbours(): Promise<readonly NamedSubject[]> {
  const { Volume, createFsFromVolume } = await import('memfs');
  const zenfs = await import('@zenfs/core');
  let count = 0;
  return [
    {
      name: 'memfs',
      async make() {
        const { promises: fs } = createFsFromVolume(new Volume());
        return { fs: fs as unknown as Subject, root: '' };
      },
    },
    {
      name: 'ZenFS',
      async make() {
        const root = `/case${count++}`;
        await zenfs.fs.promises.mkdir(root);
        return { fs: zenfs.fs.promises as unknown as Subject, root };
      },
    },
  ];
}

/** Runs one case on a fresh file system: what went wrong, or undefined. */
export async function runCase({ make }: NamedSubject, name: string): Promise<string | undefined> {
  const { fs, root, dispose } = await make();
  try {
    await CASES[name]!(fs, (path) => `${root}/${path}`);
    return undefined;
  } catch (error) {
    return String(error instanceof Error ? error.message : error);
  } finally {
    dispose?.();
  }
}
