// What a browser adds: segments in its origin-private file system.
export { type OpfsAccess, type OpfsDirectory, opfsSegmentFiles } from './opfs-segment-files.ts';
