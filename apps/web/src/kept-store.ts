// Where the store of a page's system is kept: in the browser, in the origin-private file system, so that it is there again when
// the page is loaded again. Its access is synchronous in a dedicated Worker, and nowhere else.
import { type Engine, memoryEngine, StoreError, segmentEngine } from '@capos/store';
import { type OpfsDirectory, opfsSegmentFiles } from '@capos/store/host-web';

/** The directory that holds nothing but the store. */
const FOLDER = 'capos-store';
/** A page has little to keep: smaller segments than a server's. */
const SEGMENT_BYTES = 4 * 1024 * 1024;

export interface KeptStore {
  readonly engine: Engine;
  /** Why what is written goes away with the page; undefined: it does not. */
  readonly forgets: string | undefined;
}

/** Opens, or begins, the store of this origin; one in memory where the browser does not let it be kept. */
export async function openKeptStore(entropy: (target: Uint8Array) => void): Promise<KeptStore> {
  const forgetting = (why: string): KeptStore => ({ engine: memoryEngine(), forgets: why });
  if (navigator.storage?.getDirectory === undefined) return forgetting('this browser keeps no files for pages');
  try {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(FOLDER, { create: true });
    // The browser's types know handles of windows too, which have no synchronous access.
    const files = await opfsSegmentFiles(folder as unknown as OpfsDirectory);
    return { engine: await segmentEngine(files, { entropy, segmentBytes: SEGMENT_BYTES }), forgets: undefined };
  } catch (error) {
    if (error instanceof StoreError && error.code === 'locked') return forgetting('another tab has the files open');
    // A private window, or no room.
    if (error instanceof DOMException) return forgetting(`the browser keeps no files for this page: ${error.message}`);
    throw error;
  }
}
