// Control transfer: JMP Jcc CALL RET LOOP JRCXZ ENTER LEAVE INT SYSCALL (SDM Vol. 1 §5.1.7). Branch operands are always
// 64 bits wide; a 66 prefix on them is ignored, as Intel processors do.

import { EXIT } from '../interpreter/exit.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { GPR, RFLAGS } from '../state/frame-layout.ts';
import { add, and, eqz, ne, shl, shrS, sub, toI32, toI64 } from '../wasm/arithmetic.ts';
import { i32, i64, type Value } from '../wasm/expression.ts';
import { CONDITION_FLAGS, CONDITIONS } from './condition.ts';
import type { Emitter } from './emitter.ts';
import { type Body, type Row, type RowOptions, row, sized } from './row.ts';
import { VECTOR } from './vector.ts';

const ENDS: RowOptions = { endsBlock: true };

const conditional: readonly Row[] = CONDITIONS.flatMap((condition, number) => {
  const mnemonic = `J${condition.toUpperCase()}`;
  const options: RowOptions = { reads: CONDITION_FLAGS[condition], summary: 'Jump if the condition holds' };
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

/** An indirect branch to a non-canonical address faults at the branch (AMD APM Vol. 3 JMP; SDM Vol. 2 JMP). */
function requireCanonical(e: Emitter, target: Value<'i64'>): void {
  e.raiseIf(ne(shrS(shl(target, i64(16)), i64(16)), target), VECTOR.generalProtection);
}

const nearReturn = (e: Emitter, extra: Value<'i64'>): void => {
  const target = e.top(64) as Value<'i64'>;
  requireCanonical(e, target);
  e.writeRegister(GPR.rsp, 64, add(e.register64(GPR.rsp), add(extra, i64(8))));
  e.jump(target);
};

/** ENTER's copies of enclosing frame pointers: level is taken modulo 32 (SDM Vol. 2 ENTER). */
const enter: Body = (e, sizeOperand, levelOperand) => {
  const oldFrame = e.register64(GPR.rbp);
  const pointer = e.let(sub(e.register64(GPR.rsp), i64(8)));
  e.store(64, pointer, oldFrame);
  const frame = e.let(pointer);
  const level = e.let(and(toI32(e.read(levelOperand)), i32(31)));
  e.if(level, () => {
    const outer = e.let(oldFrame);
    e.block((done) =>
      e.loop((next) => {
        e.set(level, sub(level, i32(1)));
        e.branchIf(done, eqz(level));
        e.set(outer, sub(outer, i64(8)));
        e.set(pointer, sub(pointer, i64(8)));
        e.store(64, pointer, e.loadThroughStack(64, outer));
        e.goto(next);
      }),
    );
    e.set(pointer, sub(pointer, i64(8)));
    e.store(64, pointer, frame);
  });
  const stackPointer = e.let(sub(pointer, toI64(e.read(sizeOperand))));
  // A write at the new top of the stack must be possible, though none is made (SDM Vol. 2 ENTER).
  e.raiseIf(ne(shrS(shl(stackPointer, i64(16)), i64(16)), stackPointer), VECTOR.stackFault);
  e.modify(64, stackPointer);
  e.writeRegister(GPR.rbp, 64, frame);
  e.writeRegister(GPR.rsp, 64, stackPointer);
};

export const CONTROL_TRANSFER: readonly Row[] = [
  ...conditional,
  row('JMP', 'EB cb', ['rel8'], { ...ENDS, summary: 'Jump' }, jump),
  row('JMP', 'E9 cd', ['rel32'], { ...ENDS, summary: 'Jump' }, jump),
  row('JMP', 'FF /4', ['r/m64'], { ...ENDS, summary: 'Jump' }, (e, operand) => {
    const target = e.read(operand) as Value<'i64'>;
    requireCanonical(e, target);
    e.jump(target);
  }),
  row('CALL', 'E8 cd', ['rel32'], { ...ENDS, summary: 'Call' }, callRelative),
  row('CALL', 'FF /2', ['r/m64'], { ...ENDS, summary: 'Call' }, (e, operand) => {
    const target = e.read(operand) as Value<'i64'>;
    // The stack is looked at first, but nothing is pushed when the target is refused.
    const pointer = e.let(sub(e.register64(GPR.rsp), i64(8)));
    const slot = e.writeWindow(pointer, 8, true);
    requireCanonical(e, target);
    e.code.store('i64.store', slot.address, e.nextRip());
    slot.commit();
    e.writeRegister(GPR.rsp, 64, pointer);
    e.jump(target);
  }),
  row('RET', 'C3', [], { ...ENDS, summary: 'Return' }, (e) => nearReturn(e, i64(0))),
  row('RET', 'C2 iw', ['imm16'], { ...ENDS, summary: 'Return, releasing arguments' }, (e, bytes) =>
    nearReturn(e, toI64(e.read(bytes))),
  ),
  row('JRCXZ', 'E3 cb', ['rel8'], { summary: 'Jump if rCX is 0' }, (e, target) =>
    e.branch(eqz(and(e.register64(GPR.rcx), e.addressMask())), target),
  ),
  row('LOOP', 'E2 cb', ['rel8'], { summary: 'Count rCX down; jump unless 0' }, (e, target) =>
    e.branch(ne(countDown(e), i64(0)), target),
  ),
  row('LOOPE', 'E1 cb', ['rel8'], { reads: 'z', summary: 'Count rCX down; jump unless 0, while ZF' }, (e, target) =>
    e.branch(and(ne(countDown(e), i64(0)), e.flag('zf')), target),
  ),
  row(
    'LOOPNE',
    'E0 cb',
    ['rel8'],
    { reads: 'z', summary: 'Count rCX down; jump unless 0, while not ZF' },
    (e, target) => e.branch(and(ne(countDown(e), i64(0)), eqz(e.flag('zf'))), target),
  ),
  row(
    'ENTER',
    'C8 iw ib',
    ['imm16', 'imm8'],
    { operandSize: 64, default64: true, summary: 'Make a stack frame' },
    enter,
  ),
  ...sized('LEAVE', 'C9', [], { sizes: [16, 64], default64: true, summary: 'Drop the stack frame' }, (size) => (e) => {
    const frame = e.register64(GPR.rbp);
    const saved = e.loadThroughStack(size as 16 | 64, frame);
    e.writeRegister(GPR.rsp, 64, add(frame, i64(size / 8)));
    e.writeRegister(GPR.rbp, size, saved);
  }),
  row('INT3', 'CC', [], { ...ENDS, summary: 'Breakpoint trap' }, (e) => e.host(EXIT.interrupt, i32(VECTOR.breakpoint))),
  row('INT1', 'F1', [], { ...ENDS, summary: 'Debug trap' }, (e) => e.host(EXIT.interrupt, i32(VECTOR.debug))),
  row('INT', 'CD ib', ['imm8'], { ...ENDS, summary: 'Software interrupt' }, (e, vector) => {
    // The second operand says that the gate's privilege is checked.
    e.host(EXIT.interrupt, e.read(vector), i32(1));
  }),
  row('SYSCALL', '0F 05', [], { ...ENDS, summary: 'Enter ring 0; RCX and R11 keep RIP and RFLAGS' }, (e) => {
    e.raiseIf(eqz(and(e.readState('i32', CPU_STATE.efer), i32(1))), VECTOR.invalidOpcode);
    e.writeRegister(GPR.rcx, 64, e.nextRip());
    e.writeRegister(GPR.r11, 64, and(e.readRflags(), i64(~BigInt(RFLAGS.rf))));
    e.host(EXIT.syscall);
  }),
  row('SYSRET', 'REX.W + 0F 07', [], { ...ENDS, privileged: true, summary: 'Return to ring 3 from SYSCALL' }, (e) => {
    e.requirePrivilege();
    e.host(EXIT.sysret);
  }),
  ...(['', 'REX.W + '] as const).map((prefix) =>
    row(
      prefix ? 'IRETQ' : 'IRET',
      `${prefix}CF`,
      [],
      { ...ENDS, operandSize: prefix ? 64 : 32, summary: 'Return from an interrupt' },
      (e) => e.host(EXIT.interruptReturn, i32(prefix ? 8 : 4)),
    ),
  ),
  row('RETF', 'CB', [], { ...ENDS, operandSize: 32, summary: 'Far return' }, (e) =>
    e.host(EXIT.farReturn, i32(4), i32(0)),
  ),
  row('RETF', 'REX.W + CB', [], { ...ENDS, operandSize: 64, summary: 'Far return' }, (e) =>
    e.host(EXIT.farReturn, i32(8), i32(0)),
  ),
  row('RETF', 'CA iw', ['imm16'], { ...ENDS, operandSize: 32, summary: 'Far return' }, (e, n) =>
    e.host(EXIT.farReturn, i32(4), e.read(n)),
  ),
  row('RETF', 'REX.W + CA iw', ['imm16'], { ...ENDS, operandSize: 64, summary: 'Far return' }, (e, n) =>
    e.host(EXIT.farReturn, i32(8), e.read(n)),
  ),
  ...([32, 64] as const).map((operandSize) =>
    row(
      'JMP',
      `${operandSize === 64 ? 'REX.W + ' : ''}FF /5`,
      ['m'],
      { ...ENDS, operandSize, summary: 'Far jump' },
      (e, target) => {
        const address = e.address(target);
        const offset = e.load(operandSize, address);
        const selector = e.load(16, add(address, i64(operandSize / 8)));
        e.host(EXIT.farJump, offset, selector);
      },
    ),
  ),
];
