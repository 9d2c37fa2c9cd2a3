// One region as one WebAssembly function with a handler's signature: (head record) → exit.
//
//   load registers, flags, countdown
//   block leave
//     …structured code of the blocks…     any exit: note where to go on, branch to leave
//   end
//   store registers, flags, countdown, RIP
//   go on at the interpreter's record of an instruction, or where the jump cache leads for an indirect jump
//
// What the region can't do itself it leaves to the interpreter at the very instruction, so an exit never undoes anything.

import { INEXACT } from '../float/exception-flags.ts';
import { INEXACT_MASK, NATIVE_BITS, NATIVE_VALUE, ROUNDING } from '../float/simd-control.ts';
import { ControlFlow, defineHandler, type Handler } from '../interpreter/control-flow.ts';
import { EXIT } from '../interpreter/exit.ts';
import { RECORD, RECORD_BYTES } from '../interpreter/record.ts';
import type { Operand } from '../isa/emitter.ts';
import type { ExtentWindows } from '../mmu/extent-windows.ts';
import { isNotCanonical, type MemoryAccess } from '../mmu/memory-access.ts';
import { CPU_STATE, REGION_COUNTERS } from '../state/cpu-state.ts';
import { FRAME, GPR } from '../state/frame-layout.ts';
import { add, and, eq, geS, ltS, ltU, ne, sub, toI32 } from '../wasm/arithmetic.ts';
import { CodeWriter } from '../wasm/code-writer.ts';
import { i32, i64, load, op, type Value } from '../wasm/expression.ts';
import { AccessGroups, type KnownAddresses, type Vouched, withoutRegisters } from './access-groups.ts';
import { RIP_ATOM } from './address-sums.ts';
import { FlagLocals } from './flag-locals.ts';
import { analyseFlow, DISPATCH_SUCCESSOR } from './flow-graph.ts';
import { findLoopAddresses, type LoopAddresses } from './loop-addresses.ts';
import { type GuardedLoop, guardSites, USED_UP, writeGuard } from './loop-guards.ts';
import { type LoopVersion, planLoops } from './loop-versions.ts';
import type { RegionBlock } from './region-block.ts';
import type { Ending, FloatMode } from './region-context.ts';
import { RegionEmitter } from './region-emitter.ts';
import { REGION_LIMIT, type RegionGraph, returnTargets, type Target, targetsOf } from './region-graph.ts';
import { NOTHING_KNOWN, type RegisterKnowledge, RegisterLocals } from './register-locals.ts';
import { settleFlags } from './remembered-flags.ts';
import { type BlockExits, emitStructured } from './structure.ts';
import { vectorKinds } from './vector-kinds.ts';
import { planX87, type StackEffect } from './x87-depths.ts';
import { X87Locals } from './x87-locals.ts';
import { anyRest, zeroRests } from './zero-rests.ts';

/** Records that a region's exits lead to; written into linear memory before the region runs. */
export interface ExitRecords {
  /** The first of a block's records, one for each instruction; they take RIP to be the first byte of the region's lowest page. */
  blockRecords(block: number): number;
  /** A record that goes on at an offset, when RIP is the first byte of the region's lowest page. */
  landing(offset: number): number;
  /** A table of bytes for the offsets from `from` to `to`: 1 + its index for each of `offsets`, else 0; gives its linear address. */
  dispatchTable(offsets: readonly number[], [from, to]: readonly [number, number]): number;
}

export interface RegionOptions {
  /** Whether the guest has recorded the inexact exception, which floats that are done natively would. */
  readonly inexactRecorded: boolean;
  /** Whether the guest has never looked at exceptions: all but the inexact one may be left out. */
  readonly unobserved: boolean;
  /** How far instructions move the top of the x87 stack; undefined when the region leaves the x87 to the interpreter. */
  readonly stackEffect: StackEffect | undefined;
  /** Vector registers that may be taken to have zeros beside their low lane, as in zero-rests.ts: the entry looks. */
  readonly zeroRestsNow: number;
  /** Whether the region counts its entries, instructions and ways out. */
  readonly counts: boolean;
  /** Where the code tag is that the region is good for; undefined for a region that is within one page. */
  readonly tagWord: number | undefined;
}

/** From where to where a region's dispatch table reaches, as offsets. */
function dispatchSpan({ blocks, entrances }: RegionGraph): readonly [from: number, to: number] {
  const offsets = [0, ...entrances].map((block) => blocks[block]!.start);
  return [Math.min(...offsets), Math.max(...offsets) + 1];
}

