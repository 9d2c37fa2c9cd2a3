// NetworkManager and the sockets it makes, as capability calls on a backend. Each object is a badge of its own at one endpoint;
// it closes when nobody holds that facet any more.
//
//   connect, accept ─▶ TcpStream ─▶ mint(badge) ─▶ the caller's TcpSocket ─▶ … ─▶ last reference released ─▶ close
//
// What a manager reaches is decided here, before the backend is asked (reach.ts), for every address and port, every time.
import {
  Endpoint,
  type NetworkError,
  NetworkManager,
  type SocketAddress,
  TcpBinding,
  TcpListener,
  type TcpListenerAcceptResults,
  TcpSocket,
  type TcpSocketReceiveResults,
  type TcpSocketSendResults,
  UdpSocket,
  type UdpSocketReceiveResults,
} from '@capos/abi';
import {
  type CallContext,
  type Cap,
  type Environment,
  type FacetService,
  facetService,
  type Service,
  serveFacets,
} from '@capos/runtime';
import { destination, isIpv4, isIpv6 } from '../address.ts';
import {
  isFailure,
  type NetworkBackend,
  type NetworkFailure,
  type TcpPort,
  type TcpServer,
  type TcpStream,
  type UdpPort,
} from '../network-backend.ts';
import { Reach } from '../reach.ts';
import { CallQueue } from './call-queue.ts';

/** Badges from here on are objects the service has made; those below are managers that the embedder handed out. */
export const FIRST_OBJECT_BADGE: bigint = 1n << 48n;

/** Room beside the data in one message. */
const MESSAGE_OVERHEAD = 1024;
const NOTHING = new Uint8Array();
const NO_ADDRESS: SocketAddress = { address: NOTHING, port: 0 };
/** The longest queue of connections not accepted yet. */
const LARGEST_BACKLOG = 4096;
const LARGEST_DATAGRAM = 65_536;
/** Constants of their type: a literal in a handler's answer would widen to string. */
const OK: NetworkError = 'none';
const UNSUPPORTED: NetworkError = 'unsupported';
const NOT_PERMITTED: NetworkError = 'notPermitted';
const TOO_MANY: NetworkError = 'tooManySockets';

export interface NetworkServiceOptions {
  readonly backend: NetworkBackend;
  /** What the manager with a badge reaches; undefined: there is no such manager. Everything, unless given. */
  readonly reachOf?: (badge: bigint) => Reach | undefined;
  /** Sockets that clients may hold at one time, then `tooManySockets`. Default 16,384. */
  readonly maxSockets?: number;
  readonly receives?: number;
  readonly onError?: (error: unknown) => void;
}

interface Made {
  readonly service: FacetService;
  close(): void;
}

