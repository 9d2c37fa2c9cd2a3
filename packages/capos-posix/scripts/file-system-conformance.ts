// Prints how many of the conformance cases each file system passes, and which it fails: `node scripts/file-system-conformance.ts`.
//
// Each file system runs in a Worker; a case that does not end is ended with it, and the next Worker goes on behind it.
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { CASES } from '../test/fs/conformance-cases.ts';
import { type NamedSubject, NODE, neighbours, OURS, runCase } from '../test/fs/subjects.ts';

const names = Object.keys(CASES);
/** Milliseconds for one case; the slowest that ends takes a hundredth of it. */
const LIMIT = 20_000;

interface Told {
  readonly name: string;
  readonly wrong: string | undefined;
}

async function subjects(): Promise<readonly NamedSubject[]> {
  return [NODE, ...OURS, ...(await neighbours())];
}

/** What went wrong in the cases from `first` on; ends early with a case that does not end. */
function runFrom(subject: number, first: number): Promise<Told[]> {
  const worker = new Worker(new URL(import.meta.url), { workerData: { subject, first } });
  const told: Told[] = [];
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout;
    const end = (): void => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(told);
    };
    const wait = (): void => {
      timer = setTimeout(() => {
        told.push({ name: names[first + told.length]!, wrong: 'it does not end' });
        end();
      }, LIMIT);
    };
    worker.on('message', (message: Told) => {
      clearTimeout(timer);
      told.push(message);
      if (first + told.length === names.length) end();
      else wait();
    });
    worker.on('error', (error) => {
      told.push({ name: names[first + told.length]!, wrong: String(error) });
      end();
    });
    wait();
  });
}

if (isMainThread) {
  const failures: string[] = [];
  process.stdout.write(`| file system | passes | of ${names.length} |\n|---|---:|---:|\n`);
  for (const [index, { name }] of (await subjects()).entries()) {
    const told: Told[] = [];
    while (told.length < names.length) told.push(...(await runFrom(index, told.length)));
    const wrong = told.filter((each) => each.wrong !== undefined);
    const passed = names.length - wrong.length;
    process.stdout.write(`| ${name} | ${passed} | ${Math.round((100 * passed) / names.length)} % |\n`);
    for (const each of wrong) failures.push(`${name}: ${each.name}: ${each.wrong!.split('\n')[0]}`);
  }
  process.stdout.write(`\n${failures.map((line) => `- ${line}\n`).join('')}`);
} else {
  const { subject, first } = workerData as { readonly subject: number; readonly first: number };
  const chosen = (await subjects())[subject]!;
  for (const name of names.slice(first)) {
    const wrong = await runCase(chosen, name);
    parentPort!.postMessage({ name, wrong } satisfies Told);
  }
}
