// The line discipline against Linux's own: what its pseudo terminals answered on random cases, recorded; and, in the slow
// suite, what they answer to new ones.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Answer, agreeing, type Operation, play } from './support/terminal-cases.ts';

const recorded: readonly { readonly operations: readonly Operation[]; readonly answers: readonly Answer[] }[] =
  JSON.parse(readFileSync(new URL('generated/linux-terminal.json', import.meta.url), 'utf8'));

test('input, echo, editing, signals and reads are those of Linux', () => {
  expect(recorded.length).toBeGreaterThan(100);
  for (const { operations, answers } of recorded)
    expect(play(operations).map(agreeing), JSON.stringify(operations)).toEqual(answers.map(agreeing));
});

test('reads in canonical mode stop at ends of lines, and an end of file is read as nothing, once', () => {
  const text = [...'abcd\nef'].map((character) => character.charCodeAt(0));
  const answers = play([
    { type: [...text, 4, 4] },
    { read: 2 },
    { read: 10 },
    { read: 10 },
    { read: 10 },
    { read: 10 },
  ]);
  expect(answers.slice(1).map(({ data }) => data && String.fromCharCode(...data))).toEqual([
    'ab',
    'cd\n',
    'ef',
    '',
    null,
  ]);
});
