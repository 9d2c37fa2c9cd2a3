// ParkSpace: sleeping on a word of memory (a futex behind a capability).
//
//   key of private memory   the process and the address
//   key of a MemoryObject   the object and the offset in it: processes that share pages can wake one another
//
// A capability acts on the memory of whoever calls, so one object serves all holders and gives nobody another's memory.

import { CapError, ParkSpace } from '@capos/abi';
import { type ObjectCall, PENDING } from '../ipc/object-call.ts';
import { OperationQueue } from '../ipc/operation-queue.ts';
import type { OperationHolder, PendingOperation } from '../ipc/pending-operation.ts';
import { ACCESS, type UserMemory } from '../memory/user-memory.ts';
import type { Nucleus } from '../nucleus.ts';
import type { Process } from '../processes/process.ts';
import { type ServedInterface, ServedObject, serve } from './serve.ts';
import { TimedReply } from './timer.ts';

const FOREVER = 0xffff_ffff_ffff_ffffn;

/** Where one operation sleeps. */
interface Sleep {
  readonly owner: object;
  readonly key: number;
  /** Set when it came by method call. */
  readonly timeout: TimedReply | undefined;
  readonly byMethod: boolean;
}

export class ParkSpaceObject extends ServedObject {
  readonly nucleus: Nucleus;
  readonly #sleepers: Map<object, Map<number, OperationQueue>> = new Map();

  constructor(nucleus: Nucleus) {
    super();
    this.nucleus = nucleus;
  }

  protected get served(): ServedInterface {
    return parkSpaceInterface;
  }

  /** Index in `memory.words` of the word at `address`; −1 when it is misaligned or not readable. */
  static word(memory: UserMemory, address: number): number {
    if (address % 4 !== 0) return -1;
    const offset = memory.locate(address, 4, ACCESS.READ);
    return offset < 0 ? -1 : offset >>> 2;
  }

  /** A PARK, its word compared. */
  park(operation: PendingOperation, address: number): void {
    this.#sleep(operation, address, false, undefined);
  }

  parkByMethod(
    call: ObjectCall,
    address: number,
    expected: number,
    timeoutNs: bigint,
  ): { woken: boolean } | typeof PENDING {
    const { operation, process } = call;
    const word = ParkSpaceObject.word(process.memory, address);
    if (word < 0) throw new CapError('invalidArgument', 'a park address must be a readable, aligned word');
    if (process.memory.words[word]! >>> 0 !== expected || timeoutNs === 0n) return { woken: false };
    let timeout: TimedReply | undefined;
    if (timeoutNs !== FOREVER) {
      const { clock, timers } = this.nucleus;
      timeout = new TimedReply(call, timers, (due) => {
        this.#leave(operation);
        due.reply({ woken: false });
      });
      timeout.start(clock.nowNs() + Number(timeoutNs));
    }
    this.#sleep(operation, address, true, timeout);
    return PENDING;
  }

  /** Wakes at most `count` sleepers, oldest first. */
  unpark(process: Process, address: number, count: number): number {
    const { owner, key } = parkKey(process, address);
    const queue = this.#sleepers.get(owner)?.get(key);
    let woken = 0;
    while (queue?.first !== undefined && woken < count) {
      const operation = queue.first;
      const { byMethod } = operation.detail as Sleep;
      this.#holder.withdraw(operation);
      operation.holder = undefined;
      woken++;
      if (byMethod) operation.objectCall.reply({ woken: true });
      else operation.completeWith(0, 0, 0, 0, 0, 0);
    }
    return woken;
  }

  #sleep(operation: PendingOperation, address: number, byMethod: boolean, timeout: TimedReply | undefined): void {
    const { owner, key } = parkKey(operation.process!, address);
    let queues = this.#sleepers.get(owner);
    if (queues === undefined) {
      queues = new Map();
      this.#sleepers.set(owner, queues);
    }
    let queue = queues.get(key);
    if (queue === undefined) {
      queue = new OperationQueue();
      queues.set(key, queue);
    }
    queue.push(operation);
    const sleep: Sleep = { owner, key, timeout, byMethod };
    operation.detail = sleep;
    operation.holder = this.#holder;
  }

  #leave(operation: PendingOperation): void {
    const { owner, key } = operation.detail as Sleep;
    const queues = this.#sleepers.get(owner)!;
    const queue = queues.get(key)!;
    queue.remove(operation);
    if (queue.length > 0) return;
    queues.delete(key);
    if (queues.size === 0) this.#sleepers.delete(owner);
  }

  readonly #holder: OperationHolder = {
    withdraw: (operation) => {
      (operation.detail as Sleep).timeout?.withdraw();
      this.#leave(operation);
    },
  };
}

function parkKey(process: Process, address: number): { owner: object; key: number } {
  const shared = process.body.space?.objectAt(address);
  return shared === undefined ? { owner: process, key: address } : { owner: shared.object, key: shared.offset };
}

const parkSpaceInterface: ServedInterface = serve<ParkSpaceObject, typeof ParkSpace>(ParkSpace, {
  park: (space, { address, expected, timeoutNs }, call) =>
    space.parkByMethod(call, Number(address), expected, timeoutNs),
  unpark: (space, { address, count }, call) => {
    if (ParkSpaceObject.word(call.process.memory, Number(address)) < 0) {
      throw new CapError('invalidArgument', 'a park address must be a readable, aligned word');
    }
    return { woken: space.unpark(call.process, Number(address), count) };
  },
});
