// The lock of an image: the digest of every part, as text to keep under version control beside the system's description.

import { type Image, type Sha256, toHex } from './image-file.ts';
import { validateManifest } from './manifest-validation.ts';

/** What a system consists of, by SHA-256 in hexadecimal. Written as JSON, it is the lock file. */
export interface ImageLock {
  readonly lockVersion: 1;
  readonly name: string;
  readonly manifest: string;
  /** In the order of the names. */
  readonly blobs: Readonly<Record<string, string>>;
}

/** Lists the digests of an image's parts. @throws ImageError when the manifest is invalid */
export function lockImage(image: Image, sha256: Sha256): ImageLock {
  const { manifest } = validateManifest(image.manifest, { blobs: image.blobs.keys() });
  const names = [...image.blobs.keys()].sort();
  return {
    lockVersion: 1,
    name: manifest.name,
    manifest: toHex(sha256(image.manifest)),
    blobs: Object.fromEntries(names.map((name) => [name, toHex(sha256(image.blobs.get(name)!))])),
  };
}

/** What differs between a lock and an image, a sentence each; nothing when the image is the locked one. */
export function compareWithLock(lock: ImageLock, image: Image, sha256: Sha256): string[] {
  const now = lockImage(image, sha256);
  const differences: string[] = [];
  if (lock.name !== now.name) differences.push(`the system is named ${now.name}, the lock is for ${lock.name}`);
  if (lock.manifest !== now.manifest) differences.push(`the manifest is ${now.manifest}, locked was ${lock.manifest}`);
  for (const name of new Set([...Object.keys(lock.blobs), ...Object.keys(now.blobs)])) {
    const [locked, found] = [lock.blobs[name], now.blobs[name]];
    if (locked === undefined) differences.push(`blob ${name} is not in the lock`);
    else if (found === undefined) differences.push(`blob ${name} is in the lock and not in the image`);
    else if (locked !== found) differences.push(`blob ${name} is ${found}, locked was ${locked}`);
  }
  return differences;
}
