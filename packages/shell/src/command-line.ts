// A typed line → words. Quotes group, a backslash takes the next character as it is, # starts a comment.

export class CommandLineError extends Error {
  override readonly name = 'CommandLineError';
}

/**
 * Splits a line as POSIX shells quote it (POSIX.1-2024, Shell & Utilities §2.2), without expansions.
 * @throws CommandLineError when a quote is left open.
 */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const c = line[i]!;
    if (quote !== '') {
      if (c === quote) quote = '';
      else if (c === '\\' && quote === '"' && i + 1 < line.length && '"\\'.includes(line[i + 1]!)) word += line[++i]!;
      else word += c;
    } else if (c === "'" || c === '"') {
      quote = c;
      word ??= '';
    } else if (c === '\\' && i + 1 < line.length) {
      word = (word ?? '') + line[++i]!;
    } else if (c === ' ' || c === '\t') {
      if (word !== null) words.push(word);
      word = null;
    } else if (c === '#' && word === null) {
      break;
    } else {
      word = (word ?? '') + c;
    }
  }
  if (quote !== '') throw new CommandLineError(`a ${quote} is left open; close it with another ${quote}`);
  if (word !== null) words.push(word);
  return words;
}
