// Init: the one program the kernel starts. It holds everything, and its work is to give it away as the manifest says.
//
//   BootPackage ─▶ manifest ─▶ validate ─▶ endpoints and badges ─▶ services, in order ─▶ watch until all is over

import type { HostedProgram } from '@capos/abi';
import { ImageError } from '@capos/image';
import { type Environment, openEnvironment } from '@capos/runtime';
import { readBootManifest } from './boot-manifest.ts';
import { Launcher } from './incarnation.ts';
import { Report } from './report.ts';
import { Supervisor } from './supervisor.ts';
import { serveSystemControl } from './system-control.ts';
import { Wiring } from './wiring.ts';

/** Exit code of init when the manifest describes no system that can run. */
export const BAD_MANIFEST = 64;
/** Exit code of init when it lacks what it needs, or the kernel refuses it. */
export const CANNOT_RUN = 70;

async function run(environment: Environment, report: Report): Promise<number> {
  try {
    const { system, bytes } = await readBootManifest(environment);
    const wiring = new Wiring(environment, (endpoint) => serveSystemControl(environment, endpoint, () => supervisor));
    const launcher = new Launcher(environment, wiring);
    const supervisor = new Supervisor(environment, system, bytes, wiring, launcher, report);
    const prepared = await wiring.prepare(system);
    wiring.adoptExports(prepared);
    for (const service of system.startOrder) wiring.adoptFacets(service, prepared);
    return await supervisor.run();
  } catch (error) {
    if (error instanceof ImageError) {
      for (const problem of error.problems) report.say(problem);
      return BAD_MANIFEST;
    }
    report.say(`the system can't be started: ${(error as Error).message}`);
    return CANNOT_RUN;
  }
}

/**
 * The first program of a capOS system. Needs `boot` and `spawner` in its CapSet, `endpoints` when a service exports anything;
 * uses `console` for reports and `timer` to count and space restarts. Ends with the exit code of the manifest's main service,
 * else with 0, or 1 when a service failed for good, once all have ended.
 */
export const initProgram: HostedProgram = (port) => {
  const environment = openEnvironment(port);
  const report = new Report(environment);
  void run(environment, report).then(async (code) => {
    await report.flush();
    environment.exit(code);
  });
};
