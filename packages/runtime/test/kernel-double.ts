// A kernel small enough to read in one go, for testing programs against: endpoints with badged facets, calls, receives,
// returns, transfers and cancellation between hosted programs. No ledgers, no epochs, no protection but cap tables.
import {
  CapError,
  type CapSetEntry,
  capException,
  capSetSize,
  Endpoint,
  exceptionMessage,
  type HostedPort,
  writeCapSet,
} from '@capos/abi';
import * as ring from '@capos/ipc-ring';

export interface Facet {
  readonly endpoint: DoubleEndpoint | undefined;
  readonly interfaceId: bigint;
  readonly badge: bigint;
}

interface Message {
  readonly bytes: Uint8Array;
  readonly caps: readonly Facet[];
}

interface Receiving {
  readonly process: DoubleProcess;
  readonly userData: number;
  readonly address: number;
  readonly length: number;
}

interface Calling extends Receiving {
  readonly facet: Facet;
  readonly methodId: number;
  readonly answerId: number;
  readonly message: Message;
  state: 'queued' | 'received' | 'done';
  receiver: Receiving | undefined;
  token: number;
}

/** A meeting point. Its owner facet may receive, the others may call. */
export class DoubleEndpoint {
  readonly calls: Calling[] = [];
  readonly receives: Receiving[] = [];
  readonly owner: Facet = { endpoint: this, interfaceId: Endpoint.id, badge: 0n };

  facet(interfaceId: bigint, badge: bigint): Facet {
    return { endpoint: this, interfaceId, badge };
  }
}

export interface DoubleOptions {
  readonly arenaBytes?: number;
  readonly shared?: boolean;
  readonly size?: ring.RingSize;
}

const HEAP_OFFSET = 16_384;
let lastToken = 0;

export class DoubleProcess implements HostedPort, ring.SubmissionHandler {
  readonly arena: ArrayBuffer | SharedArrayBuffer;
  readonly ringOffset = 0;
  readonly capSetOffset = 8192;
  readonly heapOffset = HEAP_OFFSET;
  readonly processId: bigint = 1n;
  readonly caps = new Map<number, Facet>();
  readonly inFlight = new Map<number, Calling>();
  readonly server: ring.RingServer;
  exitCode: number | undefined;
  /** Doorbells rung. */
  enters = 0;
  private callback: () => void = () => {};
  private entering = false;
  private nextSlot = 1;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;

  constructor(grants: Readonly<Record<string, Facet>>, options: DoubleOptions = {}) {
    const size = options.size ?? { sqEntries: 16, cqEntries: 32 };
    const bytes = options.arenaBytes ?? 1 << 20;
    this.arena = options.shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
    this.bytes = new Uint8Array(this.arena);
    this.view = new DataView(this.arena);
    ring.initializeRing(this.arena, 0, size);
    this.server = new ring.RingServer(this.arena, 0, size);
    const entries: CapSetEntry[] = Object.entries(grants).map(([name, facet]) => ({
      name,
      capId: this.insert(facet),
      interfaceId: facet.interfaceId,
    }));
    if (capSetSize(entries.length) > HEAP_OFFSET - this.capSetOffset) throw new Error('too many grants');
    writeCapSet(entries, this.bytes, this.capSetOffset);
  }

  insert(facet: Facet): number {
    const capId = (1 << 20) | this.nextSlot++;
    this.caps.set(capId, facet);
    return capId;
  }

  enter(): void {
    this.enters += 1;
    const outer = this.entering;
    this.entering = true;
    this.server.drain(this);
    this.entering = outer;
  }

  onCompletion(callback: () => void): void {
    this.callback = callback;
  }

  exit(code: number): void {
    this.exitCode = code;
  }

