// `capos run`: one ELF program, holding its standard streams, a clock, entropy, and what the flags grant.
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { programFormat, toUtf8 } from '@capos/abi';
import { createPosixPersonality } from '@capos/capos-posix';
import { type EmbedderSpawn, KernelError } from '@capos/kernel';
import { nodeClock } from '@capos/kernel/host-node';
import { grantDirectories } from '../directory-grants.ts';
import { EXIT, exitCodeOf } from '../exit-status.ts';
import { createHostSystem } from '../host-system.ts';
import type { Mount } from '../mount-option.ts';
import { type StandardStreams, standardStreams } from '../standard-streams.ts';

export interface RunOptions {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly mounts: readonly Mount[];
  readonly environment: readonly string[];
  readonly workingDirectory: string;
  readonly trace: boolean;
  readonly timeoutSeconds: number | undefined;
  readonly memoryMiB: number;
}

const SIGINT = 2;
const SIGKILL = 9;

/** Runs the program and answers the exit status of the command. */
export async function run(options: RunOptions): Promise<number> {
  const image = readProgram(options.program);
  if (typeof image === 'number') return image;
  const format = programFormat(image);
  if (format === 'not-elf') {
    return complain(`${options.program} is no 64-bit ELF file; capos run takes x86-64 programs`, EXIT.NOT_EXECUTABLE);
  }
  const streams = standardStreams();
  try {
    return await runImage(options, image, format === 'native', streams);
  } finally {
    streams.close();
  }
}

async function runImage(
  options: RunOptions,
  image: Uint8Array,
  isNative: boolean,
  streams: StandardStreams,
): Promise<number> {
  const { kernel, loop } = createHostSystem(options.memoryMiB, { console: streams.input });
  const directories = grantDirectories(kernel, options.mounts);
  const trace = options.trace ? (line: string) => void streams.error.write(toUtf8(`${line}\n`)) : undefined;
  const { console: input, timer, entropySource } = kernel.objects;
  const output = kernel.createConsole(streams.output);
  const request: EmbedderSpawn = {
    name: basename(options.program),
    image,
    arguments: [options.program, ...options.arguments],
    environment: options.environment,
    grants: {
      ...(streams.terminal && !isNative
        ? // One terminal: what is not redirected is it, for input and output.
          { console: input }
        : { stdin: input, stdout: output, stderr: kernel.createConsole(streams.error), console: output }),
      timer,
      entropy: entropySource,
      ...directories.grants,
    },
    ...(isNative
      ? {}
      : {
          personality: createPosixPersonality({
            mounts: directories.mounts,
            cwd: options.workingDirectory,
            executablePath: resolve('/', basename(options.program)),
            ...(trace === undefined ? {} : { trace }),
          }),
        }),
  };
  let program: ReturnType<typeof kernel.spawn>;
  try {
    program = kernel.spawn(request);
  } catch (error) {
    if (!(error instanceof KernelError) && !(error instanceof Error && error.name === 'CapError')) throw error;
    return complain(`${options.program}: ${error.message}`, EXIT.NOT_EXECUTABLE);
  }

  // Ctrl-C is for the program, unless it takes care of it through its own console.
  let timedOut = false;
  const onInterrupt = (): void => program.kill(SIGINT);
  if (isNative) process.on('SIGINT', onInterrupt);
  const timer_ =
    options.timeoutSeconds === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          program.kill(SIGKILL);
        }, options.timeoutSeconds * 1000);
  try {
    const status = await loop.run(kernel, program, nodeClock.nowNs);
    if (timedOut)
      return complain(`${options.program} was ended: it ran for ${options.timeoutSeconds} s`, EXIT.TIMED_OUT);
    if (status.which === 'faulted') {
      const { vector, address, instruction } = status.faulted;
      complain(
        `${options.program} was ended by processor exception ${vector} at instruction 0x${instruction.toString(16)}, address 0x${address.toString(16)}`,
        0,
      );
    }
    return exitCodeOf(status);
  } finally {
    clearTimeout(timer_);
    process.off('SIGINT', onInterrupt);
  }
}

/** The bytes of the program, or the exit status that says why there are none. */
function readProgram(path: string): Uint8Array | number {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return complain(`${path}: no such file on the host`, EXIT.NOT_FOUND);
    return complain(`${path}: ${(error as Error).message}`, EXIT.NOT_EXECUTABLE);
  }
}

function complain(message: string, status: number): number {
  process.stderr.write(`capos: ${message}\n`);
  return status;
}
