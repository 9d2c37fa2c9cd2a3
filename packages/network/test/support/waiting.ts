// Backends answer at once or call back; tests wait for either.
import {
  type Changing,
  isFailure,
  LOOPBACK_IPV4,
  type NetworkBackend,
  type NetworkFailure,
  type TcpPort,
  type TcpServer,
  type TcpStream,
  type UdpPort,
} from '@capos/network';

/** What `take` has, as soon as it has something. */
export function next<T>(source: Changing, take: () => T | undefined): Promise<T> {
  return new Promise((resolve) => {
    let looking = false;
    const look = (): void => {
      // Taking may itself bring a change about.
      if (looking) return;
      looking = true;
      const got = take();
      looking = false;
      if (got === undefined) return;
      source.onChange(() => {});
      resolve(got);
    };
    source.onChange(look);
    look();
  });
}

/** @throws Error for a failure */
export function held<T>(outcome: T | NetworkFailure): T {
  if (isFailure(outcome)) throw new Error(outcome);
  return outcome;
}

export const connectTo = (backend: NetworkBackend, port: number, address = LOOPBACK_IPV4) =>
  new Promise<TcpStream | NetworkFailure>((resolve) => void backend.connect({ address, port }, resolve));

export const bindAt = (backend: NetworkBackend, port: number, address = LOOPBACK_IPV4, dual = false) =>
  new Promise<TcpPort | NetworkFailure>((resolve) => backend.bind({ address, port }, dual, resolve));

export const bindUdpAt = (backend: NetworkBackend, port: number, address = LOOPBACK_IPV4) =>
  new Promise<UdpPort | NetworkFailure>((resolve) => backend.bindUdp({ address, port }, false, resolve));

export async function serverAt(backend: NetworkBackend, port = 0, backlog = 16): Promise<TcpServer> {
  const bound = held(await bindAt(backend, port));
  return held(await new Promise<TcpServer | NetworkFailure>((resolve) => bound.listen(backlog, resolve)));
}

/** Both ends of a connection. */
export async function pairOf(backend: NetworkBackend): Promise<readonly [TcpStream, TcpStream, TcpServer]> {
  const server = await serverAt(backend);
  const client = held(await connectTo(backend, server.local.port));
  return [client, held(await next(server, () => server.accept())), server];
}

/** Everything until the other side ends. */
export async function readToEnd(stream: TcpStream): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for (;;) {
    const piece = held(await next(stream, () => stream.receive(65_536)));
    if (piece.length === 0) return Buffer.concat(pieces);
    pieces.push(piece);
  }
}

/** Sends all of it, waiting for room. */
export async function sendAll(stream: TcpStream, data: Uint8Array): Promise<void> {
  for (let done = 0; done < data.length; )
    done += held(await next(stream, () => stream.send(data.subarray(done)) || undefined));
}
