// The host's network written down, or as it was: a replay opens no socket and asks for no name.
//
//   asked     what is there to receive, how much was taken, who is at the door    answer, in the step that asked
//   arrives   a connection made, a port bound, something to ask again for         input, between two steps
//
// Streams, ports and servers are numbered as they come about, which is the same in the replay.
import type { SocketAddress } from '@capos/abi';
import {
  type Cancel,
  type Changing,
  type Datagram,
  isFailure,
  type NameLookup,
  type NetworkBackend,
  type NetworkFailure,
  type Outcome,
  type TcpPort,
  type TcpServer,
  type TcpStream,
  type UdpPort,
} from '@capos/network';
import { answerBytes, answerOf, damaged } from './answers.ts';
import type { JournaledLoop } from './journaled-loop.ts';

/** What bytes received begin with. */
const RECEIVED = { nothing: 0, data: 1, failure: 2 } as const;

export class JournaledNetwork implements NetworkBackend {
  readonly #loop: JournaledLoop;
  readonly #real: NetworkBackend | undefined;
  #lastId = 0;
  /** Set while the real network is being asked: what it tells meanwhile arrives after the answer. */
  #isAsking = false;

  /** @param open gives the real network; not called in a replay */
  constructor(loop: JournaledLoop, open: () => NetworkBackend) {
    this.#loop = loop;
    this.#real = loop.isReplay ? undefined : open();
  }

  get addresses(): readonly Uint8Array[] {
    const { is } = this.#ask('addresses', () => this.#real!.addresses);
    if (!Array.isArray(is)) throw damaged('addresses that are no list');
    return is.map(bytesOf);
  }

  connect(remote: SocketAddress, done: Outcome<TcpStream>): Cancel {
    return this.#connect('connect', this.#real, remote, done);
  }

  bind(local: SocketAddress, dual: boolean, done: Outcome<TcpPort>): void {
    const id = this.#next('bind');
    const bound = this.#outcome<TcpPort>(id, done, (real, ends) => this.#port(real, ends));
    this.#call(() => this.#real?.bind(local, dual, bound));
  }

  bindUdp(local: SocketAddress, dual: boolean, done: Outcome<UdpPort>): void {
    const id = this.#next('bind UDP');
    const bound = this.#outcome<UdpPort>(id, done, (real, ends) => this.#datagramPort(real, ends));
    this.#call(() => this.#real?.bindUdp(local, dual, bound));
  }

  // ---- what there is behind them

  #port(real: TcpPort | undefined, ends: Ends): TcpPort {
    return {
      local: ends.local,
      listen: (backlog, done) => {
        const id = this.#next('listen');
        const listening = this.#outcome<TcpServer>(id, done, (server, at) => this.#server(server, at));
        this.#call(() => real?.listen(backlog, listening));
      },
      connect: (remote, done) => this.#connect('connect from a port', real, remote, done),
      close: () => this.#call(() => real?.close()),
    };
  }

  #connect(
    what: string,
    real: Pick<NetworkBackend, 'connect'> | undefined,
    remote: SocketAddress,
    done: Outcome<TcpStream>,
  ): Cancel {
    const id = this.#next(what);
    const connected = this.#outcome<TcpStream>(id, done, (stream, ends) => this.#stream(stream, ends));
    let cancel: Cancel | undefined;
    this.#call(() => {
      cancel = real?.connect(remote, connected);
    });
    return () => {
      this.#loop.forget(id);
      this.#call(() => cancel?.());
    };
  }

  #server(real: TcpServer | undefined, { local }: Ends): TcpServer {
    const id = this.#next('server');
    return {
      local,
      accept: () => {
        let stream: TcpStream | undefined;
        const { is } = this.#ask(`${id} accept`, () => {
          const accepted = real!.accept();
          if (accepted === undefined || isFailure(accepted)) return accepted;
          stream = accepted;
          return { local: accepted.local, remote: accepted.remote };
        });
        if (is === undefined) return undefined;
        return typeof is === 'string' ? failureOf(is) : this.#stream(stream, endsOf(is));
      },
      onChange: (listener) => this.#changes(id, real, listener),
      close: () => this.#close(id, () => real?.close()),
    };
  }

  #stream(real: TcpStream | undefined, { local, remote }: Ends): TcpStream {
    const id = this.#next('stream');
    return {
      local,
      remote: remote ?? local,
      receive: (limit) => {
        const bytes = this.#bytes(`${id} receive ${limit}`, () => received(real!.receive(limit)));
        if (bytes[0] === RECEIVED.nothing) return undefined;
        if (bytes[0] === RECEIVED.failure) return failureOf(Buffer.from(bytes.subarray(1)).toString());
        if (bytes[0] !== RECEIVED.data || bytes.length > limit + 1) throw damaged('more than was to be received');
        return bytes.slice(1);
      },
      send: (data) => {
        const { is } = this.#ask(`${id} send ${data.length}`, () => real!.send(data));
        if (typeof is !== 'number') return failureOf(is);
        if (!(is >= 0 && is <= data.length)) throw damaged('more taken than was to be sent');
        return is;
      },
      sendLast: (data) => this.#failure(`${id} send last ${data.length}`, () => real!.sendLast(data)),
      shutdown: (receiving, sending) =>
        this.#failure(`${id} shutdown ${receiving} ${sending}`, () => real!.shutdown(receiving, sending)),
      setOption: (option, value) => this.#call(() => real?.setOption(option, value)),
      onChange: (listener) => this.#changes(id, real, listener),
      abort: () => this.#close(id, () => real?.abort()),
      close: () => this.#close(id, () => real?.close()),
    };
  }

  #datagramPort(real: UdpPort | undefined, { local }: Ends): UdpPort {
    const id = this.#next('UDP port');
    return {
      local,
      receive: () => {
        const { is } = this.#ask(`${id} receive`, () => real!.receive());
        if (is === undefined || typeof is === 'string') return is === undefined ? undefined : failureOf(is);
        const { data, remote } = is as Partial<Datagram>;
        return { data: bytesOf(data), remote: addressOf(remote) };
      },
      send: (data, remote) => this.#failure(`${id} send ${data.length}`, () => real!.send(data, remote)),
      localFor: (remote) => {
        const { is } = this.#ask(`${id} local`, () => real!.localFor(remote));
        return typeof is === 'string' ? failureOf(is) : addressOf(is);
      },
      onChange: (listener) => this.#changes(id, real, listener),
      close: () => this.#close(id, () => real?.close()),
    };
  }

  // ---- asking, and being told

  #next(what: string): string {
    return `network ${what} ${++this.#lastId}`;
  }

  #call(real: () => void): void {
    const before = this.#isAsking;
    this.#isAsking = true;
    real();
    this.#isAsking = before;
  }

  #bytes(question: string, real: () => Uint8Array): Uint8Array {
    return this.#loop.ask(question, () => {
      let answer: Uint8Array | undefined;
      this.#call(() => {
        answer = real();
      });
      return answer!;
    });
  }

  #ask(question: string, real: () => unknown): { readonly is?: unknown } {
    return answerOf(this.#bytes(question, () => answerBytes({ is: real() })));
  }

  #failure(question: string, real: () => NetworkFailure | undefined): NetworkFailure | undefined {
    const { is } = this.#ask(question, real);
    return is === undefined ? undefined : failureOf(is);
  }

  /** Gives what the real network is told to answer to: its answer arrives in the run under `id`, once. */
  #outcome<T extends { readonly local: SocketAddress }>(
    id: string,
    done: Outcome<T>,
    wrap: (real: T | undefined, ends: Ends) => T,
  ): Outcome<T> {
    let real: T | undefined;
    const arrives = this.#loop.receive(id, (payload) => {
      this.#loop.forget(id);
      const answer = answerOf(payload);
      if ('failure' in answer) done(failureOf(answer.failure));
      else done(wrap(real, endsOf(answer)));
    });
    return (outcome) => {
      if (isFailure(outcome)) {
        this.#tell(() => arrives(answerBytes({ failure: outcome })));
        return;
      }
      real = outcome;
      const { local, remote } = outcome as { readonly local: SocketAddress; readonly remote?: SocketAddress };
      this.#tell(() => arrives(answerBytes({ local, remote })));
    };
  }

  #changes(id: string, real: Changing | undefined, listener: () => void): void {
    const arrives = this.#loop.receive(`${id} change`, listener);
    this.#call(() => real?.onChange(() => this.#tell(arrives)));
  }

  #tell(arrives: () => void): void {
    if (this.#isAsking) setImmediate(arrives);
    else arrives();
  }

  #close(id: string, real: () => void): void {
    this.#loop.forget(`${id} change`);
    this.#call(real);
  }
}

