// NetworkManager: what the managers that the embedder hands out, and those restricted from them, answer to.
import {
  NetworkManager,
  type NetworkManagerBindResults,
  type NetworkManagerBindUdpResults,
  type SocketAddress,
  TcpBinding,
  UdpSocket,
} from '@capos/abi';
import { type FacetService, facetService } from '@capos/runtime';
import { isAddress } from '../address.ts';
import type { NetworkBackend, NetworkFailure, TcpPort, UdpPort } from '../network-backend.ts';
import { Reach } from '../reach.ts';
import { NO_ADDRESS, OK } from './answers.ts';
import { bindingObject } from './binding-object.ts';
import { connect } from './connecting.ts';
import { datagramObject } from './datagram-object.ts';
import { answerOutcome } from './outcome-answer.ts';
import type { ServedObject, ServedObjects } from './served-object.ts';

/** @param reachOf what the manager with a badge reaches, of those that the embedder hands out */
export function managerService(
  backend: NetworkBackend,
  objects: ServedObjects,
  reachOf: (badge: bigint) => Reach | undefined,
): FacetService {
  const restricted = new Map<bigint, Reach>();
  const reach = ({ badge }: { readonly badge: bigint }): Reach =>
    restricted.get(badge) ?? reachOf(badge) ?? new Reach([[]]);

  /** What an address may be bound for. A port that nobody chose may also be for sending, and for a connection out. */
  const mayBind = (allowed: Reach, protocol: 'tcp' | 'udp', local: SocketAddress): 'listen' | 'send' | undefined => {
    if (allowed.allows({ action: 'listen', protocol, ...local })) return 'listen';
    return local.port === 0 && allowed.allowsSome('connect', protocol) ? 'send' : undefined;
  };

  const service: FacetService = facetService(NetworkManager, {
    connect: ({ remote }, context) =>
      connect(objects, context, remote, reach(context), (to, done) => backend.connect(to, done)),
    bind: ({ local, dual }, context) => {
      const refuse = (error: NetworkFailure): NetworkManagerBindResults => ({ error, binding: -1, local: NO_ADDRESS });
      const allowed = reach(context);
      if (!isAddress(local.address)) return refuse('unsupported');
      if (!mayBind(allowed, 'tcp', local)) return refuse('notPermitted');
      if (objects.isFull) return refuse('tooManySockets');
      return answerOutcome<NetworkManagerBindResults, TcpPort>(
        context,
        (done) => backend.bind(local, dual, done),
        (port) => {
          const make = (): ServedObject => bindingObject(objects, port, allowed);
          return objects.lend(context, TcpBinding.id, make, (binding) => ({ error: OK, binding, local: port.local }));
        },
        refuse,
      );
    },
    bindUdp: ({ local, dual }, context) => {
      const refuse = (error: NetworkFailure): NetworkManagerBindUdpResults => ({
        error,
        socket: -1,
        local: NO_ADDRESS,
      });
      const allowed = reach(context);
      if (!isAddress(local.address)) return refuse('unsupported');
      const purpose = mayBind(allowed, 'udp', local);
      if (!purpose) return refuse('notPermitted');
      if (objects.isFull) return refuse('tooManySockets');
      return answerOutcome<NetworkManagerBindUdpResults, UdpPort>(
        context,
        (done) => backend.bindUdp(local, dual, done),
        (port) => {
          const make = (): ServedObject => datagramObject(port, allowed, purpose === 'listen');
          return objects.lend(context, UdpSocket.id, make, (socket) => ({ error: OK, socket, local: port.local }));
        },
        refuse,
      );
    },
    restrict: ({ rules }, context) => {
      const narrower = reach(context).narrowedBy(rules);
      const make = (badge: bigint): ServedObject => {
        restricted.set(badge, narrower);
        return { service, close: () => void restricted.delete(badge) };
      };
      return objects.lend(context, NetworkManager.id, make, (manager) => ({ manager }));
    },
    describe: (_params, context) => {
      const { layers } = reach(context);
      return { addresses: [...backend.addresses], rules: layers.at(-1) ?? [], restricted: layers.length > 0 };
    },
  });
  return service;
}
