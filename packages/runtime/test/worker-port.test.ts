// A program in a real Worker, its ring shared with a kernel in this thread.
import { Worker } from 'node:worker_threads';
import { CapError, Console, Timer } from '@capos/abi';
import { expect, test } from 'vitest';
import { type Implementation, openEnvironment, RuntimeError, serve } from '../src/index.ts';
import { DoubleEndpoint, DoubleProcess } from './kernel-double.ts';

const implementation: Implementation<typeof Console> = {
  write: ({ data }) => ({ written: data.length }),
  read: (_params, context) => {
    context.onCancel(() => context.reply({ data: new Uint8Array() }));
    return context.later();
  },
  getSize: async () => ({ columns: 132, rows: 50, isTerminal: true }),
  setMode: () => {
    throw new CapError('unimplemented', 'no modes');
  },
  waitInterrupt: () => {},
  waitResize: () => {},
};

test('a program in a Worker calls, blocks, cancels, releases and ends as any other', async () => {
  const endpoint = new DoubleEndpoint();
  const server = openEnvironment(new DoubleProcess({ endpoint: endpoint.owner }));
  serve(server, server.capSet.cap('endpoint'), Console, implementation);
  const grants = { console: endpoint.facet(Console.id, 1n), timer: new DoubleEndpoint().facet(Timer.id, 0n) };
  const process = new DoubleProcess(grants, { shared: true });
  const { arena, ringOffset, capSetOffset, heapOffset, processId } = process;
  const worker = new Worker(new URL('./support/worker-program.ts', import.meta.url), {
    workerData: { arena, ringOffset, capSetOffset, heapOffset, processId },
  });
  const messages: unknown[] = [];
  worker.on('message', (message) => messages.push(message));
  const ended = new Promise((resolve, reject) => {
    worker.on('exit', resolve);
    worker.on('error', reject);
  });
  await process.serveShared(ended);
  await ended;
  expect(messages).toEqual([{ report: [132, 4950, 'enough', 'unimplemented', true] }, { exited: 3 }]);
  expect([...process.caps.values()].map((facet) => facet.interfaceId)).toEqual([Console.id]);
});

test('waiting in a thread that may not block works when the answer is there, and says so when it is not', () => {
  const endpoint = new DoubleEndpoint();
  const server = openEnvironment(new DoubleProcess({ endpoint: endpoint.owner }));
  serve(server, server.capSet.cap('endpoint'), Console, implementation);
  const client = openEnvironment(new DoubleProcess({ console: endpoint.facet(Console.id, 1n) }));
  const console = client.capSet.cap('console');
  expect(client.callSync(console, Console.methods.write, { data: new Uint8Array(3) })).toEqual({ written: 3 });
  expect(() => client.callSync(console, Console.methods.setMode, { raw: true })).toThrow(CapError);
  expect(() => client.callSync(console, Console.methods.getSize, {})).toThrow(RuntimeError);
});
