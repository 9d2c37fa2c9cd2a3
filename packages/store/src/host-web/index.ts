// What a browser adds: segments in its origin-private file system, and directories kept in them.
export { type KeptDirectory, type OpfsDirectoryOptions, openOpfsDirectory } from './opfs-directory.ts';
export { type OpfsAccess, type OpfsDirectory, opfsSegmentFiles } from './opfs-segment-files.ts';
