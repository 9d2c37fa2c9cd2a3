// ThreadSpawner and ThreadControl: threads in the process of whoever calls.

import { CapError, ThreadControl, ThreadSpawner } from '@capos/abi';
import { objectCallOf, PENDING } from '../ipc/object-call.ts';
import { OperationQueue } from '../ipc/operation-queue.ts';
import type { OperationHolder } from '../ipc/pending-operation.ts';
import type { ControlledThread } from '../processes/controlled-thread.ts';
import type { Process } from '../processes/process.ts';
import { SchedulingContextObject } from './scheduling-context.ts';
import { type ServedInterface, ServedObject, serve } from './serve.ts';

export class ThreadSpawnerObject extends ServedObject {
  protected get served(): ServedInterface {
    return threadSpawnerInterface;
  }
}

class ThreadControlObject extends ServedObject {
  readonly thread: ControlledThread;
  readonly joins: OperationQueue = new OperationQueue();

  constructor(thread: ControlledThread) {
    super();
    this.thread = thread;
    thread.onEnd(() => {
      for (let join = this.joins.first; join !== undefined; join = this.joins.first) {
        this.joins.remove(join);
        join.holder = undefined;
        objectCallOf(join).reply({});
      }
    });
  }

  protected get served(): ServedInterface {
    return threadControlInterface;
  }

  readonly holder: OperationHolder = { withdraw: (operation) => this.joins.remove(operation) };
}

/** One object a thread, however often it is asked for. */
const controls: WeakMap<ControlledThread, ThreadControlObject> = new WeakMap();

/** The control of a thread, charged to its process. @throws CapError overloaded */
function controlOf(thread: ControlledThread, { ledger }: Process): ThreadControlObject {
  let control = controls.get(thread);
  if (control === undefined) {
    control = new ThreadControlObject(thread);
    controls.set(thread, control);
  }
  if (control.holders === 0 && !control.chargeTo(ledger)) {
    throw new CapError('overloaded', 'no kernel object left in the ledger');
  }
  return control;
}

const threadSpawnerInterface: ServedInterface = serve<ThreadSpawnerObject, typeof ThreadSpawner>(ThreadSpawner, {
  create: (_spawner, start, call) => {
    const { body } = call.process;
    if (body.startThread === undefined) throw new CapError('unimplemented', 'a program of this kind has one thread');
    call.requireRoom(24, 1);
    const thread = body.startThread(start);
    return { thread: call.addCapability(controlOf(thread, call.process)), threadId: BigInt(thread.id) };
  },
  exit: (_spawner, _params, call) => {
    const { ring } = call.operation;
    if (ring?.endThread === undefined) throw new CapError('unimplemented', 'a program of this kind ends by exit');
    ring.endThread();
    return PENDING;
  },
  current: (_spawner, _params, call) => {
    const thread = call.operation.ring?.thread;
    if (thread === undefined)
      throw new CapError('unimplemented', 'a program of this kind has no thread of the machine');
    call.requireRoom(24, 1);
    return { thread: call.addCapability(controlOf(thread, call.process)), threadId: BigInt(thread.id) };
  },
});

const threadControlInterface: ServedInterface = serve<ThreadControlObject, typeof ThreadControl>(ThreadControl, {
  join: (control, _params, call) => {
    if (control.thread.isDead) return {};
    call.operation.holder = control.holder;
    control.joins.push(call.operation);
    return PENDING;
  },
  setFsBase: (control, { fsBase }) => {
    control.thread.setFsBase(fsBase);
    return {};
  },
  bind: ({ thread }, { context }, call) => {
    const { object } = call.capability(context);
    if (!(object instanceof SchedulingContextObject)) {
      throw new CapError('invalidArgument', 'a thread is bound to a SchedulingContext of the kernel');
    }
    thread.bind(object.context);
    return {};
  },
  unbind: ({ thread }) => {
    thread.bind(undefined);
    return {};
  },
  getUsage: ({ thread }) => ({
    instructions: BigInt(thread.instructions),
    contextId: BigInt(thread.context?.id ?? 0),
  }),
});
