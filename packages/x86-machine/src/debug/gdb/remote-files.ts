// Files that GDB reads through the stub, to find symbols of the program and its libraries (GDB manual, "Host I/O Packets").
//
// What it may read is the embedder's decision: a function from a path of the program's world to bytes. Nothing is ever written.

import { fromHex, parseCount } from './hexadecimal.ts';
import { latin1 } from './packet-stream.ts';

/** Bytes of a file as the program would see it; undefined when there is none. */
export type ReadFile = (path: string) => Uint8Array | undefined;

/** Errno values of the protocol. */
const ERROR = { noEntry: 2, badDescriptor: 9, invalid: 22, tooManyOpen: 24, readOnly: 30 } as const;
const MOST_OPEN = 64;
const MOST_READ = 0x4000;
const OPEN_FOR_WRITING = 3;
const STAT_BYTES = 64;
const REGULAR = 0x81a4;

const failed = (error: number): string => `F-1,${error.toString(16)}`;

export class RemoteFiles {
  readonly #read: ReadFile;
  readonly #open = new Map<number, Uint8Array>();
  #last = 0;

  constructor(read: ReadFile) {
    this.#read = read;
  }

  /** Answers what follows `vFile:`; an empty answer means not supported. */
  answer(request: string): string {
    const colon = request.indexOf(':');
    const [operation, rest] = [request.slice(0, colon), request.slice(colon + 1)];
    const [first = '', second, third] = rest.split(',');
    switch (operation) {
      case 'setfs':
        return 'F0';
      case 'open':
        return this.#openFile(first, parseCount(second));
      case 'pread':
        return this.#readFile(first, parseCount(second), parseCount(third));
      case 'fstat':
        return this.#status(first);
      case 'close':
        return this.#open.delete(parseCount(first) ?? 0) ? 'F0' : failed(ERROR.badDescriptor);
      case 'pwrite':
      case 'unlink':
        return failed(ERROR.readOnly);
      default:
        return '';
    }
  }

  #openFile(path: string, flags: number | undefined): string {
    const name = fromHex(path);
    if (name === undefined || flags === undefined) return failed(ERROR.invalid);
    if ((flags & OPEN_FOR_WRITING) !== 0) return failed(ERROR.readOnly);
    if (this.#open.size >= MOST_OPEN) return failed(ERROR.tooManyOpen);
    const bytes = this.#read(latin1(name));
    if (bytes === undefined) return failed(ERROR.noEntry);
    this.#open.set(++this.#last, bytes);
    return `F${this.#last.toString(16)}`;
  }

  #readFile(descriptor: string, count: number | undefined, offset: number | undefined): string {
    const bytes = this.#open.get(parseCount(descriptor) ?? 0);
    if (bytes === undefined) return failed(ERROR.badDescriptor);
    if (count === undefined || offset === undefined) return failed(ERROR.invalid);
    const piece = bytes.subarray(offset, offset + Math.min(count, MOST_READ));
    return `F${piece.length.toString(16)};${latin1(piece)}`;
  }

  /** The protocol's own struct stat: big-endian, mode at 8, size at 28. */
  #status(descriptor: string): string {
    const bytes = this.#open.get(parseCount(descriptor) ?? 0);
    if (bytes === undefined) return failed(ERROR.badDescriptor);
    const status = new Uint8Array(STAT_BYTES);
    const view = new DataView(status.buffer);
    view.setUint32(8, REGULAR);
    view.setUint32(12, 1);
    view.setBigUint64(28, BigInt(bytes.length));
    return `F${STAT_BYTES.toString(16)};${latin1(status)}`;
  }
}
