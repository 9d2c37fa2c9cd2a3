// Exhaustive exploration of threads made of atomic steps: every interleaving, every state once.
//
//   state ──thread 0 steps──▶ state'      a step is one access to shared memory, or a choice
//         └─thread 1 steps──▶ state''     a thread with no step is asleep or done
//
// A state in which nobody has a step and somebody is not done is a deadlock: in a ring, a lost wake-up.

/** Successors of one thread's next step; none when it sleeps or is done. May throw: the property is violated. */
export type Step<S> = (state: S) => readonly S[];

export interface Exploration {
  readonly states: number;
  readonly ends: number;
}

/** A property that does not hold, with the states that lead there. */
export class Violation extends Error {
  readonly trace: readonly unknown[];

  constructor(message: string, trace: readonly unknown[]) {
    super(message);
    this.trace = trace;
  }
}

/** Walks every reachable state. @throws Violation at the first state that breaks a step's property or has no way on */
export function explore<S>(initial: S, threads: readonly Step<S>[], isEnd: (state: S) => boolean): Exploration {
  const seen = new Map<string, string | undefined>();
  const key = (state: S): string => JSON.stringify(state);
  const frontier: S[] = [initial];
  seen.set(key(initial), undefined);
  let ends = 0;
  while (frontier.length > 0) {
    const state = frontier.pop()!;
    const from = key(state);
    let stuck = true;
    for (const [thread, step] of threads.entries()) {
      let successors: readonly S[];
      try {
        successors = step(state);
      } catch (error) {
        throw new Violation(`thread ${thread}: ${(error as Error).message}`, trace(seen, from));
      }
      for (const successor of successors) {
        stuck = false;
        const to = key(successor);
        if (seen.has(to)) continue;
        seen.set(to, from);
        frontier.push(successor);
      }
    }
    if (!stuck) continue;
    if (!isEnd(state)) throw new Violation('everybody sleeps and there is work left', trace(seen, from));
    ends += 1;
  }
  return { states: seen.size, ends };
}

/** What an exploration stopped at. @throws Error when it went through, or broke down */
export function violationOf(run: () => Exploration): Violation {
  try {
    run();
  } catch (error) {
    if (error instanceof Violation) return error;
    throw error;
  }
  throw new Error('the exploration found nothing wrong');
}

function trace(seen: ReadonlyMap<string, string | undefined>, end: string): unknown[] {
  const steps: unknown[] = [];
  for (let at: string | undefined = end; at !== undefined; at = seen.get(at)) steps.unshift(JSON.parse(at));
  return steps;
}
