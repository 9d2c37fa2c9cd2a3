// Ring 0 in TypeScript: what a supervised machine calls where silicon would enter the kernel.

import type { Cpu } from './cpu.ts';

/** Called synchronously inside `machine.run`; the guest goes on with whatever CPU state the call leaves. */
export interface Supervisor {
  /** SYSCALL: RIP is the next instruction, RCX and R11 hold RIP and RFLAGS. */
  syscall(cpu: Cpu): void;
  /** An exception: RIP is at the faulting instruction (after it for traps), `cpu.cr2` holds the address of a #PF. */
  exception(cpu: Cpu, vector: number, errorCode: number): void;
  /** An acknowledged interrupt, between two instructions. */
  interrupt(cpu: Cpu, vector: number): void;
}
