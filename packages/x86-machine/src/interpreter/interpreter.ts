// The interpreter of one machine: the library's modules, instantiated over its memory and its table.

import type { Row } from '../isa/row.ts';
import type { MemoryAccess } from '../mmu/memory-access.ts';
import { type EngineMemory, type EngineTable, engine } from '../wasm/engine.ts';
import type { FunctionDefinition } from '../wasm/function-definition.ts';
import { ModuleWriter } from '../wasm/module-writer.ts';
import type { Handler } from './control-flow.ts';
import type { HandlerEffects } from './handler-effects.ts';
import { type HandlerLibrary, handlerLibrary } from './handler-library.ts';
import { TABLE_ENTRIES } from './table-layout.ts';

/** What the embedder provides; addresses are linear, physical ones come as two halves. */
export interface InterpreterHost {
  mmioRead(physicalLow: number, physicalHigh: number, destination: number, bytes: number): void;
  mmioWrite(physicalLow: number, physicalHigh: number, source: number, bytes: number): void;
  codeWrite(physical: number, bytes: number): void;
  /** A traced access; not 0 when its instruction is to run alone. */
  accessed(virtualLow: number, virtualHigh: number, bytesAndKind: number): number;
}

export interface InterpreterExports {
  /** Runs from the frame's RIP until something needs the host; gives an EXIT. RFLAGS is complete on both sides. */
  run(): number;
  /** As run, but starts with a given record. */
  runAt(record: number): number;
  /** Walks the page tables: physical address, then rights or error (mmu/page-walk.ts). */
  walk(virtual: bigint, access: number): [bigint, number];
}

export class Interpreter {
  readonly exports: InterpreterExports;
  /** What handlers are dispatched through. */
  readonly table: EngineTable;
  readonly #library: HandlerLibrary;
  readonly #imports: Record<string, unknown>;
  #instantiated = 0;

  constructor(instructionSet: readonly Row[], ramOffset: number, memory: EngineMemory, host: InterpreterHost) {
    this.#library = handlerLibrary(instructionSet, ramOffset);
    this.table = new engine.Table({ element: 'anyfunc', initial: TABLE_ENTRIES, maximum: TABLE_ENTRIES });
    this.#imports = {
      memory,
      table: this.table,
      mmioRead: host.mmioRead.bind(host),
      mmioWrite: host.mmioWrite.bind(host),
      codeWrite: host.codeWrite.bind(host),
      accessed: host.accessed.bind(host),
    };
    const base = this.#instantiate();
    // A module's exports have a shape of their own in every machine: a call through them would look the name up each time.
    const { run, runAt, walk } = base as unknown as InterpreterExports;
    this.exports = { run, runAt, walk };
    this.#catchUp();
  }

  /** Table index of (row number × 4 + address form); −1 until `add` has been told of the row. */
  get handlerIndex(): Int32Array {
    // What another machine had made is in the index; it must be in this table too before a record names it.
    this.#catchUp();
    return this.#library.handlerIndex;
  }

  /** Bytes of generated code, shared with other machines. */
  get moduleBytes(): number {
    return this.#library.moduleBytes;
  }

  /** Makes the handlers of these rows available in the table: those of the form `segment`, or of all others. */
  add(rows: Iterable<Row>, forms: 'plain' | 'segment'): void {
    this.#library.add(rows, forms);
    this.#catchUp();
  }

  /** What the body of a plain handler does; `add` must have been told of its row. */
  effects(index: number): HandlerEffects {
    return this.#library.effects[index]!;
  }

  /** Table entry of a variant, or −1 until `addVariants` has been told of it. */
  variant(key: number): number {
    return this.#library.variant(key);
  }

  addVariants(keys: readonly number[]): void {
    this.#library.addVariants(keys);
    this.#catchUp();
  }

  /** How generated code reaches guest memory. */
  get memory(): MemoryAccess {
    return this.#library.memory;
  }

  /** Puts code of this machine alone into the table, from entry `first` on; gives the bytes of its module. */
  install(first: number, handlers: readonly Handler[]): number {
    const writer = new ModuleWriter(this.#library.sharedFunctions);
    writer.setTable(TABLE_ENTRIES, first, handlers as readonly unknown[] as readonly FunctionDefinition[]);
    const bytes = writer.finish();
    new engine.Instance(new engine.Module(bytes), { host: this.#imports });
    return bytes.length;
  }

  /** Another machine may have had modules made since. */
  #catchUp(): void {
    while (this.#instantiated < this.#library.modules.length) this.#instantiate();
  }

  #instantiate(): Readonly<Record<string, unknown>> {
    const module = this.#library.modules[this.#instantiated++]!;
    const { exports } = new engine.Instance(module, { host: this.#imports });
    Object.assign(this.#imports, exports);
    return exports;
  }
}
