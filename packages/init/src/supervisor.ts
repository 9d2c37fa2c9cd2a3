// Starts the services of a system in order, watches them, starts again what its policy says, and knows when all is over.
//
//   starting ─▶ running ─▶ ended ─┬─ policy and limit allow ─▶ waiting ─▶ starting
//       └─ can't be started ──────┴─ otherwise ─▶ over: exports revoked, imports given up

import { type ExitStatus, ProcessHandle, ProcessSpawner, type Service, Timer } from '@capos/abi';
import type { ValidManifest } from '@capos/image';
import { adopt, type Cap, type Client, type Environment } from '@capos/runtime';
import { endingInWords, exitCodeOf, isFailure } from './ending.ts';
import type { Report } from './report.ts';
import { RestartHistory } from './restart-policy.ts';
import type { Wiring } from './wiring.ts';

/** Ends processes from outside; no program can take it for anything else. */
const SIGKILL = 9;
/** Exit code for a service that could not be started at all; shells use it for a command they can't execute. */
const CANNOT_START = 126;

interface Supervised {
  readonly service: Service;
  readonly history: RestartHistory;
  /** While it runs. */
  handle: Client<typeof ProcessHandle> | undefined;
}

export class Supervisor {
  private readonly environment: Environment;
  private readonly system: ValidManifest;
  private readonly wiring: Wiring;
  private readonly report: Report;
  private readonly spawner: Client<typeof ProcessSpawner>;
  private readonly timer: Client<typeof Timer> | undefined;
  private readonly alive = new Map<string, Supervised>();
  private failures = 0;
  private stopping = false;
  private finish: (code: number) => void = () => {};

  constructor(environment: Environment, system: ValidManifest, wiring: Wiring, report: Report) {
    const { capSet } = environment;
    this.environment = environment;
    this.system = system;
    this.wiring = wiring;
    this.report = report;
    this.spawner = capSet.get('spawner', ProcessSpawner);
    this.timer = capSet.interfaceId('timer') === Timer.id ? capSet.get('timer', Timer) : undefined;
  }

  /** Runs the system to its end. @returns the exit code for init: the main service's, or whether any service failed */
  async run(): Promise<number> {
    const ended = new Promise<number>((resolve) => {
      this.finish = resolve;
    });
    for (const service of this.system.startOrder) {
      this.alive.set(service.name, {
        service,
        history: new RestartHistory(service.restart, service.restartLimit),
        handle: undefined,
      });
    }
    if (this.alive.size === 0) return 0;
    for (const supervised of [...this.alive.values()]) {
      if (this.stopping) break;
      await this.start(supervised);
    }
    return ended;
  }

  private async start(supervised: Supervised): Promise<void> {
    const { service } = supervised;
    let handle: Cap;
    try {
      const grants = this.wiring.grantsOf(service);
      const answer = await this.spawner.spawn(
        {
          name: service.name,
          image: new Uint8Array(0),
          program: this.programOf(service),
          arguments: service.arguments.length > 0 ? service.arguments : [service.name],
          environment: service.environment,
          grants: grants.map(({ name }, cap) => ({ name, cap })),
          limits: service.limits,
        },
        { transfers: grants.map(({ cap }) => cap) },
      );
      handle = adopt(answer, answer.process, ProcessHandle);
    } catch (error) {
      this.report.say(`service ${service.name} could not be started: ${(error as Error).message}`);
      await this.over(supervised, CANNOT_START, true);
      return;
    }
    supervised.handle = this.environment.client(handle, ProcessHandle);
    if (this.stopping) void supervised.handle.kill({ signal: SIGKILL }).catch(() => {});
    void this.watch(supervised, supervised.handle, handle);
  }

  private programOf(service: Service): string {
    const program = this.system.programs.get(service.program)!;
    return program.which === 'elf' ? program.elf : program.hosted;
  }

  private async watch(supervised: Supervised, client: Client<typeof ProcessHandle>, handle: Cap): Promise<void> {
    let status: ExitStatus;
    try {
      ({ status } = await client.wait());
    } catch (error) {
      // The handle is init's own; that it fails means the kernel could not answer.
      this.report.say(`service ${supervised.service.name} can't be watched: ${(error as Error).message}`);
      status = { which: 'killed', killed: SIGKILL };
    }
    handle.release();
    supervised.handle = undefined;
    await this.ended(supervised, status);
  }

  private async ended(supervised: Supervised, status: ExitStatus): Promise<void> {
    const { service, history } = supervised;
    if (this.stopping) {
      await this.over(supervised, exitCodeOf(status), false);
      return;
    }
    const nowNs = await this.now();
    const decision = history.decide(status, nowNs);
    const ending = `service ${service.name} ${endingInWords(status)}`;
    if (decision.action === 'restart') {
      this.report.say(`${ending}; starting it again (${decision.count} of ${service.restartLimit})`);
      await this.sleep(nowNs + decision.delayNs, decision.delayNs);
      if (this.stopping) await this.over(supervised, exitCodeOf(status), false);
      else await this.start(supervised);
      return;
    }
    if (decision.action === 'giveUp') {
      this.report.say(`${ending}; after ${decision.restarts} restarts within a minute it is not started again`);
    } else if (isFailure(status) && service.name !== this.system.manifest.main) {
      this.report.say(ending);
    } else if (status.which === 'faulted') {
      this.report.say(ending);
    }
    await this.over(supervised, exitCodeOf(status), isFailure(status));
  }

  /** A service will not run again. */
  private async over({ service }: Supervised, exitCode: number, failed: boolean): Promise<void> {
    if (failed) this.failures++;
    this.alive.delete(service.name);
    await this.wiring.retire(service);
    const { main } = this.system.manifest;
    if (service.name === main && !this.stopping) {
      await this.stop();
      this.finish(exitCode);
    } else if (this.alive.size === 0 && !this.stopping) this.finish(this.failures > 0 ? 1 : 0);
  }

  /** Ends what still runs, importers before what they import from. */
  private async stop(): Promise<void> {
    this.stopping = true;
    for (const service of this.system.startOrder.toReversed()) {
      await this.alive
        .get(service.name)
        ?.handle?.kill({ signal: SIGKILL })
        .catch(() => {});
    }
  }

  private async now(): Promise<bigint> {
    if (this.timer === undefined) return 0n; // every restart then counts as within the minute
    return (await this.timer.now()).monotonicNs;
  }

  private async sleep(untilNs: bigint, delayNs: bigint): Promise<void> {
    if (delayNs > 0n) await this.timer?.sleepUntil({ monotonicNs: untilNs });
  }
}
