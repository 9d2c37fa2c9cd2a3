// What a generated codec is: one struct type, read from and written to one unframed segment with its root pointer at word 0.

/**
 * Reads and writes messages of one struct type.
 *
 * Writing gives Cap'n Proto's canonical form (encoding spec, "Canonicalization"): one segment, objects in preorder,
 * trailing zero words and null pointers of each struct left out. Equal values give equal bytes. An empty text, data or
 * list without an explicit default in the schema is a null pointer.
 *
 * Reading trusts nothing: exact bounds, at most 64 pointers deep, work in proportion to the message's length, and each
 * byte is read once unless the message itself aliases it, so memory that another thread rewrites meanwhile gives some
 * value of the type or a {@link CodecError}, never anything else. Structs shorter or longer than this schema's are read
 * as Cap'n Proto's evolution rules say.
 */
export interface Codec<T> {
  /** The struct's name in the schema. */
  readonly name: string;
  /** Words of the data section as this schema has it. */
  readonly dataWords: number;
  /** Pointers of the pointer section as this schema has it. */
  readonly pointers: number;
  /**
   * Writes `value` at byte `offset` of `bytes`, taking at most `limit` bytes (by default: to the end).
   * @returns the length in bytes, a multiple of 8
   * @throws CodecError `noRoom`, `outOfRange` or `tooDeep`; what was written by then is unspecified
   */
  encode(value: T, bytes: Uint8Array, offset?: number, limit?: number): number;
  /**
   * Reads the message of `length` bytes at `offset`. Length 0 stands for a message whose every field has its default.
   * Given `into`, fills and returns that object, reusing the objects in it; nothing but texts, data, lists and bigints
   * is then allocated.
   * @throws CodecError
   */
  decode(bytes: Uint8Array, offset?: number, length?: number, into?: T): T;
  /** The exact number of bytes that `encode` would take. */
  measure(value: T): number;
}

/** A method of an interface. */
export interface MethodDescriptor<Params = unknown, Results = unknown> {
  /** The method's number within its interface: `methodId` of an SQE. */
  readonly ordinal: number;
  readonly name: string;
  readonly params: Codec<Params>;
  readonly results: Codec<Results>;
  /** The results can carry capabilities, so that a call on one of them can be pipelined. */
  readonly returnsCapabilities?: boolean;
}

/** An interface as clients, servers and traces use it. */
export interface InterfaceDescriptor {
  readonly id: bigint;
  readonly name: string;
  readonly methods: Readonly<Record<string, MethodDescriptor>>;
}

/** The value of a capability field that holds none. Otherwise it is an ordinal among the transferred capabilities. */
export const NO_CAPABILITY = -1;
