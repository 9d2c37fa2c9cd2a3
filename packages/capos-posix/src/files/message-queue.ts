// POSIX message queues (mq_overview(7)): named within a domain, and by nobody else.
//
//   senders ──▶ [highest priority first, oldest first within one] ──▶ receivers
//
// A message that arrives at an empty queue for which nobody waits tells the one process that asked to be notified, once.

import { MODE, OPEN, POLL } from '../linux/file-flags.ts';
import { WaitQueue } from '../waiting.ts';
import { type FileStatus, syntheticStatus } from './file-status.ts';
import { OpenFile } from './open-file.ts';

export interface Message {
  readonly priority: number;
  readonly data: Uint8Array;
}

/** Who is told of the next message, and how. */
export interface MessageNotification {
  /** The process that asked; a queue forgets it when that closes the queue or ends. */
  readonly owner: object;
  readonly notify: () => void;
}

export class MessageQueue {
  readonly maxMessages: number;
  readonly messageSize: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly inode: bigint;
  readonly changed: WaitQueue = new WaitQueue();
  notification: MessageNotification | undefined;
  /** Receivers that wait: they get the next message before anybody is notified. */
  receivers = 0;
  #messages: Message[] = [];

  constructor(
    limits: { readonly maxMessages: number; readonly messageSize: number },
    mode: number,
    uid: number,
    gid: number,
    inode: bigint,
  ) {
    this.inode = inode;
    this.maxMessages = limits.maxMessages;
    this.messageSize = limits.messageSize;
    this.mode = mode;
    this.uid = uid;
    this.gid = gid;
  }

  get count(): number {
    return this.#messages.length;
  }

  get full(): boolean {
    return this.#messages.length >= this.maxMessages;
  }

  send(message: Message): void {
    const behind = this.#messages.findIndex((other) => other.priority < message.priority);
    this.#messages.splice(behind < 0 ? this.#messages.length : behind, 0, message);
    const { notification } = this;
    if (this.#messages.length === 1 && this.receivers === 0 && notification !== undefined) {
      this.notification = undefined;
      notification.notify();
    }
    this.changed.notify();
  }

  receive(): Message | undefined {
    const message = this.#messages.shift();
    if (message !== undefined) this.changed.notify();
    return message;
  }
}

/** A descriptor's view of a queue. */
export class MessageQueueFile extends OpenFile {
  readonly queue: MessageQueue;
  override readonly changed: WaitQueue;
  override readonly description: string;

  constructor(queue: MessageQueue, name: string, statusFlags: number) {
    super(statusFlags);
    this.queue = queue;
    this.changed = queue.changed;
    this.description = `/dev/mqueue/${name}`;
  }

  override get readable(): boolean {
    return (this.statusFlags & OPEN.ACCMODE) !== OPEN.WRONLY;
  }

  override readiness(): number {
    const { queue } = this;
    return (queue.count > 0 ? POLL.IN | POLL.RDNORM : 0) | (queue.full ? 0 : POLL.OUT | POLL.WRNORM);
  }

  override status(): FileStatus {
    const { mode, uid, gid, inode } = this.queue;
    return { ...syntheticStatus(MODE.REGULAR | mode, inode, 0n, 80), uid, gid, device: 19n };
  }
}
