// procs: the processes of the system, as far as the shell may look.
import { ProcessList } from '@capos/abi';
import type { Command } from './command.ts';

export const procs: Command = {
  usage: 'procs',
  summary: 'the processes that are running',
  async run(session) {
    const { processes } = await session.require('processes', ProcessList).list({});
    await session.printTable(
      ['PID', 'NAME', 'KIND', 'STATE', 'THREADS', 'CAPS', 'MEMORY', 'CPU', 'INSTRUCTIONS'],
      processes.map((process) => [
        String(process.processId),
        process.name,
        process.kind,
        process.state,
        String(process.threads),
        String(process.caps),
        `${Number(process.frames) * 4} KiB`,
        `${(Number(process.cpuTimeNs) / 1e6).toFixed(1)} ms`,
        String(process.instructions),
      ]),
    );
    return 0;
  },
};
