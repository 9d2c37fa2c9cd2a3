// Assembles a WebAssembly module: imported memory and table, imported functions, functions emitted on demand.
//
// Sections in binary order (core specification §5.5): type, import, function, export, element, branch hints (a custom section that
// engines may read, WebAssembly branch hinting §3), code. A function gets
// its number when it is first mentioned and its body when the module is finished, so helpers may be mutually recursive
// and those that nobody calls are never emitted. Imports must be numbered first: they are given to the constructor.

import { ByteSink } from './byte-sink.ts';
import { type BranchHint, CodeWriter, type ModuleNumbers, TYPE_CODE } from './code-writer.ts';
import { Local } from './expression.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { ValueType } from './operators.ts';

export class ModuleWriter implements ModuleNumbers {
  readonly #types: string[] = [];
  readonly #signatures: { parameters: readonly ValueType[]; results: readonly ValueType[] }[] = [];
  readonly #imports: readonly FunctionDefinition[];
  readonly #functions: FunctionDefinition[] = [];
  readonly #indexOf = new Map<FunctionDefinition, number>();
  readonly #exports: [string, FunctionDefinition][] = [];
  #table: readonly FunctionDefinition[] = [];
  #tableOffset = 0;
  #tableSize = 0;
  #offerForExport: ((definition: FunctionDefinition, bytes: number) => void) | undefined;

  /**
   * @param imports functions the embedder provides as `host.<name>`, be they the host's or another module's; memory is
   *   always `host.memory`, the table `host.table`
   */
  constructor(imports: readonly FunctionDefinition[]) {
    this.#imports = imports;
    for (const definition of imports) this.#number(definition);
  }

  #number(definition: FunctionDefinition): number {
    const index = this.#indexOf.size;
    this.#indexOf.set(definition, index);
    return index;
  }

  functionIndex(definition: FunctionDefinition): number {
    const known = this.#indexOf.get(definition);
    if (known !== undefined) return known;
    if (definition.body === 'import')
      throw new Error(`host function ${definition.name} was not given to the module's constructor`);
    this.#functions.push(definition);
    return this.#number(definition);
  }

  typeIndex(parameters: readonly ValueType[], results: readonly ValueType[]): number {
    const key = `${parameters.join()}>${results.join()}`;
    const known = this.#types.indexOf(key);
    if (known >= 0) return known;
    this.#signatures.push({ parameters, results });
    return this.#types.push(key) - 1;
  }

  export(name: string, definition: FunctionDefinition<never, never> | FunctionDefinition): void {
    this.#exports.push([name, definition as FunctionDefinition]);
    this.functionIndex(definition as FunctionDefinition);
  }

  /** Asks about every function, once its size is known, whether to export it under its name. */
  exportWhere(isWanted: (definition: FunctionDefinition, bytes: number) => boolean): void {
    this.#offerForExport = (definition, bytes) => {
      if (isWanted(definition, bytes)) this.#exports.push([definition.name, definition]);
    };
  }

  /** Puts functions into the imported table of `size` entries, from `offset` on: `returnCallIndirect` jumps through it. */
  setTable(size: number, offset: number, entries: readonly FunctionDefinition[]): void {
    this.#tableSize = size;
    this.#tableOffset = offset;
    this.#table = entries;
    for (const entry of entries) this.functionIndex(entry);
  }

  /** Emits every function that something mentions, and returns the module's bytes. */
  finish(): Uint8Array {
    const bodies: Uint8Array[] = [];
    const hints: (readonly BranchHint[])[] = [];
    for (let i = 0; i < this.#functions.length; i++) {
      const { body, branchHints } = this.#emit(this.#functions[i]!);
      hints.push(branchHints);
      bodies.push(body);
      this.#offerForExport?.(this.#functions[i]!, body.length);
    }
    const out = new ByteSink(1 << 14);
    out.bytes([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
    const importTypes = this.#imports.map((one) => this.typeIndex(one.parameters, one.results));
    const functionTypes = this.#functions.map((one) => this.typeIndex(one.parameters, one.results));

    section(out, 1, this.#signatures.length, (sink) => {
      for (const { parameters, results } of this.#signatures) {
        sink.byte(0x60);
        for (const list of [parameters, results]) {
          sink.unsigned(list.length);
          for (const type of list) sink.byte(TYPE_CODE[type]);
        }
      }
    });
    section(out, 2, this.#imports.length + (this.#tableSize > 0 ? 2 : 1), (sink) => {
      sink.text('host');
      sink.text('memory');
      sink.bytes([0x02, 0x00, 0x01]);
      if (this.#tableSize > 0) {
        sink.text('host');
        sink.text('table');
        sink.bytes([0x01, 0x70, 0x01]);
        sink.unsigned(this.#tableSize);
        sink.unsigned(this.#tableSize);
      }
      this.#imports.forEach((definition, i) => {
        sink.text('host');
        sink.text(definition.name);
        sink.byte(0x00);
        sink.unsigned(importTypes[i]!);
      });
    });
    section(out, 3, functionTypes.length, (sink) => {
      for (const type of functionTypes) sink.unsigned(type);
    });
    section(out, 7, this.#exports.length, (sink) => {
      for (const [name, definition] of this.#exports) {
        sink.text(name);
        sink.byte(0x00);
        sink.unsigned(this.functionIndex(definition));
      }
    });
    if (this.#table.length > 0) {
      section(out, 9, 1, (sink) => {
        sink.bytes([0x00, 0x41]);
        sink.signed(this.#tableOffset);
        sink.byte(0x0b);
        sink.unsigned(this.#table.length);
        for (const entry of this.#table) sink.unsigned(this.functionIndex(entry));
      });
    }
    this.#writeHints(out, hints);
    section(out, 10, bodies.length, (sink) => {
      for (const body of bodies) sink.sized(body);
    });
    return out.written();
  }

  /** @param hints by function of this module */
  #writeHints(out: ByteSink, hints: readonly (readonly BranchHint[])[]): void {
    const withHints = [...hints.entries()].filter(([, own]) => own.length > 0);
    if (withHints.length === 0) return;
    const content = new ByteSink(4096);
    content.text('metadata.code.branch_hint');
    content.unsigned(withHints.length);
    for (const [index, own] of withHints) {
      content.unsigned(this.#imports.length + index);
      content.unsigned(own.length);
      for (const { offset, isLikely } of own) {
        content.unsigned(offset);
        content.byte(1);
        content.byte(isLikely ? 1 : 0);
      }
    }
    out.byte(0);
    out.sized(content.written());
  }

  #emit(definition: FunctionDefinition): { readonly body: Uint8Array; readonly branchHints: readonly BranchHint[] } {
    if (definition.body === 'import') throw new Error(`${definition.name} has no body`);
    const code = new CodeWriter(this, definition.parameters.length);
    const parameters = definition.parameters.map((type, index) => new Local(type, index));
    definition.body(code, ...parameters);
    // A body with results ends in `return`; what follows is unreachable, and says so to the validator.
    if (definition.results.length > 0) code.unreachable();
    const body = code.finish();
    return { body, branchHints: code.branchHints };
  }
}

function section(out: ByteSink, id: number, count: number, write: (sink: ByteSink) => void): void {
  const content = new ByteSink(4096);
  content.unsigned(count);
  write(content);
  out.byte(id);
  out.sized(content.written());
}
