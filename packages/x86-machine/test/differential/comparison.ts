// Two outcomes of one case, native and ours: what differs, after masking what the manual leaves undefined.
import type { Row } from '../../src/isa/row.ts';
import { type Case, FX, type Outcome, REGISTER_NAMES, TRAP_TIMEOUT } from './processor-state.ts';

const FLAG_BITS: Readonly<Record<string, bigint>> = {
  c: 0x1n,
  p: 0x4n,
  a: 0x10n,
  z: 0x40n,
  s: 0x80n,
  d: 0x400n,
  o: 0x800n,
};
const COMPARED_FLAGS = 0x0024_4fd5n; // ID AC NT OF DF TF SF ZF AF PF CF

const ROUNDED_UP = 0x200;
const ERROR_SUMMARY = 0x80;
const PAGE_FAULT = 14;
/** FXSAVE's MXCSR_MASK beside MXCSR: AMD processors have one more bit, for misaligned operands. */
const HOST_MXCSR_MASK = 0x2ffffn;
const OUR_MXCSR_MASK = 0xffffn;
const HIGHEST_USER_ADDRESS = 0x7fff_ffff_f000n;

/** Bits of RFLAGS that these rows leave undefined. */
export function undefinedFlags(rows: readonly Row[]): bigint {
  let bits = 0n;
  for (const row of rows) for (const letter of row.undefined ?? '') bits |= FLAG_BITS[letter] ?? 0n;
  return bits;
}

const hex = (value: bigint | number): string => `0x${value.toString(16)}`;

/** RCPPS and RSQRTPS promise a relative error, not a value: four lanes within twice that of each other. */
function approximatelyEqual(a: DataView, b: DataView, at: number): boolean {
  for (let lane = at; lane < at + 16; lane += 4) {
    if (a.getUint32(lane, true) === b.getUint32(lane, true)) continue;
    const [x, y] = [a.getFloat32(lane, true), b.getFloat32(lane, true)];
    if (!(Math.abs(x - y) <= 3 * 2 ** -12 * Math.abs(x))) return false;
  }
  return true;
}

/** Neighbouring extended numbers of one sign have neighbouring ordinals, from one exponent to the next as well. */
const ordinal = (value: bigint): bigint => ((value >> 64n) << 63n) | (value & ((1n << 63n) - 1n));

/** Bits that no two processors agree on: the last one of a transcendental result, and so C1. */
const TRANSCENDENTAL = /^(F2XM1|FYL2X|FYL2XP1|FSIN|FCOS|FSINCOS|FPTAN|FPATAN)$/;
const isTranscendental = (row: Row): boolean => TRANSCENDENTAL.test(row.mnemonic);

export const isApproximate = (row: Row): boolean => /^V?(RCP|RSQRT)[PS]S$/.test(row.mnemonic) || isTranscendental(row);

