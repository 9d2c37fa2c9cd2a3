// `capos run`: one ELF program, holding its standard streams, a clock, entropy, and what the flags grant.
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { Directory, type ExitStatus, toUtf8 } from '@capos/abi';
import { CallStatistics, createPosixPersonality, errnoName, type PosixOptions } from '@capos/capos-posix';
import { type EmbedderSpawn, type Kernel, KernelError, type KernelObject } from '@capos/kernel';
import { nodeClock } from '@capos/kernel/host-node';
import { openEnvironment } from '@capos/runtime';
import { memoryEngine } from '@capos/store';
import { nodeHashes, openStoreDirectory } from '@capos/store/host-node';
import { MachineError } from '@capos/x86-machine';
import { capabilityReport, type DescribedGrant, heldCapabilities } from '../capability-report.ts';
import { type DirectoryGrants, grantDirectories } from '../directory-grants.ts';
import { EXIT, exitCodeOf } from '../exit-status.ts';
import { explainer, type HostLook } from '../explanation.ts';
import { type GdbListener, listenForGdb } from '../gdb-listener.ts';
import { guestPath } from '../guest-path.ts';
import { createHostSystem } from '../host-system.ts';
import type { Mount, StoreMount, Union } from '../mount-option.ts';
import type { NetworkGrant } from '../net-option.ts';
import { grantNetwork, type NetworkGrants } from '../network-grants.ts';
import { profileKernel } from '../profile-option.ts';
import { missingInstruction, readProgramFile } from '../program-file.ts';
import { filesOfProgram } from '../program-world.ts';
import { journaledConsole } from '../replay/journaled-console.ts';
import { type JournaledRun, journaledRun, wantsJournal } from '../replay/journaled-run.ts';
import { type StandardStreams, standardStreams } from '../standard-streams.ts';
import { statisticsReport } from '../statistics-report.ts';

export interface RunOptions {
  /** undefined: with `caps`, the report is all that is wanted. */
  readonly program: string | undefined;
  readonly arguments: readonly string[];
  readonly mounts: readonly Mount[];
  readonly tmpfs: readonly string[];
  readonly unions: readonly Union[];
  readonly storeMounts: readonly StoreMount[];
  /** Directory of the host that keeps the store; in memory unless given. */
  readonly store: string | undefined;
  readonly network: NetworkGrant | undefined;
  /** Names of the CapSet that are taken away again. */
  readonly without: readonly string[];
  readonly environment: readonly string[];
  readonly workingDirectory: string;
  readonly trace: 'none' | 'calls' | 'summary';
  readonly caps: boolean;
  readonly json: boolean;
  readonly explain: boolean;
  readonly terminal: boolean;
  readonly timeoutSeconds: number | undefined;
  readonly memoryMiB: number;
  /** Share of the processor, 0 to 1. */
  readonly processorShare: number;
  /** How often a block is entered before it is translated; undefined: as the machine thinks best. */
  readonly translateAfter: number | undefined;
  /** Where to write what came into the run, or where that was written; the seed of its random numbers; whether waits are skipped. */
  readonly record?: string | undefined;
  readonly replay?: string | undefined;
  readonly seed?: bigint | undefined;
  readonly virtualTime?: boolean;
  /** Where to wait for gdb; undefined: nowhere. */
  readonly gdbPort?: number | undefined;
  /** Whether to tell on standard error which functions ran; and a file for stacks or a picture of them. */
  readonly profile?: boolean;
  readonly profileFile?: string | undefined;
  /** Whether to tell on standard error what the machine did. */
  readonly statistics: boolean;
}

const lookOnHost: HostLook = (path) => {
  try {
    return statSync(path).isDirectory() ? 'directory' : 'other';
  } catch {
    return undefined;
  }
};

const SIGINT = 2;
const SIGILL = 4;
const SIGKILL = 9;

