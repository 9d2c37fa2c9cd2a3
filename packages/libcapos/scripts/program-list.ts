// Every guest program in the repository: where its source is and where its image goes.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packagePath } from '../src/host-node/flags.ts';

/** One program to build. */
export interface ProgramSource {
  readonly name: string;
  /** Absolute path of its C source. */
  readonly source: string;
  /** Folder of its image and its module. */
  readonly prebuilt: string;
  readonly modules: string;
  /** How a generated module imports `nativeProgram`. */
  readonly importPath: string;
  /** Programs whose name ends in -raw bring their own first instruction. */
  readonly flags: readonly string[];
}

function programsIn(folder: string, prebuilt: string, modules: string, importPath: string): ProgramSource[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.c'))
    .sort()
    .map((file) => {
      const name = file.slice(0, -2);
      const flags = [
        ...(name.endsWith('-raw') ? ['-nostartfiles'] : []),
        ...(name.endsWith('-pie') ? ['--static-pie'] : []),
      ];
      return { name, source: join(folder, file), prebuilt, modules, importPath, flags };
    });
}

/** The programs of this package. */
export function libraryPrograms(): ProgramSource[] {
  return programsIn(
    packagePath('programs'),
    packagePath('prebuilt'),
    packagePath('src/generated/programs'),
    '../../native-program.ts',
  );
}

/** The programs of the apps: apps/NAME/guest/*.c. */
export function appPrograms(): ProgramSource[] {
  const apps = packagePath('../../apps');
  if (!existsSync(apps)) return [];
  return readdirSync(apps)
    .sort()
    .filter((app) => existsSync(join(apps, app, 'guest')))
    .flatMap((app) =>
      programsIn(
        join(apps, app, 'guest'),
        join(apps, app, 'prebuilt'),
        join(apps, app, 'src/generated/programs'),
        '@capos/libcapos',
      ),
    );
}
