// SchedulingPolicy: the authority over processor time. Whoever holds it is a scheduler; scheduling/decisions.ts says until when.

import { CapError, SchedulingPolicy } from '@capos/abi';
import type { Nucleus } from '../nucleus.ts';
import { Decisions } from '../scheduling/decisions.ts';
import type { Scheduler } from '../scheduling/scheduler.ts';
import type { SchedulingContext } from '../scheduling/scheduling-context.ts';
import { contextInfo, parametersFrom, processesByContext, SchedulingContextObject } from './scheduling-context.ts';
import { type ServedInterface, ServedObject, serve } from './serve.ts';

/** A lease is over some time, whatever was asked for. */
const MAX_LEASE_NS = 3_600_000_000_000n;
const MAX_NAME = 255;

export class SchedulingPolicyObject extends ServedObject {
  readonly nucleus: Nucleus;
  /** undefined in a kernel without a machine. */
  readonly scheduler: Scheduler | undefined;
  #decisions: Decisions | undefined;

  constructor(nucleus: Nucleus, scheduler: Scheduler | undefined) {
    super();
    this.nucleus = nucleus;
    this.scheduler = scheduler;
  }

  protected get served(): ServedInterface {
    return policyInterface;
  }

  get decisions(): Decisions {
    const { scheduler } = this;
    const { clock, timers, log } = this.nucleus;
    if (scheduler === undefined) {
      throw new CapError('unimplemented', 'this kernel has no machine, so there is nothing to schedule');
    }
    this.#decisions ??= new Decisions({ scheduler, clock, timers, log });
    return this.#decisions;
  }

  /** @throws CapError invalidArgument */
  context(id: bigint): SchedulingContext {
    const context = this.scheduler?.contexts.get(Number(id));
    if (context === undefined) throw new CapError('invalidArgument', `there is no scheduling context ${id} (any more)`);
    return context;
  }
}

const policyInterface: ServedInterface = serve<SchedulingPolicyObject, typeof SchedulingPolicy>(SchedulingPolicy, {
  list: ({ nucleus, scheduler }) => {
    if (scheduler === undefined) return { contexts: [] };
    const processes = processesByContext(nucleus);
    return {
      contexts: [...scheduler.contexts.values()].map((context) =>
        contextInfo(context, scheduler, processes.get(context) ?? []),
      ),
    };
  },
  configure: (policy, { contextId, parameters }, call) => {
    policy.decisions.configure(call.process, policy.context(contextId), parametersFrom(parameters));
    return {};
  },
  create: (policy, { name, parameters }, call) => {
    call.requireRoom(24, 1);
    if (name.length > MAX_NAME)
      throw new CapError('invalidArgument', 'the name of a context has at most 255 characters');
    const checked = parametersFrom(parameters);
    const { decisions, nucleus } = policy;
    const context = decisions.create(call.process, name, checked);
    const object = new SchedulingContextObject(nucleus, policy.scheduler!, context);
    if (!object.chargeTo(call.process.ledger)) {
      policy.scheduler!.release(context);
      throw new CapError('overloaded', 'no kernel object left in the ledger');
    }
    object.makerId = call.process.id;
    return { context: call.addCapability(object), contextId: BigInt(context.id) };
  },
  bind: (policy, { processId, contextId }, call) => {
    const target = policy.nucleus.processes.get(Number(processId));
    if (target === undefined || target.isDying) {
      throw new CapError('invalidArgument', `there is no process ${processId} (any more)`);
    }
    policy.decisions.bind(call.process, target, contextId === 0n ? undefined : policy.context(contextId));
    return {};
  },
  attend: ({ decisions }, { leaseNs }, call) => {
    if (leaseNs === 0n || leaseNs > MAX_LEASE_NS) {
      throw new CapError('invalidArgument', `a lease of ${leaseNs} ns: from 1 to an hour is wanted`);
    }
    decisions.attend(call.process, Number(leaseNs));
    return {};
  },
  resign: ({ decisions }, _params, call) => {
    decisions.resign(call.process);
    return {};
  },
});
