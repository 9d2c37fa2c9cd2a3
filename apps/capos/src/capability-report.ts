// `--caps`: what the program holds, and which flag granted it.
import { interfaces } from '@capos/abi';
import type { KernelObject } from '@capos/kernel';

export interface HeldCapability {
  /** Its name in the CapSet. */
  readonly name: string;
  readonly interface: string;
  readonly grantedBy: string;
  readonly reaches: string;
}

/** A grant with what people should know of it. */
export interface DescribedGrant {
  readonly object: KernelObject;
  readonly grantedBy: string;
  readonly reaches: string;
}

export function heldCapabilities(grants: ReadonlyMap<string, DescribedGrant>): readonly HeldCapability[] {
  return [...grants].map(([name, { object, grantedBy, reaches }]) => ({
    name,
    interface: interfaces.get(object.interfaceId)?.name ?? `0x${object.interfaceId.toString(16)}`,
    grantedBy,
    reaches,
  }));
}

/** As a table, or as JSON. */
export function capabilityReport(held: readonly HeldCapability[], json: boolean): string {
  if (json) return `${JSON.stringify({ capabilities: held }, null, 2)}\n`;
  const rows = [
    ['NAME', 'INTERFACE', 'GRANTED BY', 'REACHES'],
    ...held.map((cap) => [cap.name, cap.interface, cap.grantedBy, cap.reaches]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
