// Object call: what a kernel object sees of a CALL to it: typed params, the capabilities that came along, and one reply.
//
//   decode params (exact bounds, abi's codecs) ─▶ handler ─▶ results │ PENDING │ throws CapError or TransportFailure
//   reply: encode into the caller's buffer, room for result capabilities reserved first, then everything or nothing

import { CapError, type CapExceptionKind, type Codec, CodecError, NO_CAPABILITY } from '@capos/abi';
import {
  CAP_RECORD_SIZE,
  TRANSPORT_BAD_ADDRESS,
  TRANSPORT_BUFFER_TOO_SMALL,
  TRANSPORT_NO_MEMORY,
} from '@capos/ipc-ring';
import {
  type Capability,
  capabilityOf,
  type KernelObject,
  ORIGIN,
  TRANSFER_MODE,
} from '../capabilities/kernel-object.ts';
import { ACCESS, copyIn, copyOut, INACCESSIBLE } from '../memory/user-memory.ts';
import type { Process } from '../processes/process.ts';
import { afterPayload, writeCapRecord } from './cap-records.ts';
import type { PendingOperation } from './pending-operation.ts';

/** A handler's answer when it will reply later. */
export const PENDING: unique symbol = Symbol('pending');

/** The call failed below the level of exceptions: the caller's buffer or ledger is to blame. */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure';
  /** A positive transport error. */
  readonly code: number;

  constructor(code: number) {
    super(`transport error ${code}`);
    this.code = code;
  }
}

/** One method of a kernel object, as dispatched. */
export interface ServedMethod {
  readonly name: string;
  readonly params: Codec<unknown>;
  readonly results: Codec<unknown>;
  readonly handler: (object: KernelObject, params: unknown, call: ObjectCall) => unknown;
}

/** The view of one operation that a handler gets; valid until the reply. */
export class ObjectCall {
  readonly operation: PendingOperation;
  #method: ServedMethod | undefined;
  readonly #results: Capability[] = [];

  constructor(operation: PendingOperation) {
    this.operation = operation;
  }

  /** The process that calls. */
  get process(): Process {
    return this.operation.process!;
  }

  /** A capability that came with the params. @throws CapError for an ordinal that names none, or one that was revoked */
  capability(ordinal: number): Capability {
    if (ordinal === NO_CAPABILITY || ordinal >= this.operation.transferCount) {
      throw new CapError('invalidArgument', 'a capability parameter names no capability of the message');
    }
    const capability = this.operation.transfer.capability(ordinal);
    if (capability.epoch !== capability.object.epoch) {
      throw new CapError('disconnected', 'a capability parameter has been revoked');
    }
    return capability;
  }

  /** Queues a capability for the reply; answers its ordinal, for the results. */
  addCapability(object: KernelObject, mode: Capability['transferMode'] = TRANSFER_MODE.COPY): number {
    object.retain();
    this.#results.push(capabilityOf(object, mode));
    return this.#results.length - 1;
  }

  /** The most payload the caller has room for beside `capCount` capabilities. */
  room(capCount = 0): number {
    return this.operation.payloadRoom(capCount);
  }

  /** To be called before an effect that must not happen unless the results can be delivered. @throws TransportFailure */
  requireRoom(payloadBytes: number, capCount: number): void {
    if (this.room(capCount) < payloadBytes) throw new TransportFailure(TRANSPORT_BUFFER_TOO_SMALL);
  }

  /** Answers the call. */
  reply(results: unknown): void {
    try {
      this.#reply(results);
    } catch (error) {
      this.fail(error);
    }
  }

  /** Ends the call in a CapException or a transport error. */
  fail(error: unknown): void {
    this.#dropResults();
    const { operation } = this;
    if (error instanceof TransportFailure) {
      operation.completeError(error.code);
    } else if (error instanceof CapError) {
      operation.completeException(error.kind, error.reason);
    } else if (error instanceof CodecError && error.code === 'noRoom') {
      operation.completeError(TRANSPORT_BUFFER_TOO_SMALL);
    } else {
      // A defect of the kernel: the caller gets an answer, the log gets the story.
      this.process.nucleus.log(
        `kernel object failed: ${error instanceof Error ? (error.stack ?? error.message) : error}`,
      );
      operation.completeException('failed', 'the kernel object failed');
    }
  }

  exception(kind: CapExceptionKind, reason: string): void {
    this.fail(new CapError(kind, reason));
  }

