// The system as data: pong serves a table, ping holds it under badge 7, and has a timer to give away.
import { defineSystem, type System } from '@capos/image';
import { Table } from './generated/schema/index.ts';

export const system: System = defineSystem({
  name: 'pingpong',
  programs: { ping: { elf: 'ping.elf' }, pong: { elf: 'pong.elf' } },
  services: {
    pong: { program: 'pong', imports: { console: 'kernel.console' }, exports: { table: Table } },
    ping: {
      program: 'ping',
      imports: { console: 'kernel.console', timer: 'kernel.timer', table: { from: 'pong.table', badge: 7n } },
    },
  },
});
