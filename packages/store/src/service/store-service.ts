// Store as capability calls on an engine. Every facet of its endpoint is the same store.
import { Store } from '@capos/abi';
import {
  type Cap,
  type Environment,
  type Implementation,
  type ServeOptions,
  type Service,
  serve,
} from '@capos/runtime';
import type { Engine } from '../engine.ts';
import { MESSAGE_OVERHEAD_BYTES } from './service-buffers.ts';
import { answering, storeFailure } from './store-failure.ts';

export interface StoreServiceOptions extends ServeOptions {
  /** Bytes of one receive buffer; a blob put in one call is a little smaller, and so is what one get returns. */
  readonly bufferSize: number;
}

/** Serves `engine` as Store at `endpoint`. */
export function serveStore(
  environment: Environment,
  endpoint: Cap,
  engine: Engine,
  options: StoreServiceOptions,
): Service {
  const mostAtOnce = options.bufferSize - MESSAGE_OVERHEAD_BYTES;
  const implementation: Implementation<typeof Store> = {
    put: ({ data }) => answering(() => ({ id: engine.put(data) })),
    get: ({ id, offset, length }) =>
      answering(() => {
        const from = Number(offset); // past 2^53 there is no blob
        const size = engine.size(id);
        const data = size === undefined ? undefined : engine.get(id, from, Math.min(length, mostAtOnce));
        if (size === undefined || data === undefined) return { data: new Uint8Array(), size: 0n, missing: true };
        return { data, size: BigInt(size), missing: false };
      }),
    has: ({ id }) =>
      answering(() => {
        const size = engine.size(id);
        return { present: size !== undefined, size: BigInt(size ?? 0) };
      }),
    sync: () =>
      engine.sync().catch((error: unknown) => {
        throw storeFailure(error);
      }),
  };
  return serve(environment, endpoint, Store, implementation, options);
}
