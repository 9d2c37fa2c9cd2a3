import { expect, it } from 'vitest';
import { Console, Endpoint, interfaces, Timer, type TimerNowResults } from '../src/index.ts';

it('every interface is found by its id', () => {
  expect(interfaces.get(Timer.id)).toBe(Timer);
  expect(interfaces.get(Console.id)).toBe(Console);
  for (const [id, { id: own }] of interfaces) expect(own).toBe(id);
});

it('ordinals number the methods of an interface without gaps', () => {
  for (const { name, methods } of interfaces.values()) {
    const ordinals = Object.values(methods).map(({ ordinal }) => ordinal);
    expect(ordinals, name).toEqual(ordinals.map((_, index) => index));
  }
});

it('a method’s codecs have its types', () => {
  const bytes = new Uint8Array(64);
  const results: TimerNowResults = { monotonicNs: 123n };
  const length = Timer.methods.now.results.encode(results, bytes);
  expect(Timer.methods.now.results.decode(bytes, 0, length).monotonicNs).toBe(123n);
  expect(Endpoint.methods.mint.results.decode(new Uint8Array(0)).client).toBe(-1);
});

it('a method that takes nothing has a message of one word, and takes what a newer caller adds', () => {
  const { params } = Timer.methods.now;
  const bytes = new Uint8Array(16).fill(0xff);
  expect(params.measure({})).toBe(8);
  expect(params.encode({}, bytes)).toBe(8);
  expect(bytes.subarray(0, 8)).toEqual(new Uint8Array([0xfc, 0xff, 0xff, 0xff, 0, 0, 0, 0]));
  expect(params.decode(bytes, 0, 8)).toEqual({});
  expect(params.decode(bytes, 0, 0)).toEqual({});
  expect(params.decode(new Uint8Array([0, 0, 0, 0, 1, 0, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9]))).toEqual({});
  expect(() => params.encode({}, bytes, 12)).toThrow(expect.objectContaining({ code: 'noRoom' }));
  expect(() => params.decode(bytes, 8)).toThrow(expect.objectContaining({ name: 'CodecError' }));
});
