// exit(code): ends the process.

import { FRAME_WORD } from '../arch/trap-frame.ts';
import type { Thread } from '../processes/thread.ts';

export function exit(thread: Thread, registers32: Uint32Array): undefined {
  thread.process.end({ which: 'exited', exited: registers32[FRAME_WORD.RDI]! & 0xff });
}
