// Descriptor table: small numbers to open file descriptions.
//
// The lowest free number is given first (POSIX open, "lowest numbered"). Close-on-exec belongs to the descriptor, all else
// to the description. The limit is RLIMIT_NOFILE's soft value.

import { ERRNO } from '../linux/errno.ts';
import type { OpenFile } from './open-file.ts';

interface Entry {
  readonly file: OpenFile;
  closeOnExec: boolean;
}

/** Told when a descriptor number stops naming its description: record locks act on that. */
export type DescriptorClosed = (descriptor: number, file: OpenFile) => void;

export class DescriptorTable {
  readonly #entries: (Entry | undefined)[] = [];
  /** No descriptor below this is free. */
  #lowestFree = 0;
  limit: number;
  onClosed: DescriptorClosed = () => {};

  constructor(limit: number) {
    this.limit = limit;
  }

  /** The description behind `descriptor`, or undefined (EBADF). */
  get(descriptor: number): OpenFile | undefined {
    return this.#entries[descriptor]?.file;
  }

  /** Gives `file` the lowest free number from `minimum` on, or answers −EMFILE. */
  add(file: OpenFile, closeOnExec: boolean, minimum = 0): number {
    let descriptor = Math.max(minimum, this.#lowestFree);
    while (this.#entries[descriptor] !== undefined) descriptor++;
    if (descriptor >= this.limit) return -ERRNO.EMFILE;
    if (minimum <= this.#lowestFree) this.#lowestFree = descriptor + 1;
    this.#set(descriptor, file, closeOnExec);
    return descriptor;
  }

  /** Whether another descriptor would fit. */
  get full(): boolean {
    let descriptor = this.#lowestFree;
    while (this.#entries[descriptor] !== undefined) descriptor++;
    return descriptor >= this.limit;
  }

  /** Makes `descriptor` name `file`, closing what it named; −EBADF beyond the limit. */
  replace(descriptor: number, file: OpenFile, closeOnExec: boolean): number {
    if (descriptor < 0 || descriptor >= this.limit) return -ERRNO.EBADF;
    // Retain first: the old description may be the same one.
    file.retain();
    this.close(descriptor);
    this.#set(descriptor, file, closeOnExec);
    file.release();
    return descriptor;
  }

  #set(descriptor: number, file: OpenFile, closeOnExec: boolean): void {
    while (this.#entries.length < descriptor) this.#entries.push(undefined);
    this.#entries[descriptor] = { file: file.retain(), closeOnExec };
  }

  /** 0, or −EBADF. */
  close(descriptor: number): number {
    const entry = this.#entries[descriptor];
    if (entry === undefined) return -ERRNO.EBADF;
    this.#entries[descriptor] = undefined;
    if (descriptor < this.#lowestFree) this.#lowestFree = descriptor;
    this.onClosed(descriptor, entry.file);
    entry.file.release();
    return 0;
  }

  closeOnExec(descriptor: number): boolean | undefined {
    return this.#entries[descriptor]?.closeOnExec;
  }

  setCloseOnExec(descriptor: number, closeOnExec: boolean): boolean {
    const entry = this.#entries[descriptor];
    if (entry === undefined) return false;
    entry.closeOnExec = closeOnExec;
    return true;
  }

  /** The numbers in use, ascending. */
  *numbers(): Generator<number> {
    for (let descriptor = 0; descriptor < this.#entries.length; descriptor++)
      if (this.#entries[descriptor] !== undefined) yield descriptor;
  }

  closeAll(): void {
    for (const descriptor of [...this.numbers()]) this.close(descriptor);
  }

  closeOnExecDescriptors(): void {
    for (const descriptor of [...this.numbers()]) if (this.#entries[descriptor]?.closeOnExec) this.close(descriptor);
  }

  /** Another table with the same descriptors over the same descriptions, as `fork` makes it. */
  duplicate(): DescriptorTable {
    const copy = new DescriptorTable(this.limit);
    for (const descriptor of this.numbers()) {
      const entry = this.#entries[descriptor]!;
      copy.#set(descriptor, entry.file, entry.closeOnExec);
    }
    return copy;
  }
}
