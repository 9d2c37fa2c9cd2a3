// Inode numbers of what no file system numbers: pipes, sockets, the shim's own directories. Each kind counts in a range of its
// own, and each domain by itself, so that a run that is repeated has the same ones.

const FIRST = {
  synthetic: 0x1000_0000n,
  pipe: 0x3000_0000n,
  socket: 0x5000_0000n,
  memory: 0x5000_0000n,
  queue: 0x6800_0000n,
} as const;

export class InodeNumbers {
  readonly #next: Record<keyof typeof FIRST, bigint> = { ...FIRST };

  take(kind: keyof typeof FIRST): bigint {
    return this.#next[kind]++;
  }
}
