// Path resolution against a model: a tree of plain objects, walked recursively.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SharedCapability } from '../../src/capabilities/shared-capability.ts';
import { CapabilityDirectory } from '../../src/files/capability-directory.ts';
import { MountTable } from '../../src/files/mount-table.ts';
import { walk } from '../../src/files/path-walk.ts';
import { byteString, bytesOf } from '../../src/guest-memory.ts';
import { ERRNO } from '../../src/linux/errno.ts';
import {
  type DirectoryNode,
  type Resolving,
  type Shape,
  serveTree,
  type TreeNode,
  tree,
} from '../support/memory-tree.ts';
import { TestCapabilities } from '../support/test-capabilities.ts';

const name = fc.constantFrom('a', 'b', 'c');
const part = fc.oneof({ weight: 4, arbitrary: name }, fc.constantFrom('..', '.', '', 'mnt', 'secret'));
const path = fc
  .tuple(fc.boolean(), fc.array(part, { minLength: 1, maxLength: 7 }), fc.boolean())
  .map(([absolute, parts, slash]) => `${absolute ? '/' : ''}${parts.join('/')}${slash ? '/' : ''}`);
const { shape } = fc.letrec<{ shape: Shape; entry: Shape[string] }>((tie) => ({
  entry: fc.oneof(
    { maxDepth: 4 },
    fc.constant('file'),
    path.map((link) => ({ link })),
    tie('shape'),
  ),
  shape: fc.dictionary(name, tie('entry'), { maxKeys: 3 }),
}));

const resolving = fc.constantFrom<Resolving>('never', 'whole', 'some');

interface Place {
  readonly node: TreeNode;
  readonly above: Place | undefined;
  readonly mounts: ReadonlyMap<string, DirectoryNode>;
}

const NO_MOUNTS: ReadonlyMap<string, DirectoryNode> = new Map();

/** What a path names, by the book: the model. */
function model(root: Place, start: Place, text: string, links: { left: number }): Place | number {
  if (text === '') return -ERRNO.ENOENT;
  let at = text.startsWith('/') ? root : start;
  const parts = text.split('/');
  for (const [index, component] of parts.entries()) {
    if (component === '' || component === '.') {
      if (at.node.kind !== 'directory') return -ERRNO.ENOTDIR;
      continue;
    }
    if (at.node.kind !== 'directory') return -ERRNO.ENOTDIR;
    if (component === '..') {
      at = at.above ?? at;
      continue;
    }
    const mounted = at.mounts.get(component);
    const found = mounted ?? at.node.entries.get(component);
    if (found === undefined) return -ERRNO.ENOENT;
    if (found.kind === 'symlink') {
      if (links.left-- === 0) return -ERRNO.ELOOP;
      const target = model(root, at, found.target, links);
      if (typeof target === 'number') return target;
      at = target;
      void index;
      continue;
    }
    at = { node: found, above: at, mounts: NO_MOUNTS };
  }
  return at;
}

function mounted(caps: TestCapabilities, name: string): CapabilityDirectory {
  return new CapabilityDirectory(
    new SharedCapability(
      { currentCaps: caps, sharedCapabilities: new Set(), lastPieceId: 0 },
      caps,
      caps.lookup(name)!,
      false,
    ),
  );
}

function resolve(table: MountTable, text: string): number | bigint {
  const steps = walk(table.root, table.root, text, { follow: true, pin: () => {} });
  const step = steps.next('ready');
  if (step.done !== true) throw new Error('nothing here waits');
  const answer = step.value;
  if (typeof answer === 'number') return answer;
  return answer.status!.inode;
}

