// What an embedder decides about a foreign process, beside the capabilities it grants.

import type { CallStatistics } from './trace/call-statistics.ts';

/** A line of the mount table: the Directory capability `cap` of the CapSet appears at `path`. */
export interface MountOption {
  /** Absolute path in the program's name space. */
  readonly path: string;
  /** Name under which the process holds the Directory. */
  readonly cap: string;
  readonly readOnly?: boolean;
}

/**
 * Several Directory capabilities that appear as one at `path`, a name being that of the topmost which has it. Only `upper` is
 * written to: what lies below is copied up first, or marked as gone there by files named `.wh.NAME` (files/union/whiteout.ts).
 */
export interface UnionOption {
  readonly path: string;
  /** Names of Directory capabilities that are only read, the topmost first. */
  readonly lower: readonly string[];
  /** Name of the one that takes what is changed; without it the union is read only. */
  readonly upper?: string;
}

export interface PosixOptions {
  /** The program's whole file system. Nothing but `/dev` and `/proc` of the process itself unless given. */
  readonly mounts?: readonly MountOption[];
  /** Directories laid over each other. */
  readonly unions?: readonly UnionOption[];
  /** Small files that are there whatever the mounts have at their paths, read only: content by absolute path. */
  readonly files?: ReadonlyMap<string, string>;
  /** Working directory; `/` unless given. */
  readonly cwd?: string;
  /** argv[0]; the first of the process's arguments unless given. */
  readonly argv0?: string;
  /** What /proc/self/exe and AT_EXECFN say; argv[0], from the root, unless given. */
  readonly executablePath?: string;
  /** uname's node name; `capos` unless given. */
  readonly hostname?: string;
  /** What the program believes to be; 0 unless given. It confers nothing. */
  readonly uid?: number;
  readonly gid?: number;
  /** Gets one line per system call, without a newline. */
  readonly trace?: (line: string) => void;
  /** Ends each line of the trace with the time the call took. Needs a Timer. */
  readonly traceTimes?: boolean;
  /** Counts system calls and capability methods, those of forked processes too. */
  readonly statistics?: CallStatistics;
  /** Told when a processor exception ends a process: the signal, and the bytes of the instruction. */
  readonly onFatalFault?: (fault: FatalFault) => void;
  /** Told in words why the program could not be started; it then ends with 126 or 127. */
  readonly onStartFailure?: (reason: string) => void;
  /** Leaves out /dev and /proc. */
  readonly withoutSynthetic?: boolean;
  /** Gets what the process asked for and did not hold. */
  readonly onRefused?: (refusal: Refusal) => void;
}

/** What ended a process. */
export interface FatalFault {
  readonly signal: number;
  /** The processor's exception number (SDM 3A §6.3.1). */
  readonly vector: number;
  readonly instructionAddress: bigint;
  /** The address that was accessed, for a page fault. */
  readonly address: bigint;
  /** What is at the instruction's address, as far as it is readable. */
  readonly instruction: Uint8Array;
}

/** A call that was refused for want of a capability. */
export interface Refusal {
  /** The call's name. */
  readonly call: string;
  /** Name of the error number it answered. */
  readonly errno: string;
  readonly need: Need;
}

/** What would have been needed. Addresses are bytes, 4 or 16; paths as the program gave them, made absolute. */
export type Need =
  | { readonly to: 'network' }
  | {
      readonly to: 'connect' | 'listen';
      readonly protocol: 'tcp' | 'udp';
      readonly address: Uint8Array;
      readonly port: number;
    }
  /** Nobody can: networks here carry streams and datagrams. */
  | { readonly to: 'use raw sockets' }
  | { readonly to: 'resolve names' }
  | { readonly to: 'get random bytes' }
  | { readonly to: 'read the clock' }
  /** Something there is, or might be. */
  | { readonly to: 'see'; readonly path: string }
  /** A new name where no directory is granted. */
  | { readonly to: 'make'; readonly path: string }
  /** Where a directory is granted, to read only. */
  | { readonly to: 'write'; readonly path: string };
