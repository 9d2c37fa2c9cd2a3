// Two services: one serves a tally and may crash, the other counts with it. The second system is the first with a new tally.
import { Notification } from '@capos/abi';
import { defineSystem, type System } from '@capos/image';

const systemWith = (tally: 'tally' | 'next-tally'): System =>
  defineSystem({
    name: 'supervision',
    programs: { tally: { hosted: tally }, count: { hosted: 'count' } },
    services: {
      tally: {
        program: 'tally',
        imports: { console: 'kernel.console' },
        exports: { tally: Notification },
        restart: 'transient',
        restartLimit: 2,
        upgrade: 'handOver',
      },
      count: {
        program: 'count',
        imports: { console: 'kernel.console', tally: { from: 'tally.tally', badge: 42n }, system: 'init.system' },
      },
    },
    main: 'count',
  });

export const system: System = systemWith('tally');
/** The same system with the next version of the tally. */
export const nextSystem: System = systemWith('next-tally');
