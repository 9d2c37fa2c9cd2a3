// The auxiliary vector on a new program's stack (System V ABI, AMD64 supplement §3.4.1):
//
//   RSP ─▶ argc │ argv … 0 │ environment … 0 │ (type, value) … (0, 0)

const WORD = 8;
/** Words looked at in all: arguments and environment have at most 2 MiB of strings on Linux. */
const MOST_WORDS = 0x4_0000;
const AT_NULL = 0n;

/** Its bytes, the null entry included; undefined when the stack is not what a new program's is. */
export function readAuxiliaryVector(
  stack: bigint,
  readMemory: (address: bigint, into: Uint8Array) => number,
): Uint8Array | undefined {
  const bytes = new Uint8Array(2 * WORD);
  const view = new DataView(bytes.buffer);
  let at = stack;
  let words = 0;
  const next = (): bigint | undefined => {
    if (++words > MOST_WORDS || readMemory(at, bytes.subarray(0, WORD)) < WORD) return undefined;
    at += BigInt(WORD);
    return view.getBigUint64(0, true);
  };
  const count = next();
  if (count === undefined || count > BigInt(MOST_WORDS)) return undefined;
  at += count * BigInt(WORD);
  if (next() !== 0n) return undefined;
  for (let word = next(); word !== 0n; word = next()) if (word === undefined) return undefined;
  const pairs: bigint[] = [];
  for (;;) {
    const [type, value] = [next(), next()];
    if (type === undefined || value === undefined) return undefined;
    pairs.push(type, value);
    if (type === AT_NULL) break;
  }
  const vector = new Uint8Array(pairs.length * WORD);
  const into = new DataView(vector.buffer);
  for (const [index, word] of pairs.entries()) into.setBigUint64(index * WORD, word, true);
  return vector;
}
