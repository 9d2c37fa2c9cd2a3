// Servers and clients that meet at two endpoints, as the comparisons of fast paths with the general one have them.
import type { Kernel } from '../../src/index.ts';

const INTERFACE = 0x77n;

/** What an entry for a ring or for registers says; what is left out is 0. */
export interface EntryFields {
  readonly op: number;
  readonly flags?: number;
  readonly methodId?: number;
  readonly capId?: number;
  readonly params?: number;
  readonly paramsLength?: number;
  readonly resultLength?: number;
  readonly result?: number;
  readonly answerId?: number;
  readonly transferCount?: number;
  readonly aux?: number;
}

/** The grants of each program, by its place: the first two own an endpoint each, and all hold facets of both. */
export function meetingGrants(
  kernel: Kernel,
): (index: number) => NonNullable<Parameters<Kernel['spawn']>[0]['grants']> {
  const endpoints = [kernel.createEndpoint(3), kernel.createEndpoint(3)];
  return (index) => {
    const own = endpoints[index];
    return {
      ...(own === undefined ? {} : { own: own.owner }),
      first: endpoints[0]!.facet(BigInt(index), INTERFACE),
      second: endpoints[1]!.facet(2n ** 40n + BigInt(index), INTERFACE),
    };
  };
}