/** Serves managers, and what they make, at `endpoint`. */
export function serveNetwork(environment: Environment, endpoint: Cap, options: NetworkServiceOptions): Service {
  const { backend, reachOf = () => Reach.ALL, maxSockets = 16_384 } = options;
  const objects = new Map<bigint, Made>();
  const reaches = new Map<bigint, Reach>();
  let nextBadge = FIRST_OBJECT_BADGE;

  const reach = ({ badge }: { readonly badge: bigint }): Reach =>
    reaches.get(badge) ?? reachOf(badge) ?? new Reach([[]]);
  const full = (): boolean => objects.size >= maxSockets;

  /** Answers a call with a capability for a new object; what can't be handed over is closed. */
  const hand = <Results>(
    context: CallContext<Results>,
    interfaceId: bigint,
    made: Made,
    results: (ordinal: number) => Results,
  ): void => {
    const badge = nextBadge++;
    objects.set(badge, made);
    const undo = (): void => {
      objects.delete(badge);
      made.close();
    };
    environment.callThen(endpoint, Endpoint.methods.mint, { badge, interfaceId }, (error, minted, caps) => {
      if (error !== null) {
        undo();
        context.fail(error);
        return;
      }
      const cap = caps.adopt(minted!.client);
      // Nobody is there to hold it: its facet will never be "gone", because nobody ever had it.
      if (context.canceled) undo();
      context.reply(results(context.give(cap, 'copy')));
      cap.release();
    });
  };

  // ── streams ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  const streamObject = (stream: TcpStream): Made => {
    const receives = new CallQueue<TcpSocketReceiveResults, TcpSocketReceiveResults>((context, results) =>
      context.reply(results),
    );
    const sends = new CallQueue<TcpSocketSendResults, TcpSocketSendResults>((context, results) =>
      context.reply(results),
    );
    stream.onChange(() => {
      receives.serve();
      sends.serve();
    });
    const takeBytes = (limit: number): TcpSocketReceiveResults | undefined => {
      const got = stream.receive(limit);
      if (got === undefined) return undefined;
      return isFailure(got) ? { error: got, data: NOTHING } : { error: OK, data: got };
    };
    const giveBytes = (data: Uint8Array): TcpSocketSendResults | undefined => {
      const accepted = stream.send(data);
      if (isFailure(accepted)) return { error: accepted, accepted: 0 };
      return accepted === 0 && data.length > 0 ? undefined : { error: OK, accepted };
    };
    const service = facetService(TcpSocket, {
      receive: ({ maxLength }, context) => {
        const take = (): TcpSocketReceiveResults | undefined => takeBytes(Math.max(1, maxLength));
        return (receives.empty ? take() : undefined) ?? receives.wait(context, take);
      },
      send: ({ data, last }, context) => {
        if (last) {
          const error = stream.sendLast(data) ?? OK;
          return { error, accepted: error === OK ? data.length : 0 };
        }
        const give = (): TcpSocketSendResults | undefined => giveBytes(data);
        return (sends.empty ? give() : undefined) ?? sends.wait(context, give);
      },
      shutdown: ({ receiving, sending }) => {
        const error = stream.shutdown(receiving, sending) ?? OK;
        receives.serve();
        sends.serve();
        return { error };
      },
      setOption: ({ option, value }) => {
        if (typeof option === 'number') return { error: UNSUPPORTED };
        stream.setOption(option, value);
        return { error: OK };
      },
      abort: () => stream.abort(),
    });
    return {
      service,
      close: () => {
        stream.close();
        receives.end({ error: 'notConnected', data: NOTHING });
        sends.end({ error: 'notConnected', accepted: 0 });
      },
    };
  };

  const connecting = (
    context: CallContext<{ error: NetworkError; socket: number; local: SocketAddress }>,
    wanted: SocketAddress,
    allowed: Reach,
    connect: (remote: SocketAddress, done: (outcome: TcpStream | NetworkFailure) => void) => () => void,
  ) => {
    const refuse = (error: NetworkFailure) => ({ error, socket: -1, local: NO_ADDRESS });
    if (!isAddress(wanted)) return refuse('unsupported');
    const remote = destination(wanted);
    if (!allowed.allows({ action: 'connect', protocol: 'tcp', ...remote })) return refuse('notPermitted');
    if (full()) return refuse('tooManySockets');
    let failed: NetworkFailure | undefined;
    let returned = false;
    const cancel = connect(remote, (outcome) => {
      if (!isFailure(outcome)) {
        hand(context, TcpSocket.id, streamObject(outcome), (socket) => ({
          error: OK,
          socket,
          local: outcome.local,
        }));
      } else if (returned) context.reply(refuse(outcome));
      else failed = outcome;
    });
    returned = true;
    if (failed !== undefined) return refuse(failed);
    context.onCancel(cancel);
    return context.later();
  };

  // ── listening ────────────────────────────────────────────────────────────────────────────────────────────────────────

  const listenerObject = (server: TcpServer): Made => {
    type Taken = TcpStream | NetworkFailure;
    const refuse = (error: NetworkFailure): TcpListenerAcceptResults => ({
      error,
      socket: -1,
      local: NO_ADDRESS,
      remote: NO_ADDRESS,
    });
    const deliver = (context: CallContext<TcpListenerAcceptResults>, taken: Taken): void => {
      if (isFailure(taken)) {
        context.reply(refuse(taken));
        return;
      }
      const { local, remote } = taken;
      hand(context, TcpSocket.id, streamObject(taken), (socket) => ({ error: OK, socket, local, remote }));
    };
    const accepts = new CallQueue<TcpListenerAcceptResults, Taken>(deliver);
    const take = (): Taken | undefined => (full() ? undefined : server.accept());
    server.onChange(() => accepts.serve());
    const service = facetService(TcpListener, {
      accept: (_params, context) => {
        const taken = accepts.empty ? take() : undefined;
        if (taken === undefined) return accepts.wait(context, take);
        if (isFailure(taken)) return refuse(taken);
        deliver(context, taken);
        return context.later();
      },
    });
    return {
      service,
      close: () => {
        server.close();
        accepts.end('notConnected');
      },
    };
  };

  const bindingObject = (port: TcpPort, allowed: Reach): Made => ({
    service: facetService(TcpBinding, {
      listen: ({ backlog }, context) => {
        if (full()) return { error: TOO_MANY, listener: -1 };
        let failed: NetworkFailure | undefined;
        port.listen(Math.min(backlog, LARGEST_BACKLOG), (outcome) => {
          if (isFailure(outcome)) failed = outcome;
          else hand(context, TcpListener.id, listenerObject(outcome), (listener) => ({ error: OK, listener }));
        });
        return failed === undefined ? context.later() : { error: failed, listener: -1 };
      },
      connect: ({ remote }, context) => connecting(context, remote, allowed, (to, done) => port.connect(to, done)),
    }),
    close: () => port.close(),
  });

  // ── datagrams ────────────────────────────────────────────────────────────────────────────────────────────────────────

  const datagramObject = (port: UdpPort, allowed: Reach, listening: boolean): Made => {
    const receives = new CallQueue<UdpSocketReceiveResults, UdpSocketReceiveResults>((context, results) =>
      context.reply(results),
    );
    const sendable = (remote: SocketAddress): boolean =>
      allowed.allows({ action: 'connect', protocol: 'udp', ...destination(remote) });
    const take = (): UdpSocketReceiveResults | undefined => {
      for (;;) {
        const got = port.receive();
        if (got === undefined) return undefined;
        if (isFailure(got)) return { error: got, data: NOTHING, remote: NO_ADDRESS };
        // Who may not listen hears only those it may talk to.
        if (!listening && !sendable(got.remote)) continue;
        return { error: OK, data: got.data, remote: got.remote };
      }
    };
    port.onChange(() => receives.serve());
    const service = facetService(UdpSocket, {
      receive: (_params, context) => (receives.empty ? take() : undefined) ?? receives.wait(context, take),
      send: ({ data, remote }) => {
        if (!isAddress(remote)) return { error: UNSUPPORTED };
        if (!sendable(remote)) return { error: NOT_PERMITTED };
        return { error: port.send(data, destination(remote)) ?? OK };
      },
      localFor: ({ remote }) => {
        if (!isAddress(remote)) return { error: UNSUPPORTED, local: NO_ADDRESS };
        if (!sendable(remote)) return { error: NOT_PERMITTED, local: NO_ADDRESS };
        const local = port.localFor(destination(remote));
        return isFailure(local) ? { error: local, local: NO_ADDRESS } : { error: OK, local };
      },
    });
    return {
      service,
      close: () => {
        port.close();
        receives.end({ error: 'notConnected', data: NOTHING, remote: NO_ADDRESS });
      },
    };
  };

  // ── managers ─────────────────────────────────────────────────────────────────────────────────────────────────────────

  const managerService = facetService(NetworkManager, {
    connect: ({ remote }, context) =>
      connecting(context, remote, reach(context), (to, done) => backend.connect(to, done)),
    bind: ({ local, dual }, context) => {
      const refuse = (error: NetworkFailure) => ({ error, binding: -1, local: NO_ADDRESS });
      const allowed = reach(context);
      if (!isAddress(local)) return refuse('unsupported');
      // A port that nobody chose may also be for a connection out.
      const outwards = local.port === 0 && allowed.allowsSome('connect', 'tcp');
      if (!allowed.allows({ action: 'listen', protocol: 'tcp', ...local }) && !outwards) return refuse('notPermitted');
      if (full()) return refuse('tooManySockets');
      let failed: NetworkFailure | undefined;
      let returned = false;
      backend.bind(local, dual, (outcome) => {
        if (!isFailure(outcome)) {
          const made = bindingObject(outcome, allowed);
          hand(context, TcpBinding.id, made, (binding) => ({ error: OK, binding, local: outcome.local }));
        } else if (returned) context.reply(refuse(outcome));
        else failed = outcome;
      });
      returned = true;
      return failed === undefined ? context.later() : refuse(failed);
    },
    bindUdp: ({ local, dual }, context) => {
      const refuse = (error: NetworkFailure) => ({ error, socket: -1, local: NO_ADDRESS });
      const allowed = reach(context);
      if (!isAddress(local)) return refuse('unsupported');
      const listening = allowed.allows({ action: 'listen', protocol: 'udp', ...local });
      const outwards = local.port === 0 && allowed.allowsSome('connect', 'udp');
      if (!listening && !outwards) return refuse('notPermitted');
      if (full()) return refuse('tooManySockets');
      let failed: NetworkFailure | undefined;
      let returned = false;
      backend.bindUdp(local, dual, (outcome) => {
        if (!isFailure(outcome)) {
          const made = datagramObject(outcome, allowed, listening);
          hand(context, UdpSocket.id, made, (socket) => ({ error: OK, socket, local: outcome.local }));
        } else if (returned) context.reply(refuse(outcome));
        else failed = outcome;
      });
      returned = true;
      return failed === undefined ? context.later() : refuse(failed);
    },
    restrict: ({ rules }, context) => {
      const narrower = reach(context).narrowedBy(rules);
      const badge = nextBadge;
      const made = { service: managerService, close: () => void reaches.delete(badge) };
      reaches.set(badge, narrower);
      hand(context, NetworkManager.id, made, (manager) => ({ manager }));
      return context.later();
    },
    describe: (_params, context) => {
      const { layers } = reach(context);
      return { addresses: [...backend.addresses], rules: layers.at(-1) ?? [], restricted: layers.length > 0 };
    },
  });

  return serveFacets(
    environment,
    endpoint,
    (badge) => {
      const made = objects.get(badge);
      if (made !== undefined) return made.service;
      return badge < FIRST_OBJECT_BADGE && reachOf(badge) !== undefined ? managerService : undefined;
    },
    {
      bufferSize: LARGEST_DATAGRAM + MESSAGE_OVERHEAD,
      receives: options.receives ?? 2,
      // Every socket may have a call waiting.
      maxConcurrent: maxSockets * 2,
      ...(options.onError === undefined ? {} : { onError: options.onError }),
      gone: (badge) => {
        const made = objects.get(badge);
        objects.delete(badge);
        made?.close();
      },
    },
  );
}

function isAddress({ address }: SocketAddress): boolean {
  return isIpv4(address) || isIpv6(address);
}
