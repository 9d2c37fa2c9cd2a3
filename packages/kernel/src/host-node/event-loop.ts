// Node's event loop as a kernel's.
import { EventLoop } from '../embedding/event-loop.ts';

/** A loop that lets Node's I/O and timers run between two steps. */
export function nodeEventLoop(): EventLoop {
  return new EventLoop({
    soon: (callback) => void setImmediate(callback),
    later: (callback, milliseconds) => {
      const timer = setTimeout(callback, milliseconds);
      return () => clearTimeout(timer);
    },
  });
}