/** One line for each difference; empty when the outcomes agree. */
export function differences(native: Outcome, ours: Outcome, flagsIgnored: bigint, isApproximation = false): string[] {
  const found: string[] = [];
  const compare = (name: string, expected: bigint | number, actual: bigint | number): void => {
    if (expected !== actual) found.push(`${name}: native ${hex(expected)}, ours ${hex(actual)}`);
  };
  compare('trap', native.trap, ours.trap);
  if (native.trap !== ours.trap) return found;
  // Linux reports every fault in the kernel's half as one of protection, so that nothing can be probed there.
  const hidden = native.trap === PAGE_FAULT && native.cr2 >= HIGHEST_USER_ADDRESS ? 1n : 0n;
  // A case that ran out of time has faulted on nothing: Linux shows the code of whatever the process last faulted on.
  if (native.trap < TRAP_TIMEOUT) compare('error code', native.errorCode & ~hidden, ours.errorCode & ~hidden);
  if (native.trap === PAGE_FAULT) compare('cr2', native.cr2, ours.cr2);
  REGISTER_NAMES.forEach((name, index) => {
    compare(name, native.state.words[index]!, ours.state.words[index]!);
  });
  compare('rip', native.state.rip, ours.state.rip);
  const flags = COMPARED_FLAGS & ~flagsIgnored;
  compare('rflags', native.state.rflags & flags, ours.state.rflags & flags);
  compare('fs base', native.state.fsBase, ours.state.fsBase);
  compare('gs base', native.state.gsBase, ours.state.gsBase);
  const [theirs, mine] = [native.state.fx, ours.state.fx];
  compare('mxcsr', theirs.getUint32(FX.mxcsr, true), mine.getUint32(FX.mxcsr, true));
  compare('x87 control', theirs.getUint16(FX.controlWord, true), mine.getUint16(FX.controlWord, true));
  const statusMask = isApproximation ? 0xffff & ~ROUNDED_UP : 0xffff;
  compare(
    'x87 status',
    theirs.getUint16(FX.statusWord, true) & statusMask,
    mine.getUint16(FX.statusWord, true) & statusMask,
  );
  // While an exception is pending: which instruction raised it.
  if (theirs.getUint16(FX.statusWord, true) & mine.getUint16(FX.statusWord, true) & ERROR_SUMMARY) {
    compare('x87 opcode', theirs.getUint16(FX.opcode, true), mine.getUint16(FX.opcode, true));
    const pointer = (view: DataView, at: number): bigint => view.getBigUint64(at, true);
    compare('x87 instruction', pointer(theirs, FX.instructionPointer), pointer(mine, FX.instructionPointer));
    compare('x87 data', pointer(theirs, FX.dataPointer), pointer(mine, FX.dataPointer));
  }
  compare('x87 tags', theirs.getUint8(FX.tagByte), mine.getUint8(FX.tagByte));
  const wide = (view: DataView, at: number, high: bigint): bigint => (high << 64n) | view.getBigUint64(at, true);
  for (let register = 0; register < 8; register++) {
    const at = FX.registers + register * 16;
    const value = (view: DataView): bigint => wide(view, at, BigInt(view.getUint16(at + 8, true)));
    const distance = ordinal(value(theirs)) - ordinal(value(mine));
    if (isApproximation && distance >= -1n && distance <= 1n) continue;
    compare(`st${register}`, value(theirs), value(mine));
  }
  for (let register = 0; register < 16; register++) {
    const at = FX.xmm + register * 16;
    const value = (view: DataView): bigint => wide(view, at, view.getBigUint64(at + 8, true));
    if (isApproximation && approximatelyEqual(theirs, mine, at)) continue;
    compare(`xmm${register}`, value(theirs), value(mine));
  }
  for (let at = 0; at < 256; at += 16) {
    const value = (view: DataView): bigint => wide(view, at, view.getBigUint64(at + 8, true));
    if (isApproximation && approximatelyEqual(native.state.upper, ours.state.upper, at)) continue;
    compare(`upper half of ymm${at / 16}`, value(native.state.upper), value(ours.state.upper));
  }
  const memory = new Map(native.changes);
  for (const [offset, word] of ours.changes) {
    const expected = memory.get(offset);
    if (expected === undefined) found.push(`image ${hex(offset)}: native unchanged, ours ${hex(word)}`);
    else if (expected >> 32n !== HOST_MXCSR_MASK || word >> 32n !== OUR_MXCSR_MASK) {
      compare(`image ${hex(offset)}`, expected, word);
    } else compare(`image ${hex(offset)}`, expected & 0xffff_ffffn, word & 0xffff_ffffn);
    memory.delete(offset);
  }
  for (const [offset, word] of memory) found.push(`image ${hex(offset)}: native ${hex(word)}, ours unchanged`);
  return found;
}

/** The start of a case in words, for a report. */
export function describeCase({ state }: Case, code: Uint8Array): string {
  const bytes = [...code].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const registers = REGISTER_NAMES.map((name, index) => `${name}=${state.words[index]!.toString(16)}`).join(' ');
  const { fx } = state;
  const stack = Array.from({ length: 8 }, (_, index) => {
    const at = FX.registers + index * 16;
    return `${fx.getUint16(at + 8, true).toString(16)}:${fx.getBigUint64(at, true).toString(16)}`;
  }).join(' ');
  const vectors = Array.from({ length: 16 }, (_, index) => {
    const at = FX.xmm + index * 16;
    return `${fx.getBigUint64(at + 8, true).toString(16)}:${fx.getBigUint64(at, true).toString(16)}`;
  }).join(' ');
  return [
    `code ${bytes} at ${hex(state.rip)}`,
    `${registers} rflags=${hex(state.rflags)} mxcsr=${hex(fx.getUint32(FX.mxcsr, true))}`,
    `x87 control=${hex(fx.getUint16(FX.controlWord, true))} status=${hex(fx.getUint16(FX.statusWord, true))} tags=${hex(fx.getUint8(FX.tagByte))} ${stack}`,
    `xmm ${vectors}`,
  ].join('\n    ');
}
