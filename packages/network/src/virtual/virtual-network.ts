// Virtual network: hosts of one JavaScript program, joined in memory. It needs nothing of the platform, so two systems in one
// page can talk, and a system by itself has a loopback.
//
//   network.host('10.0.0.1') ─┐                       a host's 127.0.0.0/8 and ::1 are its own
//   network.host('10.0.0.2') ─┴─ network: address ─▶ host, or ─▶ link: a network of another thread (link/network-link.ts)
import type { SocketAddress } from '@capos/abi';
import { formatAddress, isLoopback, parseAddress } from '../address.ts';
import { type LinkChannel, NetworkLink } from '../link/network-link.ts';
import { NetworkLibraryError } from '../network-error.ts';
import type { NetworkPlace } from './network-place.ts';
import { VirtualHost } from './virtual-host.ts';

export class VirtualNetwork {
  readonly #hosts = new Map<string, VirtualHost>();
  readonly #links = new Set<NetworkLink>();

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
      if (this.#placeOf(address) !== undefined)
        throw new NetworkLibraryError(`${text} belongs to another host of this network: give each its own`);
      return address;
    });
    const host = new VirtualHost(parsed, (remote) => this.#placeOf(remote));
    for (const address of parsed) this.#hosts.set(formatAddress(address), host);
    this.#tellLinks();
    return host;
  }

  /** Takes a host off the network: nobody reaches it any more, what stands goes on. */
  remove(host: VirtualHost): void {
    for (const [address, other] of this.#hosts) if (other === host) this.#hosts.delete(address);
    this.#tellLinks();
  }

  /**
   * Joins a network that shares no memory with this one, in a Worker, say: each side's hosts reach the other's. The other side
   * does the same with its end of the channel. What it sends is not trusted: when it does not keep to what is agreed the link is
   * closed, and `onClose` is told why. Links form a tree, no ring.
   */
  link(channel: LinkChannel, onClose: (why: string | undefined) => void = () => {}): NetworkLink {
    const link: NetworkLink = new NetworkLink(
      channel,
      {
        placeOf: (address) => this.#placeOf(address),
        addresses: () => this.#addressesFor(link),
        changed: () => this.#tellLinks(link),
      },
      (why) => {
        this.#links.delete(link);
        this.#tellLinks();
        onClose(why);
      },
    );
    this.#links.add(link);
    link.tellHosts();
    return link;
  }

  /** Whether some host has that address. */
  has(remote: SocketAddress): boolean {
    return this.#placeOf(remote.address) !== undefined;
  }

  /** An address that several have is the host's here, else that of the link that was made first. */
  #placeOf(address: Uint8Array): NetworkPlace | undefined {
    const host = this.#hosts.get(formatAddress(address));
    if (host !== undefined) return host;
    for (const link of this.#links) if (link.leadsTo(address)) return link;
    return undefined;
  }

  /** What is reached through this network from a link: all but what that link leads to itself. */
  #addressesFor(link: NetworkLink): readonly Uint8Array[] {
    const own = [...new Set(this.#hosts.values())].flatMap(({ addresses }) => addresses);
    const others = [...this.#links].filter((other) => other !== link).flatMap(({ addresses }) => addresses);
    return [...own, ...others];
  }

  #tellLinks(but?: NetworkLink): void {
    for (const link of this.#links) if (link !== but) link.tellHosts();
  }
}
