// The ring in memory, written down once: every offset, number and name on either side is generated from these tables.
//
//   ring, 8-aligned                         written by
//   +0    header line 0   constants         initializeRing, then nobody
//                         sqTail cqHead     client
//   +64   header line 1   sqHead cqTail …   server          (one 64-byte line per writer: no false sharing)
//   +128  sqEntries × 64-byte SQE           client
//   …     cqEntries × 32-byte CQE           server
//
// All words are little-endian. Heads and tails are free-running u32 counters; entry n lives in slot n & mask.
// `scripts/generate.ts` turns this file into src/generated/ and docs/reference/ring-operations.md.

/** How a field is stored. `u64` and `u64[n]` fields are 8-aligned; nothing straddles its own size. */
export type FieldKind = 'u8' | 'u16' | 'u32' | 'i32' | 'u64';

/** One field of a fixed layout. */
export interface Field {
  readonly name: string;
  readonly offset: number;
  readonly kind: FieldKind;
  readonly meaning: string;
}

/** One fixed layout: a C struct, and a set of TypeScript offset constants. */
export interface Layout {
  readonly name: string;
  /** Prefix of the generated constants. */
  readonly prefix: string;
  readonly size: number;
  readonly meaning: string;
  readonly fields: readonly Field[];
}

/** A numbered name: an operation, a flag bit, an error. */
export interface Numbered {
  readonly name: string;
  readonly value: number;
  readonly meaning: string;
}

/** A ring operation: its number, the SQE fields it reads, and what its completion says. */
export interface Operation extends Numbered {
  /** SQE fields read besides `op`, `flags` and `userData`, each with what it means to this operation. */
  readonly reads: Readonly<Record<string, string>>;
  readonly completes: string;
  /** Completes while it is drained, so QUIET is allowed. */
  readonly immediate: boolean;
  readonly result: string;
  /** Names from TRANSPORT_ERRORS that this operation may end in, besides those every operation shares. */
  readonly errors: readonly string[];
}

/** "CAPR" in memory order. */
export const RING_MAGIC = 0x52504143;
/** Changes whenever an offset or the meaning of a field does. */
export const RING_VERSION = 1;
/** A ring starts at a multiple of this many bytes. */
export const RING_ALIGNMENT = 8;
/** The most entries either queue may have. Keeps every offset inside a ring below 2^23. */
export const MAX_QUEUE_ENTRIES = 65536;
/** The ring page of a process: 128 + 16 × 64 + 32 × 32 = 2,176 bytes of one 4,096-byte page. */
export const PROCESS_RING_SQ_ENTRIES = 16;
export const PROCESS_RING_CQ_ENTRIES = 32;

export const HEADER: Layout = {
  name: 'capos_ring_header',
  prefix: 'HEADER',
  size: 128,
  meaning: 'Starts every ring. Line 0 (bytes 0–63) is written by the client, line 1 (64–127) by the server.',
  fields: [
    { name: 'magic', offset: 0, kind: 'u32', meaning: '"CAPR": there is a ring here' },
    { name: 'version', offset: 4, kind: 'u32', meaning: 'version of this layout' },
    { name: 'sqMask', offset: 8, kind: 'u32', meaning: 'submission entries − 1 (a power of two − 1)' },
    { name: 'cqMask', offset: 12, kind: 'u32', meaning: 'completion entries − 1; entries = credits' },
    { name: 'sqOffset', offset: 16, kind: 'u32', meaning: 'bytes from the start of the ring to SQE slot 0' },
    { name: 'cqOffset', offset: 20, kind: 'u32', meaning: 'bytes from the start of the ring to CQE slot 0' },
    { name: 'sqTail', offset: 24, kind: 'u32', meaning: 'submissions published by the client so far' },
    { name: 'cqHead', offset: 28, kind: 'u32', meaning: 'completions consumed by the client so far' },
    {
      name: 'clientFlags',
      offset: 32,
      kind: 'u32',
      meaning: 'NEED_WAKEUP: the client sleeps on cqTail; SPINNING, SPIN_TRIAL: how it waits',
    },
    { name: 'sqHead', offset: 64, kind: 'u32', meaning: 'submissions consumed by the server so far' },
    { name: 'cqTail', offset: 68, kind: 'u32', meaning: 'completions published by the server so far' },
    {
      name: 'serverFlags',
      offset: 72,
      kind: 'u32',
      meaning: 'NEED_WAKEUP: the server sleeps on sqTail; NEED_CREDIT: on cqHead',
    },
    { name: 'overflow', offset: 76, kind: 'u32', meaning: 'drains that stopped because no credit was left' },
  ],
};

