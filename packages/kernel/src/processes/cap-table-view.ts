// Capability table view: one process's own table, for the library that acts in its place. It can do what the process could do
// through a ring, and nothing else.

import type { CallOutcome, CapId, CapTableView, CapTransfer, PendingCall } from '@capos/abi';
import { CAP_RECORD_SIZE, TRANSPORT_BAD_CAP, TRANSPORT_NO_MEMORY, TRANSPORT_TOO_LARGE } from '@capos/ipc-ring';
import { RESOURCE } from '../accounting/ledger.ts';
import { ORIGIN, TRANSFER_MODE } from '../capabilities/kernel-object.ts';
import { MAX_TRANSFERS, TRANSFER_BY } from '../capabilities/transfer.ts';
import { transportErrorOf } from '../ipc/cap-records.ts';
import type { PendingOperation } from '../ipc/pending-operation.ts';
import { MAX_MESSAGE_BYTES } from '../operations/operation.ts';
import type { Process } from './process.ts';
import type { Thread } from './thread.ts';

const DEFAULT_RESULT_BYTES = 65_536;
const RECORDS = MAX_TRANSFERS * CAP_RECORD_SIZE + 8;

/** Who acts in the process's place. */
export interface CapTableViewHost {
  /** The thread for which it acts at the moment. */
  readonly acting: Thread | undefined;
  /** Runs what hears of a completion, for the thread that made the call, so that what it does to the process is in order. */
  guard(run: () => void, acting: Thread | undefined): void;
}

export class ProcessCapTableView implements CapTableView {
  readonly #process: Process;
  readonly #host: CapTableViewHost;

  constructor(process: Process, host: CapTableViewHost) {
    this.#process = process;
    this.#host = host;
  }

  lookup(name: string): CapId | undefined {
    return this.#process.names.get(name);
  }

  names(): readonly string[] {
    return [...this.#process.names.keys()];
  }

  interfaceOf(capId: CapId): bigint | undefined {
    const { table } = this.#process;
    const slot = table.slotOf(capId);
    return slot < 0 ? undefined : table.objectAt(slot)?.interfaceId;
  }

  call(
    capId: CapId,
    methodOrdinal: number,
    params: Uint8Array,
    transfers: readonly CapTransfer[],
    complete: (outcome: CallOutcome) => void,
    options: { readonly maxResultBytes?: number; readonly deadlineNs?: bigint } = {},
  ): PendingCall | undefined {
    const process = this.#process;
    const { nucleus, table } = process;
    const { maxResultBytes = DEFAULT_RESULT_BYTES, deadlineNs } = options;
    const host = this.#host;
    const { acting } = host;
    // A process that has ended guards nothing any more: its table is asked on behalf of another, which hears at once that it is gone.
    const hear = (outcome: CallOutcome): void =>
      process.isDying ? this.#tell(complete, outcome) : host.guard(() => complete(outcome), acting);
    const refuse = (code: number): undefined => {
      hear({ kind: 'transport', code });
    };
    const slot = table.slotOf(capId);
    if (slot < 0 || process.isDying) return refuse(TRANSPORT_BAD_CAP);
    if (params.length > MAX_MESSAGE_BYTES || maxResultBytes > MAX_MESSAGE_BYTES) return refuse(TRANSPORT_TOO_LARGE);
    const resultAddress = (params.length + 7) & ~7;
    const bytes = resultAddress + maxResultBytes + RECORDS;
    if (!process.ledger.reserve(RESOURCE.IN_FLIGHT_BYTES, bytes)) return refuse(TRANSPORT_NO_MEMORY);
    const memory = nucleus.buffers.acquire(bytes);
    const operation = nucleus.operations.acquire(process, memory);
    if (operation === undefined) {
      process.ledger.release(RESOURCE.IN_FLIGHT_BYTES, bytes);
      nucleus.buffers.release(memory);
      return refuse(TRANSPORT_NO_MEMORY);
    }
    operation.inFlightBytes = bytes;
    if (transfers.length > 0) {
      const error = gather(operation, table, transfers);
      if (error !== 0) {
        operation.discard();
        nucleus.buffers.release(memory);
        return refuse(error);
      }
    }
    memory.bytes.set(params, 0);
    operation.methodId = methodOrdinal;
    operation.paramsAddress = 0;
    operation.paramsLength = params.length;
    operation.resultAddress = resultAddress;
    operation.resultLength = maxResultBytes + RECORDS;
    operation.callback = hear;
    // Should the thread wait for this call, whoever serves it runs on its context.
    operation.caller = acting;
    if (deadlineNs !== undefined) operation.setDeadline(Number(deadlineNs));
    const { generation } = operation;
    const object = table.objectAt(slot);
    const { notifier } = nucleus;
    notifier.begin();
    if (object === undefined) operation.completeException('disconnected', 'the capability was revoked');
    else object.call(operation);
    notifier.flush();
    notifier.end();
    return operation.generation === generation ? pendingCall(operation) : undefined;
  }

  #tell(complete: (outcome: CallOutcome) => void, outcome: CallOutcome): void {
    try {
      complete(outcome);
    } catch (error) {
      const { nucleus, name } = this.#process;
      nucleus.log(
        `what heard of a call through ${name}, which has ended, threw: ${error instanceof Error ? error.stack : error}`,
      );
    }
  }

  copy(capId: CapId): CapId | undefined {
    const { table } = this.#process;
    const slot = table.slotOf(capId);
    if (slot < 0 || table.transferModeAt(slot) !== TRANSFER_MODE.COPY) return undefined;
    const copied = table.insert(table.referentAt(slot), table.epochAt(slot), TRANSFER_MODE.COPY, ORIGIN.TRANSFER);
    return copied === 0 ? undefined : copied;
  }

  copyFrom(other: CapTableView, capId: CapId): CapId | undefined {
    if (!(other instanceof ProcessCapTableView)) return undefined;
    const { table } = other.#process;
    const slot = table.slotOf(capId);
    if (slot < 0 || table.transferModeAt(slot) !== TRANSFER_MODE.COPY) return undefined;
    const copied = this.#process.table.insert(
      table.referentAt(slot),
      table.epochAt(slot),
      TRANSFER_MODE.COPY,
      ORIGIN.TRANSFER,
    );
    return copied === 0 ? undefined : copied;
  }

  release(capId: CapId): void {
    const { table } = this.#process;
    const slot = table.slotOf(capId);
    if (slot >= 0) table.remove(slot);
  }
}

function gather(operation: PendingOperation, table: Process['table'], transfers: readonly CapTransfer[]): number {
  const { transfer } = operation;
  transfer.begin(table);
  for (const { capId, mode } of transfers) {
    const code = transfer.add(capId, mode === 'move' ? TRANSFER_BY.MOVE : TRANSFER_BY.COPY);
    if (code !== 0) {
      transfer.rollback();
      return transportErrorOf(code);
    }
  }
  transfer.hold();
  operation.transferCount = transfers.length;
  return 0;
}

function pendingCall(operation: PendingOperation): PendingCall {
  const { generation } = operation;
  return {
    cancel() {
      if (operation.generation !== generation) return;
      operation.callback = undefined;
      operation.cancel();
    },
  };
}
