import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { programFormat } from '../src/elf-note.ts';

const PREBUILT = join(import.meta.dirname, '../../libcapos/prebuilt');
const ESBUILD = join(import.meta.dirname, '../../../node_modules/@esbuild/linux-x64/bin/esbuild');

describe('the format of a program', () => {
  test('a program built with libcapos is native', () => {
    expect(programFormat(readFileSync(join(PREBUILT, 'exit-code.elf')))).toBe('native');
  });

  test.skipIf(!existsSync(ESBUILD))('a Linux program is foreign, and so is a cut one', () => {
    const bytes = readFileSync(ESBUILD).subarray(0, 65_536);
    expect(programFormat(bytes)).toBe('foreign');
    expect(programFormat(bytes.subarray(0, 100))).toBe('foreign');
  });

  test('anything else is no ELF file', () => {
    expect(programFormat(new Uint8Array())).toBe('not-elf');
    expect(programFormat(new TextEncoder().encode('#!/bin/sh\n'.repeat(20)))).toBe('not-elf');
  });

  test('hostile headers are read in bounded time and never throw', () => {
    const native = readFileSync(join(PREBUILT, 'exit-code.elf')).subarray(0, 4096);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(600), fc.nat(255)), { maxLength: 24 }), (edits) => {
        const bytes = Uint8Array.from(native);
        for (const [at, value] of edits) bytes[at] = value;
        expect(['native', 'foreign', 'not-elf']).toContain(programFormat(bytes));
      }),
    );
  });
});
