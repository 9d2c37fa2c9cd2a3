// What the word under the cursor could become: a command first, then what that command completes.
import { COMMANDS } from './commands/table.ts';
import type { Completion } from './line-editor.ts';
import type { Session } from './session.ts';

/** Completes the last word of `line`. A word it can't complete has no candidates; nothing here throws. */
export async function complete(session: Session, line: string): Promise<Completion> {
  const start = line.lastIndexOf(' ') + 1;
  const word = line.slice(start);
  const words = line
    .slice(0, start)
    .split(' ')
    .filter((w) => w !== '');
  const [name, ...args] = words;
  try {
    const candidates =
      name === undefined
        ? [...COMMANDS.keys()].filter((command) => command.startsWith(word))
        : ((await COMMANDS.get(name)?.complete?.(session, word, args)) ?? []);
    return { start, candidates };
  } catch {
    return { start, candidates: [] };
  }
}
