// Programs in assembly as flat binaries, for bare machines.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const LOAD_ADDRESS = 0x10_0000;

/** The bytes of test/programs/NAME.S, linked to be loaded at LOAD_ADDRESS and entered there. */
export function assembleFlat(name: string): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'x86-machine-'));
  const source = fileURLToPath(new URL(`../programs/${name}.S`, import.meta.url));
  const path = join(folder, name);
  const link = [`-Ttext=0x${LOAD_ADDRESS.toString(16)}`, '--oformat=binary', '-N', '--build-id=none'];
  try {
    execFileSync('gcc', [
      ...['-nostdlib', '-static', '-no-pie', '-o', path],
      ...link.map((option) => `-Wl,${option}`),
      source,
    ]);
    return readFileSync(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
