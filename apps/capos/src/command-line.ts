// The commands and their flags; each action lives in a file of its own under commands/, imported once it is the one that was asked
// for: what the others need takes longer to load than it takes to boot.
import { Command, InvalidArgumentError, Option } from 'commander';
import type { RunOptions } from './commands/run.ts';
import { EXIT } from './exit-status.ts';
import {
  type Mount,
  parseMount,
  parseStoreMount,
  parseTmpfs,
  parseUnion,
  type StoreMount,
  type Union,
} from './mount-option.ts';
import { type NetworkGrant, type PublishGrant, parseNet, parsePublish, withPublications } from './net-option.ts';
import { parseMemory, parseProcessors, parseTimeout } from './quantity-options.ts';
import { VERSION } from './version.ts';

const EXIT_CODES = `
Exit status:
  0–255    that of the program (of the last command, for a script on standard input)
  124      the time limit of --timeout was reached
  125      capos itself could not do what was asked
  126      the program is not an x86-64 ELF file that can be run
  127      the program was not found
  128+n    the program was ended by signal n`;

const RUN_EXAMPLES = `
Each flag is a grant; what no flag grants does not exist for the program.

Examples:
  capos run --mount /src=.:ro --cwd /src -- ./esbuild src/index.ts --bundle
  capos run --mount /www=public:ro --publish 8080:80 -- ./server /www
  capos run --union /=debian,tmpfs -- debian/bin/bash -c 'rm -r /usr; ls /'
  capos run --net connect:example.com:443 --explain -- ./client
`;

interface NetOption {
  readonly grant: NetworkGrant | undefined;
}

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

/** A flag that may be given several times: a list of what was given. */
const repeated = <T>(flags: string, description: string, parse: (value: string) => T): Option =>
  new Option(flags, description)
    .argParser(parsed<T[], T[]>((value, previous) => [...previous, parse(value)]))
    .default([], 'none');

function parseEnvironment(value: string): string {
  if (value.indexOf('=') < 1) throw new Error(`write it as NAME=VALUE, such as --env HOME=/`);
  return value;
}

/**
 * `--trace` and `--profile` alone take no value, so that a program may follow; with `=` before the program they become flags of their own.
 * @throws Error for a kind that there is not
 */
function spellKinds(command: Command, args: readonly string[]): string[] {
  if (args[0] !== 'run') return [...args];
  const takesValue = new Set(
    command.options.filter((option) => option.required).flatMap(({ long, short }) => [long, short]),
  );
  const spelled = [...args];
  for (let at = 1; at < spelled.length; at++) {
    const arg = spelled[at]!;
    if (arg === '--' || !arg.startsWith('-')) break;
    if (takesValue.has(arg)) at++;
    const file = /^--profile=(.+)$/.exec(arg)?.[1];
    if (file !== undefined) spelled.splice(at++, 1, '--profile-file', file);
    const kind = /^--trace=(.*)$/.exec(arg)?.[1];
    if (kind === undefined) continue;
    if (kind !== 'summary' && kind !== 'calls')
      throw new Error(`--trace=${kind}: write --trace for each call, or --trace=summary for counts and times`);
    spelled[at] = kind === 'summary' ? '--trace-summary' : '--trace';
  }
  return spelled;
}

function parseSeed(value: string): bigint {
  if (!/^\d{1,20}$/.test(value) || BigInt(value) >= 2n ** 64n)
    throw new Error(`${value} is no seed: a whole number below 2^64 is wanted`);
  return BigInt(value);
}

function parsePort(value: string): number {
  const port = Number(value);
  if (!/^\d{1,5}$/.test(value) || port > 65_535) throw new Error(`${value} is no port number, 0 to 65535`);
  return port;
}

function parseThreshold(value: string): number {
  if (value === 'never') return Number.POSITIVE_INFINITY;
  const number = Number(value);
  if (!(Number.isInteger(number) && number > 0))
    throw new Error(`${value} is neither a whole number above zero nor never`);
  return number;
}

