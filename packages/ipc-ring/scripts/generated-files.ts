// The files that follow from src/layout.ts: path from the package root → content.
import { cHeader } from './c-header.ts';
import { layoutConstants } from './layout-constants.ts';
import { operationsReference } from './operations-reference.ts';
import { ENTRY_CLASSES, slotAccess } from './slot-access.ts';

export function generatedFiles(): Map<string, string> {
  return new Map([
    ['src/generated/layout-constants.ts', layoutConstants()],
    ['src/generated/slot-access.ts', slotAccess()],
    ...ENTRY_CLASSES,
    ['src/generated/c/ring.h', cHeader()],
    ['../../docs/reference/ring-operations.md', operationsReference()],
  ]);
}
