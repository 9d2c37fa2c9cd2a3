// Virtual network: hosts of one JavaScript program, joined in memory. It needs nothing of the platform, so two systems in one
// page can talk, and a system by itself has a loopback.
//
//   network.host('10.0.0.1') ─┐                       a host's 127.0.0.0/8 and ::1 are its own
//   network.host('10.0.0.2') ─┴─ network: address ─▶ host
import type { SocketAddress } from '@capos/abi';
import { formatAddress, isLoopback, parseAddress } from '../address.ts';
import { NetworkLibraryError } from '../network-error.ts';
import { VirtualHost } from './virtual-host.ts';

export class VirtualNetwork {
  readonly #hosts = new Map<string, VirtualHost>();

  /**
   * A new host with these addresses, IPv4 or IPv6 in text; none: it has its loopback alone.
   * @throws NetworkLibraryError for what is no address, a loopback one, or one that another host has
   */
  host(...addresses: readonly string[]): VirtualHost {
    const parsed = addresses.map((text) => {
      const address = parseAddress(text);
      if (address === undefined || isLoopback(address))
        throw new NetworkLibraryError(
          `"${text}" can't be a host's address: give an IPv4 or IPv6 address, no loopback one`,
        );
      if (this.#hosts.has(formatAddress(address)))
        throw new NetworkLibraryError(`${text} belongs to another host of this network: give each its own`);
      return address;
    });
    const host = new VirtualHost(parsed, (remote) => this.#hosts.get(formatAddress(remote.address)));
    for (const address of parsed) this.#hosts.set(formatAddress(address), host);
    return host;
  }

  /** Takes a host off the network: nobody reaches it any more, what stands goes on. */
  remove(host: VirtualHost): void {
    for (const [address, other] of this.#hosts) if (other === host) this.#hosts.delete(address);
  }

  /** Whether some host has that address. */
  has(remote: SocketAddress): boolean {
    return this.#hosts.has(formatAddress(remote.address));
  }
}
