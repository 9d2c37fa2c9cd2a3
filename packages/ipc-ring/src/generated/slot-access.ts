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
  words[slot + 1] = capId;
  words[slot + 2] = userDataLow;
  words[slot + 3] = userDataHigh;
  words[slot + 4] = paramsAddressLow;
  words[slot + 5] = paramsAddressHigh;
  words[slot + 6] = paramsLength;
  words[slot + 7] = resultLength;
  words[slot + 8] = resultAddressLow;
  words[slot + 9] = resultAddressHigh;
  words[slot + 10] = answerId;
  words[slot + 11] = 0;
  words[slot + 12] = 0;
  words[slot + 13] = aux;
  words[slot + 14] = 0;
  words[slot + 15] = 0;
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
  words[slot + 1] = capId;
  words[slot + 2] = userDataLow;
  words[slot + 3] = userDataHigh;
}

/** Reads each word of the first 16 bytes of the capos_sqe at word `slot` once, into `copy`. */
export function copySubmissionStart(words: Int32Array, slot: number, copy: Int32Array): void {
  copy[0] = words[slot]!;
  copy[1] = words[slot + 1]!;
  copy[2] = words[slot + 2]!;
  copy[3] = words[slot + 3]!;
}

/** Reads each word of the other 48 bytes of the capos_sqe at word `slot` once, into `copy`. */
export function copySubmissionRest(words: Int32Array, slot: number, copy: Int32Array): void {
  copy[4] = words[slot + 4]!;
  copy[5] = words[slot + 5]!;
  copy[6] = words[slot + 6]!;
  copy[7] = words[slot + 7]!;
  copy[8] = words[slot + 8]!;
  copy[9] = words[slot + 9]!;
  copy[10] = words[slot + 10]!;
  copy[11] = words[slot + 11]!;
  copy[12] = words[slot + 12]!;
  copy[13] = words[slot + 13]!;
  copy[14] = words[slot + 14]!;
  copy[15] = words[slot + 15]!;
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
  words[slot + 1] = userDataHigh;
  words[slot + 2] = result;
  words[slot + 3] = flags;
  words[slot + 7] = methodAndCaps;
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
  words[slot + 1] = userDataHigh;
  words[slot + 2] = result;
  words[slot + 3] = flags;
  words[slot + 4] = badgeLow;
  words[slot + 5] = badgeHigh;
  words[slot + 6] = token;
  words[slot + 7] = methodAndCaps;
}

/** Reads each word of all of the capos_cqe but its details at word `slot` once, into `copy`. */
export function copyCompletion(words: Int32Array, slot: number, copy: Int32Array): void {
  copy[0] = words[slot]!;
  copy[1] = words[slot + 1]!;
  copy[2] = words[slot + 2]!;
  copy[3] = words[slot + 3]!;
  copy[7] = words[slot + 7]!;
}

/** Reads each word of badge and token of the capos_cqe at word `slot` once, into `copy`. */
export function copyCompletionDetails(words: Int32Array, slot: number, copy: Int32Array): void {
  copy[4] = words[slot + 4]!;
  copy[5] = words[slot + 5]!;
  copy[6] = words[slot + 6]!;
}
