// Instructions that load or look at segment descriptors: MOV to a segment register, LTR, LLDT, VERR, VERW, far transfers.
//
// Under a supervisor there are no descriptor tables; the two selectors that user programs see are loadable as they are.

import { VECTOR } from '../isa/vector.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { GPR, RFLAGS } from '../state/frame-layout.ts';
import type { Cpu } from './cpu.ts';
import { type Fault, GENERAL_PROTECTION, isCanonical, pageFaultAt } from './fault.ts';
import {
  type Descriptor,
  isCode,
  isConforming,
  isData,
  isPresent,
  privilegeOf,
  readDescriptor,
  SEGMENT,
  selector,
  setSelector,
  USER_CS,
  USER_SS,
} from './segmentation.ts';

const AVAILABLE_TSS = 0x09;

/** A fault that names a selector. */
const refused = (vector: number, selector: number): Fault => ({ vector, errorCode: selector & ~3 });

const isReadable = (descriptor: Descriptor): boolean =>
  isData(descriptor) || (isCode(descriptor) && (descriptor.access & 2) !== 0);
const isWritable = (descriptor: Descriptor): boolean => isData(descriptor) && (descriptor.access & 2) !== 0;

/** MOV to a segment register: FS and GS take the descriptor's base; after SS interrupts wait an instruction. */
export function loadSegment(cpu: Cpu, segment: number, value: number, supervised: boolean): Fault | undefined {
  const privilege = value & 3;
  if (segment === SEGMENT.cs || segment > SEGMENT.gs) return { vector: VECTOR.invalidOpcode, errorCode: 0 };
  const isStack = segment === SEGMENT.ss;
  let base = 0n;
  if ((value & ~3) === 0) {
    if (isStack && (cpu.cpl === 3 || privilege !== cpu.cpl)) return GENERAL_PROTECTION;
  } else if (!(supervised && value === USER_SS)) {
    const descriptor = readDescriptor(cpu, value);
    if (!descriptor) return refused(VECTOR.generalProtection, value);
    const dpl = privilegeOf(descriptor);
    const allowed = isStack
      ? isWritable(descriptor) && dpl === cpu.cpl && privilege === cpu.cpl
      : isReadable(descriptor) && (isConforming(descriptor) || (dpl >= cpu.cpl && dpl >= privilege));
    if (!allowed) return refused(VECTOR.generalProtection, value);
    if (!isPresent(descriptor)) return refused(isStack ? VECTOR.stackFault : VECTOR.segmentNotPresent, value);
    base = BigInt(descriptor.base);
  }
  if (segment === SEGMENT.fs) cpu.fsBase = base;
  else if (segment === SEGMENT.gs) cpu.gsBase = base;
  setSelector(cpu, segment, value);
  cpu.interruptShadow = isStack;
  return undefined;
}

/** LLDT: only a null LDT, for which alone 64-bit programs have a use. */
export function loadLocalTable(cpu: Cpu, value: number): Fault | undefined {
  if ((value & ~3) !== 0) return refused(VECTOR.generalProtection, value);
  cpu.state.setUint16(CPU_STATE.ldtr, value, true);
  return undefined;
}

export function loadTaskRegister(cpu: Cpu, value: number): Fault | undefined {
  const descriptor = (value & ~3) === 0 ? undefined : readDescriptor(cpu, value);
  if (!descriptor || (descriptor.access & 0x1f) !== AVAILABLE_TSS) return refused(VECTOR.generalProtection, value);
  if (!isPresent(descriptor)) return refused(VECTOR.segmentNotPresent, value);
  // A system descriptor has 16 bytes: the upper half of the base follows. The descriptor is marked busy.
  const at = cpu.state.getBigUint64(CPU_STATE.gdtrBase, true) + BigInt(value & ~7);
  const upper = new Uint8Array(4);
  if (cpu.readVirtual(at + 8n, upper, false) < 4) return refused(VECTOR.generalProtection, value);
  const base = BigInt(descriptor.base) | (BigInt(new DataView(upper.buffer).getUint32(0, true)) << 32n);
  cpu.writeVirtual(at + 5n, Uint8Array.of(descriptor.access | 2), false);
  cpu.state.setUint16(CPU_STATE.tr, value, true);
  cpu.state.setBigUint64(CPU_STATE.trBase, base, true);
  cpu.state.setUint32(CPU_STATE.trLimit, descriptor.limit, true);
  return undefined;
}

/** VERR and VERW: the answer is ZF. */
export function verifySegment(cpu: Cpu, value: number, forWrite: boolean): void {
  const descriptor = (value & ~3) === 0 ? undefined : readDescriptor(cpu, value);
  const passes = ((): boolean => {
    if (!descriptor || !(forWrite ? isWritable(descriptor) : isReadable(descriptor))) return false;
    const dpl = privilegeOf(descriptor);
    return isConforming(descriptor) || (dpl >= cpu.cpl && dpl >= (value & 3));
  })();
  cpu.rflags = passes ? cpu.rflags | RFLAGS.zf : cpu.rflags & ~RFLAGS.zf;
}

/** System types that LAR and LSL know in 64-bit mode: LDT, task states; LAR also a call gate (SDM Vol. 2 LAR, LSL). */
const DESCRIBED_TYPES = { lar: new Set([2, 9, 11, 12]), lsl: new Set([2, 9, 11]) } as const;

