// In which order services start: every exporter before its importers, otherwise as written.

import type { Service } from '@capos/abi';

/** Names of the services that `service` imports from, each once. */
function exportersOf(service: Service): Set<string> {
  const names = new Set<string>();
  for (const item of service.imports) if (item.which === 'service') names.add(item.service.service);
  return names;
}

/** Visits services depth first; answers the first way back to a service still being visited. */
function visit(
  services: ReadonlyMap<string, Service>,
  finish: (service: Service) => void,
): readonly string[] | undefined {
  const done = new Set<string>();
  const path: string[] = [];
  const waiting: { service: Service; next: Iterator<string> }[] = [];
  const enter = (service: Service): void => {
    path.push(service.name);
    waiting.push({ service, next: exportersOf(service)[Symbol.iterator]() });
  };
  for (const root of services.values()) {
    if (done.has(root.name)) continue;
    enter(root);
    // A stack of our own: the manifest decides how deep this goes, the host's stack must not.
    while (waiting.length > 0) {
      const { service, next } = waiting.at(-1)!;
      const step = next.next();
      if (step.done) {
        waiting.pop();
        path.pop();
        done.add(service.name);
        finish(service);
        continue;
      }
      const exporter = services.get(step.value);
      if (exporter === undefined || done.has(exporter.name)) continue;
      const seen = path.indexOf(exporter.name);
      if (seen >= 0) return [...path.slice(seen), exporter.name];
      enter(exporter);
    }
  }
  return undefined;
}

/** The names along a circle of imports, the first one repeated at the end; undefined when there is none. */
export function findCycle(services: ReadonlyMap<string, Service>): readonly string[] | undefined {
  return visit(services, () => {});
}

/** Services without circles, every exporter before its importers. */
export function startOrder(services: ReadonlyMap<string, Service>): Service[] {
  const order: Service[] = [];
  visit(services, (service) => order.push(service));
  return order;
}
