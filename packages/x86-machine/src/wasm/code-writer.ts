// Writes the body of one WebAssembly function: structured statements over expression trees.
//
// Statements emit at once, in order; expressions are lowered where a statement consumes them. Labels are absolute nesting
// depths, turned into the relative ones of the binary format at each branch.

import { ByteSink } from './byte-sink.ts';
import { type Callee, constantOf, type LateConstant, Local, type Value, type ValuesOf } from './expression.ts';
import { STORES, type StoreName, type ValueType } from './operators.ts';

export const TYPE_CODE: Record<ValueType, number> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b };

/** What a body needs of the module it is written into: the numbers of things. */
export interface ModuleNumbers {
  functionIndex(callee: Callee): number;
  typeIndex(parameters: readonly ValueType[], results: readonly ValueType[]): number;
}

export interface Label {
  readonly depth: number;
}

/** What an `if` is told of its condition: engines move what is rare out of the way, and keep registers for what is not. */
export type Likelihood = 'likely' | 'unlikely';

/** Where an `if` with a hint is, from the first byte of its function's local declarations, and whether its condition is likely. */
export interface BranchHint {
  readonly offset: number;
  readonly isLikely: boolean;
}

export class CodeWriter {
  readonly #module: ModuleNumbers;
  #sink = new ByteSink(512);
  #hints: BranchHint[] = [];
  #prologue: { readonly sink: ByteSink; readonly hints: readonly BranchHint[] } | undefined;
  #hintsOfBody: readonly BranchHint[] = [];
  readonly #parameterCount: number;
  readonly #localTypes: ValueType[] = [];
  #depth = 0;
  /** Named in the innermost scope. */
  #named: Local[] | undefined;
  /** Named in scopes that have ended. */
  readonly #spare: Record<ValueType, Local[]> = { i32: [], i64: [], f32: [], f64: [], v128: [] };

  constructor(module: ModuleNumbers, parameterCount: number) {
    this.#module = module;
    this.#parameterCount = parameterCount;
  }

