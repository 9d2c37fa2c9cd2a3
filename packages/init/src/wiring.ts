// What each service is granted: kernel objects as init holds them, its own endpoints, facets of other services' endpoints.
//
//   export  ─▶ one Endpoint; the service gets the owner's side, init keeps it too
//   import  ─▶ one facet of that endpoint with a badge of its own, copied to the importer at every start
//
// Init holding the owner's side is what lets a restarted service go on serving the very facets its clients have, a replaced one
// leave its calls to its successor, and a facet lead elsewhere while its holder runs on. When a service will not start again,
// its endpoints are revoked and given up, so that its clients are told instead of waiting.

import { Endpoint, EndpointFactory, type Import, type Service } from '@capos/abi';
import type { Rewiring, ValidManifest } from '@capos/image';
import { adopt, type Cap, type Client, type Environment } from '@capos/runtime';

/** Both sides of an export, as init holds them. */
export interface WiredExport {
  readonly owner: Cap;
  readonly client: Client<typeof Endpoint>;
}

interface WiredFacet {
  readonly cap: Cap;
  readonly interfaceId: bigint;
  /** Where it leads. */
  target: string;
  badge: bigint;
}

/** A grant: under which name, and what. */
export interface WiredGrant {
  readonly name: string;
  readonly cap: Cap;
}

/** Endpoints and facets made for a change of the system, not in force yet. */
export interface PreparedWiring {
  readonly exports: ReadonlyMap<string, WiredExport>;
  readonly facets: ReadonlyMap<string, WiredFacet>;
  readonly badges: ReadonlyMap<Import, bigint>;
  /** Where facets wait whose badge at their destination is still that of a facet which moves away: by their badge there. */
  readonly detour: WiredExport | undefined;
  readonly waiting: ReadonlyMap<bigint, WiredFacet>;
}

const facetKey = (service: string, item: string): string => `${service}\0${item}`;
const exportKey = (service: string, name: string): string => `${service}\0${name}`;
/** What a facet is to its server: two of one identity move as one. */
const identity = (target: string, badge: bigint): string => `${target}\0${badge}`;
const targetOf = (item: Import): string =>
  item.which === 'service' ? exportKey(item.service.service, item.service.export) : '';

const CONTROL = exportKey('init', 'system');

export class Wiring {
  private readonly environment: Environment;
  private readonly exports = new Map<string, WiredExport>();
  private readonly facets = new Map<string, WiredFacet>();
  private readonly onControl: (owner: Cap) => void;

  /** `onControl` is given the endpoint of SystemControl when the first service imports it. */
  constructor(environment: Environment, onControl: (owner: Cap) => void) {
    this.environment = environment;
    this.onControl = onControl;
  }

