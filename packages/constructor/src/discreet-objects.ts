// Discreet objects: capabilities that tell nobody anything, so that holding one makes no hole in a confinement.
//
// A capability is only as good as who made it: an endpoint's owner may mint a facet that claims any interface. So a builder
// names these, and the constructor gives its own, which it was given by the kernel; a builder's capability is never one of them.

import {
  EndpointFactory,
  EntropySource,
  FrameAllocator,
  type InterfaceDescriptor,
  NotificationFactory,
  Timer,
} from '@capos/abi';

/** By interface: why it is one. */
export const DISCREET_INTERFACES: ReadonlyMap<
  bigint,
  { readonly descriptor: InterfaceDescriptor; readonly why: string }
> = new Map(
  [
    { descriptor: Timer, why: 'tells the time, and is told nothing but how long to wait' },
    { descriptor: EntropySource, why: 'gives bytes that nobody chose' },
    { descriptor: FrameAllocator, why: 'makes memory that nobody else holds yet' },
    { descriptor: EndpointFactory, why: 'makes endpoints that nobody else holds yet' },
    { descriptor: NotificationFactory, why: 'makes notifications that nobody else holds yet' },
  ].map((each) => [each.descriptor.id, each]),
);
