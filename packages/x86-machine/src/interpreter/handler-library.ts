// Handlers as WebAssembly modules, made when a program first needs them and shared by all machines.
//
//   base module        run, walk, TLB misses, branches, the special handlers       when the first machine is made
//   extension modules  the handlers of the rows that a newly decoded block brings   as blocks are decoded
//
// Besides the plain handler of a form there are two kinds of variant, made as blocks ask for them: one that leaves out
// flags nobody reads, and one that runs the conditional branch behind a comparison as well.
//
// A program uses a few hundred of the thousands of row forms, so making them all at the start would cost more time than
// most programs run. All modules share one memory and one table; extensions import the base module's functions.

import type { Row } from '../isa/row.ts';
import { MEMORY_HOST, type MemoryAccess, memoryAccess } from '../mmu/memory-access.ts';
import { pageWalk } from '../mmu/page-walk.ts';
import { CPU_STATE, NO_CALL } from '../state/cpu-state.ts';
import { FRAME } from '../state/frame-layout.ts';
import { REGION_LINKS } from '../translator/region-links.ts';
import { settleFlags, storeRememberedFlags } from '../translator/remembered-flags.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { engine } from '../wasm/engine.ts';
import { call, i32, i64, load } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { ModuleWriter } from '../wasm/module-writer.ts';
import { CONTROL_FUNCTIONS, ControlFlow, defineHandler, type Handler } from './control-flow.ts';
import type { HandlerEffects } from './handler-effects.ts';
import { ADDRESS_FORMS, formsOf, rowHandler, specialHandlers } from './handler-table.ts';
import { assembleRflags, spreadRflags } from './lazy-flags.ts';
import { LAST_VARIANT_ENTRY, TABLE_ENTRIES } from './table-layout.ts';

/** Helpers of this size are emitted once and imported by later modules; smaller ones are repeated. */
const SHARED_HELPER_BYTES = 400;

const FORMS = ADDRESS_FORMS.length;
const VARIANT_ROWS = 4096;
const FLAGLESS = VARIANT_ROWS - 1;

/** Names the variant of handler `index` (row number × 3 + form) that produces no flags. */
export const flaglessKey = (index: number): number => index * VARIANT_ROWS + FLAGLESS;
/** Names the variant of handler `index` that also runs the conditional branch of row `branchNumber` behind it. */
export const branchKey = (index: number, branchNumber: number): number => index * VARIANT_ROWS + branchNumber;

const erased = (definition: unknown): FunctionDefinition => definition as FunctionDefinition;

export class HandlerLibrary {
  /** Compiled modules in the order they must be instantiated in: the base module first. */
  readonly modules: object[] = [];
  /** Table index of (row number × 4 + address form), or −1 while it has not been made. */
  readonly handlerIndex: Int32Array;
  /** Functions that modules export and later ones import: of the base module, and large helpers of bodies. */
  readonly sharedFunctions: FunctionDefinition[];
  /** Bytes of all modules. */
  moduleBytes = 0;
  readonly #rows: readonly Row[];
  readonly #rowNumbers: Map<Row, number>;
  /** How generated code reaches guest memory. */
  readonly memory: MemoryAccess;
  readonly #control = new ControlFlow();
  #nextEntry = 0;

