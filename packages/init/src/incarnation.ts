// Incarnation: one process of a service, from its start to its end.

import { type ExitStatus, ProcessHandle, ProcessSpawner, type Service, Upgradable } from '@capos/abi';
import { UPGRADE_CAP_NAME } from '@capos/image';
import { adopt, type Cap, type Client, type Environment } from '@capos/runtime';
import type { WiredExport, WiredGrant, Wiring } from './wiring.ts';

/** Ends processes from outside; no program can take it for anything else. */
const SIGKILL = 9;

export class Incarnation {
  readonly service: Service;
  readonly processId: bigint;
  /** How it ended. Never rejects. */
  readonly ended: Promise<ExitStatus>;
  /** Where it is handed over, if it can be. */
  readonly upgrade: Client<typeof Upgradable> | undefined;
  private readonly handle: Client<typeof ProcessHandle>;

  constructor(
    service: Service,
    processId: bigint,
    handle: Client<typeof ProcessHandle>,
    ended: Promise<ExitStatus>,
    upgrade: Client<typeof Upgradable> | undefined,
  ) {
    this.service = service;
    this.processId = processId;
    this.handle = handle;
    this.ended = ended;
    this.upgrade = upgrade;
  }

  /** Ends it. Without effect on one that has ended. */
  async kill(): Promise<void> {
    await this.handle.kill({ signal: SIGKILL }).catch(() => {});
  }
}

/** Starts services. */
export class Launcher {
  private readonly environment: Environment;
  private readonly wiring: Wiring;
  private readonly spawner: Client<typeof ProcessSpawner>;

  constructor(environment: Environment, wiring: Wiring) {
    this.environment = environment;
    this.wiring = wiring;
    this.spawner = environment.capSet.get('spawner', ProcessSpawner);
  }

  /** `program`: as the spawner knows it. @throws CapError or TransportError when it can't be started */
  async launch(service: Service, program: string, grants: readonly WiredGrant[]): Promise<Incarnation> {
    const { environment } = this;
    const handOver = service.upgrade === 'handOver' ? await this.wiring.makeEndpoint() : undefined;
    const all = handOver === undefined ? grants : [...grants, { name: UPGRADE_CAP_NAME, cap: handOver.owner }];
    const parts: Cap[] = handOver === undefined ? [] : [handOver.owner];
    try {
      const upgrade = handOver === undefined ? undefined : await mintUpgrade(handOver);
      if (upgrade !== undefined) parts.push(upgrade);
      const answer = await this.spawner.spawn(
        {
          name: service.name,
          image: new Uint8Array(0),
          program,
          arguments: service.arguments.length > 0 ? service.arguments : [service.name],
          environment: service.environment,
          grants: all.map(({ name }, cap) => ({ name, cap, transferMode: 'copy' })),
          limits: service.limits,
        },
        { transfers: all.map(({ cap }) => cap) },
      );
      // The process alone owns it: when it ends, whoever waits for its state is told.
      handOver?.owner.release();
      const handle = adopt(answer, answer.process, ProcessHandle);
      const client = environment.client(handle, ProcessHandle);
      const ended = client.wait().then(
        ({ status }) => status,
        // The handle is init's own; that it fails means that init is ending itself.
        (): ExitStatus => ({ which: 'killed', killed: SIGKILL }),
      );
      void ended.then(() => {
        handle.release();
        upgrade?.release();
      });
      return new Incarnation(
        service,
        answer.processId,
        client,
        ended,
        upgrade && environment.client(upgrade, Upgradable),
      );
    } catch (error) {
      for (const part of parts) part.release();
      throw error;
    }
  }
}

async function mintUpgrade({ client }: WiredExport): Promise<Cap> {
  const minted = await client.mint({ badge: 1n, interfaceId: Upgradable.id });
  return adopt(minted, minted.client, Upgradable);
}
