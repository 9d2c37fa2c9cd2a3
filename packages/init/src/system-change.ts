// A changed manifest, applied to the running system as the difference between the two graphs.
//
//   validate all of it ─▶ difference ─▶ make endpoints and facets ─▶ stop what goes or changes, importers first ─▶ rewire
//      │ problems: nothing done           │ refused: nothing done        ─▶ the new manifest is in force ─▶ upgrade, start
//
// What both graphs have and have alike is not touched: it is not even told.

import type { SystemControlChange } from '@capos/abi';
import { ImageError, manifestDifference, type ValidManifest } from '@capos/image';
import type { Environment } from '@capos/runtime';
import { checkManifest } from './boot-manifest.ts';
import { upgradeLive } from './live-upgrade.ts';
import { SupervisionTree } from './supervision-tree.ts';
import type { Supervisor } from './supervisor.ts';

const nothingDone = (problems: readonly string[]): SystemControlChange => ({
  problems,
  removed: [],
  added: [],
  restarted: [],
  upgraded: [],
  rewired: [],
  failed: [],
});

/** Makes the supervisor's system what `bytes` says. To be run while nothing else changes it. */
export async function applyManifest(
  environment: Environment,
  supervisor: Supervisor,
  bytes: Uint8Array,
): Promise<SystemControlChange> {
  let next: ValidManifest;
  try {
    next = await checkManifest(environment, bytes);
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    return nothingDone(error.problems);
  }
  const { system, wiring, launcher } = supervisor;
  const difference = manifestDifference(system, next);
  // A service that does not run has nothing to hand over: it is simply started as the new one.
  const upgraded = difference.upgraded.filter((name) => supervisor.running.has(name));
  const restarted = [...difference.restarted, ...difference.upgraded.filter((name) => !upgraded.includes(name))];
  const rewired = difference.rewired.filter(({ service }) => supervisor.isPresent(service));
  let prepared: Awaited<ReturnType<typeof wiring.prepare>>;
  try {
    prepared = await wiring.prepare(next, rewired);
  } catch (error) {
    return nothingDone([`its capabilities could not be made: ${(error as Error).message}`]);
  }

  const leaving = new Set([...difference.removed, ...restarted]);
  for (const { name } of system.startOrder.toReversed()) if (leaving.has(name)) await supervisor.halt(name);
  wiring.adoptExports(prepared);
  await wiring.rewire(rewired, prepared);
  for (const name of difference.removed) await wiring.retire(system.services.get(name)!);

  const tree = new SupervisionTree(next.manifest.groups, next.startOrder);
  tree.inherit(supervisor.tree);
  supervisor.replace(next, bytes, tree);

  const failed: string[] = [];
  const done: string[] = [];
  for (const service of next.startOrder) {
    const { name } = service;
    const before = system.services.get(name);
    if (upgraded.includes(name)) {
      const old = supervisor.running.get(name);
      try {
        if (old === undefined) throw new Error('the running version ended meanwhile');
        const successor = await upgradeLive(environment, launcher, {
          old,
          next: service,
          program: supervisor.programOf(service, next),
          grants: wiring.grantsOf(service, prepared),
          exports: service.exports.map((own) => wiring.exportOf(service, own.name)),
          superseded: () => supervisor.forget(old),
        });
        wiring.adoptFacets(service, prepared);
        await wiring.retireUnused(before!, service);
        supervisor.took(successor);
        done.push(name);
      } catch (error) {
        wiring.discardFacets(service, prepared);
        supervisor.keep(name, system);
        failed.push(`${name} runs on as it was: ${(error as Error).message}`);
      }
    } else if (leaving.has(name) || before === undefined) {
      wiring.adoptFacets(service, prepared);
      if (before !== undefined) await wiring.retireUnused(before, service);
      const problem = await supervisor.begin(service);
      if (problem !== undefined) failed.push(`${name} could not be started: ${problem}`);
    }
  }
  await supervisor.settle();
  for (const service of next.startOrder) {
    // Nobody serves there, and nobody will unless asked: its clients are told rather than kept waiting.
    if (supervisor.isPresent(service.name)) continue;
    wiring.adoptFacets(service, prepared);
    await wiring.retire(service);
  }
  return {
    problems: [],
    removed: difference.removed,
    added: difference.added,
    restarted,
    upgraded: done,
    rewired: [...new Set(rewired.map(({ service }) => service))],
    failed,
  };
}
