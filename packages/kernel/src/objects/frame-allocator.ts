// FrameAllocator: memory as objects, on the account of whoever asks.

import { CapError, FrameAllocator } from '@capos/abi';
import { RESOURCE } from '../accounting/ledger.ts';
import type { FramePool } from '../memory/frame-pool.ts';
import { MemoryPages } from '../memory/memory-pages.ts';
import { FRAME_SIZE } from '../memory/physical-memory.ts';
import { MemoryObjectObject } from './memory-object.ts';
import { type ServedInterface, ServedObject, serve } from './serve.ts';

export class FrameAllocatorObject extends ServedObject {
  readonly pool: FramePool;

  constructor(pool: FramePool) {
    super();
    this.pool = pool;
  }

  protected get served(): ServedInterface {
    return frameAllocatorInterface;
  }
}

const frameAllocatorInterface: ServedInterface = serve<FrameAllocatorObject, typeof FrameAllocator>(FrameAllocator, {
  allocate: ({ pool }, { size, contiguous }, call) => {
    if (size === 0n || size % BigInt(FRAME_SIZE) !== 0n) {
      throw new CapError('invalidArgument', 'the size of a memory object is a multiple of 4096, and not 0');
    }
    if (size > BigInt(pool.total * FRAME_SIZE))
      throw new CapError('overloaded', 'the machine has less memory than that');
    const { ledger } = call.process;
    const pages = MemoryPages.create(pool, ledger, Number(size) / FRAME_SIZE, contiguous);
    if (pages === undefined) throw new CapError('overloaded', 'no frames left');
    const object = new MemoryObjectObject(pool, pages);
    if (!object.chargeTo(ledger)) {
      pages.release();
      throw new CapError('overloaded', 'no kernel object left in the ledger');
    }
    object.makerId = call.process.id;
    return { object: call.addCapability(object) };
  },
  available: ({ pool }, _params, call) => {
    const frames = Math.min(pool.free, call.process.ledger.available(RESOURCE.FRAMES));
    return { bytes: BigInt(frames * FRAME_SIZE) };
  },
});
