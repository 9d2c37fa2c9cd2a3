// The clock that the kernel goes by.

/** Monotonic time in nanoseconds, from wherever the embedder takes it. */
export interface MonotonicClock {
  nowNs(): number;
}
