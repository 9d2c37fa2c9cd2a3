// TCP connections that begin here, for a manager and for a bound port alike.
import { type NetworkError, type SocketAddress, TcpSocket } from '@capos/abi';
import type { CallContext, Later } from '@capos/runtime';
import { destination, isAddress } from '../address.ts';
import type { Cancel, NetworkFailure, Outcome, TcpStream } from '../network-backend.ts';
import type { Reach } from '../reach.ts';
import { NO_ADDRESS, OK } from './answers.ts';
import { answerOutcome } from './outcome-answer.ts';
import type { ServedObjects } from './served-object.ts';
import { streamObject } from './stream-object.ts';

export interface Connected {
  readonly error: NetworkError;
  readonly socket: number;
  readonly local: SocketAddress;
}

/** Answers a call with a socket that is connected to `wanted`, if that is within reach. */
export function connect(
  objects: ServedObjects,
  context: CallContext<Connected>,
  wanted: SocketAddress,
  allowed: Reach,
  begin: (remote: SocketAddress, done: Outcome<TcpStream>) => Cancel,
): Connected | Later {
  const refuse = (error: NetworkFailure): Connected => ({ error, socket: -1, local: NO_ADDRESS });
  if (!isAddress(wanted.address)) return refuse('unsupported');
  const remote = destination(wanted);
  if (!allowed.allows({ action: 'connect', protocol: 'tcp', ...remote })) return refuse('notPermitted');
  if (objects.isFull) return refuse('tooManySockets');
  return answerOutcome<Connected, TcpStream>(
    context,
    (done) => context.onCancel(begin(remote, done)),
    (stream) => {
      const { local } = stream;
      return objects.lend(
        context,
        TcpSocket.id,
        () => streamObject(stream),
        (socket) => ({ error: OK, socket, local }),
      );
    },
    refuse,
  );
}
