// Generated from src/layout.ts by scripts/generate.ts. Do not edit.

// capos_ring_header, 128 bytes: byte offsets, and 32-bit word indices.
export const HEADER_SIZE = 128;
export const HEADER_WORDS = 32;
/** u32: "CAPR": there is a ring here */
export const HEADER_MAGIC = 0;
export const HEADER_MAGIC_WORD = 0;
/** u32: version of this layout */
export const HEADER_VERSION = 4;
export const HEADER_VERSION_WORD = 1;
/** u32: submission entries − 1 (a power of two − 1) */
export const HEADER_SQ_MASK = 8;
export const HEADER_SQ_MASK_WORD = 2;
/** u32: completion entries − 1; entries = credits */
export const HEADER_CQ_MASK = 12;
export const HEADER_CQ_MASK_WORD = 3;
/** u32: bytes from the start of the ring to SQE slot 0 */
export const HEADER_SQ_OFFSET = 16;
export const HEADER_SQ_OFFSET_WORD = 4;
/** u32: bytes from the start of the ring to CQE slot 0 */
export const HEADER_CQ_OFFSET = 20;
export const HEADER_CQ_OFFSET_WORD = 5;
/** u32: submissions published by the client so far */
export const HEADER_SQ_TAIL = 24;
export const HEADER_SQ_TAIL_WORD = 6;
/** u32: completions consumed by the client so far */
export const HEADER_CQ_HEAD = 28;
export const HEADER_CQ_HEAD_WORD = 7;
/** u32: NEED_WAKEUP: the client sleeps on cqTail; SPINNING, SPIN_TRIAL: how it waits */
export const HEADER_CLIENT_FLAGS = 32;
export const HEADER_CLIENT_FLAGS_WORD = 8;
/** u32: submissions consumed by the server so far */
export const HEADER_SQ_HEAD = 64;
export const HEADER_SQ_HEAD_WORD = 16;
/** u32: completions published by the server so far */
export const HEADER_CQ_TAIL = 68;
export const HEADER_CQ_TAIL_WORD = 17;
/** u32: NEED_WAKEUP: the server sleeps on sqTail; NEED_CREDIT: on cqHead */
export const HEADER_SERVER_FLAGS = 72;
export const HEADER_SERVER_FLAGS_WORD = 18;
/** u32: drains that stopped because no credit was left */
export const HEADER_OVERFLOW = 76;
export const HEADER_OVERFLOW_WORD = 19;

// capos_sqe, 64 bytes: byte offsets, and 32-bit word indices.
export const SQE_SIZE = 64;
export const SQE_WORDS = 16;
/** u8: operation number */
export const SQE_OP = 0;
export const SQE_OP_WORD = 0;
/** u8: SQE flags */
export const SQE_FLAGS = 1;
/** u16: CALL: method ordinal within the interface of the capability */
export const SQE_METHOD_ID = 2;
/** u32: capability operated on */
export const SQE_CAP_ID = 4;
export const SQE_CAP_ID_WORD = 1;
/** u64: copied to the completion, never looked at */
export const SQE_USER_DATA = 8;
export const SQE_USER_DATA_LOW_WORD = 2;
export const SQE_USER_DATA_HIGH_WORD = 3;
/** u64: payload sent; transfer descriptors follow it, 8-aligned */
export const SQE_PARAMS_ADDRESS = 16;
export const SQE_PARAMS_ADDRESS_LOW_WORD = 4;
export const SQE_PARAMS_ADDRESS_HIGH_WORD = 5;
/** u32: bytes of payload sent */
export const SQE_PARAMS_LENGTH = 24;
export const SQE_PARAMS_LENGTH_WORD = 6;
/** u32: capacity of the result or receive buffer in bytes */
export const SQE_RESULT_LENGTH = 28;
export const SQE_RESULT_LENGTH_WORD = 7;
/** u64: result or receive buffer */
export const SQE_RESULT_ADDRESS = 32;
export const SQE_RESULT_ADDRESS_LOW_WORD = 8;
export const SQE_RESULT_ADDRESS_HIGH_WORD = 9;
/** u32: CALL: names its answer (0 none); FINISH: that answer; RETURN, RETURN_RECV: call token */
export const SQE_ANSWER_ID = 40;
export const SQE_ANSWER_ID_WORD = 10;
/** u32: PIPELINED: answer whose result capability is the target */
export const SQE_DEPENDENCY = 44;
export const SQE_DEPENDENCY_WORD = 11;
/** u16: PIPELINED: ordinal of that result capability */
export const SQE_DEPENDENCY_CAP = 48;
export const SQE_DEPENDENCY_CAP_WORD = 12;
/** u16: transfer descriptors after the payload */
export const SQE_TRANSFER_COUNT = 50;
/** u32: operation-specific */
export const SQE_AUX = 52;
export const SQE_AUX_WORD = 13;
/** u64: absolute monotonic nanoseconds, 0 none */
export const SQE_DEADLINE_NS = 56;
export const SQE_DEADLINE_NS_LOW_WORD = 14;
export const SQE_DEADLINE_NS_HIGH_WORD = 15;

