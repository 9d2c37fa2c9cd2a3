// A capOS program's side: ring client, CapSet, typed clients and the serve loop.
export {};
