// Writes decoded instructions as records into linear memory.

import { type Instruction, RIP_BASE, x87OpcodeOf } from '../decode/decoder.ts';
import { NO_REGISTER } from '../decode/named-registers.ts';
import { type OperandSpec, registerAddress } from '../isa/operand.ts';
import type { Row } from '../isa/row.ts';
import { CPU_STATE } from '../state/cpu-state.ts';
import { FRAME, GPR } from '../state/frame-layout.ts';
import { ADDRESS_FORMS, SPECIAL } from './handler-table.ts';
import { type BlockEntry, chooseVariants, type Variant } from './handler-variants.ts';
import type { Interpreter } from './interpreter.ts';
import { RECORD, RECORD_BYTES } from './record.ts';

/** What CPU_STATE.ripRebase holds: more than any distance within a block, or a region. */
const RIP_REBASE = 65_536;

/** What of a row the writer needs, worked out once. */
interface RowPlan {
  readonly number: number;
  readonly reg: OperandSpec | undefined;
  readonly rm: OperandSpec | undefined;
  readonly vvvv: OperandSpec | undefined;
  readonly is4: OperandSpec | undefined;
  readonly immediate: OperandSpec | undefined;
  readonly relative: boolean;
  readonly moffs: boolean;
  /** It may access memory that no operand names: a string, a table, a masked destination. */
  readonly hasImplicitOperand: boolean;
  readonly isX87: boolean;
  /** SHL, SHR or SAR by a constant: whether it writes flags is known here. */
  readonly shiftsByConstant: boolean;
}

function planRow(row: Row, number: number): RowPlan {
  const find = (...fields: string[]): OperandSpec | undefined =>
    row.operands.find((operand) => fields.includes(operand.field));
  return {
    number,
    reg: find('reg', 'opcode'),
    rm: find('rm'),
    vvvv: find('vvvv'),
    is4: find('is4'),
    immediate: find('immediate'),
    relative: find('relative') !== undefined,
    moffs: find('moffs') !== undefined,
    hasImplicitOperand: !row.operands.some(({ memorySize, field }) => memorySize !== undefined || field === 'relative'),
    isX87: row.feature === 'x87',
    shiftsByConstant: /^(SHL|SHR|SAR)$/.test(row.mnemonic) && find('immediate') !== undefined,
  };
}

const SEGMENT_BASE = [0, 0, 0, 0, FRAME.fsBase, FRAME.gsBase] as const;
const NONE = ADDRESS_FORMS.indexOf('none');
const BASE = ADDRESS_FORMS.indexOf('base');
const GENERAL = ADDRESS_FORMS.indexOf('general');
const SEGMENT = ADDRESS_FORMS.indexOf('segment');

const rowsOf = (entries: readonly BlockEntry[]): Row[] => entries.map(({ row }) => row);

export class RecordWriter {
  readonly #view: DataView;
  readonly #interpreter: Interpreter;
  /** The records of the block being written, whose handlers are chosen when it is complete. */
  readonly #block: BlockEntry[] = [];
  /** Variants that records could use once they are made. */
  readonly #wanted: Variant[] = [];
  readonly #plans: Map<Row, RowPlan>;

  constructor(buffer: ArrayBufferLike, instructionSet: readonly Row[], interpreter: Interpreter) {
    this.#view = new DataView(buffer);
    this.#interpreter = interpreter;
    this.#plans = new Map(instructionSet.map((row, number) => [row, planRow(row, number)]));
  }

  /** A record that executes no instruction of the guest's: a special handler at `next` bytes into the block. */
  writeSpecial(record: number, handler: number, next: number, length: number, position: number): void {
    const view = this.#view;
    for (let i = 0; i < RECORD_BYTES; i += 8) view.setBigUint64(record + i, 0n, true);
    view.setUint16(record + RECORD.handler, handler, true);
    view.setUint16(record + RECORD.next, next, true);
    view.setUint8(record + RECORD.length, length);
    view.setUint8(record + RECORD.position, position);
    view.setUint32(record + RECORD.immediate, next, true);
  }

