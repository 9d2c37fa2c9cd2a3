// bash's own tests (Debian source package bash): a unit a `run-` script, which compares what bash printed with what it should.
import { cpSync, globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { debianRoot } from '../debian-root.ts';
import { debianSource, hostTool } from '../debian-source.ts';
import { rootWithScratch } from '../guest-root.ts';
import type { Judge, JudgeUnit } from '../judge.ts';

const TIMEOUT_SECONDS = 240;
/** Small programs that the tests call. */
const HELPERS = ['recho', 'zecho', 'printenv', 'xcase'];
const HELPER_FLAGS = ['-O1', '-w', '-static', '-DHAVE_STRING_H', '-DHAVE_STDLIB_H', '-DHAVE_UNISTD_H'];
const DRIVERS = ['run-all', 'run-minimal'];

export const bashTests: Judge = {
  name: 'bash',
  title: 'bash tests',
  async load(cache) {
    const { folder, version } = await debianSource(cache, 'bash');
    const root = await debianRoot(cache, 'base');
    const helpers = await cache.once(`bash-helpers-${version}`, (into) => {
      for (const name of HELPERS)
        hostTool('gcc', [
          ...HELPER_FLAGS,
          `-I${folder}`,
          `-I${folder}/include`,
          join(folder, `support/${name}.c`),
          '-o',
          join(into, name),
        ]);
    });
    const scripts = globSync('tests/run-*', { cwd: folder })
      .map((path) => basename(path))
      .filter((name) => !DRIVERS.includes(name))
      .sort();
    const units = scripts.map(
      (name): JudgeUnit => ({
        name,
        run(scratch) {
          cpSync(join(folder, 'tests'), join(scratch, 'tests'), { recursive: true });
          return {
            program: join(root, 'usr/bin/bash'),
            path: '/bin/bash',
            arguments: [`./${name}`],
            environment: [
              'PATH=/tmp/tests:/judged:/usr/bin:/bin',
              'HOME=/root',
              'THIS_SH=/bin/bash',
              'BASH_TSTOUT=/tmp/tstout',
              'TMPDIR=/tmp',
              'TERM=dumb',
            ],
            workingDirectory: '/tmp/tests',
            mounts: [...rootWithScratch(root, scratch), { guest: '/judged', host: helpers, readOnly: true }],
            timeoutSeconds: TIMEOUT_SECONDS,
            memoryMiB: 512,
          };
        },
        verdicts: ({ ending }) => new Map([[name, ending.how === 'exited' && ending.code === 0]]),
      }),
    );
    return { version: `bash ${version}`, units };
  },
};
