// ParkSpace: sleeping on a word of memory (a futex behind a capability).
//
//   key of private memory   the process and the address
//   key of a MemoryObject   the object and the offset in it: processes that share pages can wake one another
//
//   park ── word = expected? ── no ─▶ answers at once
//                  │ yes
//                  ▼
//            queue of the key ── unpark, oldest first ─▶ woken │ deadline, FINISH, death ─▶ out │ requeue ─▶ end of another queue
//
// A sleeper wakes when somebody unparks it or its time is over, and never otherwise. But what it waited for may have changed
// again by the time it runs: look at the word, and park again. Whoever wakes changes the word first, then unparks; the word is
// compared and the sleeper queued without anything in between, so no wake is lost.
//
// A capability acts on the memory of whoever calls, so one object serves all holders and gives nobody another's memory.

import { CapError, ParkSpace } from '@capos/abi';
import { type ObjectCall, objectCallOf, PENDING } from '../ipc/object-call.ts';
import { OperationQueue } from '../ipc/operation-queue.ts';
import type { OperationHolder, PendingOperation } from '../ipc/pending-operation.ts';
import { ACCESS, type UserMemory } from '../memory/user-memory.ts';
import type { Nucleus } from '../nucleus.ts';
import type { Process } from '../processes/process.ts';
import { type ServedInterface, ServedObject, serve } from './serve.ts';
import { TimedReply } from './timer.ts';

const FOREVER = 0xffff_ffff_ffff_ffffn;

/** The sleepers of one word. */
class Sleepers extends OperationQueue {
  readonly owner: object;
  readonly key: number;

  constructor(owner: object, key: number) {
    super();
    this.owner = owner;
    this.key = key;
  }
}

export class ParkSpaceObject extends ServedObject {
  readonly nucleus: Nucleus;
  readonly #queues: Map<object, Map<number, Sleepers>> = new Map();

  constructor(nucleus: Nucleus) {
    super();
    this.nucleus = nucleus;
  }

  protected get served(): ServedInterface {
    return parkSpaceInterface;
  }

  /** Words that somebody sleeps on. */
  get words(): number {
    let words = 0;
    for (const queues of this.#queues.values()) words += queues.size;
    return words;
  }

  /** Index in `memory.words` of the word at `address`; −1 when it is misaligned or not readable. */
  static word(memory: UserMemory, address: number): number {
    if (address % 4 !== 0) return -1;
    const offset = memory.locate(address, 4, ACCESS.READ);
    return offset < 0 ? -1 : offset >>> 2;
  }

  /** A PARK, its word compared. */
  park(operation: PendingOperation, address: number): void {
    operation.holder = this.#sleeping;
    this.#sleep(operation, address);
  }

  parkByMethod(
    call: ObjectCall,
    address: number,
    expected: number,
    timeoutNs: bigint,
  ): { woken: boolean } | typeof PENDING {
    const { operation, process } = call;
    if (wordAt(process, address) !== expected || timeoutNs === 0n) return { woken: false };
    let timeout: TimedReply | undefined;
    if (timeoutNs !== FOREVER) {
      const { clock, timers } = this.nucleus;
      timeout = new TimedReply(call, timers, (due) => {
        this.#leave(operation);
        due.reply({ woken: false });
      });
      timeout.start(clock.nowNs() + Number(timeoutNs));
    }
    operation.holder = new SleepByMethod((sleeper) => this.#leave(sleeper), timeout);
    this.#sleep(operation, address);
    return PENDING;
  }

  /** Wakes at most `count` sleepers, oldest first. */
  unpark(process: Process, address: number, count: number): number {
    const sleepers = this.#find(process, address);
    return sleepers === undefined ? 0 : this.#wake(sleepers, count);
  }

  /** Wakes `wake` sleepers of one word, and has `move` others sleep on another. */
  requeue(
    process: Process,
    from: number,
    wake: number,
    target: number,
    move: number,
  ): { woken: number; moved: number } {
    const sleepers = this.#find(process, from);
    if (sleepers === undefined) return { woken: 0, moved: 0 };
    const woken = this.#wake(sleepers, wake);
    const { owner, key } = parkKey(process, target);
    // To where they are already: it is no move, and would never end.
    if (owner === sleepers.owner && key === sleepers.key) return { woken, moved: Math.min(move, sleepers.length) };
    let moved = 0;
    for (let operation = sleepers.first; operation !== undefined && moved < move; operation = sleepers.first) {
      this.#leave(operation);
      this.#join(operation, owner, key);
      moved++;
    }
    return { woken, moved };
  }

  #wake(sleepers: Sleepers, count: number): number {
    let woken = 0;
    for (let operation = sleepers.first; operation !== undefined && woken < count; operation = sleepers.first) {
      const { holder } = operation;
      holder!.withdraw(operation);
      operation.holder = undefined;
      woken++;
      if (holder === this.#sleeping) operation.completeWith(0, 0, 0, 0, 0, 0);
      else objectCallOf(operation).reply({ woken: true });
    }
    return woken;
  }

  #find(process: Process, address: number): Sleepers | undefined {
    const { owner, key } = parkKey(process, address);
    return this.#queues.get(owner)?.get(key);
  }

  #sleep(operation: PendingOperation, address: number): void {
    const { owner, key } = parkKey(operation.process!, address);
    this.#join(operation, owner, key);
  }

