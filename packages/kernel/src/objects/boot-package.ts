// BootPackage: the manifest and the blobs that init was booted with, read only.

import { BootPackage, CapError } from '@capos/abi';
import { type ServedInterface, ServedObject, serve } from './serve.ts';

/** Bytes of the results beside the data: root pointer, size, list pointer, padding. */
const READ_OVERHEAD = 32;

export class BootPackageObject extends ServedObject {
  readonly manifest: Uint8Array;
  readonly blobs: ReadonlyMap<string, Uint8Array>;

  constructor(manifest: Uint8Array, blobs: ReadonlyMap<string, Uint8Array>) {
    super();
    this.manifest = manifest;
    this.blobs = blobs;
  }

  protected get served(): ServedInterface {
    return bootPackageInterface;
  }
}

const bootPackageInterface: ServedInterface = serve<BootPackageObject, typeof BootPackage>(BootPackage, {
  manifest: ({ manifest }) => ({ manifest }),
  list: ({ blobs }) => ({ names: [...blobs.keys()] }),
  read: ({ blobs }, { name, offset, length }, call) => {
    const blob = blobs.get(name);
    if (blob === undefined) throw new CapError('invalidArgument', `the boot package has no blob "${name}"`);
    const start = Number(offset < BigInt(blob.length) ? offset : BigInt(blob.length));
    const room = Math.max(0, call.room() - READ_OVERHEAD);
    return { data: blob.subarray(start, start + Math.min(length, room)), size: BigInt(blob.length) };
  },
});
