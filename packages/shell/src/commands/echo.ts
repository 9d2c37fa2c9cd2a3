// echo: its arguments, on one line.
import type { Command } from './command.ts';

export const echo: Command = {
  usage: 'echo [WORD…]',
  summary: 'print words; $? is the last exit status',
  async run(session, args) {
    await session.print(`${args.map((word) => (word === '$?' ? String(session.status) : word)).join(' ')}\n`);
    return 0;
  },
};
