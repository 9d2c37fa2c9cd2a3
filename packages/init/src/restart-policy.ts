// Whether and when a service that ended starts again.
//
//   temporary  never        transient  after a failure        permanent  whenever it ended
//
// At most `restartLimit` times within a minute; each restart within that minute waits twice as long as the one before.

import type { ExitStatus, ServiceRestart } from '@capos/abi';
import { isFailure } from './ending.ts';

/** Restarts are counted over this long. */
export const RESTART_WINDOW_NS = 60_000_000_000n;
const FIRST_DELAY_NS = 50_000_000n;
const LONGEST_DELAY_NS = 5_000_000_000n;

/** What to do about a service that ended. */
export type RestartDecision =
  | { readonly action: 'leave' }
  /** It needed more restarts than it may have. */
  | { readonly action: 'giveUp'; readonly restarts: number }
  | { readonly action: 'restart'; readonly count: number; readonly delayNs: bigint };

/** One service's restarts. */
export class RestartHistory {
  private readonly policy: ServiceRestart;
  private readonly limit: number;
  private times: bigint[] = [];

  constructor(policy: ServiceRestart, limit: number) {
    this.policy = policy;
    this.limit = limit;
  }

  /** Decides about an ending at monotonic time `nowNs`, and counts the restart if there is one. */
  decide(status: ExitStatus, nowNs: bigint): RestartDecision {
    const wanted = this.policy === 'permanent' || (this.policy === 'transient' && isFailure(status));
    if (!wanted) return { action: 'leave' };
    this.times = this.times.filter((time) => nowNs - time < RESTART_WINDOW_NS);
    if (this.times.length >= this.limit) return { action: 'giveUp', restarts: this.times.length };
    const earlier = this.times.length;
    this.times.push(nowNs);
    const doubled = earlier === 0 ? 0n : FIRST_DELAY_NS << BigInt(Math.min(earlier - 1, 10));
    return { action: 'restart', count: earlier + 1, delayNs: doubled < LONGEST_DELAY_NS ? doubled : LONGEST_DELAY_NS };
  }
}
