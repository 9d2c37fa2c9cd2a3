// SystemControl: the running system, for whoever the manifest lets hold it.

import { SystemControl } from '@capos/abi';
import { MANIFEST_LIMITS } from '@capos/image';
import { type Cap, type Environment, serve } from '@capos/runtime';
import type { Supervisor } from './supervisor.ts';
import { applyManifest } from './system-change.ts';

/** A manifest that is applied travels in one message, and init's memory is small. */
const LARGEST_APPLIED = Math.min(MANIFEST_LIMITS.bytes, 131_072);

export function serveSystemControl(environment: Environment, endpoint: Cap, supervisor: () => Supervisor): void {
  serve(
    environment,
    endpoint,
    SystemControl,
    {
      // Looked at between changes, never in the middle of one.
      manifest: () => supervisor().enqueue(async () => ({ manifest: supervisor().manifestBytes })),
      services: () => supervisor().enqueue(async () => ({ services: supervisor().states() })),
      apply: ({ manifest }) => {
        // The params are gone when the handler has returned.
        const bytes = manifest.slice();
        return supervisor().enqueue(async () => ({ change: await applyManifest(environment, supervisor(), bytes) }));
      },
    },
    { receives: 1, bufferSize: LARGEST_APPLIED },
  );
}
