// Reads the manifest out of the boot package and checks it against what is there.

import { BootPackage } from '@capos/abi';
import { ImageError, type ValidManifest, validateManifest } from '@capos/image';
import { type Environment, TransportError } from '@capos/runtime';

/** Result buffers to try, in bytes; the last still fits the memory a hosted program has unless told otherwise. */
const CAPACITIES = [16_384, 131_072, 524_288];

async function readWhole<Results>(read: (resultCapacity: number) => Promise<Results>, what: string): Promise<Results> {
  for (const capacity of CAPACITIES) {
    try {
      return await read(capacity);
    } catch (error) {
      if (!(error instanceof TransportError) || error.transport !== 'BUFFER_TOO_SMALL') throw error;
    }
  }
  throw new ImageError('tooLarge', [`${what} takes more than ${CAPACITIES.at(-1)} bytes: split the system`]);
}

/** A manifest and the bytes it was read from. */
export interface BootManifest {
  readonly system: ValidManifest;
  readonly bytes: Uint8Array;
}

/**
 * Checks a manifest against what this system has.
 * @throws ImageError with everything that is wrong; CapError or TransportError when the boot package can't be read
 */
export async function checkManifest({ capSet }: Environment, bytes: Uint8Array): Promise<ValidManifest> {
  const boot = capSet.get('boot', BootPackage);
  const { names } = await readWhole((resultCapacity) => boot.list({}, { resultCapacity }), 'the list of blobs');
  const valid = validateManifest(bytes, { blobs: names, kernel: capSet.names });
  // An embedder's own objects are known by nobody but the CapSet.
  const problems = valid.manifest.services.flatMap((service) =>
    service.imports.flatMap((item) => {
      if (item.which !== 'kernel' || capSet.interfaceId(item.kernel) === item.interfaceId) return [];
      const held = capSet.interfaceId(item.kernel)?.toString(16);
      return [
        `service ${service.name}, import ${item.name}: kernel.${item.kernel} is of interface 0x${held}, the import wants 0x${item.interfaceId.toString(16)}: make them agree`,
      ];
    }),
  );
  if (problems.length > 0) throw new ImageError('badManifest', problems);
  return valid;
}

/**
 * Reads and validates the manifest of the BootPackage that init holds as `boot`.
 * @throws ImageError with everything that is wrong; RuntimeError, CapError or TransportError when it can't be read
 */
export async function readBootManifest(environment: Environment): Promise<BootManifest> {
  const boot = environment.capSet.get('boot', BootPackage);
  const { manifest } = await readWhole((resultCapacity) => boot.manifest({}, { resultCapacity }), 'the manifest');
  return { system: await checkManifest(environment, manifest), bytes: manifest };
}
