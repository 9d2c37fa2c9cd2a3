// manifest: the manifest of the running system, as a file that `apply` takes.
import { SystemControl } from '@capos/abi';
import { writeFile } from '../path.ts';
import { completePath } from '../path-completion.ts';
import { type Command, expectArguments } from './command.ts';

/** Room for the largest manifest that init hands out. */
const LARGEST = 0x2_1000;

export const manifest: Command = {
  usage: 'manifest PATH',
  summary: 'write the manifest of the running system to a file',
  async run(session, args) {
    expectArguments(manifest, args, 1, 1);
    const system = session.require('system', SystemControl);
    const { manifest: bytes } = await system.manifest({}, { resultCapacity: LARGEST });
    await writeFile(session, args[0]!, bytes.slice());
    return 0;
  },
  complete: completePath,
};
