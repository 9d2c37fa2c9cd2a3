// One region as one WebAssembly function with a handler's signature: (head record) → exit.
//
//   look whether the region is good (region-entry.ts) · load registers, flags, countdown (region-state.ts)
//   block for each sort of way out
//     …structured code of the blocks (structure.ts)…     any exit: note where to go on, branch to the end of its sort
//   end
//   store registers, flags, countdown, RIP · go on, once for each sort (region-exits.ts)
//
// What the region can't do itself it leaves to the interpreter at the very instruction, so an exit never undoes anything.

import { isRenewed } from '../decode/named-registers.ts';
import { defineHandler, type Handler } from '../interpreter/control-flow.ts';
import { RECORD_BYTES, REGION_HEAD } from '../interpreter/record.ts';
import { isNotCanonical } from '../mmu/canonical.ts';
import type { ExtentWindows } from '../mmu/extent-windows.ts';
import type { MemoryAccess } from '../mmu/memory-access.ts';
import { GPR } from '../state/frame-layout.ts';
import { add, eq, eqz, geS, ltS, sub } from '../wasm/arithmetic.ts';
import type { CodeWriter } from '../wasm/code-writer.ts';
import { i32, i64, type Local, load, op, type Value } from '../wasm/expression.ts';
import { AccessGroups, type Vouched } from './access-groups.ts';
import { BlockKnowledge } from './block-knowledge.ts';
import { DISPATCH_SUCCESSOR } from './flow-graph.ts';
import { type GuardedLoop, guardSites, USED_UP, writeGuard } from './loop-guards.ts';
import type { LoopVersion } from './loop-versions.ts';
import { isCall } from './region-code.ts';
import type { Ending, FloatMode, RegionContext } from './region-context.ts';
import { DispatchTable, type WrittenTable } from './region-dispatch.ts';
import { emitInstruction } from './region-emitter.ts';
import { askHost, requireFloatMode, requireMapping, runInterpreted } from './region-entry.ts';
import { type Landings, RegionExits, type ReturnPlace } from './region-exits.ts';
import type { RegionGraph } from './region-graph.ts';
import { noteReturn } from './region-links.ts';
import { planRegion, type RegionPlan } from './region-plan.ts';
import { RegionStack } from './region-stack.ts';
import { NONE_PRESENT, RegionState } from './region-state.ts';
import type { RegionSites } from './site-history.ts';
import { type BlockExits, emitStructured } from './structure.ts';
import { RegionCounters } from './tier-statistics.ts';
import type { StackEffect } from './x87-depths.ts';

/** Records that a region's exits lead to; written into linear memory before the region runs. */
export interface ExitRecords extends Landings {
  /** The first of a block's records, one for each instruction; they take RIP to be the first byte of the block's page. */
  blockRecords(block: number): number;
  /** A head of the block at an offset, which a call returns to; undefined where that can't be. */
  returnHead(offset: number): number | undefined;
  /** A table that has 1 + its index for each of `offsets`. */
  dispatchTable(offsets: readonly number[]): WrittenTable;
  /** Linear address of the word that counts down, at entries that do not find the region's frame. */
  readonly framePatience: number;
  /** Depths of the stack, 4 bytes each; gives their linear address. */
  stackDepths(depths: readonly number[]): number;
}

export interface RegionOptions {
  /** Its place in the table. */
  readonly entry: number;
  /** Whether the inexact exception is on record, which floats that are done natively would be to put there. */
  readonly inexactRecorded: boolean;
  /** Whether the guest has never looked at exceptions: all but the inexact one may be left out, and that one be put on record ahead. */
  readonly unobserved: boolean;
  /** How far instructions move the top of the x87 stack; undefined when the region leaves the x87 to the interpreter. */
  readonly stackEffect: StackEffect | undefined;
  /** Vector registers that may be taken to have zeros beside their low lane, as in zero-rests.ts: the entry looks. */
  readonly zeroRestsNow: number;
  /** What general registers hold while the region is made. */
  readonly registersNow: () => readonly bigint[];
  /** Whether the region counts its entries, instructions and ways out. */
  readonly counts: boolean;
  /** Whether registers and flags are loaded where they are first used: of many regions each runs a few blocks at a time. */
  readonly isLazy: boolean;
  /** Whether the region is good only where its pages are mapped as they were: not one that is within one page. */
  readonly spansPages: boolean;
  /** Whether the entry may look at the stack for all blocks. */
  readonly hasFrame: boolean;
  /** Where accesses are expected. */
  readonly sites: RegionSites;
}

