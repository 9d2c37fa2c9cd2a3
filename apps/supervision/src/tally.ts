// Serves a tally as a Notification: `signal` adds, `poll` answers the sum. Signalled with 0 it crashes in mid-call. Another
// version can take its place while it serves: the sum is what is handed over.
import { CapError, Console, Endpoint, type HostedProgram, Notification, toUtf8, Upgradable } from '@capos/abi';
import { openEnvironment, serve } from '@capos/runtime';

/** `version` 2 says that it has taken over, and from where it counts on. */
export const tallyProgram =
  (version: 1 | 2): HostedProgram =>
  (port) => {
    const environment = openEnvironment(port);
    const { capSet } = environment;
    const console = capSet.get('console', Console);
    let sum = 0n;
    serve(environment, capSet.cap('tally', Endpoint), Notification, {
      signal({ bits }, { badge }) {
        if (badge !== 42n) throw new CapError('invalidArgument', `nobody is known by badge ${badge}`);
        if (bits === 0n) environment.exit(3);
        sum += bits;
      },
      poll: () => ({ bits: sum }),
      wait: polledOnly,
      bind: polledOnly,
      unbind: polledOnly,
    });
    serve(environment, capSet.cap('upgrade', Endpoint), Upgradable, {
      save() {
        const data = new Uint8Array(8);
        new DataView(data.buffer).setBigUint64(0, sum, true);
        return { state: { version: 1, data, capabilities: [] } };
      },
      async restore({ state }) {
        if (state.version !== 1) throw new CapError('failed', `state of version ${state.version} is not known here`);
        sum = new DataView(state.data.slice().buffer).getBigUint64(0, true);
        await console.write({ data: toUtf8(`tally, version ${version}: took over at ${sum}\n`) });
      },
    });
  };

function polledOnly(): never {
  throw new CapError('unimplemented', 'a tally is polled');
}
