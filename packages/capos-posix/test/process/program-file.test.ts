// What execve reads of a file, and when it reads it again.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SharedCapability } from '../../src/capabilities/shared-capability.ts';
import type { DirectoryBackend, Opened } from '../../src/files/backend.ts';
import type { FileStatus } from '../../src/files/file-status.ts';
import { MountTable } from '../../src/files/mount-table.ts';
import { ProgramFiles, readProgram } from '../../src/process/program-file.ts';
import { ServerFile, world } from '../support/page-cache-world.ts';
import { now } from '../support/synchronous-directory.ts';

/** A program of the server's: it may be executed, and there is a capability behind it. */
class ProgramOfServer extends ServerFile {
  readonly capability = {} as SharedCapability;
  opens = 0;

  override status(): FileStatus {
    return { ...super.status(), mode: 0o100755 };
  }
}

function setUp() {
  const { cache: pageCache, open } = world();
  const programs = new ProgramFiles();
  const file = new ProgramOfServer(100_000);
  const directory = {
    openFile: (): Opened => {
      file.opens++;
      return { kind: 'file', file, status: file.status() };
    },
  } as unknown as DirectoryBackend;
  const { root } = new MountTable([{ path: '/', root: directory, readOnly: false, source: 'mount' }]);
  const read = (status: FileStatus = file.status()): Uint8Array => {
    const resolved = { parent: root, name: 'program', status, node: undefined, trailingSlash: false };
    const bytes = now(readProgram({ pageCache, programs }, resolved));
    if (typeof bytes === 'number') throw new Error(`error ${bytes}`);
    return bytes;
  };
  return { file, open, read, programs, pageCache };
}

describe('a program file', () => {
  it('is one array, read once, for as long as the file is the same', () => {
    const { file, read } = setUp();
    file.write(0, new Uint8Array(300_000).fill(3), false);
    const first = read();
    expect(first).toEqual(file.bytes);
    const { reads, opens } = file;
    expect(read()).toBe(first);
    expect([file.reads, file.opens]).toEqual([reads, opens]);
  });

  it('is read again when others changed it', () => {
    const { file, read } = setUp();
    file.write(0, Uint8Array.of(1, 2, 3), false);
    const first = read();
    file.write(1, Uint8Array.of(9), false);
    expect(read()).toEqual(Uint8Array.of(1, 9, 3));
    expect(first).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('is read again when a program of the domain wrote to it, though its times are the same', () => {
    const { file, open, read } = setUp();
    file.write(0, Uint8Array.of(1, 2, 3), false);
    const cached = open(file);
    read();
    const { changes } = file;
    file.write(1, Uint8Array.of(9), false);
    cached.wrote(1, Uint8Array.of(9));
    file.changes = changes;
    expect(read()).toEqual(Uint8Array.of(1, 9, 3));
  });

  it('is not kept while a mapping may write to it', () => {
    const { file, open, read } = setUp();
    file.write(0, new Uint8Array(5000).fill(1), false);
    const cached = open(file);
    expect(typeof now(cached.mapped(file, 0, 4096, true))).not.toBe('number');
    const first = read();
    expect(read()).not.toBe(first);
  });

  it('is what the file is, whatever size it was said to have', () => {
    fc.assert(
      fc.property(fc.nat(400_000), fc.nat(400_000), (size, told) => {
        const { file, read } = setUp();
        file.resize(size);
        file.bytes.fill(size);
        const actual = file.status();
        file.status = () => ({ ...actual, size: told });
        expect(Buffer.compare(read(), file.bytes)).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it('goes when others were executed since and there is no room', () => {
    const { programs, pageCache, file } = setUp();
    const fileNumbered = (inode: bigint) => pageCache.file('mount', { ...file.status(), inode });
    const status = { ...file.status(), inode: 0n };
    now(fileNumbered(0n).opened(status, file));
    const first = new Uint8Array(1);
    programs.keep(fileNumbered(0n), fileNumbered(0n).version, first);
    expect(programs.find(fileNumbered(0n), status)).toBe(first);
    for (let inode = 1n; inode <= 8n; inode++)
      programs.keep(fileNumbered(inode), fileNumbered(inode).version, new Uint8Array(8 << 20));
    expect(programs.find(fileNumbered(0n), status)).toBeUndefined();
  });
});