  submit(entry: ring.SubmissionEntry): number {
    switch (entry.op) {
      case ring.OP_NOP:
        return 0;
      case ring.OP_CALL:
        return this.call(entry);
      case ring.OP_RECV:
        return this.receive(entry);
      case ring.OP_RETURN:
        return this.return(entry);
      case ring.OP_RELEASE:
        return this.caps.delete(entry.capId) ? 0 : -ring.TRANSPORT_BAD_CAP;
      case ring.OP_FINISH:
        return this.finish(entry.answerId);
      default:
        return -ring.TRANSPORT_BAD_OPERATION;
    }
  }

  /** Serves a ring that another thread writes, until `stop` settles. */
  async serveShared(stop: Promise<unknown>): Promise<void> {
    const waiter = new ring.RingWaiter(this.arena, 0, 'server', { cpus: 1 });
    let stopped = false;
    void stop.finally(() => {
      stopped = true;
    });
    while (!stopped) {
      this.server.drain(this);
      await waiter.waitAsync(this.server.submissionHead, 20);
    }
  }

  /** Every call and receive at this endpoint fails from now on. */
  static destroy(endpoint: DoubleEndpoint): void {
    for (const call of endpoint.calls.splice(0))
      call.process.completeCall(call, disconnected(), ring.CQE_FLAG_EXCEPTION);
    for (const receive of endpoint.receives.splice(0)) {
      receive.process.server.complete(receive.userData, 0, -ring.TRANSPORT_DISCONNECTED, 0, 0);
      receive.process.posted();
    }
  }

  private call(entry: ring.SubmissionEntry): number {
    const facet = this.caps.get(entry.capId);
    if (facet === undefined) return -ring.TRANSPORT_BAD_CAP;
    if (facet.endpoint === undefined || facet.interfaceId === Endpoint.id) return -ring.TRANSPORT_NOT_PERMITTED;
    const message = this.take(entry);
    if (message === undefined) return -ring.TRANSPORT_BAD_CAP;
    const call: Calling = {
      process: this,
      userData: entry.userDataLow,
      address: entry.resultAddress,
      length: entry.resultLength,
      facet,
      methodId: entry.methodId,
      answerId: entry.answerId,
      message,
      state: 'queued',
      receiver: undefined,
      token: 0,
    };
    if (call.answerId !== 0) this.inFlight.set(call.answerId, call);
    facet.endpoint.calls.push(call);
    match(facet.endpoint);
    return ring.DEFERRED;
  }

  private receive(entry: ring.SubmissionEntry): number {
    const facet = this.caps.get(entry.capId);
    if (facet === undefined) return -ring.TRANSPORT_BAD_CAP;
    if (facet.endpoint === undefined || facet.interfaceId !== Endpoint.id) return -ring.TRANSPORT_NOT_PERMITTED;
    const { userDataLow: userData, resultAddress: address, resultLength: length } = entry;
    facet.endpoint.receives.push({ process: this, userData, address, length });
    match(facet.endpoint);
    return ring.DEFERRED;
  }

  private return(entry: ring.SubmissionEntry): number {
    const call = tokens.get(entry.answerId);
    if (call === undefined || call.receiver?.process !== this) return -ring.TRANSPORT_BAD_CAP;
    const message = this.take(entry);
    if (message === undefined) return -ring.TRANSPORT_BAD_CAP;
    tokens.delete(entry.answerId);
    if (call.state === 'done') return 0;
    const exception = entry.aux === ring.RETURN_AUX_EXCEPTION ? ring.CQE_FLAG_EXCEPTION : 0;
    return call.process.completeCall(call, message, exception);
  }

  private finish(answerId: number): number {
    const call = this.inFlight.get(answerId);
    if (call === undefined) return 0;
    const queue = call.facet.endpoint!.calls;
    if (call.state === 'queued') queue.splice(queue.indexOf(call), 1);
    this.inFlight.delete(answerId);
    const receiver = call.receiver;
    call.state = 'done';
    this.server.complete(call.userData, 0, -ring.TRANSPORT_CANCELED, 0, 0);
    if (receiver?.process.server.reserve()) {
      const flags = ring.CQE_FLAG_CALL_CANCELED | ring.CQE_FLAG_UNSOLICITED;
      receiver.process.server.completeWith(receiver.userData, 0, 0, flags, 0, 0, call.token, 0);
      receiver.process.posted();
    }
    return 1;
  }

