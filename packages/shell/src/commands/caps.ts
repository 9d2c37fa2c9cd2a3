// caps: what the shell holds. There is nothing else it could reach.
import { formatCapId, interfaces } from '@capos/abi';
import type { Command } from './command.ts';

export const caps: Command = {
  usage: 'caps',
  summary: 'the capabilities this shell holds',
  async run(session) {
    const rows = session
      .held()
      .map(({ name, interfaceId }) => [
        name,
        interfaces.get(interfaceId)?.name ?? `interface 0x${interfaceId.toString(16)}`,
        formatCapId(session.env.capSet.cap(name).id),
      ]);
    await session.printTable(['NAME', 'INTERFACE', 'CAP'], rows);
    return 0;
  },
};
