// Counts with the tally, makes it crash, goes on with the same capability; then has it replaced in the middle of its counting.
import { CapError, Console, type HostedProgram, Notification, SystemControl, toUtf8 } from '@capos/abi';
import { openEnvironment } from '@capos/runtime';
import { nextSystem } from './system.ts';

/** Calls that are made while the tally is replaced. */
const LOAD = 1000;

export const countProgram: HostedProgram = (port) => {
  const environment = openEnvironment(port);
  const console = environment.capSet.get('console', Console);
  const tally = environment.capSet.get('tally', Notification);
  const system = environment.capSet.get('system', SystemControl);
  const print = (line: string): Promise<unknown> => console.write({ data: toUtf8(`${line}\n`) });

  async function count(): Promise<void> {
    await tally.signal({ bits: 2n });
    await tally.signal({ bits: 3n });
    await print(`the tally is ${(await tally.poll({ mask: 0n })).bits}`);
    try {
      await tally.signal({ bits: 0n });
    } catch (error) {
      const ending = error instanceof CapError ? error.ending : undefined;
      await print(`the server is gone: it ${ending?.which} with ${ending?.code}`);
    }
    await tally.signal({ bits: 4n });
    await print(`a new server counts on: ${(await tally.poll({ mask: 0n })).bits}`);
    await countWhileReplaced();
  }

  async function countWhileReplaced(): Promise<void> {
    let lost = 0;
    let change: Promise<unknown> = Promise.resolve();
    const calls: Promise<void>[] = [];
    for (let call = 0; call < LOAD; call++) {
      if (call === LOAD / 4) {
        change = system
          .apply({ manifest: nextSystem.manifest })
          .then(({ change: { upgraded, failed } }) =>
            print(`upgraded: ${upgraded.join(', ')}${failed.map((why) => `; ${why}`).join('')}`),
          );
      }
      calls.push(
        tally.signal({ bits: 1n }).then(
          () => {},
          () => {
            lost++;
          },
        ),
      );
      if (call % 16 === 15) await calls.at(-16);
    }
    await Promise.all([...calls, change]);
    await print(`${LOAD} calls, ${lost} lost: the tally is ${(await tally.poll({ mask: 0n })).bits}`);
  }

  void count().then(
    () => environment.exit(0),
    (error: Error) => print(`counting failed: ${error.message}`).finally(() => environment.exit(1)),
  );
};
