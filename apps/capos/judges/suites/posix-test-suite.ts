// The POSIX Test Suite (Debian source package posixtestsuite): every test program of it that compiles, static with musl.
//
// A program passes when it exits with 0 (PTS_PASS). Programs that don't compile, or that have no main (tests of headers,
// which the compiler has then passed), are no units.
import { execFile } from 'node:child_process';
import { globSync, mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { debianSource, hostTool } from '../debian-source.ts';
import { guestRoot, rootWithScratch } from '../guest-root.ts';
import type { Judge, JudgeUnit } from '../judge.ts';

/** The suite's own limit: some tests start a thousand processes or threads. */
const TIMEOUT_SECONDS = 240;
const COMPILER = 'musl-gcc';

const execute = promisify(execFile);

export const posixTestSuite: Judge = {
  name: 'posix',
  title: 'POSIX Test Suite',
  async load(cache) {
    const { folder, version } = await debianSource(cache, 'posixtestsuite');
    hostTool(COMPILER, ['--version']);
    const built = await cache.once(`posixtestsuite-${version}`, (into) => compileAll(folder, into));
    const root = await guestRoot(cache);
    const units = globSync('**/*.test', { cwd: built })
      .sort()
      .map((file): JudgeUnit => {
        const name = file.slice(0, -'.test'.length);
        return {
          name,
          run: (scratch) => ({
            program: join(built, file),
            path: `/judged/${basename(file)}`,
            arguments: [],
            environment: [],
            workingDirectory: '/tmp',
            mounts: [
              ...rootWithScratch(root, scratch),
              { guest: '/judged', host: dirname(join(built, file)), readOnly: true },
            ],
            timeoutSeconds: TIMEOUT_SECONDS,
            memoryMiB: 256,
          }),
          verdicts: ({ ending }) => new Map([[name, ending.how === 'exited' && ending.code === 0]]),
        };
      });
    return { version: `posixtestsuite ${version}`, units };
  },
};

async function compileAll(source: string, into: string): Promise<void> {
  const files = globSync('{conformance,functional,stress}/**/*.c', { cwd: source });
  const compileNext = async (): Promise<void> => {
    for (let file = files.pop(); file !== undefined; file = files.pop()) {
      const target = join(into, file.replace(/\.c$/, '.test'));
      mkdirSync(dirname(target), { recursive: true });
      const flags = ['-static', '-O2', '-w', '-std=gnu99', '-D_GNU_SOURCE', `-I${source}/include`];
      try {
        await execute(COMPILER, [...flags, join(source, file), '-o', target, '-lpthread', '-lrt', '-lm']);
      } catch {
        // Not every test suits every C library; what doesn't link is not run on either side.
      }
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, compileNext));
}
