// NetworkManager and the sockets it makes, as capability calls on a backend.
//
//   manager-service.ts ─┬ connect, accept ─▶ stream-object.ts
//                       ├ bind ─▶ binding-object.ts ─ listen ─▶ listener-object.ts
//                       └ bindUdp ─▶ datagram-object.ts
//
// What a manager reaches is decided here, before the backend is asked (reach.ts), for every address and port, every time.
import { type Cap, type Environment, FIRST_LENT_BADGE, LentObjects, type Service, serveFacets } from '@capos/runtime';
import type { NetworkBackend } from '../network-backend.ts';
import { Reach } from '../reach.ts';
import { managerService } from './manager-service.ts';
import type { ServedObjects } from './served-object.ts';

/** Room beside the data in one message. */
const MESSAGE_OVERHEAD = 1024;
const LARGEST_DATAGRAM = 65_536;

export interface NetworkServiceOptions {
  readonly backend: NetworkBackend;
  /** What the manager with a badge reaches; undefined: there is no such manager. Everything, unless given. */
  readonly reachOf?: (badge: bigint) => Reach | undefined;
  /** Sockets that clients may hold at one time, then `tooManySockets`. Default 16,384. */
  readonly maxSockets?: number;
  readonly receives?: number;
  readonly onError?: (error: unknown) => void;
}

/** Serves managers, and what they make, at `endpoint`. */
export function serveNetwork(environment: Environment, endpoint: Cap, options: NetworkServiceOptions): Service {
  const { backend, reachOf = () => Reach.ALL, maxSockets = 16_384 } = options;
  const objects: ServedObjects = new LentObjects(environment, endpoint, maxSockets, (object) => object.close());
  const managers = managerService(backend, objects, reachOf);
  return serveFacets(
    environment,
    endpoint,
    (badge) => {
      const made = objects.get(badge);
      if (made !== undefined) return made.service;
      return badge < FIRST_LENT_BADGE && reachOf(badge) !== undefined ? managers : undefined;
    },
    {
      bufferSize: LARGEST_DATAGRAM + MESSAGE_OVERHEAD,
      receives: options.receives ?? 2,
      // Every socket may have a call waiting.
      maxConcurrent: maxSockets * 2,
      ...(options.onError === undefined ? {} : { onError: options.onError }),
      gone: (badge) => objects.gone(badge),
    },
  );
}
