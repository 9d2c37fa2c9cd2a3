// A stream between two systems of one JavaScript program, against the host's loopback through the same interface.
import { area } from '@capos/tooling/bench';
import { nodeNetwork } from '../src/host-node/index.ts';
import {
  isFailure,
  LOOPBACK_IPV4,
  type NetworkBackend,
  type NetworkFailure,
  type TcpServer,
  type TcpStream,
  VirtualNetwork,
} from '../src/index.ts';

const BYTES = 16 * 2 ** 20;
const PIECE = new Uint8Array(65_536).fill(7);
const CONNECTIONS = 200;

interface Changing {
  onChange(listener: () => void): void;
}

/** What `take` has, as soon as it has something. */
function next<T>(source: Changing, take: () => T | NetworkFailure | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const got = take();
      if (got === undefined) return;
      source.onChange(() => {});
      if (isFailure(got)) reject(new Error(got));
      else resolve(got);
    };
    source.onChange(look);
    look();
  });
}

const answered = <T>(begin: (done: (outcome: T | NetworkFailure) => void) => unknown): Promise<T> =>
  new Promise((resolve, reject) => {
    begin((outcome) => (isFailure(outcome) ? reject(new Error(outcome)) : resolve(outcome)));
  });

/** Two ends of connections to one server. */
class Path {
  readonly #backend: NetworkBackend;
  #server: TcpServer | undefined;

  constructor(backend: NetworkBackend) {
    this.#backend = backend;
  }

  async open(): Promise<readonly [TcpStream, TcpStream]> {
    const backend = this.#backend;
    if (this.#server === undefined) {
      const port = await answered<Parameters<Parameters<NetworkBackend['bind']>[2]>[0] & object>((done) =>
        backend.bind({ address: LOOPBACK_IPV4, port: 0 }, false, done),
      );
      this.#server = await answered<TcpServer>((done) => port.listen(16, done));
    }
    const server = this.#server;
    const client = await answered<TcpStream>((done) => backend.connect(server.local, done));
    return [client, await next(server, () => server.accept())];
  }

  /** Milliseconds for {@link BYTES} through one stream. */
  async carry(): Promise<number> {
    const [client, peer] = await this.open();
    const start = performance.now();
    const sending = (async () => {
      for (let sent = 0; sent < BYTES; ) {
        const piece = PIECE.subarray(0, Math.min(PIECE.length, BYTES - sent));
        sent += await next(client, () => client.send(piece) || undefined);
      }
      client.shutdown(false, true);
    })();
    let received = 0;
    for (;;) {
      const { length } = await next(peer, () => peer.receive(PIECE.length));
      if (length === 0) break;
      received += length;
    }
    await sending;
    const ms = performance.now() - start;
    if (received !== BYTES) throw new Error(`${received} of ${BYTES} bytes arrived`);
    client.close();
    peer.close();
    return ms;
  }

  /** Microseconds to connect, accept and close. */
  async connect(): Promise<number> {
    const start = performance.now();
    for (let count = 0; count < CONNECTIONS; count++) for (const end of await this.open()) end.close();
    return ((performance.now() - start) * 1000) / CONNECTIONS;
  }

  close(): void {
    this.#server?.close();
  }
}

area('virtual-network', async (suite) => {
  const virtual = new Path(new VirtualNetwork().host());
  const host = new Path(nodeNetwork());
  const name = 'sockets of Node, loopback';
  await suite.compare({
    name: 'stream-16mib',
    unit: 'ms',
    ours: () => virtual.carry(),
    rival: { name, run: () => host.carry() },
  });
  await suite.compare({
    name: 'connect-and-close',
    unit: 'us',
    ours: () => virtual.connect(),
    rival: { name, run: () => host.connect() },
  });
  virtual.close();
  host.close();
});
