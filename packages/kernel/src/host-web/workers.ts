// A page's Workers for worker processes. Needs SharedArrayBuffer, which pages have that are cross-origin isolated.
import type { WorkerExit } from '@capos/abi';
import type { WorkerHost } from '../processes/worker-host.ts';

/** Workers of this page. A terminated Worker is gone at once (HTML §10.2.6.3), so `ended` comes with `terminate`. */
export const webWorkers: WorkerHost = {
  start(module, start, events) {
    const worker = new Worker(typeof module === 'string' ? module : new URL(module.href), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<Partial<WorkerExit> | null>) => {
      if (typeof data?.exited === 'number') events.exited(data.exited);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      events.failed(event.message);
    };
    worker.onmessageerror = () => events.failed('a message could not be read');
    worker.postMessage(start);
    return {
      terminate() {
        worker.terminate();
        queueMicrotask(() => events.ended());
      },
    };
  },
};
