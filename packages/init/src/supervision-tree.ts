// Supervision tree: decides what stops and what starts when a service ends. Decides only: the supervisor carries it out.
//
//   group (strategy, intensity, period) ─┬─ service (permanent │ transient │ temporary)
//                                        └─ group …
//
// The rules are Erlang/OTP's (stdlib, supervisor behaviour), with services as workers and groups as supervisors:
//   which children start again   permanent: always · transient: unless they ended well · temporary: never, and are forgotten
//   together with whom           oneForOne: nobody · restForOne: those started after it · oneForAll: all; stopped in reverse order
//   too often                    the group stops its children and ends; its parent starts it again only if it is permanent,
//                                since giving up counts as an orderly end; then all its children start, as at first
//   a start that fails           counts as one more restart of that child; at the very first start it ends the group instead
// A service in no group is a group of its own, with a delay that doubles; nobody starts that group again.

import type { Group, Service } from '@capos/abi';
import { RestartIntensity } from './restart-intensity.ts';

/** What is to be done, in this order. */
export interface Plan {
  /** To be stopped, one after the other; each has ended before the next is stopped. */
  readonly stop: readonly string[];
  /** To be started. When one fails to, the rest waits for the plan that `startFailed` answers. */
  readonly start: readonly string[];
  /** Before the first start; only services without a group ever wait. */
  readonly delayNs: bigint;
  /** Groups that needed more restarts than they may have, or services without a group. */
  readonly gaveUp: readonly string[];
  /** Restarts within the period, and how many there may be, of the group that decided last. */
  readonly restarts: number;
  readonly limit: number;
}

/** Restarts of a service without a group are counted over this long. */
const SINGLE_PERIOD_NS = 60_000_000_000n;
const FIRST_DELAY_NS = 50_000_000n;
const LONGEST_DELAY_NS = 5_000_000_000n;
const NS_PER_MS = 1_000_000n;

/** Validation lets no policy or strategy through that this version does not know. */
type Policy = Exclude<Service['restart'], number>;
type Strategy = Exclude<Group['strategy'], number>;

interface ServiceNode {
  readonly kind: 'service';
  readonly name: string;
  readonly policy: Policy;
  readonly parent: GroupNode;
  state: 'running' | 'stopped' | 'forgotten';
}

interface GroupNode {
  readonly kind: 'group';
  readonly name: string;
  readonly policy: Policy;
  readonly strategy: Strategy;
  readonly parent: GroupNode | undefined;
  /** Of one service, and nameless to the manifest. */
  readonly isSingle: boolean;
  readonly limit: number;
  readonly periodNs: bigint;
  /** In the order they start. */
  readonly children: Node[];
  intensity: RestartIntensity;
  state: 'running' | 'stopped' | 'forgotten';
  /** Its children start as a whole: the failure of one is the group's own. */
  isStarting: boolean;
}

type Node = ServiceNode | GroupNode;

interface Draft {
  stop: string[];
  start: string[];
  delayNs: bigint;
  gaveUp: string[];
  restarts: number;
  limit: number;
}

/** The services and groups of one system. Everything counts as running until it is told otherwise. */
export class SupervisionTree {
  private readonly services = new Map<string, ServiceNode>();
  private readonly groups = new Map<string, GroupNode>();

  /** `startOrder`: all services, in the order they start. */
  constructor(groups: readonly Group[], startOrder: readonly Service[]) {
    const specifications = new Map(groups.map((group) => [group.name, group]));
    for (const service of startOrder) {
      const parent =
        service.group === '' ? single(service) : this.groupNode(specifications, specifications.get(service.group)!);
      const node: ServiceNode = {
        kind: 'service',
        name: service.name,
        policy: service.restart as Policy,
        parent,
        state: 'running',
      };
      parent.children.push(node);
      this.services.set(service.name, node);
    }
  }

  private groupNode(specifications: ReadonlyMap<string, Group>, group: Group): GroupNode {
    const known = this.groups.get(group.name);
    if (known !== undefined) return known;
    const parent = group.parent === '' ? undefined : this.groupNode(specifications, specifications.get(group.parent)!);
    const periodNs = BigInt(group.periodMs) * NS_PER_MS;
    const node: GroupNode = {
      kind: 'group',
      name: group.name,
      policy: group.restart as Policy,
      strategy: group.strategy as Strategy,
      parent,
      isSingle: false,
      limit: group.intensity,
      periodNs,
      children: [],
      intensity: new RestartIntensity(group.intensity, periodNs),
      state: 'running',
      isStarting: false,
    };
    parent?.children.push(node);
    this.groups.set(group.name, node);
    return node;
  }

  /** Takes over what another tree knows of the services and groups that both have. */
  inherit(other: SupervisionTree): void {
    for (const [name, node] of this.services) {
      const before = other.services.get(name);
      if (before === undefined) continue;
      node.state = before.state;
      const [one, two] = [node.parent, before.parent];
      if (one.isSingle && two.isSingle && one.limit === two.limit) one.intensity = two.intensity;
    }
    for (const [name, node] of this.groups) {
      const before = other.groups.get(name);
      if (before?.limit === node.limit && before.periodNs === node.periodNs) node.intensity = before.intensity;
    }
  }

  /** Marks a service that is started, or not there any more, by other means than a plan. */
  mark(service: string, state: ServiceNode['state']): void {
    const node = this.services.get(service);
    if (node === undefined) return;
    node.state = state;
    if (state === 'running') for (let at: GroupNode | undefined = node.parent; at; at = at.parent) at.state = 'running';
  }

