// capos-cc: gcc or clang, turned into a compiler for capOS programs. Its arguments are the compiler's own, and a few more.
//
//   capos-cc -Os hello.c -o hello   →   gcc <flags> crt0.o note.o … -Os hello.c -o hello … libcapos.a
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { LibcaposError } from '../libcapos-error.ts';
import { type Compiler, requireCompiler } from './compiler.ts';
import {
  COMPILE_FLAGS,
  codeFlags,
  DEFAULT_MARCH,
  type ImageKind,
  imageFlags,
  includeFlags,
  LINK_FLAGS,
  packagePath,
} from './flags.ts';

const HELP = `Usage: capos-cc [OPTION]… FILE…

Compiles and links a program for capOS with the gcc or clang of this machine.
Everything not listed here goes to the compiler as it is: -c, -o, -O2, -I, -D, -Wall, …

  --compiler COMMAND  use this compiler (default: CC, else gcc, clang, cc: the first that is there)
  --static-pie        link a position-independent image (default: static, at 0x400000)
  -nostartfiles       bring your own _start; the library is still there
  --print-flags       print the whole command line that would run, one argument a line, and stop
  --version           print the version of libcapos and of the compiler, and stop
  --help              print this, and stop

Exit status: that of the compiler; 2 when no compiler is found or an option is wrong.
`;

/** Options of the compiler after which it does not link. */
const STOPS_BEFORE_LINKING = new Set(['-c', '-S', '-E', '-M', '-MM', '-fsyntax-only']);

/** What capos-cc was asked to do. */
interface Invocation {
  readonly kind: ImageKind;
  readonly compiler: string | undefined;
  readonly mode: 'run' | 'print' | 'version' | 'help';
  readonly forwarded: readonly string[];
}

function parse(argv: readonly string[]): Invocation {
  let kind: ImageKind = 'static';
  let compiler: string | undefined;
  let mode: Invocation['mode'] = 'run';
  const forwarded: string[] = [];
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index]!;
    if (argument === '--help') mode = 'help';
    else if (argument === '--version') mode = 'version';
    else if (argument === '--print-flags') mode = 'print';
    else if (argument === '--static-pie' || argument === '-static-pie') kind = 'static-pie';
    else if (argument === '--compiler' || argument.startsWith('--compiler=')) {
      compiler = argument === '--compiler' ? argv[++index] : argument.slice('--compiler='.length);
      if (!compiler)
        throw new LibcaposError('badArguments', '--compiler wants the name or path of a C compiler after it');
    } else if (argument === '-static') {
      // What it does anyway.
    } else if (argument === '-shared' || argument === '-m32' || argument === '-dynamic') {
      throw new LibcaposError('badArguments', `${argument} can't be had: capOS programs are static x86-64 images`);
    } else forwarded.push(argument);
  }
  return { kind, compiler, mode, forwarded };
}

/** The compiler's whole argument list for an invocation. */
export function compilerArguments(kind: ImageKind, forwarded: readonly string[]): string[] {
  const march = forwarded.some((argument) => argument.startsWith('-march=')) ? [] : [DEFAULT_MARCH];
  const compile = [...COMPILE_FLAGS, ...codeFlags(kind), ...march, ...forwarded, ...includeFlags()];
  if (forwarded.some((argument) => STOPS_BEFORE_LINKING.has(argument))) return compile;
  const start = forwarded.includes('-nostartfiles') ? [] : [packagePath('lib/crt0.o')];
  return [
    ...compile.filter((argument) => argument !== '-nostartfiles'),
    ...imageFlags(kind),
    ...LINK_FLAGS,
    ...start,
    packagePath('lib/note.o'),
    packagePath('lib/libcapos.a'),
  ];
}

function versionText(compiler: Compiler): string {
  const { version } = JSON.parse(readFileSync(packagePath('package.json'), 'utf8')) as { version: string };
  return `capos-cc ${version}\n${compiler.command}: ${compiler.version}\n${compiler.linker}\n`;
}

/** Where capos-cc prints, and what it is told by its surroundings. */
export interface CompilerHost {
  readonly environment: Readonly<Record<string, string | undefined>>;
  stdout(text: string): void;
  stderr(text: string): void;
}

/** Runs capos-cc with `argv` (without the program's own name) and answers its exit status. */
export function caposCompiler(argv: readonly string[], host: CompilerHost): number {
  try {
    const invocation = parse(argv);
    if (invocation.mode === 'help') {
      host.stdout(HELP);
      return 0;
    }
    const compiler = requireCompiler(invocation.compiler, host.environment);
    if (invocation.mode === 'version') {
      host.stdout(versionText(compiler));
      return 0;
    }
    const argumentList = compilerArguments(invocation.kind, invocation.forwarded);
    if (invocation.mode === 'print') {
      host.stdout(`${[compiler.command, ...argumentList].join('\n')}\n`);
      return 0;
    }
    if (invocation.forwarded.length === 0) {
      throw new LibcaposError('badArguments', 'no input files: capos-cc hello.c -o hello, or capos-cc --help');
    }
    if (!existsSync(packagePath('lib/libcapos.a'))) {
      throw new LibcaposError(
        'badArguments',
        `lib/libcapos.a is missing from ${packagePath('.')}: install the package again`,
      );
    }
    const result = spawnSync(compiler.command, argumentList, { stdio: 'inherit' });
    return result.status ?? 1;
  } catch (error) {
    if (!(error instanceof LibcaposError)) throw error;
    host.stderr(`capos-cc: ${error.message}\n`);
    return 2;
  }
}
