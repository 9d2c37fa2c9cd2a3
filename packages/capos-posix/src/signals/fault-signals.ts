// Processor exceptions as signals (arch/x86/kernel/traps.c, mm/fault.c; SDM 3A table 6-1).

import { SI, SIGNAL } from '../linux/signal-numbers.ts';
import type { Area } from '../memory/area-map.ts';
import { isMissingPage } from '../memory/on-demand-pages.ts';
import type { SignalInfo } from './signal-info.ts';

const VECTOR = {
  DIVIDE: 0,
  DEBUG: 1,
  BREAKPOINT: 3,
  OVERFLOW: 4,
  BOUND: 5,
  INVALID_OPCODE: 6,
  NO_DEVICE: 7,
  STACK: 12,
  PROTECTION: 13,
  PAGE: 14,
  X87: 16,
  ALIGNMENT: 17,
  SIMD: 19,
} as const;

/** The signal of an exception; undefined for those that no program can cause. `area`: what is mapped at the address. */
export function faultSignal(
  vector: number,
  errorCode: number,
  address: bigint,
  rip: bigint,
  area: Area | undefined,
): SignalInfo | undefined {
  switch (vector) {
    case VECTOR.DIVIDE:
      return { signal: SIGNAL.FPE, code: SI.FPE_INTEGER_DIVIDE, address: rip };
    case VECTOR.DEBUG:
      return { signal: SIGNAL.TRAP, code: 2, address: rip };
    case VECTOR.BREAKPOINT:
      return { signal: SIGNAL.TRAP, code: SI.KERNEL, address: 0n };
    case VECTOR.OVERFLOW:
    case VECTOR.BOUND:
    case VECTOR.PROTECTION:
      return { signal: SIGNAL.SEGV, code: SI.KERNEL, address: 0n };
    case VECTOR.INVALID_OPCODE:
    case VECTOR.NO_DEVICE:
      return { signal: SIGNAL.ILL, code: SI.ILL_OPERAND, address: rip };
    case VECTOR.STACK:
      return { signal: SIGNAL.BUS, code: SI.KERNEL, address: 0n };
    case VECTOR.PAGE:
      if (area?.pastEnd === true || isMissingPage(area, errorCode))
        return { signal: SIGNAL.BUS, code: SI.BUS_ADRERR, address };
      return { signal: SIGNAL.SEGV, code: area !== undefined ? SI.SEGV_ACCERR : SI.SEGV_MAPERR, address };
    case VECTOR.X87:
    case VECTOR.SIMD:
      return { signal: SIGNAL.FPE, code: SI.FPE_FLOAT_INVALID, address: rip };
    case VECTOR.ALIGNMENT:
      return { signal: SIGNAL.BUS, code: SI.BUS_ADRALN, address };
    default:
      return undefined;
  }
}
