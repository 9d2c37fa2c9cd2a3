// Files behind shared, writable mappings: kept open for as long as the process lives, so that they can be written back.

import type { RegularFile } from '../files/regular-file.ts';

export class SharedMappings {
  readonly #files = new Set<RegularFile>();

  keep(file: RegularFile): void {
    if (!this.#files.has(file)) this.#files.add(file.retain() as RegularFile);
  }

  releaseAll(): void {
    for (const file of this.#files) file.release();
    this.#files.clear();
  }
}
