// VirtualMemory: the caller's own address space. One object serves all holders: it changes nobody's space but the caller's.

import { CapError, type MemoryFailure, PROTECTION, VirtualMemory } from '@capos/abi';
import type { ObjectCall } from '../ipc/object-call.ts';
import type { AddressSpace } from '../memory/address-space.ts';
import { MemoryObjectObject } from './memory-object.ts';
import { type ServedInterface, ServedObject, serve } from './serve.ts';

const ADDRESS_LIMIT = 1n << 47n;

export class VirtualMemoryObject extends ServedObject {
  protected get served(): ServedInterface {
    return virtualMemoryInterface;
  }
}

const REASONS: Record<MemoryFailure, string> = {
  noMemory: 'no memory or address space left',
  badRange: 'the range is empty, unaligned or outside the user half',
  notMapped: 'a part of the range is not mapped',
  exists: 'the range overlaps a mapping',
  notPermitted: 'write and execute together, or memory of the kernel',
  badCap: 'the capability is no MemoryObject',
};

function spaceOf(call: ObjectCall): AddressSpace {
  const { space } = call.process.body;
  if (space === undefined) throw new CapError('unimplemented', 'this process has an arena, not an address space');
  return space;
}

function check(failure: MemoryFailure | undefined): void {
  if (failure === undefined) return;
  throw new CapError(failure === 'noMemory' ? 'overloaded' : 'invalidArgument', REASONS[failure]);
}

function placed(outcome: number | MemoryFailure): { address: bigint } {
  if (typeof outcome !== 'number') {
    check(outcome);
    throw new CapError('failed', 'not placed');
  }
  return { address: BigInt(outcome) };
}

/** Addresses of the user half are exact as numbers; anything else fails the range check as a huge number. */
function number(value: bigint): number {
  return value < ADDRESS_LIMIT ? Number(value) : Number.MAX_SAFE_INTEGER;
}

const virtualMemoryInterface: ServedInterface = serve<VirtualMemoryObject, typeof VirtualMemory>(VirtualMemory, {
  map: (_object, { address, length, protection, fixed }, call) =>
    placed(spaceOf(call).map(number(address), number(length), protection, fixed)),
  mapObject: (_object, { object, offset, address, length, protection, fixed }, call) => {
    const target = call.capability(object).object;
    if (!(target instanceof MemoryObjectObject)) throw new CapError('invalidArgument', REASONS.badCap);
    if (target.pages.isReclaimed) throw new CapError('disconnected', 'the memory was taken back');
    return placed(
      spaceOf(call).mapObject(target.pages, number(offset), number(address), number(length), protection, fixed),
    );
  },
  unmap: (_object, { address, length }, call) => {
    check(spaceOf(call).unmap(number(address), number(length)));
    return {};
  },
  protect: (_object, { address, length, protection }, call) => {
    check(spaceOf(call).protect(number(address), number(length), protection));
    return {};
  },
  reserve: (_object, { address, length }, call) =>
    placed(spaceOf(call).map(number(address), number(length), PROTECTION.NONE, false)),
  commit: (_object, { address, length, protection }, call) => {
    check(spaceOf(call).protect(number(address), number(length), protection));
    return {};
  },
  decommit: (_object, { address, length }, call) => {
    const space = spaceOf(call);
    check(space.discard(number(address), number(length)));
    check(space.protect(number(address), number(length), PROTECTION.NONE));
    return {};
  },
});