  private completeCall(call: Calling, message: Message, flags: number): number {
    call.state = 'done';
    this.inFlight.delete(call.answerId);
    const written = this.write(message, call.address, call.length);
    const result = written ? message.bytes.length : -ring.TRANSPORT_BUFFER_TOO_SMALL;
    this.server.complete(call.userData, 0, result, written ? flags : 0, written ? message.caps.length : 0);
    this.posted();
    return written ? 0 : -ring.TRANSPORT_BUFFER_TOO_SMALL;
  }

  /** Copies a message and its capabilities out of this process; undefined when it names one that it does not hold. */
  private take(entry: ring.SubmissionEntry): Message | undefined {
    const { paramsAddress, paramsLength, transferCount } = entry;
    const caps: Facet[] = [];
    const moved: number[] = [];
    for (let index = 0, at = (paramsAddress + paramsLength + 7) & ~7; index < transferCount; index += 1, at += 16) {
      const capId = this.view.getUint32(at, true);
      const facet = this.caps.get(capId);
      if (facet === undefined || moved.includes(capId)) return undefined;
      caps.push(facet);
      if (this.view.getUint8(at + 4) === ring.TRANSFER_MODE_MOVE) moved.push(capId);
    }
    for (const capId of moved) this.caps.delete(capId);
    return { bytes: this.bytes.slice(paramsAddress, paramsAddress + paramsLength), caps };
  }

  /** Copies a message in and inserts its capabilities; false, and nothing happened, when the buffer is too small. */
  write(message: Message, address: number, length: number): boolean {
    const records = (address + message.bytes.length + 7) & ~7;
    const end = message.caps.length === 0 ? address + message.bytes.length : records + message.caps.length * 16;
    if (end > address + length) return false;
    this.bytes.set(message.bytes, address);
    for (const [index, facet] of message.caps.entries()) {
      this.view.setUint32(records + index * 16, this.insert(facet), true);
      this.view.setUint32(records + index * 16 + 4, 0, true);
      this.view.setBigUint64(records + index * 16 + 8, facet.interfaceId, true);
    }
    return true;
  }

  /** Completions were written: publish them, and tell the program unless it is inside `enter`. */
  posted(): void {
    this.server.publish();
    if (!this.entering) this.callback();
  }
}

const tokens = new Map<number, Calling>();

function match(endpoint: DoubleEndpoint): void {
  while (endpoint.calls.length > 0 && endpoint.receives.length > 0) {
    const call = endpoint.calls.shift()!;
    const receive = endpoint.receives.shift()!;
    if (!receive.process.write(call.message, receive.address, receive.length)) {
      endpoint.receives.unshift(receive);
      call.process.server.complete(call.userData, 0, -ring.TRANSPORT_BUFFER_TOO_SMALL, 0, 0);
      call.process.posted();
      continue;
    }
    lastToken += 1;
    call.token = lastToken;
    call.state = 'received';
    call.receiver = receive;
    tokens.set(lastToken, call);
    const low = Number(call.facet.badge & 0xffff_ffffn);
    const high = Number(call.facet.badge >> 32n);
    const { length } = call.message.bytes;
    const caps = call.message.caps.length;
    receive.process.server.completeReceive(receive.userData, 0, length, low, high, lastToken, call.methodId, caps);
    receive.process.posted();
  }
}

function disconnected(): Message {
  const error = new CapError('disconnected', 'the endpoint is gone');
  const value = exceptionMessage(error.kind, error.reason);
  const bytes = new Uint8Array(capException.measure(value));
  capException.encode(value, bytes);
  return { bytes, caps: [] };
}
