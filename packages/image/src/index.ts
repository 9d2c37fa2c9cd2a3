// A capOS system as data: described, checked, packed into one file, locked.

export {
  defineSystem,
  type GroupDefinition,
  type ImportDefinition,
  type ProgramDefinition,
  type ResourceName,
  type ServiceDefinition,
  type SourceOf,
  SYSTEM_CONTROL_SOURCE,
  type System,
  type SystemDefinition,
} from './define-system.ts';
export { ImageError, type ImageErrorCode } from './image-error.ts';
export {
  type Image,
  MAX_BLOB_NAME_LENGTH,
  MAX_BLOBS,
  packImage,
  type Sha256,
  unpackImage,
} from './image-file.ts';
export { compareWithLock, type ImageLock, lockImage } from './image-lock.ts';
export { KERNEL_OBJECTS, type KernelObjectName, kernelObjectInterface } from './kernel-object-names.ts';
export { type ManifestDifference, manifestDifference, type Rewiring } from './manifest-difference.ts';
export {
  type KnownParts,
  MANIFEST_LIMITS,
  UPGRADE_CAP_NAME,
  type ValidManifest,
  validateManifest,
} from './manifest-validation.ts';