  /** Runs one method of a kernel object. */
  dispatch(object: KernelObject, methods: readonly (ServedMethod | undefined)[], interfaceName: string): void {
    const { operation } = this;
    const method = methods[operation.methodId];
    if (method === undefined) {
      operation.completeException('unimplemented', `${interfaceName} has no method ${operation.methodId}`);
      return;
    }
    this.#method = method;
    const generation = operation.generation;
    try {
      const results = method.handler(object, this.#decode(method), this);
      // The handler may have ended its own caller (kill, thread exit): then there is nobody to answer.
      if (results !== PENDING && operation.generation === generation) this.reply(results);
    } catch (error) {
      if (operation.generation !== generation) throw error;
      this.fail(
        error instanceof CodecError && error.code !== 'noRoom'
          ? new CapError('invalidArgument', `${interfaceName}.${method.name}: ${error.message}`)
          : error,
      );
    }
  }

  #decode(method: ServedMethod): unknown {
    const { operation } = this;
    const length = operation.paramsLength;
    const memory = operation.memory!;
    if (length === 0) return method.params.decode(memory.bytes, 0, 0);
    const offset = memory.locate(operation.paramsAddress, length, ACCESS.READ);
    if (offset >= 0 && memory.isShared !== true) return method.params.decode(memory.bytes, offset, length);
    // Scattered, or another thread's to rewrite: decoded from a copy that nobody else has.
    const copy = new Uint8Array(length);
    if (offset === INACCESSIBLE || !copyIn(memory, operation.paramsAddress, copy, 0, length)) {
      throw new TransportFailure(TRANSPORT_BAD_ADDRESS);
    }
    return method.params.decode(copy, 0, length);
  }

  #reply(results: unknown): void {
    const { operation } = this;
    const count = this.#results.length;
    const length = this.#encode(results, operation.payloadRoom(count));
    if (count > 0) this.#deliver(afterPayload(operation.resultAddress + length));
    operation.consumeTransfer();
    operation.completeResult(length, 0, count);
  }

  #encode(results: unknown, room: number): number {
    const { operation } = this;
    const memory = operation.memory!;
    const codec = this.#method!.results;
    // Nothing to say and nowhere to say it: an empty message stands for the same (abi, Codec.decode).
    if (room < 8 && codec.dataWords === 0 && codec.pointers === 0 && room >= 0) return 0;
    if (room < 8) throw new TransportFailure(TRANSPORT_BUFFER_TOO_SMALL);
    const offset = memory.locate(operation.resultAddress, operation.resultLength, ACCESS.WRITE);
    if (offset === INACCESSIBLE) throw new TransportFailure(TRANSPORT_BAD_ADDRESS);
    if (offset >= 0) {
      const length = codec.encode(results, memory.bytes, offset, room);
      memory.written(offset, length);
      return length;
    }
    const bounce = new Uint8Array(codec.measure(results));
    if (bounce.length > room) throw new TransportFailure(TRANSPORT_BUFFER_TOO_SMALL);
    codec.encode(results, bounce, 0, bounce.length);
    if (!copyOut(memory, operation.resultAddress, bounce, 0, bounce.length)) {
      throw new TransportFailure(TRANSPORT_BAD_ADDRESS);
    }
    return bounce.length;
  }

  #deliver(records: number): void {
    const { operation } = this;
    const { answer, table } = operation;
    const count = this.#results.length;
    if (answer !== undefined && !answer.reserve(count)) throw new TransportFailure(TRANSPORT_NO_MEMORY);
    if (answer !== undefined && operation.keepsCaps) {
      for (const { object, epoch } of this.#results) answer.hold(object, epoch);
      this.#results.length = 0;
      return;
    }
    const slots: number[] = [];
    for (let index = 0; index < count; index++) {
      const slot = table.reserve();
      if (slot < 0) {
        for (const reserved of slots) table.cancelReservation(reserved);
        answer?.unreserve(count);
        throw new TransportFailure(TRANSPORT_NO_MEMORY);
      }
      slots.push(slot);
    }
    this.#results.forEach(({ object, epoch, transferMode }, index) => {
      const capId = table.fill(slots[index]!, object, epoch, transferMode, ORIGIN.RESULT);
      writeCapRecord(operation.memory!, records + index * CAP_RECORD_SIZE, capId, object);
      answer?.holdToo(table, capId, object, epoch);
    });
    this.#results.length = 0;
  }

  #dropResults(): void {
    const results = this.#results.splice(0);
    for (const { object } of results) object.release();
  }
}

/** The view of an operation. */
export function objectCallOf(operation: PendingOperation): ObjectCall {
  operation.view ??= new ObjectCall(operation);
  return operation.view as ObjectCall;
}
