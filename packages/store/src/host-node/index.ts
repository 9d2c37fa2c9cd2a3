// What Node adds: files, native hashes.

export { createHostDirectory, type HostDirectoryOptions } from './host-directory.ts';
export {
  createHostDirectoryProgram,
  type HostDirectoryProgramOptions,
  type HostRoot,
} from './host-directory-program.ts';
export { nodeHashes } from './node-hashes.ts';
export { nodeSegmentFiles } from './node-segment-files.ts';
export { openStoreDirectory } from './open-store.ts';
