// Code as a region may be made of it: instructions one by one, and how control goes on behind each.

import { DECODED, type Decoder, Instruction } from '../decode/decoder.ts';
import type { RegionBlock } from './region-block.ts';
import { placeInPage } from './region-pages.ts';

const PAGE = 4096;
/** Offsets of a region are within this distance: two of them are less than 2 GiB apart. */
const REACH = 2 ** 30;

/** Whether an instruction, at an offset, can be executed inside a region at all. */
export type Translatable = (instruction: Instruction, offset: number) => boolean;

export interface Decoded {
  readonly instruction: Instruction;
  readonly end: number;
  readonly ending: RegionBlock['ending'];
  readonly target: number;
}

/** Whether an offset is near enough to where a region starts. */
export const isWithinReach = (offset: number): boolean => Math.abs(offset) < REACH;

/** Whether blocks end there whatever the instruction before it is. */
export const isPageStart = (offset: number): boolean => placeInPage(offset) === 0;

export const isCall = ({ row }: Instruction): boolean => row.mnemonic === 'CALL';

/**
 * Decodes what is at an offset; null where it is no instruction that lies within its page.
 * @param bytes of its page
 */
export function decodeOne(
  bytes: Uint8Array,
  at: number,
  decoder: Decoder,
  isTranslatable: Translatable,
): Decoded | null {
  const instruction = new Instruction();
  if (decoder.decode(bytes, placeInPage(at), PAGE, instruction) !== DECODED.ok) return null;
  const end = at + instruction.length;
  if (!isTranslatable(instruction, at)) return { instruction, end, ending: 'leave', target: -1 };
  const isRelative = instruction.row.operands.some(({ field }) => field === 'relative');
  const target = isRelative ? end + instruction.immediateLow : -1;
  return { instruction, end, ending: endingOf(instruction, isRelative), target };
}

function endingOf(instruction: Instruction, isRelative: boolean): RegionBlock['ending'] {
  const { row } = instruction;
  if (isRelative && isCall(instruction)) return 'call';
  if (isRelative) return row.endsBlock ? 'jump' : 'branch';
  if (!row.endsBlock) return 'next';
  return row.mnemonic === 'RET' ? 'return' : 'indirect';
}

/** Of what lies at a physical address in the page that a region is explored around. */
export const offsetOf = (physical: number): number => physical % PAGE;
