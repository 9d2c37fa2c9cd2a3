// Fair shares as turns: of a round, each group gets its part, and within a group each context an equal one.
//
//   slice = round · weight of the group ÷ weights of all groups that have something to run ÷ contexts of the group that have
//
// Turns that are not used are not kept for anybody, so what a group leaves goes to the others at once.

/** A context that wants to run. */
export interface ContextDemand {
  readonly contextId: bigint;
  readonly group: string;
  /** Of its group; the last one seen counts. */
  readonly weight: number;
}

/** Turns are not shorter than this: below, switching would cost more than it shares. */
const SHORTEST_NS = 50_000;

/** The kernel counts instructions; whole microseconds come back from it as they went in. */
const GRAIN_NS = 1000;

/** The slice of each context, in nanoseconds, for a round of about `roundNs`. */
export function sharesOf(demands: readonly ContextDemand[], roundNs: number): Map<bigint, bigint> {
  const groups = new Map<string, { weight: number; contexts: bigint[] }>();
  for (const { contextId, group, weight } of demands) {
    const known = groups.get(group);
    if (known === undefined) groups.set(group, { weight, contexts: [contextId] });
    else {
      known.weight = weight;
      known.contexts.push(contextId);
    }
  }
  let weights = 0;
  for (const { weight } of groups.values()) weights += weight;
  // The shortest turn sets the length of the round, so that parts stay parts however many there are.
  const parts = [...groups.values()].map(({ weight, contexts }) => weight / weights / contexts.length);
  const round = Math.max(roundNs, SHORTEST_NS / Math.min(...parts));
  const slices = new Map<bigint, bigint>();
  for (const { weight, contexts } of groups.values()) {
    const slice = BigInt(Math.round((round * weight) / weights / contexts.length / GRAIN_NS) * GRAIN_NS);
    for (const contextId of contexts) slices.set(contextId, slice);
  }
  return slices;
}
