// Which rows can be executed inside a region: found out by emitting their bodies once, into nothing.

import type { Instruction } from '../decode/decoder.ts';
import type { Row } from '../isa/row.ts';
import type { ExtentWindows } from '../mmu/extent-windows.ts';
import type { MemoryAccess } from '../mmu/memory-access.ts';
import { CodeWriter } from '../wasm/code-writer.ts';
import { i64 } from '../wasm/expression.ts';
import { AccessGroups } from './access-groups.ts';
import { FlagLocals } from './flag-locals.ts';
import { NotTranslatable, RegionEmitter } from './region-emitter.ts';
import { operandsOf } from './region-function.ts';
import { RegisterLocals } from './register-locals.ts';

// Their helpers are large functions that work on state in memory: nothing is gained by bringing them into a region.
const LEFT_TO_INTERPRETER = new Set(['x87', 'mmx', 'fxsr', 'xsave']);

export class TranslatableRows {
  readonly #memory: MemoryAccess;
  readonly #windows: ExtentWindows;
  readonly #known = new Map<Row, [register: boolean | undefined, memory: boolean | undefined]>();

  constructor(memory: MemoryAccess, windows: ExtentWindows) {
    this.#memory = memory;
    this.#windows = windows;
  }

  has(instruction: Instruction): boolean {
    const { row } = instruction;
    if (row.repeat !== undefined || row.privileged || row.interpreted || LEFT_TO_INTERPRETER.has(row.feature ?? ''))
      return false;
    let known = this.#known.get(row);
    if (!known) {
      known = [undefined, undefined];
      this.#known.set(row, known);
    }
    const form = instruction.isMemory ? 1 : 0;
    known[form] ??= this.#try(instruction);
    return known[form];
  }

  #try(instruction: Instruction): boolean {
    const code = new CodeWriter({ functionIndex: () => 0, typeIndex: () => 0 }, 1);
    const context = {
      registers: new RegisterLocals(code),
      flags: new FlagLocals(code),
      memory: new AccessGroups(code, this.#memory, this.#windows),
      ripBase: i64(0),
      leaveHere: () => code.unreachable(),
      floats: { inexactRecorded: false, unobserved: false, isUsed: false },
    };
    try {
      instruction.row.body(new RegionEmitter(code, context, instruction, 0), ...operandsOf(instruction));
      return true;
    } catch (error) {
      if (error instanceof NotTranslatable) return false;
      throw error;
    }
  }
}