const memoryOption = (mebibytes: number): Option =>
  new Option('--memory <SIZE>', 'RAM of the machine, such as 512M')
    .argParser(parsed(parseMemory))
    .default(mebibytes, `${mebibytes}M`);

/** Takes the status that a command has ended with. */
type Ended = (status: number) => void;

function addBoot(program: Command, ended: Ended): void {
  program
    .command('boot')
    .description('boot a system to the capability shell; with piped standard input, run it as a script')
    .argument('[image]', 'a packed image (default: the system that comes with capos)')
    .addOption(memoryOption(256))
    .option('--store <DIR>', 'keep what the system stores in this directory (default: in memory)')
    .action(async (image: string | undefined, options: { memory: number; store?: string }) => {
      const { boot } = await import('./commands/boot.ts');
      ended(await boot({ image, memoryMiB: options.memory, store: options.store }));
    });
}

function addRun(program: Command, ended: Ended): Command {
  return program
    .command('run')
    .description('run one ELF program, native or Linux, with only what the flags grant')
    .usage('[options] -- PROGRAM [ARG…]')
    .argument('[program]', 'ELF file on the host; may be left out with --caps')
    .argument('[args...]', 'its arguments')
    .addOption(
      repeated(
        '--mount <GUEST=HOST[:ro]>',
        'let the program see a host directory (repeatable); without any, no file exists',
        parseMount,
      ),
    )
    .addOption(
      repeated('--tmpfs <GUEST>', 'an empty directory in memory, gone with the program (repeatable)', parseTmpfs),
    )
    .addOption(
      repeated(
        '--union <GUEST=LOWER[:LOWER…][,upper=DIR]>',
        'host directories laid over each other, the first on top; only upper is written to, or memory with ,tmpfs (repeatable)',
        parseUnion,
      ),
    )
    .addOption(
      repeated(
        '--store-mount <GUEST=NAMESPACE>',
        'a directory kept in the store, below that name (repeatable)',
        parseStoreMount,
      ),
    )
    .option('--store <DIR>', 'where --store-mount keeps files, on the host (default: in memory)')
    .addOption(
      new Option('--net <WHAT>', 'loopback, dns, host:PORT[,…] or connect:HOST:PORT[,…] (repeatable), or none')
        // In an object: commander takes undefined for no value at all.
        .argParser(parsed<NetOption, NetOption>((value, { grant }) => ({ grant: parseNet(value, grant) })))
        .default({ grant: undefined }, 'none'),
    )
    .addOption(
      repeated(
        '--publish <[IP:]HOSTPORT:GUESTPORT>',
        "lead a port of the host to the program's (repeatable); HOSTPORT 0 is any free one",
        parsePublish,
      ),
    )
    .addOption(repeated('--env <NAME=VALUE>', 'set a variable of its environment (repeatable)', parseEnvironment))
    .option('--cwd <DIR>', 'its working directory, a path in its own world', '/')
    .addOption(memoryOption(1024))
    .option('--cpus <N>', 'its share of the one processor, such as 0.5', parsed(parseProcessors), 1)
    .option('--timeout <TIME>', 'end it after so long, such as 30, 500ms or 2m', parsed(parseTimeout))
    .addOption(
      repeated(
        '--without <NAME>',
        'take away what it would hold under that name, such as timer (repeatable); --caps lists the names',
        String,
      ),
    )
    .option('--tty', 'give it a terminal with job control')
    .option('--trace', 'print each system call, its result and its time to standard error; --trace=summary counts them')
    .addOption(new Option('--trace-summary').hideHelp())
    .option('--caps', 'print what it holds, before it runs')
    .option('--json', 'print that report as JSON')
    .option('--explain', 'tell of each refused call which capability was missing and which flag grants it')
    .option(
      '--translate-after <N>',
      'how often code runs before it is translated to WebAssembly: a number, or never',
      parsed(parseThreshold),
    )
    .option('--record <FILE>', 'write down what comes into the run from outside; its time goes by instructions')
    .option('--replay <FILE>', 'run what was recorded again, to the same state; give the same program and flags')
    .option('--seed <N>', 'what its random numbers are made from; its time goes by instructions', parsed(parseSeed))
    .option('--virtual-time', 'its time goes by instructions, and where it would wait it jumps')
    .option(
      '--gdb <PORT>',
      'wait for gdb at this port of 127.0.0.1 before the first instruction (target remote :PORT); 0 is any free one',
      parsed(parsePort),
    )
    .option(
      '--profile',
      'tell on standard error in which functions its instructions went; --profile=FILE.svg draws a flame graph too, another FILE gets the stacks',
    )
    .addOption(new Option('--profile-file <FILE>').hideHelp())
    .option('--stats', 'tell on standard error what was interpreted, what translated, and at what cost')
    .passThroughOptions()
    .addHelpText('after', RUN_EXAMPLES + EXIT_CODES)
    .action(async (path: string | undefined, programArgs: string[], options: RunFlags, command: Command) => {
      if (path === undefined && options.caps !== true)
        command.error('error: name the program to run, after --; with --caps alone the report is all');
      const { run } = await import('./commands/run.ts');
      ended(await run(runOptions(path, programArgs, options)));
    });
}

