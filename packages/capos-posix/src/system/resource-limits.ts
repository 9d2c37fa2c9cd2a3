// Resource limits (getrlimit(2)): kept and told; NOFILE, STACK, DATA, AS, FSIZE and CPU are also obeyed.

import { RLIMIT } from '../linux/thread-flags.ts';

export const RLIM_INFINITY = 0xffff_ffff_ffff_ffffn;

export interface Limit {
  readonly soft: bigint;
  readonly hard: bigint;
}

const unlimited: Limit = { soft: RLIM_INFINITY, hard: RLIM_INFINITY };
/** Bytes of the first thread's stack, as `ulimit -s` shows. */
export const STACK_LIMIT = 8 * 1024 * 1024;

const INITIAL: readonly Limit[] = Array.from({ length: RLIMIT.COUNT }, (_, resource) => {
  if (resource === RLIMIT.STACK) return { soft: BigInt(STACK_LIMIT), hard: RLIM_INFINITY };
  if (resource === RLIMIT.NOFILE) return { soft: 1024n, hard: 65_536n };
  if (resource === RLIMIT.CORE) return { soft: 0n, hard: RLIM_INFINITY };
  if (resource === RLIMIT.NPROC) return { soft: 4096n, hard: 4096n };
  if (resource === RLIMIT.SIGPENDING) return { soft: 1024n, hard: 1024n };
  if (resource === RLIMIT.MEMLOCK) return { soft: 8_388_608n, hard: 8_388_608n };
  if (resource === RLIMIT.MSGQUEUE) return { soft: 819_200n, hard: 819_200n };
  if (resource === RLIMIT.NICE || resource === RLIMIT.RTPRIO) return { soft: 0n, hard: 0n };
  return unlimited;
});

export class ResourceLimits {
  readonly #limits: Limit[];

  constructor(limits: readonly Limit[] = INITIAL) {
    this.#limits = limits.slice();
  }

  get(resource: number): Limit | undefined {
    return this.#limits[resource];
  }

  set(resource: number, limit: Limit): void {
    this.#limits[resource] = limit;
  }

  get openFiles(): number {
    return Number(this.#limits[RLIMIT.NOFILE]!.soft);
  }

  /** The soft limit as a number; Infinity when there is none. */
  soft(resource: number): number {
    const { soft } = this.#limits[resource]!;
    return soft === RLIM_INFINITY ? Number.POSITIVE_INFINITY : Number(soft);
  }

  copy(): ResourceLimits {
    return new ResourceLimits(this.#limits);
  }
}
