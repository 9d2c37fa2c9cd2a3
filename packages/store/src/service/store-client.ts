// Store and Namespace capabilities as the objects that everything else here works on.
import { CapError, type Namespace as NamespaceInterface, type Store } from '@capos/abi';
import type { Client } from '@capos/runtime';
import type { BlobId } from '../blob-id.ts';
import type { CommitOutcome } from '../engine.ts';
import type { BlobStore, Namespace } from '../namespace/namespace.ts';
import { MESSAGE_OVERHEAD_BYTES } from './service-buffers.ts';

const LIST_ENTRIES = 50;
// Names of 1,024 bytes, ids of 66 and their pointers.
const LIST_BYTES = 60_000;

/** Blobs behind a Store capability. `pieceBytes` is what one answer may carry; default 64 KiB. */
export function clientBlobStore(store: Client<typeof Store>, pieceBytes: number = 65536): BlobStore {
  const resultCapacity = pieceBytes + MESSAGE_OVERHEAD_BYTES;
  return {
    put: async (data) => (await store.put({ data })).id,
    async get(id) {
      const first = await store.get({ id, offset: 0n, length: pieceBytes }, { resultCapacity });
      if (first.missing) return undefined;
      const size = Number(first.size);
      if (first.data.length === size) return first.data;
      const content = new Uint8Array(size);
      content.set(first.data);
      for (let at = first.data.length; at < size; ) {
        const { data } = await store.get({ id, offset: BigInt(at), length: pieceBytes }, { resultCapacity });
        if (data.length === 0) throw new CapError('failed', `the store gave ${at} of ${size} bytes`);
        content.set(data, at);
        at += data.length;
      }
      return content;
    },
  };
}

/** Names behind a Namespace capability. */
export function clientNamespace(namespace: Client<typeof NamespaceInterface>): Namespace {
  return {
    async resolve(name): Promise<BlobId | undefined> {
      const { binding } = await namespace.resolve({ name });
      return binding.which === 'id' ? binding.id : undefined;
    },
    async commit(changes): Promise<CommitOutcome> {
      const answer = await namespace.commit({
        changes: changes.map(({ name, id, expected }) => ({
          name,
          id: id ?? new Uint8Array(),
          ifMatch: expected ?? new Uint8Array(),
          conditional: expected !== undefined,
        })),
      });
      if (answer.outcome === 'ok') return { outcome: 'committed' };
      return { outcome: answer.outcome === 'missing' ? 'missing' : 'conflict', name: answer.name };
    },
    async list({ prefix = '', after = '', limit = LIST_ENTRIES } = {}) {
      const page = await namespace.list(
        { prefix, after, limit: Math.min(limit, LIST_ENTRIES) },
        { resultCapacity: LIST_BYTES },
      );
      return { refs: page.entries, more: page.more };
    },
    sync: async () => void (await namespace.sync()),
  };
}
