// Carries out what the supervision tree decides: starts the services of a system in order, watches them, stops and starts what
// an ending asks for, and knows when all is over.
//
//   starting ─▶ running ─▶ ended ─┬─ the tree has a plan ─▶ (delay) ─▶ starting
//       └─ can't be started ──────┴─ will not return ─▶ over: exports revoked, imports given up
//
// Endings, changes of the manifest and delayed starts come one after the other: each sees a system at rest.

import { type ExitStatus, type Service, type ServiceState, Timer } from '@capos/abi';
import type { ValidManifest } from '@capos/image';
import type { Client, Environment } from '@capos/runtime';
import { endingInWords, exitCodeOf, isFailure } from './ending.ts';
import type { Incarnation, Launcher } from './incarnation.ts';
import type { Report } from './report.ts';
import { type Plan, SupervisionTree } from './supervision-tree.ts';
import type { Wiring } from './wiring.ts';

/** Exit code for a service that could not be started at all; shells use it for a command they can't execute. */
const CANNOT_START = 126;

interface Account {
  starts: number;
  exitCode: number;
  failed: boolean;
  lastEnding: string;
}

export class Supervisor {
  readonly wiring: Wiring;
  readonly launcher: Launcher;
  /** What runs, by the name of its service. */
  readonly running: Map<string, Incarnation> = new Map();
  private readonly report: Report;
  private readonly timer: Client<typeof Timer> | undefined;
  private current: ValidManifest;
  private bytes: Uint8Array;
  private decisions: SupervisionTree;
  /** Services that are not over. */
  private readonly present = new Set<string>();
  private readonly accounts = new Map<string, Account>();
  private work: Promise<void> = Promise.resolve();
  private failures = 0;
  private stopping = false;
  private finish: (code: number) => void = () => {};

  constructor(
    environment: Environment,
    system: ValidManifest,
    bytes: Uint8Array,
    wiring: Wiring,
    launcher: Launcher,
    report: Report,
  ) {
    const { capSet } = environment;
    this.current = system;
    this.bytes = bytes;
    this.wiring = wiring;
    this.launcher = launcher;
    this.report = report;
    this.decisions = new SupervisionTree(system.manifest.groups, system.startOrder);
    this.timer = capSet.interfaceId('timer') === Timer.id ? capSet.get('timer', Timer) : undefined;
  }

  get system(): ValidManifest {
    return this.current;
  }

  get manifestBytes(): Uint8Array {
    return this.bytes;
  }

  get tree(): SupervisionTree {
    return this.decisions;
  }

  /** Runs the system to its end. @returns the exit code for init: the main service's, or whether any service failed */
  async run(): Promise<number> {
    const ended = new Promise<number>((resolve) => {
      this.finish = resolve;
    });
    const { startOrder } = this.system;
    if (startOrder.length === 0) return 0;
    for (const { name } of startOrder) this.present.add(name);
    this.enqueue(async () => {
      for (const service of startOrder) {
        // The group around it may have ended already.
        if (this.stopping || !this.present.has(service.name) || !this.tree.mayReturn(service.name)) continue;
        if ((await this.begin(service)) !== undefined) await this.perform(this.tree.firstStartFailed(service.name));
      }
      await this.settle();
    });
    return ended;
  }

