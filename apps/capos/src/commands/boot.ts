// `capos boot`: a system on a machine, its console on this terminal, until its main service ends.
import { readFileSync } from 'node:fs';
import { ImageError, unpackImage } from '@capos/image';
import { initProgram } from '@capos/init';
import { nodeClock, nodeConsole } from '@capos/kernel/host-node';
import { shellSystem } from '@capos/shell/system';
import { memoryEngine } from '@capos/store';
import { nodeHashes, openStoreDirectory } from '@capos/store/host-node';
import { EXIT, exitCodeOf } from '../exit-status.ts';
import { createHostSystem } from '../host-system.ts';
import { defaultBlobs, personalities, registerParts } from '../parts.ts';
import { sha256 } from '../sha256.ts';

export interface BootOptions {
  /** A packed image; the default system when there is none. */
  readonly image: string | undefined;
  readonly memoryMiB: number;
  /** Directory on the host that keeps what the system stores; memory when there is none. */
  readonly store: string | undefined;
}

interface Bootable {
  readonly manifest: Uint8Array;
  readonly blobs: ReadonlyMap<string, Uint8Array>;
}

/** Boots and answers the exit status of the system's main service. */
export async function boot({ image, memoryMiB, store }: BootOptions): Promise<number> {
  const bootable = image === undefined ? { manifest: shellSystem.manifest, blobs: defaultBlobs() } : readImage(image);
  if (typeof bootable === 'number') return bootable;
  const engine = store === undefined ? memoryEngine({ hashes: nodeHashes() }) : await openStoreDirectory(store);
  const console = nodeConsole();
  try {
    const { kernel, loop } = createHostSystem(memoryMiB, { console, personalities });
    registerParts(kernel, engine);
    const init = kernel.boot({ ...bootable, init: initProgram });
    return exitCodeOf(await loop.run(kernel, init, nodeClock.nowNs));
  } finally {
    console.close();
    await engine.close();
  }
}

function readImage(path: string): Bootable | number {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    process.stderr.write(`capos: ${path}: ${(error as Error).message}\n`);
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? EXIT.NOT_FOUND : EXIT.FAILED;
  }
  try {
    return unpackImage(bytes, sha256);
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    process.stderr.write(`capos: ${path}: ${error.message}\n`);
    return EXIT.NOT_EXECUTABLE;
  }
}
