// Where suites are kept between runs: a folder outside the repository, a sub-folder a suite, built once.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export class JudgeCache {
  readonly folder: string;

  /** `CAPOS_JUDGES`, or `capos-judges` in the user's cache folder. */
  constructor(folder: string = process.env.CAPOS_JUDGES ?? join(homedir(), '.cache', 'capos-judges')) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** The folder `name`, made by `make` the first time. A run that broke off leaves nothing that would be taken for it. */
  async once(name: string, make: (folder: string) => void | Promise<void>): Promise<string> {
    const folder = join(this.folder, name);
    if (existsSync(folder)) return folder;
    const unfinished = `${folder}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    await make(unfinished);
    renameSync(unfinished, folder);
    return folder;
  }
}
