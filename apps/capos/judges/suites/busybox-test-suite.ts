// busybox's own test suite (Debian source package busybox), driven by busybox's own shell: a unit an applet.
//
// The suite asks `.config` what it may test: the configuration of Debian's static flavour, whose binary the judged one is.
import { copyFileSync, cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { debianSource, hostTool } from '../debian-source.ts';
import { guestRoot, rootWithScratch, staticBusybox } from '../guest-root.ts';
import type { Judge, JudgeUnit, Verdicts } from '../judge.ts';

const TIMEOUT_SECONDS = 900;
/** bc's tests are one run: two of them convert five million numbers, a minute of processor time for Linux itself and 15 inside. */
const BC_TIMEOUT_SECONDS = 2700;
/** As Debian's own build sets it. */
const ENVIRONMENT = [
  'PATH=/bin',
  'HOME=/root',
  'SHELL=/bin/sh',
  'LANG=C.UTF-8',
  'LC_ALL=C.UTF-8',
  'ECHO=/bin/echo',
  'SKIP_KNOWN_BUGS=y',
  'SKIP_INTERNET_TESTS=y',
];
/** Reads the whole source tree for style; it tests no applet. */
const NOT_OF_AN_APPLET = ['all_sourcecode'];

export const busyboxTestSuite: Judge = {
  name: 'busybox',
  title: 'busybox testsuite',
  async load(cache) {
    const { folder, version } = await debianSource(cache, 'busybox');
    const program = staticBusybox();
    const root = await guestRoot(cache);
    const suite = join(folder, 'testsuite');
    const implemented = new Set(hostTool(program, ['--list']).trim().split('\n'));
    const applets = readdirSync(suite, { withFileTypes: true })
      .map((entry) => (entry.isDirectory() ? entry.name : entry.name.endsWith('.tests') ? entry.name.slice(0, -6) : ''))
      .filter((name) => name === 'busybox' || name === 'parse' || implemented.has(name))
      .filter((name) => !NOT_OF_AN_APPLET.includes(name));
    const units = [...new Set(applets)].sort().map((applet): JudgeUnit => {
      return {
        name: applet,
        run(scratch) {
          cpSync(suite, join(scratch, 'testsuite'), { recursive: true });
          copyFileSync(join(folder, 'debian/config/pkg/static'), join(scratch, '.config'));
          copyFileSync(program, join(scratch, 'busybox'));
          return {
            program,
            path: '/bin/busybox',
            arguments: ['sh', './runtest', applet],
            environment: ENVIRONMENT,
            workingDirectory: '/tmp/testsuite',
            mounts: rootWithScratch(root, scratch),
            timeoutSeconds: applet === 'bc' ? BC_TIMEOUT_SECONDS : TIMEOUT_SECONDS,
            memoryMiB: 512,
          };
        },
        verdicts: ({ stdout }) => verdictLines(applet, Buffer.from(stdout).toString('latin1')),
      };
    });
    if (!existsSync(join(suite, 'runtest'))) throw new Error(`${suite} holds no runtest`);
    return { version: `busybox ${version}`, units };
  },
};

/** `PASS: name` and `FAIL: name`; a name that comes again is told apart by its count. */
export function verdictLines(applet: string, output: string): Verdicts {
  const verdicts = new Map<string, boolean>();
  const seen = new Map<string, number>();
  for (const [, verdict, name] of output.matchAll(/^(PASS|FAIL): (.*)$/gm)) {
    const count = (seen.get(name!) ?? 0) + 1;
    seen.set(name!, count);
    verdicts.set(`${applet}: ${name}${count === 1 ? '' : ` #${count}`}`, verdict === 'PASS');
  }
  return verdicts;
}