/**
 * LAR and LSL: when the selector's descriptor may be seen, ZF is set and a register written.
 * @param what the register's slot × 256 + operand size in bits + 1 for the limit
 */
export function describeSegment(cpu: Cpu, value: number, what: number): void {
  const [slot, size, wantsLimit] = [what >>> 8, what & 0xfe, (what & 1) !== 0];
  const descriptor = (value & ~3) === 0 ? undefined : readDescriptor(cpu, value);
  const isVisible = ((): boolean => {
    if (!descriptor) return false;
    const isSystem = (descriptor.access & 0x10) === 0;
    if (isSystem && !DESCRIBED_TYPES[wantsLimit ? 'lsl' : 'lar'].has(descriptor.access & 0xf)) return false;
    const dpl = privilegeOf(descriptor);
    return isConforming(descriptor) || (dpl >= cpu.cpl && dpl >= (value & 3));
  })();
  cpu.rflags = isVisible ? cpu.rflags | RFLAGS.zf : cpu.rflags & ~RFLAGS.zf;
  if (!descriptor || !isVisible) return;
  const answer = wantsLimit ? descriptor.limit : descriptor.rights;
  if (size === 16) cpu.state.setUint16(slot, answer & 0xffff, true);
  else cpu.state.setBigUint64(slot, BigInt(answer), true);
}

/** A far jump, within the current privilege, to a 64-bit code segment. */
export function farJump(cpu: Cpu, target: bigint, codeSelector: number, supervised: boolean): Fault | undefined {
  const privilege = cpu.cpl;
  if ((codeSelector & ~3) === 0) return GENERAL_PROTECTION;
  if (!(supervised && codeSelector === USER_CS)) {
    const code = readDescriptor(cpu, codeSelector);
    if (!code || !isCode(code) || !code.isLongCode) return refused(VECTOR.generalProtection, codeSelector);
    const reachable = isConforming(code) ? privilegeOf(code) <= privilege : privilegeOf(code) === privilege;
    if (!reachable || (codeSelector & 3) !== privilege) return refused(VECTOR.generalProtection, codeSelector);
    if (!isPresent(code)) return refused(VECTOR.segmentNotPresent, codeSelector);
  }
  if (!isCanonical(target)) return GENERAL_PROTECTION;
  setSelector(cpu, SEGMENT.cs, (codeSelector & ~3) | privilege);
  cpu.rip = target;
  return undefined;
}

/** A far call: CS and the return address are pushed as words of `size` bytes. */
export function farCall(
  cpu: Cpu,
  target: bigint,
  codeSelector: number,
  size: number,
  next: bigint,
  supervised: boolean,
): Fault | undefined {
  const [codeSegment, rip] = [selector(cpu, SEGMENT.cs), cpu.rip];
  const fault = farJump(cpu, target, codeSelector, supervised);
  if (fault) return fault;
  const bytes = new Uint8Array(size * 2);
  for (let index = 0; index < size; index++) bytes[index] = Number((next >> BigInt(index * 8)) & 0xffn);
  bytes[size] = codeSegment & 0xff;
  bytes[size + 1] = codeSegment >> 8;
  const stack = BigInt.asUintN(64, cpu.registers[GPR.rsp]! - BigInt(size * 2));
  const user = cpu.cpl === 3;
  const written = cpu.writeVirtual(stack, bytes, user);
  if (written < bytes.length) {
    setSelector(cpu, SEGMENT.cs, codeSegment);
    cpu.rip = rip;
    return pageFaultAt(cpu, stack + BigInt(written), user ? 6 : 2, VECTOR.stackFault);
  }
  cpu.registers[GPR.rsp] = stack;
  return undefined;
}

/** LSS, LFS and LGS: the segment register first, for it may fault; then the offset. */
export function loadFarPointer(cpu: Cpu, what: bigint, offset: bigint, supervised: boolean): Fault | undefined {
  const [selectorOf, segment, size] = [
    Number(what & 0xffffn),
    Number((what >> 16n) & 0xffn),
    Number((what >> 24n) & 0xffn),
  ];
  const fault = loadSegment(cpu, segment, selectorOf, supervised);
  if (fault) return fault;
  const slot = Number(what >> 32n);
  if (size === 16) cpu.state.setUint16(slot, Number(offset), true);
  else cpu.state.setBigUint64(slot, offset, true);
  return undefined;
}

/** A far return with stack words of `size` bytes, releasing `extra` bytes more. */
export function farReturn(cpu: Cpu, size: number, extra: bigint, supervised: boolean): Fault | undefined {
  const bytes = new Uint8Array(size * 2);
  const stack = cpu.registers[GPR.rsp]!;
  const user = cpu.cpl === 3;
  const read = cpu.readVirtual(stack, bytes, user);
  if (read < bytes.length) return pageFaultAt(cpu, stack + BigInt(read), user ? 4 : 0, VECTOR.stackFault);
  const view = new DataView(bytes.buffer);
  const target =
    size === 8 ? view.getBigUint64(0, true) : BigInt(size === 4 ? view.getUint32(0, true) : view.getUint16(0, true));
  const fault = farJump(cpu, target, view.getUint16(size, true), supervised);
  if (!fault) cpu.registers[GPR.rsp] = BigInt.asUintN(64, stack + BigInt(size * 2) + extra);
  return fault;
}
