import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitWords } from '../src/command-line.ts';

describe('a command line', () => {
  test('splits at blanks, keeps quoted text together', () => {
    expect(splitWords(`run  hello 'a b' "c \\"d\\"" e\\ f ''`)).toEqual(['run', 'hello', 'a b', 'c "d"', 'e f', '']);
  });

  test('drops a comment', () => {
    expect(splitWords('caps # what I hold')).toEqual(['caps']);
    expect(splitWords('cat a#b')).toEqual(['cat', 'a#b']);
  });

  test('an open quote is a plain error', () => {
    expect(() => splitWords("cat 'a")).toThrow(/close it/);
  });

  test('gives back any words that were quoted', () => {
    const quoted = (word: string) => `'${word.replaceAll("'", `'"'"'`)}'`;
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => {
        expect(splitWords(words.map(quoted).join(' '))).toEqual(words);
      }),
    );
  });
});