/** Bytes that the dispatch table of a region may take. */
export function dispatchTableBytes(graph: RegionGraph): number {
  const [from, to] = dispatchSpan(graph);
  return to - from;
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
  return defineHandler(name, (code, head) => emitRegion(code, head, graph, memory, windows, records, options));
}

function emitRegion(
  code: CodeWriter,
  head: Value<'i32'>,
  graph: RegionGraph,
  memory: MemoryAccess,
  windows: ExtentWindows,
  records: ExitRecords,
  { inexactRecorded, unobserved, stackEffect, zeroRestsNow, counts, tagWord }: RegionOptions,
): void {
  const returns = returnTargets(graph);
  const targets = graph.blocks.map((block, number) => targetsOf(graph, returns, block, number));
  const plan = planLoops(
    graph.blocks,
    targets.map((all) => all.filter((target) => typeof target === 'number')),
    [0, ...graph.entrances],
    REGION_LIMIT,
    ({ body }) => addressesOf(graph.blocks, targets, body),
  );
  const { blocks, original, versions, guards } = plan;
  // Blocks first, then one node for each place outside that a block goes on at.
  const outside: number[] = [];
  const nodeOutside = (offset: number): number => {
    const known = outside.indexOf(offset);
    return blocks.length + (known >= 0 ? known : outside.push(offset) - 1);
  };
  const successorsOf = (number: number): number[] => {
    const version = guards.get(number);
    if (version) return [version.fastHead, version.loop.head];
    const own = targets[original[number]!]!;
    const all = own.map((target) =>
      typeof target === 'number' ? plan.route(number, target) : nodeOutside(target.outside),
    );
    const guard = plan.guardBehind(number, own);
    return guard === undefined ? all : [...all, guard];
  };
  const successors = [...blocks.keys()].map(successorsOf);
  const entries = [0, ...graph.entrances].map((block) => plan.route(OUTSIDE, block));
  const flow = analyseFlow([...successors, ...outside.map(() => [])], entries);

  const instructions = graph.blocks.flatMap((block) => block.instructions);
  const kinds = vectorKinds(instructions);
  const floats: FloatMode = { inexactRecorded, unobserved, isUsed: false };
  const clear = zeroRests(instructions, kinds, zeroRestsNow);
  const registers = new RegisterLocals(code, kinds, clear);
  const depths = stackEffect && planX87(blocks, successors, entries, stackEffect);
  const x87 = depths && new X87Locals(code, depths);
  const flags = new FlagLocals(code);
  const groups = new AccessGroups(code, memory, windows);
  const ripBase = code.local('i64');
  const countdown = code.local('i32');
  /** What the countdown must not be below in a loop that is vouched for. */
  const floor = code.local('i32');
  const atomValue = (atom: number): Value<'i64'> => (atom === RIP_ATOM ? ripBase : registers.read(atom));
  const guarded = new Map<LoopVersion, GuardedLoop>();
  const vouched = new Map<LoopVersion, readonly Vouched[]>();
  for (const version of versions) {
    const { loop, rounds, addresses } = version;
    const { ranges } = addresses;
    const deltas = ranges.map(() => code.local('i32'));
    vouched.set(
      version,
      deltas.map((delta) => ({ delta })),
    );
    const { shortest } = loop;
    const sites = guardSites(windows, ranges);
    guarded.set(version, { ranges, sites, deltas, rounds, shortest, countdown, floor, atomValue });
  }
  // One of the three says how the region is left: a landing's link, a record of the interpreter's, or neither, for exitRip.
  const exitLink = code.local('i32');
  const exitRecord = code.local('i32');
  const exitRip = code.local('i64');
  const entry = code.let(load('i32.load16_u', head, RECORD.reg));

  const predecessors = new Map<number, number[]>();
  successors.forEach((targets, node) => {
    for (const target of targets) predecessors.set(target, [...(predecessors.get(target) ?? []), node]);
  });
  const knowledge = new Map<number, unknown>();
  const addresses = new Map<number, KnownAddresses>();
  /** What the block that dominates a merge has found out holds there, but for registers that are written in between. */
  const addressesBefore = (node: number): KnownAddresses | undefined => {
    const dominator = flow.nodes[node + 1]!.immediateDominator - 1;
    const known = addresses.get(dominator);
    if (!known) return undefined;
    let written = 0;
    const between = new Set(predecessors.get(node));
    between.delete(dominator);
    for (const block of between) {
      const own = addresses.get(block);
      // A loop's end, which is yet to be written.
      if (!own) return undefined;
      written |= own.written;
      for (const one of predecessors.get(block) ?? []) if (one !== dominator) between.add(one);
    }
    return withoutRegisters(known, written);
  };
  const registerKnowledge = new Map<number, RegisterKnowledge>();

  const count = (counter: keyof typeof REGION_COUNTERS, value: Value<'i64'>): void => {
    const address = REGION_COUNTERS[counter];
    if (counts) code.store('i64.store', i32(0), add(load('i64.load', i32(0), address), value), address);
  };

  let table = 0;
  /** By offset from the span's start: 1 + index of the block there among the enterable ones, or 0. */
  const dispatchTable = (): number => {
    table ||= records.dispatchTable(
      flow.enterable.map((node) => blocks[node - 1]!.start),
      dispatchSpan(graph),
    );
    return table;
  };

  const landings = new Map<number, number>();
  const landing = (offset: number): number => {
    const known = landings.get(offset) ?? records.landing(offset);
    landings.set(offset, known);
    return known;
  };

  code.block((leave) => {
    const leaveTo = (offset: number, cause: 'direct' | 'poll'): void => {
      count(cause, i64(1));
      code.set(exitLink, i32(landing(offset)));
      code.branch(leave);
    };
    const leaveIfSpent = (offset: number): void => {
      code.if(ltS(countdown, i32(0)), () => leaveTo(offset, 'poll'));
    };
    const leaveAt = (record: number, cause: 'atInstruction' | 'untranslated'): void => {
      count(cause, i64(1));
      code.set(exitRecord, i32(record));
      code.branch(leave);
    };
    const leaveForRip = (rip: Value<'i64'>): void => {
      count('indirect', i64(1));
      code.set(exitRip, rip);
      code.branch(leave);
    };
    emitStructured(code, flow, entry, {
      block(node, exits) {
        flags.forget();
        registers.knowledge = NOTHING_KNOWN;
        if (node >= blocks.length) {
          leaveTo(outside[node - blocks.length]!, 'direct');
          return;
        }
        const [only, ...others] = predecessors.get(node) ?? [];
        const goesOn = only !== undefined && others.length === 0 && !flow.enterable.includes(node + 1);
        if (goesOn) {
          flags.knowledge = knowledge.get(only);
          registers.knowledge = registerKnowledge.get(only) ?? NOTHING_KNOWN;
        }
        x87?.enterBlock(node, goesOn ? only : undefined);
        const version = guards.get(node);
        const before = goesOn ? addresses.get(only) : addressesBefore(node);
        const isKept = flow.nodes[node + 1]!.dominated.some((child) => flow.nodes[child]!.isMerge);
        groups.block(before, isKept, () => {
          if (version) emitGuard(node, version, exits);
          else emitBlock(node, exits);
        });
      },
      backEdge(from, to, goto) {
        const version = plan.fastVersionOf(from);
        // The thorough look polls.
        if (version?.guard === to) return;
        if (version?.fastHead !== to) {
          leaveIfSpent(blocks[to]!.start);
          return;
        }
        code.if(ltS(countdown, floor), () => {
          code.set(floor, i32(USED_UP));
          goto(version.guard);
        });
      },
    });

    function emitGuard(node: number, version: LoopVersion, exits: BlockExits): void {
      addresses.set(node, groups.known);
      knowledge.set(node, flags.knowledge);
      registerKnowledge.set(node, registers.knowledge);
      x87?.leaveBlock(node);
      code.block((fail) => {
        const poll = (): void => leaveIfSpent(blocks[node]!.start);
        code.scope(() => writeGuard(code, guarded.get(version)!, poll, fail));
        exits.goto(version.fastHead);
      });
      exits.goto(version.loop.head);
    }

    function emitBlock(node: number, exits: BlockExits): void {
      const block = blocks[node]!;
      const first = records.blockRecords(original[node]!);
      const version = plan.fastVersionOf(node);
      let offset = block.start;
      let ending: Ending = { kind: 'next' };
      const last = block.instructions.length - 1;
      for (const [index, instruction] of block.instructions.entries()) {
        const leaveHere = (): void =>
          leaveAt(
            first + index * RECORD_BYTES,
            index === last && block.ending === 'leave' ? 'untranslated' : 'atInstruction',
          );
        if ((index === last && block.ending === 'leave') || (instruction.row.onX87Stack && !x87)) {
          groups.seal();
          leaveHere();
          return;
        }
        const context = { registers, flags, memory: groups, ripBase, leaveHere, floats, x87 };
        const emitter = new RegionEmitter(code, context, instruction, offset);
        const range = version?.addresses.rangeOf(original[node]!, index);
        groups.vouched = range === undefined ? undefined : vouched.get(version!)![range];
        code.scope(() => instruction.row.body(emitter, ...operandsOf(instruction)));
        ending = emitter.ending;
        offset += instruction.length;
        if (registers.takeFilledRest()) {
          // zero-rests.ts took the instruction for another sort: what else is in the region relies on that. The entry looks again.
          groups.seal();
          code.set(countdown, sub(countdown, i32(index + 1)));
          leaveForRip(add(ripBase, i64(offset)));
          return;
        }
      }
      groups.seal();
      knowledge.set(node, flags.knowledge);
      addresses.set(node, groups.known);
      registerKnowledge.set(node, registers.knowledge);
      x87?.leaveBlock(node);
      code.set(countdown, sub(countdown, i32(block.instructions.length)));
      const [taken, otherwise] = successors[node]!;
      if (ending.kind === 'branch') exits.branch(ending.condition, taken!, otherwise!);
      else if (ending.kind === 'indirect') {
        if (taken === DISPATCH_SUCCESSOR) goOnWithin(ending.target, exits);
        else {
          for (const successor of successors[node]!) {
            exits.branchIf(eq(ending.target, add(ripBase, i64(blocks[successor]!.start))), successor);
          }
        }
        const { target, stackBefore } = ending;
        if (stackBefore) {
          code.if(isNotCanonical(target), () => {
            registers.write(GPR.rsp, stackBefore);
            code.set(countdown, add(countdown, i32(block.instructions.length)));
            leaveAt(first + last * RECORD_BYTES, 'atInstruction');
          });
        }
        leaveForRip(target);
      } else if (taken !== undefined && taken !== DISPATCH_SUCCESSOR) exits.goto(taken);
      // An instruction that always raises has left already.
      else code.unreachable();
    }

    /** Where a RIP is a block's that can be entered, that is where it goes on. */
    function goOnWithin(target: Value<'i64'>, exits: BlockExits): void {
      const [from, to] = dispatchSpan(graph);
      const offset = code.let(sub(target, add(ripBase, i64(from))));
      code.if(ltU(offset, i64(to - from)), () => {
        const number = code.let(load('i32.load8_u', toI32(offset), dispatchTable()));
        code.if(number, () => code.if(geS(countdown, i32(0)), () => exits.dispatch(sub(number, i32(1)))));
      });
    }
  });

  count('instructions', op('i64.extend_i32_s', sub(i32(0), countdown)));
  registers.store(code);
  x87?.store(code, ripBase);
  flags.store();
  code.store('i32.store', i32(0), countdown, CPU_STATE.countdown);
  const control = new ControlFlow();
  const settle = (): void => flags.settle();
  code.if(exitRecord, () => {
    code.store('i64.store', i32(0), ripBase, FRAME.rip);
    settle();
    control.dispatch(code, exitRecord);
  });
  code.if(exitLink, () => code.set(exitRip, add(ripBase, load('i64.load', exitLink, RECORD.immediate))));
  code.store('i64.store', i32(0), exitRip, FRAME.rip);
  code.if(ltS(countdown, i32(0)), () => {
    settle();
    code.return(i32(EXIT.budget));
  });
  code.if(exitLink, () => {
    const patience = code.let(sub(load('i32.load', exitLink, RECORD.patience), i32(1)));
    code.store('i32.store', exitLink, patience, RECORD.patience);
    code.if(eq(patience, i32(0)), () => {
      settle();
      control.exit(code, exitLink, EXIT.busy);
    });
    control.leaveByLink(code, exitLink, exitRip, settle);
  });
  control.leaveByRip(code, exitRip, settle);

  code.prepend(() => {
    if (tagWord !== undefined) requireMapping(code, head, tagWord);
    if (clear !== 0) code.if(anyRest(clear, kinds), () => askHost(code, head));
    if (floats.isUsed) requireFloatMode(code, head, floats);
    x87?.load(code, load('i32.load16_u', head, RECORD.reg), () => runInterpreted(code, head));
    registers.load(code);
    flags.load(code);
    code.set(countdown, load('i32.load', i32(0), CPU_STATE.countdown));
    count('entries', i64(1));
    count('instructions', op('i64.extend_i32_s', countdown));
    code.set(ripBase, regionBase(head));
  });
}

