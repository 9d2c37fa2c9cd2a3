// Client facet: what an endpoint's owner hands to one client. It may only CALL; its badge was chosen by the owner and nobody else
// can choose one. Facets have epochs of their own, so the owner can revoke just what it handed out.

import { KernelObject } from '../capabilities/kernel-object.ts';
import type { EndpointQueues } from '../ipc/endpoint-queues.ts';
import type { PendingOperation } from '../ipc/pending-operation.ts';

/** The endpoint that facets lead to, as they know it. */
export interface FacetTarget {
  readonly queues: EndpointQueues;
  /** Facets of an older one are disconnected. */
  readonly generation: number;
  /** The last reference to a facet is gone: the owner hears of it when that was the last facet of its badge. */
  facetGone(facet: ClientFacet): void;
}

/** One badge at one endpoint under one interface. */
export class ClientFacet extends KernelObject {
  readonly interfaceId: bigint;
  readonly label = 'client facet';
  #endpoint: FacetTarget;
  /** Calls that wait, are in flight, or were given up by their caller while the server is still at them. */
  openCalls = 0;
  #badge: bigint;
  badgeLow: number;
  badgeHigh: number;
  /** The endpoint's generation when the facet was minted: `revokeAll` moves it on. */
  #generation: number;

  constructor(endpoint: FacetTarget, badge: bigint, interfaceId: bigint, generation: number) {
    super();
    this.#endpoint = endpoint;
    this.interfaceId = interfaceId;
    this.#badge = badge;
    this.badgeLow = Number(badge & 0xffff_ffffn) | 0;
    this.badgeHigh = Number(badge >> 32n) | 0;
    this.#generation = generation;
  }

  override get badge(): bigint {
    return this.#badge;
  }

  get endpoint(): FacetTarget {
    return this.#endpoint;
  }

  /** False once the endpoint's owner has revoked all its facets. */
  get isCurrent(): boolean {
    return this.#generation === this.#endpoint.generation;
  }

  /** Leads to another endpoint from now on; only by the will of both owners (objects/endpoint.ts). */
  lead(endpoint: FacetTarget, badge: bigint): void {
    this.#endpoint = endpoint;
    this.#generation = endpoint.generation;
    this.#badge = badge;
    this.badgeLow = Number(badge & 0xffff_ffffn) | 0;
    this.badgeHigh = Number(badge >> 32n) | 0;
  }

  call(operation: PendingOperation): void {
    if (!this.isCurrent) {
      operation.completeException('disconnected', 'the capability was revoked');
      return;
    }
    operation.wordLow = this.badgeLow;
    operation.wordHigh = this.badgeHigh;
    operation.detail = this;
    this.#endpoint.queues.call(operation);
  }

  protected override unreferenced(): void {
    this.#endpoint.facetGone(this);
  }
}