export const SQE: Layout = {
  name: 'capos_sqe',
  prefix: 'SQE',
  size: 64,
  meaning: 'Submission queue entry. A field that the operation does not read may hold anything.',
  fields: [
    { name: 'op', offset: 0, kind: 'u8', meaning: 'operation number' },
    { name: 'flags', offset: 1, kind: 'u8', meaning: 'SQE flags' },
    {
      name: 'methodId',
      offset: 2,
      kind: 'u16',
      meaning: 'CALL: method ordinal within the interface of the capability',
    },
    { name: 'capId', offset: 4, kind: 'u32', meaning: 'capability operated on' },
    { name: 'userData', offset: 8, kind: 'u64', meaning: 'copied to the completion, never looked at' },
    {
      name: 'paramsAddress',
      offset: 16,
      kind: 'u64',
      meaning: 'payload sent; transfer descriptors follow it, 8-aligned',
    },
    { name: 'paramsLength', offset: 24, kind: 'u32', meaning: 'bytes of payload sent' },
    { name: 'resultLength', offset: 28, kind: 'u32', meaning: 'capacity of the result or receive buffer in bytes' },
    { name: 'resultAddress', offset: 32, kind: 'u64', meaning: 'result or receive buffer' },
    {
      name: 'answerId',
      offset: 40,
      kind: 'u32',
      meaning: 'CALL: names its answer (0 none); FINISH: that answer; RETURN, RETURN_RECV: call token',
    },
    { name: 'dependency', offset: 44, kind: 'u32', meaning: 'PIPELINED: answer whose result capability is the target' },
    { name: 'dependencyCap', offset: 48, kind: 'u16', meaning: 'PIPELINED: ordinal of that result capability' },
    { name: 'transferCount', offset: 50, kind: 'u16', meaning: 'transfer descriptors after the payload' },
    { name: 'aux', offset: 52, kind: 'u32', meaning: 'operation-specific' },
    { name: 'deadlineNs', offset: 56, kind: 'u64', meaning: 'absolute monotonic nanoseconds, 0 none' },
  ],
};

export const CQE: Layout = {
  name: 'capos_cqe',
  prefix: 'CQE',
  size: 32,
  meaning: 'Completion queue entry.',
  fields: [
    { name: 'userData', offset: 0, kind: 'u64', meaning: 'of the submission' },
    {
      name: 'result',
      offset: 8,
      kind: 'i32',
      meaning: '≥ 0: success, usually bytes of payload; < 0: −transport error',
    },
    { name: 'flags', offset: 12, kind: 'u32', meaning: 'CQE flags' },
    { name: 'badge', offset: 16, kind: 'u64', meaning: 'RECV: badge of the caller; WAIT: bits taken; POST: value' },
    { name: 'token', offset: 24, kind: 'u32', meaning: 'RECV: names the call to RETURN' },
    { name: 'methodId', offset: 28, kind: 'u16', meaning: 'RECV: method ordinal called' },
    { name: 'capCount', offset: 30, kind: 'u16', meaning: 'capability records after the payload, 8-aligned' },
  ],
};

export const TRANSFER_DESCRIPTOR: Layout = {
  name: 'capos_transfer',
  prefix: 'TRANSFER',
  size: 16,
  meaning: 'A capability sent. An array of them lies at align8(paramsAddress + paramsLength).',
  fields: [
    { name: 'capId', offset: 0, kind: 'u32', meaning: 'capability of the sender' },
    { name: 'mode', offset: 4, kind: 'u8', meaning: 'transfer mode; the three bytes after it are 0' },
  ],
};