  /** Does something when everything that came before has been done. */
  enqueue<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = this.work.then(task);
    this.work = result.then(
      () => {},
      (error: Error) => this.report.say(`a task of init failed: ${error.message}`),
    );
    return result;
  }

  /** Every service, for looking. */
  states(): ServiceState[] {
    return this.system.manifest.services.map(({ name }) => {
      const account = this.accounts.get(name);
      return {
        name,
        running: this.running.has(name),
        processId: this.running.get(name)?.processId ?? 0n,
        starts: account?.starts ?? 0,
        lastEnding: account?.lastEnding ?? '',
      };
    });
  }

  isPresent(service: string): boolean {
    return this.present.has(service);
  }

  programOf(service: Service, system: ValidManifest = this.system): string {
    const program = system.programs.get(service.program)!;
    return program.which === 'elf' ? program.elf : program.hosted;
  }

  // ---- what a change of the manifest does (system-change.ts); never outside of a task --------------------------------------

  /** Another system is in force. */
  replace(system: ValidManifest, bytes: Uint8Array, tree: SupervisionTree): void {
    this.current = system;
    this.bytes = bytes;
    this.decisions = tree;
    for (const name of this.present) if (!system.services.has(name)) this.present.delete(name);
    for (const name of this.accounts.keys()) if (!system.services.has(name)) this.accounts.delete(name);
  }

  /** The service stays as it was in `before`: its upgrade came to nothing. */
  keep(name: string, before: ValidManifest): void {
    const old = before.services.get(name)!;
    // Under a name of its own, so that a program that the new manifest changed can stay as well.
    const program = { ...before.programs.get(old.program)!, name: `${old.program}.before-upgrade-of-${name}` };
    const kept = { ...old, program: program.name };
    const { manifest } = this.system;
    const swap = (services: readonly Service[]): Service[] =>
      services.map((service) => (service.name === name ? kept : service));
    this.current = {
      manifest: {
        ...manifest,
        programs: [...manifest.programs, program],
        services: swap(manifest.services),
      },
      programs: new Map([...this.system.programs, [program.name, program]]),
      services: new Map([...this.system.services, [name, kept]]),
      startOrder: swap(this.system.startOrder),
    };
  }

  /** Starts a service for the first time. Answers what was wrong if it could not be. */
  async begin(service: Service): Promise<string | undefined> {
    this.present.add(service.name);
    this.tree.mark(service.name, 'running');
    const problem = await this.start(service);
    if (problem !== undefined) this.tree.mark(service.name, 'forgotten');
    return problem;
  }

  /** Stops a service because somebody wants it to; that is no ending to decide about. */
  async halt(name: string): Promise<void> {
    const incarnation = this.running.get(name);
    this.tree.mark(name, 'stopped');
    if (incarnation === undefined) return;
    this.running.delete(name);
    await incarnation.kill();
    const status = await incarnation.ended;
    this.noteEnding(name, status);
  }

  /** What happens to this process from now on is nobody's concern. */
  forget({ service }: Incarnation): void {
    this.running.delete(service.name);
  }

  /** A process has taken a service's place. */
  took(incarnation: Incarnation): void {
    const { name } = incarnation.service;
    this.running.set(name, incarnation);
    this.present.add(name);
    this.accountOf(name).starts++;
    this.tree.mark(name, 'running');
    void incarnation.ended.then((status) => this.enqueue(() => this.ended(incarnation, status)));
  }

  // ---- endings ------------------------------------------------------------------------------------------------------------

  private async ended(incarnation: Incarnation, status: ExitStatus): Promise<void> {
    const { service } = incarnation;
    const { name } = service;
    if (this.running.get(name) !== incarnation) return; // it was stopped, or replaced
    this.running.delete(name);
    this.noteEnding(name, status);
    if (this.stopping) return;
    const plan = this.tree.ended(name, isFailure(status), await this.now());
    this.explain(service, status, plan);
    if (plan.gaveUp.length > 0) this.accountOf(name).failed = true;
    await this.perform(plan);
  }

  private async perform(plan: Plan): Promise<void> {
    for (const name of plan.stop) await this.halt(name);
    for (const name of plan.start) this.tree.mark(name, 'running');
    if (plan.delayNs > 0n && this.timer !== undefined) {
      const { system } = this;
      const untilNs = (await this.now()) + plan.delayNs;
      void this.timer.sleepUntil({ monotonicNs: untilNs }).then(() =>
        // Meanwhile another manifest may have decided about these services.
        this.enqueue(async () => {
          if (this.system !== system) {
            await this.startAll(plan.start.filter((name) => this.present.has(name) && !this.running.has(name)));
          } else await this.startAll(plan.start);
        }),
      );
    } else await this.startAll(plan.start);
    await this.settle();
  }

  private async startAll(names: readonly string[]): Promise<void> {
    for (const [index, name] of names.entries()) {
      if (this.stopping) return;
      const service = this.system.services.get(name);
      if (service === undefined || this.running.has(name)) continue;
      if ((await this.start(service)) === undefined) continue;
      await this.perform(this.tree.startFailed(name, names.slice(index + 1), await this.now()));
      return;
    }
    this.tree.started();
    await this.settle();
  }

  private async start(service: Service): Promise<string | undefined> {
    const { name } = service;
    try {
      const incarnation = await this.launcher.launch(service, this.programOf(service), this.wiring.grantsOf(service));
      this.took(incarnation);
      if (this.stopping) await incarnation.kill();
      return undefined;
    } catch (error) {
      const { message } = error as Error;
      this.report.say(`service ${name} could not be started: ${message}`);
      const account = this.accountOf(name);
      account.exitCode = CANNOT_START;
      account.failed = true;
      account.lastEnding = 'could not be started';
      return message;
    }
  }

  private explain({ name }: Service, status: ExitStatus, plan: Plan): void {
    const ending = `service ${name} ${endingInWords(status)}`;
    const [gaveUp] = plan.gaveUp;
    if (gaveUp === name) {
      this.report.say(`${ending}; after ${plan.restarts} restarts within a minute it is not started again`);
    } else if (gaveUp !== undefined) {
      const consequence =
        plan.start.length > 0 ? `; starting ${plan.start.join(', ')} anew` : '; what is left of it is stopped';
      this.report.say(`${ending}, which is more than group ${plan.gaveUp.join(', ')} allows${consequence}`);
    } else if (plan.start.length > 0) {
      const others = plan.start.filter((each) => each !== name);
      const together = others.length > 0 ? ` with ${others.join(', ')}` : '';
      this.report.say(`${ending}; starting it again${together} (${plan.restarts} of ${plan.limit})`);
    } else if ((isFailure(status) && name !== this.system.manifest.main) || status.which === 'faulted') {
      this.report.say(ending);
    }
  }

  private noteEnding(name: string, status: ExitStatus): void {
    const account = this.accountOf(name);
    account.exitCode = exitCodeOf(status);
    account.failed = isFailure(status);
    account.lastEnding = endingInWords(status);
  }

  private accountOf(name: string): Account {
    let account = this.accounts.get(name);
    if (account === undefined) {
      account = { starts: 0, exitCode: 0, failed: false, lastEnding: '' };
      this.accounts.set(name, account);
    }
    return account;
  }

  // ---- the end --------------------------------------------------------------------------------------------------------------

  /** Gives up what will not run again, and ends the system when nothing is left of it or its main service is over. */
  async settle(): Promise<void> {
    if (this.stopping) return;
    for (const name of [...this.present]) {
      if (this.running.has(name) || this.tree.mayReturn(name)) continue;
      this.present.delete(name);
      const { exitCode, failed } = this.accountOf(name);
      if (failed) this.failures++;
      await this.wiring.retire(this.system.services.get(name)!);
      if (name === this.system.manifest.main) {
        await this.stop();
        this.finish(exitCode);
        return;
      }
    }
    if (this.present.size === 0) this.finish(this.failures > 0 ? 1 : 0);
  }

  /** Ends what still runs, importers before what they import from. */
  private async stop(): Promise<void> {
    this.stopping = true;
    for (const { name } of this.system.startOrder.toReversed()) await this.running.get(name)?.kill();
  }

  private async now(): Promise<bigint> {
    if (this.timer === undefined) return 0n; // every restart then counts as within the period
    return (await this.timer.now()).monotonicNs;
  }
}
