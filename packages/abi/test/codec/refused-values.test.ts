import { describe, expect, it } from 'vitest';
import type { CodecError } from '../../src/index.ts';
import { lists, numbers, pointers, shape, type Tree, tree } from '../generated/codecs/index.ts';

const unset = numbers.decode(new Uint8Array(0));
const buffer = new Uint8Array(4096);

function refusal(encode: () => unknown): { code: string; message: string } {
  try {
    encode();
  } catch (error) {
    return { code: (error as CodecError).code, message: (error as Error).message };
  }
  return { code: 'accepted', message: '' };
}

describe('a number that its field can not hold is refused, by name', () => {
  it.each([
    ['int8', 128],
    ['int8', -129],
    ['int16', 32768],
    ['int32', 2 ** 31],
    ['uint8', 256],
    ['uint8', -1],
    ['uint16', 65536],
    ['uint32', 2 ** 32],
    ['uint32', 0.5],
    ['uint32', Number.NaN],
    ['int64', 2n ** 63n],
    ['uint64', -1n],
    ['uint64', 2n ** 64n],
    ['uint64', 5],
    ['colour', 'purple'],
    ['colour', 65536],
    ['float64', 'x'],
  ])('%s = %s', (field, value) => {
    const { code, message } = refusal(() => numbers.encode({ ...unset, [field]: value }, buffer));
    expect(code).toBe('outOfRange');
    expect(message).toContain(`Numbers.${field}`);
  });
});

it('elements of lists are held to the same', () => {
  const empty = lists.decode(new Uint8Array(0));
  expect(refusal(() => lists.encode({ ...empty, int16s: [40000] }, buffer)).code).toBe('outOfRange');
  expect(refusal(() => lists.encode({ ...empty, uint64s: [-1n] }, buffer)).code).toBe('outOfRange');
  expect(refusal(() => lists.encode({ ...empty, voids: -1 }, buffer)).code).toBe('outOfRange');
  expect(refusal(() => lists.encode({ ...empty, services: [-2] }, buffer)).code).toBe('outOfRange');
});

it('a union member and a capability that do not exist are refused', () => {
  const triangle = { ...shape.decode(new Uint8Array(0)), which: 'triangle' } as never;
  expect(refusal(() => shape.encode(triangle, buffer))).toMatchObject({ code: 'outOfRange' });
  expect(refusal(() => shape.measure(triangle))).toMatchObject({ code: 'outOfRange' });
  const none = pointers.decode(new Uint8Array(0));
  expect(refusal(() => pointers.encode({ ...none, capability: -2 }, buffer)).code).toBe('outOfRange');
});

it('a value that contains itself is refused, not followed for ever', () => {
  const loop: Tree = { value: 1, left: undefined, right: undefined, children: [] };
  loop.left = loop;
  expect(refusal(() => tree.encode(loop, buffer)).code).toBe('tooDeep');
  expect(refusal(() => tree.measure(loop)).code).toBe('tooDeep');
});

it('what a codec writes it also reads, at the greatest depth it writes', () => {
  let deep: Tree = { value: 0, left: undefined, right: undefined, children: [] };
  let written = 1;
  while (refusal(() => tree.encode({ ...deep, left: deep }, buffer)).code === 'accepted') {
    deep = { value: ++written, left: deep, right: undefined, children: [] };
  }
  expect(written).toBe(63);
  const length = tree.encode(deep, buffer);
  expect(tree.decode(buffer, 0, length)).toStrictEqual(deep);
});
