// The judges themselves: what they read out of a program's output, and what they keep of a run.
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CONFINEMENT_TITLE } from '../../judges/confinement/confinement.ts';
import { formatFailureList, newFailures, parseFailureList } from '../../judges/failure-list.ts';
import { describeEnding, type RunOutcome } from '../../judges/judge.ts';
import { type Failure, nativeMemoryName } from '../../judges/judging.ts';
import { sameOutput } from '../../judges/same-output.ts';
import { sampled } from '../../judges/sample.ts';
import { verdictLines } from '../../judges/suites/busybox-test-suite.ts';
import { compiledVerdict } from '../../judges/suites/compiled-programs.ts';
import { goVerdicts } from '../../judges/suites/go-standard-library.ts';
import { listedEntries, ltpVerdict } from '../../judges/suites/linux-test-project.ts';
import { JUDGES } from '../../judges/suites.ts';
import { UnfinishedRun, type UnitResult } from '../../judges/unfinished-run.ts';

const outcome = (stdout: string, ending: RunOutcome['ending'] = { how: 'exited', code: 0 }): RunOutcome => ({
  ending,
  stdout: Buffer.from(stdout),
  stderr: new Uint8Array(),
});

describe('verdicts', () => {
  test('of busybox are PASS and FAIL lines; a name that comes again is counted', () => {
    const output = 'PASS: sort\nFAIL: sort\nXPASS: sort\nSKIPPED: sort -h\n PASS: indented\nPASS: a: b\n';
    expect([...verdictLines('sort', output)]).toEqual([
      ['sort: sort', true],
      ['sort: sort #2', false],
      ['sort: a: b', true],
    ]);
  });

  test('of Go are those of whole tests; skipped ones are decided by nobody', () => {
    const output =
      '=== RUN   TestA\n--- PASS: TestA (0.00s)\n    --- FAIL: TestA/part (0.00s)\n--- SKIP: TestB (0.00s)\n--- FAIL: TestC (0.10s)\n';
    expect([...goVerdicts('os', output)]).toEqual([
      ['os TestA', true],
      ['os TestC', false],
    ]);
  });

  test('of the Linux Test Project need a clean end and no more parts skipped than on Linux', () => {
    const summary = (skipped: number, code = 0): RunOutcome =>
      outcome(`x.c:1: TPASS: it\n\nSummary:\npassed   3\nfailed   0\nskipped  ${skipped}\n`, { how: 'exited', code });
    expect(ltpVerdict(summary(1), summary(1))).toBe(true);
    expect(ltpVerdict(summary(2), summary(1))).toBe(false);
    expect(ltpVerdict(summary(0, 1), summary(1))).toBe(false);
    expect(ltpVerdict(outcome('no summary\n'), summary(0))).toBe(true);
    // 32: not configured.
    expect(ltpVerdict(summary(3, 32), undefined)).toBe(false);
    expect(ltpVerdict(summary(3), undefined)).toBe(true);
  });

  test('of compiled programs need the bytes and the ending that they have on Linux', () => {
    const ill: RunOutcome['ending'] = { how: 'killed', signal: 4 };
    expect(compiledVerdict(outcome('a', ill), undefined, 'bytes')).toBe(true);
    expect(compiledVerdict(outcome('a', { how: 'exited', code: 1 }), undefined, 'bytes')).toBe(false);
    expect(compiledVerdict(outcome('a', { how: 'timed out' }), undefined, 'bytes')).toBe(false);
    expect(compiledVerdict(outcome('a', ill), outcome('a', ill), 'bytes')).toBe(true);
    expect(compiledVerdict(outcome('b', ill), outcome('a', ill), 'bytes')).toBe(false);
    expect(compiledVerdict(outcome('b', ill), outcome('a', ill), 'ending')).toBe(true);
    expect(compiledVerdict(outcome('a'), outcome('a', ill), 'bytes')).toBe(false);
    expect(compiledVerdict(outcome('a\nb\n'), outcome('b\na\n'), 'bytes')).toBe(false);
    expect(compiledVerdict(outcome('a\nb\n'), outcome('b\na\n'), 'lines')).toBe(true);
    expect(compiledVerdict(outcome('a\nb\n'), outcome('a\na\n'), 'lines')).toBe(false);
    expect(compiledVerdict(outcome('a', { how: 'killed', signal: 11 }), outcome('a', ill), 'bytes')).toBe(false);
  });

  test('of compared programs need the same bytes and a clean end', () => {
    const judged = sameOutput('it', (text) => text.replace(/\d+ms/, 'T'));
    const passes = (inside: RunOutcome, native?: RunOutcome): boolean | undefined => judged(inside, native).get('it');
    expect(passes(outcome('took 5ms'), outcome('took 70ms'))).toBe(true);
    expect(passes(outcome('took 5ms'), outcome('took 70ms '))).toBe(false);
    expect(passes(outcome('same', { how: 'exited', code: 1 }), outcome('same'))).toBe(false);
    expect(passes(outcome('same', { how: 'killed', signal: 11 }), outcome('same'))).toBe(false);
    // The native side is judged by its end alone.
    expect(passes(outcome('anything'))).toBe(true);
  });

  test('tell how a run ended as a shell would', () => {
    const endings: RunOutcome['ending'][] = [
      { how: 'exited', code: 3 },
      { how: 'killed', signal: 11 },
      { how: 'timed out' },
      { how: 'broke', message: 'why' },
    ];
    expect(endings.map((ending) => describeEnding(outcome('', ending)))).toEqual([
      'exit 3',
      'signal 11',
      'time limit',
      'capos broke: why',
    ]);
  });
});