/** Defines the function of a region. `graph.blocks[0]` and the entrances can be entered, in that order. */
export function defineRegion(
  name: string,
  graph: RegionGraph,
  memory: MemoryAccess,
  windows: ExtentWindows,
  records: ExitRecords,
  options: RegionOptions,
): Handler {
  const self: Handler = defineHandler(name, (code, head) =>
    new RegionFunction(code, graph, memory, windows, records, options, self).write(head),
  );
  return self;
}

class RegionFunction {
  readonly #code: CodeWriter;
  readonly #plan: RegionPlan;
  readonly #records: ExitRecords;
  readonly #state: RegionState;
  readonly #groups: AccessGroups;
  readonly #stack: RegionStack | undefined;
  readonly #knowledge: BlockKnowledge;
  readonly #counters: RegionCounters;
  readonly #exits: RegionExits;
  readonly #dispatch: DispatchTable;
  readonly #floats: FloatMode;
  readonly #spansPages: boolean;
  /** Large programs do not wait for calls: regions are compiled faster without, and their stacks are another thing to keep in the cache. */
  readonly #notesReturns: boolean;
  /** What the countdown must not be below in a loop that is vouched for. */
  readonly #floor: Local<'i32'>;
  readonly #guarded = new Map<LoopVersion, GuardedLoop>();
  /** By range of a loop's addresses. */
  readonly #vouched = new Map<LoopVersion, readonly Vouched[]>();

