// The system as data: one native program, run once, holding a console and nothing else.
import { defineSystem, type System } from '@capos/image';

export const system: System = defineSystem({
  name: 'hello',
  programs: { hello: { elf: 'hello.elf' } },
  services: { hello: { program: 'hello', imports: { console: 'kernel.console' } } },
  main: 'hello',
});
