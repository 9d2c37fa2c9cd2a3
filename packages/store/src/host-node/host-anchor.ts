// How a host directory stays the directory it was, whatever is renamed or replaced around it: a path to it that no other
// process can redirect.
//
// Linux: an O_PATH descriptor. `/proc/PID/fd/N/name` is resolved from that very directory (proc(5)), so every call acts
// on one component as openat(2) would, which Node does not have. The descriptor cache is bounded; a place that lost its
// descriptor is walked to again from the root, one component at a time, and must be the same inode: otherwise ESTALE.
//
// That way takes twice as long as the path itself. So what is a directory that is held is asked for by the path, and only the answer
// "it is that very directory" is believed: whoever redirects the path learns nothing by it, and neither does a guest.
//
// Elsewhere: the path itself, each component checked to be the same directory and no link before each use. That is as good
// against guests, who can only act through us; another process of the host can win the race between check and use.
import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readlinkSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { ERRNO } from '../directory/errno.ts';
import { HostPlace } from './host-place.ts';

const O_PATH = 0x200000; // linux/fcntl.h; Node does not name it
const SLASH = Buffer.from('/');

/** A failure with a Linux error number that the host itself did not report. */
class PlaceError extends Error {
  readonly code: string;
  readonly errno: number;
  constructor(code: 'ESTALE' | 'ENOTDIR' | 'ENOENT', message: string) {
    super(message);
    this.code = code;
    this.errno = -ERRNO[code];
  }
}

export interface Anchor {
  readonly root: HostPlace;
  /** A path that denotes the directory for the duration of the next call. */
  base(place: HostPlace): Buffer;
  /** The same for two directories of one call. */
  bases(first: HostPlace, second: HostPlace): readonly [Buffer, Buffer];
  /** What `name` is, if it is a directory that somebody uses, and that can be told in less time than by its base. */
  known(place: HostPlace, name: Uint8Array): BigIntStats | undefined;
  /** Steps into a directory that is no link; the caller releases it. Throws the host's error. */
  enter(place: HostPlace, name: Uint8Array): HostPlace;
  release(place: HostPlace): void;
}

export function pathIn(base: Buffer, name: Uint8Array): Buffer {
  return Buffer.concat([base, SLASH, name]);
}

/** An anchor at the directory `path`; links in `path` itself are followed, since the embedder named it. */
export function anchorAt(
  path: string,
  options: { readonly maxDescriptors?: number; readonly portable?: boolean } = {},
): Anchor {
  const linux = process.platform === 'linux' && options.portable !== true;
  return linux ? new DescriptorAnchor(path, options.maxDescriptors ?? 256) : new PathAnchor(path);
}

class DescriptorAnchor implements Anchor {
  readonly root: HostPlace;
  readonly #rootDescriptor: number;
  readonly #rootPath: Buffer;
  readonly #limit: number;
  /** Not by way of /proc/self, a link that is followed each time. Who we are is said by /proc: it may be of an outer PID namespace. */
  readonly #directory = `/proc/${readlinkSync('/proc/self')}/fd`;
  /** Least recently used first. */
  readonly #descriptors = new Map<HostPlace, number>();

