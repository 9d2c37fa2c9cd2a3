// A scheduler as a program: every few milliseconds it looks at who wants to run, and gives each group its part.
//
//   attend ─▶ look ─▶ slices (share-slices.ts) ─▶ configure what changed ─▶ sleep ─▶ attend …
//
// It holds SchedulingPolicy and Timer. Should it die, stall or be killed, its lease ends and the kernel's round robin goes on.

import { type HostedProgram, SchedulingPolicy, Timer } from '@capos/abi';
import { openEnvironment } from '@capos/runtime';
import { type ContextDemand, sharesOf } from './share-slices.ts';

/** To which group a context belongs, and what that is worth. */
export interface ShareGroup {
  readonly group: string;
  /** Of the processor, against the weights of other groups. Positive; 1 unless given. */
  readonly weight?: number;
}

export interface FairShareOptions {
  /** The group of a context, by the name of the process it was made for. By default each context is a group of its own. */
  readonly groupOf?: (name: string, contextId: bigint) => ShareGroup;
  /** Nanoseconds between two looks. Default 5 ms. */
  readonly epochNs?: number;
  /** Nanoseconds of a round, in which everybody has one turn. Default 4 ms. */
  readonly roundNs?: number;
}

/** Looks that it may miss before the kernel takes its decisions back. */
const LEASE_EPOCHS = 4n;

/**
 * A program that shares the processor fairly between groups. Grants: `scheduling` (SchedulingPolicy) and `timer` (Timer). Exits
 * with 1 when another scheduler takes its place, with its decisions undone.
 */
export function createFairShareProgram(options: FairShareOptions = {}): HostedProgram {
  const { epochNs = 5_000_000, roundNs = 4_000_000 } = options;
  const groupOf = options.groupOf ?? ((_name: string, contextId: bigint): ShareGroup => ({ group: `${contextId}` }));
  return (port) => {
    const environment = openEnvironment(port);
    const policy = environment.capSet.get('scheduling', SchedulingPolicy);
    const timer = environment.capSet.get('timer', Timer);

    async function look(): Promise<void> {
      const contexts = (await policy.list({})).contexts.filter(({ ready }) => ready);
      const demands = contexts.map(({ contextId, name }): ContextDemand => {
        const { group, weight = 1 } = groupOf(name, contextId);
        return { contextId, group, weight };
      });
      const slices = sharesOf(demands, roundNs);
      for (const { contextId, parameters } of contexts) {
        const sliceNs = slices.get(contextId)!;
        if (parameters === undefined || parameters.sliceNs === sliceNs) continue;
        // It may have ended since it was listed.
        await policy.configure({ contextId, parameters: { ...parameters, sliceNs } }).catch(ignoreEnded);
      }
    }

    async function govern(): Promise<never> {
      let { monotonicNs } = await timer.now({});
      await policy.attend({ leaseNs: BigInt(epochNs) * LEASE_EPOCHS });
      for (;;) {
        await look();
        monotonicNs += BigInt(epochNs);
        await timer.sleepUntil({ monotonicNs });
        await policy.attend({ leaseNs: BigInt(epochNs) * LEASE_EPOCHS });
      }
    }

    govern().catch(() => environment.exit(1));
  };
}

function ignoreEnded(error: { readonly kind?: string }): void {
  if (error.kind !== 'invalidArgument') throw error;
}
