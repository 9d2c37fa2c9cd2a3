// Files that mappings still need: kept open for as long as the process lives, so that shared ones can be written back, and pages that
// are loaded when they are touched can be.

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
