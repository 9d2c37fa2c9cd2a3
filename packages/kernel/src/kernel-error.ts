// The one error class of this package: misuse by the embedding program. What a guest does never throws out of the kernel.

/** Why the kernel refused the embedder. Stable, meant for programs. */
export type KernelErrorCode =
  /** A program, personality or object name is not registered, or is registered twice. */
  | 'unknownName'
  | 'duplicateName'
  /** An option is out of range. */
  | 'badOption'
  /** An ELF process was asked of a kernel that has no machine. */
  | 'noMachine'
  /** The machine has no such device, or somebody holds it already. */
  | 'noDevice'
  /** A worker process was asked of a kernel that has no threads for them. */
  | 'noWorkers'
  /** A process could not be made: image refused, or the ledger or the machine is out of something. */
  | 'cannotSpawn'
  /** There is no such process, or it has a debugger. */
  | 'cannotDebug';

/** Every error that `@capos/kernel` throws at its embedder: what was attempted, what was found, what to do. */
export class KernelError extends Error {
  override readonly name: string = 'KernelError';
  readonly code: KernelErrorCode;

  constructor(code: KernelErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** An impossible state: a defect of the kernel itself, never reachable by a guest. */
export function assertInvariant(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new Error(`kernel invariant broken: ${sentence}`);
}
