// The host's sockets through node:net and node:dgram. All of them: what a program may reach is decided before, by a Reach or a
// gateway.
import { createSocket, type RemoteInfo, type Socket as UdpSocket } from 'node:dgram';
import { createServer, type Server, Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { SocketAddress } from '@capos/abi';
import { destination, formatAddress, isIpv4, isIpv6, isWildcard, parseAddress } from '../address.ts';
import type {
  Cancel,
  Datagram,
  NetworkBackend,
  NetworkFailure,
  Outcome,
  TcpPort,
  TcpServer,
  TcpStream,
  UdpPort,
} from '../network-backend.ts';
import { failureOf } from './host-failure.ts';
import { addressOf, NodeStream } from './node-stream.ts';

/** Connections accepted by Node that nobody has accepted here yet, whatever backlog was asked for. */
const LARGEST_BACKLOG = 4096;
/** Datagrams that wait before further ones are dropped. */
const LARGEST_QUEUE = 1024;

/** The host's sockets. */
export function nodeNetwork(): NetworkBackend {
  return {
    get addresses() {
      return Object.values(networkInterfaces())
        .flatMap((infos) => infos ?? [])
        .map((info) => parseAddress(info.address)!)
        .filter((address) => address !== undefined);
    },
    connect: (remote, done) => connect(remote, undefined, done),
    bind,
    bindUdp,
  };
}

function connect(remote: SocketAddress, local: SocketAddress | undefined, done: Outcome<TcpStream>): Cancel {
  const { address, port } = destination(remote);
  const socket = new Socket({ allowHalfOpen: true });
  let settled = false;
  const settle = (outcome: TcpStream | NetworkFailure): void => {
    if (settled) return;
    settled = true;
    done(outcome);
  };
  socket.once('connect', () => settle(new NodeStream(socket)));
  socket.once('error', (error) => settle(failureOf(error)));
  try {
    socket.connect({
      host: formatAddress(address),
      port,
      // A literal address: there is no name to look up.
      ...(local === undefined || isWildcard(local.address) ? {} : { localAddress: formatAddress(local.address) }),
      ...(local === undefined || local.port === 0 ? {} : { localPort: local.port }),
    });
  } catch {
    settle('unsupported');
  }
  return () => {
    if (settled) return;
    settled = true;
    socket.destroy();
  };
}

function bind(local: SocketAddress, dual: boolean, done: Outcome<TcpPort>): void {
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: false });
  const port = new NodePort(server);
  server.once('error', (error) => done(failureOf(error)));
  server.listen(
    { host: formatAddress(local.address), port: local.port, ipv6Only: isIpv6(local.address) && !dual, backlog: 511 },
    () => {
      server.removeAllListeners('error');
      server.on('error', () => {});
      const address = server.address();
      if (address === null || typeof address === 'string') done('hostFailed');
      else done(port.bound(addressOf(address.address, address.port)));
    },
  );
}

/** Node binds and listens in one: until `listen`, who comes in is sent away. */
class NodePort implements TcpPort {
  local!: SocketAddress;
  readonly #server: Server;
  #listener: NodeServer | undefined;
  #closed = false;

  constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      if (this.#listener === undefined) socket.resetAndDestroy();
      else this.#listener.arrived(socket);
    });
  }

  bound(local: SocketAddress): this {
    this.local = local;
    return this;
  }

  listen(backlog: number, done: Outcome<TcpServer>): void {
    if (this.#listener !== undefined) {
      done('addressInUse');
      return;
    }
    this.#listener = new NodeServer(this.#server, this.local, Math.min(Math.max(1, backlog), LARGEST_BACKLOG));
    done(this.#listener);
  }

  connect(remote: SocketAddress, done: Outcome<TcpStream>): Cancel {
    let cancel: Cancel | undefined;
    let canceled = false;
    // The port is free only when the server is gone.
    this.#closed = true;
    this.#server.close(() => {
      if (!canceled) cancel = connect(remote, this.local, done);
    });
    return () => {
      canceled = true;
      cancel?.();
    };
  }

  close(): void {
    if (this.#closed || this.#listener !== undefined) return;
    this.#closed = true;
    this.#server.close();
  }
}

class NodeServer implements TcpServer {
  readonly local: SocketAddress;
  readonly #server: Server;
  readonly #backlog: number;
  readonly #arrived: NodeStream[] = [];
  #changed: () => void = () => {};

  constructor(server: Server, local: SocketAddress, backlog: number) {
    this.#server = server;
    this.local = local;
    this.#backlog = backlog;
  }

  arrived(socket: Socket): void {
    if (this.#arrived.length >= this.#backlog) {
      socket.resetAndDestroy();
      return;
    }
    this.#arrived.push(new NodeStream(socket));
    this.#changed();
  }

  accept(): TcpStream | undefined {
    return this.#arrived.shift();
  }

  onChange(listener: () => void): void {
    this.#changed = listener;
  }

  close(): void {
    this.#server.close();
    for (const stream of this.#arrived.splice(0)) stream.abort();
  }
}

function bindUdp(local: SocketAddress, dual: boolean, done: Outcome<UdpPort>): void {
  const family = isIpv4(local.address) ? 'udp4' : 'udp6';
  const socket = createSocket({ type: family, ipv6Only: family === 'udp6' && !dual });
  socket.once('error', (error) => {
    socket.close();
    done(failureOf(error));
  });
  socket.bind({ address: formatAddress(local.address), port: local.port }, () => {
    socket.removeAllListeners('error');
    done(new NodeDatagramPort(socket, local.address));
  });
}

class NodeDatagramPort implements UdpPort {
  readonly local: SocketAddress;
  readonly #socket: UdpSocket;
  readonly #arrived: (Datagram | NetworkFailure)[] = [];
  #changed: () => void = () => {};
  #open = true;

  constructor(socket: UdpSocket, address: Uint8Array) {
    this.#socket = socket;
    this.local = { address: address.slice(), port: socket.address().port };
    socket.on('message', (data: Buffer, from: RemoteInfo) =>
      this.#arrive({ data, remote: addressOf(from.address, from.port) }),
    );
    socket.on('error', (error) => this.#arrive(failureOf(error)));
  }

  #arrive(what: Datagram | NetworkFailure): void {
    if (this.#arrived.length >= LARGEST_QUEUE) return;
    this.#arrived.push(what);
    this.#changed();
  }

  receive(): Datagram | NetworkFailure | undefined {
    return this.#arrived.shift();
  }

  send(data: Uint8Array, remote: SocketAddress): NetworkFailure | undefined {
    if (data.length > 65_507) return 'messageTooLarge';
    const { address, port } = destination(remote);
    if (port === 0) return 'unsupported';
    const towards =
      isIpv4(address) && isIpv6(this.local.address) ? `::ffff:${formatAddress(address)}` : formatAddress(address);
    this.#socket.send(Buffer.from(data), port, towards, (error) => {
      if (error !== null) this.#arrive(failureOf(error));
    });
    return undefined;
  }

  localFor(): SocketAddress {
    return this.local;
  }

  onChange(listener: () => void): void {
    this.#changed = listener;
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#socket.close();
  }
}
