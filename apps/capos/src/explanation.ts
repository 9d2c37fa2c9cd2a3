// `--explain`: what a refused call lacked, and which flag would grant it. Each need is told once.
import type { Need, Refusal } from '@capos/capos-posix';
import { formatAddress, isIpv6, isWildcard } from '@capos/network';

/** One line for a refusal. */
function explainRefusal({ call, errno, need }: Refusal): string {
  return `${call} was refused with ${errno}: ${lack(need)}. ${remedy(need)}`;
}

function lack(need: Need): string {
  switch (need.to) {
    case 'network':
      return 'the program holds no NetworkManager';
    case 'connect':
      return `no NetworkManager it holds connects to ${place(need)} by ${need.protocol}`;
    case 'listen':
      return `no NetworkManager it holds listens on ${place(need)} by ${need.protocol}`;
    case 'resolve names':
      return 'no Resolver it holds answers for that name';
    case 'get random bytes':
      return 'the program holds no EntropySource';
    case 'read the clock':
      return 'the program holds no Timer';
    case 'see':
      return `no Directory it holds shows ${need.path}`;
    case 'write':
      return `the Directory that shows ${need.path} is granted read only`;
  }
}

function remedy(need: Need): string {
  switch (need.to) {
    case 'network':
      return '--net loopback grants a network of its own, --publish HOSTPORT:GUESTPORT also a way in, --net connect:HOST:PORT a way out';
    case 'connect':
      return `--net connect:${place(need)} would grant it`;
    case 'listen':
      return `--publish ${need.port}:${need.port} would grant it, and let the host's port ${need.port} lead there`;
    case 'resolve names':
      return '--net connect:HOST:PORT grants its own HOST, --net dns every name';
    case 'get random bytes':
    case 'read the clock':
      return 'capos run always grants one; a system image names it in the imports of its service';
    case 'see':
      return `--mount ${need.path}=HOSTPATH:ro would show a directory of the host there, --tmpfs an empty one`;
    case 'write':
      return 'Leave out the :ro of its --mount to grant writing';
  }
}

function place({ address, port }: { readonly address: Uint8Array; readonly port: number }): string {
  const host = isWildcard(address) ? '*' : isIpv6(address) ? `[${formatAddress(address)}]` : formatAddress(address);
  return `${host}:${port}`;
}

/** Calls `say` with each explanation, once. */
export function explainer(say: (line: string) => void): (refusal: Refusal) => void {
  const told = new Set<string>();
  return (refusal) => {
    const line = explainRefusal(refusal);
    if (told.has(line)) return;
    told.add(line);
    say(line);
  };
}
