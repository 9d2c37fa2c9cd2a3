// System instructions (SDM Vol. 1 §5.18): control registers, descriptor tables, MSRs, TLB, ports, HLT. What needs more
// than registers and memory is completed by the host; the checks that come first are here.

import { EXIT } from '../interpreter/exit.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { FRAME, GPR } from '../state/frame-layout.ts';
import { add, and, eq, eqz, ne, or, shl, shrS, shrU, toI32, toI64 } from '../wasm/arithmetic.ts';
import { i32, i64, load, type Value } from '../wasm/expression.ts';
import type { Emitter, Size } from './emitter.ts';
import { type Body, type Row, type RowOptions, row, sized } from './row.ts';
import { VECTOR } from './vector.ts';

const PRIVILEGED: RowOptions = { privileged: true, endsBlock: true };
const ENDS: RowOptions = { endsBlock: true };

/** A body that first raises #GP(0) outside ring 0. */
const privileged =
  (body: Body): Body =>
  (e, ...operands) => {
    e.requirePrivilege();
    body(e, ...operands);
  };

/** The same, behind the #UD of a control or debug register (the `operand`-th operand) that does not exist. */
const privilegedRegister =
  (operand: 0 | 1, existing: number, body: Body): Body =>
  (e, ...operands) => {
    const bit = and(shrU(i32(existing), e.registerNumber(operands[operand]!)), i32(1));
    e.raiseIf(eqz(bit), VECTOR.invalidOpcode);
    e.requirePrivilege();
    body(e, ...operands);
  };
/** CR0 CR2 CR3 CR4 CR8; DR0 … DR7. */
const EXISTING_CONTROL = 0x11d;
const EXISTING_DEBUG = 0xff;

const CONTROL_REGISTERS: readonly [number, number][] = [
  [0, CPU_STATE.cr0],
  [2, CPU_STATE.cr2],
  [3, CPU_STATE.cr3],
  [4, CPU_STATE.cr4],
  [8, CPU_STATE.cr8],
];

const readControl: Body = (e, destination, register) => {
  const number = e.registerNumber(register);
  const value = e.local('i64');
  const known = e.local('i32');
  for (const [control, address] of CONTROL_REGISTERS) {
    e.if(eq(number, i32(control)), () => {
      e.set(value, e.readState('i64', address));
      e.set(known, i32(1));
    });
  }
  e.raiseIf(eqz(known), VECTOR.invalidOpcode);
  e.write(destination, value);
};

const storeTable =
  (base: number, limit: number): Body =>
  (e, operand) => {
    const window = e.writeWindow(e.address(operand), 10);
    e.code.store('i32.store16', window.address, load('i32.load16_u', i32(0), limit));
    e.code.store('i64.store', window.address, load('i64.load', i32(0), base), 2);
    window.commit();
  };

const loadTable =
  (base: number, limit: number): Body =>
  (e, operand) => {
    const window = e.readWindow(e.address(operand), 10);
    const address = e.let(load('i64.load', window, 2));
    const length = e.let(load('i32.load16_u', window));
    e.raiseIf(ne(shrS(shl(address, i64(16)), i64(16)), address), VECTOR.generalProtection);
    e.writeState(base, address);
    e.code.store('i32.store16', i32(0), length, limit);
  };

const storeSelector =
  (address: number): Body =>
  (e, operand) => {
    const selector = e.let(load('i32.load16_u', i32(0), address));
    e.write(operand, operand.isMemory ? selector : operand.spec.registerSize === 64 ? toI64(selector) : selector);
  };

const portNumber = (e: Emitter): Value<'i32'> => toI32(e.register(GPR.rdx, 16));

/** IN and OUT: the host checks IOPL and the I/O bitmap, moves the value and continues. Operand 2 holds size and data. */
const portIn =
  (size: Size): Body =>
  (e, _accumulator, port) =>
    e.host(EXIT.portIn, port.spec.registerClass === 'gpr' ? portNumber(e) : e.read(port), i32(size / 8));
