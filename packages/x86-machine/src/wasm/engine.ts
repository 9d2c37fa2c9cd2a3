// The WebAssembly JavaScript interface, typed as far as this package uses it.
//
// Libraries here compile without the DOM's or Node's types, so the interface every engine offers is described once, here.

export interface EngineMemory {
  readonly buffer: ArrayBuffer;
}

export interface EngineTable {
  readonly length: number;
  get(index: number): unknown;
  set(index: number, value: unknown): void;
}

export interface EngineInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}

interface Engine {
  readonly Memory: new (descriptor: { initial: number; maximum?: number; shared?: boolean }) => EngineMemory;
  readonly Table: new (descriptor: { element: 'anyfunc'; initial: number; maximum: number }) => EngineTable;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: Record<string, Record<string, unknown>>) => EngineInstance;
  validate(bytes: Uint8Array): boolean;
}

export const engine: Engine = (globalThis as unknown as { WebAssembly: Engine }).WebAssembly;
