// Prints bytes of garbage a typed call between two hosted programs, one number a round: client, kernel and server share a heap.
// The argument says how the call is made and how it is answered.
//
//   callback  callThen, results filled into one object      context  the handler takes its context, a new one for each call
//   sync      callSync, likewise                            reused   the handler takes its context, and the service reuses it
//   promise   the typed client's method, awaited            params   Console.setMode, whose params are read into one object
import { Console } from '@capos/abi';
import { createKernel } from '@capos/kernel';
import { type Client, capOf, type Implementation, serve } from '@capos/runtime';
import { startHosted } from '../test/support/hosted-environment.ts';
import { garbageOf, STEPS } from './garbage-rounds.ts';

const kind = process.argv[2] ?? 'callback';

const kernel = createKernel({ clock: { nowNs: () => 1 }, entropy: { fill: () => {} } });
const endpoint = kernel.createEndpoint();

const size = { columns: 132, rows: 50, isTerminal: true };
const nothing = {};
let badges = 0;
let raw = 0;
const unserved = (): never => {
  throw new Error('not served here');
};
const implementation: Implementation<typeof Console> = {
  getSize:
    kind === 'context' || kind === 'reused'
      ? (_params, context) => {
          badges += context.answered ? 0 : 1;
          return size;
        }
      : () => size,
  setMode: (params) => {
    raw += params.raw ? 1 : 0;
  },
  read: unserved,
  waitInterrupt: unserved,
  waitResize: unserved,
  write: unserved,
};
const server = startHosted(kernel, 'server', { endpoint: endpoint.owner });
serve(server, server.capSet.cap('endpoint'), Console, implementation, {
  reuse: kind === 'reused' || kind === 'params',
});
const client = startHosted(kernel, 'client', { console: endpoint.facet(7n, Console.id) });
const target: Client<typeof Console> = client.capSet.get('console', Console);
const cap = capOf(target);
const into = { columns: 0, rows: 0, isTerminal: false };
const mode = { raw: true };
let answers = 0;
const count = (error: Error | null): void => {
  if (error !== null) throw error;
  answers += 1;
};

async function round(calls: number): Promise<void> {
  answers = 0;
  const callsAStep = calls / STEPS;
  for (let call = 0; call < calls; call += 1) {
    if (kind === 'promise') {
      const { columns } = await target.getSize();
      answers += columns === 132 ? 1 : 0;
    } else if (kind === 'sync') {
      answers += client.callSync(cap, Console.methods.getSize, nothing, undefined, into).rows === 50 ? 1 : 0;
    } else if (kind === 'params') client.callThen(cap, Console.methods.setMode, mode, count, undefined, nothing);
    else client.callThen(cap, Console.methods.getSize, nothing, count, undefined, into);
    if (call % callsAStep === 0) kernel.step();
  }
  if (answers !== calls) throw new Error(`${answers} of ${calls} calls were answered`);
}

const samples = await garbageOf(round);
// Used, so that nothing is optimised away.
if (badges + raw < 0) throw new Error('nobody called');
process.stdout.write(samples.join(' '));
