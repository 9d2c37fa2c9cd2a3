// The list of a suite's failing tests, as it is kept in docs/judges: a head with the score, then a line a test.
//
//   # bash tests: 71 of 72, bash 5.2.15-2, 2026-11-22
//   run-jobs: exit 1
import type { Failure, Score } from './judging.ts';

export interface FailureList {
  readonly title: string;
  readonly passed: number;
  readonly outOf: number;
  /** The suite's version, the day, and what else was said. */
  readonly about: string;
  /** How each failing test ended. */
  readonly failing: ReadonlyMap<string, string>;
}

/** How a test ended that had no time left: the fault of the machine it ran on, perhaps. */
const TIME_LIMIT = 'time limit';

export function formatFailureList(title: string, version: string, day: string, score: Score): string {
  const { passed, outOf, failures } = score;
  return `# ${title}: ${passed} of ${outOf}, ${version}, ${day}\n${failures.map(({ test, ending }) => `${test}: ${ending}\n`).join('')}`;
}

/** @throws Error when it is no such list */
export function parseFailureList(text: string): FailureList {
  const [head, ...lines] = text.trimEnd().split('\n');
  const [, title, passed, outOf, about] = /^# (.+?): (\d+) of (\d+), (.+)$/.exec(head!) ?? [];
  if (title === undefined) throw new Error(`"${head}" is no head of a list: write "# TITLE: N of M, VERSION, DAY"`);
  const failing = lines.map((line) => {
    // The ending holds no colon and a space, a test's name may.
    const end = line.lastIndexOf(': ');
    if (end < 0) throw new Error(`"${line}" is no line of a list: write "TEST: ENDING"`);
    return [line.slice(0, end), line.slice(end + 2)] as const;
  });
  return { title, passed: Number(passed), outOf: Number(outOf), about: about!, failing: new Map(failing) };
}

/** Failures that a list does not name. One that ran out of time says more of the machine than of the test: it is not among them. */
export function newFailures(failures: readonly Failure[], list: FailureList | undefined): readonly Failure[] {
  return failures.filter(({ test, ending }) => ending !== TIME_LIMIT && list?.failing.has(test) !== true);
}