test("an entry of the Linux Test Project's list is a name and a command; comments are none", () => {
  expect(listedEntries('#DESCRIPTION\n\nabort01 abort01\nfork06\tfork_procs -n 1000 \n# fork07 fork07\n')).toEqual([
    { name: 'abort01', command: 'abort01', program: 'abort01' },
    { name: 'fork06', command: 'fork_procs -n 1000', program: 'fork_procs' },
  ]);
});

test('native outcomes are kept under a name that a file can have, one for each version', () => {
  expect(nativeMemoryName('go', 'go 1.19.8')).toBe('native-go-go-1-19-8.json');
  const long = (end: string): string =>
    nativeMemoryName('valgrind', `${'valgrind 3.19 not this test '.repeat(40)}${end}`);
  expect(long('a').length).toBeLessThan(256);
  expect(long('a')).not.toBe(long('b'));
});

describe('a sample', () => {
  test('is part of the items, in their order, as many as asked for, and the same for the same seed', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat()), fc.nat(30), fc.nat(), (items, count, seed) => {
        const drawn = sampled(items, count, seed);
        expect(drawn).toEqual(items.filter((item) => drawn.includes(item)));
        expect(drawn).toHaveLength(Math.min(count, items.length));
        expect(sampled(items, count, seed)).toEqual(drawn);
      }),
    );
  });

  test('differs from seed to seed', () => {
    const items = Array.from({ length: 100 }, (_, index) => index);
    expect(new Set([1, 2, 3, 4].map((seed) => sampled(items, 5, seed).join())).size).toBe(4);
  });
});

describe('a run that broke off', () => {
  const result = (unit: string, failing: readonly string[] = []): UnitResult => ({
    unit,
    outOf: 2,
    failures: failing.map((test) => ({ test, unit, ending: 'exit 1', output: 'why\n' })),
  });
  const inFile = (check: (file: string) => void): void => {
    const folder = mkdtempSync(join(tmpdir(), 'unfinished-'));
    try {
      check(join(folder, 'run.jsonl'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  test('is gone on with: what it had decided is known, a line that was being written is not', () =>
    inFile((file) => {
      const first = new UnfinishedRun(file, 'v1', true);
      first.add(result('a', ['a 1']));
      first.add(result('b'));
      appendFileSync(file, '{"unit":"c","out');
      const second = new UnfinishedRun(file, 'v1', true);
      expect(second.size).toBe(2);
      expect(second.get('a')).toEqual(result('a', ['a 1']));
      expect(second.get('c')).toBeUndefined();
      second.add(result('c'));
      expect(new UnfinishedRun(file, 'v1', true).size).toBe(3);
    }));

  test('of other code or another version is forgotten, and so is one that nobody asks for or that came to its end', () =>
    inFile((file) => {
      const begin = (key: string, goesOn: boolean): UnfinishedRun => new UnfinishedRun(file, key, goesOn);
      begin('v1', true).add(result('a'));
      expect(begin('v2', true).size).toBe(0);
      begin('v2', true).add(result('a'));
      expect(begin('v2', false).size).toBe(0);
      const whole = begin('v2', true);
      whole.add(result('a'));
      whole.finish();
      expect(existsSync(file)).toBe(false);
    }));
});

describe('a list of failures', () => {
  const failure = (test: string, ending: string): Failure => ({ test, unit: 'unit', ending, output: '' });

  test('is read as it was written, whatever the tests are called', () => {
    const name = fc.stringMatching(/^[a-z0-9'/:. -]{1,30}$/).map((text) => `x${text.trim()}`);
    fc.assert(
      fc.property(fc.uniqueArray(name), fc.constantFrom('exit 1', 'signal 11', 'time limit'), (tests, ending) => {
        const failures = tests.map((test) => failure(test, ending));
        const text = formatFailureList('T: s', 'v 1', '2026-01-01', { passed: 5, outOf: 5 + tests.length, failures });
        const list = parseFailureList(text);
        expect(list).toMatchObject({ title: 'T: s', passed: 5, outOf: 5 + tests.length, about: 'v 1, 2026-01-01' });
        expect([...list.failing]).toEqual(tests.map((test) => [test, ending]));
      }),
    );
  });

  test('excuses what it names, and running out of time, but nothing else', () => {
    const list = parseFailureList('# T: 1 of 2, v, d\nknown: exit 1\n');
    const failures = [failure('known', 'exit 2'), failure('slow', 'time limit'), failure('new', 'exit 1')];
    expect(newFailures(failures, list).map(({ test }) => test)).toEqual(['new']);
    expect(newFailures(failures, undefined).map(({ test }) => test)).toEqual(['known', 'new']);
  });

  test('that is no list is refused', () => {
    expect(() => parseFailureList('nothing\n')).toThrow(/no head/);
    expect(() => parseFailureList('# T: 1 of 2, v, d\nno ending\n')).toThrow(/no line/);
  });

  const records = join(import.meta.dirname, '../../../../docs/judges');
  test.for(readdirSync(records))(
    '%s is of a judge there is, and its score is as many short as it has lines',
    (file) => {
      const list = parseFailureList(readFileSync(join(records, file), 'utf8'));
      const title =
        file === 'confinement.txt' ? CONFINEMENT_TITLE : JUDGES.find(({ name }) => `${name}.txt` === file)?.title;
      expect(list.title).toBe(title);
      expect(list.outOf - list.passed).toBe(list.failing.size);
    },
  );
});
