// The `capnp` program as an oracle: C++ Cap'n Proto, in its own process.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { hasCapnp } from '../../generator/index.ts';

export const capnpIsHere: boolean = hasCapnp();
export const WITHOUT_CAPNP = 'the capnp program is not installed';

const SCHEMA = fileURLToPath(new URL('../schema/specimen.capnp', import.meta.url));

function run(args: readonly string[], input: Uint8Array): Buffer {
  const result = spawnSync('capnp', args, { input, maxBuffer: 1 << 28 });
  if (result.status !== 0) throw new Error(`capnp ${args.join(' ')}: ${result.stderr}`);
  return result.stdout;
}

/** Frames a one-segment message: segment count − 1, its length in words. */
export function frame(message: Uint8Array): Uint8Array {
  const framed = new Uint8Array(message.length + 8);
  new DataView(framed.buffer).setUint32(4, message.length / 8, true);
  framed.set(message, 8);
  return framed;
}

/** The canonical forms of many messages, one behind the other. */
export function canonical(framed: readonly Uint8Array[]): Buffer {
  return run(['convert', '--quiet', 'binary:canonical'], Buffer.concat(framed));
}

/** One line of text per message, in Cap'n Proto's own notation. */
export function toText(framed: readonly Uint8Array[], type: string): string[] {
  const text = run(['convert', '--quiet', '--short', 'binary:text', SCHEMA, type], Buffer.concat(framed)).toString();
  return text.trimEnd().split('\n');
}

/** The message that a line of Cap'n Proto's notation stands for, unframed, as the C++ builder lays it out. */
export function fromText(text: string, type: string): Uint8Array {
  return new Uint8Array(run(['convert', '--quiet', 'text:flat', SCHEMA, type], Buffer.from(text)));
}

/** As {@link fromText}; undefined for what the program's own parser does not take. */
export function tryFromText(text: string, type: string): Uint8Array | undefined {
  try {
    return fromText(text, type);
  } catch {
    return undefined;
  }
}