export const CAP_RECORD: Layout = {
  name: 'capos_cap_record',
  prefix: 'CAP_RECORD',
  size: 16,
  meaning: 'A capability received. An array of them lies at align8(resultAddress + payload bytes).',
  fields: [
    { name: 'capId', offset: 0, kind: 'u32', meaning: 'in the table of the receiver' },
    { name: 'interfaceId', offset: 8, kind: 'u64', meaning: 'check it before adopting the capability' },
  ],
};

export const LAYOUTS: readonly Layout[] = [HEADER, SQE, CQE, TRANSFER_DESCRIPTOR, CAP_RECORD];

export const HEADER_FLAGS: readonly Numbered[] = [
  { name: 'NEED_WAKEUP', value: 1, meaning: 'this side sleeps; notify the tail it sleeps on after publishing' },
  { name: 'NEED_CREDIT', value: 2, meaning: 'server: it sleeps on cqHead; notify that after consuming completions' },
  { name: 'SPINNING', value: 4, meaning: 'client: it spins for completions, so the server may for submissions' },
  { name: 'SPIN_TRIAL', value: 8, meaning: 'client: it tries whether spinning helps; the server joins in' },
];

export const SQE_FLAGS: readonly Numbered[] = [
  {
    name: 'PIPELINED',
    value: 1,
    meaning: 'capId is ignored; the target is result cap `dependencyCap` of answer `dependency`',
  },
  {
    name: 'QUIET',
    value: 2,
    meaning: 'no completion on success; a failure completes UNSOLICITED. Only for operations that complete at once',
  },
  { name: 'WANT_GONE', value: 4, meaning: 'RECV: may also complete FACET_GONE' },
  {
    name: 'KEEP_CAPS',
    value: 8,
    meaning: 'CALL with an answerId: result capabilities stay with the answer, none comes to the caller',
  },
];

export const CQE_FLAGS: readonly Numbered[] = [
  { name: 'EXCEPTION', value: 1, meaning: 'the payload is a CapException' },
  { name: 'CALL_ARRIVED', value: 2, meaning: 'a RECV completed with a call; answer it with RETURN' },
  { name: 'UNSOLICITED', value: 4, meaning: 'belongs to no counted submission: gives no credit back' },
  { name: 'CALL_CANCELED', value: 8, meaning: 'the caller gave up the call `token`; RETURN it all the same' },
  { name: 'DETAILED', value: 16, meaning: 'badge, token and methodId are set; without it they are undefined' },
  {
    name: 'FACET_GONE',
    value: 32,
    meaning: 'a RECV completed without a call: nobody holds the facets of `badge` any more',
  },
  { name: 'NOTIFIED', value: 64, meaning: 'a notification bound to this ring has bits set; badge shows which' },
  {
    name: 'RETURN_FAILED',
    value: 128,
    meaning: 'RETURN_RECV: the result is that of its RETURN, which failed; nothing was received',
  },
];

/** Result of a RETURN whose caller, or the caller's buffer, has gone: nothing was transferred. */
export const RETURN_REACHED_NOBODY = 1;

export const RETURN_AUX: readonly Numbered[] = [
  { name: 'EXCEPTION', value: 1, meaning: 'RETURN: the payload is a CapException' },
];

export const TRANSFER_MODES: readonly Numbered[] = [
  { name: 'COPY', value: 0, meaning: 'the sender keeps its reference' },
  { name: 'MOVE', value: 1, meaning: 'the reference leaves the table of the sender when the message is delivered' },
];

