// A hosted program in a test's hands: submits operations, sees completions, encodes and decodes typed calls.
import { capException, type HostedPort, type MethodDescriptor, readCapSet } from '@capos/abi';
import {
  CAP_RECORD_SIZE,
  type CompletionEntry,
  CQE_FLAG_CALL_ARRIVED,
  CQE_FLAG_EXCEPTION,
  RETURN_AUX_EXCEPTION,
  RingClient,
  TRANSFER_SIZE,
} from '@capos/ipc-ring';

export interface Received {
  capId: number;
  interfaceId: bigint;
}

/** A submission and, once it has come, its completion. */
export class Submitted<Results = unknown> {
  done = false;
  result = 0;
  flags = 0;
  badge = 0n;
  token = 0;
  methodId = 0;
  caps: Received[] = [];
  payload: Uint8Array = new Uint8Array(0);
  onDone: (() => void) | undefined;
  readonly buffer: number;
  readonly #decode: ((bytes: Uint8Array) => Results) | undefined;

  constructor(buffer: number, decode?: (bytes: Uint8Array) => Results) {
    this.buffer = buffer;
    this.#decode = decode;
  }

  get value(): Results {
    if (!this.done) throw new Error('the operation has not completed');
    if (this.result < 0) throw new Error(`transport error ${-this.result}`);
    if (this.exception !== undefined) throw new Error(`exception ${this.exception.kind}: ${this.exception.reason}`);
    return this.#decode!(this.payload);
  }

  get exception(): { kind: unknown; reason: string } | undefined {
    return (this.flags & CQE_FLAG_EXCEPTION) === 0
      ? undefined
      : capException.decode(this.payload, 0, this.payload.length);
  }
}

/** How a message is given: typed, or as raw bytes. */
export interface SendOptions {
  transfers?: { capId: number; mode: 'copy' | 'move' }[];
  resultLength?: number;
  deadlineNs?: number;
  answerId?: number;
  /** PIPELINED: the answer, and which of its capabilities is called instead of `capId`. */
  dependency?: { answerId: number; ordinal: number };
  keepCaps?: boolean;
  /** Token of the received call that this one is made for. */
  onBehalfOf?: number;
  /** Leave it to a later `enter`. */
  hold?: boolean;
}

const BUFFER = 4096;

export class TestClient {
  readonly port: HostedPort;
  readonly ring: RingClient;
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly caps: Map<string, number>;
  readonly submitted: Map<number, Submitted> = new Map();
  /** Completions of calls received, in order of arrival; see `receive`. */
  onCall: ((call: Submitted) => void) | undefined;
  unsolicited: { flags: number; token: number; badge: bigint }[] = [];
  #next: number;
  #userData = 1;
  #free: number[] = [];
  #draining = false;

  constructor(port: HostedPort) {
    this.port = port;
    this.bytes = new Uint8Array(port.arena);
    this.view = new DataView(port.arena);
    this.ring = new RingClient(port.arena, port.ringOffset);
    this.caps = new Map(readCapSet(this.bytes, port.capSetOffset).map(({ name, capId }) => [name, capId]));
    this.#next = Math.ceil(port.heapOffset / BUFFER) * BUFFER;
    port.onCompletion(() => this.drain());
  }

  cap(name: string): number {
    const capId = this.caps.get(name);
    if (capId === undefined) throw new Error(`no capability "${name}" in the CapSet`);
    return capId;
  }

  /** 4 KiB of the arena. */
  allocate(): number {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    const at = this.#next;
    this.#next += BUFFER;
    if (this.#next > this.bytes.length) throw new Error('the arena is full: allocate less in one test');
    return at;
  }

  free(buffer: number): void {
    this.#free.push(buffer);
  }

  call<P, R>(capId: number, method: MethodDescriptor<P, R>, params: P, options: SendOptions = {}): Submitted<R> {
    const message = this.allocate();
    const length = method.params.encode(params, this.bytes, message, 2048);
    const submitted = this.callRaw(capId, method.ordinal, message, length, options, (payload) =>
      method.results.decode(payload, 0, payload.length),
    );
    // The kernel reads a message where it lies, until the call is delivered.
    if (submitted.done) this.free(message);
    return submitted;
  }

  callRaw<R>(
    capId: number,
    methodId: number,
    message: number,
    length: number,
    options: SendOptions = {},
    decode?: (bytes: Uint8Array) => R,
  ): Submitted<R> {
    const result = this.allocate();
    const transfers = options.transfers ?? [];
    this.#writeTransfers(message + length, transfers);
    const submitted = new Submitted<R>(result, decode);
    const userData = this.#remember(submitted);
    const { submissions } = this.ring;
    this.#push(() =>
      submissions.call(
        capId,
        methodId,
        userData,
        message,
        length,
        result,
        options.resultLength ?? BUFFER,
        options.answerId ?? 0,
      ),
    );
    if (transfers.length > 0) submissions.transfers(transfers.length);
    if (options.dependency !== undefined)
      submissions.pipelined(options.dependency.answerId, options.dependency.ordinal);
    if (options.keepCaps === true) submissions.keepCaps();
    if (options.onBehalfOf !== undefined) submissions.onBehalfOf(options.onBehalfOf);
    if (options.deadlineNs !== undefined) submissions.deadline(options.deadlineNs);
    if (options.hold !== true) this.enter();
    return submitted;
  }