describe('path resolution', () => {
  it('agrees with a recursive model over two mounts, whatever the links say', () => {
    fc.assert(
      fc.property(
        shape,
        shape,
        resolving,
        fc.array(path, { minLength: 1, maxLength: 8 }),
        (outer, inner, ahead, paths) => {
          const rootTree = tree(outer);
          const mountTree = tree(inner);
          const caps = new TestCapabilities({ root: serveTree(rootTree, ahead), mnt: serveTree(mountTree, ahead) });
          const table = new MountTable([
            { path: '/mnt', root: mounted(caps, 'mnt'), readOnly: false },
            { path: '/', root: mounted(caps, 'root'), readOnly: false },
          ]);
          const root: Place = { node: rootTree, above: undefined, mounts: new Map([['mnt', mountTree]]) };
          for (const text of paths) {
            const expected = model(root, root, text, { left: 40 });
            const actual = resolve(table, text);
            expect(actual, text).toBe(typeof expected === 'number' ? expected : expected.node.inode);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('never leaves a mount whose directory is moved about between two steps', () => {
    // The outside is in the same tree as what is mounted: only the capability keeps them apart.
    const outside = tree({ mounted: { a: { b: { c: 'in' } }, other: {} }, secret: 'out' });
    const inside = outside.entries.get('mounted') as DirectoryNode;
    const a = inside.entries.get('a') as DirectoryNode;
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', '..', 'other', 'secret'), { maxLength: 8 }),
        fc.nat(7),
        (parts, when) => {
          let lookups = 0;
          const served = serveTree(inside);
          const lookup = served.methods.lookup!;
          const racing = {
            ...served,
            methods: {
              ...served.methods,
              lookup: (params: unknown, call: Parameters<typeof lookup>[1]) => {
                // Somebody moves the directory out of the mount while the walk is below it.
                if (lookups++ === when) {
                  inside.entries.delete('a');
                  outside.entries.set('a', a);
                }
                return lookup(params, call);
              },
            },
          };
          const caps = new TestCapabilities({ root: racing });
          const table = new MountTable([{ path: '/', root: mounted(caps, 'root'), readOnly: false }]);
          const actual = resolve(table, `/${parts.join('/')}`);
          outside.entries.delete('a');
          inside.entries.set('a', a);
          const secret = outside.entries.get('secret')!;
          expect(actual).not.toBe(secret.inode);
          expect(actual).not.toBe(outside.inode);
        },
      ),
    );
  });

  it('looks names up at once, and again only below what it has to open', () => {
    const deep = tree({ a: { b: { c: { d: 'file' } } }, link: { link: 'a/b/c' } });
    const caps = new TestCapabilities({ root: serveTree(deep, 'whole') });
    const table = new MountTable([{ path: '/', root: mounted(caps, 'root'), readOnly: false }]);
    const file = resolve(table, '/a/b/c/d');
    caps.calls.length = 0;
    expect(resolve(table, '/a/b/c/d')).toBe(file);
    expect(resolve(table, '/link/d')).toBe(file);
    expect(caps.calls.map((call) => call.replace('Directory.', ''))).toEqual([
      'resolve',
      'resolve',
      'readLink',
      'resolve',
    ]);
  });

  it('looks names up one by one where several at once are not known, and does not ask again', () => {
    const caps = new TestCapabilities({ root: serveTree(tree({ a: { b: { c: 'file' } } })) });
    const table = new MountTable([{ path: '/', root: mounted(caps, 'root'), readOnly: false }]);
    for (let round = 0; round < 3; round++) resolve(table, '/a/b/c');
    expect(caps.calls.filter((call) => call === 'Directory.resolve')).toHaveLength(1);
    expect(caps.calls.filter((call) => call === 'Directory.lookup')).toHaveLength(9);
  });

  it('does not believe what a server says of names behind a link, or behind a file', () => {
    const root = tree({ link: { link: 'empty' }, empty: {}, file: 'text', secret: 'text' });
    const served = serveTree(root, 'whole');
    const lying = {
      ...served,
      methods: {
        ...served.methods,
        resolve: ({ path }: { path: Uint8Array }) => {
          const [first] = byteString(path).split('/');
          const names = first === 'empty' ? ['empty'] : [first!, 'secret'];
          const found = names.map((name) => served.methods.lookup!({ name: bytesOf(name) }, undefined!));
          return { errno: 0, stats: found.map((answer) => (answer as { stat: object }).stat) };
        },
      },
    };
    const caps = new TestCapabilities({ root: lying });
    const table = new MountTable([{ path: '/', root: mounted(caps, 'root'), readOnly: false }]);
    expect(resolve(table, '/link/secret')).toBe(-ERRNO.ENOENT);
    expect(resolve(table, '/file/secret')).toBe(-ERRNO.ENOTDIR);
  });

  it('gives directories back that nobody uses any more', () => {
    const wide = tree(Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`d${index}`, {}])));
    const caps = new TestCapabilities({ root: serveTree(wide) });
    const table = new MountTable([{ path: '/', root: mounted(caps, 'root'), readOnly: false }]);
    for (let round = 0; round < 3; round++) for (let index = 0; index < 400; index++) resolve(table, `/d${index}`);
    expect(caps.objects.size).toBeLessThan(200);
  });
});
