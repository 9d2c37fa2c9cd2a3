// The guests of the confinement judge: programs that people run, each with what it needs to do its work.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../../..');
const vendor = (path: string): string => join(ROOT, 'node_modules', path);

export interface Guest {
  readonly name: string;
  readonly program: string;
  readonly arguments: readonly string[];
  /** Flags of `capos run` beside the mounts of the arena. */
  readonly flags: readonly string[];
  /** Names in its CapSet that can be taken away. */
  readonly capabilities: readonly string[];
}

const STREAMS = ['stdin', 'stdout', 'stderr', 'console', 'timer', 'entropy', 'mount0', 'mount1'] as const;
const SYSTEM = ['/usr', '/lib', '/lib64', '/bin'].flatMap((path) => ['--mount', `${path}=${path}:ro`]);
const NETWORK = ['--net', 'loopback'];

export function findProgram(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/** Those that this machine has. `built`: programs compiled for the judge, by name. */
export function guests(built: Readonly<Record<string, string>>): readonly Guest[] {
  const esbuild = vendor('@esbuild/linux-x64/bin/esbuild');
  const all: readonly (Omit<Guest, 'program' | 'capabilities'> & { readonly program: string | undefined })[] = [
    { name: 'esbuild-version', program: esbuild, arguments: ['--version'], flags: [] },
    {
      name: 'esbuild-bundle',
      program: esbuild,
      arguments: ['/w/a/main.ts', '--bundle', '--outfile=/w/a/out.js'],
      flags: [],
    },
    { name: 'esbuild-serve', program: esbuild, arguments: ['--serve=8000', '--servedir=/w'], flags: NETWORK },
    { name: 'turbo', program: vendor('.bin/../turbo/bin/turbo'), arguments: ['--version'], flags: [] },
    { name: 'busybox-ls', program: '/bin/busybox', arguments: ['ls', '-lR', '/'], flags: [] },
    {
      name: 'busybox-sh',
      program: '/bin/busybox',
      arguments: ['sh', '-c', 'cd /w; for i in 1 2 3; do echo $i >f$i; done; cat f* | wc; ls'],
      flags: [],
    },
    { name: 'busybox-find', program: '/bin/busybox', arguments: ['find', '/w', '/r', '-follow'], flags: [] },
    {
      name: 'bash',
      program: '/bin/bash',
      arguments: ['-c', 'cd /w && cat < /r/a/file > copy && (echo sub) | cat; wait'],
      flags: SYSTEM,
    },
    {
      name: 'python',
      program: '/usr/bin/python3',
      arguments: ['-I', '-c', 'import os,json,socket; print(json.dumps(sorted(os.listdir("/w"))))'],
      flags: [...SYSTEM, ...NETWORK],
    },
    {
      name: 'perl',
      program: '/usr/bin/perl',
      arguments: ['-e', 'opendir D,"/w"; print scalar(()=readdir D),"\\n"; print time>0,"\\n"'],
      flags: SYSTEM,
    },
    { name: 'sockets', program: built.sockets, arguments: [], flags: [...NETWORK, '--cwd', '/w'] },
  ];
  return all
    .filter(
      (guest): guest is typeof guest & { readonly program: string } =>
        guest.program !== undefined && existsSync(guest.program),
    )
    .map((guest) => ({
      ...guest,
      capabilities: guest.flags.includes('--net') ? [...STREAMS, 'network'] : [...STREAMS],
    }));
}
