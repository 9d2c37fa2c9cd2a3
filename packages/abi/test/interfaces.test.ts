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
