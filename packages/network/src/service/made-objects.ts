// Objects that the service has made: each is a badge of its own at the service's endpoint, and is closed when nobody holds that facet any more.
//
//   made ─▶ mint(badge) ─▶ the caller's capability ─▶ … ─▶ last reference released ─▶ gone(badge) ─▶ close
import { Endpoint } from '@capos/abi';
import type { CallContext, Cap, Environment, FacetService, Later } from '@capos/runtime';
import { isFailure, type NetworkFailure, type Outcome } from '../network-backend.ts';

/** Badges from here on are objects the service has made; those below are managers that the embedder handed out. */
export const FIRST_OBJECT_BADGE: bigint = 1n << 48n;

export interface Made {
  readonly service: FacetService;
  close(): void;
}

export class MadeObjects {
  readonly #environment: Environment;
  readonly #endpoint: Cap;
  readonly #most: number;
  readonly #objects = new Map<bigint, Made>();
  #nextBadge = FIRST_OBJECT_BADGE;

  constructor(environment: Environment, endpoint: Cap, most: number) {
    this.#environment = environment;
    this.#endpoint = endpoint;
    this.#most = most;
  }

  get isFull(): boolean {
    return this.#objects.size >= this.#most;
  }

  service(badge: bigint): FacetService | undefined {
    return this.#objects.get(badge)?.service;
  }

  /** Nobody holds it any more. */
  gone(badge: bigint): void {
    const made = this.#objects.get(badge);
    this.#objects.delete(badge);
    made?.close();
  }

  /** Answers a call with a capability for a new object, made with its badge; what can't be handed over is closed. */
  hand<Results>(
    context: CallContext<Results>,
    interfaceId: bigint,
    make: (badge: bigint) => Made,
    results: (ordinal: number) => Results,
  ): Later {
    const badge = this.#nextBadge++;
    this.#objects.set(badge, make(badge));
    this.#environment.callThen(this.#endpoint, Endpoint.methods.mint, { badge, interfaceId }, (error, minted, caps) => {
      if (error !== null) {
        this.gone(badge);
        context.fail(error);
        return;
      }
      const cap = caps.adopt(minted!.client);
      // Nobody is there to hold it: its facet will never be "gone", because nobody ever had it.
      if (context.canceled) this.gone(badge);
      context.reply(results(context.give(cap, 'copy')));
      cap.release();
    });
    return context.later();
  }
}

/**
 * Answers a call with what the backend comes to, now or later.
 * @param ask asks the backend
 * @param succeed answers the call
 */
export function answerOutcome<Results, Wanted>(
  context: CallContext<Results>,
  ask: (done: Outcome<Wanted>) => void,
  succeed: (got: Wanted) => void,
  refuse: (failure: NetworkFailure) => Results,
): Results | Later {
  let failed: NetworkFailure | undefined;
  let returned = false;
  ask((outcome) => {
    if (!isFailure(outcome)) succeed(outcome);
    else if (returned) context.reply(refuse(outcome));
    else failed = outcome;
  });
  returned = true;
  return failed === undefined ? context.later() : refuse(failed);
}
