// A row of the call table: everything there is to know about one system call.

import type { Call, CallAnswer } from './call.ts';
import type { ErrnoName } from './linux/errno.ts';
import type { ArgumentFormat } from './trace/argument-formats.ts';
import type { MaybeBlocking } from './waiting.ts';

/**
 * How much of a call there is. `full`: what Linux documents, for what this system has. `partial`: the note says what is
 * missing. `refused`: always answers `errno`.
 */
export type SupportLevel = 'full' | 'partial' | 'refused';

export type CallHandler = (call: Call) => MaybeBlocking<CallAnswer>;

interface RowBase {
  /** How `--trace` shows the arguments, one for each. */
  readonly arguments: readonly ArgumentFormat[];
  /** How `--trace` shows the result; a plain number unless given. */
  readonly result?: 'address' | 'octal';
}

export type CallRow =
  | (RowBase & { readonly support: 'full'; readonly note?: string; readonly handler: CallHandler })
  | (RowBase & { readonly support: 'partial'; readonly note: string; readonly handler: CallHandler })
  | (RowBase & { readonly support: 'refused'; readonly note: string; readonly errno: ErrnoName });