/** Runs the program and answers the exit status of the command. */
export async function run(options: RunOptions): Promise<number> {
  const file = options.program === undefined ? undefined : readProgramFile(options.program);
  if (file?.kind === 'refused') return complain(file.message, file.status);
  const refusal = journalRefusal(options);
  if (refusal !== undefined) return complain(refusal, EXIT.FAILED);
  const hostStreams = standardStreams();
  const journaled =
    file !== undefined && wantsJournal(options) ? beginJournal(options, file.image, hostStreams.terminal) : undefined;
  if (typeof journaled === 'string') {
    hostStreams.close();
    return complain(journaled, EXIT.FAILED);
  }
  const streams = journaled === undefined ? hostStreams : journaledStreams(hostStreams, journaled);
  const engine =
    options.storeMounts.length === 0
      ? undefined
      : options.store === undefined
        ? memoryEngine({ hashes: nodeHashes() })
        : await openStoreDirectory(options.store);
  let network: NetworkGrants | undefined;
  let gdb: GdbListener | undefined;
  try {
    const say = (line: string): void => void complain(line, 0);
    const { machine, kernel, loop } = createHostSystem(
      options.memoryMiB,
      { console: streams.input },
      {
        ...(options.translateAfter === undefined ? {} : { translateAfter: options.translateAfter }),
        ...(options.statistics ? { statistics: performance } : {}),
      },
      journaled,
    );
    if (options.statistics) process.once('exit', () => void process.stderr.write(statisticsReport(machine.statistics)));
    const directories = grantDirectories(kernel, {
      ...options,
      engine,
      journaled,
      onError: (error) => say(String(error)),
    });
    network = await grantNetwork(kernel, options.network, say, journaled?.loop);
    const grants = new Map([
      ...streamGrants(kernel, streams, options.terminal, file?.isNative === true),
      ...otherGrants(kernel, directories, network, options.network),
    ]);
    for (const name of options.without) {
      if (!grants.delete(name))
        throw new Error(
          `--without ${name}: it would hold nothing of that name; it would hold ${[...grants.keys()].join(', ')}`,
        );
    }
    if (options.caps) {
      const report = capabilityReport(heldCapabilities(grants), options.json);
      if (file === undefined) streams.output.write(toUtf8(report));
      else streams.error.write(toUtf8(report));
    }
    if (file === undefined) return 0;
    const world = { directories, network };
    const program = startProgram(kernel, options, file.image, file.isNative, grants, world, streams);
    if (typeof program === 'number') return program;
    const executablePath = guestPath(options.program!, options.mounts);
    const readFile = filesOfProgram([executablePath, `/${basename(options.program!)}`], file.image, options.mounts);
    if (options.profile === true) {
      const profile = profileKernel(machine, kernel, readFile, options.program!, options.profileFile);
      process.once('exit', () => void process.stderr.write(profile.finish()));
    }
    if (options.gdbPort !== undefined) {
      const target = kernel.debug(program.processId, { executablePath });
      gdb = await listenForGdb(target, options.gdbPort, readFile);
      say(`waiting for gdb: target remote :${gdb.port}`);
    }
    const status = await runToEnd(options, file.isNative, program, () => loop.run(kernel, program, nodeClock.nowNs));
    await keepDirectories(kernel, directories, (saving) => loop.run(kernel, saving, nodeClock.nowNs), say);
    const told = journaled?.finish(machine);
    if (told !== undefined) say(told);
    return status;
  } catch (error) {
    if (journaled === undefined || !(error instanceof MachineError)) throw error;
    return complain(error.message, EXIT.FAILED);
  } finally {
    journaled?.close();
    gdb?.close();
    network?.close();
    streams.close();
    await engine?.close();
  }
}

