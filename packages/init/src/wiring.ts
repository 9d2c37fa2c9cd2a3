// What each service is granted: kernel objects as init holds them, its own endpoints, facets of other services' endpoints.
//
//   export  ─▶ one Endpoint; the service gets the owner's side, init keeps it too
//   import  ─▶ one facet of that endpoint with a badge of its own, copied to the importer at every start
//
// Init holding the owner's side is what lets a restarted service go on serving the very facets its clients have. When a
// service will not start again, its endpoints are revoked and given up, so that its clients are told instead of waiting.

import { Endpoint, EndpointFactory, type Import, type Service } from '@capos/abi';
import type { ValidManifest } from '@capos/image';
import { adopt, type Cap, type Client, type Environment } from '@capos/runtime';

interface WiredExport {
  readonly owner: Cap;
  readonly client: Client<typeof Endpoint>;
}

/** A grant: under which name, and what. */
export interface WiredGrant {
  readonly name: string;
  readonly cap: Cap;
}

const facetKey = (service: Service, item: Import): string => `${service.name}\0${item.name}`;
const exportKey = (service: string, name: string): string => `${service}\0${name}`;

export class Wiring {
  private readonly environment: Environment;
  private readonly exports = new Map<string, WiredExport>();
  private readonly facets = new Map<string, Cap>();

  constructor(environment: Environment) {
    this.environment = environment;
  }

  /** Makes every endpoint and every facet of a system. */
  async wire({ manifest }: ValidManifest): Promise<void> {
    const { environment } = this;
    const exporters = manifest.services.filter(({ exports }) => exports.length > 0);
    if (exporters.length === 0) return;
    const factory = environment.capSet.get('endpoints', EndpointFactory);
    for (const service of exporters) {
      for (const { name } of service.exports) {
        const made = await factory.create({ maxCalls: 256 });
        const owner = adopt(made, made.endpoint, Endpoint);
        this.exports.set(exportKey(service.name, name), { owner, client: environment.client(owner, Endpoint) });
      }
    }
    const badges = numberBadges(manifest.services);
    for (const service of manifest.services) {
      for (const item of service.imports) {
        if (item.which !== 'service') continue;
        const { client } = this.exports.get(exportKey(item.service.service, item.service.export))!;
        const minted = await client.mint({ badge: badges.get(item)!, interfaceId: item.interfaceId });
        this.facets.set(facetKey(service, item), adopt(minted, minted.client));
      }
    }
  }

  /** What `service` holds, and nothing else. */
  grantsOf(service: Service): WiredGrant[] {
    const { capSet } = this.environment;
    const imports = service.imports.map((item) => ({
      name: item.name,
      cap: item.which === 'kernel' ? capSet.cap(item.kernel) : this.facets.get(facetKey(service, item))!,
    }));
    const exports = service.exports.map(({ name }) => ({
      name,
      cap: this.exports.get(exportKey(service.name, name))!.owner,
    }));
    return [...imports, ...exports];
  }

  /** The service is over: its clients are disconnected, and what it held is given up. */
  async retire(service: Service): Promise<void> {
    for (const item of service.imports) {
      this.facets.get(facetKey(service, item))?.release();
      this.facets.delete(facetKey(service, item));
    }
    for (const { name } of service.exports) {
      const wired = this.exports.get(exportKey(service.name, name));
      if (wired === undefined) continue;
      this.exports.delete(exportKey(service.name, name));
      await wired.client.revokeAll({}).catch(() => {}); // gone already is as good
      wired.owner.release();
    }
  }
}

/** A badge for every import from a service: the one asked for, else the lowest the export has free, from 1. */
export function numberBadges(services: readonly Service[]): Map<Import, bigint> {
  const taken = new Map<string, Set<bigint>>();
  const badges = new Map<Import, bigint>();
  const open: { item: Import; used: Set<bigint> }[] = [];
  for (const service of services) {
    for (const item of service.imports) {
      if (item.which !== 'service') continue;
      const key = exportKey(item.service.service, item.service.export);
      const used = taken.get(key) ?? new Set<bigint>();
      taken.set(key, used);
      if (item.badge === 0n) open.push({ item, used });
      else {
        used.add(item.badge);
        badges.set(item, item.badge);
      }
    }
  }
  for (const { item, used } of open) {
    let badge = 1n;
    while (used.has(badge)) badge++;
    used.add(badge);
    badges.set(item, badge);
  }
  return badges;
}
