#!/usr/bin/env node
// The `capos` command.
import * as nodeModule from 'node:module';
import { EXIT } from './exit-status.ts';

// Compiled code kept from one start to the next: the prompt is there in 0.25 s instead of 0.6 s (`boot` bench). It must be
// on before the rest is imported; Node 20 does not have it.
nodeModule.enableCompileCache?.();

// Whoever reads the output may stop reading (`capos … | head`): then the rest is not wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  const { runCommandLine } = await import('./command-line.ts');
  process.exitCode = await runCommandLine(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`capos: ${error instanceof Error ? error.message : String(error)}\n`);
  if (process.env.CAPOS_DEBUG !== undefined && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  process.exitCode = EXIT.FAILED;
}
