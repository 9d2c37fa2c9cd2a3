// Several `capos` commands, one after the other, in one JavaScript process: `node runs-in-one-process.ts '[["run", …], …]'`.
import { runCommandLine } from '../../src/command-line.ts';

const commands: readonly (readonly string[])[] = JSON.parse(process.argv[2]!);
for (const command of commands) {
  const status = await runCommandLine(command);
  if (status !== 0) process.exitCode = status;
}
