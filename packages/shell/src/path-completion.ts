// Completes paths: /NAME of a directory the shell holds, then what is in it.
import { fromUtf8 } from '@capos/abi';
import { components, listDirectory } from './path.ts';
import type { Session } from './session.ts';

/** Paths that begin with `word`. */
export async function completePath(session: Session, word: string): Promise<string[]> {
  const slash = word.lastIndexOf('/');
  const folder = slash < 0 ? '/' : word.slice(0, slash + 1);
  const begun = word.slice(slash + 1);
  const entries = await listDirectory(session, `/${components(folder).join('/')}`);
  return entries
    .map(({ name, kind }) => `${fromUtf8(name)}${kind === 'directory' ? '/' : ''}`)
    .filter((name) => name.startsWith(begun))
    .map((name) => `${slash < 0 ? '/' : folder}${name}`);
}
