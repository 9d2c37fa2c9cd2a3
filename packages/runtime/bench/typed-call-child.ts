// The typed-call benches, in a process of its own so that `taskset` can give it one CPU or two: a Worker that calls, and Workers
// that answer over a link, a MessageChannel, Comlink and Cap'n Web. For each message from the parent it sends nanoseconds a call.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Console } from '@capos/abi';
import { createLink } from '../src/index.ts';

const cpus = availableParallelism();
const worker = (part: string, workerData: object, transferList: unknown[] = []): Worker =>
  new Worker(new URL(`./typed-call-${part}.ts`, import.meta.url), { workerData, transferList: transferList as never });

const link = createLink(Console);
const [channel, comlink, capnweb] = [new MessageChannel(), new MessageChannel(), new MessageChannel()];
worker('server', { which: 'link', link, cpus }).unref();
worker('server', { which: 'channel', port: channel.port2 }, [channel.port2]).unref();
worker('server', { which: 'comlink', port: comlink.port2 }, [comlink.port2]).unref();
worker('server', { which: 'capnweb', port: capnweb.port2 }, [capnweb.port2]).unref();
const ports = { channel: channel.port1, comlink: comlink.port1, capnweb: capnweb.port1 };
const client = worker('client', { link, cpus, ...ports }, Object.values(ports));
client.unref();
client.on('message', (samples: number[]) => process.send!(samples));
process.on('message', (kind: string) => client.postMessage(kind));
