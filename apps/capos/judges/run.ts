// `pnpm judge [SUITE…]`: fetches other people's test suites, runs them on Linux and inside capOS, and prints the scores.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CONFINEMENT_TITLE, judgeConfinement } from './confinement/confinement.ts';
import { type FailureList, formatFailureList, newFailures, parseFailureList } from './failure-list.ts';
import { GuestPool } from './guest-pool.ts';
import { type LoadedJudge, Unavailable } from './judge.ts';
import { JudgeCache } from './judge-cache.ts';
import { judge, type Score } from './judging.ts';
import { sampled } from './sample.ts';
import { JUDGES } from './suites.ts';

const HELP = `Usage: pnpm judge [SUITE…] [options]

Runs suites (all, when none is named) on Linux and inside capOS. A score is the tests that pass inside, of those that pass
on Linux. Suites are fetched when first needed and kept in $CAPOS_JUDGES, by default ~/.cache/capos-judges.

  --only TEXT    only the units whose name contains TEXT (repeatable)
  --sample N     only N units of each suite, chosen by --seed
  --seed S       which sample (default: 1)
  --jobs N       how many run at once (default: one a core)
  --native       run the native side again instead of using what is remembered
  --resume       go on where a run of the same code broke off
  --show         print what failing programs wrote
  --record       write the failing names to docs/judges/SUITE.txt
  --list         the suites there are

Exits with 1 when a sampled suite fails a test that the list in docs/judges does not name, other than by running out of time; 0
otherwise.`;

const CONFINEMENT = 'confinement';
/** What a program that tries to get out does in one trial. */
const ROUNDS = 60;
const RECORDS = join(import.meta.dirname, '../../../docs/judges');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', multiple: true },
    sample: { type: 'string' },
    seed: { type: 'string' },
    jobs: { type: 'string' },
    native: { type: 'boolean' },
    resume: { type: 'boolean' },
    show: { type: 'boolean' },
    record: { type: 'boolean' },
    list: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
});

if (values.help) {
  console.log(HELP);
  process.exit(0);
}
if (values.list) {
  for (const { name, title } of JUDGES) console.log(`${name.padEnd(12)} ${title}`);
  console.log(`${CONFINEMENT.padEnd(12)} nothing outside its grants is reached by any guest`);
  process.exit(0);
}
const unknown = positionals.filter((name) => name !== CONFINEMENT && !JUDGES.some((known) => known.name === name));
if (unknown.length > 0) {
  console.error(
    `judge: no suite named ${unknown.join(', ')}. There are: ${JUDGES.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}

const cache = new JudgeCache();
const pool = new GuestPool();
for (const { name, title, load } of JUDGES) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  let loaded: LoadedJudge;
  try {
    loaded = await load(cache);
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    console.log(`${title}: skipped, ${error.message}`);
    continue;
  }
  const { version } = loaded;
  let units = loaded.units.filter((unit) => values.only?.some((text) => unit.name.includes(text)) ?? true);
  if (values.sample !== undefined) units = sampled(units, Number(values.sample), Number(values.seed ?? 1));
  const started = performance.now();
  const score = await judge(name, { ...loaded, units }, cache, pool, {
    jobs: Number(values.jobs ?? availableParallelism()),
    forgetNative: values.native === true,
    goesOn: values.resume === true,
    progress(results) {
      const failed = results.reduce((sum, { failures }) => sum + failures.length, 0);
      if (process.stderr.isTTY)
        process.stderr.write(`\r${title}: ${results.length} of ${units.length}, ${failed} failed `);
    },
  });
  if (process.stderr.isTTY) process.stderr.write('\n');
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(`${title}: ${score.passed} of ${score.outOf}, ${version} (${seconds} s)`);
  for (const reason of loaded.missing ?? []) console.log(`  not run: ${reason}`);
  for (const { test, ending, output } of score.failures)
    console.log(`  ${test}: ${ending}${values.show ? `\n${output.replace(/^/gm, '    ')}` : ''}`);
  if (values.sample !== undefined && newFailures(score.failures, recorded(name)).length > 0) process.exitCode = 1;
  if (values.record) record(name, title, version, score);
}
pool.close();
if (positionals.length === 0 || positionals.includes(CONFINEMENT)) {
  const seeds = Number(values.sample ?? 10);
  const score = await judgeConfinement({
    seeds,
    rounds: ROUNDS,
    jobs: Number(values.jobs ?? availableParallelism()),
    ...(values.only === undefined ? {} : { only: values.only }),
  });
  if (score.failures.length > 0) process.exitCode = 1;
  const version = `each guest with each capability withheld in turn, and ${seeds} seeds of ${ROUNDS} rounds of escapes with a network and without`;
  if (values.record) record(CONFINEMENT, CONFINEMENT_TITLE, version, score);
}

/** The list of an earlier run. */
function recorded(name: string): FailureList | undefined {
  const file = join(RECORDS, `${name}.txt`);
  return existsSync(file) ? parseFailureList(readFileSync(file, 'utf8')) : undefined;
}

function record(name: string, title: string, version: string, score: Score): void {
  mkdirSync(RECORDS, { recursive: true });
  const day = new Date().toISOString().slice(0, 10);
  writeFileSync(join(RECORDS, `${name}.txt`), formatFailureList(title, version, day, score));
}