  receive(endpoint: number, options: { length?: number; deadlineNs?: number; hold?: boolean } = {}): Submitted {
    const buffer = this.allocate();
    const submitted = new Submitted(buffer);
    const userData = this.#remember(submitted);
    this.#push(() => this.ring.submissions.receive(endpoint, userData, buffer, options.length ?? BUFFER));
    if (options.deadlineNs !== undefined) this.ring.submissions.deadline(options.deadlineNs);
    if (options.hold !== true) this.enter();
    return submitted;
  }

  return(token: number, payload: Uint8Array, options: SendOptions & { exception?: boolean } = {}): Submitted {
    const buffer = this.allocate();
    this.bytes.set(payload, buffer);
    this.#writeTransfers(buffer + payload.length, options.transfers ?? []);
    const submitted = new Submitted(buffer);
    const userData = this.#remember(submitted);
    const aux = options.exception === true ? RETURN_AUX_EXCEPTION : 0;
    this.#push(() => this.ring.submissions.return(token, userData, buffer, payload.length, aux));
    if (options.transfers !== undefined) this.ring.submissions.transfers(options.transfers.length);
    if (options.hold !== true) this.enter();
    return submitted;
  }

  /** Any other operation. */
  operation(push: (submissions: RingClient['submissions'], userData: number) => number, hold = false): Submitted {
    const submitted = new Submitted(this.allocate());
    const userData = this.#remember(submitted);
    this.#push(() => push(this.ring.submissions, userData));
    if (!hold) this.enter();
    return submitted;
  }

  raw(words: Int32Array): void {
    this.ring.submissions.raw(words);
  }

  enter(): void {
    this.ring.submit();
    this.port.enter();
    this.drain();
  }

  // Not nested: a handler that enters again gets its completions handled after it, so handlers can't pile up on the stack.
  drain(): void {
    if (this.#draining) return;
    this.#draining = true;
    while (this.ring.completions.drain({ complete: (entry) => this.#complete(entry) }) > 0);
    this.#draining = false;
  }

  #complete(entry: CompletionEntry): void {
    const badge = (BigInt(entry.badgeHigh) << 32n) | BigInt(entry.badgeLow);
    const submitted = this.submitted.get(entry.userData);
    if (submitted === undefined) {
      this.unsolicited.push({ flags: entry.flags, token: entry.token, badge });
      return;
    }
    this.submitted.delete(entry.userData);
    submitted.done = true;
    submitted.result = entry.result;
    submitted.flags = entry.flags;
    submitted.badge = badge;
    submitted.token = entry.token;
    submitted.methodId = entry.methodId;
    const length = Math.max(0, entry.result);
    submitted.payload = this.bytes.slice(submitted.buffer, submitted.buffer + length);
    for (let index = 0; index < entry.capCount; index++) {
      const at = ((submitted.buffer + length + 7) & ~7) + index * CAP_RECORD_SIZE;
      submitted.caps.push({
        capId: this.view.getUint32(at, true),
        interfaceId: this.view.getBigUint64(at + 8, true),
      });
    }
    this.free(submitted.buffer);
    submitted.onDone?.();
    if ((entry.flags & CQE_FLAG_CALL_ARRIVED) !== 0) this.onCall?.(submitted);
  }

  #writeTransfers(end: number, transfers: { capId: number; mode: 'copy' | 'move' }[]): void {
    let at = (end + 7) & ~7;
    for (const { capId, mode } of transfers) {
      this.bytes.fill(0, at, at + TRANSFER_SIZE);
      this.view.setUint32(at, capId, true);
      this.bytes[at + 4] = mode === 'move' ? 1 : 0;
      at += TRANSFER_SIZE;
    }
  }

  #remember(submitted: Submitted<never> | Submitted): number {
    const userData = this.#userData++;
    this.submitted.set(userData, submitted as Submitted);
    return userData;
  }

  #push(push: () => number): void {
    const outcome = push();
    if (outcome !== 0) throw new Error(`the ring refused a submission: ${outcome}`);
  }
}
