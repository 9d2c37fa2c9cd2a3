// System V message queue: typed messages, taken by type in the order in which they came (msgop(2)).

import { WaitQueue } from '../waiting.ts';
import { IpcObject, type IpcUser, secondsNow } from './ipc-object.ts';

/** Bytes of one message, and of all in a queue unless changed (MSGMAX, MSGMNB). */
export const MESSAGE = { LARGEST: 8192, QUEUE_BYTES: 16_384 } as const;

export interface TypedMessage {
  readonly type: bigint;
  readonly data: Uint8Array;
}

export class MessageChannel extends IpcObject {
  readonly changed = new WaitQueue();
  capacity: number = MESSAGE.QUEUE_BYTES;
  bytes = 0;
  sentAt = 0;
  receivedAt = 0;
  lastSender = 0;
  lastReceiver = 0;
  readonly #messages: TypedMessage[] = [];

  get count(): number {
    return this.#messages.length;
  }

  hasRoomFor(length: number): boolean {
    return this.bytes + length <= this.capacity && this.count < this.capacity;
  }

  send(message: TypedMessage, process: IpcUser): void {
    this.#messages.push(message);
    this.bytes += message.data.length;
    this.sentAt = secondsNow(process.domain);
    this.lastSender = process.pid;
    this.changed.notify();
  }

  /**
   * The message that a receiver of `wanted` gets next: 0 the first, above 0 the first of that type (or, `except`, of another),
   * below 0 the first of the lowest type up to its absolute value.
   */
  next(wanted: bigint, except: boolean): TypedMessage | undefined {
    if (wanted === 0n) return this.#messages[0];
    if (wanted > 0n) return this.#messages.find(({ type }) => (type === wanted) !== except);
    let lowest: TypedMessage | undefined;
    for (const message of this.#messages)
      if (message.type <= -wanted && (lowest === undefined || message.type < lowest.type)) lowest = message;
    return lowest;
  }

  /** The message with a place in the queue. */
  at(place: number): TypedMessage | undefined {
    return place < 0 ? undefined : this.#messages[place];
  }

  take(message: TypedMessage, process: IpcUser): void {
    this.#messages.splice(this.#messages.indexOf(message), 1);
    this.bytes -= message.data.length;
    this.receivedAt = secondsNow(process.domain);
    this.lastReceiver = process.pid;
    this.changed.notify();
  }

  override gone(): void {
    this.#messages.length = 0;
    this.changed.notify();
  }
}
