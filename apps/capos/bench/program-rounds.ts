// Runs one program again and again in one booted machine: a round for each line on standard input, which a line on standard output
// answers: JSON of the processor time it took (milliseconds, all threads), and how it ended.
//
//   node program-rounds.ts DIRECTORY FILE ARG…      DIRECTORY of the host is /work, where the program starts
//
// With STATISTICS set the machine counts what its tiers do, and the answer says so.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createPosixPersonality } from '@capos/capos-posix';
import type { ConsoleBackend } from '@capos/kernel';
import { nodeClock } from '@capos/kernel/host-node';
import { grantDirectories } from '../src/directory-grants.ts';
import { createHostSystem } from '../src/host-system.ts';

const [directory, file, ...args] = process.argv.slice(2) as [string, string, ...string[]];

let output = createHash('sha256');
const console: ConsoleBackend = {
  write(bytes) {
    output.update(bytes);
    return bytes.length;
  },
  onInput: (callback) => callback(null),
  size: () => ({ columns: 80, rows: 24, isTerminal: false }),
  setRaw() {},
  onInterrupt() {},
};

const { kernel, machine, loop } = createHostSystem(
  1024,
  { console },
  process.env.STATISTICS ? { statistics: performance } : {},
);
const { grants, mounts } = grantDirectories(kernel, { mounts: [{ guest: '/work', host: directory, readOnly: true }] });

/** What a round took and did. */
export interface Round {
  readonly milliseconds: number;
  readonly status: number | undefined;
  /** SHA-256 of what was printed. */
  readonly output: string;
  readonly statistics: typeof machine.statistics;
}

async function round(): Promise<Round> {
  output = createHash('sha256');
  const before = process.cpuUsage();
  const program = kernel.spawn({
    name: 'program',
    image: readFileSync(file),
    arguments: [file, ...args],
    grants: {
      console: kernel.objects.console!,
      timer: kernel.objects.timer,
      entropy: kernel.objects.entropySource,
      ...grants,
    },
    personality: createPosixPersonality({ mounts, cwd: '/work' }),
  });
  const status = await loop.run(kernel, program, nodeClock.nowNs);
  const { user, system } = process.cpuUsage(before);
  return {
    milliseconds: (user + system) / 1000,
    status: status.which === 'exited' ? status.exited : undefined,
    output: output.digest('hex'),
    statistics: machine.statistics,
  };
}

for await (const _ of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await round())}\n`);
}
process.exit(0);
