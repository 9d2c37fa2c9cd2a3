// One capOS system of several in a page, with a host of its own on the page's network: its program holds a NetworkManager
// capability that reaches the others through that host, and nothing else.
//
//   page ─ VirtualNetwork ─┬ host 10.0.0.1 ─ "network" service ─ facet ─▶ program of system one
//                          └ host 10.0.0.2 ─ "network" service ─ facet ─▶ program of system two
import { type ExitStatus, NetworkManager } from '@capos/abi';
import { createPosixPersonality } from '@capos/capos-posix';
import { createKernel } from '@capos/kernel';
import { webClock, webEntropy, webEventLoop, webWallClock } from '@capos/kernel/host-web';
import { createNetworkProgram, NETWORK_ARENA_BYTES, type VirtualHost } from '@capos/network';
import { createMachine } from '@capos/x86-machine';

const RAM_BYTES = 0x800_0000;
/** Every socket may have a call waiting at the service. */
const ENDPOINT_CALLS = 4096;
const ROOT_BADGE = 0n;

export interface NetworkedSystem {
  /** A Linux program, static. */
  readonly image: Uint8Array;
  readonly arguments: readonly [name: string, ...rest: string[]];
  /** Its place on the network; without one it holds no network at all. */
  readonly host: VirtualHost | undefined;
  /** What it reads on its standard input. */
  readonly input: string;
  /** Whether that ends then, or the program waits for more. */
  readonly inputEnds: boolean;
  readonly onOutput: (text: string) => void;
}

/** Boots a machine and a kernel of its own for the program, and answers how the program ended. */
export async function runNetworked({
  image,
  host,
  input,
  inputEnds,
  onOutput,
  ...rest
}: NetworkedSystem): Promise<ExitStatus> {
  const loop = webEventLoop();
  const kernel = createKernel({
    machine: createMachine({ ramBytes: RAM_BYTES, clock: webClock, entropy: webEntropy }),
    wallClock: webWallClock,
    onWork: loop.onWork,
    log: (line) => console.warn(line),
  });
  const decoder = new TextDecoder();
  const stdio = kernel.createConsole({
    write(bytes) {
      onOutput(decoder.decode(bytes, { stream: true }));
      return bytes.length;
    },
    onInput(callback) {
      callback(new TextEncoder().encode(input));
      if (inputEnds) callback(null);
    },
    size: () => ({ columns: 80, rows: 24, isTerminal: false }),
    setRaw() {},
    onInterrupt() {},
  });
  const { timer, entropySource: entropy } = kernel.objects;
  const grants = { stdin: stdio, stdout: stdio, stderr: stdio, timer, entropy };
  const network = kernel.createEndpoint(ENDPOINT_CALLS);
  if (host !== undefined) {
    kernel.registerProgram('network', createNetworkProgram({ backend: host }), { arenaBytes: NETWORK_ARENA_BYTES });
    kernel.spawn({ name: 'network', program: 'network', grants: { network: network.owner } });
  }
  const program = kernel.spawn({
    name: rest.arguments[0],
    image,
    arguments: rest.arguments,
    grants: host === undefined ? grants : { ...grants, network: network.facet(ROOT_BADGE, NetworkManager.id) },
    personality: createPosixPersonality({ executablePath: `/${rest.arguments[0]}` }),
  });
  return await loop.run(kernel, program, webClock.nowNs);
}
