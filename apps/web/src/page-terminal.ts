// The page's terminal as the Worker of its system has it: what it writes is sent there, what is typed there arrives here.
import { EventLoop } from '@capos/kernel';
import type { FromPage, FromSystem } from './page-messages.ts';
import type { ConsoleTerminal } from './terminal-console.ts';

/** Characters on their way to the terminal at which the system waits: a program that writes for ever must not fill the page. */
const MOST_UNSHOWN = 1_000_000;

export interface PageTerminal extends ConsoleTerminal {
  received(message: FromPage): void;
  /** Runs it once the terminal has taken most of what was sent to it: now, as a rule. */
  whenShown(callback: () => void): void;
}

export function pageTerminal(send: (message: FromSystem) => void): PageTerminal {
  let size = { columns: 80, rows: 24 };
  let typed: (data: string) => void = () => {};
  let resized = (): void => {};
  let unshown = 0;
  let waiting: (() => void)[] = [];
  return {
    get cols() {
      return size.columns;
    },
    get rows() {
      return size.rows;
    },
    onData(callback) {
      typed = callback;
    },
    onResize(callback) {
      resized = callback;
    },
    write(text) {
      unshown += text.length;
      send({ kind: 'output', text });
    },
    whenShown(callback) {
      if (unshown < MOST_UNSHOWN) callback();
      else waiting.push(callback);
    },
    received(message) {
      if (message.kind === 'typed') typed(message.data);
      else if (message.kind === 'shown') {
        unshown -= message.characters;
        if (unshown >= MOST_UNSHOWN) return;
        const ready = waiting;
        waiting = [];
        for (const callback of ready) callback();
      } else {
        size = message;
        resized();
      }
    },
  };
}

/** A Worker's event loop that steps its system no further than the terminal keeps up. */
export function pacedEventLoop(terminal: PageTerminal): EventLoop {
  const { port1, port2 } = new MessageChannel();
  const next: (() => void)[] = [];
  port1.onmessage = () => terminal.whenShown(() => next.shift()?.());
  return new EventLoop({
    soon(callback) {
      next.push(callback);
      port2.postMessage(null);
    },
    later(callback, milliseconds) {
      const timer = setTimeout(callback, milliseconds);
      return () => clearTimeout(timer);
    },
  });
}
