// Fork: another process that begins as a copy of a foreign one. Its personality asks; the kernel copies memory and one thread.
//
//   address space ─ snapshot, or the same one ─▶ child's        calling thread's frame ─ copy ─▶ child's only thread
//   cap table: exactly the capabilities that the personality lists, never "all that the parent holds"

import { type CapId, type ForeignPersonality, type ForkedProcess, NULL_CAP_ID } from '@capos/abi';
import { RESOURCE } from '../accounting/ledger.ts';
import { ORIGIN, TRANSFER_MODE } from '../capabilities/kernel-object.ts';
import type { Scheduler } from '../scheduling/scheduler.ts';
import type { ElfBody } from './elf-process.ts';
import { ForeignHost, type Forker } from './foreign-host.ts';
import { ForeignThreadView } from './foreign-thread.ts';
import { Process } from './process.ts';

export class ForeignForker implements Forker {
  readonly #parent: Process;
  readonly #body: ElfBody;
  readonly #scheduler: Scheduler;
  readonly #nextTag: () => number;

  constructor(parent: Process, body: ElfBody, scheduler: Scheduler, nextTag: () => number) {
    this.#parent = parent;
    this.#body = body;
    this.#scheduler = scheduler;
    this.#nextTag = nextTag;
  }

  leaveMemory(): boolean {
    return this.#body.leaveMemory(this.#nextTag());
  }

  fork(
    frame: Uint8Array,
    host: ForeignHost,
    personality: ForeignPersonality,
    capIds: readonly CapId[],
    sharesMemory: boolean,
  ): ForkedProcess | undefined {
    const parent = this.#parent;
    const { nucleus } = parent;
    if (!parent.ledger.reserve(RESOURCE.PROCESSES, 1)) return undefined;
    const child = new Process(nucleus, nucleus.nextProcessId(), parent.name, parent.limits, parent.ledger);
    child.ended.push(() => parent.ledger.release(RESOURCE.PROCESSES, 1));
    nucleus.processes.set(child.id, child);
    const body = sharesMemory ? this.#body.sharing(child) : this.#body.snapshot(child, this.#nextTag());
    const thread = body?.newThread();
    if (body !== undefined) child.body = body;
    if (body === undefined || thread === undefined) {
      child.end({ which: 'killed', killed: 9 });
      return undefined;
    }
    const copies = copyCapabilities(parent, child, capIds);
    const forker = new ForeignForker(child, body, this.#scheduler, this.#nextTag);
    const childHost = new ForeignHost(
      child,
      body,
      this.#scheduler,
      host.imageBytes,
      {
        name: child.name,
        arguments: host.arguments,
        environment: host.environment,
        grants: [],
        personality: { name: child.name, create: () => personality },
      },
      forker,
    );
    body.personality = childHost;
    thread.frame.set(frame.subarray(0, thread.frame.length));
    const view = new ForeignThreadView(thread, this.#scheduler, childHost);
    body.makeReady(thread);
    return { process: childHost, thread: view, caps: copies };
  }
}

/** Copies what is listed, in order; what may not be copied or is stale is a null id. Names go with their capabilities. */
function copyCapabilities(parent: Process, child: Process, capIds: readonly CapId[]): CapId[] {
  const copies = capIds.map((capId) => {
    const slot = parent.table.slotOf(capId);
    if (slot < 0 || parent.table.transferModeAt(slot) !== TRANSFER_MODE.COPY) return NULL_CAP_ID;
    const object = parent.table.referentAt(slot);
    return child.table.insert(object, parent.table.epochAt(slot), TRANSFER_MODE.COPY, ORIGIN.SPAWN_GRANT);
  });
  for (const [name, capId] of parent.names) {
    const copy = copies[capIds.indexOf(capId)];
    if (copy !== undefined && copy !== NULL_CAP_ID) child.names.set(name, copy);
  }
  return copies;
}
