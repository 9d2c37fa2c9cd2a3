// Which rows can be executed inside a region: found out by emitting their bodies once, into nothing.

import type { Instruction } from '../decode/decoder.ts';
import type { Row } from '../isa/row.ts';
import type { ExtentWindows } from '../mmu/extent-windows.ts';
import type { MemoryAccess } from '../mmu/memory-access.ts';
import { CodeWriter } from '../wasm/code-writer.ts';
import { i64 } from '../wasm/expression.ts';
import { AccessGroups } from './access-groups.ts';
import { FlagLocals } from './flag-locals.ts';
import { NotTranslatable } from './region-context.ts';
import { emitInstruction } from './region-emitter.ts';
import { RegisterLocals } from './register-locals.ts';
import { X87Locals, type X87Plan } from './x87-locals.ts';

// Their helpers are large functions that work on state in memory: nothing is gained by bringing them into a region. Of the x87's rows
// some can do with a stack in locals, where the MMX registers then are too.
const LEFT_TO_INTERPRETER = new Set(['x87', 'mmx', 'fxsr', 'xsave']);
const usesMmx = ({ operands }: Row): boolean => operands.some(({ registerClass }) => registerClass === 'mm');

const ALONE: X87Plan = { depths: [0], entryDepths: [0], loadsControl: false };

export class TranslatableRows {
  readonly #memory: MemoryAccess;
  readonly #windows: ExtentWindows;
  readonly #known = new Map<Row, [register: boolean | undefined, memory: boolean | undefined]>();

  readonly #stackEffects = new Map<Row, number>();

  constructor(memory: MemoryAccess, windows: ExtentWindows) {
    this.#memory = memory;
    this.#windows = windows;
  }

  has(instruction: Instruction): boolean {
    const { row } = instruction;
    if (row.repeat !== undefined && (instruction.hasAddressSizePrefix || instruction.segment >= 0)) return false;
    if (row.privileged || row.interpreted || usesMmx(row)) return false;
    if (LEFT_TO_INTERPRETER.has(row.feature ?? '') && !row.onX87Stack) return false;
    let known = this.#known.get(row);
    if (!known) {
      known = [undefined, undefined];
      this.#known.set(row, known);
    }
    const form = instruction.isMemory ? 1 : 0;
    known[form] ??= this.#try(instruction);
    return known[form];
  }

  /** How far an instruction moves the top of the x87 stack. `has` has been asked about it. */
  stackEffect(instruction: Instruction): number {
    return this.#stackEffects.get(instruction.row) ?? 0;
  }

  #try(instruction: Instruction): boolean {
    const code = new CodeWriter({ functionIndex: () => 0, typeIndex: () => 0 }, 1);
    const context = {
      registers: new RegisterLocals(code),
      flags: new FlagLocals(code),
      memory: new AccessGroups(code, this.#memory, this.#windows),
      ripBase: i64(0),
      leaveHere: () => code.unreachable(),
      charge: () => {},
      isRenewed: () => false,
      products: undefined,
      floats: { inexactRecorded: false, unobserved: false, isUsed: false },
      x87: new X87Locals(code, ALONE),
    };
    try {
      context.x87.enterBlock(0, undefined);
      emitInstruction(code, context, instruction, 0);
      this.#stackEffects.set(instruction.row, context.x87.depth);
      return true;
    } catch (error) {
      if (error instanceof NotTranslatable) return false;
      throw error;
    }
  }
}
