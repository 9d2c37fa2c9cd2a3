// `pnpm bench [AREA…] [--json | --markdown]`: runs the bench files of the areas asked for and prints their rows.
import { readdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { markdownTable, terminalTable } from './report.ts';
import { areas, measure, type Row } from './suite.ts';

const ROOT = join(import.meta.dirname, '../../..');

const HELP = `Usage: pnpm bench [AREA…] [--json | --markdown]

Runs the benchmarks of the areas named (all, when none is), rival and ours in turn, and prints a row each.
  --json      one JSON array of {area, name, unit, p50, p99, p999, rival, rivalP50, ratio, spread, n}
  --markdown  a table for a README
  --list      the areas there are
ratio is ours ÷ rival; spread is its 10th and 90th percentile over the rounds.`;

function benchFiles(): string[] {
  const files: string[] = [];
  for (const group of ['packages', 'apps']) {
    for (const name of readdirSync(join(ROOT, group))) {
      const folder = join(ROOT, group, name, 'bench');
      try {
        files.push(
          ...readdirSync(folder)
            .filter((f) => f.endsWith('.bench.ts'))
            .map((f) => join(folder, f)),
        );
      } catch {
        // a package without benches
      }
    }
  }
  return files.sort();
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean' },
    markdown: { type: 'boolean' },
    list: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
});

if (values.help) {
  console.log(HELP);
  process.exit(0);
}

for (const file of benchFiles()) await import(pathToFileURL(file).href);
const known = [...new Set(areas().map((a) => a.name))];
if (values.list) {
  console.log(known.join('\n'));
  process.exit(0);
}
const unknown = positionals.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`bench: no area named ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
  process.exit(2);
}

const rows: Row[] = [];
for (const { name, body } of areas()) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  await body({
    async compare(comparison) {
      if (!values.json) process.stderr.write(`${name} ${comparison.name} …\n`);
      rows.push(...(await measure(name, comparison)));
    },
    skip: (row, reason) => process.stderr.write(`${name} ${row}: skipped, ${reason}\n`),
  });
}
if (values.json) console.log(JSON.stringify(rows, null, 1));
else if (values.markdown) console.log(markdownTable(rows));
else
  console.log(
    `${terminalTable(rows)}\n\n${cpus()[0]?.model ?? 'unknown CPU'} × ${cpus().length}, Node ${process.version}`,
  );
process.exit(0);
