// The descriptor table against a model: an array of what each number names.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DescriptorTable } from '../../src/files/descriptor-table.ts';
import { syntheticStatus } from '../../src/files/file-status.ts';
import { OpenFile } from '../../src/files/open-file.ts';

const LIMIT = 12;

class CountedFile extends OpenFile {
  override readonly description = 'counted';
  closed = 0;

  override status() {
    return syntheticStatus(0, 1n);
  }

  protected override close(): void {
    this.closed++;
  }
}

const number = fc.integer({ min: -1, max: LIMIT + 1 });
const step = fc.oneof(
  fc.record({ kind: fc.constant('open' as const), at: fc.nat(LIMIT), to: number, flag: fc.boolean() }),
  fc.record({
    kind: fc.constantFrom('close' as const, 'dup' as const, 'replace' as const, 'flag' as const),
    at: number,
    to: number,
    flag: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('exec' as const), at: number, to: number, flag: fc.boolean() }),
);

describe('the descriptor table', () => {
  it('agrees with an array, and closes a description exactly when its last descriptor goes', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const table = new DescriptorTable(LIMIT);
        const model: ({ file: CountedFile; flag: boolean } | undefined)[] = [];
        const all: CountedFile[] = [];
        const lowest = (from: number): number => {
          let at = from;
          while (model[at] !== undefined) at++;
          return at;
        };
        const add = (file: CountedFile, flag: boolean, from: number): void => {
          file.retain();
          const got = table.add(file, flag, from);
          const expected = lowest(from);
          if (expected >= LIMIT) expect(got).toBe(-24);
          else {
            expect(got).toBe(expected);
            model[expected] = { file, flag };
          }
          file.release();
        };
        for (const { kind, at, to, flag } of steps) {
          if (kind === 'open') {
            const file = new CountedFile(0);
            all.push(file);
            add(file, flag, at % 3);
          } else if (kind === 'close') {
            expect(table.close(at)).toBe(model[at] === undefined ? -9 : 0);
            model[at] = undefined;
          } else if (kind === 'dup') {
            const entry = model[at];
            if (entry !== undefined) add(entry.file, flag, 0);
            else expect(table.get(at)).toBeUndefined();
          } else if (kind === 'replace') {
            const entry = model[at];
            if (entry === undefined) continue;
            const got = table.replace(to, entry.file, flag);
            if (to < 0 || to >= LIMIT) expect(got).toBe(-9);
            else {
              expect(got).toBe(to);
              model[to] = { file: entry.file, flag };
            }
          } else if (kind === 'flag') {
            expect(table.setCloseOnExec(at, flag)).toBe(model[at] !== undefined);
            const entry = model[at];
            if (entry !== undefined) model[at] = { ...entry, flag };
          } else {
            table.closeOnExecDescriptors();
            for (const [index, entry] of model.entries()) if (entry?.flag === true) model[index] = undefined;
          }
          for (let index = 0; index < LIMIT; index++) {
            expect(table.get(index)).toBe(model[index]?.file);
            expect(table.closeOnExec(index)).toBe(model[index]?.flag);
          }
          for (const file of all) {
            const held = model.filter((entry) => entry?.file === file).length;
            expect(file.references).toBe(held);
            expect(file.closed).toBe(held === 0 ? 1 : 0);
          }
        }
      }),
    );
  });
});
