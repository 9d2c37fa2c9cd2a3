// Store and Namespace: content-addressed blobs and bound names as a capOS service, with durable engines.
export { type BlobId, formatBlobId, MAX_BLOB_ID_BYTES, makeBlobId, parseBlobId } from './blob-id.ts';
export {
  BLAKE3,
  type HashAlgorithm,
  type HashRegistry,
  hashRegistry,
  type IncrementalHash,
  portableAlgorithms,
  SHA_256,
} from './content-hash.ts';
export { ERRNO } from './directory/errno.ts';
export {
  ATTRIBUTE_ACCESSED,
  ATTRIBUTE_MODE,
  ATTRIBUTE_MODIFIED,
  ATTRIBUTE_OWNER,
  type Attributes,
  type DirectoryEntry,
  type FileKind,
  type FileStat,
  type FileSystemStat,
  type ListResult,
  OPEN_CREATE,
  OPEN_EXCLUSIVE,
  OPEN_READ,
  OPEN_TRUNCATE,
  OPEN_WRITE,
  type OpenDirectory,
  type OpenDirectoryResult,
  type OpenFile,
  type OpenFileResult,
  RENAME_NO_REPLACE,
  type ReadLinkResult,
  type ReadResult,
  type ResolveResult,
  type StatResult,
  type Status,
  type WriteResult,
} from './directory/file-system.ts';
export { createMemoryDirectory } from './directory/memory-directory.ts';
export { createNamespaceDirectory } from './directory/namespace-directory.ts';
export { readOnlyDirectory } from './directory/read-only-directory.ts';
export type { TreeOptions } from './directory/tree.ts';
export {
  type CommitOutcome,
  type Damage,
  DEFAULT_MAX_BLOB_BYTES,
  type Engine,
  type EngineStatus,
  type ListQuery,
  MAX_LIST_ENTRIES,
  MAX_NAME_BYTES,
  MAX_TRANSACTION_CHANGES,
  type Ref,
  type RefChange,
  type RefPage,
} from './engine.ts';
export type { EngineOptions } from './engine-options.ts';
export { memoryEngine } from './memory-engine.ts';
export { type BlobStore, engineNamespace, type MaybePromise, type Namespace } from './namespace/namespace.ts';
export { type UnionMode, unionNamespace } from './namespace/union-namespace.ts';
export {
  type SegmentEngine,
  type SegmentEngineOptions,
  type SegmentEngineStatus,
  segmentEngine,
} from './segment/segment-engine.ts';
export type { SegmentFile, SegmentFiles } from './segment/segment-files.ts';
export {
  createMemoryDirectoryProgram,
  createNamespaceDirectoryProgram,
  type DirectoryProgramOptions,
  directoryProgram,
} from './service/directory-program.ts';
export { type DirectoryServiceOptions, serveDirectory } from './service/directory-service.ts';
export { type NamespaceServiceOptions, serveNamespace } from './service/namespace-service.ts';
export { clientBlobStore, clientNamespace } from './service/store-client.ts';
export { createStoreProgram, type StoreProgramOptions } from './service/store-program.ts';
export { type StoreServiceOptions, serveStore } from './service/store-service.ts';
export { StoreError, type StoreErrorCode } from './store-error.ts';
