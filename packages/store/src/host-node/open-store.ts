// A durable store in a directory, with everything a Node program would pass in by hand.
import { getRandomValues } from 'node:crypto';
import { type SegmentEngine, type SegmentEngineOptions, segmentEngine } from '../segment/segment-engine.ts';
import { nodeHashes } from './node-hashes.ts';
import { nodeSegmentFiles } from './node-segment-files.ts';

/**
 * Opens or begins the store in the directory `path`.
 * @throws {StoreError} `locked`, `not-a-store`, `unsupported-version`, `io`.
 */
export async function openStoreDirectory(
  path: string,
  options: Partial<SegmentEngineOptions> = {},
): Promise<SegmentEngine> {
  return segmentEngine(nodeSegmentFiles(path), {
    hashes: nodeHashes(),
    entropy: (target) => void getRandomValues(target),
    ...options,
  });
}
