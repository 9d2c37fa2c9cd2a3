// help: the commands there are.
import { ShellError } from '../shell-error.ts';
import type { Command } from './command.ts';

/** @param commands every command, this one too */
export const createHelp = (commands: () => ReadonlyMap<string, Command>): Command => ({
  usage: 'help [COMMAND]',
  summary: 'what there is to type',
  async run(session, args) {
    const [name] = args;
    if (name !== undefined) {
      const command = commands().get(name);
      if (command === undefined) throw new ShellError(`there is no command ${name}; help lists them`);
      await session.print(`${command.usage}\n  ${command.summary}\n`);
      return 0;
    }
    const usages = [...commands().values()];
    const width = Math.max(...usages.map(({ usage }) => usage.length));
    for (const { usage, summary } of usages) await session.print(`  ${usage.padEnd(width)}  ${summary}\n`);
    await session.print('Tab completes, ↑ recalls, Ctrl-C interrupts the running program, Ctrl-D ends the shell.\n');
    return 0;
  },
  complete: async (_session, word) => [...commands().keys()].filter((name) => name.startsWith(word)),
});
