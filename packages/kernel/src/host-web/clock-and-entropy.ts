// The page's monotonic clock, wall clock and random numbers.
import type { EntropyFill } from '../nucleus.ts';
import type { MonotonicClock } from '../time/monotonic-clock.ts';

const NANOSECONDS_PER_MILLISECOND = 1e6;
/** Crypto.getRandomValues fills at most this many bytes a call (Web Cryptography API §10.1.1). */
const ENTROPY_BYTES_A_CALL = 65_536;

/** Nanoseconds since the page was opened. */
export const webClock: MonotonicClock = { nowNs: () => performance.now() * NANOSECONDS_PER_MILLISECOND };

/** Nanoseconds since 1970. */
export const webWallClock = (): bigint =>
  BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n;

export const webEntropy: EntropyFill = {
  fill(bytes) {
    for (let at = 0; at < bytes.length; at += ENTROPY_BYTES_A_CALL) {
      crypto.getRandomValues(bytes.subarray(at, at + ENTROPY_BYTES_A_CALL) as Uint8Array<ArrayBuffer>);
    }
  },
};
