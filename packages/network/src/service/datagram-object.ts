// UdpSocket over a port of the backend.
import { type NetworkError, type SocketAddress, UdpSocket, type UdpSocketReceiveResults } from '@capos/abi';
import { facetService } from '@capos/runtime';
import { destination, isAddress } from '../address.ts';
import { isFailure, type UdpPort } from '../network-backend.ts';
import type { Reach } from '../reach.ts';
import { NO_ADDRESS, NOT_PERMITTED, NOTHING, OK, UNSUPPORTED } from './answers.ts';
import { CallQueue } from './call-queue.ts';
import type { ServedObject } from './served-object.ts';

/** @param listening whether anybody may be heard; else only those it may talk to */
export function datagramObject(port: UdpPort, allowed: Reach, listening: boolean): ServedObject {
  const receives = new CallQueue<UdpSocketReceiveResults, UdpSocketReceiveResults>((context, results) =>
    context.reply(results),
  );
  const refusal = (remote: SocketAddress): NetworkError | undefined => {
    if (!isAddress(remote.address)) return UNSUPPORTED;
    return maySendTo(remote) ? undefined : NOT_PERMITTED;
  };
  const maySendTo = (remote: SocketAddress): boolean =>
    allowed.allows({ action: 'connect', protocol: 'udp', ...destination(remote) });
  const take = (): UdpSocketReceiveResults | undefined => {
    for (;;) {
      const got = port.receive();
      if (got === undefined) return undefined;
      if (isFailure(got)) return { error: got, data: NOTHING, remote: NO_ADDRESS };
      if (!listening && !maySendTo(got.remote)) continue;
      return { error: OK, data: got.data, remote: got.remote };
    }
  };
  port.onChange(() => receives.serve());
  const service = facetService(UdpSocket, {
    receive: (_params, context) => receives.takeOrWait(context, take),
    send: ({ data, remote }) => ({ error: refusal(remote) ?? port.send(data, destination(remote)) ?? OK }),
    localFor: ({ remote }) => {
      const refused = refusal(remote);
      if (refused) return { error: refused, local: NO_ADDRESS };
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
}
