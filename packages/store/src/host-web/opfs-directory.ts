// A directory kept in a browser's origin-private file system, in a dedicated Worker.
//
//   OpenDirectory ─▶ tree in memory, contents loaded when read ─▶ segment engine ─▶ pool of OPFS files
//
// Names and attributes beyond what OPFS has (modes, owners, links, any bytes as names), and one flush that makes data and names
// durable together: the tree lives in a store's segments, not as OPFS files of the same names. `sync` of any file or directory
// is a flush of the access handle.

import type { OpenDirectory } from '../directory/file-system.ts';
import { createNamespaceDirectory } from '../directory/namespace-directory.ts';
import type { TreeOptions } from '../directory/tree.ts';
import { engineNamespace } from '../namespace/namespace.ts';
import { type SegmentEngineOptions, segmentEngine } from '../segment/segment-engine.ts';
import { type OpfsDirectory, opfsSegmentFiles } from './opfs-segment-files.ts';

/** Below which name of the store the tree is kept. */
const TREE = 'fs';

export interface OpfsDirectoryOptions extends TreeOptions, SegmentEngineOptions {
  /** See {@link opfsSegmentFiles}. */
  readonly spares?: number;
}

/** A directory that outlives the page. */
export interface KeptDirectory {
  readonly root: OpenDirectory;
  /** Makes all of it durable and gives the files free for another to open. */
  close(): Promise<void>;
}

/**
 * Opens, or begins, the directory kept in `files`, an OPFS directory that is used for nothing else.
 * @throws {StoreError} `locked` when another tab or Worker has it open; `not-a-store`, `corrupt`, `io`.
 */
export async function openOpfsDirectory(files: OpfsDirectory, options: OpfsDirectoryOptions): Promise<KeptDirectory> {
  const segments = await opfsSegmentFiles(files, options.spares === undefined ? {} : { spares: options.spares });
  const engine = await segmentEngine(segments, options);
  try {
    const root = await createNamespaceDirectory(engine, engineNamespace(engine, TREE), options);
    return {
      root,
      async close() {
        await root.sync();
        root.close();
        await engine.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}