  /**
   * Makes every endpoint and facet that `system` needs and that does not exist. Nothing of what exists changes: that is what
   * {@link adopt}, {@link rewire} and {@link retire} are for. What was made when it fails is given up again.
   */
  async prepare(system: ValidManifest, rewired: readonly Rewiring[] = []): Promise<PreparedWiring> {
    const { services } = system.manifest;
    const exports = new Map<string, WiredExport>();
    const facets = new Map<string, WiredFacet>();
    const waiting = new Map<bigint, WiredFacet>();
    let detour: WiredExport | undefined;
    const badges = numberBadges(services, (service, item) => {
      const facet = this.facets.get(facetKey(service.name, item.name));
      return facet?.target === targetOf(item) ? facet.badge : undefined;
    });
    try {
      const wanted = new Set(
        services.flatMap(({ name, exports: own }) => own.map((each) => exportKey(name, each.name))),
      );
      if (services.some(({ imports }) => imports.some((item) => targetOf(item) === CONTROL))) wanted.add(CONTROL);
      for (const key of wanted) if (!this.exports.has(key)) exports.set(key, await this.makeEndpoint());
      const running = new Set(rewired.map(({ service, after }) => facetKey(service, after.name)));
      const moving = new Set(
        [...running].map((key) => this.facets.get(key)!).map(({ target, badge }) => identity(target, badge)),
      );
      if (rewired.some(({ after }) => moving.has(identity(targetOf(after), badges.get(after)!)))) {
        detour = await this.makeEndpoint();
      }
      for (const service of services) {
        for (const item of service.imports) {
          const key = facetKey(service.name, item.name);
          if (item.which !== 'service' || running.has(key)) continue;
          const target = targetOf(item);
          const badge = badges.get(item)!;
          const held = this.facets.get(key);
          if (held?.target === target && held.badge === badge && held.interfaceId === item.interfaceId) continue;
          const { interfaceId } = item;
          const waits = moving.has(identity(target, badge));
          if (waits) detour ??= await this.makeEndpoint();
          const { client } = waits ? detour! : (this.exports.get(target) ?? exports.get(target))!;
          const ticket = BigInt(waiting.size + 1);
          const minted = await client.mint({ badge: waits ? ticket : badge, interfaceId });
          const facet = { cap: adopt(minted, minted.client), interfaceId, target, badge };
          if (waits) waiting.set(ticket, facet);
          facets.set(key, facet);
        }
      }
    } catch (error) {
      this.discard({ exports, facets, badges, detour, waiting });
      throw error;
    }
    return { exports, facets, badges, detour, waiting };
  }

  /** Endpoints come into force at once: nobody reaches them before their facets do. */
  adoptExports({ exports }: PreparedWiring): void {
    for (const [key, wired] of exports) this.exports.set(key, wired);
    const control = exports.get(CONTROL);
    if (control !== undefined) this.onControl(control.owner);
  }

  /** From now on a service is granted what was prepared for it. */
  adoptFacets(service: Service, { facets }: PreparedWiring): void {
    for (const { name } of service.imports) {
      const key = facetKey(service.name, name);
      const facet = facets.get(key);
      if (facet === undefined || this.facets.get(key) === facet) continue;
      this.facets.get(key)?.cap.release();
      this.facets.set(key, facet);
    }
  }

  /** The prepared facets of one service are not needed after all. */
  discardFacets(service: Service, { facets }: PreparedWiring): void {
    for (const { name } of service.imports) facets.get(facetKey(service.name, name))?.cap.release();
  }

  /** Nothing of what was prepared is needed after all. */
  discard({ exports, facets, detour }: PreparedWiring): void {
    for (const { cap } of facets.values()) cap.release();
    detour?.owner.release();
    for (const { owner } of exports.values()) owner.release();
  }

  /**
   * The facets that running services hold lead elsewhere from now on. Where one takes a badge that another gives up, all of them
   * go by the detour, so that none is taken for the other; calls made meanwhile wait there and go on with them.
   */
  async rewire(rewired: readonly Rewiring[], { badges, detour, waiting }: PreparedWiring): Promise<void> {
    const moves = rewired.map(({ service, after }) => ({
      facet: this.facets.get(facetKey(service, after.name))!,
      target: targetOf(after),
      badge: badges.get(after)!,
    }));
    const endpointOf = (target: string): WiredExport => this.exports.get(target)!;
    if (detour === undefined) {
      for (const { facet, target, badge } of moves) {
        await retarget(endpointOf(facet.target), facet.badge, endpointOf(target), badge);
      }
    } else {
      const tickets = new Map(waiting);
      for (const { facet } of moves) {
        const ticket = BigInt(tickets.size + 1);
        await retarget(endpointOf(facet.target), facet.badge, detour, ticket);
        tickets.set(ticket, facet);
      }
      const moved = new Map(moves.map((move) => [move.facet, move]));
      for (const [ticket, facet] of tickets) {
        const { target, badge } = moved.get(facet) ?? facet;
        await retarget(detour, ticket, endpointOf(target), badge);
      }
      detour.owner.release();
    }
    for (const { facet, target, badge } of moves) {
      facet.target = target;
      facet.badge = badge;
    }
  }

