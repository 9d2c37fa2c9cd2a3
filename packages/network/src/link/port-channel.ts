// A channel for a link over a MessagePort, as browsers and Node have it. Bytes change hands without being copied.
import type { LinkChannel } from './network-link.ts';

/** The part of a `MessagePort` that is used; a `Worker`, and what is global in one, have it too. */
export interface MessageEndpoint {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  /** Takes events that have `data`. */
  onmessage: ((event: never) => unknown) | null;
}

export function portChannel(endpoint: MessageEndpoint): LinkChannel {
  return {
    send(message) {
      const data = (message as { readonly data?: unknown }).data;
      // All of its buffer, or what else is in it would go too.
      const moves =
        data instanceof Uint8Array && data.buffer instanceof ArrayBuffer && data.length === data.buffer.byteLength;
      endpoint.postMessage(message, moves && data.length > 0 ? [data.buffer as ArrayBuffer] : []);
    },
    onMessage(listener) {
      endpoint.onmessage = ({ data }: { readonly data: unknown }) => listener(data);
    },
  };
}
