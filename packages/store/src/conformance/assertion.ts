// The few assertions the conformance suites need, so that they run under any test framework or none.

export class ConformanceError extends Error {
  override readonly name = 'ConformanceError';
}

const show = (value: unknown): string =>
  JSON.stringify(value, (_key, each) => {
    if (each instanceof Uint8Array) return `bytes(${each.length}):${[...each.subarray(0, 40)].join(',')}`;
    return typeof each === 'bigint' ? `${each}n` : each;
  }) ?? String(value);

/** Structural equality of plain data; byte arrays by content. */
function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (a instanceof Uint8Array || b instanceof Uint8Array) {
    return (
      a instanceof Uint8Array && b instanceof Uint8Array && a.length === b.length && a.every((byte, i) => byte === b[i])
    );
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}

export function check(condition: boolean, promise: string): asserts condition {
  if (!condition) throw new ConformanceError(`Not so: ${promise}`);
}

export function equal(found: unknown, expected: unknown, promise: string): void {
  if (!same(found, expected))
    throw new ConformanceError(`${promise}: found ${show(found)}, expected ${show(expected)}`);
}

/** Runs `action`, which must throw an error with this `code`. */
export function refuses(action: () => unknown, code: string): void {
  let found: string;
  try {
    found = `no error but ${show(action())}`;
  } catch (error) {
    const thrown = (error as { readonly code?: unknown }).code;
    if (thrown === code) return;
    found = `${String(error)} (${String(thrown)})`;
  }
  throw new ConformanceError(`Expected the error ${code}, found ${found}`);
}

/** One promise of an interface: its name is a sentence, and `run` throws when it does not hold. */
export interface ConformanceCase {
  readonly name: string;
  run(): Promise<void>;
}
