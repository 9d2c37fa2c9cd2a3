// Generated from src/layout.ts by scripts/slot-access.ts. Do not edit.

/** Writes all words of a capos_sqe at word `slot`; a store keeps the low 32 bits of a Number. */
export function writeSubmission(
  words: Int32Array,
  slot: number,
  opFlagsMethod: number,
  capId: number,
  userDataLow: number,
  userDataHigh: number,
  paramsAddressLow: number,
  paramsAddressHigh: number,
  paramsLength: number,
  resultLength: number,
  resultAddressLow: number,
  resultAddressHigh: number,
  answerId: number,
  aux: number,
): void {
  words[slot] = opFlagsMethod;
  words[(slot + 1) | 0] = capId;
  words[(slot + 2) | 0] = userDataLow;
  words[(slot + 3) | 0] = userDataHigh;
  words[(slot + 4) | 0] = paramsAddressLow;
  words[(slot + 5) | 0] = paramsAddressHigh;
  words[(slot + 6) | 0] = paramsLength;
  words[(slot + 7) | 0] = resultLength;
  words[(slot + 8) | 0] = resultAddressLow;
  words[(slot + 9) | 0] = resultAddressHigh;
  words[(slot + 10) | 0] = answerId;
  words[(slot + 11) | 0] = 0;
  words[(slot + 12) | 0] = 0;
  words[(slot + 13) | 0] = aux;
  words[(slot + 14) | 0] = 0;
  words[(slot + 15) | 0] = 0;
}

/** Writes what a capos_sqe of SHORT_OPERATIONS needs at word `slot`; a store keeps the low 32 bits of a Number. */
export function writeShortSubmission(
  words: Int32Array,
  slot: number,
  opFlagsMethod: number,
  capId: number,
  userDataLow: number,
  userDataHigh: number,
): void {
  words[slot] = opFlagsMethod;
  words[(slot + 1) | 0] = capId;
  words[(slot + 2) | 0] = userDataLow;
  words[(slot + 3) | 0] = userDataHigh;
}

/** Reads each word of the first 16 bytes of the capos_sqe at word `slot` once, into `copy`. */
export function copySubmissionStart(words: Int32Array, slot: number, copy: Int32Array): void {
  copy[0] = words[slot]!;
  copy[1] = words[(slot + 1) | 0]!;
  copy[2] = words[(slot + 2) | 0]!;
  copy[3] = words[(slot + 3) | 0]!;
}

/** Reads each word of the other 48 bytes of the capos_sqe at word `slot` once, into `copy`. */
export function copySubmissionRest(words: Int32Array, slot: number, copy: Int32Array): void {
  copy[4] = words[(slot + 4) | 0]!;
  copy[5] = words[(slot + 5) | 0]!;
  copy[6] = words[(slot + 6) | 0]!;
  copy[7] = words[(slot + 7) | 0]!;
  copy[8] = words[(slot + 8) | 0]!;
  copy[9] = words[(slot + 9) | 0]!;
  copy[10] = words[(slot + 10) | 0]!;
  copy[11] = words[(slot + 11) | 0]!;
  copy[12] = words[(slot + 12) | 0]!;
  copy[13] = words[(slot + 13) | 0]!;
  copy[14] = words[(slot + 14) | 0]!;
  copy[15] = words[(slot + 15) | 0]!;
}

/** Writes what a capos_cqe without details needs at word `slot`; a store keeps the low 32 bits of a Number. */
export function writeCompletion(
  words: Int32Array,
  slot: number,
  userDataLow: number,
  userDataHigh: number,
  result: number,
  flags: number,
  methodAndCaps: number,
): void {
  words[slot] = userDataLow;
  words[(slot + 1) | 0] = userDataHigh;
  words[(slot + 2) | 0] = result;
  words[(slot + 3) | 0] = flags;
  words[(slot + 7) | 0] = methodAndCaps;
}

/** Writes all words of a capos_cqe at word `slot`; a store keeps the low 32 bits of a Number. */
export function writeDetailedCompletion(
  words: Int32Array,
  slot: number,
  userDataLow: number,
  userDataHigh: number,
  result: number,
  flags: number,
  badgeLow: number,
  badgeHigh: number,
  token: number,
  methodAndCaps: number,
): void {
  words[slot] = userDataLow;
  words[(slot + 1) | 0] = userDataHigh;
  words[(slot + 2) | 0] = result;
  words[(slot + 3) | 0] = flags;
  words[(slot + 4) | 0] = badgeLow;
  words[(slot + 5) | 0] = badgeHigh;
  words[(slot + 6) | 0] = token;
  words[(slot + 7) | 0] = methodAndCaps;
}

/** Reads each word of all of the capos_cqe but its details at word `slot` once, into `copy`. */
export function copyCompletion(words: Int32Array, slot: number, copy: Int32Array): void {
  copy[0] = words[slot]!;
  copy[1] = words[(slot + 1) | 0]!;
  copy[2] = words[(slot + 2) | 0]!;
  copy[3] = words[(slot + 3) | 0]!;
  copy[7] = words[(slot + 7) | 0]!;
}

/** Reads each word of badge and token of the capos_cqe at word `slot` once, into `copy`. */
export function copyCompletionDetails(words: Int32Array, slot: number, copy: Int32Array): void {
  copy[4] = words[(slot + 4) | 0]!;
  copy[5] = words[(slot + 5) | 0]!;
  copy[6] = words[(slot + 6) | 0]!;
}