const portOut =
  (size: Size): Body =>
  (e, port, _accumulator) =>
    e.host(EXIT.portOut, port.spec.registerClass === 'gpr' ? portNumber(e) : e.read(port), i32(size / 8));

const SIZES: readonly [Size, string, RowOptions][] = [
  [8, 'al', {}],
  [16, 'ax', { operandSize: 16 }],
  // Without an operand size of their own these also stand for REX.W, which changes nothing.
  [32, 'eax', {}],
];

const ports: readonly Row[] = SIZES.flatMap(([size, accumulator, selection]) => {
  const opcode = (base: number): string => (size === 8 ? base : base + 1).toString(16).toUpperCase();
  const options = { ...ENDS, ...selection };
  return [
    row('IN', `${opcode(0xe4)} ib`, [`=${accumulator}`, 'imm8'], { ...options }, portIn(size)),
    row('IN', opcode(0xec), [`=${accumulator}`, 'dx'], { ...options }, portIn(size)),
    row('OUT', `${opcode(0xe6)} ib`, ['imm8', accumulator], { ...options }, portOut(size)),
    row('OUT', opcode(0xee), ['dx', accumulator], { ...options }, portOut(size)),
  ];
});

/** INS and OUTS, one element at a time, all by the host: operand 1 is size in bytes, operand 2 bit 0 output, bit 1 repeated. */
const portStrings: readonly Row[] = SIZES.flatMap(([size, , selection]) =>
  (['', 'F3 ', 'F2 '] as const).flatMap((prefix) =>
    [0, 1].map((output) => {
      const letter = { 8: 'B', 16: 'W', 32: 'D', 64: '' }[size];
      const code = (0x6c + output * 2 + (size === 8 ? 0 : 1)).toString(16).toUpperCase();
      const mnemonic = `${prefix ? 'REP ' : ''}${output ? 'OUTS' : 'INS'}${letter}`;
      const options = {
        ...ENDS,
        ...selection,
        reads: 'd',
      };
      return row(mnemonic, `${prefix}${code}`, [], options, (e) =>
        e.host(EXIT.portString, i32(size / 8), i32(output | (prefix ? 2 : 0))),
      );
    }),
  ),
);

