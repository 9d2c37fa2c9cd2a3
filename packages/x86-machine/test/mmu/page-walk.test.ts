// The page walk against a model written from the manual's rules, over random tables.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMachine } from '../../src/machine.ts';
import { CPU_STATE } from '../../src/state/cpu-state.ts';
import { testClock, testEntropy } from '../support/bare-loader.ts';

const RAM = 2 ** 20;
const PRESENT = 1n;
const LARGE = 0x80n;
const ADDRESS = 0x000f_ffff_ffff_f000n;

type Access = 'read' | 'write' | 'execute';

/** SDM Vol. 3A §4.5–4.7: a physical address, or −1. */
function model(
  read: (physical: number) => bigint,
  root: number,
  virtual: bigint,
  access: Access,
  user: boolean,
  writeProtect: boolean,
): number {
  if (BigInt.asIntN(48, virtual) !== BigInt.asIntN(64, virtual)) return -1;
  let table = BigInt(root);
  let [writable, userAccessible, executable] = [true, true, true];
  for (let level = 4; level >= 1; level--) {
    const shift = BigInt(12 + 9 * (level - 1));
    const at = Number(table) + Number((virtual >> shift) & 511n) * 8;
    if (at + 8 > RAM) return -1;
    const entry = read(at);
    if ((entry & PRESENT) === 0n || ((entry >> 40n) & 0xfffn) !== 0n) return -1;
    writable &&= (entry & 2n) !== 0n;
    userAccessible &&= (entry & 4n) !== 0n;
    executable &&= entry >> 63n === 0n;
    const large = (entry & LARGE) !== 0n && level > 1;
    if (large && level === 4) return -1;
    if (large && (entry & ((1n << shift) - 1n) & ~0x1fffn) !== 0n) return -1;
    if (large || level === 1) {
      if (user && !userAccessible) return -1;
      if (access === 'write' && !writable && (user || writeProtect)) return -1;
      if (access === 'execute' && !executable) return -1;
      const offset = (1n << shift) - 1n;
      return Number((entry & ADDRESS & ~offset) | (virtual & offset));
    }
    table = entry & ADDRESS;
  }
  return -1;
}

test('finds what the manual says, for every kind of entry', () => {
  const machine = createMachine({
    ramBytes: RAM,
    clock: testClock,
    entropy: testEntropy,
    supervisor: { syscall() {}, exception() {}, interrupt() {} },
  });
  const { cpu, memory } = machine;
  // One table a level; every entry of a level is the same, so any address meets the chosen entries.
  const tables = [0x1000, 0x2000, 0x3000, 0x4000];
  const flags = fc.record({
    low: fc.constantFrom(7n, 7n, 7n, 7n, 5n, 3n, 1n, 6n, 0x87n, 0x85n, 0x67n),
    high: fc.constantFrom(0n, 0n, 0n, 1n << 63n, 1n << 45n),
  });
  const access = fc.constantFrom<Access>('read', 'write', 'execute');
  fc.assert(
    fc.property(
      fc.array(flags, { minLength: 4, maxLength: 4 }),
      fc.bigInt(0n, 2n ** 47n - 1n),
      access,
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
      (chosen, address, kind, user, upperHalf, writeProtect) => {
        for (const [i, { low, high }] of chosen.entries()) {
          const large = (low & LARGE) !== 0n && i > 0 && i < 3;
          const next = i === 3 ? 0x7000n : large ? 0x4000_0000n : BigInt(tables[i + 1]!);
          for (let j = 0; j < 512; j++) memory.view.setBigUint64(tables[i]! + j * 8, next | low | high, true);
        }
        cpu.setAddressSpace(tables[0]!, 1);
        const cr0 = cpu.state.getUint32(CPU_STATE.cr0, true);
        cpu.state.setUint32(CPU_STATE.cr0, writeProtect ? cr0 | 0x1_0000 : cr0 & ~0x1_0000, true);
        const virtual = upperHalf ? BigInt.asUintN(64, address | (0xffffn << 48n) | (1n << 47n)) : address;
        const expected = model((at) => memory.readUint64(at), tables[0]!, virtual, kind, user, writeProtect);
        expect(cpu.translate(virtual, kind, user)).toBe(expected);
      },
    ),
    { numRuns: 400 },
  );
  expect(cpu.translate(0x1_0000_0000_0000n, 'read', true)).toBe(-1);
});
