// Every command by name. A new command is one file and one line here.
import { apply } from './apply.ts';
import { caps } from './caps.ts';
import { cat } from './cat.ts';
import type { Command } from './command.ts';
import { echo } from './echo.ts';
import { exit } from './exit.ts';
import { createHelp } from './help.ts';
import { kill } from './kill.ts';
import { ls } from './ls.ts';
import { manifest } from './manifest.ts';
import { mkdir } from './mkdir.ts';
import { procs } from './procs.ts';
import { rm } from './rm.ts';
import { run } from './run.ts';
import { services } from './services.ts';
import { write } from './write.ts';

export const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>(
  Object.entries({
    caps,
    procs,
    services,
    manifest,
    apply,
    run,
    kill,
    ls,
    cat,
    write,
    mkdir,
    rm,
    echo,
    help: createHelp(() => COMMANDS),
    exit,
  }),
);
