// The headers that other packages generate from their one description of a layout, copied so that this package stands alone.
import { readFileSync, writeFileSync } from 'node:fs';
import { packagePath } from '../src/host-node/flags.ts';

/** Each header here, and whose copy it is (relative to this package). */
export const CONTRACT_HEADERS: Readonly<Record<string, string>> = {
  'include/capos/ring-layout.h': '../ipc-ring/src/generated/c/ring.h',
};

/** Copies every contract header. */
export function copyContractHeaders(): void {
  for (const [target, source] of Object.entries(CONTRACT_HEADERS)) {
    writeFileSync(packagePath(target), readFileSync(packagePath(source)));
  }
}
