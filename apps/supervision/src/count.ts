// Counts with the tally, makes it crash, and goes on with the same capability.
import { CapError, Console, type HostedProgram, Notification, toUtf8 } from '@capos/abi';
import { openEnvironment } from '@capos/runtime';

export const countProgram: HostedProgram = (port) => {
  const environment = openEnvironment(port);
  const console = environment.capSet.get('console', Console);
  const tally = environment.capSet.get('tally', Notification);
  const print = (line: string): Promise<unknown> => console.write({ data: toUtf8(`${line}\n`) });

  async function count(): Promise<void> {
    await tally.signal({ bits: 2n });
    await tally.signal({ bits: 3n });
    await print(`the tally is ${(await tally.poll({ mask: 0n })).bits}`);
    try {
      await tally.signal({ bits: 0n });
    } catch (error) {
      await print(`the server is gone: ${error instanceof CapError ? error.kind : error}`);
    }
    await tally.signal({ bits: 4n });
    await print(`a new server counts on: ${(await tally.poll({ mask: 0n })).bits}`);
  }

  void count().then(
    () => environment.exit(0),
    (error: Error) => print(`counting failed: ${error.message}`).finally(() => environment.exit(1)),
  );
};
