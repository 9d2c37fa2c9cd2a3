// Objects that a service makes for its callers: each is a badge of its own at the service's endpoint, and is closed when nobody holds
// that facet any more.
//
//   lend ─▶ mint(badge) ─▶ the caller's capability ─▶ … ─▶ last reference released ─▶ the service's `gone(badge)` ─▶ close
//
// A handle that a client lost by dying is closed like one that it released: the kernel counts references, not the service.
import { Endpoint } from '@capos/abi';
import type { CallContext, Later } from './call-context.ts';
import type { Cap } from './cap.ts';
import type { Environment } from './environment.ts';

/** Badges from here on are for lent objects; whoever mints facets of the endpoint elsewhere keeps below. */
export const FIRST_LENT_BADGE: bigint = 1n << 48n;

export class LentObjects<T> {
  readonly #environment: Environment;
  readonly #endpoint: Cap;
  readonly #most: number;
  readonly #close: (object: T) => void;
  readonly #objects = new Map<bigint, T>();
  #nextBadge = FIRST_LENT_BADGE;

  /**
   * @param endpoint the owner's side of the one that the objects are served at, with {@link LentObjects.gone} as its `gone`
   * @param most how many clients may hold at one time; whoever lends looks at `isFull` first
   * @param close what is done with an object that nobody holds any more
   */
  constructor(environment: Environment, endpoint: Cap, most: number, close: (object: T) => void = () => {}) {
    this.#environment = environment;
    this.#endpoint = endpoint;
    this.#most = most;
    this.#close = close;
  }

  get isFull(): boolean {
    return this.#objects.size >= this.#most;
  }

  get(badge: bigint): T | undefined {
    return this.#objects.get(badge);
  }

  /** Nobody holds the facet with a badge. */
  gone(badge: bigint): void {
    const object = this.#objects.get(badge);
    if (object === undefined) return;
    this.#objects.delete(badge);
    this.#close(object);
  }

  /**
   * Answers a call with a capability for a new object; what can't be handed over is closed.
   * @param make is told the object's badge
   * @param results are told the capability's ordinal
   */
  lend<Results>(
    context: CallContext<Results>,
    interfaceId: bigint,
    make: (badge: bigint) => T,
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
      // The service's own reference goes as soon as the answer is on its way.
      cap.release();
    });
    return context.later();
  }
}
