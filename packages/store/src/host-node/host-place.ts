// Where the directories that guests hold are on the host: a tree of names and inodes that follows the renames made here.
//
//   root ── "src" ── "lib"      a place lives while a handle or a place below it does
import { nameKey } from '../directory/file-name.ts';

interface Identity {
  readonly dev: bigint;
  readonly ino: bigint;
}

export class HostPlace {
  #parent: HostPlace | undefined;
  #name: Uint8Array;
  readonly #device: bigint;
  readonly #inode: bigint;
  readonly #children = new Map<string, HostPlace>();
  /** Handles, and places below. */
  #users = 1;
  #gone = false;
  /** Its path on the host as it was last put together. */
  lastPath: Buffer | undefined;

  private constructor(parent: HostPlace | undefined, name: Uint8Array, { dev, ino }: Identity) {
    this.#parent = parent;
    this.#name = name;
    this.#device = dev;
    this.#inode = ino;
  }

  static root(identity: Identity): HostPlace {
    return new HostPlace(undefined, new Uint8Array(), identity);
  }

  get parent(): HostPlace | undefined {
    return this.#parent;
  }

  get name(): Uint8Array {
    return this.#name;
  }

  /** Removed by a call made here: it has no name any more. */
  get gone(): boolean {
    return this.#gone;
  }

  is({ dev, ino }: Identity): boolean {
    return this.#device === dev && this.#inode === ino;
  }

  /** The place that somebody uses under `name`, whatever is there by now. */
  child(name: Uint8Array): HostPlace | undefined {
    return this.#children.get(nameKey(name));
  }

  /** The place of a directory that was just found under `name`, if somebody uses it. */
  known(name: Uint8Array, identity: Identity): HostPlace | undefined {
    const known = this.child(name);
    return known?.is(identity) === true ? known : undefined;
  }

  /** The place of a directory that was just found under `name`. */
  enter(name: Uint8Array, identity: Identity): HostPlace {
    const known = this.known(name, identity);
    if (known !== undefined) {
      known.#users++;
      return known;
    }
    const entered = new HostPlace(this, name.slice(), identity);
    this.#children.set(nameKey(name), entered);
    this.#users++;
    return entered;
  }

  /** What had `name` here now has `targetName` in `target`. */
  moved(name: Uint8Array, target: HostPlace, targetName: Uint8Array): void {
    const place = this.#children.get(nameKey(name));
    if (target === this && nameKey(name) === nameKey(targetName)) return;
    target.removed(targetName);
    if (place === undefined) return;
    this.#children.delete(nameKey(name));
    target.#children.set(nameKey(targetName), place);
    target.#users++;
    this.#users--; // a handle was used for the rename, so this is never the last
    place.#parent = target;
    place.#name = targetName.slice();
  }

  /** What had `name` here is gone. */
  removed(name: Uint8Array): void {
    const place = this.#children.get(nameKey(name));
    if (place === undefined) return;
    this.#children.delete(nameKey(name));
    place.#gone = true;
  }

  /** One user less; the places that nobody uses any more, this one and those above it. */
  release(): HostPlace[] {
    const unused: HostPlace[] = [];
    for (let place: HostPlace | undefined = this; place !== undefined; place = place.#parent) {
      if (--place.#users > 0) break;
      unused.push(place);
      const parent: HostPlace | undefined = place.#parent;
      if (parent !== undefined && parent.#children.get(nameKey(place.#name)) === place)
        parent.#children.delete(nameKey(place.#name));
    }
    return unused;
  }
}
