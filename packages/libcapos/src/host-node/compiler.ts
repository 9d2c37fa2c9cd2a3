// Finding a C compiler on the host, and saying in plain words what to do when there is none.
import { spawnSync } from 'node:child_process';
import { LibcaposError } from '../libcapos-error.ts';

/** A C compiler that answered. */
export interface Compiler {
  /** What is run: a name on PATH or a path. */
  readonly command: string;
  readonly family: 'gcc' | 'clang';
  /** First line of `--version`, without the name it was called by. */
  readonly version: string;
  /** First line of its linker's `--version`. */
  readonly linker: string;
}

/** Names tried, in this order, when nobody chose a compiler. */
const CANDIDATES = ['gcc', 'clang', 'cc'] as const;

const REMEDY =
  'install gcc or clang (Debian, Ubuntu: apt install gcc; Fedora: dnf install gcc; Alpine: apk add gcc musl-dev), or name one with --compiler or CC';

function ask(command: string, argument: string): string | undefined {
  const result = spawnSync(command, [argument], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return result.status === 0 ? result.stdout : undefined;
}

function inspect(command: string): Compiler | undefined {
  const version = ask(command, '--version');
  const machine = ask(command, '-dumpmachine');
  if (version === undefined || machine === undefined) return undefined;
  if (!/^x86_64|^amd64/.test(machine) && !/clang/.test(version)) return undefined;
  const linker = ask(command, '-Wl,--version') ?? '';
  return {
    command,
    family: /clang/.test(version) ? 'clang' : 'gcc',
    version: version.split('\n', 1)[0]!.replace(/^\S*(gcc|cc)\S* /, 'gcc '),
    linker: linker.split('\n').find((line) => /ld|LLD/.test(line)) ?? 'unknown',
  };
}

/**
 * The C compiler to use: `chosen` if given, else `CC` of `environment`, else the first of gcc, clang and cc that makes x86-64
 * code. Answers `undefined` only when nobody chose one and none is there.
 * @throws LibcaposError `noCompiler` when the chosen one does not work.
 */
export function findCompiler(
  chosen?: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Compiler | undefined {
  const named = chosen ?? (environment.CC || undefined);
  if (named !== undefined) {
    const compiler = inspect(named);
    if (compiler !== undefined) return compiler;
    throw new LibcaposError(
      'noCompiler',
      `"${named}" was chosen by ${chosen !== undefined ? '--compiler' : 'CC'} and is no C compiler for x86-64 that runs here: ${REMEDY}`,
    );
  }
  for (const candidate of CANDIDATES) {
    const compiler = inspect(candidate);
    if (compiler !== undefined) return compiler;
  }
  return undefined;
}

/**
 * As {@link findCompiler}, for callers that can't go on without one.
 * @throws LibcaposError `noCompiler`.
 */
export function requireCompiler(chosen?: string, environment?: Readonly<Record<string, string | undefined>>): Compiler {
  const compiler = findCompiler(chosen, environment);
  if (compiler === undefined) {
    throw new LibcaposError('noCompiler', `no C compiler was found (tried ${CANDIDATES.join(', ')}): ${REMEDY}`);
  }
  return compiler;
}
