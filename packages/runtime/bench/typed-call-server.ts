// Answers `Console.getSize`: three fields, as a link, over a MessagePort, or through Comlink or Cap'n Web.
import { workerData } from 'node:worker_threads';
import { Console } from '@capos/abi';
import { newMessagePortRpcSession, RpcTarget } from 'capnweb';
import * as Comlink from 'comlink';
import { type LinkHandlers, serveLink } from '../src/index.ts';

const size = { columns: 132, rows: 50, isTerminal: true };
const unserved = (): never => {
  throw new Error('not served here');
};

if (workerData.which === 'link') {
  const handlers: LinkHandlers<typeof Console> = {
    getSize: () => size,
    read: unserved,
    setMode: unserved,
    waitInterrupt: unserved,
    waitResize: unserved,
    write: unserved,
  };
  serveLink(workerData.link, Console, handlers, { cpus: workerData.cpus }).run();
} else if (workerData.which === 'channel') {
  workerData.port.on('message', () => workerData.port.postMessage(size));
} else if (workerData.which === 'capnweb') {
  class Terminal extends RpcTarget {
    getSize() {
      return size;
    }
  }
  newMessagePortRpcSession(workerData.port, new Terminal());
} else {
  Comlink.expose({ getSize: () => size }, workerData.port);
}
