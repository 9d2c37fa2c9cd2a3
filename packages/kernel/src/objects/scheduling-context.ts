// SchedulingContext, as a capability: to bind threads to, to look at, and to hear when its budget is used up.

import {
  CapError,
  type ContextInfo,
  SchedulingContext as ContextInterface,
  type SchedulingParameters as ParametersMessage,
} from '@capos/abi';
import type { Nucleus } from '../nucleus.ts';
import { instructionsIn, nominalNs } from '../scheduling/processor-time.ts';
import type { Scheduler } from '../scheduling/scheduler.ts';
import {
  DEFAULT_PARAMETERS,
  type SchedulingContext,
  type SchedulingParameters,
} from '../scheduling/scheduling-context.ts';
import { NotificationObject } from './notification.ts';
import { type ServedInterface, ServedObject, serve } from './serve.ts';

/** Shorter periods would be nothing but switching. */
const MIN_PERIOD_NS = 10_000n;
const MIN_BUDGET_NS = 1000n;
const HOUR_NS = 3_600_000_000_000n;

export class SchedulingContextObject extends ServedObject {
  readonly nucleus: Nucleus;
  readonly scheduler: Scheduler;
  readonly context: SchedulingContext;
  #told: NotificationObject | undefined;

  constructor(nucleus: Nucleus, scheduler: Scheduler, context: SchedulingContext) {
    super();
    this.nucleus = nucleus;
    this.scheduler = scheduler;
    this.context = context;
    context.references++;
  }

  protected get served(): ServedInterface {
    return contextInterface;
  }

  /** Signals `notification` at each depletion; undefined: nobody. */
  tell(notification: NotificationObject | undefined, low: number, high: number): void {
    notification?.retain();
    this.#told?.release();
    this.#told = notification;
    this.context.onDepleted = notification && (() => notification.signal(low, high));
  }

  protected override unreferenced(): void {
    this.tell(undefined, 0, 0);
    this.scheduler.release(this.context);
  }
}

/** What a message says, checked. @throws CapError invalidArgument */
export function parametersFrom(message: ParametersMessage | undefined): SchedulingParameters {
  if (message === undefined) return DEFAULT_PARAMETERS;
  const { priority, budgetNs, periodNs, sliceNs, processors } = message;
  const isLimited = budgetNs !== 0n;
  if (
    isLimited &&
    (periodNs < MIN_PERIOD_NS || periodNs > HOUR_NS || budgetNs > periodNs || budgetNs < MIN_BUDGET_NS)
  ) {
    throw new CapError(
      'invalidArgument',
      `a budget of ${budgetNs} ns in ${periodNs}: at least ${MIN_BUDGET_NS}, and no more than a period of ${MIN_PERIOD_NS} to ${HOUR_NS}`,
    );
  }
  if (sliceNs > HOUR_NS) throw new CapError('invalidArgument', `a slice of ${sliceNs} ns is longer than an hour`);
  return {
    priority,
    budget: isLimited ? instructionsIn(Number(budgetNs)) : Number.POSITIVE_INFINITY,
    periodNs: isLimited ? Number(periodNs) : 0,
    slice: sliceNs === 0n ? DEFAULT_PARAMETERS.slice : instructionsIn(Number(sliceNs)),
    mask: processors,
  };
}

function budgetNs({ budget, isOfTime }: SchedulingParameters): bigint {
  if (budget === Number.POSITIVE_INFINITY) return 0n;
  return BigInt(isOfTime === true ? Math.floor(budget) : nominalNs(budget));
}

/** What there is to see of a context. */
export function contextInfo(
  context: SchedulingContext,
  scheduler: Scheduler,
  processes: readonly bigint[],
): ContextInfo {
  const { parameters } = context;
  return {
    contextId: BigInt(context.id),
    name: context.name,
    parameters: {
      priority: parameters.priority,
      budgetNs: budgetNs(parameters),
      periodNs: BigInt(parameters.periodNs),
      sliceNs: BigInt(nominalNs(parameters.slice)),
      processors: parameters.mask,
    },
    instructions: BigInt(context.instructions),
    cpuTimeNs: BigInt(Math.round(scheduler.cpuTimeNs(context.instructions))),
    depletions: BigInt(context.depletions),
    threads: context.threads,
    ready: context.first !== undefined,
    processes,
  };
}

/** The processes whose threads start on each context. */
export function processesByContext({ processes }: Nucleus): Map<SchedulingContext, bigint[]> {
  const byContext = new Map<SchedulingContext, bigint[]>();
  for (const process of processes.values()) {
    const context = process.hasBody ? process.body.context : undefined;
    if (context === undefined) continue;
    const ids = byContext.get(context);
    if (ids === undefined) byContext.set(context, [BigInt(process.id)]);
    else ids.push(BigInt(process.id));
  }
  return byContext;
}

const contextInterface: ServedInterface = serve<SchedulingContextObject, typeof ContextInterface>(ContextInterface, {
  getInfo: ({ context, nucleus, scheduler }) => ({
    info: contextInfo(context, scheduler, processesByContext(nucleus).get(context) ?? []),
  }),
  notifyDepleted: (object, { notification, bits }, call) => {
    if (bits === 0n) {
      object.tell(undefined, 0, 0);
      return {};
    }
    const { object: told } = call.capability(notification);
    if (!(told instanceof NotificationObject)) {
      throw new CapError('invalidArgument', 'a depletion is told to a Notification of the kernel');
    }
    object.tell(told, Number(bits & 0xffff_ffffn) | 0, Number(bits >> 32n) | 0);
    return {};
  },
});
