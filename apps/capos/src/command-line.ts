// The commands and their flags; each action lives in a file of its own under commands/.
import { Command, InvalidArgumentError } from 'commander';
import { boot } from './commands/boot.ts';
import { inspect } from './commands/inspect.ts';
import { run } from './commands/run.ts';
import { EXIT } from './exit-status.ts';
import { type Mount, parseMount } from './mount-option.ts';
import { VERSION } from './version.ts';

const EXIT_CODES = `
Exit status:
  0–255    that of the program (of the last command, for a script on standard input)
  124      the time limit of --timeout was reached
  125      capos itself could not do what was asked
  126      the program is not an x86-64 ELF file that can be run
  127      the program was not found
  128+n    the program was ended by signal n`;

/** Turns a parser's exception into commander's own, which prints usage beside it. */
const parsed =
  <T, P>(parse: (value: string, previous: P) => T) =>
  (value: string, previous: P): T => {
    try {
      return parse(value, previous);
    } catch (error) {
      throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
    }
  };

function parseEnvironment(value: string, previous: readonly string[]): string[] {
  if (value.indexOf('=') < 1) throw new Error(`write it as NAME=VALUE, such as --env HOME=/`);
  return [...previous, value];
}

function parsePositive(value: string): number {
  const number = Number(value);
  if (!(number > 0 && Number.isFinite(number))) throw new Error(`${value} is not a number above zero`);
  return number;
}

/** Runs the command line and answers its exit status. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  let status = 0;
  const program = new Command('capos')
    .description('Boots capOS, a capability operating system, and runs programs that hold only what they are given.')
    .version(VERSION, '-V, --version')
    .addHelpText('after', EXIT_CODES)
    .enablePositionalOptions()
    .showHelpAfterError('(capos --help shows what there is)')
    .exitOverride();

  program
    .command('boot')
    .description('boot a system to the capability shell; with piped standard input, run it as a script')
    .argument('[image]', 'a packed image (default: the system that comes with capos)')
    .option('--memory <MiB>', 'RAM of the machine', parsed(parsePositive), 256)
    .option('--store <DIR>', 'keep what the system stores in this directory (default: in memory)')
    .action(async (image: string | undefined, options: { memory: number; store?: string }) => {
      status = await boot({ image, memoryMiB: options.memory, store: options.store });
    });

  program
    .command('run')
    .description('run one ELF program, native or Linux, with only what the flags grant')
    .usage('[options] -- PROGRAM [ARG…]')
    .argument('<program>', 'ELF file on the host')
    .argument('[args...]', 'its arguments')
    .option(
      '--mount <GUEST=HOST[:ro]>',
      'let the program see a host directory (repeatable); without it, no file exists',
      parsed<Mount[], Mount[]>((value, previous) => [...previous, parseMount(value)]),
      [],
    )
    .option(
      '--env <NAME=VALUE>',
      'set a variable of its environment (repeatable); it starts empty',
      parsed(parseEnvironment),
      [],
    )
    .option('--cwd <DIR>', 'its working directory, a path in its own world', '/')
    .option('--trace', 'print each system call and its result to standard error')
    .option('--timeout <S>', 'end it after so many seconds', parsed(parsePositive))
    .option('--memory <MiB>', 'RAM of the machine', parsed(parsePositive), 1024)
    .passThroughOptions()
    .addHelpText('after', EXIT_CODES)
    .action(async (path: string, programArgs: string[], options) => {
      status = await run({
        program: path,
        arguments: programArgs,
        mounts: options.mount,
        environment: options.env,
        workingDirectory: options.cwd,
        trace: options.trace === true,
        timeoutSeconds: options.timeout,
        memoryMiB: options.memory,
      });
    });

  program
    .command('inspect')
    .description('show what an ELF file or a packed image contains and asks for')
    .argument('<file>', 'ELF file or image')
    .option('--json', 'as JSON')
    .action(async (file: string, options: { json?: boolean }) => {
      status = await inspect({ file, json: options.json === true });
    });

  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    // With exitOverride, commander throws after it has printed help or usage.
    if (error instanceof Error && 'exitCode' in error) return error.exitCode === 0 ? 0 : EXIT.FAILED;
    throw error;
  }
  return status;
}