/** Names as the host finds them, written down, or as they were found. */
export function journaledLookup(loop: JournaledLoop, open: () => NameLookup): NameLookup {
  const real = loop.isReplay ? undefined : open();
  let lastId = 0;
  const ask = <T>(what: string, done: Outcome<readonly T[]>, one: (value: unknown) => T): Outcome<readonly T[]> => {
    const id = `name ${what} ${++lastId}`;
    const arrives = loop.receive(id, (payload) => {
      loop.forget(id);
      const { is } = answerOf(payload);
      done(Array.isArray(is) ? is.map(one) : failureOf(is));
    });
    return (is) => arrives(answerBytes({ is }));
  };
  return {
    resolve: (name, done) => {
      const found = ask('resolve', done, bytesOf);
      real?.resolve(name, found);
    },
    reverse: (address, done) => {
      const found = ask('reverse', done, String);
      real?.reverse(address, found);
    },
  };
}

/** The addresses that a name led to when the run began. */
export function journaledAddresses(loop: JournaledLoop, name: string, found: readonly Uint8Array[]): Uint8Array[] {
  const { is } = answerOf(loop.ask(`name ${name}`.slice(0, 200), () => answerBytes({ is: found })));
  if (!Array.isArray(is)) throw damaged('addresses that are no list');
  return is.map(bytesOf);
}

interface Ends {
  readonly local: SocketAddress;
  readonly remote: SocketAddress | undefined;
}

function received(what: Uint8Array | NetworkFailure | undefined): Uint8Array {
  if (what === undefined) return Uint8Array.of(RECEIVED.nothing);
  if (isFailure(what)) return Uint8Array.of(RECEIVED.failure, ...Buffer.from(what));
  const bytes = new Uint8Array(1 + what.length);
  bytes[0] = RECEIVED.data;
  bytes.set(what, 1);
  return bytes;
}

function failureOf(value: unknown): NetworkFailure {
  if (typeof value !== 'string') throw damaged('a failure of the network that is no name');
  return value as NetworkFailure;
}

function bytesOf(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw damaged('bytes of the network that are none');
  return value;
}

function addressOf(value: unknown): SocketAddress {
  const { address, port } = (value ?? {}) as Partial<SocketAddress>;
  if (!(address instanceof Uint8Array) || ![4, 16].includes(address.length) || typeof port !== 'number')
    throw damaged('an address of the network that is none');
  return { address, port };
}

function endsOf(value: unknown): Ends {
  const { local, remote } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return { local: addressOf(local), remote: remote === undefined ? undefined : addressOf(remote) };
}