/** What edges from the dispatch node come from. */
const OUTSIDE = -1;

/** What of a loop's addresses its guard can vouch for: its instructions are written into nothing. */
function addressesOf(
  blocks: readonly RegionBlock[],
  targets: readonly (readonly Target[])[],
  body: readonly number[],
): LoopAddresses | undefined {
  const code = new CodeWriter({ functionIndex: () => 0, typeIndex: () => 0 }, 1);
  const context = {
    registers: new RegisterLocals(code),
    flags: new FlagLocals(code),
    ripBase: code.local('i64'),
    leaveHere: () => code.unreachable(),
    floats: { inexactRecorded: true, unobserved: true, isUsed: false },
    x87: undefined,
  };
  const within = targets.map((all) => all.filter((target) => typeof target === 'number'));
  return findLoopAddresses(code, blocks, within, body, (memory, block, index, offset) => {
    const instruction = blocks[block]!.instructions[index]!;
    if (instruction.row.onX87Stack) return false;
    const emitter = new RegionEmitter(code, { ...context, memory }, instruction, offset);
    code.scope(() => instruction.row.body(emitter, ...operandsOf(instruction)));
    return true;
  });
}

/** The RIP of the first byte of the region's lowest page: the head that it is entered by knows its own distance. */
const regionBase = (head: Value<'i32'>): Value<'i64'> =>
  sub(load('i64.load', i32(0), FRAME.rip), load('i64.load32_u', head, RECORD.displacement));