  /** What `service` holds, and nothing else. */
  grantsOf(service: Service, prepared?: PreparedWiring): WiredGrant[] {
    const { capSet } = this.environment;
    const imports = service.imports.map((item) => {
      const key = facetKey(service.name, item.name);
      return {
        name: item.name,
        cap:
          item.which === 'kernel' ? capSet.cap(item.kernel) : (prepared?.facets.get(key) ?? this.facets.get(key))!.cap,
      };
    });
    return [...imports, ...service.exports.map(({ name }) => ({ name, cap: this.exportOf(service, name).owner }))];
  }

  exportOf(service: Service, name: string): WiredExport {
    return this.exports.get(exportKey(service.name, name))!;
  }

  /** The service is over: its clients are disconnected, and what it held is given up. */
  async retire(service: Service): Promise<void> {
    await this.retireParts(service, service.imports, service.exports);
  }

  /** What a service held and served before, and does not any more. */
  async retireUnused(before: Service, after: Service): Promise<void> {
    await this.retireParts(
      before,
      before.imports.filter(
        ({ name }) => !after.imports.some((item) => item.name === name && item.which === 'service'),
      ),
      // An endpoint is of no interface of its own: what keeps its name keeps its endpoint.
      before.exports.filter(({ name }) => !after.exports.some((own) => own.name === name)),
    );
  }

  private async retireParts(
    service: Service,
    imports: readonly { readonly name: string }[],
    exports: readonly { readonly name: string }[],
  ): Promise<void> {
    for (const { name } of imports) {
      this.facets.get(facetKey(service.name, name))?.cap.release();
      this.facets.delete(facetKey(service.name, name));
    }
    for (const { name } of exports) {
      const wired = this.exports.get(exportKey(service.name, name));
      if (wired === undefined) continue;
      this.exports.delete(exportKey(service.name, name));
      await wired.client.revokeAll({}).catch(() => {}); // gone already is as good
      wired.owner.release();
    }
  }

  /** An endpoint on init's own account. */
  async makeEndpoint(): Promise<WiredExport> {
    const { environment } = this;
    const factory = environment.capSet.get('endpoints', EndpointFactory);
    const made = await factory.create({ maxCalls: 256 });
    const owner = adopt(made, made.endpoint, Endpoint);
    return { owner, client: environment.client(owner, Endpoint) };
  }
}

async function retarget(from: WiredExport, badge: bigint, to: WiredExport, newBadge: bigint): Promise<void> {
  await from.client.retarget({ badge, target: 0, newBadge }, { transfers: [to.owner] });
}

/**
 * A badge for every import from a service: the one asked for, else the one it has (`known`), else the lowest the export has
 * free, from 1.
 */
function numberBadges(
  services: readonly Service[],
  known: (service: Service, item: Import) => bigint | undefined = () => undefined,
): Map<Import, bigint> {
  const taken = new Map<string, Set<bigint>>();
  const badges = new Map<Import, bigint>();
  const open: { service: Service; item: Import; used: Set<bigint> }[] = [];
  for (const service of services) {
    for (const item of service.imports) {
      if (item.which !== 'service') continue;
      const key = targetOf(item);
      const used = taken.get(key) ?? new Set<bigint>();
      taken.set(key, used);
      if (item.badge === 0n) open.push({ service, item, used });
      else {
        used.add(item.badge);
        badges.set(item, item.badge);
      }
    }
  }
  const unnumbered = open.filter(({ service, item, used }) => {
    const badge = known(service, item);
    if (badge === undefined || used.has(badge)) return true;
    used.add(badge);
    badges.set(item, badge);
    return false;
  });
  for (const { item, used } of unnumbered) {
    let badge = 1n;
    while (used.has(badge)) badge++;
    used.add(badge);
    badges.set(item, badge);
  }
  return badges;
}
