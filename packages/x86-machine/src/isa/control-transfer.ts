// Control transfer: JMP Jcc CALL RET LOOP JRCXZ ENTER LEAVE INT SYSCALL, far transfers (SDM Vol. 1 §5.1.7). Branch operands are always
// 64 bits wide; a 66 prefix on them is ignored, as Intel processors do.

import { EXIT } from '../interpreter/exit.ts';
import { isNotCanonical } from '../mmu/canonical.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { GPR, RFLAGS } from '../state/frame-layout.ts';
import { add, and, eqz, ne, or, shl, sub, toI32, toI64 } from '../wasm/arithmetic.ts';
import { type Integer, i32, i64, type Value } from '../wasm/expression.ts';
import { CONDITION_FLAGS, CONDITIONS } from './condition.ts';
import type { Emitter, Operand } from './emitter.ts';
import { type Body, type Row, type RowOptions, row, sized } from './row.ts';
import { VECTOR } from './vector.ts';

const ENDS: RowOptions = { endsBlock: true };

const conditional: readonly Row[] = CONDITIONS.flatMap((condition, number) => {
  const mnemonic = `J${condition.toUpperCase()}`;
  const options: RowOptions = { reads: CONDITION_FLAGS[condition] };
  const body: Body = (e, target) => e.branch(e.condition(condition), target);
  const digit = number.toString(16).toUpperCase();
  return [
    row(mnemonic, `7${digit} cb`, ['rel8'], options, body),
    row(mnemonic, `0F 8${digit} cd`, ['rel32'], options, body),
  ];
});

/** Counts rCX down under the address size; the flags stay. */
function countDown(e: Emitter): Value<'i64'> {
  const mask = e.addressMask();
  const count = e.let(and(sub(e.register64(GPR.rcx), i64(1)), mask));
  e.writeRegister(GPR.rcx, 64, count);
  return count;
}

const jump: Body = (e, target) => e.jumpRelative(target);
const callRelative: Body = (e, target) => {
  e.push(64, e.nextRip());
  e.jumpRelative(target);
};

const nearReturn = (e: Emitter, extra: Value<'i64'>): void => {
  const target = e.top(64) as Value<'i64'>;
  const pointer = e.let(add(e.register64(GPR.rsp), add(extra, i64(8))));
  e.jumpIfCanonical(target, () => e.writeRegister(GPR.rsp, 64, pointer));
};

/** ENTER's copies of enclosing frame pointers: level is taken modulo 32 (SDM Vol. 2 ENTER). */
const enter =
  (size: 16 | 64): Body =>
  (e, sizeOperand, levelOperand) => {
    const bytes = i64(size / 8);
    const word = (value: Value<'i64'>): Value<'i32'> | Value<'i64'> => (size === 64 ? value : toI32(value));
    const oldFrame = e.register64(GPR.rbp);
    const pointer = e.let(sub(e.register64(GPR.rsp), bytes));
    const push = (value: Value<Integer>): void => {
      const window = e.writeWindow(pointer, size / 8, true);
      e.code.store(size === 64 ? 'i64.store' : 'i32.store16', window.address, value);
      window.commit();
    };
    push(word(oldFrame));
    const frame = e.let(pointer);
    const level = e.local('i32');
    e.set(level, and(toI32(e.read(levelOperand)), i32(31)));
    e.if(level, () => {
      const outer = e.let(oldFrame);
      e.block((done) =>
        e.loop((next) => {
          e.set(level, sub(level, i32(1)));
          e.branchIf(done, eqz(level));
          e.set(outer, sub(outer, bytes));
          e.set(pointer, sub(pointer, bytes));
          push(e.loadThroughStack(size, outer));
          e.goto(next);
        }),
      );
      e.set(pointer, sub(pointer, bytes));
      push(word(frame));
    });
    const stackPointer = e.let(sub(pointer, toI64(e.read(sizeOperand))));
    // A write at the new top of the stack must be possible, though none is made (SDM Vol. 2 ENTER).
    e.raiseIf(isNotCanonical(stackPointer), VECTOR.stackFault);
    e.writeWindow(stackPointer, size / 8, true);
    e.writeRegister(GPR.rbp, size, word(frame));
    e.writeRegister(GPR.rsp, 64, stackPointer);
  };

type FarSize = 16 | 32 | 64;
const FAR_SIZES: readonly FarSize[] = [16, 32, 64];
const wide = (size: FarSize): string => (size === 64 ? 'REX.W + ' : '');

/** Far pointers in memory: an offset of the operand's size, then a selector. */
function farPointer(e: Emitter, size: FarSize, operand: Operand): [offset: Value<Integer>, selector: Value<Integer>] {
  const address = e.address(operand, size);
  const offset = e.load(size, address);
  return [offset, e.load(16, add(address, i64(size / 8)))];
}

