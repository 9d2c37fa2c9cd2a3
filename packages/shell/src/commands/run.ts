// run: starts a program of the boot package with capabilities the shell names, and waits for it.
//
// The child holds what is granted here and nothing else: the console, the clock and entropy, plus what --with names.
// A program that is not native gets the Linux personality, and the console as its standard descriptors.

import { BootPackage, Console, EntropySource, ProcessHandle, ProcessSpawner, programFormat, Timer } from '@capos/abi';
import { adopt, type Client } from '@capos/runtime';
import type { Session } from '../session.ts';
import { ShellError, STATUS_NOT_FOUND } from '../shell-error.ts';
import type { Command } from './command.ts';

const HEADER_BYTES = 4096;
const LINUX_PERSONALITY = 'personality.linux';

interface Invocation {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly extra: readonly string[];
  readonly background: boolean;
}

export const run: Command = {
  usage: 'run [--with CAP[,CAP…]] PROGRAM [ARG…] [&]',
  summary: 'run a program with the console, the clock, entropy, and the capabilities named',
  async run(session, args) {
    const invocation = parse(args);
    const handle = await spawn(session, invocation);
    if (invocation.background) {
      const pid = String((await handle.info({})).info.processId);
      session.jobs.set(pid, handle);
      await session.print(`[${pid}] ${invocation.program}\n`);
      return 0;
    }
    session.foreground = handle;
    try {
      const { status } = await handle.wait({});
      return await session.report(status);
    } finally {
      session.foreground = undefined;
      handle[Symbol.dispose]();
    }
  },
  async complete(session, word, args) {
    if (args.at(-1) === '--with') {
      return session
        .held()
        .map(({ name }) => name)
        .filter((name) => name.startsWith(word));
    }
    return (await programNames(session)).filter((name) => name.startsWith(word));
  },
};

function parse(args: readonly string[]): Invocation {
  const rest = [...args];
  const extra: string[] = [];
  while (rest[0] === '--with') {
    rest.shift();
    extra.push(...(rest.shift() ?? '').split(',').filter((name) => name !== ''));
  }
  const background = rest.at(-1) === '&';
  if (background) rest.pop();
  const [program, ...programArguments] = rest;
  if (program === undefined) throw new ShellError(`usage: ${run.usage}`);
  return { program, arguments: [program, ...programArguments], extra, background };
}

/** The programs of the boot package. */
async function programNames(session: Session): Promise<readonly string[]> {
  const { names } = await session.require('boot', BootPackage).list({});
  return names;
}

async function grantsFor(session: Session, { program, extra }: Invocation): Promise<Map<string, string>> {
  // Child's name for it → the shell's name for it.
  const grants = new Map<string, string>();
  for (const [name, descriptor] of [
    ['console', Console],
    ['timer', Timer],
    ['entropy', EntropySource],
  ] as const) {
    if (session.namesOf(descriptor).includes(name)) grants.set(name, name);
  }
  for (const name of extra) {
    if (!session.holds(name)) {
      throw new ShellError(`--with ${name}: this shell holds no such capability; caps shows what it holds`);
    }
    grants.set(name, name);
  }
  const boot = session.require('boot', BootPackage);
  const { data } = await boot.read({ name: program, offset: 0n, length: HEADER_BYTES });
  if (programFormat(data) === 'foreign') {
    if (!session.holds(LINUX_PERSONALITY)) {
      throw new ShellError(
        `${program} is a Linux program, and this shell holds no ${LINUX_PERSONALITY} to run it with`,
      );
    }
    grants.set('personality', LINUX_PERSONALITY);
    for (const name of ['stdin', 'stdout', 'stderr']) grants.set(name, 'console');
  }
  return grants;
}

async function spawn(session: Session, invocation: Invocation): Promise<Client<typeof ProcessHandle>> {
  const names = await programNames(session);
  if (!names.includes(invocation.program)) {
    const there = [...names].sort().join(' ');
    throw new ShellError(`there is no program ${invocation.program}; there are: ${there}`, STATUS_NOT_FOUND);
  }
  const grants = await grantsFor(session, invocation);
  const spawner = session.require('spawner', ProcessSpawner);
  const results = await spawner.spawn(
    {
      name: invocation.program,
      image: new Uint8Array(),
      program: invocation.program,
      arguments: invocation.arguments,
      environment: ['TERM=xterm-256color', 'HOME=/', 'PATH=/bin'],
      grants: [...grants.keys()].map((name, cap) => ({ name, cap, transferMode: 'copy' })),
      limits: [],
    },
    { transfers: [...grants.values()].map((name) => session.env.capSet.cap(name)) },
  );
  return session.env.client(adopt(results, results.process, ProcessHandle), ProcessHandle);
}
