// Publishing: a port of an outside network leads to a port of a virtual host, for as long as somebody listens there.
//
//   inside.listen(8080) ─▶ outside.listen(18080) ─▶ each connection: both ways copied, ends and resets passed on
import type { SocketAddress } from '@capos/abi';
import { formatSocketAddress, isLoopback, LOOPBACK_IPV4 } from '../address.ts';
import {
  isFailure,
  type NetworkBackend,
  type NetworkFailure,
  type TcpServer,
  type TcpStream,
} from '../network-backend.ts';
import type { VirtualHost } from '../virtual/virtual-host.ts';

const PIECE = 64 * 1024;
const OUTSIDE_BACKLOG = 511;

export interface Publication {
  /** Where the outside connects; port 0 is any free one. */
  readonly outside: SocketAddress;
  /** Port of the virtual host. */
  readonly inside: number;
  /** A listener on the inside's loopback is published on the outside's, not at `outside.address`. */
  readonly followsLoopback?: boolean;
}

export interface PublishOptions {
  readonly host: VirtualHost;
  readonly outside: NetworkBackend;
  readonly publications: readonly Publication[];
  /** A published port has opened: `local` is where the outside connects. */
  readonly onOpen?: (publication: Publication, local: SocketAddress) => void;
  /** It could not be opened. */
  readonly onFailure?: (publication: Publication, failure: NetworkFailure, message: string) => void;
}

/** Publishes ports; the answer ends it, and with it the ports. What is connected goes on. */
export function publishPorts({ host, outside, publications, onOpen, onFailure }: PublishOptions): () => void {
  const open = new Map<Publication, TcpServer>();
  /** Listeners on each published port: the outside closes with the last. */
  const listeners = new Map<Publication, number>();
  const began = (publication: Publication, local: SocketAddress): void => {
    listeners.set(publication, (listeners.get(publication) ?? 0) + 1);
    if (listeners.get(publication) !== 1) return;
    const inward = publication.followsLoopback === true && isLoopback(local.address);
    const at = inward ? { address: LOOPBACK_IPV4, port: publication.outside.port } : publication.outside;
    const fail = (failure: NetworkFailure): void =>
      onFailure?.(publication, failure, `${formatSocketAddress(at)} could not be opened: ${failure}`);
    outside.bind(at, false, (bound) => {
      if (isFailure(bound)) {
        fail(bound);
        return;
      }
      bound.listen(OUTSIDE_BACKLOG, (listening) => {
        bound.close();
        if (isFailure(listening)) {
          fail(listening);
          return;
        }
        // Whoever listened may have gone meanwhile.
        if ((listeners.get(publication) ?? 0) === 0) {
          listening.close();
          return;
        }
        open.set(publication, listening);
        onOpen?.(publication, listening.local);
        listening.onChange(() => {
          for (let stream = listening.accept(); stream !== undefined; stream = listening.accept())
            if (!isFailure(stream)) lead(stream, host, publication.inside);
        });
      });
    });
  };
  const ended = (publication: Publication): void => {
    const left = (listeners.get(publication) ?? 0) - 1;
    listeners.set(publication, Math.max(0, left));
    if (left > 0) return;
    open.get(publication)?.close();
    open.delete(publication);
  };
  host.onListen(({ local }) => {
    const concerned = publications.filter(({ inside }) => inside === local.port);
    for (const publication of concerned) began(publication, local);
    return () => {
      for (const publication of concerned) ended(publication);
    };
  });
  return () => {
    host.onListen(() => () => {});
    for (const server of open.values()) server.close();
    open.clear();
    listeners.clear();
  };
}

function lead(outer: TcpStream, host: VirtualHost, port: number): void {
  host.connectFromOutside(port, outer.remote, (inner) => {
    if (isFailure(inner)) outer.abort();
    else joinStreams(outer, inner);
  });
}

/** Copies both ways until both have ended. */
export function joinStreams(left: TcpStream, right: TcpStream): void {
  let running = 2;
  const ended = (): void => {
    if (--running > 0) return;
    left.close();
    right.close();
  };
  const copyLeft = copier(left, right, ended);
  const copyRight = copier(right, left, ended);
  const both = (): void => {
    copyLeft();
    copyRight();
  };
  // Room on one side is what the other direction waits for.
  left.onChange(both);
  right.onChange(both);
  both();
}

function copier(from: TcpStream, to: TcpStream, ended: () => void): () => void {
  let held: Uint8Array = new Uint8Array();
  let done = false;
  let copying = false;
  const finish = (): void => {
    done = true;
    ended();
  };
  const copy = (): void => {
    for (;;) {
      while (held.length > 0) {
        const accepted = to.send(held);
        if (isFailure(accepted)) {
          // Nobody takes it any more: who sends it is told.
          from.abort();
          finish();
          return;
        }
        if (accepted === 0) return;
        held = held.subarray(accepted);
      }
      const got = from.receive(PIECE);
      if (got === undefined) return;
      if (isFailure(got)) {
        to.abort();
        finish();
        return;
      }
      if (got.length === 0) {
        to.shutdown(false, true);
        finish();
        return;
      }
      held = got;
    }
  };
  return () => {
    // Sending may be told of by a change before it has returned.
    if (done || copying) return;
    copying = true;
    copy();
    copying = false;
  };
}
