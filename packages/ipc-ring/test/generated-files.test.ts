// What is generated from the layout is what is committed, and the layout itself is possible.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { generatedFiles } from '../scripts/generated-files.ts';
import { type FieldKind, LAYOUTS, OPERATIONS, TRANSPORT_ERRORS } from '../src/layout.ts';

const root = new URL('../', import.meta.url);
const sizes: Readonly<Record<FieldKind, number>> = { u8: 1, u16: 2, u32: 4, i32: 4, u64: 8 };

describe('the layout', () => {
  test.each(LAYOUTS)('$name has aligned fields in order that do not overlap', (layout) => {
    let end = 0;
    for (const field of layout.fields) {
      expect(field.offset % sizes[field.kind], field.name).toBe(0);
      expect(field.offset, field.name).toBeGreaterThanOrEqual(end);
      end = field.offset + sizes[field.kind];
    }
    expect(end).toBeLessThanOrEqual(layout.size);
  });

  test('operations and errors have distinct numbers, and operations name only fields and errors that exist', () => {
    expect(new Set(OPERATIONS.map((op) => op.value)).size).toBe(OPERATIONS.length);
    expect(new Set(TRANSPORT_ERRORS.map((error) => error.value)).size).toBe(TRANSPORT_ERRORS.length);
    const fields = new Set(LAYOUTS.find((layout) => layout.prefix === 'SQE')!.fields.map((field) => field.name));
    const errors = new Set(TRANSPORT_ERRORS.map((error) => error.name));
    for (const op of OPERATIONS) {
      for (const field of Object.keys(op.reads)) expect(fields, `${op.name} reads ${field}`).toContain(field);
      for (const error of op.errors) expect(errors, `${op.name} ends in ${error}`).toContain(error);
    }
  });
});

describe('generated files', () => {
  test.each([...generatedFiles()])('%s is fresh: run `pnpm --filter @capos/ipc-ring generate`', (path, content) => {
    expect(readFileSync(new URL(path, root), 'utf8')).toBe(content);
  });

  const header = fileURLToPath(new URL('src/generated/c/ring.h', root));
  test.each([
    ['gcc', 'c11', 'c'],
    ['clang', 'c11', 'c'],
    ['g++', 'c++17', 'c++'],
  ])('%s accepts every offset that the C header asserts', (compiler, standard, language) => {
    if (!exists(compiler)) return;
    const flags = ['-Wall', '-Wextra', '-Werror', '-pedantic', '-fsyntax-only', `-std=${standard}`, '-x', language];
    execFileSync(compiler, [...flags, header], { stdio: 'pipe' });
  });
});

function exists(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
