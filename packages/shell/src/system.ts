// The default system: a store, files kept in it, and the shell, which holds those files as its home.
//
//   store ─ Store, Namespace ─▶ files ─ Directory ─▶ shell: /home
import { Directory, Namespace, Store } from '@capos/abi';
import { defineSystem, type System } from '@capos/image';

/** Its hosted programs `shell`, `store` and `files` are registered by whoever boots it. */
export const shellSystem: System = defineSystem({
  name: 'shell',
  main: 'shell',
  programs: {
    shell: { hosted: 'shell' },
    store: { hosted: 'store' },
    files: { hosted: 'files' },
  },
  services: {
    store: { program: 'store', exports: { store: Store, namespace: Namespace } },
    files: {
      program: 'files',
      imports: { store: 'store.store', namespace: 'store.namespace' },
      exports: { root: Directory },
    },
    shell: {
      program: 'shell',
      imports: {
        console: 'kernel.console',
        boot: 'kernel.boot',
        spawner: 'kernel.spawner',
        processes: 'kernel.processes',
        timer: 'kernel.timer',
        entropy: 'kernel.entropy',
        system: 'init.system',
        home: 'files.root',
        'personality.linux': 'kernel.personality.linux',
      },
    },
  },
});
