// `--profile` names the functions of programs inside, wherever they are loaded.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { capos } from './support/capos.ts';

const PROGRAM = `
__attribute__((noinline)) static unsigned hot(unsigned n) { for (int i = 0; i < 1000; i++) n = n * 1664525u + 1013904223u; return n; }
int main(void) { unsigned sum = 0; for (int i = 0; i < 9000; i++) sum += hot(sum + i); return sum & 1 ? 0 : 4; }
`;
const hasCompiler = spawnSync('gcc', ['--version']).status === 0;

test.skipIf(!hasCompiler)(
  'the hot function of a relocated program stands first, in the table and in the stacks',
  async () => {
    const directory = mkdtempSync(join(tmpdir(), 'capos-profile-'));
    try {
      const [source, program, stacks, picture] = ['a.c', 'a.out', 'stacks', 'picture.svg'].map((name) =>
        join(directory, name),
      );
      writeFileSync(source!, PROGRAM);
      execFileSync('gcc', ['-O1', '-static-pie', '-o', program!, source!]);
      const { status, stderr } = await capos(['run', `--profile=${stacks}`, '--', program!]);
      expect(status).toBe(spawnSync(program!).status);
      expect(stderr).toMatch(/# \d+ samples in \d+ functions\n#.*\n +(\d\d|100)\.\d\d%.* hot\n/);
      expect(readFileSync(stacks!, 'utf8')).toMatch(/^a\.out;.*hot \d+$/m);
      await capos(['run', `--profile=${picture}`, '--', program!]);
      expect(readFileSync(picture!, 'utf8')).toContain('<title>hot: ');
    } finally {
      rmSync(directory, { recursive: true });
    }
  },
);
