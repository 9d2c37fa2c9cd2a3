// How a thread asked to be scheduled (sched(7)).

export const POLICY = { OTHER: 0, FIFO: 1, RR: 2, BATCH: 3, IDLE: 5 } as const;

/** The nicest there is. */
export const LOWEST_NICE = 19;

export interface Scheduling {
  readonly policy: number;
  /** 1 to 99 in the realtime classes, else 0. */
  readonly priority: number;
  /** −20 to 19. */
  readonly nice: number;
  /** Class and level of ioprio_set(2); 0 while unset. */
  readonly inputOutput: number;
  /** Children start in the ordinary class. */
  readonly resetOnFork: boolean;
}

export const ORDINARY: Scheduling = { policy: POLICY.OTHER, priority: 0, nice: 0, inputOutput: 0, resetOnFork: false };

export function isRealtime(policy: number): boolean {
  return policy === POLICY.FIFO || policy === POLICY.RR;
}

/** What a new thread or child process starts with. */
export function inherited(scheduling: Scheduling): Scheduling {
  if (!scheduling.resetOnFork) return scheduling;
  return isRealtime(scheduling.policy)
    ? ORDINARY
    : { ...scheduling, nice: Math.max(0, scheduling.nice), resetOnFork: false };
}
