// Serves a tally as a Notification: `signal` adds, `poll` answers the sum. Signalled with 0 it crashes in mid-call.
import { CapError, Endpoint, type HostedProgram, Notification } from '@capos/abi';
import { openEnvironment, serve } from '@capos/runtime';

export const tallyProgram: HostedProgram = (port) => {
  const environment = openEnvironment(port);
  let sum = 0n;
  serve(environment, environment.capSet.cap('tally', Endpoint), Notification, {
    signal({ bits }, { badge }) {
      if (badge !== 42n) throw new CapError('invalidArgument', `nobody is known by badge ${badge}`);
      if (bits === 0n) environment.exit(3);
      sum += bits;
    },
    poll: () => ({ bits: sum }),
    wait() {
      throw new CapError('unimplemented', 'a tally is polled');
    },
  });
};