  constructor(instructionSet: readonly Row[], ramOffset: number) {
    this.handlerIndex = new Int32Array(instructionSet.length * FORMS).fill(-1);
    this.#rows = instructionSet;
    this.#rowNumbers = new Map(instructionSet.map((row, number) => [row, number]));
    const walk = pageWalk(ramOffset);
    this.memory = memoryAccess(ramOffset, walk);
    const { readMiss, writeMiss, modifyMiss, commit } = this.memory;
    this.sharedFunctions = [
      ...CONTROL_FUNCTIONS,
      ...[readMiss, writeMiss, modifyMiss, commit, storeRememberedFlags, settleFlags].map(erased),
      ...REGION_LINKS,
    ];

    const base = new ModuleWriter(Object.values(MEMORY_HOST).map(erased));
    for (const definition of this.sharedFunctions) base.export(definition.name, definition);
    for (const definition of this.#entryPoints()) base.export(definition.name, definition);
    base.export('walk', erased(walk));
    this.#compile(base, specialHandlers(this.memory, this.#control));
  }

  /** What the body of a plain handler does, by the same index; present once the handler has been made. */
  readonly effects: (HandlerEffects | undefined)[] = [];
  readonly #variants = new Map<number, number>();

  /** Makes the handlers of every form of these rows but `segment`, or those of that one. */
  add(rows: Iterable<Row>, asked: 'plain' | 'segment'): void {
    const handlers: Handler[] = [];
    const first = this.#nextEntry;
    for (const row of new Set(rows)) {
      const number = this.#rowNumbers.get(row)!;
      const wanted = asked === 'plain' ? formsOf(row) : [asked];
      if (wanted.some((form) => this.handlerIndex[number * FORMS + ADDRESS_FORMS.indexOf(form)]! >= 0)) continue;
      for (const form of wanted) {
        const index = number * FORMS + ADDRESS_FORMS.indexOf(form);
        this.handlerIndex[index] = first + handlers.length;
        const observe = (effects: HandlerEffects): void => {
          this.effects[index] = effects;
        };
        handlers.push(rowHandler(row, form, this.memory, this.#control, { observe }));
      }
    }
    this.#extend(handlers);
  }

  /** Table entry of a variant, or −1 until `addVariants` has been told of it. */
  variant(key: number): number {
    return this.#variants.get(key) ?? -1;
  }

  /** Makes variants; keys are those of `flaglessKey` and `branchKey`. */
  addVariants(keys: Iterable<number>): void {
    const handlers: Handler[] = [];
    for (const key of keys) {
      // Variants only make things faster: the last entries are for rows.
      if (this.#variants.has(key) || this.#nextEntry + handlers.length >= LAST_VARIANT_ENTRY) continue;
      this.#variants.set(key, this.#nextEntry + handlers.length);
      const [index, branchNumber] = [Math.floor(key / VARIANT_ROWS), key % VARIANT_ROWS];
      const row = this.#rows[Math.floor(index / FORMS)]!;
      const form = ADDRESS_FORMS[index % FORMS]!;
      const branch = branchNumber === FLAGLESS ? undefined : this.#rows[branchNumber]!;
      handlers.push(rowHandler(row, form, this.memory, this.#control, { discardsFlags: !branch, branch }));
    }
    this.#extend(handlers);
  }

  #extend(handlers: readonly Handler[]): void {
    if (handlers.length > 0) this.#compile(new ModuleWriter(this.sharedFunctions), handlers);
  }

  #compile(writer: ModuleWriter, handlers: readonly Handler[]): void {
    const table = handlers.map(erased);
    const known = new Set(this.sharedFunctions.map(({ name }) => name));
    const found: FunctionDefinition[] = [];
    writer.setTable(TABLE_ENTRIES, this.#nextEntry, table);
    if (this.modules.length > 0) {
      const isHandler = new Set(table);
      // Some bodies bring kilobytes of floating-point helpers along: once is enough.
      writer.exportWhere((definition, bytes) => {
        if (bytes < SHARED_HELPER_BYTES || isHandler.has(definition) || known.has(definition.name)) return false;
        known.add(definition.name);
        found.push(definition);
        return true;
      });
    }
    this.#nextEntry += handlers.length;
    const bytes = writer.finish();
    this.moduleBytes += bytes.length;
    this.modules.push(new engine.Module(bytes));
    this.sharedFunctions.push(...found);
  }

  /** `run` starts at RIP, `runAt` with a given record; RFLAGS is complete before and after. */
  #entryPoints(): FunctionDefinition[] {
    const control = this.#control;
    const begin = (code: CodeWriter): void => {
      spreadRflags(code, load('i64.load', i32(0), FRAME.rflags));
      code.store('i64.store', i32(0), i64(NO_CALL), CPU_STATE.awaitedStack);
      code.store('i32.store', i32(0), i32(0), CPU_STATE.waitingBytes);
    };
    const start = defineFunction('start', [], ['i32'], (code) =>
      control.enter(code, code.let(load('i64.load', i32(0), FRAME.rip))),
    );
    const startAt = defineHandler('startAt', (code, record) => control.dispatch(code, record));
    const run = defineFunction('run', [], ['i32'], (code) => {
      begin(code);
      const exit = code.let(call(start));
      code.store('i64.store', i32(0), assembleRflags(code), FRAME.rflags);
      code.return(exit);
    });
    const runAt = defineFunction('runAt', ['i32'], ['i32'], (code, record) => {
      begin(code);
      const exit = code.let(call(startAt, record));
      code.store('i64.store', i32(0), assembleRflags(code), FRAME.rflags);
      code.return(exit);
    });
    return [run, runAt].map(erased);
  }
}

const libraries = new Map<readonly Row[], Map<number, HandlerLibrary>>();

/** The library for an instruction set and a place of RAM: one for all machines, so that the second starts warm. */
export function handlerLibrary(instructionSet: readonly Row[], ramOffset: number): HandlerLibrary {
  let byOffset = libraries.get(instructionSet);
  if (!byOffset) {
    byOffset = new Map();
    libraries.set(instructionSet, byOffset);
  }
  let library = byOffset.get(ramOffset);
  if (!library) {
    library = new HandlerLibrary(instructionSet, ramOffset);
    byOffset.set(ramOffset, library);
  }
  return library;
}
