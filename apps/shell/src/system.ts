// The shell's system as an image: what @capos/shell says, with the programs it can run.
import { hello } from '@capos/libcapos/programs/hello';
import { threads } from '@capos/libcapos/programs/threads';
import { shellSystem } from '@capos/shell/system';

export const system = {
  manifest: shellSystem.manifest,
  blobs: new Map([hello, threads].map(({ name, bytes }) => [name, bytes])),
};
