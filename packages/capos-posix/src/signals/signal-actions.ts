// What a process does on each signal: sigaction(2)'s table, shared by its threads.

import { SIG_DFL } from '../linux/signal-numbers.ts';
import type { SignalSet } from './signal-set.ts';

export interface SignalAction {
  readonly handler: number;
  readonly flags: number;
  readonly restorer: number;
  readonly mask: SignalSet;
}

const DEFAULT_ACTION: SignalAction = { handler: SIG_DFL, flags: 0, restorer: 0, mask: 0n };

export class SignalActions {
  #actions: SignalAction[] = new Array<SignalAction>(65).fill(DEFAULT_ACTION);

  get(signal: number): SignalAction {
    return this.#actions[signal] ?? DEFAULT_ACTION;
  }

  set(signal: number, action: SignalAction): void {
    this.#actions[signal] = action;
  }

  /** execve: handlers go back to the default, ignored signals stay ignored. */
  resetHandlers(): void {
    this.#actions = this.#actions.map((action) =>
      action.handler > 1 ? DEFAULT_ACTION : { ...action, flags: 0, mask: 0n },
    );
  }

  copy(): SignalActions {
    const copy = new SignalActions();
    copy.#actions = this.#actions.slice();
    return copy;
  }
}