export const TRANSPORT_ERRORS: readonly Numbered[] = [
  { name: 'BAD_OPERATION', value: 1, meaning: 'no such operation, or a flag it does not take' },
  { name: 'BAD_CAP', value: 2, meaning: 'null, stale or wrong kind of capability' },
  { name: 'BAD_ADDRESS', value: 3, meaning: 'a buffer is not wholly mapped with the access needed' },
  { name: 'BUFFER_TOO_SMALL', value: 4, meaning: 'payload and capability records do not fit; nothing was transferred' },
  {
    name: 'NO_CREDIT',
    value: 5,
    meaning: 'every completion slot is spoken for; consume completions, then submit again',
  },
  { name: 'CANCELED', value: 6, meaning: 'FINISH came first' },
  { name: 'TIMED_OUT', value: 7, meaning: 'the deadline passed' },
  { name: 'MALFORMED', value: 8, meaning: 'fields contradict each other, or the ring header does' },
  {
    name: 'NOT_PERMITTED',
    value: 9,
    meaning: 'the capability does not allow it (transfer mode, owner-only operation)',
  },
  { name: 'NO_MEMORY', value: 10, meaning: 'a resource ledger is exhausted' },
  { name: 'DISCONNECTED', value: 11, meaning: 'the object is gone, and the exception did not fit the result buffer' },
  { name: 'TOO_LARGE', value: 12, meaning: 'a length or count is past the limit of the system' },
  { name: 'WRONG_INTERFACE', value: 13, meaning: 'the capability has another interface than the operation needs' },
];

