// A process that runs guests for the pool, one machine and one kernel a run: nothing of one run is there in the next.
import { readFileSync } from 'node:fs';
import { createPosixPersonality } from '@capos/capos-posix';
import type { ConsoleBackend } from '@capos/kernel';
import { nodeClock } from '@capos/kernel/host-node';
import { grantDirectories } from '../src/directory-grants.ts';
import { createHostSystem } from '../src/host-system.ts';
import { LOOPBACK_ONLY } from '../src/net-option.ts';
import { grantNetwork } from '../src/network-grants.ts';
import { IDLE_FACTOR, type ProgramRun, type RunOutcome } from './judge.ts';

/** Most output kept of a run. */
const OUTPUT_LIMIT = 16 * 2 ** 20;
const SIGKILL = 9;

/** A console that keeps what is written to it. */
function collecting(input: Uint8Array): ConsoleBackend & { collected(): Uint8Array } {
  const parts: Uint8Array[] = [];
  let size = 0;
  return {
    write(bytes) {
      size += bytes.length;
      if (size <= OUTPUT_LIMIT) parts.push(bytes);
      return bytes.length;
    },
    onInput(callback) {
      if (input.length > 0) setImmediate(() => callback(input));
      setImmediate(() => callback(null));
    },
    size: () => ({ columns: 80, rows: 24, isTerminal: false }),
    setRaw() {},
    onInterrupt() {},
    collected: () => Buffer.concat(parts),
  };
}

export async function runInside(run: ProgramRun): Promise<RunOutcome> {
  const stdout = collecting(new Uint8Array());
  const stderr = collecting(new Uint8Array());
  const stdin = collecting(Buffer.from(run.input ?? ''));
  const { kernel, loop } = createHostSystem(
    run.memoryMiB,
    { console: stdin },
    run.translateAfter === undefined ? {} : { translateAfter: run.translateAfter },
  );
  const { grants, mounts } = grantDirectories(kernel, { mounts: run.mounts });
  const loopback = run.network === undefined ? undefined : LOOPBACK_ONLY;
  const network = await grantNetwork(kernel, loopback, (line) => stderr.write(Buffer.from(`${line}\n`)));
  const { timer, entropySource: entropy, console } = kernel.objects;
  const program = kernel.spawn({
    name: 'judged',
    image: readFileSync(run.program),
    arguments: [run.path, ...run.arguments],
    environment: run.environment,
    grants: {
      stdin: console,
      stdout: kernel.createConsole(stdout),
      stderr: kernel.createConsole(stderr),
      timer,
      entropy,
      ...grants,
      ...network.grants,
    },
    personality: createPosixPersonality({ mounts, cwd: run.workingDirectory, executablePath: run.path }),
  });
  let timedOut = false;
  const usedBefore = process.cpuUsage();
  const startedNs = nodeClock.nowNs();
  const limit = setInterval(() => {
    const { user, system } = process.cpuUsage(usedBefore);
    const tooLong = nodeClock.nowNs() - startedNs > run.timeoutSeconds * IDLE_FACTOR * 1e9;
    if ((user + system) / 1e6 < run.timeoutSeconds && !tooLong) return;
    timedOut = true;
    program.kill(SIGKILL);
  }, 500);
  const status = await loop.run(kernel, program, nodeClock.nowNs);
  clearInterval(limit);
  network.close();
  const ending = ((): RunOutcome['ending'] => {
    if (timedOut) return { how: 'timed out' };
    if (status.which === 'exited') return { how: 'exited', code: status.exited };
    if (status.which === 'killed') return { how: 'killed', signal: status.killed };
    return { how: 'broke', message: `processor exception ${status.faulted.vector} at ${status.faulted.instruction}` };
  })();
  return { ending, stdout: stdout.collected(), stderr: stderr.collected() };
}

if (process.send !== undefined) {
  process.on('message', (run: ProgramRun) => {
    runInside(run).then(
      (outcome) => process.send!(outcome),
      (error: unknown) =>
        process.send!({
          ending: { how: 'broke', message: error instanceof Error ? (error.stack ?? error.message) : String(error) },
          stdout: new Uint8Array(),
          stderr: new Uint8Array(),
        } satisfies RunOutcome),
    );
  });
}