export const SYSTEM: readonly Row[] = [
  row('MOV', '0F 20 /r', ['=r64', 'cr'], { privileged: true }, privilegedRegister(1, EXISTING_CONTROL, readControl)),
  row(
    'MOV',
    '0F 22 /r',
    ['cr', 'r64'],
    PRIVILEGED,
    privilegedRegister(0, EXISTING_CONTROL, (e, register, source) =>
      e.host(EXIT.writeControl, e.registerNumber(register), e.read(source)),
    ),
  ),
  row(
    'MOV',
    '0F 21 /r',
    ['=r64', 'dr'],
    PRIVILEGED,
    // The host writes the register, named by its slot.
    privilegedRegister(1, EXISTING_DEBUG, (e, destination, register) =>
      e.host(EXIT.readDebug, e.registerNumber(register), e.registerNumber(destination)),
    ),
  ),
  row(
    'MOV',
    '0F 23 /r',
    ['dr', 'r64'],
    PRIVILEGED,
    privilegedRegister(0, EXISTING_DEBUG, (e, register, source) =>
      e.host(EXIT.writeDebug, e.registerNumber(register), e.read(source)),
    ),
  ),
  row(
    'CLTS',
    '0F 06',
    [],
    PRIVILEGED,
    privileged((e) => e.host(EXIT.writeControl, i32(0), and(e.readState('i64', CPU_STATE.cr0), i64(~8n)))),
  ),
  ...sized('SMSW', '0F 01 /4', ['=rv/m16'], {}, (size) => (e, destination) => {
    const value = e.readState('i64', CPU_STATE.cr0);
    e.write(destination, destination.isMemory ? and(toI32(value), i32(0xffff)) : size === 64 ? value : toI32(value));
  }),
  row(
    'LMSW',
    '0F 01 /6',
    ['r/m16'],
    PRIVILEGED,
    privileged((e, source) => {
      const low = toI64(and(toI32(e.read(source)), i32(0xf)));
      const old = e.readState('i64', CPU_STATE.cr0);
      e.host(EXIT.writeControl, i32(0), or(and(old, i64(~0xen)), low));
    }),
  ),
  row('LGDT', '0F 01 /2', ['m'], { privileged: true }, privileged(loadTable(CPU_STATE.gdtrBase, CPU_STATE.gdtrLimit))),
  row('LIDT', '0F 01 /3', ['m'], { privileged: true }, privileged(loadTable(CPU_STATE.idtrBase, CPU_STATE.idtrLimit))),
  row('SGDT', '0F 01 /0', ['m'], { ignoresAlignment: true }, storeTable(CPU_STATE.gdtrBase, CPU_STATE.gdtrLimit)),
  row('SIDT', '0F 01 /1', ['m'], { ignoresAlignment: true }, storeTable(CPU_STATE.idtrBase, CPU_STATE.idtrLimit)),
  ...sized('SLDT', '0F 00 /0', ['=rv/m16'], {}, () => storeSelector(CPU_STATE.ldtr)),
  ...sized('STR', '0F 00 /1', ['=rv/m16'], {}, () => storeSelector(CPU_STATE.tr)),
  row(
    'LLDT',
    '0F 00 /2',
    ['r/m16'],
    PRIVILEGED,
    privileged((e, source) => e.host(EXIT.loadLocalTable, e.read(source))),
  ),
  row(
    'LTR',
    '0F 00 /3',
    ['r/m16'],
    PRIVILEGED,
    privileged((e, source) => e.host(EXIT.loadTaskRegister, e.read(source))),
  ),
  row('VERR', '0F 00 /4', ['r/m16'], { ...ENDS, writes: 'z' }, (e, source) =>
    e.host(EXIT.verify, e.read(source), i32(0)),
  ),
  row('VERW', '0F 00 /5', ['r/m16'], { ...ENDS, writes: 'z' }, (e, source) =>
    e.host(EXIT.verify, e.read(source), i32(1)),
  ),
  ...(['LAR', 'LSL'] as const).flatMap((mnemonic, which) =>
    sized(
      mnemonic,
      `0F 0${2 + which} /r`,
      ['=rv', 'r/m16'],
      { ...ENDS, writes: 'z' },
      (size) => (e, destination, source) => {
        // The host writes the register, named by its slot, and ZF.
        const what = or(shl(e.registerNumber(destination), i32(8)), i32(size | which));
        e.host(EXIT.describeSegment, e.read(source), what);
      },
    ),
  ),
  row(
    'INVLPG',
    '0F 01 /7',
    ['m'],
    PRIVILEGED,
    // An address that is not canonical has no translation: nothing to forget, and no fault.
    privileged((e, operand) => e.host(EXIT.invalidatePage, add(e.effectiveAddress(operand), e.segmentBase()))),
  ),
  row(
    'SWAPGS',
    '0F 01 F8',
    [],
    { privileged: true },
    privileged((e) => {
      const gs = e.readState('i64', FRAME.gsBase);
      const kernel = e.readState('i64', CPU_STATE.kernelGsBase);
      e.writeState(FRAME.gsBase, kernel);
      e.writeState(CPU_STATE.kernelGsBase, gs);
    }),
  ),
  row(
    'RDMSR',
    '0F 32',
    [],
    PRIVILEGED,
    privileged((e) => e.host(EXIT.readMsr)),
  ),
  row(
    'WRMSR',
    '0F 30',
    [],
    PRIVILEGED,
    privileged((e) => e.host(EXIT.writeMsr)),
  ),
  row('RDPMC', '0F 33', [], ENDS, (e) => e.raise(VECTOR.generalProtection)),
  row(
    'HLT',
    'F4',
    [],
    PRIVILEGED,
    privileged((e) => e.host(EXIT.halt)),
  ),
  row(
    'INVD',
    '0F 08',
    [],
    { privileged: true },
    privileged(() => {}),
  ),
  row(
    'WBINVD',
    '0F 09',
    [],
    { privileged: true },
    privileged(() => {}),
  ),
  ...ports,
  ...portStrings,
];
