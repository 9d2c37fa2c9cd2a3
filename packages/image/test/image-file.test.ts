import { createHash } from 'node:crypto';
import { Console } from '@capos/abi';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareWithLock,
  defineSystem,
  type Image,
  ImageError,
  lockImage,
  packImage,
  unpackImage,
} from '../src/index.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());

const system = defineSystem({
  name: 'demo',
  programs: { a: { elf: 'a.elf' }, b: { elf: 'b.elf' } },
  services: {
    a: { program: 'a', imports: { console: 'kernel.console' }, exports: { out: Console } },
    b: { program: 'b' },
  },
});

const contents = fc.oneof(
  fc.constant(new Uint8Array(0)),
  fc.constant(new Uint8Array([1, 2, 3])),
  fc.uint8Array({ maxLength: 300 }),
);
const images: fc.Arbitrary<Image> = fc
  .tuple(
    contents,
    contents,
    fc.dictionary(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }).filter((name) => !name.includes('\0')),
      contents,
    ),
  )
  .map(([a, b, others]) => ({
    manifest: system.manifest,
    blobs: new Map([['a.elf', a], ['b.elf', b], ...Object.entries(others)]),
  }));

function plain({ manifest, blobs }: Image): unknown {
  return { manifest: [...manifest], blobs: [...blobs].map(([name, bytes]) => [name, [...bytes]]).sort() };
}

function refusal(file: Uint8Array): string {
  try {
    unpackImage(file, sha256);
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    return error.code;
  }
  return 'accepted';
}

it('what was packed is unpacked', () => {
  fc.assert(
    fc.property(images, (image) => {
      expect(plain(unpackImage(packImage(image, sha256), sha256))).toEqual(plain(image));
    }),
    { numRuns: 200 },
  );
});

it('one system has one image, whatever the order of its blobs', () => {
  fc.assert(
    fc.property(images, (image) => {
      const reversed = { ...image, blobs: new Map([...image.blobs].reverse()) };
      expect(packImage(reversed, sha256)).toEqual(packImage(image, sha256));
    }),
    { numRuns: 50 },
  );
});

it('equal blobs are stored once', () => {
  const large = new Uint8Array(100_000).fill(7);
  const once = packImage(
    {
      manifest: system.manifest,
      blobs: new Map([
        ['a.elf', large],
        ['b.elf', new Uint8Array(1)],
      ]),
    },
    sha256,
  );
  const twice = packImage(
    {
      manifest: system.manifest,
      blobs: new Map([
        ['a.elf', large],
        ['b.elf', large.slice()],
      ]),
    },
    sha256,
  );
  expect(twice.length).toBeLessThan(once.length + 8);
});

it('an image is opened inside a larger buffer, without copies', () => {
  const file = packImage(
    {
      manifest: system.manifest,
      blobs: new Map([
        ['a.elf', new Uint8Array([9, 9])],
        ['b.elf', new Uint8Array(0)],
      ]),
    },
    sha256,
  );
  const buffer = new Uint8Array(file.length + 32);
  buffer.set(file, 16);
  const image = unpackImage(buffer.subarray(16, 16 + file.length), sha256);
  expect(image.blobs.get('a.elf')).toEqual(new Uint8Array([9, 9]));
  expect(image.blobs.get('a.elf')!.buffer).toBe(buffer.buffer);
});

it('a system whose blob is missing is not packed', () => {
  expect(() =>
    packImage({ manifest: system.manifest, blobs: new Map([['a.elf', new Uint8Array(1)]]) }, sha256),
  ).toThrow('needs the blob "b.elf"');
});

describe('a file that is not as it was packed', () => {
  const file = packImage(
    {
      manifest: system.manifest,
      blobs: new Map([
        ['a.elf', new Uint8Array(100).fill(1)],
        ['b.elf', new Uint8Array(50).fill(2)],
      ]),
    },
    sha256,
  );

  it('is refused for every single bit that is turned', () => {
    for (let at = 0; at < file.length; at++) {
      const bytes = file.slice();
      bytes[at]! ^= 1 << (at % 8);
      expect(refusal(bytes), `byte ${at}`).not.toBe('accepted');
    }
  });

  it('is refused at every length it is cut to, and with anything behind it', () => {
    for (let length = 0; length < file.length; length++) {
      expect(refusal(file.subarray(0, length))).toMatch(length < 8 ? 'notAnImage' : /notAnImage|damagedImage/);
    }
    const longer = new Uint8Array(file.length + 8);
    longer.set(file);
    expect(refusal(longer)).toBe('damagedImage');
  });

  it('is refused when its maker made the digests fit', () => {
    // A hostile maker can compute SHA-256 too: the index is what it says, and still nothing may overlap or hide.
    const view = new DataView(file.buffer);
    const indexSize = view.getUint32(12, true);
    const tampered = (change: (index: DataView) => void): string => {
      const bytes = file.slice();
      change(new DataView(bytes.buffer, 48, indexSize));
      bytes.set(sha256(bytes.subarray(48, 48 + indexSize)), 16);
      return refusal(bytes);
    };
    expect(tampered(() => {})).toBe('accepted');
    for (let at = 0; at < indexSize; at++) {
      for (const byte of [0, 1, 8, 0x7f, 0xff]) {
        const outcome = tampered((index) => index.setUint8(at, byte));
        expect(['accepted', 'damagedImage', 'badManifest']).toContain(outcome);
      }
    }
  });

  it('is refused with random bytes behind a good header', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (tail) => {
        const indexSize = tail.length & ~7;
        const bytes = new Uint8Array(48 + tail.length);
        bytes.set(file.subarray(0, 12));
        new DataView(bytes.buffer).setUint32(12, indexSize, true);
        bytes.set(tail, 48);
        bytes.set(sha256(bytes.subarray(48, 48 + indexSize)), 16);
        expect(refusal(bytes)).toMatch(/damagedImage|badManifest/);
      }),
      { numRuns: 1000 },
    );
  });
});

it('a lock names every part, and tells what changed', () => {
  const image = {
    manifest: system.manifest,
    blobs: new Map([
      ['b.elf', new Uint8Array([2])],
      ['a.elf', new Uint8Array([1])],
    ]),
  };
  const lock = lockImage(image, sha256);
  expect(Object.keys(lock.blobs)).toEqual(['a.elf', 'b.elf']);
  expect(lock.blobs['a.elf']).toBe(
    createHash('sha256')
      .update(new Uint8Array([1]))
      .digest('hex'),
  );
  expect(compareWithLock(JSON.parse(JSON.stringify(lock)), image, sha256)).toEqual([]);
  const changed = {
    ...image,
    blobs: new Map([...image.blobs, ['a.elf', new Uint8Array([9])], ['new', new Uint8Array(0)]]),
  };
  expect(compareWithLock(lock, changed, sha256)).toEqual([
    expect.stringContaining('blob a.elf is'),
    'blob new is not in the lock',
  ]);
});