const farRows: readonly Row[] = FAR_SIZES.flatMap((size) => [
  row('RETF', `${wide(size)}CB`, [], { ...ENDS, operandSize: size }, (e) =>
    e.host(EXIT.farReturn, i32(size / 8), i32(0)),
  ),
  row('RETF', `${wide(size)}CA iw`, ['imm16'], { ...ENDS, operandSize: size }, (e, n) =>
    e.host(EXIT.farReturn, i32(size / 8), e.read(n)),
  ),
  row('JMP', `${wide(size)}FF /5`, ['m'], { ...ENDS, operandSize: size }, (e, target) => {
    const [offset, selector] = farPointer(e, size, target);
    e.host(EXIT.farJump, offset, selector);
  }),
  row('CALL', `${wide(size)}FF /3`, ['m'], { ...ENDS, operandSize: size }, (e, target) => {
    const [offset, selector] = farPointer(e, size, target);
    e.host(EXIT.farCall, offset, or(shl(i32(size / 8), i32(16)), toI32(selector)));
  }),
  ...(
    [
      ['LSS', '0F B2', 2],
      ['LFS', '0F B4', 4],
      ['LGS', '0F B5', 5],
    ] as const
  ).map(([mnemonic, opcode, segment]) =>
    row(
      mnemonic,
      `${wide(size)}${opcode} /r`,
      [`=r${size}`, 'm'],
      { ...ENDS, operandSize: size },
      (e, register, source) => {
        const [offset, selector] = farPointer(e, size, source);
        // The host writes the register, named by its slot.
        const slot = shl(toI64(e.registerNumber(register)), i64(32));
        const what = or(i32((size << 24) | (segment << 16)), toI32(selector));
        e.host(EXIT.loadFarPointer, or(slot, toI64(what)), offset);
      },
    ),
  ),
]);

export const CONTROL_TRANSFER: readonly Row[] = [
  ...conditional,
  row('JMP', 'EB cb', ['rel8'], ENDS, jump),
  row('JMP', 'E9 cd', ['rel32'], ENDS, jump),
  row('JMP', 'FF /4', ['r/m64'], ENDS, (e, operand) => e.jumpIfCanonical(e.read(operand) as Value<'i64'>)),
  row('CALL', 'E8 cd', ['rel32'], ENDS, callRelative),
  row('CALL', 'FF /2', ['r/m64'], ENDS, (e, operand) => {
    const target = e.read(operand) as Value<'i64'>;
    // The stack is looked at first, but nothing is pushed when the target is refused.
    const pointer = e.let(sub(e.register64(GPR.rsp), i64(8)));
    const slot = e.writeWindow(pointer, 8, true);
    e.raiseIf(isNotCanonical(target), VECTOR.generalProtection);
    e.code.store('i64.store', slot.address, e.nextRip());
    slot.commit();
    e.writeRegister(GPR.rsp, 64, pointer);
    e.jump(target);
  }),
  row('RET', 'C3', [], ENDS, (e) => nearReturn(e, i64(0))),
  row('RET', 'C2 iw', ['imm16'], ENDS, (e, bytes) => nearReturn(e, toI64(e.read(bytes)))),
  row('JRCXZ', 'E3 cb', ['rel8'], {}, (e, target) =>
    e.branch(eqz(and(e.register64(GPR.rcx), e.addressMask())), target),
  ),
  row('LOOP', 'E2 cb', ['rel8'], {}, (e, target) => e.branch(ne(countDown(e), i64(0)), target)),
  row('LOOPE', 'E1 cb', ['rel8'], { reads: 'z' }, (e, target) =>
    e.branch(and(ne(countDown(e), i64(0)), e.flag('zf')), target),
  ),
  row('LOOPNE', 'E0 cb', ['rel8'], { reads: 'z' }, (e, target) =>
    e.branch(and(ne(countDown(e), i64(0)), eqz(e.flag('zf'))), target),
  ),
  ...sized('ENTER', 'C8 iw ib', ['imm16', 'imm8'], { sizes: [16, 64], default64: true }, (size) =>
    enter(size as 16 | 64),
  ),
  ...sized('LEAVE', 'C9', [], { sizes: [16, 64], default64: true }, (size) => (e) => {
    const frame = e.register64(GPR.rbp);
    const saved = e.loadThroughStack(size as 16 | 64, frame);
    e.writeRegister(GPR.rsp, 64, add(frame, i64(size / 8)));
    e.writeRegister(GPR.rbp, size, saved);
  }),
  row('INT3', 'CC', [], ENDS, (e) => e.host(EXIT.interrupt, i32(VECTOR.breakpoint))),
  row('INT1', 'F1', [], ENDS, (e) => e.host(EXIT.interrupt, i32(VECTOR.debug))),
  row('INT', 'CD ib', ['imm8'], ENDS, (e, vector) => {
    // The second operand says that the gate's privilege is checked.
    e.host(EXIT.interrupt, e.read(vector), i32(1));
  }),
  row('SYSCALL', '0F 05', [], ENDS, (e) => {
    e.raiseIf(eqz(and(e.readState('i32', CPU_STATE.efer), i32(1))), VECTOR.invalidOpcode);
    e.writeRegister(GPR.rcx, 64, e.nextRip());
    e.writeRegister(GPR.r11, 64, and(e.readRflags(), i64(~BigInt(RFLAGS.rf))));
    e.host(EXIT.syscall);
  }),
  row('SYSRET', '0F 07', [], { ...ENDS, privileged: true }, (e) => {
    e.requirePrivilege();
    e.raise(VECTOR.invalidOpcode);
  }),
  // AMD processors have neither it nor SYSENTER in long mode (APM Vol. 3 SYSEXIT); the privilege is looked at first.
  row('SYSEXIT', '0F 35', [], { ...ENDS, privileged: true }, (e) => {
    e.requirePrivilege();
    e.raise(VECTOR.invalidOpcode);
  }),
  row('SYSRET', 'REX.W + 0F 07', [], { ...ENDS, privileged: true }, (e) => {
    e.requirePrivilege();
    e.host(EXIT.sysret);
  }),
  ...FAR_SIZES.map((size) =>
    row(size === 64 ? 'IRETQ' : 'IRET', `${wide(size)}CF`, [], { ...ENDS, operandSize: size }, (e) =>
      e.host(EXIT.interruptReturn, i32(size / 8)),
    ),
  ),
  ...farRows,
];
