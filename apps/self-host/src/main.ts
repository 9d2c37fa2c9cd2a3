// `pnpm --filter @capos/app-self-host start [PACKAGE…]`: type-checks the packages (all, unless some are named) and bundles the
// `capos` command, on the host and inside capOS; then the bundle that was made inside runs a program itself.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle, COMMAND_ENTRY, packageNames, typeCheck } from './jobs.ts';
import { type Comparison, type Job, sideBySide } from './side-by-side.ts';
import { BUNDLER, findTool, TYPE_CHECKER } from './tools.ts';

const [compiler, bundler] = [findTool(TYPE_CHECKER), findTool(BUNDLER)];
if (compiler === undefined || bundler === undefined) {
  console.error('self-host: TypeScript and esbuild are installed for Linux on x86-64 only; run it there');
  process.exit(2);
}
const names = process.argv.length > 2 ? process.argv.slice(2) : packageNames();
const unknown = names.filter((name) => !packageNames().includes(name));
if (unknown.length > 0) {
  console.error(`self-host: no package named ${unknown.join(', ')}; there are ${packageNames().join(', ')}`);
  process.exit(2);
}

console.log('job                                    host s   inside s   same bytes (seconds of processor time)');
const report = async (job: Job): Promise<Comparison> => {
  const comparison = await sideBySide(job);
  const { host, inside, differences } = comparison;
  const size = host.stdout.length + [...host.files.values()].reduce((sum, file) => sum + file.length, 0);
  const same = differences.length === 0 ? `yes (${size.toLocaleString('en')})` : `NO: ${differences.join(', ')}`;
  const times = `${host.seconds.toFixed(2).padStart(9)} ${inside.seconds.toFixed(1).padStart(10)}`;
  console.log(`${job.name.padEnd(35)} ${times}   ${same}`);
  if (differences.length > 0) {
    process.exitCode = 1;
    console.error(inside.stderr.slice(-2000));
  }
  return comparison;
};
for (const name of names) await report(typeCheck(compiler, name));
const { inside } = await report(bundle(bundler, COMMAND_ENTRY, 'capos'));

// The circle closes: what was bundled inside is the command that runs programs inside.
const folder = mkdtempSync(join(tmpdir(), 'capos-self-host-'));
try {
  const command = join(folder, 'capos.mjs');
  writeFileSync(command, inside.files.get('capos.js') ?? '');
  const own = spawnSync(process.execPath, [command, 'run', '--', bundler, '--version'], { encoding: 'utf8' });
  const host = spawnSync(bundler, ['--version'], { encoding: 'utf8' });
  const works = own.status === 0 && own.stdout === host.stdout;
  console.log(
    `the bundle made inside runs esbuild --version: ${works ? own.stdout.trim() : `NO: ${own.stderr.slice(-500)}`}`,
  );
  if (!works) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
