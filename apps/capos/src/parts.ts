// What an image may name: the hosted programs, personalities and native programs that come with the command.
import { createPosixPersonality } from '@capos/capos-posix';
import type { Kernel } from '@capos/kernel';
import type { NativeProgram } from '@capos/libcapos';
import { fault } from '@capos/libcapos/programs/fault';
import { floatingPoint } from '@capos/libcapos/programs/floating-point';
import { given } from '@capos/libcapos/programs/given';
import { hello } from '@capos/libcapos/programs/hello';
import { spinner } from '@capos/libcapos/programs/spinner';
import { threads } from '@capos/libcapos/programs/threads';
import { shellProgram } from '@capos/shell';

export const personalities = [createPosixPersonality()];

/** Registers every hosted program under the name by which images know it. */
export function registerParts(kernel: Kernel): void {
  kernel.registerProgram('shell', shellProgram);
}

const NATIVE: readonly NativeProgram[] = [hello, given, threads, spinner, fault, floatingPoint];

/** The blobs of the default system. */
export const defaultBlobs = (): ReadonlyMap<string, Uint8Array> =>
  new Map(NATIVE.map(({ name, bytes }) => [name, bytes]));
