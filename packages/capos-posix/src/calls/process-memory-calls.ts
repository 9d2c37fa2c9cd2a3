// Memory of other processes of the domain: read and written by address (process_vm_readv(2)), or advised of (process_madvise(2)).

import type { Call } from '../call.ts';
import type { CallRow } from '../call-row.ts';
import type { GuestMemory, Span } from '../guest-memory.ts';
import { ERRNO } from '../linux/errno.ts';
import { MADVISE, PAGE, pageCeil } from '../linux/memory-flags.ts';
import { mayReachInto } from '../process/access-mode.ts';
import { processFileAt } from './process-descriptor-calls.ts';

const { EFAULT, EINVAL, EPERM, ESRCH } = ERRNO;

/** Bytes one call moves at most. */
const MOST_AT_ONCE = 16 * 1024 * 1024;

/** The memory of the process named by the first argument, or the errno why not. */
function memoryOf(call: Call): GuestMemory | number {
  const target = call.process.domain.threadNumbered(call.integer(0))?.process;
  if (target === undefined) return -ESRCH;
  return mayReachInto(call.process, target) ? target.memory : -EPERM;
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

/** Advice that may be given to others: it changes nothing that they could notice. */
const FOR_OTHERS: readonly number[] = [MADVISE.WILLNEED, MADVISE.COLD, MADVISE.PAGEOUT, MADVISE.COLLAPSE];

function processMadvise(call: Call): number {
  if (call.unsigned(4) !== 0) return -EINVAL;
  const spans = call.memory.spans(call.word(1), call.integer(2));
  if (typeof spans === 'number') return spans;
  const file = processFileAt(call, 0);
  if (typeof file === 'number') return file;
  if (file.process.ended) return -ESRCH;
  if (!FOR_OTHERS.includes(call.integer(3))) return -EINVAL;
  if (!mayReachInto(call.process, file.process)) return -EPERM;
  let done = 0;
  for (const { address, length } of spans) {
    if (address % PAGE !== 0) return done === 0 ? -EINVAL : done;
    if (!file.process.space.map.covers(address, address + pageCeil(length))) return done === 0 ? -ERRNO.ENOMEM : done;
    done += length;
  }
  return done;
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
  process_madvise: {
    support: 'full',
    note: 'Processes of the domain. The advice that others may be given changes nothing here.',
    arguments: ['descriptor', 'address', 'integer', 'advice', 'hex'],
    handler: processMadvise,
  },
} as const satisfies Record<string, CallRow>;
