// Boot: exactly one program is started, init, and it is given everything there is to give.

import type { HostedProgram } from '@capos/abi';
import type { KernelObject } from './capabilities/kernel-object.ts';
import type { KernelObjects } from './kernel-object-set.ts';
import { KERNEL_OBJECTS, type KernelObjectName } from './kernel-objects.ts';
import { BootPackageObject } from './objects/boot-package.ts';

export interface BootOptions {
  /** A Manifest message (manifest.capnp), one unframed segment. The kernel does not read it: init does. */
  readonly manifest: Uint8Array;
  /** What the manifest's programs are made of, by name. */
  readonly blobs: ReadonlyMap<string, Uint8Array>;
  /** Init: a TypeScript program, or an ELF64 file. */
  readonly init: HostedProgram | Uint8Array;
  readonly arguments?: readonly string[];
  /** Further objects for init, by name; of the embedder's, or replacing the kernel's own. */
  readonly grants?: Readonly<Record<string, KernelObject>>;
}

/** Everything that init holds. Personalities are named `personality.NAME`. */
export function bootGrants(options: BootOptions, set: KernelObjects): Record<string, KernelObject> {
  const grants: Record<string, KernelObject> = {
    [KERNEL_OBJECTS.bootPackage.capName]: new BootPackageObject(options.manifest, options.blobs),
  };
  for (const [name, object] of Object.entries(set.byName)) {
    grants[KERNEL_OBJECTS[name as KernelObjectName].capName] = object;
  }
  for (const [name, object] of set.personalities) grants[`personality.${name}`] = object;
  return { ...grants, ...options.grants };
}
