// Result buffers: memory for calls that come from inside the kernel (a foreign personality, the embedder) and so have no user
// memory of their own. Small ones are kept and reused.

import { ArenaMemory } from '../memory/arena-memory.ts';
import type { UserMemory } from '../memory/user-memory.ts';

const SMALL = 0x2_2000;
const KEPT = 8;

/** A pool of {@link ArenaMemory}. */
export class ResultBuffers {
  readonly #free: ArenaMemory[] = [];

  acquire(bytes: number): ArenaMemory {
    if (bytes <= SMALL) return this.#free.pop() ?? new ArenaMemory(new ArrayBuffer(SMALL));
    return new ArenaMemory(new ArrayBuffer((bytes + 7) & ~7));
  }

  release(memory: UserMemory): void {
    if (memory instanceof ArenaMemory && memory.bytes.length === SMALL && this.#free.length < KEPT)
      this.#free.push(memory);
  }
}
