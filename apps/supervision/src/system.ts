// Two services: one serves a tally and may crash, the other counts with it.
import { Notification } from '@capos/abi';
import { defineSystem } from '@capos/image';

export const system = defineSystem({
  name: 'supervision',
  programs: { tally: { hosted: 'tally' }, count: { hosted: 'count' } },
  services: {
    tally: { program: 'tally', exports: { tally: Notification }, restart: 'transient', restartLimit: 2 },
    count: { program: 'count', imports: { console: 'kernel.console', tally: { from: 'tally.tally', badge: 42n } } },
  },
  main: 'count',
});
