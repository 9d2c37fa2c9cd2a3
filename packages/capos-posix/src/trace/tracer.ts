// Tracer: one line for each system call, as strace writes them.
//
//   [2] openat(AT_FDCWD, "/etc/hosts", O_RDONLY|O_CLOEXEC) = -1 ENOENT (mount table has nothing there)
//
// Arguments are decoded when the call begins, those it fills in when it ends. A call that never ends shows `= ?`.

import type { Call, CallAnswer, CallObserver } from '../call.ts';
import { ROWS } from '../call-table.ts';
import { errnoName, isError, RESTART } from '../linux/errno.ts';
import { signalName } from '../linux/signal-numbers.ts';
import type { PosixProcess } from '../posix-process.ts';
import type { PosixThread } from '../posix-thread.ts';
import { ARGUMENT_FORMATS, type ArgumentFormat, OUTPUT_FORMATS } from './argument-formats.ts';

const UNKNOWN: readonly ArgumentFormat[] = ['hex', 'hex', 'hex', 'hex', 'hex', 'hex'];

interface Begun {
  readonly name: string;
  readonly formats: readonly ArgumentFormat[];
  readonly result: 'address' | 'octal' | undefined;
  readonly parts: (string | undefined)[];
}

export class Tracer implements CallObserver {
  readonly #sink: (line: string) => void;
  readonly #times: boolean;
  readonly #begun = new Map<PosixThread, Begun>();

  /** `times`: each line ends with how long the call took. */
  constructor(sink: (line: string) => void, times = false) {
    this.#sink = sink;
    this.#times = times;
  }

  began(call: Call): void {
    const numbered = ROWS[call.number];
    const formats = numbered?.row.arguments ?? UNKNOWN;
    const parts = formats.map((format, index) =>
      OUTPUT_FORMATS.has(format) ? undefined : ARGUMENT_FORMATS[format](call, index, undefined),
    );
    this.#begun.set(call.thread, {
      name: numbered?.name ?? `syscall_${call.number}`,
      formats,
      result: numbered?.row.result,
      parts,
    });
  }

  ended(call: Call, answer: CallAnswer): void {
    const begun = this.#begun.get(call.thread);
    if (begun === undefined) return;
    this.#begun.delete(call.thread);
    this.#line(
      call.thread,
      `${begun.name}(${this.#arguments(call, begun, answer)}) = ${resultOf(answer, begun.result)}${this.#took(call)}`,
    );
  }

  #took(call: Call): string {
    if (!this.#times) return '';
    return ` <${((call.process.clocks.monotonicOrZero() - call.beganNs) / 1e9).toFixed(6)}>`;
  }

  #arguments(call: Call, begun: Begun, answer: CallAnswer): string {
    return begun.parts
      .map((part, index) => part ?? ARGUMENT_FORMATS[begun.formats[index]!](call, index, answer ?? 0))
      .join(', ');
  }

  /** A thread ends in the middle of its call. */
  exited(thread: PosixThread, status: number): void {
    const begun = this.#begun.get(thread);
    if (begun !== undefined) {
      this.#begun.delete(thread);
      this.#line(thread, `${begun.name}(${begun.parts.map((part) => part ?? '…').join(', ')}) = ?`);
    }
    if (thread.tid !== thread.process.pid) return;
    const signal = status & 0x7f;
    this.#line(thread, signal === 0 ? `+++ exited with ${status >> 8} +++` : `+++ killed by ${signalName(signal)} +++`);
  }

  killed(process: PosixProcess, signal: number): void {
    const thread = process.threads.get(process.pid) ?? [...process.threads.values()][0];
    if (thread !== undefined) this.#line(thread, `--- ${signalName(signal)} ---`);
  }

  #line(thread: PosixThread, text: string): void {
    this.#sink(`[${thread.tid}] ${text}`);
  }
}

function resultOf(answer: CallAnswer, format: 'address' | 'octal' | undefined): string {
  if (answer === undefined) return '?';
  if (answer === RESTART.UNLESS_HANDLED || answer === RESTART.UNLESS_HANDLED_WITHOUT_RESTART)
    return '? ERESTART (a signal came; it starts over unless a handler says otherwise)';
  if (isError(answer)) return `-1 ${errnoName(-answer)}`;
  if (format === 'address') return `0x${answer.toString(16)}`;
  if (format === 'octal') return `0${answer.toString(8)}`;
  return String(answer);
}