  constructor(path: string, limit: number) {
    this.#limit = Math.max(2, limit);
    this.#rootPath = realpathSync.native(path, 'buffer');
    this.#rootDescriptor = openSync(path, O_PATH | constants.O_DIRECTORY);
    this.root = HostPlace.root(fstatSync(this.#rootDescriptor, { bigint: true }));
  }

  base(place: HostPlace): Buffer {
    this.#trim();
    return this.#path(place);
  }

  bases(first: HostPlace, second: HostPlace): readonly [Buffer, Buffer] {
    this.#trim();
    return [this.#path(first), this.#path(second)];
  }

  enter(place: HostPlace, name: Uint8Array): HostPlace {
    const descriptor = openSync(pathIn(this.base(place), name), O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW);
    const entered = place.enter(name, fstatSync(descriptor, { bigint: true }));
    if (this.#descriptors.has(entered)) closeSync(descriptor);
    else this.#descriptors.set(entered, descriptor);
    return entered;
  }

  release(place: HostPlace): void {
    for (const unused of place.release()) {
      const descriptor = unused === this.root ? this.#rootDescriptor : this.#descriptors.get(unused);
      this.#descriptors.delete(unused);
      if (descriptor !== undefined) closeSync(descriptor);
    }
  }

  known(place: HostPlace, name: Uint8Array): BigIntStats | undefined {
    const child = place.child(name);
    if (child === undefined) return undefined;
    child.lastPath ??= this.#pathTo(child);
    try {
      const found = lstatSync(child.lastPath, { bigint: true, throwIfNoEntry: false });
      if (found?.isDirectory() === true && child.is(found)) return found;
    } catch {
      // As if it were not there: the base tells what is wrong.
    }
    child.lastPath = undefined;
    return undefined;
  }

  #pathTo(place: HostPlace): Buffer {
    return place.parent === undefined ? this.#rootPath : pathIn(this.#pathTo(place.parent), place.name);
  }

  #path(place: HostPlace): Buffer {
    return Buffer.from(`${this.#directory}/${this.#descriptor(place)}`);
  }

  #descriptor(place: HostPlace): number {
    if (place.parent === undefined) return this.#rootDescriptor;
    const known = this.#descriptors.get(place);
    if (known !== undefined) {
      this.#descriptors.delete(place);
      this.#descriptors.set(place, known);
      return known;
    }
    if (place.gone) throw new PlaceError('ENOENT', 'the directory was removed');
    const path = pathIn(this.#path(place.parent), place.name);
    let descriptor: number;
    try {
      descriptor = openSync(path, O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW);
    } catch {
      throw new PlaceError('ESTALE', 'the directory is no longer where it was');
    }
    if (!place.is(fstatSync(descriptor, { bigint: true }))) {
      closeSync(descriptor);
      throw new PlaceError('ESTALE', 'another directory is where this one was');
    }
    this.#descriptors.set(place, descriptor);
    return descriptor;
  }

  /** Only before a call: a path that was handed out for one must keep its descriptor until it is made. */
  #trim(): void {
    for (const [coldest, descriptor] of this.#descriptors) {
      if (this.#descriptors.size <= this.#limit) return;
      this.#descriptors.delete(coldest);
      closeSync(descriptor);
    }
  }
}

class PathAnchor implements Anchor {
  readonly root: HostPlace;
  readonly #path: Buffer;

  constructor(path: string) {
    this.#path = Buffer.from(path);
    const found = statSync(path, { bigint: true });
    if (!found.isDirectory()) throw new PlaceError('ENOTDIR', `${path} is no directory`);
    this.root = HostPlace.root(found);
  }

  base(place: HostPlace): Buffer {
    if (place.parent === undefined) return this.#path;
    if (place.gone) throw new PlaceError('ENOENT', 'the directory was removed');
    const path = pathIn(this.base(place.parent), place.name);
    const found = lstatSync(path, { bigint: true, throwIfNoEntry: false });
    if (found === undefined || !found.isDirectory() || !place.is(found)) {
      throw new PlaceError('ESTALE', 'the directory is no longer where it was');
    }
    return path;
  }

  bases(first: HostPlace, second: HostPlace): readonly [Buffer, Buffer] {
    return [this.base(first), this.base(second)];
  }

  known(): undefined {
    return undefined;
  }

  enter(place: HostPlace, name: Uint8Array): HostPlace {
    const found = lstatSync(pathIn(this.base(place), name), { bigint: true });
    if (!found.isDirectory()) throw new PlaceError('ENOTDIR', 'it is no directory');
    return place.enter(name, found);
  }

  release(place: HostPlace): void {
    place.release();
  }
}
