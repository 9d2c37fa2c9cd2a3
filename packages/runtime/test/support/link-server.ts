// A Worker that does nothing but serve one link.
import { workerData } from 'node:worker_threads';
import { Console } from '@capos/abi';
import { serveLink } from '../../src/index.ts';

serveLink(
  workerData,
  Console,
  {
    getSize: () => ({ columns: 1, rows: 1, isTerminal: false }),
    write: ({ data }) => ({ written: data.length }),
    read: () => ({ data: new Uint8Array() }),
    setMode: () => ({}),
    waitInterrupt: () => ({}),
    waitResize: () => ({}),
  },
  { cpus: 1 },
).run();
