import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodecError, decodeLent, fileWriteParams } from '../../src/index.ts';
import { encodeDirty, specimens } from './specimen-values.ts';

const write = (length: number): Uint8Array => {
  const value = { offset: 5n, data: new Uint8Array(length).fill(7), append: false };
  const bytes = new Uint8Array(fileWriteParams.measure(value));
  fileWriteParams.encode(value, bytes);
  return bytes;
};

describe.each([...specimens])('a $name that lends its data', ({ codec, values }) => {
  it('says what its copy says', () => {
    fc.assert(
      fc.property(values, (value) => {
        const bytes = encodeDirty(codec, value);
        expect(decodeLent(codec, bytes, 0, bytes.length)).toStrictEqual(codec.decode(bytes));
      }),
      { numRuns: 50 },
    );
  });
});

describe('lent data', () => {
  it('is the memory of the message, from 256 bytes on', () => {
    const long = write(256);
    const lent = decodeLent(fileWriteParams, long, 0, long.length);
    expect(lent.data.buffer).toBe(long.buffer);
    long[lent.data.byteOffset] = 9;
    expect(lent.data[0]).toBe(9);
    const short = write(255);
    expect(decodeLent(fileWriteParams, short, 0, short.length).data.buffer).not.toBe(short.buffer);
  });

  it('is lent to nobody else, even after a message that is none', () => {
    const bytes = write(1000);
    expect(() => decodeLent(fileWriteParams, bytes, 0, 24)).toThrow(CodecError);
    expect(fileWriteParams.decode(bytes).data.buffer).not.toBe(bytes.buffer);
  });
});