  #join(operation: PendingOperation, owner: object, key: number): void {
    let queues = this.#queues.get(owner);
    if (queues === undefined) {
      queues = new Map();
      this.#queues.set(owner, queues);
    }
    let sleepers = queues.get(key);
    if (sleepers === undefined) {
      sleepers = new Sleepers(owner, key);
      queues.set(key, sleepers);
    }
    sleepers.push(operation);
    operation.detail = sleepers;
  }

  #leave(operation: PendingOperation): void {
    const sleepers = operation.detail as Sleepers;
    sleepers.remove(operation);
    if (sleepers.length > 0) return;
    const queues = this.#queues.get(sleepers.owner)!;
    queues.delete(sleepers.key);
    if (queues.size === 0) this.#queues.delete(sleepers.owner);
  }

  /** Of those that came by PARK. */
  readonly #sleeping: OperationHolder = { withdraw: (operation) => this.#leave(operation) };
}

/** One that came by method call. */
class SleepByMethod implements OperationHolder {
  readonly #leave: (operation: PendingOperation) => void;
  readonly #timeout: TimedReply | undefined;

  constructor(leave: (operation: PendingOperation) => void, timeout: TimedReply | undefined) {
    this.#leave = leave;
    this.#timeout = timeout;
  }

  withdraw(operation: PendingOperation): void {
    this.#timeout?.withdraw();
    this.#leave(operation);
  }
}

/** @throws CapError invalidArgument */
function wordAt({ memory }: Process, address: number): number {
  const word = ParkSpaceObject.word(memory, address);
  if (word < 0) throw new CapError('invalidArgument', 'a park address must be a readable, aligned word');
  return memory.words[word]! >>> 0;
}

function parkKey(process: Process, address: number): { owner: object; key: number } {
  const shared = process.body.space?.objectAt(address);
  return shared === undefined ? { owner: process, key: address } : { owner: shared.object, key: shared.offset };
}

const parkSpaceInterface: ServedInterface = serve<ParkSpaceObject, typeof ParkSpace>(ParkSpace, {
  park: (space, { address, expected, timeoutNs }, call) =>
    space.parkByMethod(call, Number(address), expected, timeoutNs),
  unpark: (space, { address, count }, call) => {
    wordAt(call.process, Number(address));
    return { woken: space.unpark(call.process, Number(address), count) };
  },
  requeue: (space, { address, expected, wake, target, move }, call) => {
    const { process } = call;
    wordAt(process, Number(target));
    if (wordAt(process, Number(address)) !== expected) return { matched: false, woken: 0, moved: 0 };
    return { matched: true, ...space.requeue(process, Number(address), wake, Number(target), move) };
  },
});
