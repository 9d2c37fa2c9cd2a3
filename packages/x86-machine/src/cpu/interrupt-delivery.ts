// Delivery through the IDT in 64-bit mode, and the way back (SDM Vol. 3A §6.14, Vol. 2 IRET).
//
//   gate ──▶ code segment ──▶ stack: IST, else RSPn on a privilege change, else the current one ──▶ frame of five or six
//
// A fault on the way is delivered instead; two that do not go together become a double fault, and a fault while delivering
// that is a shutdown (SDM Vol. 3A table 6-5).

import { VECTOR } from '../isa/vector.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { FREELY_WRITABLE, GPR, RFLAGS } from '../state/frame-layout.ts';
import type { Cpu } from './cpu.ts';
import { type Fault, isCanonical, pageFaultAt } from './fault.ts';
import {
  isCode,
  isConforming,
  isPresent,
  privilegeOf,
  readDescriptor,
  SEGMENT,
  selector,
  setSelector,
  taskStack,
} from './segmentation.ts';

/** Bit 0 of an error code: the event came from outside the program. */
const EXTERNAL = 1;
/** Bit 1: the index is a gate's. */
const GATE = 2;

export type EventSource = 'exception' | 'software' | 'external';

const PUSHES_ERROR_CODE = new Set<number>([8, 10, 11, 12, 13, 14, 17]);
/** #DB leaves RF to its handler; the others come after their instruction. */
const TRAPS = new Set<number>([VECTOR.debug, VECTOR.breakpoint, VECTOR.overflow]);
const CONTRIBUTORY = new Set<number>([0, 10, 11, 12, 13]);

/** Delivers an event through the IDT. @returns false for a shutdown. */
export function deliverThroughIdt(cpu: Cpu, vector: number, errorCode: number, source: EventSource): boolean {
  let event: Fault = { vector, errorCode };
  let from = source;
  for (let depth = 0; depth < 3; depth++) {
    const fault = tryDeliver(cpu, event, from);
    if (!fault) return true;
    if (event.vector === VECTOR.doubleFault) return false;
    const first = from === 'exception' ? event.vector : -1;
    const doubles =
      (CONTRIBUTORY.has(first) && CONTRIBUTORY.has(fault.vector)) ||
      (first === VECTOR.pageFault && (fault.vector === VECTOR.pageFault || CONTRIBUTORY.has(fault.vector)));
    event = doubles ? { vector: VECTOR.doubleFault, errorCode: 0 } : fault;
    from = 'exception';
  }
  return tryDeliver(cpu, { vector: VECTOR.doubleFault, errorCode: 0 }, 'exception') === undefined;
}

function tryDeliver(cpu: Cpu, { vector, errorCode }: Fault, source: EventSource): Fault | undefined {
  const { state } = cpu;
  const external = source === 'software' ? 0 : EXTERNAL;
  const refuse = (which: number, selectorOrGate: number): Fault => ({
    vector: which,
    errorCode: selectorOrGate | external,
  });
  const gateCode = vector * 8 + GATE;
  if (vector * 16 + 15 > state.getUint16(CPU_STATE.idtrLimit, true)) return refuse(VECTOR.generalProtection, gateCode);
  const bytes = new Uint8Array(16);
  const gateAddress = state.getBigUint64(CPU_STATE.idtrBase, true) + BigInt(vector * 16);
  if (cpu.readVirtual(gateAddress, bytes, false) < 16) return pageFaultAt(cpu, gateAddress, 0, VECTOR.stackFault);
  const gate = new DataView(bytes.buffer);
  const flags = gate.getUint16(4, true);
  const type = (flags >> 8) & 0x1f;
  if (type !== 0x0e && type !== 0x0f) return refuse(VECTOR.generalProtection, gateCode);
  if (source === 'software' && ((flags >> 13) & 3) < cpu.cpl) return refuse(VECTOR.generalProtection, gateCode);
  if ((flags & 0x8000) === 0) return refuse(VECTOR.segmentNotPresent, gateCode);

  const codeSelector = gate.getUint16(2, true);
  if ((codeSelector & ~3) === 0) return refuse(VECTOR.generalProtection, 0);
  const code = readDescriptor(cpu, codeSelector);
  const privilege = code && isConforming(code) ? cpu.cpl : code ? privilegeOf(code) : 0;
  if (!code || !isCode(code) || !code.isLongCode || privilege > cpu.cpl)
    return refuse(VECTOR.generalProtection, codeSelector & ~3);
  if (!isPresent(code)) return refuse(VECTOR.segmentNotPresent, codeSelector & ~3);

  const changes = privilege < cpu.cpl;
  const ist = flags & 7;
  const stack = ist !== 0 ? taskStack(cpu, 3 + ist) : changes ? taskStack(cpu, privilege) : cpu.registers[GPR.rsp]!;
  if (stack === undefined) return refuse(VECTOR.invalidTss, state.getUint16(CPU_STATE.tr, true) & ~3);
  if (!isCanonical(stack)) return refuse(VECTOR.stackFault, 0);

  const hasError = source === 'exception' && PUSHES_ERROR_CODE.has(vector);
  const offset =
    BigInt(gate.getUint16(0, true)) |
    (BigInt(gate.getUint16(6, true)) << 16n) |
    (BigInt(gate.getUint32(8, true)) << 32n);
  if (!isCanonical(offset)) return refuse(VECTOR.generalProtection, 0);
  // A fault is returned to with RF set: an instruction breakpoint there has had its turn (SDM Vol. 3B §18.3.1.1).
  const resumes = source === 'exception' && !TRAPS.has(vector) ? RFLAGS.rf : 0;
  const words = [
    BigInt(selector(cpu, SEGMENT.ss)),
    cpu.registers[GPR.rsp]!,
    BigInt(cpu.rflags | resumes),
    BigInt(selector(cpu, SEGMENT.cs)),
    cpu.rip,
  ];
  if (hasError) words.push(BigInt(errorCode));
  const frame = new Uint8Array(words.length * 8);
  const view = new DataView(frame.buffer);
  words.reverse();
  for (const [i, word] of words.entries()) view.setBigUint64(i * 8, word, true);
  const top = BigInt.asUintN(64, (stack & ~0xfn) - BigInt(frame.length));
  const written = cpu.writeVirtual(top, frame, privilege === 3);
  if (written < frame.length)
    return pageFaultAt(cpu, top + BigInt(written), 2 | (privilege === 3 ? 4 : 0), VECTOR.stackFault);

  cpu.registers[GPR.rsp] = top;
  if (changes) setSelector(cpu, SEGMENT.ss, privilege);
  setSelector(cpu, SEGMENT.cs, (codeSelector & ~3) | privilege);
  cpu.rip = offset;
  const cleared = RFLAGS.tf | RFLAGS.nt | RFLAGS.rf | RFLAGS.vm | (type === 0x0e ? RFLAGS.if : 0);
  cpu.rflags = cpu.rflags & ~cleared;
  if (changes) cpu.setPrivilege(privilege as 0 | 3);
  return undefined;
}

