// Tests of Go's standard library (Debian package golang-go), as the static programs that `go test -c` makes of them.
//
// A unit is a batch of tests of one package: a test that hangs takes the rest of its batch along, no more.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { hostTool } from '../debian-source.ts';
import { guestRoot, rootWithScratch } from '../guest-root.ts';
import type { Judge, JudgeUnit, Verdicts } from '../judge.ts';
import type { JudgeCache } from '../judge-cache.ts';

const TIMEOUT_SECONDS = 300;
const BATCH = 12;
const PACKAGES = ['os', 'syscall', 'sync', 'bufio', 'os/signal', 'path/filepath'];

export const goStandardLibrary: Judge = {
  name: 'go',
  title: 'Go standard library tests',
  async load(cache) {
    return loadGoTests(cache, PACKAGES);
  },
};

/** The tests of some packages, as units. */
export async function loadGoTests(cache: JudgeCache, packages: readonly string[]) {
  const version = hostTool('go', ['env', 'GOVERSION']).trim();
  const goRoot = hostTool('go', ['env', 'GOROOT']).trim();
  const sources = realpathSync(join(goRoot, 'src'));
  const root = await guestRoot(cache);
  const units: JudgeUnit[] = [];
  for (const name of packages) {
    const built = await cache.once(`${version}-${name.replaceAll('/', '-')}`, (into) => {
      const environment = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '', GOCACHE: join(cache.folder, 'go-build') };
      execFileSync('go', ['test', '-c', '-o', join(into, 'package.test'), name], { env: environment, stdio: 'ignore' });
    });
    const program = join(built, 'package.test');
    const folder = existsSync(join(sources, name)) ? join(sources, name) : built;
    const listed = execFileSync(program, ['-test.list', '^(Test|Example)'], { cwd: folder, encoding: 'utf8' });
    const tests = listed.split('\n').filter((line) => /^(Test|Example)/.test(line));
    for (let start = 0; start < tests.length; start += BATCH) {
      const batch = tests.slice(start, start + BATCH);
      units.push({
        name: `${name} ${batch[0]}`,
        run(scratch) {
          mkdirSync(join(scratch, 'home'));
          return {
            program,
            path: '/judged/package.test',
            arguments: ['-test.v', `-test.timeout=${TIMEOUT_SECONDS - 20}s`, `-test.run=^(${batch.join('|')})$`],
            environment: ['PATH=/bin', 'HOME=/tmp/home', 'TMPDIR=/tmp', 'GOROOT=/goroot', `PWD=/goroot/src/${name}`],
            workingDirectory: `/goroot/src/${name}`,
            mounts: [
              ...rootWithScratch(root, scratch),
              { guest: '/judged', host: built, readOnly: true },
              { guest: '/goroot/src', host: sources, readOnly: true },
            ],
            timeoutSeconds: TIMEOUT_SECONDS,
            memoryMiB: 1024,
          };
        },
        verdicts: ({ stdout }) => goVerdicts(name, Buffer.from(stdout).toString()),
      });
    }
  }
  return { version, units };
}

/** `--- PASS: TestName (0.00s)` at the start of a line: tests, not their parts. Skipped tests are decided by nobody. */
export function goVerdicts(name: string, output: string): Verdicts {
  return new Map(
    [...output.matchAll(/^--- (PASS|FAIL): (\w+) /gm)].map(([, verdict, test]) => [
      `${name} ${test}`,
      verdict === 'PASS',
    ]),
  );
}
