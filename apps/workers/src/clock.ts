// A service in a Worker: a clock that runs as fast as its client's badge says.
import { Timer } from '@capos/abi';
import { openEnvironment, serve } from '@capos/runtime';
import { runProgram } from '@capos/runtime/host-node';

let sleepers = 0n;
runProgram((port) => {
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
});
