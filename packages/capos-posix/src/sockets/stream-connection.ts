// Stream connection: a TcpSocket capability with the two buffers a kernel would keep for it.
//
//   TcpSocket.receive ─▶ incoming (read ahead, bounded) ─▶ read          the other side's end and errors come in line
//   write ─▶ outgoing (at most one message) ─▶ TcpSocket.send, one at a time
//
// Reading ahead makes readiness true at the moment the bytes are there, which poll and edge-triggered epoll need. What is
// outgoing fits one message, so a close (or the end of the process) can hand all of it over in one last call.

import { TcpSocket, type TcpSocketReceiveResults, type TcpSocketSendResults } from '@capos/abi';
import type { CallAnswer } from '../capabilities/capability-call.ts';
import type { SharedCapability } from '../capabilities/shared-capability.ts';
import { type StartedCall, startCall } from '../capabilities/started-call.ts';
import { ByteFifo } from './byte-fifo.ts';
import { errnoOfNetworkError } from './network-errors.ts';

/** Bytes asked for at once, and kept before no more is asked for. */
const RECEIVE_BYTES = 32_768;
const INCOMING_BYTES = 131_072;
/** Bytes of one send, and so of all that is outgoing. */
export const OUTGOING_BYTES = 61_440;
const MESSAGE_ROOM = 256;

export class StreamConnection {
  readonly capability: SharedCapability;
  readonly #changed: () => void;
  readonly incoming = new ByteFifo();
  readonly #outgoing = new ByteFifo();
  #receiveCall: StartedCall | undefined;
  #receiving = false;
  #sendCall: StartedCall | undefined;
  #sending = false;
  /** The other side's stream has ended. */
  ended = false;
  /** Nothing more is taken from the program. */
  shutForSending = false;
  shutForReceiving = false;
  /** Minus an error number that has not been told. */
  failure = 0;
  #closed = false;

  /** `changed` is called whenever bytes, room, an end or an error have come. */
  constructor(capability: SharedCapability, changed: () => void) {
    this.capability = capability;
    this.#changed = changed;
    capability.onHolderLost = (caps) => {
      const receiveLost = this.#receiveCall?.through === caps;
      const sendLost = this.#sendCall?.through === caps;
      if (receiveLost) this.#receiveCall = undefined;
      if (sendLost) this.#sendCall = undefined;
      if (receiveLost) this.#receiving = false;
      if (sendLost) this.#sending = false;
      // Whoever still holds it goes on.
      if (capability.reference === undefined) return;
      this.readAhead();
      this.#sendOn();
    };
  }

  // ── receiving ────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Asks for what comes, while there is room for it. */
  readAhead(): void {
    while (this.#wantsMore()) {
      this.#receiving = true;
      this.#receiveCall = startCall(
        this.capability,
        TcpSocket.methods.receive,
        { maxLength: RECEIVE_BYTES },
        (answer) => this.#received(answer),
        { maxResultBytes: RECEIVE_BYTES + MESSAGE_ROOM },
      );
    }
  }

  #wantsMore(): boolean {
    return (
      !this.#receiving && !this.#closed && !this.ended && this.failure === 0 && this.incoming.length < INCOMING_BYTES
    );
  }

  #received(answer: CallAnswer<TcpSocketReceiveResults> | number): void {
    this.#receiving = false;
    this.#receiveCall = undefined;
    if (this.#closed) return;
    const errno = typeof answer === 'number' ? answer : errnoOfNetworkError(answer.results.error);
    if (errno !== 0) {
      this.failure = errno;
      this.ended = true;
    } else if (typeof answer !== 'number') {
      const { data } = answer.results;
      if (data.length === 0) this.ended = true;
      else if (!this.shutForReceiving) this.incoming.put(data);
    }
    this.#changed();
    this.readAhead();
  }

  /** At most `limit` bytes that have come. */
  take(limit: number, peek: boolean): Uint8Array {
    if (peek) return this.incoming.peek(limit);
    const taken = this.incoming.take(limit);
    this.readAhead();
    return taken;
  }

  // ── sending ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  get room(): number {
    return OUTGOING_BYTES - this.#outgoing.length;
  }

  /** How many bytes were taken; 0 when there is no room. `data` is copied where it has to wait. */
  send(data: Uint8Array): number {
    let taken = 0;
    while (taken < data.length && this.failure === 0 && !this.shutForSending) {
      const part = data.subarray(taken, taken + this.room);
      if (part.length === 0) break;
      this.#outgoing.put(part.slice());
      taken += part.length;
      this.#sendOn();
    }
    return taken;
  }

  #sendOn(): void {
    while (!this.#sending && this.#outgoing.length > 0 && !this.#closed && this.failure === 0) {
      this.#sending = true;
      this.#sendCall = startCall(
        this.capability,
        TcpSocket.methods.send,
        { data: this.#outgoing.peek(OUTGOING_BYTES), last: false },
        (answer) => this.#sent(answer),
      );
    }
    if (this.#outgoing.length === 0 && this.shutForSending) this.#shutAtServer(false, true);
  }

  #sent(answer: CallAnswer<TcpSocketSendResults> | number): void {
    this.#sending = false;
    // Told before `startCall` has returned, when it is told at once: then there is nothing to forget.
    const waited = this.#sendCall !== undefined;
    this.#sendCall = undefined;
    const errno = typeof answer === 'number' ? answer : errnoOfNetworkError(answer.results.error);
    if (errno !== 0) {
      this.#outgoing.clear();
      if (this.failure === 0) this.failure = errno;
    } else if (typeof answer !== 'number') {
      this.#outgoing.drop(answer.results.accepted);
    }
    if (!waited || this.#closed) return;
    this.#changed();
    this.#sendOn();
  }

  #shut = false;

  #shutAtServer(receiving: boolean, sending: boolean): void {
    if (this.#closed || (sending && this.#shut)) return;
    if (sending) this.#shut = true;
    startCall(this.capability, TcpSocket.methods.shutdown, { receiving, sending }, () => {});
  }

  // ── ends ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

  shutdown(receiving: boolean, sending: boolean): void {
    if (sending) {
      this.shutForSending = true;
      this.#sendOn();
    }
    if (receiving) {
      this.shutForReceiving = true;
      this.incoming.clear();
      this.#shutAtServer(true, false);
    }
  }

  setOption(option: 'noDelay' | 'keepAlive', value: number): void {
    startCall(this.capability, TcpSocket.methods.setOption, { option, value }, () => {});
  }

  /** Hands over what is outgoing and lets go. `reset`, or bytes that nobody has read: the other side sees a reset. */
  close(reset: boolean): void {
    if (this.#closed) return;
    const unread = this.incoming.length > 0;
    this.#closed = true;
    this.#receiveCall?.cancel();
    this.#sendCall?.cancel();
    if (reset || unread) {
      startCall(this.capability, TcpSocket.methods.abort, {}, () => {});
    } else if (this.#outgoing.length > 0 && this.failure === 0) {
      const params = { data: this.#outgoing.peek(OUTGOING_BYTES), last: true };
      startCall(this.capability, TcpSocket.methods.send, params, () => {});
    }
    this.capability.onHolderLost = () => {};
    this.capability.release();
  }
}