// capos_cqe, 32 bytes: byte offsets, and 32-bit word indices.
export const CQE_SIZE = 32;
export const CQE_WORDS = 8;
/** u64: of the submission */
export const CQE_USER_DATA = 0;
export const CQE_USER_DATA_LOW_WORD = 0;
export const CQE_USER_DATA_HIGH_WORD = 1;
/** i32: ≥ 0: success, usually bytes of payload; < 0: −transport error */
export const CQE_RESULT = 8;
export const CQE_RESULT_WORD = 2;
/** u32: CQE flags */
export const CQE_FLAGS = 12;
export const CQE_FLAGS_WORD = 3;
/** u64: RECV: badge of the caller; WAIT: bits taken; POST: value */
export const CQE_BADGE = 16;
export const CQE_BADGE_LOW_WORD = 4;
export const CQE_BADGE_HIGH_WORD = 5;
/** u32: RECV: names the call to RETURN */
export const CQE_TOKEN = 24;
export const CQE_TOKEN_WORD = 6;
/** u16: RECV: method ordinal called */
export const CQE_METHOD_ID = 28;
export const CQE_METHOD_ID_WORD = 7;
/** u16: capability records after the payload, 8-aligned */
export const CQE_CAP_COUNT = 30;

// capos_transfer, 16 bytes: byte offsets, and 32-bit word indices.
export const TRANSFER_SIZE = 16;
export const TRANSFER_WORDS = 4;
/** u32: capability of the sender */
export const TRANSFER_CAP_ID = 0;
export const TRANSFER_CAP_ID_WORD = 0;
/** u8: transfer mode; the three bytes after it are 0 */
export const TRANSFER_MODE = 4;
export const TRANSFER_MODE_WORD = 1;

// capos_cap_record, 16 bytes: byte offsets, and 32-bit word indices.
export const CAP_RECORD_SIZE = 16;
export const CAP_RECORD_WORDS = 4;
/** u32: in the table of the receiver */
export const CAP_RECORD_CAP_ID = 0;
export const CAP_RECORD_CAP_ID_WORD = 0;
/** u64: check it before adopting the capability */
export const CAP_RECORD_INTERFACE_ID = 8;
export const CAP_RECORD_INTERFACE_ID_LOW_WORD = 2;
export const CAP_RECORD_INTERFACE_ID_HIGH_WORD = 3;

// Operations.
/** Does nothing, and completes: measures the ring, fences a batch. */
export const OP_NOP = 0;
/** Calls a method of a capability. */
export const OP_CALL = 1;
/** Receives one call at an endpoint the process owns. */
export const OP_RECV = 2;
/** Answers a received call. */
export const OP_RETURN = 3;
/** Gives up a capability. Its CapId is stale from now on. */
export const OP_RELEASE = 4;
/** Forgets an answer: cancels the CALL if it is still open, and drops its pipelined result capabilities. */
export const OP_FINISH = 5;
/** Sleeps while a 32-bit word holds an expected value. */
export const OP_PARK = 6;
/** Wakes sleepers of a word. */
export const OP_UNPARK = 7;
/** Sets bits of a Notification. */
export const OP_SIGNAL = 8;
/** Takes bits of a Notification, waiting until there is one. */
export const OP_WAIT = 9;
/** Queues a completion for the process’s own event loop. */
export const OP_POST = 10;
/** Answers a received call, then receives the next: a RETURN and a RECV in one. */
export const OP_RETURN_RECV = 11;

