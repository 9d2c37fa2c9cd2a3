// ProcessHandle: waits for one process, ends it, looks at it. Dropping the handle does not end the process.

import { ProcessHandle, type ProcessInfo } from '@capos/abi';
import { RESOURCE } from '../accounting/ledger.ts';
import { objectCallOf, PENDING } from '../ipc/object-call.ts';
import { OperationQueue } from '../ipc/operation-queue.ts';
import type { OperationHolder } from '../ipc/pending-operation.ts';
import type { ExitStatus, Process } from '../processes/process.ts';
import { entriesOf } from './capability-manager.ts';
import { type ServedInterface, ServedObject, serve } from './serve.ts';

export class ProcessHandleObject extends ServedObject {
  readonly process: Process;
  readonly waiters: OperationQueue = new OperationQueue();

  constructor(process: Process) {
    super();
    this.process = process;
    process.ended.push((status) => this.#ended(status));
  }

  protected get served(): ServedInterface {
    return processHandleInterface;
  }

  readonly holder: OperationHolder = { withdraw: (operation) => this.waiters.remove(operation) };

  #ended(status: ExitStatus): void {
    for (let waiter = this.waiters.first; waiter !== undefined; waiter = this.waiters.first) {
      this.waiters.remove(waiter);
      waiter.holder = undefined;
      objectCallOf(waiter).reply({ status });
    }
  }
}

/** What tools see of a process. */
export function processInfo(process: Process): ProcessInfo {
  const { body, isDying } = process;
  return {
    processId: BigInt(process.id),
    name: process.name,
    kind: body.kind,
    state: process.state,
    threads: isDying ? 0 : body.threadCount,
    caps: process.table.size,
    frames: BigInt(process.ledger.own(RESOURCE.FRAMES)),
    cpuTimeNs: BigInt(Math.round(body.cpuTimeNs)),
    instructions: BigInt(process.instructions),
    contextId: BigInt(body.context?.id ?? 0),
  };
}

const processHandleInterface: ServedInterface = serve<ProcessHandleObject, typeof ProcessHandle>(ProcessHandle, {
  wait: (handle, _params, call) => {
    const { status } = handle.process;
    if (status !== undefined && handle.process.isBuried) return { status };
    call.operation.holder = handle.holder;
    handle.waiters.push(call.operation);
    return PENDING;
  },
  kill: (handle, { signal }) => {
    handle.process.end({ which: 'killed', killed: signal });
    return {};
  },
  info: (handle) => ({ info: processInfo(handle.process) }),
  capabilities: ({ process }) => ({ entries: entriesOf(process) }),
});
