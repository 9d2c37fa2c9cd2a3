// This host's processor as the judge: compiles native/oracle.c once a process and runs batches of cases through it.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { arch, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IMAGE_BYTES, pristineImage, REGIONS } from './memory-map.ts';
import { type Case, type Outcome, ProcessorState, STATE_BYTES } from './processor-state.ts';

const MAGIC = 0x41524f4e;
/** Extensions whose name in /proc/cpuinfo is another. */
// biome-ignore format: a table
const FLAG_NAMES: Readonly<Record<string, string>> = {
  x87: 'fpu', sse3: 'pni', 'sse4.1': 'sse4_1', 'sse4.2': 'sse4_2', 'lahf-lm': 'lahf_lm', lzcnt: 'abm', sha: 'sha_ni',
};
const RESULT_BYTES = 24 + STATE_BYTES;

export interface NativeOracle {
  readonly available: true;
  /** Whether this processor has an extension, by the name rows use. */
  has(feature: string | undefined): boolean;
  run(cases: readonly Case[]): Outcome[];
}

export interface MissingOracle {
  readonly available: false;
  /** Why nothing can be compared on this host, as a skipped test says it. */
  readonly reason: string;
}

let cached: NativeOracle | MissingOracle | undefined;

export function nativeOracle(): NativeOracle | MissingOracle {
  cached ??= build();
  return cached;
}

function build(): NativeOracle | MissingOracle {
  if (platform() !== 'linux' || arch() !== 'x64') {
    return { available: false, reason: `the oracle needs Linux on x86-64, this is ${platform()} on ${arch()}` };
  }
  const folder = mkdtempSync(join(tmpdir(), 'x86-oracle-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const program = join(folder, 'oracle');
  const source = fileURLToPath(new URL('native/oracle.c', import.meta.url));
  const failures: string[] = [];
  for (const compiler of ['gcc', 'clang', 'cc']) {
    try {
      const flags = ['-O2', '-fno-stack-protector', '-mfsgsbase', '-Wl,-z,now', '-o', program, source];
      execFileSync(compiler, flags, { stdio: 'pipe' });
      break;
    } catch (error) {
      failures.push(`${compiler}: ${(error as Error).message.split('\n')[0]}`);
    }
  }
  if (!existsSync(program)) return { available: false, reason: `no C compiler works here (${failures.join('; ')})` };
  const flags = new Set(/^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1]?.trim().split(' '));
  const has = (feature: string | undefined): boolean => flags.has(FLAG_NAMES[feature ?? ''] ?? feature ?? 'lm');
  const oracle: NativeOracle = { available: true, has, run: (cases) => runBatch(program, cases) };
  try {
    oracle.run([]);
  } catch (error) {
    return { available: false, reason: `the oracle does not run here: ${(error as Error).message}` };
  }
  return oracle;
}

function runBatch(program: string, cases: readonly Case[]): Outcome[] {
  const output = execFileSync(program, {
    input: encode(cases),
    maxBuffer: 1 << 30,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return decode(output, cases.length);
}

function encode(cases: readonly Case[]): Uint8Array {
  const padded = (length: number): number => 8 + ((length + 7) & ~7);
  let size = 16 + REGIONS.length * 16 + IMAGE_BYTES;
  for (const { patches } of cases) {
    size += 8 + STATE_BYTES;
    for (const patch of patches) size += padded(patch.bytes.length);
  }
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const word of [MAGIC, REGIONS.length, IMAGE_BYTES, cases.length]) {
    view.setUint32(at, word, true);
    at += 4;
  }
  for (const region of REGIONS) {
    view.setBigUint64(at, region.address, true);
    view.setUint32(at + 8, region.bytes, true);
    view.setUint32(at + 12, region.protection, true);
    at += 16;
  }
  bytes.set(pristineImage(), at);
  at += IMAGE_BYTES;
  for (const { state, patches } of cases) {
    view.setUint32(at, patches.length, true);
    view.setUint32(
      at + 4,
      patches.reduce((sum, patch) => sum + padded(patch.bytes.length), 0),
      true,
    );
    bytes.set(state.bytes, at + 8);
    at += 8 + STATE_BYTES;
    for (const patch of patches) {
      view.setUint32(at, patch.imageOffset, true);
      view.setUint32(at + 4, patch.bytes.length, true);
      bytes.set(patch.bytes, at + 8);
      at += padded(patch.bytes.length);
    }
  }
  return bytes;
}

function decode(output: Buffer, count: number): Outcome[] {
  const bytes = new Uint8Array(output.buffer, output.byteOffset, output.byteLength);
  const view = new DataView(output.buffer, output.byteOffset, output.byteLength);
  if (view.getUint32(0, true) !== MAGIC || view.getUint32(8, true) !== count) {
    throw new Error(`the oracle answered ${output.byteLength} bytes that are not the results of ${count} cases`);
  }
  const outcomes: Outcome[] = [];
  let at = 16;
  for (let index = 0; index < count; index++) {
    const changeCount = view.getUint32(at + 4, true);
    const changes: [number, bigint][] = [];
    const state = new ProcessorState(bytes.slice(at + 24, at + 24 + STATE_BYTES).buffer);
    for (let change = 0; change < changeCount; change++) {
      const from = at + RESULT_BYTES + change * 16;
      changes.push([Number(view.getBigUint64(from, true)), view.getBigUint64(from + 8, true)]);
    }
    outcomes.push({
      trap: view.getUint32(at, true),
      errorCode: view.getBigUint64(at + 8, true),
      cr2: view.getBigUint64(at + 16, true),
      state,
      changes,
    });
    at += RESULT_BYTES + changeCount * 16;
  }
  return outcomes;
}
