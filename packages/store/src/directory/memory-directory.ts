// A temporary file system: everything is in memory and gone with it.
import type { OpenDirectory } from './file-system.ts';
import { Tree, type TreeOptions } from './tree.ts';
import { TreeDirectory } from './tree-directory.ts';

/** The root of a new, empty tree in memory. */
export function createMemoryDirectory(options: TreeOptions): OpenDirectory {
  const tree = new Tree(options);
  return new TreeDirectory(tree, tree.root);
}