// Bits of clientFlags and serverFlags.
/** this side sleeps; notify the tail it sleeps on after publishing */
export const HEADER_FLAG_NEED_WAKEUP = 1;
/** server: it sleeps on cqHead; notify that after consuming completions */
export const HEADER_FLAG_NEED_CREDIT = 2;
/** client: it spins for completions, so the server may for submissions */
export const HEADER_FLAG_SPINNING = 4;
/** client: it tries whether spinning helps; the server joins in */
export const HEADER_FLAG_SPIN_TRIAL = 8;

// Bits of SQE flags.
/** capId is ignored; the target is result cap `dependencyCap` of answer `dependency` */
export const SQE_FLAG_PIPELINED = 1;
/** no completion on success; a failure completes UNSOLICITED. Only for operations that complete at once */
export const SQE_FLAG_QUIET = 2;
/** RECV: may also complete FACET_GONE */
export const SQE_FLAG_WANT_GONE = 4;
/** CALL with an answerId: result capabilities stay with the answer, none comes to the caller */
export const SQE_FLAG_KEEP_CAPS = 8;

// Bits of CQE flags.
/** the payload is a CapException */
export const CQE_FLAG_EXCEPTION = 1;
/** a RECV completed with a call; answer it with RETURN */
export const CQE_FLAG_CALL_ARRIVED = 2;
/** belongs to no counted submission: gives no credit back */
export const CQE_FLAG_UNSOLICITED = 4;
/** the caller gave up the call `token`; RETURN it all the same */
export const CQE_FLAG_CALL_CANCELED = 8;
/** badge, token and methodId are set; without it they are undefined */
export const CQE_FLAG_DETAILED = 16;
/** a RECV completed without a call: nobody holds the facets of `badge` any more */
export const CQE_FLAG_FACET_GONE = 32;
/** a notification bound to this ring has bits set; badge shows which */
export const CQE_FLAG_NOTIFIED = 64;
/** RETURN_RECV: the result is that of its RETURN, which failed; nothing was received */
export const CQE_FLAG_RETURN_FAILED = 128;

// Bits of aux in RETURN.
/** RETURN: the payload is a CapException */
export const RETURN_AUX_EXCEPTION = 1;

// Transfer modes.
/** the sender keeps its reference */
export const TRANSFER_MODE_COPY = 0;
/** the reference leaves the table of the sender when the message is delivered */
export const TRANSFER_MODE_MOVE = 1;

// Transport errors: a failed completion carries the negated number.
/** no such operation, or a flag it does not take */
export const TRANSPORT_BAD_OPERATION = 1;
/** null, stale or wrong kind of capability */
export const TRANSPORT_BAD_CAP = 2;
/** a buffer is not wholly mapped with the access needed */
export const TRANSPORT_BAD_ADDRESS = 3;
/** payload and capability records do not fit; nothing was transferred */
export const TRANSPORT_BUFFER_TOO_SMALL = 4;
/** every completion slot is spoken for; consume completions, then submit again */
export const TRANSPORT_NO_CREDIT = 5;
/** FINISH came first */
export const TRANSPORT_CANCELED = 6;
/** the deadline passed */
export const TRANSPORT_TIMED_OUT = 7;
/** fields contradict each other, or the ring header does */
export const TRANSPORT_MALFORMED = 8;
/** the capability does not allow it (transfer mode, owner-only operation) */
export const TRANSPORT_NOT_PERMITTED = 9;
/** a resource ledger is exhausted */
export const TRANSPORT_NO_MEMORY = 10;
/** the object is gone, and the exception did not fit the result buffer */
export const TRANSPORT_DISCONNECTED = 11;
/** a length or count is past the limit of the system */
export const TRANSPORT_TOO_LARGE = 12;
/** the capability has another interface than the operation needs */
export const TRANSPORT_WRONG_INTERFACE = 13;

/** Bit n is set when operation n completes while it is drained and may be QUIET. */
export const IMMEDIATE_OPERATIONS = 1465;
/** Bit n is set when operation n reads nothing past the first 16 bytes of its entry. */
export const SHORT_OPERATIONS = 17;
