#!/usr/bin/env node
// The executable of capos-cc.
import { caposCompiler } from './capos-cc.ts';

process.exitCode = caposCompiler(process.argv.slice(2), {
  environment: process.env,
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
});
