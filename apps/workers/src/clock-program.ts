// A service: a clock that runs as fast as its client's badge says.
import { type HostedProgram, Timer } from '@capos/abi';
import { openEnvironment, serve } from '@capos/runtime';

export const clockProgram: HostedProgram = (port) => {
  let sleepers = 0n;
  const environment = openEnvironment(port);
  serve(environment, environment.capSet.cap('clock'), Timer, {
    now: (_params, { badge }) => ({ monotonicNs: badge * 1000n }),
    wallClock: async () => ({ unixNs: sleepers }),
    sleepUntil: (_params, context) => {
      sleepers += 1n;
      context.onCancel(() => {
        sleepers -= 1n;
      });
      return context.later();
    },
  });
};
