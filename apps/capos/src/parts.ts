// What an image may name: the hosted programs, personalities and native programs that come with the command.
import { createPosixPersonality } from '@capos/capos-posix';
import type { Kernel } from '@capos/kernel';
import { nodeWallClock } from '@capos/kernel/host-node';
import type { NativeProgram } from '@capos/libcapos';
import { fault } from '@capos/libcapos/programs/fault';
import { floatingPoint } from '@capos/libcapos/programs/floating-point';
import { given } from '@capos/libcapos/programs/given';
import { hello } from '@capos/libcapos/programs/hello';
import { spinner } from '@capos/libcapos/programs/spinner';
import { threads } from '@capos/libcapos/programs/threads';
import { shellProgram } from '@capos/shell';
import { createNamespaceDirectoryProgram, createStoreProgram, type Engine } from '@capos/store';

export const personalities = [createPosixPersonality()];

/** Enough for blobs and file pieces of 1 MiB in one message. */
const STORE_ARENA_BYTES = 16 * 2 ** 20;

/** Registers every hosted program under the name by which images know it; `engine` keeps what they store. */
export function registerParts(kernel: Kernel, engine: Engine): void {
  const onError = (error: unknown): void => void process.stderr.write(`capos: ${String(error)}\n`);
  kernel.registerProgram('shell', shellProgram);
  kernel.registerProgram('store', createStoreProgram({ engine, onError }), { arenaBytes: STORE_ARENA_BYTES });
  kernel.registerProgram('files', createNamespaceDirectoryProgram({ wallClock: nodeWallClock, onError }), {
    arenaBytes: STORE_ARENA_BYTES,
  });
}

const NATIVE: readonly NativeProgram[] = [hello, given, threads, spinner, fault, floatingPoint];

/** The blobs of the default system. */
export const defaultBlobs = (): ReadonlyMap<string, Uint8Array> =>
  new Map(NATIVE.map(({ name, bytes }) => [name, bytes]));