  /** A new variable, zero at function entry. */
  local<T extends ValueType>(type: T): Local<T> {
    this.#localTypes.push(type);
    return new Local(type, this.#parameterCount + this.#localTypes.length - 1);
  }

  /**
   * What `let` and `call` name within is not used afterwards, so its variables serve again. Compile time grows with the
   * number of variables times that of joins in the control flow.
   */
  scope<T>(body: () => T): T {
    const outer = this.#named;
    const named: Local[] = [];
    this.#named = named;
    const result = body();
    this.#named = outer;
    for (const local of named) this.#spare[local.type].push(local);
    return result;
  }

  #name<T extends ValueType>(type: T): Local<T> {
    const local = ((this.#named && this.#spare[type].pop()) ?? this.local(type)) as Local<T>;
    this.#named?.push(local);
    return local;
  }

  /** Variables so far. */
  get locals(): number {
    return this.#localTypes.length;
  }

  /** Evaluates now, and names the result. */
  let<T extends ValueType>(value: Value<T>): Local<T> {
    const local = this.#name(value.type);
    this.set(local, value);
    return local;
  }

  set<T extends ValueType>(local: Local<T>, value: Value<T>): void {
    this.#lower(value);
    this.#sink.byte(0x21);
    this.#sink.unsigned(local.index);
  }

  /** Stores to linear memory at `address + offset` (not to guest memory: that is the emitter's `store`). */
  store(name: StoreName, address: Value<'i32'>, value: Value, offset = 0): void {
    const operator = STORES[name];
    if (operator.operands[1] !== value.type)
      throw new TypeError(`${name} stores ${operator.operands[1]}, not ${value.type}`);
    this.#lower(address);
    this.#lower(value);
    this.#operatorCode(operator.code);
    this.#sink.byte(0);
    this.#sink.unsigned(offset);
  }

  /** memory.copy within linear memory: overlapping ranges are copied as if through a buffer. */
  memoryCopy(destination: Value<'i32'>, source: Value<'i32'>, length: Value<'i32'>): void {
    for (const value of [destination, source, length]) this.#lower(value);
    this.#sink.bytes([0xfc, 10, 0, 0]);
  }

  /** memory.fill with the low byte of `byte`. */
  memoryFill(destination: Value<'i32'>, byte: Value<'i32'>, length: Value<'i32'>): void {
    for (const value of [destination, byte, length]) this.#lower(value);
    this.#sink.bytes([0xfc, 11, 0]);
  }

  /** @param likelihood of the condition, where something is known of it */
  if(condition: Value<'i32'>, whenTrue: () => void, whenFalse?: () => void, likelihood?: Likelihood): void {
    const known = constantOf(condition);
    if (known !== undefined) {
      if (known !== 0n) whenTrue();
      else whenFalse?.();
      return;
    }
    this.#lower(condition);
    if (likelihood) this.#hints.push({ offset: this.#sink.length, isLikely: likelihood === 'likely' });
    this.#open(0x04);
    whenTrue();
    if (whenFalse) {
      this.#sink.byte(0x05);
      whenFalse();
    }
    this.#close();
  }

  /** What hardly ever happens, and what it leads to. */
  unlikely(condition: Value<'i32'>, whenTrue: () => void): void {
    this.if(condition, whenTrue, undefined, 'unlikely');
  }

  /** `leave` branches past the end. */
  block(body: (leave: Label) => void): void {
    this.#open(0x02);
    body({ depth: this.#depth });
    this.#close();
  }

  /** `again` branches back to the start; without it the loop ends after one pass. */
  loop(body: (again: Label) => void): void {
    this.#open(0x03);
    body({ depth: this.#depth });
    this.#close();
  }

  branch(label: Label): void {
    this.#sink.byte(0x0c);
    this.#sink.unsigned(this.#depth - label.depth);
  }

  branchIf(label: Label, condition: Value<'i32'>): void {
    this.#lower(condition);
    this.#sink.byte(0x0d);
    this.#sink.unsigned(this.#depth - label.depth);
  }

  /** Branches to `labels[index]`, or to the last of them when the index is out of range. */
  branchTable(index: Value<'i32'>, labels: readonly Label[]): void {
    this.#lower(index);
    this.#sink.byte(0x0e);
    this.#sink.unsigned(labels.length - 1);
    for (const label of labels) this.#sink.unsigned(this.#depth - label.depth);
  }

  return(...values: Value[]): void {
    for (const value of values) this.#lower(value);
    this.#sink.byte(0x0f);
  }

  unreachable(): void {
    this.#sink.byte(0x00);
  }

  /** Calls for effect, binding every result. */
  call<P extends readonly ValueType[], R extends readonly ValueType[]>(
    callee: Callee<P, R>,
    ...operands: ValuesOf<P>
  ): { [K in keyof R]: Local<R[K]> } {
    for (const operand of operands as readonly Value[]) this.#lower(operand);
    this.#sink.byte(0x10);
    this.#sink.unsigned(this.#module.functionIndex(callee));
    const results = callee.results.map((type) => this.#name(type));
    for (const result of [...results].reverse()) {
      this.#sink.byte(0x21);
      this.#sink.unsigned(result.index);
    }
    return results as unknown as { [K in keyof R]: Local<R[K]> };
  }

  /** Calls entry `index` of table 0, which has one result. */
  callIndirect<R extends ValueType>(
    parameters: readonly ValueType[],
    result: R,
    index: Value<'i32'>,
    ...operands: readonly Value[]
  ): Local<R> {
    for (const operand of operands) this.#lower(operand);
    this.#lower(index);
    this.#sink.byte(0x11);
    this.#sink.unsigned(this.#module.typeIndex(parameters, [result]));
    this.#sink.byte(0);
    const local = this.#name(result);
    this.#sink.byte(0x21);
    this.#sink.unsigned(local.index);
    return local;
  }

  /** Leaves this function for another one with the same results. */
  returnCall<P extends readonly ValueType[]>(callee: Callee<P>, ...operands: ValuesOf<P>): void {
    for (const operand of operands as readonly Value[]) this.#lower(operand);
    this.#sink.byte(0x12);
    this.#sink.unsigned(this.#module.functionIndex(callee));
  }

  /** Leaves this function for entry `index` of table 0. */
  returnCallIndirect(
    parameters: readonly ValueType[],
    results: readonly ValueType[],
    index: Value<'i32'>,
    ...operands: readonly Value[]
  ): void {
    for (const operand of operands) this.#lower(operand);
    this.#lower(index);
    this.#sink.byte(0x13);
    this.#sink.unsigned(this.#module.typeIndex(parameters, results));
    this.#sink.byte(0);
  }

  /** Fills in a constant wherever it was used so far. */
  resolve(constant: LateConstant, value: number): void {
    for (const position of constant.positions) this.#sink.overwrite(position, lateBytes(value));
  }

  /** Writes straight-line code that runs before everything written so far: what a body turned out to need. */
  prepend(write: () => void): void {
    const body = this.#sink;
    const hints = this.#hints;
    this.#sink = new ByteSink(256);
    this.#hints = [];
    write();
    this.#prologue = { sink: this.#sink, hints: this.#hints };
    this.#sink = body;
    this.#hints = hints;
  }

  /** Of the body that `finish` gave, in order. */
  get branchHints(): readonly BranchHint[] {
    return this.#hintsOfBody;
  }

  /** The function body in binary form: local declarations, code, `end`. */
  finish(): Uint8Array {
    if (this.#depth !== 0) throw new Error('a structured statement is still open');
    const body = new ByteSink(this.#sink.length + 32);
    const runs: [number, ValueType][] = [];
    for (const type of this.#localTypes) {
      const last = runs[runs.length - 1];
      if (last?.[1] === type) last[0]++;
      else runs.push([1, type]);
    }
    body.unsigned(runs.length);
    for (const [count, type] of runs) {
      body.unsigned(count);
      body.byte(TYPE_CODE[type]);
    }
    const from = (start: number, hints: readonly BranchHint[]): BranchHint[] =>
      hints.map(({ offset, isLikely }) => ({ offset: start + offset, isLikely }));
    const early = this.#prologue ? from(body.length, this.#prologue.hints) : [];
    if (this.#prologue) body.bytes(this.#prologue.sink.written());
    this.#hintsOfBody = [...early, ...from(body.length, this.#hints)];
    body.bytes(this.#sink.written());
    body.byte(0x0b);
    return body.written();
  }

  #open(opcode: number): void {
    this.#sink.byte(opcode);
    this.#sink.byte(0x40);
    this.#depth++;
  }

  #close(): void {
    this.#depth--;
    this.#sink.byte(0x0b);
  }

  #operatorCode(code: number): void {
    if (code > 0xffff) {
      this.#sink.byte(code >> 12);
      this.#sink.unsigned(code & 0xfff);
    } else if (code > 0xff) {
      this.#sink.byte(code >> 8);
      this.#sink.unsigned(code & 0xff);
    } else this.#sink.byte(code);
  }

  #lower(value: Value): void {
    const sink = this.#sink;
    const node = value.node;
    switch (node.kind) {
      case 'constant':
        this.#constant(value.type, node.value);
        break;
      case 'local':
        sink.byte(0x20);
        sink.unsigned(node.index);
        break;
      case 'late':
        sink.byte(value.type === 'i32' ? 0x41 : 0x42);
        node.constant.positions.push(sink.length);
        sink.bytes(lateBytes(0));
        break;
      case 'operator':
        for (const operand of node.operands) this.#lower(operand);
        this.#operatorCode(node.operator.code);
        break;
      case 'lane':
        for (const operand of node.operands) this.#lower(operand);
        this.#operatorCode(node.operator.code);
        sink.byte(node.lane);
        break;
      case 'shuffle':
        for (const operand of node.operands) this.#lower(operand);
        sink.bytes([0xfd, 0x0d]);
        sink.bytes(node.lanes);
        break;
      case 'load':
        this.#lower(node.address);
        this.#operatorCode(node.operator.code);
        sink.byte(0);
        if (typeof node.offset === 'number') sink.unsigned(node.offset);
        else {
          node.offset.positions.push(sink.length);
          sink.bytes(lateBytes(0));
        }
        break;
      case 'select':
        this.#lower(node.whenTrue);
        this.#lower(node.whenFalse);
        this.#lower(node.condition);
        if (value.type === 'v128') sink.bytes([0x1c, 1, TYPE_CODE.v128]);
        else sink.byte(0x1b);
        break;
      case 'call':
        for (const operand of node.operands) this.#lower(operand);
        sink.byte(0x10);
        sink.unsigned(this.#module.functionIndex(node.callee));
        break;
    }
  }

  #constant(type: ValueType, value: number | bigint | Uint8Array): void {
    const sink = this.#sink;
    switch (type) {
      case 'i32':
        sink.byte(0x41);
        sink.signed(value as number);
        break;
      case 'i64':
        sink.byte(0x42);
        sink.signed64(value as bigint);
        break;
      case 'f32':
        sink.byte(0x43);
        sink.float32(value as number);
        break;
      case 'f64':
        sink.byte(0x44);
        sink.float64(value as number);
        break;
      case 'v128':
        sink.bytes([0xfd, 0x0c]);
        sink.bytes(value as Uint8Array);
        break;
    }
  }
}

/** Signed LEB128 in three bytes, whatever the value; the same as unsigned, where it is not negative. */
const lateBytes = (value: number): number[] => [(value & 127) | 128, ((value >> 7) & 127) | 128, (value >> 14) & 127];
