// Files over Store and Namespace: a directory whose content outlives its program once it was synced.
import type { BlobStore, Namespace } from '../namespace/namespace.ts';
import type { OpenDirectory } from './file-system.ts';
import { NamespaceBacking } from './namespace-backing.ts';
import type { TreeOptions } from './tree.ts';
import { TreeDirectory } from './tree-directory.ts';

/**
 * The root of the file system kept in `namespace`, or of a new one there. The namespace is its own alone. Attributes and
 * names are in memory; contents are loaded when they are read, within `maxBytes`. `sync` of any file or directory makes the
 * whole tree durable as it is then.
 *
 * @throws {StoreError} `corrupt` when the namespace holds something else, `full` when the tree is larger than the options allow.
 */
export async function createNamespaceDirectory(
  blobs: BlobStore,
  namespace: Namespace,
  options: TreeOptions,
): Promise<OpenDirectory> {
  const tree = await NamespaceBacking.mount(blobs, namespace, options);
  return new TreeDirectory(tree, tree.root);
}
