// Against Erlang/OTP itself: what its supervisors did with random trees, endings and refused starts (oracle/ made the vectors,
// from Erlang/OTP 25), the supervision tree decides too, in the same order.
import { readFileSync } from 'node:fs';
import type { Group, Service } from '@capos/abi';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RestartIntensity } from '../src/restart-intensity.ts';
import { type Plan, SupervisionTree } from '../src/supervision-tree.ts';

type Policy = 'permanent' | 'transient' | 'temporary';
type OtpNode =
  | { worker: string; policy: Policy }
  | { group: string; policy: Policy; strategy: string; intensity: number; children: OtpNode[] };
type Trace = [what: 'started' | 'stopped' | 'refused', service: string][];
interface Scenario {
  tree: OtpNode;
  first: Trace;
  events: ({ ended: string; failed: boolean; refusing: Record<string, number>; trace: Trace } | null)[];
}

const STRATEGIES = { one_for_one: 'oneForOne', rest_for_one: 'restForOne', one_for_all: 'oneForAll' } as const;

const service = (name: string, restart: Policy, group: string): Service => ({
  name,
  program: 'p',
  arguments: [],
  environment: [],
  imports: [],
  exports: [],
  restart,
  restartLimit: 5,
  group,
  upgrade: 'restart',
  limits: [],
});

function treeOf(node: OtpNode, parent: string, groups: Group[], services: Service[]): void {
  if ('worker' in node) {
    services.push(service(node.worker, node.policy, parent));
    return;
  }
  groups.push({
    name: node.group,
    strategy: STRATEGIES[node.strategy as keyof typeof STRATEGIES],
    intensity: node.intensity,
    periodMs: 3_600_000,
    parent,
    restart: node.policy,
  });
  for (const child of node.children) treeOf(child, node.group, groups, services);
}

/** Carries plans out as the supervisor does, on nothing. */
class Execution {
  readonly trace: Trace = [];
  readonly tree: SupervisionTree;
  readonly running = new Set<string>();
  refusing: Record<string, number> = {};

  constructor(tree: SupervisionTree) {
    this.tree = tree;
  }

  perform(plan: Plan): void {
    for (const name of plan.stop) {
      expect(this.running.delete(name), `${name} is stopped and does not run`).toBe(true);
      this.trace.push(['stopped', name]);
    }
    for (const [index, name] of plan.start.entries()) {
      if ((this.refusing[name] ?? 0) > 0) {
        this.refusing[name]!--;
        this.trace.push(['refused', name]);
        this.perform(this.tree.startFailed(name, plan.start.slice(index + 1), 0n));
        return;
      }
      expect(this.running.has(name), `${name} is started and runs`).toBe(false);
      this.running.add(name);
      this.trace.push(['started', name]);
    }
    this.tree.started();
  }
}

describe('a supervision tree', () => {
  const scenarios = readFileSync(new URL('vectors/otp-supervisor.jsonl', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Scenario);

  it(`decides as Erlang/OTP did, in ${scenarios.length} random trees`, () => {
    let decisions = 0;
    for (const [number, { tree, first, events }] of scenarios.entries()) {
      const groups: Group[] = [];
      const services: Service[] = [];
      treeOf(tree, '', groups, services);
      const execution = new Execution(new SupervisionTree(groups, services));
      for (const { name } of services) execution.running.add(name);
      expect(first).toEqual(services.map(({ name }) => ['started', name]));
      for (const [step, event] of events.entries()) {
        if (event === null) {
          expect([...execution.running], `scenario ${number}`).toEqual([]);
          continue;
        }
        execution.trace.length = 0;
        execution.refusing = { ...event.refusing };
        execution.running.delete(event.ended);
        execution.perform(execution.tree.ended(event.ended, event.failed, 0n));
        expect(execution.trace, `scenario ${number}, event ${step}: ${JSON.stringify({ tree, event })}`).toEqual(
          event.trace,
        );
        decisions++;
      }
    }
    expect(decisions).toBeGreaterThan(1000);
  });

  it('never starts what runs, stops what does not, or starts what the manifest does not have', () => {
    const strategy = fc.constantFrom('oneForOne' as const, 'restForOne' as const, 'oneForAll' as const);
    const policy = fc.constantFrom<Policy>('permanent', 'transient', 'temporary');
    const shape = fc.record({
      groups: fc.array(fc.record({ strategy, intensity: fc.nat({ max: 4 }), parent: fc.nat(), restart: policy }), {
        maxLength: 5,
      }),
      services: fc.array(fc.record({ restart: policy, group: fc.nat() }), { minLength: 1, maxLength: 10 }),
    });
    const events = fc.array(fc.record({ pick: fc.nat(), failed: fc.boolean(), refuse: fc.nat({ max: 20 }) }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(shape, events, (made, steps) => {
        const groups: Group[] = made.groups.map((group, index) => ({
          ...group,
          name: `g${index}`,
          periodMs: 1000,
          // Below an earlier group, or below none.
          parent: group.parent % (index + 1) === index ? '' : `g${group.parent % (index + 1)}`,
        }));
        const services = made.services.map(({ restart, group }, index) => {
          const chosen = group % (groups.length + 1);
          return service(`s${index}`, restart, chosen === groups.length ? '' : `g${chosen}`);
        });
        const execution = new Execution(new SupervisionTree(groups, services));
        for (const { name } of services) execution.running.add(name);
        for (const { pick, failed, refuse } of steps) {
          const running = [...execution.running];
          if (running.length === 0) break;
          const name = running[pick % running.length]!;
          execution.refusing = { [`s${refuse}`]: 1 };
          execution.running.delete(name);
          execution.perform(execution.tree.ended(name, failed, 0n));
          // What runs may run; and what will not return does not run.
          for (const each of execution.running) expect(execution.tree.mayReturn(each)).toBe(true);
        }
        if (execution.running.size === 0) {
          for (const { name } of services) expect(execution.tree.mayReturn(name)).toBe(false);
        }
      }),
    );
  });
});

it('a restart counts for a period, its last moment included, and no longer', () => {
  const gaps = fc.array(fc.bigInt({ min: 0n, max: 40n }), { minLength: 1, maxLength: 200 });
  fc.assert(
    fc.property(gaps, fc.nat({ max: 8 }), (steps, limit) => {
      const intensity = new RestartIntensity(limit, 60n);
      const asked: bigint[] = [];
      let now = 0n;
      for (const step of steps) {
        now += step;
        asked.push(now);
        expect(intensity.admit(now)).toBe(asked.filter((time) => now - time <= 60n).length <= limit);
      }
    }),
  );
});
