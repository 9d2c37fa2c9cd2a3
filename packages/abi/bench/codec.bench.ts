// Messages of three fields, written and read: the codec against capnp-es, protobuf-es and JSON. One has only numbers, one has a name.
// In processor time of this thread (and of V8's own, which compile and collect meanwhile).
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { area } from '@capos/tooling/bench';
import { Message } from 'capnp-es';
import { fromUtf8, toUtf8 } from '../src/index.ts';
import * as capnpEs from '../test/generated/capnp-es/specimen.ts';
import { type NamedReading, namedReading, type Reading, reading } from '../test/generated/codecs/index.ts';
import { protobufNamedReading, protobufReading } from './protobuf-readings.ts';

/** Processor time moves in steps of a millisecond: a sample takes tens of them. */
const MESSAGES = 2_000_000;

/** Nanoseconds per call of `body`, which answers something that depends on its work. */
function time(count: number, body: (index: number) => number): () => number {
  return () => {
    let sum = 0;
    const start = process.cpuUsage();
    for (let index = 0; index < count; index++) sum = (sum + body(index)) | 0;
    const { user, system } = process.cpuUsage(start);
    const ns = ((user + system) * 1000) / count;
    if (sum === 0) throw new Error('the work was optimised away');
    return ns;
  };
}

const buffer = new Uint8Array(4096);
const shared = new Uint8Array(new SharedArrayBuffer(4096));
const plain: Reading = { sensor: 7, valid: true, takenAtNs: 1_763_800_000_000_000_123n };
const named: NamedReading = { sensor: 7, name: 'boiler-inlet', takenAtNs: 1_763_800_000_000_000_123n };
const plainLength = reading.encode(plain, buffer, 0);
reading.encode(plain, shared, 0);
const namedLength = namedReading.encode(named, buffer, 1024);

function capnpEsBytes(): ArrayBuffer {
  const message = new Message();
  const root = message.initRoot(capnpEs.Reading);
  root.sensor = plain.sensor;
  root.valid = plain.valid;
  root.takenAtNs = plain.takenAtNs;
  return message.toArrayBuffer();
}
const capnpEsFramed = capnpEsBytes();
function capnpEsNamedBytes(): ArrayBuffer {
  const message = new Message();
  const root = message.initRoot(capnpEs.NamedReading);
  root.sensor = named.sensor;
  root.name = named.name;
  root.takenAtNs = named.takenAtNs;
  return message.toArrayBuffer();
}
const capnpEsNamedFramed = capnpEsNamedBytes();
// JSON has no 64-bit integers: the time travels as a string, and text becomes bytes as it would in a ring.
const json = toUtf8(JSON.stringify({ ...plain, takenAtNs: String(plain.takenAtNs) }));
const jsonNamed = toUtf8(JSON.stringify({ ...named, takenAtNs: String(named.takenAtNs) }));
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const into: Reading = { ...plain };
/** A message as protobuf-es has it: fields by name, the descriptor beside them. */
type ProtobufReading = ReturnType<typeof create> & { sensor: number; takenAtNs: bigint; name: string };
const protobuf = toBinary(protobufReading, create(protobufReading, { ...plain }));
const protobufNamed = toBinary(protobufNamedReading, create(protobufNamedReading, { ...named }));
/** Writes into memory of its own: `toBinary` has no other form. */
const protobufEncode = (schema: typeof protobufReading, value: object) => {
  const message = create(schema, { ...value }) as ProtobufReading;
  return time(MESSAGES / 10, (index) => {
    message.sensor = index;
    return toBinary(schema, message).length;
  });
};

