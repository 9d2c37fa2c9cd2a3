// The interpreter's WebAssembly module: generated from the instruction set, instantiated over the machine's memory.

import type { Row } from '../isa/row.ts';
import { MEMORY_HOST, memoryAccess } from '../mmu/memory-access.ts';
import { pageWalk } from '../mmu/page-walk.ts';
import type { MemoryMap } from '../state/cpu-state.ts';
import { FRAME } from '../state/frame-layout.ts';
import { type EngineMemory, engine } from '../wasm/engine.ts';
import { call, i32, load } from '../wasm/expression.ts';
import { defineFunction, type FunctionDefinition } from '../wasm/function-definition.ts';
import { ModuleWriter } from '../wasm/module-writer.ts';
import { ControlFlow, defineHandler } from './control-flow.ts';
import { buildHandlers } from './handler-table.ts';
import { assembleRflags, spreadRflags } from './lazy-flags.ts';

/** What the embedder provides; addresses are linear, physical ones come as two halves. */
export interface InterpreterHost {
  mmioRead(physicalLow: number, physicalHigh: number, destination: number, bytes: number): void;
  mmioWrite(physicalLow: number, physicalHigh: number, source: number, bytes: number): void;
  codeWrite(physical: number, bytes: number): void;
}

export interface InterpreterExports {
  /** Runs from the frame's RIP until something needs the host; gives an EXIT. RFLAGS is complete on both sides. */
  run(): number;
  /** As run, but starts with a given record. */
  runAt(record: number): number;
  /** Walks the page tables: physical address, then rights or error (mmu/page-walk.ts). */
  walk(virtual: bigint, access: number): [bigint, number];
}

export interface Interpreter {
  readonly exports: InterpreterExports;
  /** Table index of (row number × 3 + address form), or −1. */
  readonly handlerIndex: Int32Array;
  /** Size of the generated module. */
  readonly moduleBytes: number;
}

/** A generated and compiled module; it fits every machine whose RAM lies at the same offset. */
interface CompiledInterpreter {
  readonly module: object;
  readonly handlerIndex: Int32Array;
  readonly moduleBytes: number;
}

/** Generates the module's bytes for RAM at a linear address. */
export function generateInterpreter(
  instructionSet: readonly Row[],
  ramOffset: number,
): { bytes: Uint8Array; handlerIndex: Int32Array } {
  const walk = pageWalk(ramOffset);
  const control = new ControlFlow();
  const table = buildHandlers(instructionSet, memoryAccess(ramOffset, walk), control);

  const start = defineFunction('start', [], ['i32'], (code) =>
    control.enter(code, code.let(load('i64.load', i32(0), FRAME.rip))),
  );
  const startAt = defineHandler('startAt', (code, record) => control.dispatch(code, record));
  const run = defineFunction('run', [], ['i32'], (code) => {
    spreadRflags(code, load('i64.load', i32(0), FRAME.rflags));
    const exit = code.let(call(start));
    code.store('i64.store', i32(0), assembleRflags(code), FRAME.rflags);
    code.return(exit);
  });
  const runAt = defineFunction('runAt', ['i32'], ['i32'], (code, record) => {
    spreadRflags(code, load('i64.load', i32(0), FRAME.rflags));
    const exit = code.let(call(startAt, record));
    code.store('i64.store', i32(0), assembleRflags(code), FRAME.rflags);
    code.return(exit);
  });

  const erased = (definition: unknown): FunctionDefinition => definition as FunctionDefinition;
  const writer = new ModuleWriter(Object.values(MEMORY_HOST).map(erased));
  writer.setTable(table.handlers.map(erased));
  writer.export('run', erased(run));
  writer.export('runAt', erased(runAt));
  writer.export('walk', erased(walk));
  return { bytes: writer.finish(), handlerIndex: table.indexOf };
}

const compiled = new Map<readonly Row[], Map<number, CompiledInterpreter>>();

/** Compiled once for all machines of a program, so that a second machine starts at once, on code already optimised. */
function compileInterpreter(instructionSet: readonly Row[], ramOffset: number): CompiledInterpreter {
  let byOffset = compiled.get(instructionSet);
  if (!byOffset) {
    byOffset = new Map();
    compiled.set(instructionSet, byOffset);
  }
  let found = byOffset.get(ramOffset);
  if (!found) {
    const { bytes, handlerIndex } = generateInterpreter(instructionSet, ramOffset);
    found = { module: new engine.Module(bytes), handlerIndex, moduleBytes: bytes.length };
    byOffset.set(ramOffset, found);
  }
  return found;
}

export function createInterpreter(
  instructionSet: readonly Row[],
  map: MemoryMap,
  memory: EngineMemory,
  host: InterpreterHost,
): Interpreter {
  const { module, handlerIndex, moduleBytes } = compileInterpreter(instructionSet, map.ramOffset);
  const imports = {
    memory,
    mmioRead: host.mmioRead.bind(host),
    mmioWrite: host.mmioWrite.bind(host),
    codeWrite: host.codeWrite.bind(host),
  };
  const instance = new engine.Instance(module, { host: imports });
  return { exports: instance.exports as unknown as InterpreterExports, handlerIndex, moduleBytes };
}
