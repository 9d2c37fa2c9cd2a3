// Endpoint, owner side: receives calls (RECV, RETURN), mints client facets, revokes them. It ends when its last owner lets go.

import { CapError, Endpoint, type ServerEnding } from '@capos/abi';
import { CQE_FLAG_FACET_GONE, SQE_FLAG_WANT_GONE } from '@capos/ipc-ring';
import { type Ledger, RESOURCE } from '../accounting/ledger.ts';
import { EndpointQueues } from '../ipc/endpoint-queues.ts';
import type { PendingOperation } from '../ipc/pending-operation.ts';
import { ClientFacet, type FacetTarget } from './client-facet.ts';
import { type ServedInterface, ServedObject, serve } from './serve.ts';

/** A meeting point of clients and one server. */
export class EndpointObject extends ServedObject implements FacetTarget {
  readonly queues: EndpointQueues;
  /** Moves on at `revokeAll`; facets of an older generation are disconnected. */
  generation = 0;
  /** Live facets by badge; one for each interface that the badge was minted under. */
  readonly #facets: Map<bigint, ClientFacet[]> = new Map();
  /** Whether the owner ever asked to be told of badges that nobody holds any more. */
  #announcesGone = false;
  /** Those it has not been told of. Whoever paid for the facet pays for the note. */
  readonly #gone: { readonly badge: bigint; readonly ledger: Ledger | undefined }[] = [];

  constructor(maxCalls: number) {
    super();
    this.queues = new EndpointQueues(maxCalls);
  }

  protected get served(): ServedInterface {
    return endpointInterface;
  }

  receive(operation: PendingOperation): void {
    if (wantsGone(operation)) {
      this.#announcesGone = true;
      const gone = this.queues.isQuiesced ? undefined : this.#gone.shift();
      if (gone !== undefined) {
        gone.ledger?.release(RESOURCE.OBJECTS, 1);
        operation.completeWith(0, CQE_FLAG_FACET_GONE, lowOf(gone.badge), highOf(gone.badge), 0, 0);
        return;
      }
    }
    this.queues.receive(operation);
  }

  /** The facet of a badge: the same badge and interface give the same facet. */
  facet(badge: bigint, interfaceId: bigint): ClientFacet {
    let facets = this.#facets.get(badge);
    if (facets === undefined) {
      facets = [];
      this.#facets.set(badge, facets);
    }
    let facet = facets.find((candidate) => candidate.interfaceId === interfaceId);
    if (facet === undefined) {
      facet = new ClientFacet(this, badge, interfaceId, this.generation);
      facets.push(facet);
    }
    return facet;
  }

  /** Every facet of `badge` leads to `target` from now on. Answers how many there are. */
  retarget(badge: bigint, target: EndpointObject, newBadge: bigint): number {
    const facets = this.#facets.get(badge) ?? [];
    this.#facets.delete(badge);
    const there = target.#facets.get(newBadge) ?? [];
    if (facets.length > 0) target.#facets.set(newBadge, there);
    for (const facet of facets) {
      facet.lead(target, newBadge);
      there.push(facet);
    }
    this.queues.passOn((call) => {
      const facet = call.detail as ClientFacet;
      if (!facets.includes(facet)) return false;
      call.wordLow = facet.badgeLow;
      call.wordHigh = facet.badgeHigh;
      return true;
    }, target.queues);
    if (facets.length > 0) this.#announceGone(badge);
    return facets.length;
  }

  /** Calls reach a server again, and so do notices that came meanwhile. */
  resume(): void {
    this.queues.resume();
    while (this.#gone.length > 0 && this.#notifyGone(this.#gone[0]!.badge)) {
      this.#gone.shift()!.ledger?.release(RESOURCE.OBJECTS, 1);
    }
  }

  /** Disconnects every facet of a badge: their outstanding references, and their calls that wait. */
  revokeBadge(badge: bigint): void {
    for (const facet of this.#facets.get(badge) ?? []) facet.revoke();
    this.queues.disconnectWaiting((call) => (call.detail as ClientFacet).badge === badge);
  }

  /** Disconnects every facet there is. */
  revokeAll(): void {
    this.generation++;
    this.#facets.clear();
    this.queues.disconnectWaiting(() => true);
  }

  override revoke(): void {
    super.revoke();
    this.revokeAll();
  }

  facetGone(facet: ClientFacet): void {
    if (this.forget(facet)) this.#announceGone(facet.badge, facet);
  }

  #announceGone(badge: bigint, facet?: ClientFacet): void {
    if (!this.#announcesGone || this.queues.isClosed) return;
    if (!this.#notifyGone(badge)) this.#gone.push({ badge, ledger: facet?.handOverCharge() });
  }

  #notifyGone(badge: bigint): boolean {
    return this.queues.notify(wantsGone, CQE_FLAG_FACET_GONE, lowOf(badge), highOf(badge));
  }

  /** Whether `facet` was the last of its badge. */
  forget(facet: ClientFacet): boolean {
    const facets = this.#facets.get(facet.badge);
    const index = facets?.indexOf(facet) ?? -1;
    if (facets === undefined || index < 0) return false;
    facets.splice(index, 1);
    if (facets.length > 0) return false;
    this.#facets.delete(facet.badge);
    return true;
  }

  protected override unreferenced(ending?: ServerEnding): void {
    this.queues.close(ending);
    this.#facets.clear();
    for (const { ledger } of this.#gone.splice(0)) ledger?.release(RESOURCE.OBJECTS, 1);
  }
}

const lowOf = (badge: bigint): number => Number(badge & 0xffff_ffffn) | 0;
const highOf = (badge: bigint): number => Number(badge >> 32n) | 0;

// A RECV keeps its flags in `wordLow`.
const wantsGone = (receive: PendingOperation): boolean => (receive.wordLow & SQE_FLAG_WANT_GONE) !== 0;

const endpointInterface: ServedInterface = serve<EndpointObject, typeof Endpoint>(Endpoint, {
  mint: (endpoint, { badge, interfaceId }, call) => {
    const facet = endpoint.facet(badge, interfaceId);
    if (facet.holders === 0 && !facet.chargeTo(call.process.ledger)) {
      endpoint.forget(facet);
      throw new CapError('overloaded', 'no kernel object left in the ledger');
    }
    return { client: call.addCapability(facet) };
  },
  revoke: (endpoint, { badge }) => {
    endpoint.revokeBadge(badge);
    return {};
  },
  revokeAll: (endpoint) => {
    endpoint.revokeAll();
    return {};
  },
  identify: (endpoint, { client }, call) => {
    const { object } = call.capability(client);
    const mine = object instanceof ClientFacet && object.endpoint === endpoint;
    return { mine, badge: mine ? object.badge : 0n };
  },
  quiesce: ({ queues }, _params, { operation }) => queues.quiesce(operation),
  resume: (endpoint) => {
    endpoint.resume();
    return {};
  },
  retarget: (endpoint, { badge, target, newBadge }, call) => {
    const { object } = call.capability(target);
    if (!(object instanceof EndpointObject)) {
      throw new CapError('invalidArgument', 'the target is no endpoint of which the caller is an owner');
    }
    return { facets: object === endpoint && badge === newBadge ? 0 : endpoint.retarget(badge, object, newBadge) };
  },
  requeue: ({ queues }, { token }, { process }) => {
    if (!queues.requeue(process, token)) {
      throw new CapError('invalidArgument', 'no call of this endpoint that could be handed back has this token');
    }
    return {};
  },
});
