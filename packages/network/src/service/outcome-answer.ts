// A call that is answered with what the backend comes to, now or later.
import type { CallContext, Later } from '@capos/runtime';
import { isFailure, type NetworkFailure, type Outcome } from '../network-backend.ts';

/** @param succeed the results, or `later` where it sees to them itself */
export function answerOutcome<Results, Wanted>(
  context: CallContext<Results>,
  ask: (done: Outcome<Wanted>) => void,
  succeed: (got: Wanted) => Results | Later,
  refuse: (failure: NetworkFailure) => Results,
): Results | Later {
  let now: Results | Later | undefined;
  let returned = false;
  ask((outcome) => {
    const results = isFailure(outcome) ? refuse(outcome) : succeed(outcome);
    if (!returned) now = results;
    else if (typeof results !== 'symbol') context.reply(results);
  });
  returned = true;
  return now ?? context.later();
}
