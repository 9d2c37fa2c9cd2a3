// x87, SSE and AVX state between the machine's frame and a signal frame's XSAVE area (SDM 1 §10.5.1, §13.4, 64-bit layout).
//
//   machine frame (x86-machine, bytes)          FXSAVE image (512 bytes)
//   160 MXCSR  164 control  166 status          0 control 2 status 4 tags (one bit each) 6 opcode 8 RIP 16 RDP
//   168 tags   170 opcode   176 RIP  184 RDP    24 MXCSR 28 MXCSR mask
//   192 eight registers, 16 bytes each          32 ST0–ST7, 16 bytes each
//   320 sixteen registers, 32 bytes each        160 XMM0–XMM15, 16 bytes each
//                                               464 what follows, in words of Linux's (struct _fpx_sw_bytes)
//                                               512 XSAVE header: components   576 upper halves of YMM0–YMM15   832 magic again
//
// A handler that takes the frame for a plain FXSAVE image finds one; one that looks for the words at 464 finds the rest.

/** Bytes of an FXSAVE image. */
export const FXSAVE_SIZE = 512;
const UPPER_AT = 576;
const AREA_SIZE = 832;
/** Bytes of the whole area in a signal frame: XSAVE's, and a closing word. */
export const EXTENDED_STATE_SIZE: number = AREA_SIZE + 4;

/** Linux's words for what lies behind the FXSAVE image (arch/x86/include/uapi/asm/sigcontext.h). */
const MAGIC_1 = 0x4650_5853;
const MAGIC_2 = 0x4650_5845;
const WORDS = { MAGIC: 464, TOTAL_SIZE: 468, COMPONENTS: 472, AREA_SIZE: 480 } as const;
/** x87, SSE and AVX. */
const COMPONENTS = 7n;
const HEADER_AT = 512;
/** MXCSR bits a program may set; what FXSAVE stores as the mask. */
const MXCSR_MASK = 0xffff;

const FRAME = { MXCSR: 160, CONTROL: 164, STATUS: 166, TAG: 168, X87: 192, XMM: 320 } as const;

/** A thread's extended state as a signal frame has it. */
export function saveExtendedState(frame: Uint8Array): Uint8Array {
  const image = new Uint8Array(EXTENDED_STATE_SIZE);
  const from = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const to = new DataView(image.buffer);
  to.setUint16(0, from.getUint16(FRAME.CONTROL, true), true);
  const status = from.getUint16(FRAME.STATUS, true);
  to.setUint16(2, status, true);
  to.setUint8(4, abridge(from.getUint16(FRAME.TAG, true)));
  to.setUint32(24, from.getUint32(FRAME.MXCSR, true), true);
  to.setUint32(28, MXCSR_MASK, true);
  const top = (status >> 11) & 7;
  for (let index = 0; index < 8; index++) {
    const physical = FRAME.X87 + ((index + top) & 7) * 16;
    image.set(frame.subarray(physical, physical + 10), 32 + index * 16);
  }
  for (let index = 0; index < 16; index++)
    image.set(frame.subarray(FRAME.XMM + index * 32, FRAME.XMM + index * 32 + 16), 160 + index * 16);
  for (let index = 0; index < 16; index++)
    image.set(frame.subarray(FRAME.XMM + index * 32 + 16, FRAME.XMM + index * 32 + 32), UPPER_AT + index * 16);
  to.setUint32(WORDS.MAGIC, MAGIC_1, true);
  to.setUint32(WORDS.TOTAL_SIZE, EXTENDED_STATE_SIZE, true);
  to.setBigUint64(WORDS.COMPONENTS, COMPONENTS, true);
  to.setUint32(WORDS.AREA_SIZE, AREA_SIZE, true);
  to.setBigUint64(HEADER_AT, COMPONENTS, true);
  to.setUint32(AREA_SIZE, MAGIC_2, true);
  return image;
}

/** Whether an image of EXTENDED_STATE_SIZE still says that it is more than an FXSAVE image. */
function isExtended(image: Uint8Array): boolean {
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  return (
    view.getUint32(WORDS.MAGIC, true) === MAGIC_1 &&
    view.getUint32(WORDS.AREA_SIZE, true) === AREA_SIZE &&
    view.getUint32(AREA_SIZE, true) === MAGIC_2
  );
}

/**
 * Puts an image back: an FXSAVE image, or one of EXTENDED_STATE_SIZE. What a program wrote into reserved bits of MXCSR is
 * dropped. Upper halves that the image does not hold become zero.
 */
export function restoreExtendedState(frame: Uint8Array, image: Uint8Array): void {
  const from = new DataView(image.buffer, image.byteOffset, image.byteLength);
  const to = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const status = from.getUint16(2, true);
  const top = (status >> 11) & 7;
  to.setUint16(FRAME.CONTROL, from.getUint16(0, true), true);
  to.setUint16(FRAME.STATUS, status, true);
  for (let index = 0; index < 8; index++) {
    const physical = FRAME.X87 + ((index + top) & 7) * 16;
    frame.set(image.subarray(32 + index * 16, 32 + index * 16 + 10), physical);
  }
  to.setUint16(FRAME.TAG, unabridge(from.getUint8(4), frame), true);
  to.setUint32(FRAME.MXCSR, from.getUint32(24, true) & MXCSR_MASK, true);
  for (let index = 0; index < 16; index++)
    frame.set(image.subarray(160 + index * 16, 160 + index * 16 + 16), FRAME.XMM + index * 32);
  const holdsUpper =
    image.length >= EXTENDED_STATE_SIZE && isExtended(image) && (from.getBigUint64(HEADER_AT, true) & 4n) !== 0n;
  for (let index = 0; index < 16; index++) {
    const at = FRAME.XMM + index * 32 + 16;
    if (holdsUpper) frame.set(image.subarray(UPPER_AT + index * 16, UPPER_AT + index * 16 + 16), at);
    else frame.fill(0, at, at + 16);
  }
}

/** Two tag bits a register (11 empty) to one (1 used). */
function abridge(tags: number): number {
  let abridged = 0;
  for (let index = 0; index < 8; index++) if (((tags >> (index * 2)) & 3) !== 3) abridged |= 1 << index;
  return abridged;
}

/** One tag bit a register to two: valid, zero or special by the register's value (SDM 1 §8.1.7). */
function unabridge(abridged: number, frame: Uint8Array): number {
  let tags = 0;
  for (let index = 0; index < 8; index++) {
    const at = FRAME.X87 + index * 16;
    const exponent = (frame[at + 8]! | (frame[at + 9]! << 8)) & 0x7fff;
    const zero = frame.subarray(at, at + 8).every((byte) => byte === 0);
    const used = exponent === 0 ? (zero ? 1 : 2) : exponent === 0x7fff || (frame[at + 7]! & 0x80) === 0 ? 2 : 0;
    tags |= ((abridged >> index) & 1 ? used : 3) << (index * 2);
  }
  return tags;
}
