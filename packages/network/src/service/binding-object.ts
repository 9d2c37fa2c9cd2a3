// TcpBinding over a port of the backend: what is bound may listen, or connect from there.
import { TcpBinding, type TcpBindingListenResults, TcpListener } from '@capos/abi';
import { facetService } from '@capos/runtime';
import type { TcpPort, TcpServer } from '../network-backend.ts';
import type { Reach } from '../reach.ts';
import { OK, TOO_MANY } from './answers.ts';
import { connect } from './connecting.ts';
import { listenerObject } from './listener-object.ts';
import { answerOutcome } from './outcome-answer.ts';
import type { ServedObject, ServedObjects } from './served-object.ts';

/** The longest queue of connections not accepted yet. */
const LARGEST_BACKLOG = 4096;

export function bindingObject(objects: ServedObjects, port: TcpPort, allowed: Reach): ServedObject {
  const service = facetService(TcpBinding, {
    listen: ({ backlog }, context) => {
      if (objects.isFull) return { error: TOO_MANY, listener: -1 };
      return answerOutcome<TcpBindingListenResults, TcpServer>(
        context,
        (done) => port.listen(Math.min(backlog, LARGEST_BACKLOG), done),
        (server) => {
          const make = (): ServedObject => listenerObject(objects, server);
          return objects.lend(context, TcpListener.id, make, (listener) => ({ error: OK, listener }));
        },
        (error) => ({ error, listener: -1 }),
      );
    },
    connect: ({ remote }, context) => connect(objects, context, remote, allowed, (to, done) => port.connect(to, done)),
  });
  return { service, close: () => port.close() };
}
