// Puts answers into messages and sends them off: results, or the exception that a failure is to its caller.
import {
  CapError,
  type CapExceptionKind,
  type Codec,
  capException,
  exceptionMessage,
  type MethodDescriptor,
} from '@capos/abi';
import { RETURN_AUX_EXCEPTION, TRANSFER_SIZE } from '@capos/ipc-ring';
import type { Transfer } from './cap.ts';
import type { Environment } from './environment.ts';
import { NO_BLOCK, type ReturnOwner, writeTransfers } from './pending-return.ts';
import { RuntimeError } from './runtime-error.ts';

// A reason is for people; this leaves room for it in the smallest result buffer.
const MAX_REASON = 200;

/** Answers of one server. A call without text, data, lists or capabilities in its results is answered without garbage. */
export class AnswerSender implements ReturnOwner {
  private readonly environment: Environment;
  private readonly onError: ((error: unknown) => void) | undefined;

  constructor(environment: Environment, onError: ((error: unknown) => void) | undefined) {
    this.environment = environment;
    this.onError = onError;
  }

  reportError(error: unknown): void {
    this.onError?.(error);
  }

  /** Sends results; those that do not fit their type fail the call instead. */
  results(token: number, method: MethodDescriptor, results: unknown, transfers: readonly Transfer[] | undefined): void {
    try {
      this.send(token, method.results, results, transfers, 0);
    } catch (error) {
      this.reportError(error);
      this.exception(token, 'failed', 'the server could not put its answer into a message');
    }
  }

  /** Fails the call with what was thrown: a CapError as it is, of anything else the caller learns only that there was something. */
  thrown(token: number, method: MethodDescriptor | undefined, error: unknown): void {
    if (error instanceof CapError) {
      this.exception(token, error.kind, error.reason);
      return;
    }
    this.reportError(error);
    this.exception(token, 'failed', `the server failed in ${method?.name ?? 'a method'}`);
  }

  /** Fails the call; without its kind and reason where the arena has no room for them. */
  exception(token: number, kind: CapExceptionKind, reason: string): void {
    const value = exceptionMessage(kind, reason.slice(0, MAX_REASON));
    try {
      this.send(token, capException, value, undefined, RETURN_AUX_EXCEPTION);
    } catch (error) {
      this.reportError(error);
      // No message at all is one whose every field has its default: "failed".
      this.environment.returns.take().send(this, token, NO_BLOCK, 0, undefined, RETURN_AUX_EXCEPTION);
    }
  }

  private send<T>(
    token: number,
    codec: Codec<T>,
    value: T,
    transfers: readonly Transfer[] | undefined,
    aux: number,
  ): void {
    const { driver } = this.environment;
    const payload = codec.measure(value);
    const bytes = ((payload + 7) & ~7) + (transfers === undefined ? 0 : transfers.length * TRANSFER_SIZE);
    const block = driver.allocator.allocate(bytes);
    if (block < 0) {
      throw new RuntimeError(
        'ARENA_EXHAUSTED',
        `answering takes ${bytes} bytes of arena and ${driver.allocator.freeBytes} are free: answer with less at once`,
      );
    }
    let length: number;
    try {
      length = codec.encode(value, driver.bytes, block, payload);
      if (transfers !== undefined) writeTransfers(driver.words, (block + ((length + 7) & ~7)) >> 2, transfers);
    } catch (error) {
      driver.allocator.free(block);
      throw error;
    }
    this.environment.returns.take().send(this, token, block, length, transfers, aux);
  }
}
