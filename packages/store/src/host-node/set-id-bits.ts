// Set-user-ID and set-group-ID bits that guests gave to files of a host directory: kept here, told to guests, never given to the host,
// where they would lend our user to others.
//
//   device:inode ─▶ bits, and when that inode was made: another file that comes to have its number has none of them
import type { BigIntStats } from 'node:fs';

const SET_ID = 0o6000;
/** Files remembered, the latest ones. */
const MOST_FILES = 65_536;

interface Kept {
  readonly bits: number;
  readonly madeNs: bigint;
}

const keyOf = ({ dev, ino }: BigIntStats): string => `${dev}:${ino}`;

export class SetIdBits {
  readonly #files = new Map<string, Kept>();

  /** The mode of a file as guests see it. */
  modeOf(stats: BigIntStats): number {
    const kept = this.#files.size === 0 ? undefined : this.#files.get(keyOf(stats));
    return (Number(stats.mode) & 0o7777) | (kept?.madeNs === stats.birthtimeNs ? kept.bits : 0);
  }

  /** A guest has given the file this mode. */
  changed(stats: BigIntStats, mode: number): void {
    const key = keyOf(stats);
    this.#files.delete(key);
    if ((mode & SET_ID) === 0) return;
    this.#files.set(key, { bits: mode & SET_ID, madeNs: stats.birthtimeNs });
    for (const oldest of this.#files.keys()) {
      if (this.#files.size <= MOST_FILES) return;
      this.#files.delete(oldest);
    }
  }
}
