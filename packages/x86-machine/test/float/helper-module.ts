// Floating-point helpers alone in a module, callable from a test; their state is the thread frame at address 0.
import { HELPER_SCRATCH, HELPER_SCRATCH_BYTES } from '../../src/state/cpu-state.ts';
import { engine } from '../../src/wasm/engine.ts';
import type { FunctionDefinition } from '../../src/wasm/function-definition.ts';
import { ModuleWriter } from '../../src/wasm/module-writer.ts';

export type Helper = (...operands: (bigint | number)[]) => unknown;

export function instantiateHelpers<Name extends string>(
  definitions: Record<Name, FunctionDefinition<never, never> | FunctionDefinition>,
): { readonly call: Record<Name, Helper>; readonly memory: DataView } {
  const writer = new ModuleWriter([]);
  for (const [name, definition] of Object.entries(definitions)) writer.export(name, definition as FunctionDefinition);
  const memory = new engine.Memory({ initial: Math.ceil((HELPER_SCRATCH + HELPER_SCRATCH_BYTES) / 65_536) });
  const instance = new engine.Instance(new engine.Module(writer.finish()), { host: { memory } });
  return { call: instance.exports as Record<Name, Helper>, memory: new DataView(memory.buffer) };
}
