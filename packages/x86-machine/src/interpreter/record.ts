// A decoded instruction as the interpreter's handlers read it: 32 bytes in linear memory, consecutive within a block.
//
//   0  u16 handler        table index of the function that executes it
//   2  u16 reg            frame address (or number) of the ModRM.reg or opcode register
//   4  u16 rm / base      frame address of the ModRM.rm register, or of the base register (or an always-zero slot)
//   6  u16 index          frame address of the index register, or the zero slot
//   8  u16 address mask   the slot with the address-size mask
//  10  u8  scale          0–3
//  11  u8  stack          1 when the operand is addressed through SS: a non-canonical address is then #SS
//  12  i32 displacement   (relative branches: u32 code tag under which `link` may be followed)
//  16  i64 immediate      (relative branches: distance from the block's first byte to the target)
//      (a second constant, ENTER's, is a u32 at 20; so is, as a u16, the frame address of the vector register that the
//      constant's upper half names, or that holds the indices of a gather)
//  24  u16 next           distance from the block's first byte to the next instruction
//  26  u8  length         of this instruction
//  27  u8  index          of this instruction in its block
//  28  u32 link           relative branches: the target's record, or 0
//      u16 segment        all others: address of the segment base, or the zero slot
//  30  u16 vvvv           all others: frame address of the register that VEX.vvvv names
//      u16 x87 opcode     x87 instructions: what the processor notes of them
//
// Records hold distances from the block's first byte, never addresses, so processes that share a physical page of code
// share its records; where the block lies is RIP in the frame, which only a taken branch or an exit updates.

export const RECORD_BYTES = 32;

export const RECORD = {
  handler: 0,
  reg: 2,
  rm: 4,
  index: 6,
  addressMask: 8,
  scale: 10,
  stack: 11,
  displacement: 12,
  linkTag: 12,
  immediate: 16,
  extraRegister: 20,
  next: 24,
  length: 26,
  position: 27,
  link: 28,
  segment: 28,
  vvvv: 30,
  x87Opcode: 30,
} as const;

/**
 * What a translated region is entered by, as its function's argument: half a record, so that those of a region are side by side. It dispatches
 * like a record does.
 */
export const REGION_HEAD = {
  /** u16; once the region is forgotten `SPECIAL.forgotten`. */
  handler: 0,
  /** Number that the region's dispatch knows the entrance by, u16. */
  number: 2,
  /** The code tag that the region was last found good for, u32. */
  codeTag: 4,
  /** Where the interpreter goes on when the region can't be entered, u32; once it is forgotten the block's record, or 0. */
  records: 8,
  /** Distance from where the region's offsets begin, i32. */
  offset: 12,
} as const;
export const REGION_HEAD_BYTES = 16;

/** A way out of a region to a known place. */
export const LANDING = {
  /** The record or head it leads to, u32. */
  link: 0,
  /** The code tag under which the link may be followed, u32. */
  linkTag: 4,
  /** How often it may be followed until the host is told, u32. */
  patience: 8,
} as const;
export const LANDING_BYTES = 16;

/** The longest block, in instructions; a conditional branch that is not taken stays in its block. */
export const BLOCK_LIMIT = 64;

/**
 * How a memory operand's address is formed: `base`, base + displacement; `segment`, with an FS or GS base behind 64 bits of effective
 * address, which must be canonical; `general`, everything else.
 */
export type AddressForm = 'none' | 'base' | 'general' | 'segment';
