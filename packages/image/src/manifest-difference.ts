// The difference between two systems: what must happen to a running one so that it becomes the other, and what need not.
//
//   service only in the old            removed
//   only in the new                    added
//   in both, and what it was started   restarted, or upgraded when both versions can hand over
//     with differs
//   only where a capability leads      rewired: it runs on, and its capability leads elsewhere
//   only how it is looked after        untouched (its policy and group are the new ones from now on)
//   equal                              untouched

import type { Import, Service } from '@capos/abi';
import type { ValidManifest } from './manifest-validation.ts';

/** An import of a service that runs on, and where it leads from now on. */
export interface Rewiring {
  readonly service: string;
  readonly before: Import;
  readonly after: Import;
}

/** Names of services, in the new system's start order; `removed` in the old one's. */
export interface ManifestDifference {
  readonly removed: readonly string[];
  readonly added: readonly string[];
  readonly restarted: readonly string[];
  readonly upgraded: readonly string[];
  readonly rewired: readonly Rewiring[];
  readonly untouched: readonly string[];
}

/** What a program was started with, as text that is equal exactly when that is. */
function startedWith(service: Service, system: ValidManifest): string {
  const program = system.programs.get(service.program)!;
  return JSON.stringify(
    [
      program.which === 'elf' ? ['elf', program.elf] : ['hosted', program.hosted],
      service.arguments,
      service.environment,
      // Where a capability of a service leads is another matter; that it is one, and which kernel object, is not.
      [...service.imports]
        .sort(byName)
        .map((item) => [item.name, item.interfaceId, item.which === 'kernel' ? item.kernel : 0]),
      [...service.exports].sort(byName),
      [...service.limits].sort((one, other) => (String(one.resource) < String(other.resource) ? -1 : 1)),
    ],
    (_key, value) => (typeof value === 'bigint' ? value.toString() : value),
  );
}

const byName = (one: { readonly name: string }, other: { readonly name: string }): number =>
  one.name < other.name ? -1 : one.name > other.name ? 1 : 0;

function leadsElsewhere(before: Import, after: Import): boolean {
  if (before.which !== 'service' || after.which !== 'service') return false;
  return (
    before.service.service !== after.service.service ||
    before.service.export !== after.service.export ||
    // 0 leaves the number to init, which then keeps the one it has.
    (after.badge !== 0n && before.badge !== after.badge)
  );
}

const exportsOf = (service: Service): string =>
  [...service.exports]
    .sort(byName)
    .map(({ name, interfaceId }) => `${name}:${interfaceId}`)
    .join();

/** What turns `before` into `after`. */
export function manifestDifference(before: ValidManifest, after: ValidManifest): ManifestDifference {
  const difference = {
    removed: before.startOrder.filter(({ name }) => !after.services.has(name)).map(({ name }) => name),
    added: [] as string[],
    restarted: [] as string[],
    upgraded: [] as string[],
    rewired: [] as Rewiring[],
    untouched: [] as string[],
  };
  for (const service of after.startOrder) {
    const { name } = service;
    const old = before.services.get(name);
    if (old === undefined) {
      difference.added.push(name);
      continue;
    }
    if (startedWith(old, before) !== startedWith(service, after)) {
      const live =
        old.upgrade === 'handOver' && service.upgrade === 'handOver' && exportsOf(old) === exportsOf(service);
      (live ? difference.upgraded : difference.restarted).push(name);
      continue;
    }
    let rewired = false;
    for (const item of service.imports) {
      const was = old.imports.find((candidate) => candidate.name === item.name)!;
      if (!leadsElsewhere(was, item)) continue;
      difference.rewired.push({ service: name, before: was, after: item });
      rewired = true;
    }
    if (!rewired) difference.untouched.push(name);
  }
  return difference;
}
