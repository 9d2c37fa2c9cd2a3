// services: what the system consists of, and how it fares.
import { SystemControl } from '@capos/abi';
import type { Command } from './command.ts';

export const services: Command = {
  usage: 'services',
  summary: 'the services of the system: what runs, how often it was started, how it ended last',
  async run(session) {
    const { services: states } = await session.require('system', SystemControl).services({});
    await session.printTable(
      ['SERVICE', 'PID', 'STARTS', 'LAST ENDING'],
      states.map(({ name, running, processId, starts, lastEnding }) => [
        name,
        running ? String(processId) : '–',
        String(starts),
        lastEnding,
      ]),
    );
    return 0;
  },
};
