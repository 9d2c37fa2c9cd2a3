// A hosted program that is nothing but its environment: what it does, the test or bench does from outside.
import type { EmbedderSpawn, Kernel } from '@capos/kernel';
import { type Environment, openEnvironment } from '@capos/runtime';

/** Starts a hosted program with these capabilities. */
export function startHosted(kernel: Kernel, name: string, grants: EmbedderSpawn['grants'] & object): Environment {
  let environment: Environment | undefined;
  kernel.spawn({
    name,
    grants,
    program: (port) => {
      environment = openEnvironment(port);
    },
  });
  kernel.step();
  return environment!;
}
