// Where an indirect jump goes on within its region: a table of bytes, one for each offset that the region can be entered at and between.
//
//   RIP − start of the table ─▶ 0: elsewhere, else 1 + index among the enterable blocks

import { RECORD_BYTES } from '../interpreter/record.ts';
import { add, ltU, sub, toI32 } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { i32, i64, load, type Value } from '../wasm/expression.ts';
import { MOST_COMPARED } from './inlined-calls.ts';
import type { RegionGraph } from './region-graph.ts';

/** From where to where a table reaches, as offsets. */
export type DispatchSpan = readonly [from: number, to: number];

export const dispatchSpan = ({ blocks, entrances }: RegionGraph): DispatchSpan => spanOf(blocks, [0, ...entrances]);

/** From where to where the offsets of these blocks reach. */
export function spanOf(blocks: RegionGraph['blocks'], numbers: readonly number[]): DispatchSpan {
  const offsets = numbers.map((block) => blocks[block]!.start);
  return [Math.min(...offsets), Math.max(...offsets) + 1];
}

/** Bytes that the tables of a region may take. */
export function dispatchTableBytes(graph: RegionGraph): number {
  const inlined = [...graph.inlined.values()].filter((callees) => callees.length > MOST_COMPARED);
  const spans = [...graph.tableTargets.values(), ...inlined].map((targets) => spanOf(graph.blocks, targets));
  return [dispatchSpan(graph), ...spans].reduce((sum, [from, to]) => sum + to - from + RECORD_BYTES, 0);
}

export class DispatchTable {
  readonly #span: DispatchSpan;
  readonly #make: (span: DispatchSpan) => number;
  /** Made with the first use. */
  #address = 0;

  /** @param make writes the table into linear memory, and gives its address */
  constructor(span: DispatchSpan, make: (span: DispatchSpan) => number) {
    this.#span = span;
    this.#make = make;
  }

  /** Writes a look-up of a RIP: 0 for one that the table does not know, else its number. */
  number(code: CodeWriter, ripBase: Value<'i64'>, rip: Value<'i64'>): Value<'i32'> {
    const [from, to] = this.#span;
    const offset = code.let(sub(rip, add(ripBase, i64(from))));
    this.#address ||= this.#make(this.#span);
    const number = code.let(i32(0));
    code.if(ltU(offset, i64(to - from)), () => code.set(number, load('i32.load8_u', toI32(offset), this.#address)));
    return number;
  }

  /** Writes a look-up of a RIP; `found` writes what happens with an index. */
  lookUp(code: CodeWriter, ripBase: Value<'i64'>, rip: Value<'i64'>, found: (index: Value<'i32'>) => void): void {
    const [from, to] = this.#span;
    const offset = code.let(sub(rip, add(ripBase, i64(from))));
    code.if(ltU(offset, i64(to - from)), () => {
      this.#address ||= this.#make(this.#span);
      const number = code.let(load('i32.load8_u', toI32(offset), this.#address));
      code.if(number, () => found(sub(number, i32(1))));
    });
  }
}
