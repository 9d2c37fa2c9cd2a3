// fork, vfork and clone without CLONE_THREAD: another process of the domain.
//
// It takes a copy-on-write snapshot of the address space, which is the kernel's to grant. Where the process was not
// granted that, the answer is what Linux gives when it can't make a process: EAGAIN.

import type { Call } from '../call.ts';
import type { CloneRequest } from '../calls/thread-calls.ts';
import { ERRNO } from '../linux/errno.ts';
import type { MaybeBlocking } from '../waiting.ts';

export function forkProcess(call: Call, _request: CloneRequest): MaybeBlocking<number> {
  call.process.options.onRefused?.({
    call: 'fork',
    errno: 'EAGAIN',
    need: 'a kernel that grants snapshots of the address space',
  });
  return -ERRNO.EAGAIN;
}
