// TcpListener over a server of the backend.
import { TcpListener, type TcpListenerAcceptResults, TcpSocket } from '@capos/abi';
import { type CallContext, facetService, type Later } from '@capos/runtime';
import { isFailure, type NetworkFailure, type TcpServer, type TcpStream } from '../network-backend.ts';
import { NO_ADDRESS, OK } from './answers.ts';
import { CallQueue } from './call-queue.ts';
import type { ServedObject, ServedObjects } from './served-object.ts';
import { streamObject } from './stream-object.ts';

type Taken = TcpStream | NetworkFailure;

export function listenerObject(objects: ServedObjects, server: TcpServer): ServedObject {
  const hand = (context: CallContext<TcpListenerAcceptResults>, stream: TcpStream): Later => {
    const { local, remote } = stream;
    return objects.lend(
      context,
      TcpSocket.id,
      () => streamObject(stream),
      (socket) => ({ error: OK, socket, local, remote }),
    );
  };
  const accepts = new CallQueue<TcpListenerAcceptResults, Taken>((context, taken) => {
    if (isFailure(taken)) context.reply(refuse(taken));
    else hand(context, taken);
  });
  const take = (): Taken | undefined => (objects.isFull ? undefined : server.accept());
  server.onChange(() => accepts.serve());
  const service = facetService(TcpListener, {
    accept: (_params, context) => {
      const taken = accepts.empty ? take() : undefined;
      if (taken === undefined) return accepts.wait(context, take);
      return isFailure(taken) ? refuse(taken) : hand(context, taken);
    },
  });
  return {
    service,
    close: () => {
      server.close();
      accepts.end('notConnected');
    },
  };
}

const refuse = (error: NetworkFailure): TcpListenerAcceptResults => ({
  error,
  socket: -1,
  local: NO_ADDRESS,
  remote: NO_ADDRESS,
});
