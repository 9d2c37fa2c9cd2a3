// One RECV of a server with its buffer, posted again and again.
//
//   posted ─▶ a call arrived │ a facet is gone │ the call taken last was canceled │ the endpoint ended ─▶ its server is told
import type { ArrivedCall } from '@capos/abi';
import {
  type CompletionEntry,
  CQE_FLAG_CALL_CANCELED,
  CQE_FLAG_FACET_GONE,
  CQE_FLAG_RETURN_FAILED,
  PUSHED,
  TRANSPORT_BAD_CAP,
} from '@capos/ipc-ring';
import type { Cap } from './cap.ts';
import type { Environment } from './environment.ts';
import type { ReceiveOperation, Startable } from './ring-driver.ts';
import { RuntimeError } from './runtime-error.ts';

/** Who is told what comes. */
export interface ReceivingServer {
  readonly environment: Environment;
  readonly endpoint: Cap;
  readonly bufferSize: number;
  readonly wantsGone: boolean;
  /** A call arrived in the receive's buffer. */
  arrived(receive: PostedReceive, call: ArrivedCall): void;
  /** Nobody holds the facets of a badge any more. */
  gone(receive: PostedReceive, badgeLow: number, badgeHigh: number): void;
  canceled(token: number): void;
  ended(receive: PostedReceive, error: number): void;
}

/** One posted receive and its buffer. */
export class PostedReceive implements ReceiveOperation {
  slot = 0;
  nextWaiting: Startable | null = null;
  readonly buffer: number;
  private readonly server: ReceivingServer;

  constructor(server: ReceivingServer) {
    this.server = server;
    const { allocator } = server.environment.driver;
    this.buffer = allocator.allocate(server.bufferSize);
    if (this.buffer < 0) {
      throw new RuntimeError(
        'ARENA_EXHAUSTED',
        `serving takes a receive buffer of ${server.bufferSize} bytes and ${allocator.freeBytes} are free: post fewer ` +
          'receives, use smaller buffers, or start the process with a larger arena',
      );
    }
    server.environment.driver.enlist(this);
  }

  start(): boolean {
    const { driver } = this.server.environment;
    if (driver.turn.keepsReceive(this)) return true;
    if (!driver.hasRoom()) return false;
    const { endpoint, bufferSize, wantsGone } = this.server;
    if (!endpoint.live) {
      // The program released the endpoint, or moved it away: that ends the service, not the program.
      this.server.ended(this, TRANSPORT_BAD_CAP);
      return true;
    }
    return driver.submissions.receive(endpoint.id, this.slot, this.buffer, bufferSize, wantsGone) === PUSHED;
  }

  // The slot is kept between receives: a cancellation notice names the receive that brought the call.
  complete(entry: CompletionEntry): void {
    if ((entry.flags & CQE_FLAG_CALL_CANCELED) !== 0) this.server.canceled(entry.token);
    else if ((entry.flags & CQE_FLAG_RETURN_FAILED) !== 0) {
      const { driver } = this.server.environment;
      driver.turn.refused(-entry.result);
      driver.startOrWait(this);
    } else if (entry.result < 0) this.server.ended(this, -entry.result);
    else if ((entry.flags & CQE_FLAG_FACET_GONE) !== 0) this.server.gone(this, entry.badgeLow, entry.badgeHigh);
    else this.arrived(entry);
  }

  arrived(call: ArrivedCall): void {
    this.server.arrived(this, call);
  }

  free(): void {
    const { driver } = this.server.environment;
    driver.retire(this);
    driver.allocator.free(this.buffer);
  }
}
