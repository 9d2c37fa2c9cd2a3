// Port space: who has which port of a host, for one protocol.
//
// A wildcard (`0.0.0.0`, `::`) takes the port of every address of its family; a dual `::` of both families. Two holders of one
// port must not overlap (bind(2), EADDRINUSE). An address is looked for exactly first, then among the wildcards.
import type { SocketAddress } from '@capos/abi';
import { isIpv4, isWildcard, sameAddress } from '../address.ts';

/** Where ports that nobody chose come from (RFC 6335 §6, "dynamic ports", as Linux has them). */
const FIRST_FREE = 32_768;
const LAST_FREE = 60_999;

export interface PortHolder {
  readonly local: SocketAddress;
  /** A `::` that takes IPv4 too. */
  readonly dual: boolean;
}

export class PortSpace<Holder extends PortHolder> {
  readonly #byPort = new Map<number, Holder[]>();
  #next = FIRST_FREE;

  /** A free port for this address, or undefined when there is none. */
  free(address: Uint8Array, dual: boolean): number | undefined {
    for (let tried = FIRST_FREE; tried <= LAST_FREE; tried++) {
      const port = this.#next;
      this.#next = port === LAST_FREE ? FIRST_FREE : port + 1;
      if (this.available({ address, port }, dual)) return port;
    }
    return undefined;
  }

  available(local: SocketAddress, dual: boolean): boolean {
    return !this.#at(local.port).some((holder) => overlap(holder, { local, dual }));
  }

  add(holder: Holder): void {
    this.#byPort.set(holder.local.port, [...this.#at(holder.local.port), holder]);
  }

  remove(holder: Holder): void {
    const left = this.#at(holder.local.port).filter((other) => other !== holder);
    if (left.length === 0) this.#byPort.delete(holder.local.port);
    else this.#byPort.set(holder.local.port, left);
  }

  /** Who gets what is sent to `address` and `port`. */
  find({ address, port }: SocketAddress): Holder | undefined {
    const holders = this.#at(port);
    return (
      holders.find(({ local }) => sameAddress(local.address, address)) ??
      holders.find((holder) => overlap(holder, { local: { address, port }, dual: false }))
    );
  }

  /** Anybody on this port, whatever the address. */
  anyOn(port: number): Holder | undefined {
    return this.#at(port)[0];
  }

  #at(port: number): readonly Holder[] {
    return this.#byPort.get(port) ?? [];
  }
}

function overlap(left: PortHolder, right: PortHolder): boolean {
  if (sameAddress(left.local.address, right.local.address)) return true;
  return takes(left, right) || takes(right, left);
}

function takes(wildcard: PortHolder, other: PortHolder): boolean {
  if (!isWildcard(wildcard.local.address)) return false;
  return wildcard.dual || isIpv4(wildcard.local.address) === isIpv4(other.local.address) || other.dual;
}
