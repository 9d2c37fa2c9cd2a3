// Live upgrade: a running service is replaced by its next version, and no client sees more than a pause.
//
//   quiesce its endpoints     calls in flight finish, new ones wait          fails: resume, nothing has happened
//   save      (old version)   its state                                      fails: resume, the old one goes on
//   start the new version     it holds the same endpoints                    fails: resume, the old one goes on
//   restore   (new version)   it takes over                                  fails: end it, resume, the old one goes on
//   end the old version, resume                                              waiting calls reach the new one, in order

import { type Service, Timer } from '@capos/abi';
import { adopt, type Cap, type Environment } from '@capos/runtime';
import type { Incarnation, Launcher } from './incarnation.ts';
import type { WiredExport, WiredGrant } from './wiring.ts';

/** What each version may take for its part. */
const PATIENCE_NS = 5_000_000_000;
/** Of state that lies in the message itself. */
const MAX_STATE_BYTES = 262_144;

/** What an upgrade needs to know. */
export interface Upgrade {
  readonly old: Incarnation;
  readonly next: Service;
  readonly program: string;
  readonly grants: readonly WiredGrant[];
  /** The endpoints of its exports. */
  readonly exports: readonly WiredExport[];
  /** The old version is about to be ended: its end is no crash. */
  readonly superseded: () => void;
}

/** The new version, serving. @throws when it did not come up; the old version serves then, as if nothing had happened */
export async function upgradeLive(
  environment: Environment,
  launcher: Launcher,
  upgrade: Upgrade,
): Promise<Incarnation> {
  const { old, next, program, grants, exports } = upgrade;
  const deadline = await deadlines(environment);
  const caps: Cap[] = [];
  let successor: Incarnation | undefined;
  try {
    if (old.upgrade === undefined) throw new Error('the running version can not hand over');
    await Promise.all(
      exports.map(async ({ client }) =>
        client.quiesce({}, await deadline()).catch((error: Error) => {
          throw new Error(`its calls did not finish: ${error.message}`);
        }),
      ),
    );
    const saved = await old.upgrade.save({}, { ...(await deadline()), resultCapacity: MAX_STATE_BYTES });
    for (const { capability } of saved.state.capabilities) caps.push(adopt(saved, capability));
    successor = await launcher.launch(next, program, grants);
    const dead = successor.ended.then(() => {
      throw new Error('the new version ended before it had taken over');
    });
    dead.catch(() => {});
    const state = {
      version: saved.state.version,
      data: saved.state.data,
      capabilities: saved.state.capabilities.map(({ name }, capability) => ({ name, capability })),
    };
    await Promise.race([successor.upgrade!.restore({ state }, { ...(await deadline()), transfers: caps }), dead]);
    upgrade.superseded();
    await old.kill();
    await old.ended;
    return successor;
  } catch (error) {
    await successor?.kill();
    await successor?.ended;
    throw error;
  } finally {
    for (const { client } of exports) await client.resume({}).catch(() => {}); // ended meanwhile: nobody waits there
    for (const cap of caps) cap.release();
  }
}

async function deadlines(environment: Environment): Promise<() => Promise<{ deadlineNs?: number }>> {
  const { capSet } = environment;
  // Without a timer there is no time: then a version that hangs is waited for.
  if (capSet.interfaceId('timer') !== Timer.id) return async () => ({});
  const timer = capSet.get('timer', Timer);
  return async () => ({ deadlineNs: Number((await timer.now()).monotonicNs) + PATIENCE_NS });
}
