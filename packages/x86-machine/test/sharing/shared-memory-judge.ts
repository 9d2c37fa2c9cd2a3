// Judges scenarios: one machine leads, and another, given exactly as many instructions, must be in the same state at every stop.
//
//   leader     translates                 (or interprets)
//   follower   interprets, and before each operation forgets whatever it remembers of mappings and code
//
// The follower's forgetting makes it a judge of the leader's invalidations as well as of its translation.
import { FRAME_BYTES } from '../../src/state/frame-layout.ts';
import { RandomSource } from '../differential/random-source.ts';
import { PTE } from '../support/page-tables.ts';
import { type Operation, planScenario, type Scenario } from './shared-memory-scenario.ts';
import { isTable, SharedMemoryWorld } from './shared-memory-world.ts';

/** Page faults of one run that are seen to. */
const MOST_FAULTS = 60;
/** Instructions of a program that meets no trap. */
const LONGEST_RUN = 1_000_000;

export interface ScenarioVerdict {
  /** What differed first; undefined: nothing. */
  readonly difference: string | undefined;
  readonly instructions: number;
  readonly faults: number;
  readonly regions: number;
}

export const planned = (seed: number): Scenario => planScenario(new RandomSource(seed));

export function judgeScenario(scenario: Scenario, seed: number, translateAfter: number): ScenarioVerdict {
  const leader = new SharedMemoryWorld(scenario, translateAfter, seed);
  const follower = new SharedMemoryWorld(scenario, Number.POSITIVE_INFINITY, seed);
  let faults = 0;
  const verdict = (difference?: string): ScenarioVerdict => ({
    difference,
    faults,
    instructions: leader.machine.cpu.instructions,
    regions: leader.machine.cpu.counters.regions,
  });
  for (const [index, operation] of scenario.operations.entries()) {
    const title = `operation ${index}, ${describe(operation)}`;
    follower.forgetEverything();
    if (operation.does !== 'run') {
      for (const world of [leader, follower]) world.perform(operation);
    } else {
      for (const world of [leader, follower]) world.enter(operation);
      const end = leader.machine.cpu.instructions + (scenario.stops === 'at traps' ? LONGEST_RUN : operation.budget);
      for (let trials = 0; trials < MOST_FAULTS && leader.machine.cpu.instructions < end; trials++) {
        leader.machine.run(end - leader.machine.cpu.instructions);
        if (scenario.stops !== 'at traps') follow(leader, follower);
        // A program that has lost its way may go on for ever.
        else if (leader.trap === undefined) return verdict();
        else follower.machine.run(2 * LONGEST_RUN);
        const difference = differenceOf(leader, follower, scenario.stops);
        if (difference !== undefined) return verdict(`${title}: ${difference}`);
        const [goesOn] = [leader, follower].map((world) => world.resolve());
        if (!goesOn) break;
        faults++;
      }
    }
    const difference = differenceOf(leader, follower, scenario.stops);
    if (difference !== undefined) return verdict(`${title}: ${difference}`);
  }
  return verdict();
}

function follow(leader: SharedMemoryWorld, follower: SharedMemoryWorld): void {
  const behind = leader.machine.cpu.instructions - follower.machine.cpu.instructions;
  if (behind > 0) follower.machine.runExactly(behind);
  // A fault comes after the last instruction that is counted.
  if (leader.trap !== undefined && follower.trap === undefined) follower.machine.runExactly(1);
}

function differenceOf(
  leader: SharedMemoryWorld,
  follower: SharedMemoryWorld,
  stops: Scenario['stops'],
): string | undefined {
  const [one, other] = [leader.machine, follower.machine];
  const tell = (what: string, a: unknown, b: unknown): string => `${what} ${String(a)}, not ${String(b)}`;
  if (JSON.stringify(leader.trap) !== JSON.stringify(follower.trap))
    return tell('trap', JSON.stringify(leader.trap), JSON.stringify(follower.trap));
  if (stops !== 'at traps' && one.cpu.instructions !== other.cpu.instructions)
    return tell('instructions', one.cpu.instructions, other.cpu.instructions);
  if (one.cpu.rip !== other.cpu.rip) return tell('RIP', one.cpu.rip.toString(16), other.cpu.rip.toString(16));
  if (one.cpu.cr2 !== other.cpu.cr2) return tell('CR2', one.cpu.cr2.toString(16), other.cpu.cr2.toString(16));
  const frames = [one, other].map(({ cpu }) => Buffer.from(cpu.frame));
  if (frames[0]!.compare(frames[1]!) !== 0) {
    for (let at = 0; at < FRAME_BYTES; at += 8) {
      const [a, b] = frames.map((frame) => frame.readBigUInt64LE(at).toString(16));
      if (a !== b) return `${tell(`frame at ${at}:`, a, b)}, RIP ${one.cpu.rip.toString(16)}`;
    }
  }
  if (Buffer.compare(one.memory.bytes, other.memory.bytes) !== 0) {
    for (let at = 0; at < one.memory.ramBytes; at += 8) {
      const [a, b] = [one, other].map(({ memory }) => memory.readUint64(at));
      if (a === b || (isTable(at) && mayDiffer(a!, b!, stops))) continue;
      return `${tell(`memory at 0x${at.toString(16)}:`, a!.toString(16), b!.toString(16))}, RIP ${one.cpu.rip.toString(16)}`;
    }
  }
  return undefined;
}

/**
 * Entries of page tables may be marked as accessed sooner by translated code, whose region goes on in that page, but never later; at a
 * stop that is not exact the next instruction may have been fetched already. With an exact clock they are equal.
 */
const mayDiffer = (leaders: bigint, followers: bigint, stops: Scenario['stops']): boolean =>
  stops !== 'exact' &&
  ((leaders ^ followers) & ~PTE.accessed) === 0n &&
  (stops === 'counted' || (leaders & PTE.accessed) !== 0n);

/** Leaves out operations as long as something still differs. */
export function shrinkScenario(scenario: Scenario, seed: number, translateAfter: number): Scenario {
  let best = scenario;
  for (let index = best.operations.length - 1; index >= 0; index--) {
    const operations = best.operations.filter((_, at) => at !== index);
    const shorter = { ...best, operations };
    if (judgeScenario(shorter, seed, translateAfter).difference !== undefined) best = shorter;
  }
  return best;
}

export function describe(operation: Operation): string {
  return JSON.stringify(operation, (_, value) =>
    typeof value === 'bigint'
      ? `0x${value.toString(16)}`
      : value instanceof Uint8Array
        ? Buffer.from(value).toString('hex')
        : value,
  );
}
