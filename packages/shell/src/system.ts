// The default system: the shell, the programs it can run, and nothing else.
import { defineSystem, type System } from '@capos/image';

/** ELF programs of the default system; each is a blob of that name. */
export const SHELL_PROGRAMS = ['hello', 'given', 'threads', 'spinner', 'fault', 'floating-point'] as const;

/** Hosted programs that the embedder registers under their names: `shell` is this package's `shellProgram`. */
export const shellSystem: System = defineSystem({
  name: 'shell',
  main: 'shell',
  programs: {
    shell: { hosted: 'shell' },
  },
  services: {
    shell: {
      program: 'shell',
      imports: {
        console: 'kernel.console',
        boot: 'kernel.boot',
        spawner: 'kernel.spawner',
        processes: 'kernel.processes',
        timer: 'kernel.timer',
        entropy: 'kernel.entropy',
        'personality.linux': 'kernel.personality.linux',
      },
    },
  },
});
