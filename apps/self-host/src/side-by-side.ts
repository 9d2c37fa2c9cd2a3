// One job on both sides: on the host, and inside capOS, where it holds the repository, read-only at the path it has on the host,
// and an empty folder to write to. What it prints and writes is compared byte by byte.
//
//   host    tool ARGUMENTS                                          ─▶ output, files ─┐
//   inside  capos run --mount R=R:ro --mount R/out… -- tool ARGUMENTS ─▶ output, files ─┴▶ identical, times
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMAND, REPOSITORY } from './tools.ts';

/** Where a job finds the folder it may write to, on both sides: it is told in arguments, so its name must not differ. */
const OUT = '/out';

export interface Job {
  readonly name: string;
  readonly tool: string;
  /** `out`: the folder it may write to, as it sees it. */
  readonly arguments: (out: string) => readonly string[];
}

export interface Result {
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
  /** What it wrote, by name. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** Of processor time, its own and the system's for it: what it takes on a machine that others use too is not told by the clock. */
  readonly seconds: number;
}

export interface Comparison {
  readonly job: Job;
  readonly host: Result;
  readonly inside: Result;
  /** Empty when both sides did the same. */
  readonly differences: readonly string[];
}

export interface InsideOptions {
  /** Node runs this file as the `capos` command: the repository's, unless told otherwise. */
  readonly command?: string;
}

export async function sideBySide(job: Job, { command = COMMAND }: InsideOptions = {}): Promise<Comparison> {
  const host = await inFolder((folder) => execute(job.tool, job.arguments(folder), folder));
  const inside = await inFolder((folder) =>
    execute(
      process.execPath,
      [
        ...[command, 'run', '--memory', '2G'],
        ...['--mount', `${REPOSITORY}=${REPOSITORY}:ro`, '--mount', `${OUT}=${folder}`, '--cwd', REPOSITORY],
        ...['--', job.tool, ...job.arguments(OUT)],
      ],
      folder,
    ),
  );
  return { job, host, inside, differences: differences(host, inside) };
}

export function differences(host: Result, inside: Result): readonly string[] {
  const names = [...new Set([...host.files.keys(), ...inside.files.keys()])].sort();
  return [
    ...(host.status === inside.status ? [] : [`status ${inside.status} inside, ${host.status} on the host`]),
    ...(host.stdout.equals(inside.stdout) ? [] : ['standard output']),
    ...names.flatMap((name) => {
      const [left, right] = [host.files.get(name), inside.files.get(name)];
      if (left === undefined || right === undefined)
        return [`${name} is only ${left === undefined ? 'inside' : 'on the host'}`];
      return left.equals(right) ? [] : [name];
    }),
  ];
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'capos-self-host-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a program and has the shell say on descriptor 3 what processor time it took (POSIX `times`). */
const TIMED = '"$@"; status=$?; times >&3; exit $status';

/** `times`: a line of the shell itself, then one of what it has run; user and system, each as 1m2.345s. */
function secondsOf(times: string): number {
  const spans = [...(times.split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  return spans.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}

function execute(program: string, args: readonly string[], out: string): Promise<Result> {
  const child = spawn('sh', ['-c', TIMED, 'sh', program, ...args], {
    cwd: REPOSITORY,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  let times = '';
  child.stdio[3]!.on('data', (chunk: Buffer) => {
    times += chunk.toString();
  });
  const stdout: Buffer[] = [];
  let stderr = '';
  child.stdout!.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr!.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      const names = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      const files = names.map(({ parentPath, name }) => {
        const path = join(parentPath, name);
        return [path.slice(out.length + 1), readFileSync(path)] as const;
      });
      resolve({ status, stdout: Buffer.concat(stdout), stderr, files: new Map(files), seconds: secondsOf(times) });
    });
  });
}
