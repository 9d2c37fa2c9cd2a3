// Who called: the chain of frame pointers, believed as far as it looks like one.
//
//   RBP ─▶ caller's RBP │ return address        each frame above the last; before each return address lies a CALL
//
// Code without frame pointers (most of what GCC makes at -O2) uses RBP for anything. What is in it then rarely passes for a frame;
// the function that was running is told of in any case.

import type { PhysicalMemory } from '../board/physical-memory.ts';
import type { Cpu } from '../cpu/cpu.ts';
import { GPR } from '../state/frame-layout.ts';

const MOST_FRAMES = 128;
/** Bytes that one frame may have. */
const LARGEST_FRAME = 2 ** 20;
const WORD = 8;
const PAGE = 4096;

/** Return addresses, the innermost first. Changes nothing, not even an accessed bit. */
export function callersOf(cpu: Cpu, memory: PhysicalMemory): bigint[] {
  const user = cpu.cpl === 3;
  const word = (address: bigint): bigint | undefined => {
    if (address % BigInt(WORD) !== 0n) return undefined;
    const physical = cpu.translate(address, 'read', user);
    return physical >= 0 && memory.isRam(physical, WORD) ? memory.readUint64(physical) : undefined;
  };
  const callers: bigint[] = [];
  let below = cpu.registers[GPR.rsp]!;
  let frame = cpu.registers[GPR.rbp]!;
  while (callers.length < MOST_FRAMES && frame >= below && frame - below < LARGEST_FRAME) {
    const [next, returnAddress] = [word(frame), word(frame + BigInt(WORD))];
    if (next === undefined || returnAddress === undefined || !followsCall(cpu, memory, returnAddress, user)) break;
    callers.push(returnAddress);
    below = frame + BigInt(2 * WORD);
    frame = next;
  }
  return callers;
}

/** Whether the bytes before an address can be a CALL: E8 and a distance, or FF /2 with what follows it (SDM Vol. 2, CALL). */
function followsCall(cpu: Cpu, memory: PhysicalMemory, address: bigint, user: boolean): boolean {
  const byte = (back: number): number => {
    const physical = cpu.translate(BigInt.asIntN(64, address - BigInt(back)), 'execute', user);
    return physical >= 0 && memory.isRam(physical, 1) ? memory.bytes[physical]! : -1;
  };
  if (address < BigInt(PAGE)) return false;
  if (byte(5) === 0xe8) return true;
  // FF /2: two bytes, with a SIB byte and displacements of 1 or 4 up to seven.
  for (const length of [2, 3, 4, 6, 7]) if (byte(length) === 0xff && ((byte(length - 1) >> 3) & 7) === 2) return true;
  return false;
}