  /** The first record of a block that is worth looking at after `entries` entries; those of its instructions are at `body`. */
  writeCount(record: number, entries: number, body: number): void {
    this.writeSpecial(record, SPECIAL.count, 0, 0, 0);
    this.#view.setUint32(record + RECORD.immediate, body, true);
    this.#view.setUint32(record + RECORD.link, entries, true);
  }

  /** `start` is the instruction's distance from its block's first byte, `position` its number in the block. */
  write(record: number, instruction: Instruction, start: number, position: number): void {
    const view = this.#view;
    const plan = this.#plans.get(instruction.row)!;
    const next = start + instruction.length;
    const addressMask = instruction.hasAddressSizePrefix ? CPU_STATE.addressMask32 : CPU_STATE.addressMask64;
    const segment = instruction.segment < 0 ? CPU_STATE.zero : SEGMENT_BASE[instruction.segment]!;
    let form = NONE;

    view.setUint16(
      record + RECORD.reg,
      plan.reg ? this.#register(plan.reg, instruction.reg, instruction.rex) : 0,
      true,
    );
    view.setUint16(record + RECORD.addressMask, addressMask, true);
    view.setUint16(record + RECORD.next, next, true);
    view.setUint8(record + RECORD.length, instruction.length);
    view.setUint8(record + RECORD.position, position);
    view.setInt32(record + RECORD.displacement, 0, true);
    view.setUint32(record + RECORD.link, plan.relative ? 0 : segment, true);
    view.setUint8(record + RECORD.stack, 0);

    if (plan.rm && instruction.isMemory) form = this.#address(record, instruction, next, addressMask);
    else if (plan.rm)
      view.setUint16(record + RECORD.rm, this.#register(plan.rm, instruction.rm, instruction.rex), true);
    if (plan.moffs) form = GENERAL;
    const mayBeInSegment = form === GENERAL || plan.hasImplicitOperand;
    if (mayBeInSegment && instruction.segment >= 0 && !instruction.hasAddressSizePrefix) form = SEGMENT;

    if (plan.relative) {
      const target = next + instruction.immediateLow;
      view.setUint32(record + RECORD.immediate, target >>> 0, true);
      view.setInt32(record + RECORD.immediate + 4, Math.floor(target / 0x1_0000_0000), true);
    } else if (plan.immediate) {
      const { size } = plan.immediate;
      const low =
        size === 8
          ? instruction.immediateLow & 0xff
          : size === 16
            ? instruction.immediateLow & 0xffff
            : instruction.immediateLow;
      view.setInt32(record + RECORD.immediate, low, true);
      view.setInt32(
        record + RECORD.immediate + 4,
        instruction.row.encoding.immediates.length > 1 ? instruction.immediateSecond & 0xff : instruction.immediateHigh,
        true,
      );
    } else if (plan.moffs) {
      view.setInt32(record + RECORD.immediate, instruction.immediateLow, true);
      view.setInt32(record + RECORD.immediate + 4, instruction.immediateHigh, true);
    }
    if (plan.vvvv)
      view.setUint16(record + RECORD.vvvv, registerAddress(plan.vvvv.registerClass!, instruction.vvvv), true);
    if (plan.isX87) view.setUint16(record + RECORD.x87Opcode, x87OpcodeOf(instruction), true);
    if (plan.is4)
      view.setUint16(record + RECORD.extraRegister, registerAddress('xmm', (instruction.immediateLow >> 4) & 15), true);
    if (instruction.row.usesVectorIndex) {
      view.setUint16(record + RECORD.extraRegister, registerAddress('xmm', instruction.vectorIndex), true);
      view.setUint8(record + RECORD.scale, instruction.scale);
    }
    const settlesAlways = plan.shiftsByConstant && (instruction.immediateLow & 31) !== 0;
    this.#block.push({
      record,
      row: instruction.row,
      index: plan.number * ADDRESS_FORMS.length + form,
      number: plan.number,
      settlesAlways,
    });
  }

  /** Must follow the last record of a block: chooses the handlers, and has the missing ones made. */
  finish(): void {
    const block = this.#block;
    const interpreter = this.#interpreter;
    const missing = block.filter(({ index }) => interpreter.handlerIndex[index]! < 0);
    const isInSegment = ({ index }: BlockEntry): boolean => index % ADDRESS_FORMS.length === SEGMENT;
    if (!missing.every(isInSegment)) interpreter.add(rowsOf(block), 'plain');
    if (missing.some(isInSegment)) interpreter.add(rowsOf(missing.filter(isInSegment)), 'segment');
    for (const { record, index } of block) {
      this.#view.setUint16(record + RECORD.handler, interpreter.handlerIndex[index]!, true);
    }
    for (const { record, key, index } of chooseVariants(block, interpreter)) {
      const known = interpreter.variant(key);
      if (known >= 0) this.#view.setUint16(record + RECORD.handler, known, true);
      else this.#wanted.push({ record, key, index });
    }
    block.length = 0;
  }

  /**
   * Makes the variants that blocks could use, and puts them where their records still are what they were. Plain handlers
   * do as well meanwhile, so this waits until a program has run for a while: many at once cost little more than one.
   */
  installVariants(): void {
    const wanted = this.#wanted;
    if (wanted.length === 0) return;
    const interpreter = this.#interpreter;
    interpreter.addVariants(wanted.map(({ key }) => key));
    for (const { record, key, index } of wanted) {
      const present = this.#view.getUint16(record + RECORD.handler, true);
      const variant = interpreter.variant(key);
      if (variant < 0 || present !== interpreter.handlerIndex[index]!) continue;
      this.#view.setUint16(record + RECORD.handler, variant, true);
    }
    wanted.length = 0;
  }

  /** Forgets what blocks could use: their records are given up. */
  forget(): void {
    this.#wanted.length = 0;
  }

  #address(record: number, instruction: Instruction, next: number, addressMask: number): number {
    const view = this.#view;
    const { base, index } = instruction;
    let { displacement } = instruction;
    let indexSlot: number = index === NO_REGISTER ? CPU_STATE.zero : index * 8;
    let baseSlot = base * 8;
    if (base === NO_REGISTER) baseSlot = CPU_STATE.zero;
    else if (base === RIP_BASE) {
      // RIP in the frame is the block's first byte: rebase. Should that overflow, the excess goes through the index.
      baseSlot = FRAME.rip;
      displacement += next;
      if (displacement > 0x7fff_ffff) {
        displacement -= RIP_REBASE;
        indexSlot = CPU_STATE.ripRebase;
      }
    }
    view.setUint16(record + RECORD.rm, baseSlot, true);
    view.setInt32(record + RECORD.displacement, displacement, true);
    const hasSegment = instruction.segment >= 0;
    view.setUint8(record + RECORD.stack, !hasSegment && (base === GPR.rsp || base === GPR.rbp) ? 1 : 0);
    if (indexSlot === CPU_STATE.zero && !hasSegment && addressMask === CPU_STATE.addressMask64) return BASE;
    view.setUint16(record + RECORD.index, indexSlot, true);
    view.setUint8(record + RECORD.scale, indexSlot === CPU_STATE.ripRebase ? 0 : instruction.scale);
    return GENERAL;
  }

  #register(operand: OperandSpec, number: number, rex: number): number {
    const registerClass = operand.registerClass!;
    const highByte = registerClass === 'gpr' && operand.registerSize === 8 && rex === 0 && number >= 4;
    return highByte ? registerAddress('gpr', number - 4, true) : registerAddress(registerClass, number);
  }
}