  /** A service has ended by itself. `failed`: otherwise than well. */
  ended(service: string, failed: boolean, nowNs: bigint): Plan {
    const node = this.services.get(service)!;
    const draft = emptyDraft();
    this.childEnded(node, failed, nowNs, draft);
    return draft;
  }

  /** Everything that a plan asked for has been started. */
  started(): void {
    for (const group of this.groups.values()) group.isStarting = false;
  }

  /** A start that a plan asked for has failed, and so `notStarted` have not been tried. */
  startFailed(service: string, notStarted: readonly string[], nowNs: bigint): Plan {
    const draft = emptyDraft();
    for (const name of notStarted) this.services.get(name)!.state = 'stopped';
    const node = this.services.get(service)!;
    node.state = 'stopped';
    // A group that was starting as a whole has failed as a whole.
    let failed: Node = node;
    for (let group: GroupNode | undefined = node.parent; group?.isStarting; group = group.parent) failed = group;
    if (failed.kind === 'group') this.stopNode(failed, draft);
    this.restart(failed, nowNs, draft);
    return draft;
  }

  /** The very first start has failed: its group ends, with all groups around it. */
  firstStartFailed(service: string): Plan {
    const draft = emptyDraft();
    let top: GroupNode = this.services.get(service)!.parent;
    while (top.parent !== undefined) top = top.parent;
    this.services.get(service)!.state = 'forgotten';
    this.stopNode(top, draft);
    if (!top.isSingle) draft.gaveUp.push(top.name);
    return draft;
  }

  /** Whether a service runs, or may run again without anybody's asking. */
  mayReturn(service: string): boolean {
    let node: Node | undefined = this.services.get(service);
    if (node === undefined) return false;
    if (node.state === 'running') return true;
    for (;;) {
      const group: GroupNode | undefined = node.parent;
      if (group === undefined) return false;
      const alive = hasRunning(group);
      if (alive && node.state !== 'forgotten' && group.strategy !== 'oneForOne') return true;
      if (alive && group.parent !== undefined && group.policy === 'permanent') return true;
      node = group;
    }
  }

  private childEnded(child: Node, failed: boolean, nowNs: bigint, draft: Draft): void {
    child.state = 'stopped';
    const wanted = child.policy === 'permanent' || (child.policy === 'transient' && failed);
    if (wanted && (child.kind === 'service' || child.parent !== undefined)) {
      this.restart(child, nowNs, draft);
    } else if (child.policy === 'temporary') {
      child.state = 'forgotten';
    }
  }

  private restart(child: Node, nowNs: bigint, draft: Draft): void {
    const group = child.parent!;
    const before = group.intensity.recent(nowNs);
    draft.restarts = before;
    draft.limit = group.limit;
    if (!group.intensity.admit(nowNs)) {
      draft.gaveUp.push(group.name);
      draft.start.length = 0;
      this.stopNode(group, draft);
      // An orderly end: only a permanent group is started again.
      if (group.parent !== undefined) this.childEnded(group, false, nowNs, draft);
      return;
    }
    draft.restarts = before + 1;
    if (group.isSingle && before > 0) draft.delayNs = delayOf(before);
    const { children, strategy } = group;
    const index = children.indexOf(child);
    const affected =
      strategy === 'oneForOne' ? [child] : strategy === 'restForOne' ? children.slice(index) : [...children];
    for (const each of affected.toReversed()) {
      if (each === child && child.kind === 'service') continue;
      const temporary = each.policy === 'temporary';
      this.stopNode(each, draft);
      if (temporary) each.state = 'forgotten';
    }
    for (const each of affected) if (each.state !== 'forgotten') startNode(each, draft);
  }

  /** Stops what runs of it, last first. */
  private stopNode(node: Node, draft: Draft): void {
    if (node.kind === 'service') {
      if (node.state === 'running') {
        draft.stop.push(node.name);
        node.state = 'stopped';
      }
      return;
    }
    for (const child of node.children.toReversed()) this.stopNode(child, draft);
    if (node.state === 'running') node.state = 'stopped';
  }
}

/** Starts a child; a group with all its children, as at first. */
function startNode(node: Node, draft: Draft): void {
  node.state = 'running';
  if (node.kind === 'service') {
    draft.start.push(node.name);
    return;
  }
  node.intensity = new RestartIntensity(node.limit, node.periodNs);
  node.isStarting = true;
  for (const child of node.children) startNode(child, draft);
}

function hasRunning(group: GroupNode): boolean {
  return group.children.some((child) => (child.kind === 'group' ? hasRunning(child) : child.state === 'running'));
}

function single(service: Service): GroupNode {
  return {
    kind: 'group',
    name: service.name,
    policy: 'temporary',
    strategy: 'oneForOne',
    parent: undefined,
    isSingle: true,
    limit: service.restartLimit,
    periodNs: SINGLE_PERIOD_NS,
    children: [],
    intensity: new RestartIntensity(service.restartLimit, SINGLE_PERIOD_NS),
    state: 'running',
    isStarting: false,
  };
}

const emptyDraft = (): Draft => ({ stop: [], start: [], delayNs: 0n, gaveUp: [], restarts: 0, limit: 0 });

/** Twice as long each time. */
function delayOf(restartsBefore: number): bigint {
  const delay = FIRST_DELAY_NS << BigInt(Math.min(restartsBefore - 1, 10));
  return delay < LONGEST_DELAY_NS ? delay : LONGEST_DELAY_NS;
}