const KEPT_BY_RETURN = FREELY_WRITABLE | RFLAGS.rf;

/** IRET with words of `size` bytes. @returns the fault it raised, if any; then nothing has changed. */
export function interruptReturn(cpu: Cpu, size: number, flatUserSelectors: boolean): Fault | undefined {
  const gp = (errorCode: number): Fault => ({ vector: VECTOR.generalProtection, errorCode });
  const stack = cpu.registers[GPR.rsp]!;
  const bytes = new Uint8Array(size * 5);
  const read = cpu.readVirtual(stack, bytes, cpu.cpl === 3);
  if (read < bytes.length) return pageFaultAt(cpu, stack + BigInt(read), cpu.cpl === 3 ? 4 : 0, VECTOR.stackFault);
  const view = new DataView(bytes.buffer);
  const word = (index: number): bigint =>
    size === 8
      ? view.getBigUint64(index * 8, true)
      : BigInt(size === 4 ? view.getUint32(index * 4, true) : view.getUint16(index * 2, true));
  const [rip, cs, flags, rsp, ss] = [
    word(0),
    Number(word(1) & 0xffffn),
    Number(word(2) & 0xffff_ffffn),
    word(3),
    Number(word(4) & 0xffffn),
  ];
  const privilege = cs & 3;
  if ((cs & ~3) === 0) return gp(0);
  if (privilege < cpu.cpl || privilege === 1 || privilege === 2) return gp(cs & ~3);
  if (!(flatUserSelectors && cs === selector(cpu, SEGMENT.cs))) {
    const code = readDescriptor(cpu, cs);
    if (
      !code ||
      !isCode(code) ||
      !code.isLongCode ||
      (isConforming(code) ? privilegeOf(code) > privilege : privilegeOf(code) !== privilege)
    )
      return gp(cs & ~3);
    if (!isPresent(code)) return { vector: VECTOR.segmentNotPresent, errorCode: cs & ~3 };
  }
  if ((ss & ~3) === 0 && privilege === 3) return gp(0);
  if (!isCanonical(rip)) return gp(0);
  const privileged =
    cpu.cpl === 0
      ? RFLAGS.iopl | RFLAGS.if | RFLAGS.vif | RFLAGS.vip
      : cpu.cpl <= ((cpu.rflags >> 12) & 3)
        ? RFLAGS.if
        : 0;
  // A 16-bit return leaves the upper half of RFLAGS as it is.
  const writable = (KEPT_BY_RETURN | privileged) & (size === 2 ? 0xffff : -1);
  cpu.rip = rip;
  cpu.rflags = (cpu.rflags & ~writable) | (flags & writable);
  cpu.registers[GPR.rsp] = rsp;
  setSelector(cpu, SEGMENT.cs, cs);
  setSelector(cpu, SEGMENT.ss, ss);
  if (privilege !== cpu.cpl) cpu.setPrivilege(privilege as 0 | 3);
  return undefined;
}
