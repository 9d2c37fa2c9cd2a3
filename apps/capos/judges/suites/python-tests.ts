// Python's own tests of what it asks of the system (Debian package libpython3.N-testsuite): a unit a module, a verdict a test.
import { join } from 'node:path';
import { debianRoot } from '../debian-root.ts';
import { hostTool } from '../debian-source.ts';
import { rootWithScratch } from '../guest-root.ts';
import { type Judge, type JudgeUnit, type RunOutcome, Unavailable, type Verdicts } from '../judge.ts';

/** Of a module: subprocess alone starts some hundred interpreters. */
const TIMEOUT_SECONDS = 1800;
const INTERPRETER = '/usr/bin/python3';

const MODULES = [
  ...['posix', 'os', 'fcntl', 'mmap', 'select', 'poll', 'epoll', 'selectors', 'pty', 'signal', 'fork1', 'wait4'],
  ...['resource', 'subprocess', 'threading', 'socket', 'tempfile', 'shutil', 'glob', 'pathlib', 'tarfile'],
  ...['struct', 'math', 'float', 'zlib', 'hashlib'],
];

/** `test_name (test.module.Class.test_name) ... ok`, the first line of a docstring between the two if there is one. */
const VERDICT = /^(\w+) \((\S+)\)(?:\n[^\n]*?)? \.\.\. (?:[^\n]*?\b)?(ok|FAIL|ERROR|skipped|expected failure)\b/gm;

function verdictsOf({ stderr, stdout }: RunOutcome): Verdicts {
  const said = Buffer.concat([stdout, stderr]).toString('utf8');
  const verdicts = new Map<string, boolean>();
  for (const [, , name, verdict] of said.matchAll(VERDICT))
    if (verdict !== 'skipped') verdicts.set(name!, verdict === 'ok');
  return verdicts;
}

export const pythonTests: Judge = {
  name: 'python',
  title: "Python's tests",
  async load(cache) {
    const python = /^\s*Depends: (python3\.\d+)$/m.exec(hostTool('apt-cache', ['depends', 'python3']))?.[1];
    if (python === undefined) throw new Unavailable('Debian has no package python3 here');
    const suite = `lib${python}-testsuite`;
    const root = await debianRoot(cache, `${python}-tests`, ['python3', suite]);
    const about = hostTool('apt-cache', ['show', '--no-all-versions', suite]);
    const version = /^Version: (\S+)$/m.exec(about)?.[1] ?? '';
    const units = MODULES.map(
      (name): JudgeUnit => ({
        name: `test_${name}`,
        run: (scratch) => ({
          program: join(root, 'usr/bin/python3'),
          path: INTERPRETER,
          arguments: ['-m', 'test', '-v', `test_${name}`],
          environment: ['PATH=/usr/bin:/bin', 'HOME=/tmp', 'TMPDIR=/tmp', 'LANG=C.UTF-8', 'TERM=dumb', 'TZ=UTC'],
          workingDirectory: '/tmp',
          mounts: rootWithScratch(root, scratch),
          timeoutSeconds: TIMEOUT_SECONDS,
          memoryMiB: 1024,
          network: 'loopback',
        }),
        verdicts: verdictsOf,
      }),
    );
    return { version: `${python} ${version}`, units };
  },
};
