// POSIX calls turned into capability calls, in process: runs unmodified Linux x86-64 programs.

export type { CallRow, SupportLevel } from './call-row.ts';
export { CALLS, type NumberedRow, ROWS } from './call-table.ts';
export type { DirectoryBackend, FileBackend, Opened } from './files/backend.ts';
export { DirectDirectory, type DirectoryObject, type FileObject } from './files/direct-directory.ts';
export type { AttributeChange, FileStatus, FileSystemStatus, ListedEntry, Listing } from './files/file-status.ts';
export { type MountEntry, MountTable } from './files/mount-table.ts';
export { type Resolved, type WalkOptions, walk } from './files/path-walk.ts';
export { unionDirectory } from './files/union/union-directory.ts';
export type { UnionLayers } from './files/union/union-file-system.ts';
export type { ByteString } from './guest-memory.ts';
export { CALL_NUMBER, type CallName } from './linux/call-numbers.ts';
export { ERRNO, type ErrnoName, errnoName } from './linux/errno.ts';
export type { FatalFault, MountOption, Need, PosixOptions, Refusal, UnionOption } from './posix-options.ts';
export { createPosixPersonality, POSIX_PERSONALITY, PosixPersonality } from './posix-personality.ts';
export type { PosixProcess } from './posix-process.ts';
export { type CallCount, CallStatistics } from './trace/call-statistics.ts';
export type { Blocking, MaybeBlocking, Wait, WakeReason } from './waiting.ts';
