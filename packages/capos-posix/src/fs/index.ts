// Files of granted directories for any JavaScript, with Node's names: mounts, unions, promises and synchronous calls.
export { DirectDirectory, type DirectoryObject, type FileObject } from '../files/direct-directory.ts';
export type { RegularFile } from '../files/regular-file.ts';
export { unionDirectory } from '../files/union/union-directory.ts';
export type { UnionLayers } from '../files/union/union-file-system.ts';
export { FileHandle } from './file-handle.ts';
export { DirectoryEntry, FileKinds, FileStats } from './file-stats.ts';
export {
  createFileSystem,
  type Encoding,
  type FileSystem,
  type FileSystemMount,
  type FileSystemOptions,
  type MountedDirectory,
  type PromisedOperations,
  type SynchronousOperations,
} from './file-system.ts';
export { FileSystemError } from './file-system-error.ts';
