// The page's event loop as a kernel's.
import { EventLoop } from '../embedding/event-loop.ts';

/**
 * A loop that lets the page's events run between two steps. A message to oneself is the soonest a page can be called back:
 * nested timeouts are held for 4 ms (HTML §8.6).
 */
export function webEventLoop(): EventLoop {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return new EventLoop({
    soon(callback) {
      waiting.push(callback);
      port2.postMessage(null);
    },
    later(callback, milliseconds) {
      const timer = setTimeout(callback, milliseconds);
      return () => clearTimeout(timer);
    },
  });
}
