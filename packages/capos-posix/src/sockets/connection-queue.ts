// Connection queue: a TcpListener capability with the connections accepted ahead of the program.

import {
  type CapTableView,
  type SocketAddress,
  TcpListener,
  type TcpListenerAcceptResults,
  TcpSocket,
} from '@capos/abi';
import type { CallAnswer } from '../capabilities/capability-call.ts';
import type { SharedCapability } from '../capabilities/shared-capability.ts';
import { adoptResult, type StartedCall, startCall } from '../capabilities/started-call.ts';
import { ERRNO } from '../linux/errno.ts';
import { errnoOfNetworkError } from './network-errors.ts';

/** Connections accepted ahead; the rest of the backlog waits at the listener. */
const AHEAD = 64;

export interface AcceptedConnection {
  readonly capability: SharedCapability;
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
}

export class ConnectionQueue {
  readonly capability: SharedCapability;
  readonly #changed: () => void;
  readonly #accepted: AcceptedConnection[] = [];
  readonly #limit: number;
  #call: StartedCall | undefined;
  #accepting = false;
  #failure = 0;
  #closed = false;

  constructor(capability: SharedCapability, backlog: number, changed: () => void) {
    this.capability = capability;
    this.#limit = Math.min(Math.max(1, backlog), AHEAD);
    this.#changed = changed;
    capability.onHolderLost = (caps) => {
      if (this.#call?.through !== caps) return;
      this.#call = undefined;
      this.#accepting = false;
      if (capability.reference !== undefined) this.acceptAhead();
    };
  }

  get ready(): boolean {
    return this.#accepted.length > 0 || this.#failure !== 0;
  }

  /** Those accepted ahead: a forked child gets them too. */
  get waiting(): readonly SharedCapability[] {
    return this.#accepted.map(({ capability }) => capability);
  }

  acceptAhead(): void {
    while (!this.#accepting && !this.#closed && this.#failure === 0 && this.#accepted.length < this.#limit) {
      this.#accepting = true;
      this.#call = startCall(this.capability, TcpListener.methods.accept, {}, (answer, caps) => {
        this.#accepting = false;
        this.#call = undefined;
        this.#arrived(answer, caps);
        this.#changed();
        this.acceptAhead();
      });
    }
  }

  #arrived(answer: CallAnswer<TcpListenerAcceptResults> | number, caps: CapTableView | undefined): void {
    if (typeof answer === 'number' || caps === undefined) {
      this.#failure = typeof answer === 'number' ? answer : -ERRNO.EIO;
      return;
    }
    const { error, socket, local, remote } = answer.results;
    const capability = adoptResult(this.capability.acting, answer, caps, socket, TcpSocket.id);
    if (error === 'none' && capability !== undefined) this.#accepted.push({ capability, local, remote });
    else this.#failure = errnoOfNetworkError(error) || -ERRNO.EIO;
  }

  /** The next connection, or minus an error number (told once), or undefined. */
  take(): AcceptedConnection | number | undefined {
    for (let next = this.#accepted.shift(); next !== undefined; next = this.#accepted.shift()) {
      this.acceptAhead();
      // Accepted through the table of a process that has ended since.
      if (next.capability.reference !== undefined) return next;
    }
    const failure = this.#failure;
    this.#failure = 0;
    return failure === 0 ? undefined : failure;
  }

  close(): void {
    this.#closed = true;
    this.#call?.cancel();
    for (const { capability } of this.#accepted.splice(0)) {
      startCall(capability, TcpSocket.methods.abort, {}, () => {});
      capability.release();
    }
    this.capability.onHolderLost = () => {};
    this.capability.release();
  }
}
