// TcpSocket over a stream of the backend.
import { TcpSocket, type TcpSocketReceiveResults, type TcpSocketSendResults } from '@capos/abi';
import { facetService } from '@capos/runtime';
import { isFailure, type TcpStream } from '../network-backend.ts';
import { NOTHING, OK, UNSUPPORTED } from './answers.ts';
import { CallQueue } from './call-queue.ts';
import type { ServedObject } from './served-object.ts';

export function streamObject(stream: TcpStream): ServedObject {
  const receives = new CallQueue<TcpSocketReceiveResults, TcpSocketReceiveResults>((context, results) =>
    context.reply(results),
  );
  const sends = new CallQueue<TcpSocketSendResults, TcpSocketSendResults>((context, results) => context.reply(results));
  const serve = (): void => {
    receives.serve();
    sends.serve();
  };
  stream.onChange(serve);
  const service = facetService(TcpSocket, {
    receive: ({ maxLength }, context) => receives.takeOrWait(context, () => receive(stream, Math.max(1, maxLength))),
    send: ({ data, last }, context) => {
      if (!last) return sends.takeOrWait(context, () => send(stream, data));
      const error = stream.sendLast(data) ?? OK;
      return { error, accepted: error === OK ? data.length : 0 };
    },
    shutdown: ({ receiving, sending }) => {
      const error = stream.shutdown(receiving, sending) ?? OK;
      serve();
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
}

function receive(stream: TcpStream, limit: number): TcpSocketReceiveResults | undefined {
  const got = stream.receive(limit);
  if (got === undefined) return undefined;
  return isFailure(got) ? { error: got, data: NOTHING } : { error: OK, data: got };
}

function send(stream: TcpStream, data: Uint8Array): TcpSocketSendResults | undefined {
  const accepted = stream.send(data);
  if (isFailure(accepted)) return { error: accepted, accepted: 0 };
  return accepted === 0 && data.length > 0 ? undefined : { error: OK, accepted };
}