/** Under another code tag than the pages were last looked at, the host looks. */
function requireMapping(code: CodeWriter, head: Value<'i32'>, tagWord: number): void {
  code.if(ne(load('i32.load', i32(0), tagWord), load('i32.load', i32(0), CPU_STATE.codeTag)), () =>
    askHost(code, head),
  );
}

/** What the region was made for does not hold: the host has it made anew, or sees that it is good. */
function askHost(code: CodeWriter, head: Value<'i32'>): void {
  code.call(settleFlags);
  new ControlFlow().exit(code, head, EXIT.hot);
}

/**
 * Where MXCSR is not what the region's code takes it for, the interpreter runs the block instead. A region is made anew that was
 * made before "inexact" was on record, since the tests for it are dear, or before anyone looked at exceptions.
 */
function requireFloatMode(code: CodeWriter, head: Value<'i32'>, { inexactRecorded, unobserved }: FloatMode): void {
  const mode = code.let(load('i32.load', i32(FRAME.mxcsr)));
  const [known, wanted] = unobserved
    ? [NATIVE_BITS, NATIVE_VALUE]
    : inexactRecorded
      ? [ROUNDING | INEXACT_MASK | INEXACT, INEXACT_MASK | INEXACT]
      : [ROUNDING | INEXACT_MASK, INEXACT_MASK];
  code.if(ne(and(mode, i32(known)), i32(wanted)), () => runInterpreted(code, head));
  if (inexactRecorded && !unobserved) return;
  const isOutdated = unobserved ? load('i32.load', i32(0), CPU_STATE.floatsObserved) : and(mode, i32(INEXACT));
  code.if(isOutdated, () => askHost(code, head));
}

/** The block at this entry as the interpreter's records, before anything of the region has run. */
function runInterpreted(code: CodeWriter, head: Value<'i32'>): void {
  code.call(settleFlags);
  code.store('i64.store', i32(0), regionBase(head), FRAME.rip);
  new ControlFlow().dispatch(code, load('i32.load', head, RECORD.link));
}

/** The operands of a decoded instruction as its body takes them. */
export function operandsOf(instruction: RegionGraph['blocks'][number]['instructions'][number]): Operand[] {
  return instruction.row.operands.map((spec) => {
    const isMemory =
      spec.memorySize !== undefined &&
      (instruction.isMemory || spec.field === 'moffs' || spec.registerClass === undefined);
    return { spec, isMemory, size: spec.size };
  });
}
