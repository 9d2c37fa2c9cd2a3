// The headers that other packages generate from their one description of a layout, copied so that this package stands alone.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { packagePath } from '../src/host-node/flags.ts';

const SCHEMA_HEADERS = '../abi/src/generated/c';

/** Each header here and whose copy it is, both as absolute paths. */
export function contractHeaders(): { copy: string; original: string }[] {
  return [
    { copy: packagePath('include/capos/ring-layout.h'), original: packagePath('../ipc-ring/src/generated/c/ring.h') },
    ...readdirSync(packagePath(SCHEMA_HEADERS)).map((name) => ({
      copy: packagePath(`include/capos/schema/${name}`),
      original: packagePath(`${SCHEMA_HEADERS}/${name}`),
    })),
  ];
}

/** Copies every contract header. */
export function copyContractHeaders(): void {
  for (const { copy, original } of contractHeaders()) writeFileSync(copy, readFileSync(original));
}
