// x87 and SSE state between the machine's frame and a signal frame's FXSAVE image (SDM 1 §10.5.1, 64-bit layout).
//
//   machine frame (x86-machine, bytes)          FXSAVE image (512 bytes)
//   160 MXCSR  164 control  166 status          0 control 2 status 4 tags (one bit each) 6 opcode 8 RIP 16 RDP
//   168 tags   170 opcode   176 RIP  184 RDP    24 MXCSR 28 MXCSR mask
//   192 eight registers, 16 bytes each          32 ST0–ST7, 16 bytes each
//   320 sixteen registers, 32 bytes each        160 XMM0–XMM15, 16 bytes each

/** Bytes of an FXSAVE image. */
export const FXSAVE_SIZE = 512;
/** MXCSR bits a program may set; what FXSAVE stores as the mask. */
const MXCSR_MASK = 0xffff;

const FRAME = { MXCSR: 160, CONTROL: 164, STATUS: 166, TAG: 168, X87: 192, XMM: 320 } as const;

/** The FXSAVE image of a thread's extended state. */
export function saveExtendedState(frame: Uint8Array): Uint8Array {
  const image = new Uint8Array(FXSAVE_SIZE);
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
  return image;
}

/** Puts an FXSAVE image back. What a program wrote into reserved bits of MXCSR is dropped. */
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