export const OPERATIONS: readonly Operation[] = [
  {
    name: 'NOP',
    value: 0,
    meaning: 'Does nothing, and completes: measures the ring, fences a batch.',
    reads: {},
    completes: 'at once',
    immediate: true,
    result: '0',
    errors: [],
  },
  {
    name: 'CALL',
    value: 1,
    meaning: 'Calls a method of a capability.',
    reads: {
      capId: 'the target; ignored with PIPELINED',
      methodId: 'method ordinal',
      paramsAddress: 'one unframed Cap’n Proto segment',
      paramsLength: 'its bytes',
      transferCount: 'descriptors after it',
      resultAddress: 'where the answer goes',
      resultLength: 'its capacity',
      answerId:
        'name of this answer for PIPELINED and FINISH, until FINISH or until a later call takes it; that of a call under way is taken; 0 none',
      dependency: 'PIPELINED: an answer of this ring, landed or not; the call waits for it and fails as it does',
      dependencyCap: 'PIPELINED: ordinal of its result capability',
      aux: 'token of the received call that this one is made for: its deadline is this one’s too; 0 none',
      deadlineNs: 'ends the call TIMED_OUT',
    },
    completes: 'when the callee returns, fails or dies, the deadline passes, or FINISH cancels it',
    immediate: false,
    result: 'bytes of payload in the result buffer; with EXCEPTION they are a CapException; capCount records follow',
    errors: [
      'BAD_CAP',
      'BAD_ADDRESS',
      'BUFFER_TOO_SMALL',
      'CANCELED',
      'TIMED_OUT',
      'NOT_PERMITTED',
      'NO_MEMORY',
      'DISCONNECTED',
      'TOO_LARGE',
      'WRONG_INTERFACE',
    ],
  },
  {
    name: 'RECV',
    value: 2,
    meaning: 'Receives one call at an endpoint the process owns.',
    reads: {
      capId: 'the endpoint, owner side',
      resultAddress: 'receive buffer',
      resultLength: 'its capacity',
      deadlineNs: 'ends the wait TIMED_OUT',
    },
    completes:
      'when a call arrives (CALL_ARRIVED); with WANT_GONE also when the last facet of a badge is gone (FACET_GONE)',
    immediate: false,
    result: 'bytes of params in the receive buffer; badge, token, methodId, capCount describe the call',
    errors: ['BAD_CAP', 'BAD_ADDRESS', 'CANCELED', 'TIMED_OUT', 'NOT_PERMITTED', 'NO_MEMORY', 'DISCONNECTED'],
  },
  {
    name: 'RETURN',
    value: 3,
    meaning: 'Answers a received call.',
    reads: {
      answerId: 'the token of the call',
      paramsAddress: 'results, one unframed segment',
      paramsLength: 'their bytes',
      transferCount: 'descriptors after them',
      aux: 'bit 0 EXCEPTION: the payload is a CapException',
    },
    completes: 'at once',
    immediate: true,
    result:
      '0; 1 when it reached nobody, the caller or its buffer being gone: moved capabilities then stay with the server',
    errors: ['BAD_CAP', 'BAD_ADDRESS', 'BUFFER_TOO_SMALL', 'NOT_PERMITTED', 'NO_MEMORY', 'TOO_LARGE'],
  },
  {
    name: 'RELEASE',
    value: 4,
    meaning: 'Gives up a capability. Its CapId is stale from now on.',
    reads: { capId: 'the capability' },
    completes: 'at once',
    immediate: true,
    result: '0',
    errors: ['BAD_CAP'],
  },
  {
    name: 'FINISH',
    value: 5,
    meaning: 'Forgets an answer: cancels the CALL if it is still open, and drops its pipelined result capabilities.',
    reads: { answerId: 'the answer' },
    completes: 'at once',
    immediate: true,
    result: '1 when an open call was canceled, 0 when the answer had come already or is unknown',
    errors: [],
  },
  {
    name: 'PARK',
    value: 6,
    meaning: 'Sleeps while a 32-bit word holds an expected value.',
    reads: {
      capId: 'ParkSpace',
      paramsAddress: 'address of the word, 4-aligned',
      aux: 'expected value',
      deadlineNs: 'ends the sleep TIMED_OUT',
    },
    completes: 'when unparked; at once when the word differs',
    immediate: false,
    result: '0 unparked, 1 the word differed',
    errors: ['BAD_CAP', 'BAD_ADDRESS', 'CANCELED', 'TIMED_OUT', 'NO_MEMORY', 'DISCONNECTED'],
  },
  {
    name: 'UNPARK',
    value: 7,
    meaning: 'Wakes sleepers of a word.',
    reads: { capId: 'ParkSpace', paramsAddress: 'address of the word', aux: 'the most sleepers to wake' },
    completes: 'at once',
    immediate: true,
    result: 'sleepers woken',
    errors: ['BAD_CAP', 'BAD_ADDRESS', 'DISCONNECTED'],
  },
  {
    name: 'SIGNAL',
    value: 8,
    meaning: 'Sets bits of a Notification.',
    reads: { capId: 'Notification', paramsAddress: 'the 64 bits themselves' },
    completes: 'at once',
    immediate: true,
    result: '0',
    errors: ['BAD_CAP', 'DISCONNECTED', 'NOT_PERMITTED'],
  },
  {
    name: 'WAIT',
    value: 9,
    meaning: 'Takes bits of a Notification, waiting until there is one.',
    reads: { capId: 'Notification', paramsAddress: 'the 64-bit mask itself', deadlineNs: 'ends the wait TIMED_OUT' },
    completes: 'when a bit under the mask is set',
    immediate: false,
    result: '0; badge holds the bits taken',
    errors: ['BAD_CAP', 'CANCELED', 'TIMED_OUT', 'DISCONNECTED', 'NOT_PERMITTED'],
  },
  {
    name: 'POST',
    value: 10,
    meaning: 'Queues a completion for the process’s own event loop.',
    reads: { aux: 'the result (as i32)', paramsAddress: 'the 64-bit value that arrives as badge' },
    completes: 'at once',
    immediate: true,
    result: 'aux; badge holds the value',
    errors: [],
  },
  {
    name: 'RETURN_RECV',
    value: 11,
    meaning: 'Answers a received call, then receives the next: a RETURN and a RECV in one.',
    reads: {
      capId: 'the endpoint to receive at, owner side',
      paramsAddress: 'results, one unframed segment',
      paramsLength: 'their bytes',
      resultLength: 'capacity of the receive buffer',
      resultAddress: 'receive buffer; may be where the results lie',
      answerId: 'the token of the call to answer',
      transferCount: 'descriptors after the results',
      aux: 'bit 0 EXCEPTION: the results are a CapException',
      deadlineNs: 'ends the wait TIMED_OUT',
    },
    completes: 'when a call arrives, as RECV; at once with RETURN_FAILED when the RETURN fails',
    immediate: false,
    result: 'as RECV; with RETURN_FAILED as RETURN',
    errors: [
      'BAD_CAP',
      'BAD_ADDRESS',
      'BUFFER_TOO_SMALL',
      'CANCELED',
      'TIMED_OUT',
      'NOT_PERMITTED',
      'NO_MEMORY',
      'DISCONNECTED',
      'TOO_LARGE',
      'WRONG_INTERFACE',
    ],
  },
];
