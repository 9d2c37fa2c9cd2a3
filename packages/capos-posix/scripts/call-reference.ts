// The reference page of the POSIX calls, from the call table.

import type { CallRow, SupportLevel } from '../src/call-row.ts';
import { type NumberedRow, ROWS } from '../src/call-table.ts';
import { accessCalls } from '../src/calls/access-calls.ts';
import { asynchronousIoCalls } from '../src/calls/asynchronous-io-calls.ts';
import { attributeCalls } from '../src/calls/attribute-calls.ts';
import { changeCalls } from '../src/calls/change-calls.ts';
import { channelCalls } from '../src/calls/channel-calls.ts';
import { copyCalls } from '../src/calls/copy-calls.ts';
import { descriptorCalls } from '../src/calls/descriptor-calls.ts';
import { directoryEntryCalls } from '../src/calls/directory-entry-calls.ts';
import { extendedAttributeCalls } from '../src/calls/extended-attribute-calls.ts';
import { fileSizeCalls } from '../src/calls/file-size-calls.ts';
import { fileTimeCalls } from '../src/calls/file-time-calls.ts';
import { futexCalls } from '../src/calls/futex-calls.ts';
import { identityCalls } from '../src/calls/identity-calls.ts';
import { limitCalls } from '../src/calls/limit-calls.ts';
import { linkCalls } from '../src/calls/link-calls.ts';
import { listingCalls } from '../src/calls/listing-calls.ts';
import { lockCalls } from '../src/calls/lock-calls.ts';
import { memoryCalls } from '../src/calls/memory-calls.ts';
import { messageCalls } from '../src/calls/message-calls.ts';
import { mountCalls } from '../src/calls/mount-calls.ts';
import { openCalls } from '../src/calls/open-calls.ts';
import { pipeCalls } from '../src/calls/pipe-calls.ts';
import { pollingCalls } from '../src/calls/polling-calls.ts';
import { privilegeCalls } from '../src/calls/privilege-calls.ts';
import { processCalls } from '../src/calls/process-calls.ts';
import { processDescriptorCalls } from '../src/calls/process-descriptor-calls.ts';
import { processGroupCalls } from '../src/calls/process-group-calls.ts';
import { processMemoryCalls } from '../src/calls/process-memory-calls.ts';
import { protectionKeyCalls } from '../src/calls/protection-key-calls.ts';
import { queueCalls } from '../src/calls/queue-calls.ts';
import { readWriteCalls } from '../src/calls/read-write-calls.ts';
import { refusedCalls } from '../src/calls/refused-calls.ts';
import { schedulingCalls } from '../src/calls/scheduling-calls.ts';
import { seccompCalls } from '../src/calls/seccomp-calls.ts';
import { segmentCalls } from '../src/calls/segment-calls.ts';
import { semaphoreCalls } from '../src/calls/semaphore-calls.ts';
import { signalCalls } from '../src/calls/signal-calls.ts';
import { socketCalls } from '../src/calls/socket-calls.ts';
import { socketOptionCalls } from '../src/calls/socket-option-calls.ts';
import { spliceCalls } from '../src/calls/splice-calls.ts';
import { statusCalls } from '../src/calls/status-calls.ts';
import { syncCalls } from '../src/calls/sync-calls.ts';
import { systemCalls } from '../src/calls/system-calls.ts';
import { threadCalls } from '../src/calls/thread-calls.ts';
import { timeCalls } from '../src/calls/time-calls.ts';
import { waitCalls } from '../src/calls/wait-calls.ts';
import { workingDirectoryCalls } from '../src/calls/working-directory-calls.ts';

const FAMILIES: readonly (readonly [title: string, calls: Record<string, CallRow>])[] = [
  ['Opening', openCalls],
  ['Reading and writing', readWriteCalls],
  ['Asynchronous I/O', asynchronousIoCalls],
  ['Copying', copyCalls],
  ['Splicing', spliceCalls],
  ['Descriptors', descriptorCalls],
  ['Locks', lockCalls],
  ['Pipes and counters', pipeCalls],
  ['Listing directories', listingCalls],
  ['Status', statusCalls],
  ['Access', accessCalls],
  ['The working directory and the root', workingDirectoryCalls],
  ['Directory entries', directoryEntryCalls],
  ['Links', linkCalls],
  ['Modes and owners', attributeCalls],
  ['File times', fileTimeCalls],
  ['File sizes', fileSizeCalls],
  ['Extended attributes', extendedAttributeCalls],
  ['Durability and advice', syncCalls],
  ['Changes, watched', changeCalls],
  ['Memory', memoryCalls],
  ['Protection keys', protectionKeyCalls],
  ['Threads', threadCalls],
  ['Futexes', futexCalls],
  ['Scheduling', schedulingCalls],
  ['Signals', signalCalls],
  ['Time', timeCalls],
  ['Polling', pollingCalls],
  ['Processes', processCalls],
  ['Users and groups', identityCalls],
  ['Process groups and sessions', processGroupCalls],
  ['Waiting for children', waitCalls],
  ['Limits and usage', limitCalls],
  ['Descriptors of processes', processDescriptorCalls],
  ['Memory of processes', processMemoryCalls],
  ['Message queues', queueCalls],
  ['System V semaphores', semaphoreCalls],
  ['System V message queues', channelCalls],
  ['System V shared memory', segmentCalls],
  ['Sockets', socketCalls],
  ['Socket names and options', socketOptionCalls],
  ['Messages over sockets', messageCalls],
  ['System', systemCalls],
  ['Privileges', privilegeCalls],
  ['Filters of calls', seccompCalls],
  ['Mounts', mountCalls],
  ['Refused', refusedCalls],
];

function count(level: SupportLevel): number {
  return ROWS.filter((numbered) => numbered?.row.support === level).length;
}

function line({ number, name, row }: NumberedRow): string {
  const level = row.support === 'refused' ? `${row.errno}` : row.support;
  return `| ${number} | \`${name}\` | ${level} | ${row.note ?? ''} |`;
}

/** The whole page. */
export function callReference(): string {
  const named = ROWS.filter((numbered): numbered is NumberedRow => numbered !== undefined);
  const full = count('full');
  const partial = count('partial');
  const head = `# POSIX calls

Generated from the rows in \`packages/capos-posix/src/calls\` by \`pnpm --filter @capos/capos-posix generate\`; a test compares.
One row for every x86-64 Linux system call, ${named.length} in all: ${full} full, ${partial} in part, ${count('refused')} refused with the errno shown.

*full*: what Linux documents, for what this system has. *partial*: the note says what is missing. An errno: always refused so.
Numbers that Linux never assigned (335 to 423) and all above ${ROWS.length - 1} answer ENOSYS. A call never reaches more than the
process was granted: without the capability it needs, it fails with the errno of a thing that is not there.
`;
  const sections = FAMILIES.map(([title, calls]) => {
    const rows = named.filter(({ name }) => Object.hasOwn(calls, name));
    return `\n## ${title}\n\n| Number | Call | Support | Notes |\n|---:|---|---|---|\n${rows.map(line).join('\n')}\n`;
  });
  return head + sections.join('');
}
