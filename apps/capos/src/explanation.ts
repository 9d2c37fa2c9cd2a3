// `--explain`: what a refused call lacked, and which flag would grant it. Each need is told once, by the call that had it first.
import { posix } from 'node:path';
import type { Need, Refusal } from '@capos/capos-posix';
import { formatAddress, isIpv6, isWildcard } from '@capos/network';

/** What the host has at a path, for advice that can be taken as it is. */
export type HostLook = (path: string) => 'directory' | 'other' | undefined;

/** One line for a refusal. */
function explainRefusal({ call, errno, need }: Refusal, onHost: HostLook): string {
  return `${call} was refused with ${errno}: ${lack(need)}. ${remedy(need, onHost)}`;
}

function lack(need: Need): string {
  switch (need.to) {
    case 'network':
      return 'the program holds no NetworkManager';
    case 'connect':
      return `no NetworkManager it holds connects to ${place(need)} by ${need.protocol}`;
    case 'listen':
      return `no NetworkManager it holds listens on ${place(need)} by ${need.protocol}`;
    case 'use raw sockets':
      return 'networks here carry streams and datagrams, no packets of a program’s own making';
    case 'resolve names':
      return 'no Resolver it holds answers for that name';
    case 'get random bytes':
      return 'the program holds no EntropySource';
    case 'read the clock':
      return 'the program holds no Timer';
    case 'see':
      return `no Directory it holds shows ${need.path}`;
    case 'make':
      return `it holds no Directory in which ${need.path} could be made`;
    case 'write':
      return `the Directory that shows ${need.path} is granted read only`;
  }
}

function remedy(need: Need, onHost: HostLook): string {
  switch (need.to) {
    case 'network':
      return '--net loopback grants a network of its own, --publish HOSTPORT:GUESTPORT also a way in, --net connect:HOST:PORT a way out';
    case 'connect':
      return `--net connect:${place(need)} would grant it`;
    case 'listen':
      return `--publish ${need.port}:${need.port} would grant it, and let the host's port ${need.port} lead there`;
    case 'use raw sockets':
      return 'No flag grants that; ping and the like can’t be run';
    case 'resolve names':
      return '--net connect:HOST:PORT grants its own HOST, --net dns every name';
    case 'get random bytes':
    case 'read the clock':
      return 'capos run grants one unless --without takes it away; a system image names it in the imports of its service';
    case 'see': {
      const there = onHost(need.path);
      const above = posix.dirname(need.path);
      const own = there === 'directory' || (there === undefined && above === '/') ? need.path : above;
      if (there !== undefined) return `--mount ${own}=${own}:ro would show what the host has there`;
      return `--mount ${own}=HOSTDIR:ro would show a directory of the host at ${own}, --tmpfs ${own} an empty one`;
    }
    case 'make': {
      // A mount at the root would hide all else: what is to be a directory can be one that is granted.
      const above = posix.dirname(need.path);
      const place = above === '/' ? need.path : above;
      return `--tmpfs ${place} would grant an empty directory there, --mount ${place}=HOSTDIR one of the host, to write to`;
    }
    case 'write':
      return 'Leave out the :ro of its --mount to grant writing';
  }
}

function place({ address, port }: { readonly address: Uint8Array; readonly port: number }): string {
  const host = isWildcard(address) ? '*' : isIpv6(address) ? `[${formatAddress(address)}]` : formatAddress(address);
  return `${host}:${port}`;
}

/** Calls `say` with each explanation, once. */
export function explainer(say: (line: string) => void, onHost: HostLook): (refusal: Refusal) => void {
  const told = new Set<string>();
  return (refusal) => {
    const lacked = lack(refusal.need);
    if (told.has(lacked)) return;
    told.add(lacked);
    say(explainRefusal(refusal, onHost));
  };
}