/** What a run that can be repeated cannot have; undefined: nothing that was asked for. */
function journalRefusal(options: RunOptions): string | undefined {
  if (!wantsJournal(options)) return undefined;
  if (options.record !== undefined && options.replay !== undefined)
    return '--record and --replay: a run is one or the other';
  const beyond: readonly [flag: string, isAsked: boolean][] = [
    ['--store-mount', options.storeMounts.length > 0],
    ['--cpus', options.processorShare < 1],
    ['--timeout', options.timeoutSeconds !== undefined],
    ['--gdb', options.gdbPort !== undefined],
  ];
  const flag = beyond.find(([, isAsked]) => isAsked)?.[0];
  return (
    flag &&
    `${flag} cannot be had together with --record, --replay, --seed or --virtual-time: what comes that way is not recorded`
  );
}

/** A message: why it cannot begin. */
function beginJournal(options: RunOptions, image: Uint8Array, terminal: boolean): JournaledRun | string {
  const {
    arguments: programArguments,
    environment,
    workingDirectory,
    mounts,
    tmpfs,
    without,
    memoryMiB,
    network,
  } = options;
  try {
    return journaledRun(options, image, {
      arguments: programArguments,
      environment,
      workingDirectory,
      mounts: mounts.map(({ guest, readOnly }) => [guest, readOnly]),
      tmpfs,
      unions: options.unions,
      without,
      memoryMiB,
      network,
      terminal: [terminal, options.terminal],
    });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.message;
  }
}

function journaledStreams(streams: StandardStreams, { loop }: JournaledRun): StandardStreams {
  return {
    ...streams,
    input: journaledConsole(streams.input, loop, 'stdin'),
    output: journaledConsole(streams.output, loop, 'stdout'),
    error: journaledConsole(streams.error, loop, 'stderr'),
  };
}

function always(object: KernelObject, reaches: string): DescribedGrant {
  return { object, grantedBy: 'always', reaches };
}

/**
 * The three standard streams; or one terminal for input and output both, where the command has one or `--tty` says so. A native
 * program takes the streams apart itself.
 */
function streamGrants(
  kernel: Kernel,
  streams: StandardStreams,
  forced: boolean,
  isNative: boolean,
): ReadonlyMap<string, DescribedGrant> {
  const input = kernel.objects.console!;
  if (forced) {
    const { input: backend } = streams;
    const terminal = kernel.createConsole({ ...backend, size: () => ({ ...backend.size(), isTerminal: true }) });
    return new Map([['console', { object: terminal, grantedBy: '--tty', reaches: 'the terminal of the command' }]]);
  }
  if (streams.terminal && !isNative) return new Map([['console', always(input, 'the terminal of the command')]]);
  const output = kernel.createConsole(streams.output);
  return new Map([
    ['stdin', always(input, 'standard input of the command')],
    ['stdout', always(output, 'standard output of the command')],
    ['stderr', always(kernel.createConsole(streams.error), 'standard error of the command')],
    ['console', always(output, 'standard output of the command')],
  ]);
}

function otherGrants(
  kernel: Kernel,
  directories: DirectoryGrants,
  network: NetworkGrants,
  wanted: NetworkGrant | undefined,
): ReadonlyMap<string, DescribedGrant> {
  const { timer, entropySource } = kernel.objects;
  const grants = new Map<string, DescribedGrant>([
    ['timer', always(timer, 'the clock')],
    ['entropy', always(entropySource, 'random bytes')],
  ]);
  for (const [name, object] of Object.entries(directories.grants)) {
    const reaches = directories.descriptions.get(name)!;
    grants.set(name, { object, grantedBy: directories.flags.get(name)!, reaches });
  }
  for (const [name, object] of Object.entries(network.grants)) {
    const grantedBy = wanted!.publish.length > 0 && wanted!.connect.length === 0 ? '--net, --publish' : '--net';
    grants.set(name, { object, grantedBy, reaches: network.descriptions.get(name)! });
  }
  return grants;
}

