// Compares what the processor did with what the machine did, leaving out what the manual leaves undefined.
import { RFLAGS } from '../../src/state/frame-layout.ts';
import type { GeneratedCase } from './case-generator.ts';
import { FX, type Outcome, REGISTER_NAMES } from './processor-state.ts';

const FLAG_BITS: Readonly<Record<string, number>> = {
  o: RFLAGS.of,
  d: RFLAGS.df,
  i: 0,
  t: 0,
  s: RFLAGS.sf,
  z: RFLAGS.zf,
  a: RFLAGS.af,
  p: RFLAGS.pf,
  c: RFLAGS.cf,
};
const COMPARED_FLAGS = RFLAGS.of | RFLAGS.df | RFLAGS.sf | RFLAGS.zf | RFLAGS.af | RFLAGS.pf | RFLAGS.cf;

const HOST_KERNEL = 0x7fff_0000_0000n;

const hex = (value: bigint | number): string => `0x${value.toString(16)}`;

/** The differences, one line each; empty when the machine did what the processor did. */
export function differences(one: GeneratedCase, native: Outcome, emulated: Outcome): string[] {
  const found: string[] = [];
  const check = (what: string, expected: bigint | number, actual: bigint | number): void => {
    if (expected !== actual) found.push(`${what}: processor ${hex(expected)}, machine ${hex(actual)}`);
  };
  check('trap', native.trap, emulated.trap);
  if (native.trap === 14) {
    // Above the user's half lie the host kernel's own pages: present there, absent here.
    const present = native.cr2 >= HOST_KERNEL ? 0n : 1n;
    check('error code', native.errorCode & (~1n | present), emulated.errorCode & (~1n | present));
    check('cr2', native.cr2, emulated.cr2);
  }
  if (found.length > 0) return found;
  for (const [i, name] of REGISTER_NAMES.entries()) check(name, native.state.words[i]!, emulated.state.words[i]!);
  check('rip', native.state.rip, emulated.state.rip);
  const ignored =
    native.trap === 3 ? [...(one.row.undefined ?? '')].reduce((bits, letter) => bits | FLAG_BITS[letter]!, 0) : 0;
  const mask = BigInt(COMPARED_FLAGS & ~ignored);
  check('rflags', native.state.rflags & mask, emulated.state.rflags & mask);
  for (let i = 0; i < 16; i++) {
    for (let half = 0; half < 16; half += 8) {
      const at = FX.xmm + i * 16 + half;
      check(`xmm${i}+${half}`, native.state.fx.getBigUint64(at, true), emulated.state.fx.getBigUint64(at, true));
    }
  }
  for (let i = 0; i < 8; i++) {
    const at = FX.registers + i * 16;
    check(`st${i} significand`, native.state.fx.getBigUint64(at, true), emulated.state.fx.getBigUint64(at, true));
    check(`st${i} exponent`, native.state.fx.getUint16(at + 8, true), emulated.state.fx.getUint16(at + 8, true));
  }
  check('mxcsr', native.state.fx.getUint32(FX.mxcsr, true), emulated.state.fx.getUint32(FX.mxcsr, true));
  check(
    'x87 control',
    native.state.fx.getUint16(FX.controlWord, true),
    emulated.state.fx.getUint16(FX.controlWord, true),
  );
  check('x87 status', native.state.fx.getUint16(FX.statusWord, true), emulated.state.fx.getUint16(FX.statusWord, true));
  check('x87 tags', native.state.fx.getUint8(FX.tagByte), emulated.state.fx.getUint8(FX.tagByte));
  const changesOf = (outcome: Outcome): string =>
    outcome.changes.map(([offset, word]) => `${hex(offset)}=${hex(word)}`).join(' ');
  const [expected, actual] = [changesOf(native), changesOf(emulated)];
  if (expected !== actual) found.push(`memory: processor ${expected || '-'}, machine ${actual || '-'}`);
  return found;
}

/** How a failing case reads in a report. */
export function describeCase(one: GeneratedCase, found: readonly string[]): string {
  const code = one.code.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const registers = REGISTER_NAMES.map((name, i) => `${name}=${hex(one.state.words[i]!)}`).join(' ');
  return `${one.row.mnemonic} (${one.row.encoding.text}) ${code}\n  ${found.join('\n  ')}\n  from ${registers} rflags=${hex(one.state.rflags)} rip=${hex(one.state.rip)}`;
}
