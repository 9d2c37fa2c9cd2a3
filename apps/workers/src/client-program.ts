// Its client: asks, gives up asking, and calls what a call has yet to bring.
import { Console, type HostedProgram, Notification, NotificationFactory, Timer } from '@capos/abi';
import { openEnvironment } from '@capos/runtime';

export const clientProgram: HostedProgram = async (port) => {
  const environment = openEnvironment(port);
  const console = environment.capSet.get('console', Console);
  const print = (line: string) => console.write({ data: new TextEncoder().encode(`${line}\n`) });
  const clock = environment.capSet.get('clock', Timer);
  await print(`the clock says ${(await clock.now()).monotonicNs}`);

  const controller = new AbortController();
  const sleep = clock.sleepUntil({ monotonicNs: 1n }, { signal: controller.signal });
  await print(`asleep: ${(await clock.wallClock()).unixNs}`);
  controller.abort(new Error('never mind'));
  await print(`the sleep ended: ${await sleep.catch((error: Error) => error.message)}`);
  await print(`asleep: ${(await clock.wallClock()).unixNs}`);

  // One entry into the kernel: `signal` and `poll` go to the notification that `create` is to bring.
  using bell = environment.capSet.get('notifications', NotificationFactory).create().pipelined(Notification);
  const signaled = bell.signal({ bits: 5n });
  const polled = bell.poll({ mask: 4n });
  await signaled;
  await print(`the bell holds ${(await polled).bits}, then ${(await bell.poll({ mask: 7n })).bits}`);
  environment.exit(0);
};
