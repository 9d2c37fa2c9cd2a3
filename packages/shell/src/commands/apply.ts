// apply: makes the running system what a manifest says. Needs `system` (SystemControl): whoever holds that decides what runs.
import { joinBytes, SystemControl } from '@capos/abi';
import { readFile } from '../path.ts';
import { completePath } from '../path-completion.ts';
import { type Command, expectArguments } from './command.ts';

export const apply: Command = {
  usage: 'apply PATH',
  summary: 'make the running system what a manifest says, by the difference',
  async run(session, args) {
    expectArguments(apply, args, 1, 1);
    const pieces: Uint8Array[] = [];
    await readFile(session, args[0]!, async (bytes) => void pieces.push(bytes.slice()));
    const { change } = await session.require('system', SystemControl).apply({ manifest: joinBytes(pieces) });
    const { problems, failed, ...done } = change;
    for (const problem of [...problems, ...failed]) await session.print(`${problem}\n`);
    for (const [what, services] of Object.entries(done) as [string, readonly string[]][]) {
      if (services.length > 0) await session.print(`${what}: ${services.join(', ')}\n`);
    }
    if (problems.length === 0 && Object.values(change).every((services) => services.length === 0)) {
      await session.print('nothing to change\n');
    }
    return problems.length + failed.length > 0 ? 1 : 0;
  },
  complete: completePath,
};
