// The call table: one row for every x86-64 Linux call number. A name without a row does not compile.
//
// The rows live with their handlers, one file a family, in calls/. The reference page docs/reference/posix-calls.md and
// `--trace` are made from them.

import type { Call, CallAnswer } from './call.ts';
import type { CallHandler, CallRow } from './call-row.ts';
import { accessCalls } from './calls/access-calls.ts';
import { asynchronousIoCalls } from './calls/asynchronous-io-calls.ts';
import { attributeCalls } from './calls/attribute-calls.ts';
import { changeCalls } from './calls/change-calls.ts';
import { channelCalls } from './calls/channel-calls.ts';
import { copyCalls } from './calls/copy-calls.ts';
import { descriptorCalls } from './calls/descriptor-calls.ts';
import { directoryEntryCalls } from './calls/directory-entry-calls.ts';
import { extendedAttributeCalls } from './calls/extended-attribute-calls.ts';
import { fileSizeCalls } from './calls/file-size-calls.ts';
import { fileTimeCalls } from './calls/file-time-calls.ts';
import { futexCalls } from './calls/futex-calls.ts';
import { identityCalls } from './calls/identity-calls.ts';
import { limitCalls } from './calls/limit-calls.ts';
import { linkCalls } from './calls/link-calls.ts';
import { listingCalls } from './calls/listing-calls.ts';
import { lockCalls } from './calls/lock-calls.ts';
import { memoryCalls } from './calls/memory-calls.ts';
import { messageCalls } from './calls/message-calls.ts';
import { mountCalls } from './calls/mount-calls.ts';
import { openCalls } from './calls/open-calls.ts';
import { pipeCalls } from './calls/pipe-calls.ts';
import { pollingCalls } from './calls/polling-calls.ts';
import { privilegeCalls } from './calls/privilege-calls.ts';
import { processCalls } from './calls/process-calls.ts';
import { processDescriptorCalls } from './calls/process-descriptor-calls.ts';
import { processGroupCalls } from './calls/process-group-calls.ts';
import { processMemoryCalls } from './calls/process-memory-calls.ts';
import { protectionKeyCalls } from './calls/protection-key-calls.ts';
import { queueCalls } from './calls/queue-calls.ts';
import { readWriteCalls } from './calls/read-write-calls.ts';
import { refusedCalls } from './calls/refused-calls.ts';
import { schedulingCalls } from './calls/scheduling-calls.ts';
import { seccompCalls } from './calls/seccomp-calls.ts';
import { segmentCalls } from './calls/segment-calls.ts';
import { semaphoreCalls } from './calls/semaphore-calls.ts';
import { signalCalls } from './calls/signal-calls.ts';
import { socketCalls } from './calls/socket-calls.ts';
import { socketOptionCalls } from './calls/socket-option-calls.ts';
import { spliceCalls } from './calls/splice-calls.ts';
import { statusCalls } from './calls/status-calls.ts';
import { syncCalls } from './calls/sync-calls.ts';
import { systemCalls } from './calls/system-calls.ts';
import { threadCalls } from './calls/thread-calls.ts';
import { timeCalls } from './calls/time-calls.ts';
import { waitCalls } from './calls/wait-calls.ts';
import { workingDirectoryCalls } from './calls/working-directory-calls.ts';
import { CALL_COUNT, CALL_NUMBER, type CallName } from './linux/call-numbers.ts';
import { ERRNO } from './linux/errno.ts';

/** Every row, by name. */
export const CALLS: Record<CallName, CallRow> = {
  ...openCalls,
  ...asynchronousIoCalls,
  ...readWriteCalls,
  ...copyCalls,
  ...spliceCalls,
  ...descriptorCalls,
  ...lockCalls,
  ...pipeCalls,
  ...listingCalls,
  ...statusCalls,
  ...accessCalls,
  ...workingDirectoryCalls,
  ...directoryEntryCalls,
  ...linkCalls,
  ...attributeCalls,
  ...fileTimeCalls,
  ...fileSizeCalls,
  ...extendedAttributeCalls,
  ...syncCalls,
  ...changeCalls,
  ...memoryCalls,
  ...protectionKeyCalls,
  ...mountCalls,
  ...threadCalls,
  ...futexCalls,
  ...schedulingCalls,
  ...signalCalls,
  ...timeCalls,
  ...pollingCalls,
  ...processCalls,
  ...identityCalls,
  ...processGroupCalls,
  ...waitCalls,
  ...limitCalls,
  ...processDescriptorCalls,
  ...processMemoryCalls,
  ...queueCalls,
  ...semaphoreCalls,
  ...channelCalls,
  ...segmentCalls,
  ...socketCalls,
  ...socketOptionCalls,
  ...messageCalls,
  ...systemCalls,
  ...privilegeCalls,
  ...seccompCalls,
  ...refusedCalls,
} satisfies Record<CallName, CallRow>;

/** A row with its number and name. */
export interface NumberedRow {
  readonly number: number;
  readonly name: CallName;
  readonly row: CallRow;
}

const byNumber: (NumberedRow | undefined)[] = new Array<NumberedRow | undefined>(CALL_COUNT).fill(undefined);
for (const name of Object.keys(CALL_NUMBER) as CallName[])
  byNumber[CALL_NUMBER[name]] = { number: CALL_NUMBER[name], name, row: CALLS[name] };

/** The rows by number; undefined for the numbers that Linux never assigned. */
export const ROWS: readonly (NumberedRow | undefined)[] = byNumber;

/** A call that no row takes, or whose row refuses: counted, and answered with the errno. */
function refusal(errno: number): CallHandler {
  return (call: Call): CallAnswer => {
    const { refused } = call.process;
    refused.set(call.number, (refused.get(call.number) ?? 0) + 1);
    return -errno;
  };
}

const unassigned = refusal(ERRNO.ENOSYS);
const handlers: CallHandler[] = byNumber.map((numbered) => {
  if (numbered === undefined) return unassigned;
  const { row } = numbered;
  return row.support === 'refused' ? refusal(ERRNO[row.errno]) : row.handler;
});

/** The handler of a call number, whatever the number. */
export function handlerOf(number: number): CallHandler {
  return handlers[number] ?? unassigned;
}
