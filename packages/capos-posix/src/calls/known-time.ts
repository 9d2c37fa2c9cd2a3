// Calls that note when they happened: the wall clock is asked of the Timer before the first of them, and known from then on.

import type { Call, CallAnswer } from '../call.ts';
import type { CallHandler } from '../call-row.ts';
import { type Blocking, settle } from '../waiting.ts';

export function knowingTheTime(handler: CallHandler): CallHandler {
  return function* (call: Call): Blocking<CallAnswer> {
    // Without a Timer there is no time to note: 0 is.
    yield* settle(call.process.clocks.realtimeNs());
    return yield* settle(handler(call));
  };
}