function startProgram(
  kernel: Kernel,
  options: RunOptions,
  image: Uint8Array,
  isNative: boolean,
  grants: ReadonlyMap<string, DescribedGrant>,
  { directories, network }: { readonly directories: DirectoryGrants; readonly network: NetworkGrants },
  streams: StandardStreams,
): ReturnType<Kernel['spawn']> | number {
  const path = options.program!;
  const say = (line: string): void => void streams.error.write(toUtf8(`capos: ${line}\n`));
  const statistics = options.trace === 'summary' ? new CallStatistics() : undefined;
  const personality: PosixOptions = {
    mounts: directories.mounts,
    unions: directories.unions,
    files: network.files,
    cwd: options.workingDirectory,
    executablePath: guestPath(path, options.mounts),
    onStartFailure: (reason) => say(`${path}: ${reason}`),
    onFatalFault: ({ signal, instruction, instructionAddress }) => {
      if (signal === SIGILL)
        say(
          `${path} came to ${missingInstruction(instruction)} at 0x${instructionAddress.toString(16)}; the machine offers x86-64-v2`,
        );
    },
    ...(options.trace === 'calls'
      ? { trace: (line) => void streams.error.write(toUtf8(`${line}\n`)), traceTimes: true }
      : {}),
    ...(statistics === undefined ? {} : { statistics }),
    ...(options.explain ? { onRefused: explainer(say, lookOnHost) } : {}),
  };
  const request: EmbedderSpawn = {
    name: basename(path),
    image,
    arguments: [path, ...options.arguments],
    environment: options.environment,
    grants: Object.fromEntries([...grants].map(([name, { object }]) => [name, object])),
    processorShare: options.processorShare,
    ...(isNative ? {} : { personality: createPosixPersonality(personality) }),
  };
  try {
    const program = kernel.spawn(request);
    if (statistics !== undefined) program.onExit(() => void streams.error.write(toUtf8(`${statistics.report()}`)));
    return program;
  } catch (error) {
    if (!(error instanceof KernelError) && !(error instanceof Error && error.name === 'CapError')) throw error;
    return complain(`${path}: ${error.message}`, EXIT.NOT_EXECUTABLE);
  }
}

async function runToEnd(
  options: RunOptions,
  isNative: boolean,
  program: ReturnType<Kernel['spawn']>,
  loop: () => Promise<ExitStatus>,
): Promise<number> {
  // Ctrl-C is for the program, unless it takes care of it through its own console.
  let timedOut = false;
  const onInterrupt = (): void => program.kill(SIGINT);
  if (isNative) process.on('SIGINT', onInterrupt);
  const { timeoutSeconds } = options;
  const timeout =
    timeoutSeconds === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          program.kill(SIGKILL);
        }, timeoutSeconds * 1000);
  try {
    const status = await loop();
    if (timedOut) return complain(`${options.program} was ended: it ran for ${timeoutSeconds} s`, EXIT.TIMED_OUT);
    if (status.which === 'faulted') {
      const { vector, address, instruction } = status.faulted;
      complain(
        `${options.program} was ended by processor exception ${vector} at instruction 0x${instruction.toString(16)}, address 0x${address.toString(16)}`,
        0,
      );
    }
    return exitCodeOf(status);
  } finally {
    clearTimeout(timeout);
    process.off('SIGINT', onInterrupt);
  }
}

/** Makes what store mounts hold survive the command: a program that ends has synced nothing by that. */
async function keepDirectories(
  kernel: Kernel,
  directories: DirectoryGrants,
  run: (saving: ReturnType<Kernel['spawn']>) => Promise<unknown>,
  say: (line: string) => void,
): Promise<void> {
  const kept = Object.entries(directories.grants).filter(([name]) => directories.flags.get(name) === '--store-mount');
  if (kept.length === 0) return;
  const saving = kernel.spawn({
    name: 'save',
    grants: Object.fromEntries(kept),
    program: async (port) => {
      const environment = openEnvironment(port);
      for (const [name] of kept) {
        const { errno } = await environment.capSet.get(name, Directory).sync();
        if (errno !== 0) say(`${directories.descriptions.get(name)}: it could not be saved (${errnoName(errno)})`);
      }
      environment.exit(0);
    },
  });
  await run(saving);
}

function complain(message: string, status: number): number {
  process.stderr.write(`capos: ${message}\n`);
  return status;
}