area('codec', async (suite) => {
  await suite.compare({
    name: 'encode-numbers',
    unit: 'ns',
    ours: time(MESSAGES, (index) => {
      plain.sensor = index;
      return reading.encode(plain, buffer, 0, 64);
    }),
    rival: [
      { name: 'capnp-es', run: time(MESSAGES / 40, () => capnpEsBytes().byteLength) },
      { name: 'protobuf-es', run: protobufEncode(protobufReading, plain) },
      {
        name: 'JSON',
        run: time(MESSAGES / 4, (index) => {
          const text = JSON.stringify({ sensor: index, valid: plain.valid, takenAtNs: String(plain.takenAtNs) });
          return encoder.encodeInto(text, buffer.subarray(2048)).written;
        }),
      },
    ],
  });
  await suite.compare({
    name: 'decode-numbers',
    unit: 'ns',
    ours: time(MESSAGES, () => reading.decode(buffer, 0, plainLength).sensor | 1),
    rival: [
      {
        name: 'capnp-es',
        run: time(MESSAGES / 40, () => {
          const root = new Message(capnpEsFramed, false).getRoot(capnpEs.Reading);
          return root.sensor + Number(root.valid) + (root.takenAtNs === 0n ? 0 : 1);
        }),
      },
      {
        name: 'protobuf-es',
        run: time(MESSAGES / 10, () => {
          const value = fromBinary(protobufReading, protobuf) as ProtobufReading;
          return value.sensor + (value.takenAtNs === 0n ? 0 : 1);
        }),
      },
      {
        name: 'JSON',
        run: time(MESSAGES / 4, () => {
          const value = JSON.parse(decoder.decode(json)) as { sensor: number; takenAtNs: string };
          return value.sensor + (BigInt(value.takenAtNs) === 0n ? 0 : 1);
        }),
      },
    ],
  });
  await suite.compare({
    name: 'decode-numbers-into',
    unit: 'ns',
    ours: time(MESSAGES, () => reading.decode(buffer, 0, plainLength, into).sensor | 1),
  });
  await suite.compare({
    name: 'decode-numbers-shared',
    unit: 'ns',
    ours: time(MESSAGES, () => reading.decode(shared, 0, plainLength).sensor | 1),
  });
  await suite.compare({
    name: 'encode-text',
    unit: 'ns',
    ours: time(MESSAGES, (index) => {
      named.sensor = index;
      return namedReading.encode(named, buffer, 1024, 128);
    }),
    rival: [
      { name: 'capnp-es', run: time(MESSAGES / 40, () => capnpEsNamedBytes().byteLength) },
      { name: 'protobuf-es', run: protobufEncode(protobufNamedReading, named) },
      {
        name: 'JSON',
        run: time(MESSAGES / 4, (index) => {
          const text = JSON.stringify({ sensor: index, name: named.name, takenAtNs: String(named.takenAtNs) });
          return encoder.encodeInto(text, buffer.subarray(2048)).written;
        }),
      },
    ],
  });
  await suite.compare({
    name: 'decode-text',
    unit: 'ns',
    ours: time(MESSAGES, () => namedReading.decode(buffer, 1024, namedLength).name.length),
    rival: [
      {
        name: 'capnp-es',
        run: time(MESSAGES / 40, () => {
          const root = new Message(capnpEsNamedFramed, false).getRoot(capnpEs.NamedReading);
          return root.sensor + root.name.length + (root.takenAtNs === 0n ? 0 : 1);
        }),
      },
      {
        name: 'protobuf-es',
        run: time(MESSAGES / 10, () => {
          const value = fromBinary(protobufNamedReading, protobufNamed) as ProtobufReading;
          return value.name.length + (value.takenAtNs === 0n ? 0 : 1);
        }),
      },
      {
        name: 'JSON',
        run: time(MESSAGES / 4, () => {
          const value = JSON.parse(decoder.decode(jsonNamed)) as { name: string; takenAtNs: string };
          return value.name.length + (BigInt(value.takenAtNs) === 0n ? 0 : 1);
        }),
      },
    ],
  });
  const name = toUtf8('boiler-inlet');
  const page = toUtf8('The quick brown fox jumps over the lazy dog. '.repeat(90));
  await suite.compare({
    name: 'utf8-decode-12-bytes',
    unit: 'ns',
    ours: time(MESSAGES, () => fromUtf8(name).length),
    rival: { name: 'TextDecoder', run: time(MESSAGES, () => decoder.decode(name).length) },
  });
  await suite.compare({
    name: 'utf8-decode-4-KiB',
    unit: 'ns',
    ours: time(MESSAGES / 20, () => fromUtf8(page).length),
    rival: { name: 'TextDecoder', run: time(MESSAGES / 20, () => decoder.decode(page).length) },
  });
});
