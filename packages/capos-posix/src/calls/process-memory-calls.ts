// Memory of other processes of the domain, read and written by address (process_vm_readv(2)).
//
// Who may: the same user, or uid 0 as the program believes (ptrace(2), access mode checks). A domain reaches only its own tree.

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import type { GuestMemory, Span } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';

const { EFAULT, EINVAL, EPERM, ESRCH } = ERRNO;

/** Bytes one call moves at most. */
const MOST_AT_ONCE = 16 * 1024 * 1024;

/** The memory of the process named by the first argument, or the errno why not. */
function memoryOf(call: Call): GuestMemory | number {
  const target = call.process.domain.threadNumbered(call.integer(0))?.process;
  if (target === undefined) return -ESRCH;
  const { identity } = call.process;
  const owner = target.identity;
  const same = [owner.uid, owner.euid, owner.suid].every((uid) => uid === identity.uid);
  return target === call.process || identity.euid === 0 || same ? target.memory : -EPERM;
}

/** Copies from the spans of one memory to those of another, as far as both are there. */
function copySpans(from: GuestMemory, sources: readonly Span[], to: GuestMemory, targets: readonly Span[]): number {
  let done = 0;
  let index = 0;
  let into = 0;
  for (const source of sources) {
    for (let at = 0; at < source.length && done < MOST_AT_ONCE; ) {
      while (index < targets.length && into === targets[index]!.length) {
        index++;
        into = 0;
      }
      const target = targets[index];
      if (target === undefined) return done;
      const bytes = from.readSome(source.address + at, Math.min(source.length - at, target.length - into, 65_536));
      const wrote = bytes.length === 0 ? 0 : to.writeSome(target.address + into, bytes);
      if (wrote === 0) return done === 0 ? -EFAULT : done;
      done += wrote;
      at += wrote;
      into += wrote;
    }
  }
  return done;
}

function transferWith(reading: boolean) {
  return (call: Call): number => {
    if (call.word(5) !== 0) return -EINVAL;
    const local = call.memory.spans(call.word(1), call.integer(2));
    if (typeof local === 'number') return local;
    const remote = call.memory.spans(call.word(3), call.integer(4));
    if (typeof remote === 'number') return remote;
    const memory = memoryOf(call);
    if (typeof memory === 'number') return memory;
    return reading ? copySpans(memory, remote, call.memory, local) : copySpans(call.memory, local, memory, remote);
  };
}

const NOTE = 'Processes of the domain; 16 MiB a call.';

export const processMemoryCalls = {
  process_vm_readv: {
    support: 'full',
    note: NOTE,
    arguments: ['integer', 'address', 'integer', 'address', 'integer', 'hex'],
    handler: transferWith(true),
  },
  process_vm_writev: {
    support: 'full',
    note: NOTE,
    arguments: ['integer', 'address', 'integer', 'address', 'integer', 'hex'],
    handler: transferWith(false),
  },
} as const satisfies Record<string, CallRow>;
