// A unit that is a script: an interpreter of the root runs it in an empty folder beside `words`, 20,000 made-up lines.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootWithScratch } from '../guest-root.ts';
import type { JudgeUnit } from '../judge.ts';
import type { JudgeCache } from '../judge-cache.ts';
import { sameOutput } from '../same-output.ts';

const TIMEOUT_SECONDS = 300;
/** Where a unit's own tools are for it. */
export const TOOLS = '/judged';

export interface Script {
  readonly name: string;
  /** Path of the program in the guest, and its arguments before the script's name. */
  readonly interpreter: readonly string[];
  readonly script: string;
  readonly network?: 'loopback';
  /** Entries of a block before it is translated; the machine's own choice unless given. */
  readonly translateAfter?: number;
  /** Takes out what differs between two runs on Linux too. */
  readonly settle?: (output: string) => string;
}

/** `tools`: a folder of the host that is mounted at TOOLS and holds `words`. */
export function scriptUnit(script: Script, root: string, tools: string): JudgeUnit {
  const { name, interpreter } = script;
  const [path, ...before] = interpreter as [string, ...string[]];
  const program = path.startsWith(`${TOOLS}/`) ? join(tools, path.slice(TOOLS.length)) : join(root, path);
  return {
    name,
    run(scratch) {
      mkdirSync(join(scratch, 'home'));
      copyFileSync(join(tools, 'words'), join(scratch, 'words'));
      writeFileSync(join(scratch, 'script'), `${script.script}\n`);
      return {
        program,
        path,
        arguments: [...before, 'script'],
        environment: [`PATH=${TOOLS}:/usr/bin:/bin`, 'HOME=/tmp/home', 'TMPDIR=/tmp', 'LC_ALL=C', 'TZ=UTC'],
        workingDirectory: '/tmp',
        mounts: [...rootWithScratch(root, scratch), { guest: TOOLS, host: tools, readOnly: true }],
        timeoutSeconds: TIMEOUT_SECONDS,
        memoryMiB: 1024,
        ...(script.network === undefined ? {} : { network: script.network }),
        ...(script.translateAfter === undefined ? {} : { translateAfter: script.translateAfter }),
      };
    },
    verdicts: sameOutput(name, script.settle),
  };
}

/** Lines that look like words, the same every time. */
export function madeUpLines(count: number): string {
  let state = 42;
  const draw = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const letters = 'etaoinshrdlucmfwypvbgkqjxz';
  const line = (): string => Array.from({ length: 3 + draw(9) }, () => letters[Math.min(draw(26), draw(26))]).join('');
  return `${Array.from({ length: count }, line).join('\n')}\n`;
}

/** A folder that holds `words` and nothing else. */
export function words(cache: JudgeCache): Promise<string> {
  return cache.once('words', (folder) => writeFileSync(join(folder, 'words'), madeUpLines(20_000)));
}

export function debianRelease(): string {
  return `Debian ${/^VERSION="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? ''}`;
}
