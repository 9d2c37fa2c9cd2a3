// What a small program weighs: "hello" for capOS against the same on Linux with the smallest C library there is.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { area } from '@capos/tooling/bench';
import { packagePath } from '../src/host-node/flags.ts';

// Prints the same line with the same machinery: a formatted print, an integer.
const SOURCE = `#include <stdio.h>
#include <unistd.h>
int main(int argc, char **argv) {
  return printf("Hello, %s! I am process %d.\\n", argc > 1 ? argv[1] : "world", (int)getpid()) < 0;
}
`;

function linkedSize(command: string, flags: readonly string[]): number | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'capos-size-'));
  try {
    const [source, target] = [join(folder, 'hello.c'), join(folder, 'hello')];
    writeFileSync(source, SOURCE);
    const { status } = spawnSync(command, ['-Os', '-s', '-static', ...flags, source, '-o', target]);
    return status === 0 ? statSync(target).size : undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

area('image-size', async (suite) => {
  const ours = statSync(packagePath('prebuilt/hello.elf')).size;
  const rivals = [
    { name: 'musl-gcc, static', size: linkedSize('musl-gcc', ['-Wl,--gc-sections']) },
    { name: 'gcc, glibc, static', size: linkedSize('gcc', ['-Wl,--gc-sections']) },
  ];
  for (const { name, size } of rivals) {
    if (size === undefined) suite.skip('hello', `${name} does not build here`);
    else
      await suite.compare({
        name: 'hello',
        unit: 'bytes',
        ours: () => ours,
        rival: { name, run: () => size },
        rounds: 1,
      });
  }
});
