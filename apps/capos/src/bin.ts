#!/usr/bin/env node
// The `capos` command.
import { runCommandLine } from './command-line.ts';
import { EXIT } from './exit-status.ts';

try {
  process.exitCode = await runCommandLine(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`capos: ${error instanceof Error ? error.message : String(error)}\n`);
  if (process.env.CAPOS_DEBUG !== undefined && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exitCode = EXIT.FAILED;
}