  constructor(
    code: CodeWriter,
    graph: RegionGraph,
    memory: MemoryAccess,
    windows: ExtentWindows,
    records: ExitRecords,
    options: RegionOptions,
    self: Handler,
  ) {
    const { inexactRecorded, unobserved, counts, isLazy, spansPages, hasFrame, sites } = options;
    const { stackEffect, zeroRestsNow, registersNow } = options;
    const plan = planRegion(graph);
    const state = new RegionState(code, graph, plan, stackEffect, zeroRestsNow, isLazy, registersNow);
    this.#code = code;
    this.#plan = plan;
    this.#records = records;
    this.#state = state;
    this.#stack = hasFrame ? RegionStack.of(code, plan, (depths) => records.stackDepths(depths)) : undefined;
    this.#groups = new AccessGroups(code, memory, windows, sites, this.#stack);
    this.#knowledge = new BlockKnowledge(plan, state, this.#groups, this.#stack);
    this.#floats = { inexactRecorded, unobserved, isUsed: false };
    this.#spansPages = spansPages;
    this.#notesReturns = isLazy;
    this.#floor = code.local('i32');
    for (const version of plan.loops.versions) this.#guard(version, windows);
    this.#counters = new RegionCounters(code, counts);
    this.#exits = new RegionExits(code, state, this.#counters, records, {
      self,
      entry: options.entry,
      notesReturns: isLazy,
    });
    this.#dispatch = new DispatchTable(() =>
      records.dispatchTable(plan.flow.enterable.map((node) => plan.loops.blocks[node - 1]!.start)),
    );
  }

  #guard(version: LoopVersion, windows: ExtentWindows): void {
    const { loop, rounds, addresses } = version;
    const { ranges } = addresses;
    const deltas = ranges.map(() => this.#code.local('i32'));
    const vouched = deltas.map((delta) => ({ delta }));
    this.#vouched.set(version, vouched);
    const sites = guardSites(windows, ranges);
    const { shortest } = loop;
    const { countdown } = this.#state;
    const atomValue = (atom: number): Value<'i64'> => this.#state.atom(atom);
    this.#guarded.set(version, { ranges, sites, deltas, rounds, shortest, countdown, floor: this.#floor, atomValue });
  }

  write(head: Value<'i32'>): void {
    const code = this.#code;
    // Loading what nobody looks at is still loading.
    const isOnlyEntrance = this.#plan.flow.enterable.length === 1;
    const entry = code.let(isOnlyEntrance ? i32(0) : load('i32.load16_u', head, REGION_HEAD.number));
    this.#exits.around(() =>
      emitStructured(code, this.#plan.flow, entry, {
        block: (node, exits) => this.#node(node, exits),
        backEdge: (from, to, goto) => this.#backEdge(from, to, goto),
      }),
    );
    this.#groups.seal();
    // Only now is it known what the region's code takes for granted.
    code.prepend(() => this.#enter(head));
    this.#exits.settle();
  }

  #enter(head: Value<'i32'>): void {
    const code = this.#code;
    const { filledRests, countdown, registers } = this.#state;
    const pointer = this.#stack && registers.stackPointer;
    if (this.#spansPages) requireMapping(code, head);
    if (filledRests) code.unlikely(filledRests, () => askHost(code, head));
    if (this.#floats.isUsed) requireFloatMode(code, head, this.#floats);
    this.#state.load(head, () => runInterpreted(code, head));
    this.#stack?.enter(code, load('i32.load16_u', head, REGION_HEAD.number), pointer!, (address, bytes) =>
      this.#groups.locateFrame(address, bytes, () => this.#runWithoutFrame(head)),
    );
    this.#counters.add('entries', i64(1));
    this.#counters.add('instructions', op('i64.extend_i32_s', countdown));
  }

  /** The frame is not where it can be had at once: not this time, or never. */
  #runWithoutFrame(head: Value<'i32'>): void {
    const code = this.#code;
    const { framePatience } = this.#records;
    const patience = code.let(sub(load('i32.load', i32(0), framePatience), i32(1)));
    code.store('i32.store', i32(0), patience, framePatience);
    code.unlikely(eqz(patience), () => askHost(code, head));
    runInterpreted(code, head);
  }

  #branch(condition: Value<'i32'>, whenTrue: number, whenFalse: number, exits: BlockExits): void {
    if (this.#isFrameExpected(whenTrue) && this.#isFrameExpected(whenFalse)) {
      exits.branch(condition, whenTrue, whenFalse);
      return;
    }
    const pointer = this.#state.registers.read(GPR.rsp);
    this.#code.if(condition, () => this.#goto(whenTrue, exits, pointer));
    this.#goto(whenFalse, exits, pointer);
  }

  /** Whether a node takes RSP for what it is known to be here. */
  #isFrameExpected(node: number): boolean {
    const isOutside = node < 0 || node >= this.#plan.loops.blocks.length;
    return isOutside || (this.#stack?.isExpected(node, this.#groups.register(GPR.rsp)) ?? true);
  }

  /** @param pointer RSP */
  #goto(node: number, exits: BlockExits, pointer?: Value<'i64'>): void {
    this.#expectFrame(node, pointer);
    exits.goto(node);
  }

  /** Ahead of a way on to a node; where its frame is another one that is not to be found at once, out of the region. */
  #expectFrame(node: number, pointer?: Value<'i64'>): void {
    if (this.#isFrameExpected(node)) return;
    const { start } = this.#plan.loops.blocks[node]!;
    const stackPointer = pointer ?? this.#state.registers.read(GPR.rsp);
    this.#stack?.expect(this.#code, node, this.#groups.register(GPR.rsp), stackPointer, (address, bytes) =>
      this.#groups.locateFrame(address, bytes, () => this.#exits.toOffset(start, 'direct')),
    );
  }

  #node(node: number, exits: BlockExits): void {
    const { loops, outside } = this.#plan;
    const count = loops.blocks.length;
    if (node >= count) {
      this.#knowledge.enter(node);
      this.#exits.toOffset(outside[node - count]!, 'direct');
      return;
    }
    const version = loops.guards.get(node);
    this.#knowledge.block(node, () => {
      if (version) this.#writeGuard(node, version, exits);
      else this.#writeBlock(node, exits);
    });
  }

  #backEdge(from: number, to: number, goto: (successor: number) => void): void {
    const code = this.#code;
    const { loops } = this.#plan;
    const version = loops.fastVersionOf(from);
    // The thorough look polls.
    if (version?.guard === to) return;
    if (version?.fastHead !== to) {
      // The block before has stored all that was due, and others may have been written since.
      if (this.#state.isLazy) this.#state.presence = NONE_PRESENT;
      this.#exits.ifSpent(loops.blocks[to]!.start);
      return;
    }
    code.unlikely(ltS(this.#state.countdown, this.#floor), () => {
      code.set(this.#floor, i32(USED_UP));
      goto(version.guard);
    });
  }

  #writeGuard(node: number, version: LoopVersion, exits: BlockExits): void {
    const code = this.#code;
    const { start } = this.#plan.loops.blocks[node]!;
    this.#knowledge.end(node);
    code.block((fail) => {
      code.scope(() => writeGuard(code, this.#guarded.get(version)!, () => this.#exits.ifSpent(start), fail));
      exits.goto(version.fastHead);
    });
    exits.goto(version.loop.head);
  }

  #writeBlock(node: number, exits: BlockExits): void {
    const { instructions } = this.#plan.loops.blocks[node]!;
    const ending = this.#writeInstructions(node);
    if (this.#plan.loops.blocks[node]!.ending === 'call') this.#noteReturn(node);
    if (ending === undefined) return;
    if (this.#state.isLazy && !this.#plan.successors[node]!.every((one) => this.#knowledge.goesOn(one))) {
      this.#state.catchUp();
    }
    this.#knowledge.end(node);
    this.#state.charge(i32(instructions.length));
    const [taken, otherwise] = this.#plan.successors[node]!;
    const guard = this.#plan.successors[node]!.find((one) => this.#plan.loops.guards.has(one));
    if (guard !== undefined) this.#expectFrame(guard);
    const unexpected = this.#plan.unexpected(node);
    if (ending.kind === 'branch' && unexpected) {
      const { condition } = ending;
      const { whenTaken, outside, loop } = unexpected;
      this.#code.if(whenTaken ? condition : eqz(condition), () => this.#exits.unexpectedly(outside, loop));
      this.#goto(taken!, exits);
    } else if (ending.kind === 'branch') this.#branch(ending.condition, taken!, otherwise!, exits);
    else if (ending.kind === 'indirect') this.#writeIndirect(node, ending, exits);
    else if (taken !== undefined && taken !== DISPATCH_SUCCESSOR) {
      const leaves = taken >= this.#plan.loops.blocks.length && !this.#notesReturns;
      const returns = leaves ? this.#returnPlace(node) : undefined;
      if (returns) this.#exits.callOffset(this.#plan.outside[taken - this.#plan.loops.blocks.length]!, returns);
      else this.#goto(taken, exits);
    }
    // An instruction that always raises has left already.
    else this.#code.unreachable();
  }

  /** How the block ends; undefined where the region has been left. */
  #writeInstructions(node: number): Ending | undefined {
    const code = this.#code;
    const { registers, flags, products, x87, ripBase } = this.#state;
    const { blocks, original } = this.#plan.loops;
    const { start, instructions, ending: blockEnding } = blocks[node]!;
    const version = this.#plan.loops.fastVersionOf(node);
    let offset = start;
    let ending: Ending = { kind: 'next' };
    products.enterBlock(instructions);
    for (const [index, instruction] of instructions.entries()) {
      const isLeft = blockEnding === 'leave' && index === instructions.length - 1;
      const leaveHere = (): void =>
        this.#exits.toRecord(this.#recordOf(node, index), start, isLeft ? 'untranslated' : 'atInstruction');
      if (isLeft || (instruction.row.onX87Stack && !x87)) {
        leaveHere();
        return undefined;
      }
      const range = version?.addresses.rangeOf(original[node]!, index);
      this.#groups.vouched = range === undefined ? undefined : this.#vouched.get(version!)![range];
      this.#groups.offset = offset;
      const floats = this.#floats;
      const charge = (units: Value<'i32'>): void => this.#state.charge(units);
      const context: RegionContext = {
        registers,
        flags,
        memory: this.#groups,
        products,
        ripBase,
        leaveHere,
        charge,
        isRenewed: (register) => isRenewed(register, instructions, index + 1),
        floats,
        x87,
      };
      products.before(instruction);
      ending = emitInstruction(code, context, instruction, offset);
      products.after();
      offset += instruction.length;
      if (registers.takeFilledRest()) {
        // zero-rests.ts took the instruction for another sort: what else is in the region relies on that. The entry looks again.
        this.#state.charge(i32(index + 1));
        this.#exits.toRip(add(ripBase, i64(offset)));
        return undefined;
      }
    }
    return ending;
  }

  /** What a block that leaves by a call is returned to, if that can be known. */
  #returnPlace(node: number): ReturnPlace | undefined {
    const { instructions, end } = this.#plan.loops.blocks[node]!;
    const head = isCall(instructions[instructions.length - 1]!) ? this.#records.returnHead(end) : undefined;
    return head === undefined ? undefined : { offset: end, head };
  }

  /** A call that is not waited for is noted in the return cache; one within the region, too, since what it calls often leaves it half-way. */
  #noteReturn(node: number): void {
    const returns = this.#notesReturns ? this.#returnPlace(node) : undefined;
    if (returns === undefined) return;
    const { registers, ripBase } = this.#state;
    // What the call pushed is popped again by then.
    noteReturn(this.#code, add(registers.read(GPR.rsp), i64(8)), add(ripBase, i64(returns.offset)), returns.head);
  }

  #recordOf(node: number, index: number): number {
    return this.#records.blockRecords(this.#plan.original[node]!) + index * RECORD_BYTES;
  }

  /** To the block at the target if it is of this region, else out of it. */
  #writeIndirect(
    node: number,
    { target, stackBefore }: Extract<Ending, { kind: 'indirect' }>,
    exits: BlockExits,
  ): void {
    const code = this.#code;
    const { ripBase, countdown, registers } = this.#state;
    const { blocks } = this.#plan.loops;
    const { length } = blocks[node]!.instructions;
    const pointer = this.#stack && registers.read(GPR.rsp);
    const { presence } = this.#state;
    const all = this.#plan.successors[node]!;
    const within = all.filter((one) => one !== DISPATCH_SUCCESSOR);
    const isTable = this.#plan.isTable(node) && within.every((one) => this.#isFrameExpected(one));
    const inTable = isTable ? within : [];
    if (inTable.length > 0) {
      const starts = inTable.map((one) => blocks[one]!.start);
      const table = new DispatchTable(() => this.#records.dispatchTable(starts));
      exits.table(table.number(code, ripBase, target), inTable);
    }
    for (const successor of all) {
      if (successor === DISPATCH_SUCCESSOR || inTable.includes(successor)) continue;
      code.if(eq(target, add(ripBase, i64(blocks[successor]!.start))), () => {
        this.#goto(successor, exits, pointer);
      });
    }
    if (all.includes(DISPATCH_SUCCESSOR)) {
      this.#dispatch.lookUp(code, ripBase, target, (index) =>
        code.if(geS(countdown, i32(0)), () => {
          code.block((elsewhere) => {
            const known = this.#groups.register(GPR.rsp);
            this.#stack?.expectAt(code, index, known, pointer!, (address, bytes) =>
              this.#groups.locateFrame(address, bytes, () => code.branch(elsewhere)),
            );
            exits.dispatch(index);
          });
        }),
      );
    }
    this.#state.presence = presence;
    if (stackBefore) {
      // The interpreter raises the exception.
      code.unlikely(isNotCanonical(target), () => {
        registers.write(GPR.rsp, stackBefore);
        this.#state.charge(i32(-length));
        this.#exits.toRecord(this.#recordOf(node, length - 1), blocks[node]!.start, 'atInstruction');
      });
      this.#state.presence = presence;
    }
    if (blocks[node]!.ending === 'return') {
      this.#exits.return(target);
      return;
    }
    this.#noteReturn(node);
    const returns = this.#notesReturns ? undefined : this.#returnPlace(node);
    if (returns) this.#exits.callRip(target, returns);
    else this.#exits.toRip(target);
  }
}