/** The flags of `run` as commander hands them over. */
interface RunFlags {
  readonly mount: readonly Mount[];
  readonly tmpfs: readonly string[];
  readonly union: readonly Union[];
  readonly storeMount: readonly StoreMount[];
  readonly store: string | undefined;
  readonly net: NetOption;
  readonly publish: readonly PublishGrant[];
  readonly env: readonly string[];
  readonly cwd: string;
  readonly memory: number;
  readonly cpus: number;
  readonly timeout: number | undefined;
  readonly without: readonly string[];
  readonly translateAfter: number | undefined;
  readonly record: string | undefined;
  readonly replay: string | undefined;
  readonly seed: bigint | undefined;
  readonly gdb: number | undefined;
  readonly profileFile: string | undefined;
  // Set, or not there.
  readonly tty?: true;
  readonly trace?: true;
  readonly traceSummary?: true;
  readonly caps?: true;
  readonly json?: true;
  readonly explain?: true;
  readonly virtualTime?: true;
  readonly profile?: true;
  readonly stats?: true;
}

function runOptions(program: string | undefined, programArguments: readonly string[], options: RunFlags): RunOptions {
  return {
    program,
    arguments: programArguments,
    mounts: options.mount,
    tmpfs: options.tmpfs,
    unions: options.union,
    storeMounts: options.storeMount,
    store: options.store,
    network: withPublications(options.net.grant, options.publish),
    environment: options.env,
    workingDirectory: options.cwd,
    without: options.without,
    trace: options.traceSummary === true ? 'summary' : options.trace === true ? 'calls' : 'none',
    caps: options.caps === true,
    json: options.json === true,
    explain: options.explain === true,
    terminal: options.tty === true,
    timeoutSeconds: options.timeout,
    memoryMiB: options.memory,
    processorShare: options.cpus,
    translateAfter: options.translateAfter,
    statistics: options.stats === true,
    record: options.record,
    replay: options.replay,
    seed: options.seed,
    virtualTime: options.virtualTime === true,
    gdbPort: options.gdb,
    profile: options.profile === true || options.profileFile !== undefined,
    profileFile: options.profileFile,
  };
}

function addInspect(program: Command, ended: Ended): void {
  program
    .command('inspect')
    .description('show what an ELF file or a packed image contains and asks for')
    .argument('<file>', 'ELF file or image')
    .option('--json', 'as JSON')
    .action(async (file: string, options: { json?: boolean }) => {
      const { inspect } = await import('./commands/inspect.ts');
      ended(await inspect({ file, json: options.json === true }));
    });
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
  const ended = (value: number): void => {
    status = value;
  };
  addBoot(program, ended);
  const runCommand = addRun(program, ended);
  addInspect(program, ended);

  try {
    await program.parseAsync(spellKinds(runCommand, args), { from: 'user' });
  } catch (error) {
    // With exitOverride, commander throws after it has printed help or usage.
    if (error instanceof Error && 'exitCode' in error) return error.exitCode === 0 ? 0 : EXIT.FAILED;
    throw error;
  }
  return status;
}
