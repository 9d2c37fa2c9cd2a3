// Node's monotonic clock, wall clock and random numbers.
import { randomFillSync } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { EntropyFill } from '../nucleus.ts';
import type { MonotonicClock } from '../time/monotonic-clock.ts';

const NANOSECONDS_PER_MILLISECOND = 1e6;

/** Nanoseconds since the process started. */
export const nodeClock: MonotonicClock = { nowNs: () => performance.now() * NANOSECONDS_PER_MILLISECOND };

/** Nanoseconds since 1970. */
export const nodeWallClock = (): bigint =>
  BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n;

export const nodeEntropy: EntropyFill = { fill: (bytes) => void randomFillSync(bytes) };
