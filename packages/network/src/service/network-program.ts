// The network as a capOS program, and names as another.
import {
  Endpoint,
  type HostedProgram,
  Resolver,
  type ResolverResolveResults,
  type ResolverReverseResults,
} from '@capos/abi';
import { openEnvironment, serve } from '@capos/runtime';
import type { NameLookup, NetworkFailure } from '../network-backend.ts';
import { type NetworkServiceOptions, serveNetwork } from './network-service.ts';
import { answerOutcome } from './outcome-answer.ts';

/** The arena such a program needs for messages of 64 KiB with many of them on their way. */
export const NETWORK_ARENA_BYTES: number = 16 * 2 ** 20;

export interface NetworkProgramOptions extends NetworkServiceOptions {
  /** Name in the CapSet of the endpoint that the program owns and serves managers at. Default `network`. */
  readonly export?: string;
}

/**
 * A hosted program that serves a NetworkManager over `backend`. Register it with {@link NETWORK_ARENA_BYTES}, and make its
 * endpoint with room for a call of each socket.
 */
export function createNetworkProgram({ export: name = 'network', ...options }: NetworkProgramOptions): HostedProgram {
  return (port) => {
    const environment = openEnvironment(port);
    serveNetwork(environment, environment.capSet.cap(name, Endpoint), options);
  };
}

export interface ResolverProgramOptions {
  readonly lookup: NameLookup;
  /** Whether a name may be asked for; every one unless given. */
  readonly allows?: (name: string) => boolean;
  /** Whether an address may be asked for; every one unless given. */
  readonly allowsReverse?: (address: Uint8Array) => boolean;
  /** Name in the CapSet of the endpoint that the program owns. Default `resolver`. */
  readonly export?: string;
  readonly onError?: (error: unknown) => void;
}

/** A hosted program that serves a Resolver over `lookup`. */
export function createResolverProgram({
  lookup,
  allows = () => true,
  allowsReverse = () => true,
  export: name = 'resolver',
  onError,
}: ResolverProgramOptions): HostedProgram {
  return (port) => {
    const environment = openEnvironment(port);
    serve(
      environment,
      environment.capSet.cap(name, Endpoint),
      Resolver,
      {
        resolve: ({ name: wanted }, context) => {
          const refuse = (error: NetworkFailure): ResolverResolveResults => ({ error, addresses: [] });
          if (!allows(wanted)) return refuse('notPermitted');
          return answerOutcome<ResolverResolveResults, readonly Uint8Array[]>(
            context,
            (done) => lookup.resolve(wanted, done),
            (found) => ({ error: 'none', addresses: found }),
            refuse,
          );
        },
        reverse: ({ address }, context) => {
          const refuse = (error: NetworkFailure): ResolverReverseResults => ({ error, names: [] });
          if (!allowsReverse(address)) return refuse('notPermitted');
          return answerOutcome<ResolverReverseResults, readonly string[]>(
            context,
            (done) => lookup.reverse(address, done),
            (names) => ({ error: 'none', names }),
            refuse,
          );
        },
      },
      onError === undefined ? {} : { onError },
    );
  };
}
