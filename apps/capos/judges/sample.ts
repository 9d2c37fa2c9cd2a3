// A sample that the same seed draws again.

/** Steps of a linear congruential generator modulo 2^32 (Numerical Recipes, §7.1). */
const MULTIPLIER = 1664525;
const INCREMENT = 1013904223;

/** `count` of the items, in their own order. */
export function sampled<T>(items: readonly T[], count: number, seed: number): T[] {
  let state = seed >>> 0;
  const draw = (): number => {
    state = (Math.imul(state, MULTIPLIER) + INCREMENT) >>> 0;
    return state;
  };
  return items
    .map((item, index) => ({ item, index, key: draw() }))
    .sort((a, b) => a.key - b.key)
    .slice(0, count)
    .sort((a, b) => a.index - b.index)
    .map(({ item }) => item);
}
