// Amounts on the command line: memory, shares of a processor, spans of time.

class QuantityOptionError extends Error {
  override readonly name = 'QuantityOptionError';
}

const MIB_OF_UNIT: Readonly<Record<string, number>> = { K: 1 / 1024, M: 1, G: 1024 };
/** Below this nothing starts, above it the machine's memory can't be made. */
const SMALLEST_MIB = 16;
const LARGEST_MIB = 3840;

/** `--memory 512M`: MiB. A bare number is MiB too. @throws QuantityOptionError */
export function parseMemory(value: string): number {
  const match = /^(\d+(?:\.\d+)?)([KMG])?(?:iB|B)?$/i.exec(value);
  const mib = match === null ? Number.NaN : Number(match[1]) * MIB_OF_UNIT[(match[2] ?? 'M').toUpperCase()]!;
  if (!(mib >= SMALLEST_MIB && mib <= LARGEST_MIB))
    throw new QuantityOptionError(
      `--memory ${value}: give a size from 16M to 3840M, such as --memory 512M or --memory 1G`,
    );
  return Math.floor(mib);
}

/** `--cpus 0.5`: the share of the one emulated processor. @throws QuantityOptionError */
export function parseProcessors(value: string): number {
  const share = Number(value);
  if (!(share >= 0.01 && share <= 64))
    throw new QuantityOptionError(
      `--cpus ${value}: give a share of the processor from 0.01 up, such as --cpus 0.5; there is one, so 1 and more is all of it`,
    );
  return Math.min(1, share);
}

const SECONDS_OF_UNIT: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600 };

/** `--timeout 30` or `90s`, `2m`: seconds. @throws QuantityOptionError */
export function parseTimeout(value: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(value);
  const seconds = match === null ? 0 : Number(match[1]) * SECONDS_OF_UNIT[match[2] ?? 's']!;
  if (!(seconds > 0 && seconds <= 2_000_000))
    throw new QuantityOptionError(`--timeout ${value}: give a time above zero, such as --timeout 30, 500ms or 2m`);
  return seconds;
}
