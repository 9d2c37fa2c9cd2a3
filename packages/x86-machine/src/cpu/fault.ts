// What an instruction that the host completes may end in instead.

import { VECTOR } from '../isa/vector.ts';
import type { Cpu } from './cpu.ts';

export interface Fault {
  readonly vector: number;
  readonly errorCode: number;
}

export const GENERAL_PROTECTION: Fault = { vector: VECTOR.generalProtection, errorCode: 0 };

export const isCanonical = (address: bigint): boolean => BigInt.asIntN(48, address) === BigInt.asIntN(64, address);

/**
 * The fault of an access that did not get through: #PF with CR2 set, or for an address that is not canonical `otherwise`.
 * @param bits write and user bits of the #PF error code
 */
export function pageFaultAt(cpu: Cpu, address: bigint, bits: number, otherwise: number): Fault {
  const virtual = BigInt.asUintN(64, address);
  if (!isCanonical(virtual)) return { vector: otherwise, errorCode: 0 };
  cpu.cr2 = virtual;
  const present = cpu.translate(virtual, 'read', false) >= 0 ? 1 : 0;
  return { vector: VECTOR.pageFault, errorCode: bits | present };
}
