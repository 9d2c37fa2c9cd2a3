/* The capOS ring in memory. Generated from packages/ipc-ring/src/layout.ts. Do not edit. */
#ifndef CAPOS_RING_H
#define CAPOS_RING_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define CAPOS_RING_ASSERT(condition, message) static_assert(condition, message)
#else
#define CAPOS_RING_ASSERT(condition, message) _Static_assert(condition, message)
#endif

#define CAPOS_RING_MAGIC 0x52504143u /* "CAPR" */
#define CAPOS_RING_VERSION 1u
#define CAPOS_RING_ALIGNMENT 8u
#define CAPOS_PROCESS_RING_SQ_ENTRIES 16u
#define CAPOS_PROCESS_RING_CQ_ENTRIES 32u

/* Starts every ring. Line 0 (bytes 0–63) is written by the client, line 1 (64–127) by the server. */
struct capos_ring_header {
  uint32_t magic; /* "CAPR": there is a ring here */
  uint32_t version; /* version of this layout */
  uint32_t sq_mask; /* submission entries − 1 (a power of two − 1) */
  uint32_t cq_mask; /* completion entries − 1; entries = credits */
  uint32_t sq_offset; /* bytes from the start of the ring to SQE slot 0 */
  uint32_t cq_offset; /* bytes from the start of the ring to CQE slot 0 */
  uint32_t sq_tail; /* submissions published by the client so far */
  uint32_t cq_head; /* completions consumed by the client so far */
  uint32_t client_flags; /* NEED_WAKEUP: the client sleeps on cqTail; SPINNING, SPIN_TRIAL: how it waits */
  uint8_t reserved0[28];
  uint32_t sq_head; /* submissions consumed by the server so far */
  uint32_t cq_tail; /* completions published by the server so far */
  uint32_t server_flags; /* NEED_WAKEUP: the server sleeps on sqTail; NEED_CREDIT: on cqHead */
  uint32_t overflow; /* drains that stopped because no credit was left */
  uint8_t reserved1[48];
};
CAPOS_RING_ASSERT(sizeof(struct capos_ring_header) == 128, "size of capos_ring_header");
CAPOS_RING_ASSERT(offsetof(struct capos_ring_header, magic) == 0, "offset of capos_ring_header.magic");
CAPOS_RING_ASSERT(offsetof(struct capos_ring_header, version) == 4, "offset of capos_ring_header.version");
CAPOS_RING_ASSERT(offsetof(struct capos_ring_header, sq_mask) == 8, "offset of capos_ring_header.sq_mask");
CAPOS_RING_ASSERT(offsetof(struct capos_ring_header, cq_mask) == 12, "offset of capos_ring_header.cq_mask");
CAPOS_RING_ASSERT(offsetof(struct capos_ring_header, sq_offset) == 16, "offset of capos_ring_header.sq_offset");
CAPOS_RING_ASSERT(offsetof(struct capos_ring_header, cq_offset) == 20, "offset of capos_ring_header.cq_offset");
CAPOS_RING_ASSERT(offsetof(struct capos_ring_header, sq_tail) == 24, "offset of capos_ring_header.sq_tail");
CAPOS_RING_ASSERT(offsetof(struct capos_ring_header, cq_head) == 28, "offset of capos_ring_header.cq_head");
CAPOS_RING_ASSERT(offsetof(struct capos_ring_header, client_flags) == 32, "offset of capos_ring_header.client_flags");
CAPOS_RING_ASSERT(offsetof(struct capos_ring_header, sq_head) == 64, "offset of capos_ring_header.sq_head");
CAPOS_RING_ASSERT(offsetof(struct capos_ring_header, cq_tail) == 68, "offset of capos_ring_header.cq_tail");
CAPOS_RING_ASSERT(offsetof(struct capos_ring_header, server_flags) == 72, "offset of capos_ring_header.server_flags");
CAPOS_RING_ASSERT(offsetof(struct capos_ring_header, overflow) == 76, "offset of capos_ring_header.overflow");

/* Submission queue entry. A field that the operation does not read may hold anything. */
struct capos_sqe {
  uint8_t op; /* operation number */
  uint8_t flags; /* SQE flags */
  uint16_t method_id; /* CALL: method ordinal within the interface of the capability */
  uint32_t cap_id; /* capability operated on */
  uint64_t user_data; /* copied to the completion, never looked at */
  uint64_t params_address; /* payload sent; transfer descriptors follow it, 8-aligned */
  uint32_t params_length; /* bytes of payload sent */
  uint32_t result_length; /* capacity of the result or receive buffer in bytes */
  uint64_t result_address; /* result or receive buffer */
  uint32_t answer_id; /* CALL: names its answer (0 none); FINISH: that answer; RETURN, RETURN_RECV: call token */
  uint32_t dependency; /* PIPELINED: answer whose result capability is the target */
  uint16_t dependency_cap; /* PIPELINED: ordinal of that result capability */
  uint16_t transfer_count; /* transfer descriptors after the payload */
  uint32_t aux; /* operation-specific */
  uint64_t deadline_ns; /* absolute monotonic nanoseconds, 0 none */
};
CAPOS_RING_ASSERT(sizeof(struct capos_sqe) == 64, "size of capos_sqe");
CAPOS_RING_ASSERT(offsetof(struct capos_sqe, op) == 0, "offset of capos_sqe.op");
CAPOS_RING_ASSERT(offsetof(struct capos_sqe, flags) == 1, "offset of capos_sqe.flags");
CAPOS_RING_ASSERT(offsetof(struct capos_sqe, method_id) == 2, "offset of capos_sqe.method_id");
CAPOS_RING_ASSERT(offsetof(struct capos_sqe, cap_id) == 4, "offset of capos_sqe.cap_id");
CAPOS_RING_ASSERT(offsetof(struct capos_sqe, user_data) == 8, "offset of capos_sqe.user_data");
CAPOS_RING_ASSERT(offsetof(struct capos_sqe, params_address) == 16, "offset of capos_sqe.params_address");
CAPOS_RING_ASSERT(offsetof(struct capos_sqe, params_length) == 24, "offset of capos_sqe.params_length");
CAPOS_RING_ASSERT(offsetof(struct capos_sqe, result_length) == 28, "offset of capos_sqe.result_length");
CAPOS_RING_ASSERT(offsetof(struct capos_sqe, result_address) == 32, "offset of capos_sqe.result_address");
CAPOS_RING_ASSERT(offsetof(struct capos_sqe, answer_id) == 40, "offset of capos_sqe.answer_id");
CAPOS_RING_ASSERT(offsetof(struct capos_sqe, dependency) == 44, "offset of capos_sqe.dependency");
CAPOS_RING_ASSERT(offsetof(struct capos_sqe, dependency_cap) == 48, "offset of capos_sqe.dependency_cap");
CAPOS_RING_ASSERT(offsetof(struct capos_sqe, transfer_count) == 50, "offset of capos_sqe.transfer_count");
CAPOS_RING_ASSERT(offsetof(struct capos_sqe, aux) == 52, "offset of capos_sqe.aux");
CAPOS_RING_ASSERT(offsetof(struct capos_sqe, deadline_ns) == 56, "offset of capos_sqe.deadline_ns");

/* Completion queue entry. */
struct capos_cqe {
  uint64_t user_data; /* of the submission */
  int32_t result; /* ≥ 0: success, usually bytes of payload; < 0: −transport error */
  uint32_t flags; /* CQE flags */
  uint64_t badge; /* RECV: badge of the caller; WAIT: bits taken; POST: value */
  uint32_t token; /* RECV: names the call to RETURN */
  uint16_t method_id; /* RECV: method ordinal called */
  uint16_t cap_count; /* capability records after the payload, 8-aligned */
};
CAPOS_RING_ASSERT(sizeof(struct capos_cqe) == 32, "size of capos_cqe");
CAPOS_RING_ASSERT(offsetof(struct capos_cqe, user_data) == 0, "offset of capos_cqe.user_data");
CAPOS_RING_ASSERT(offsetof(struct capos_cqe, result) == 8, "offset of capos_cqe.result");
CAPOS_RING_ASSERT(offsetof(struct capos_cqe, flags) == 12, "offset of capos_cqe.flags");
CAPOS_RING_ASSERT(offsetof(struct capos_cqe, badge) == 16, "offset of capos_cqe.badge");
CAPOS_RING_ASSERT(offsetof(struct capos_cqe, token) == 24, "offset of capos_cqe.token");
CAPOS_RING_ASSERT(offsetof(struct capos_cqe, method_id) == 28, "offset of capos_cqe.method_id");
CAPOS_RING_ASSERT(offsetof(struct capos_cqe, cap_count) == 30, "offset of capos_cqe.cap_count");

/* A capability sent. An array of them lies at align8(paramsAddress + paramsLength). */
struct capos_transfer {
  uint32_t cap_id; /* capability of the sender */
  uint8_t mode; /* transfer mode; the three bytes after it are 0 */
  uint8_t reserved0[11];
};
CAPOS_RING_ASSERT(sizeof(struct capos_transfer) == 16, "size of capos_transfer");
CAPOS_RING_ASSERT(offsetof(struct capos_transfer, cap_id) == 0, "offset of capos_transfer.cap_id");
CAPOS_RING_ASSERT(offsetof(struct capos_transfer, mode) == 4, "offset of capos_transfer.mode");

/* A capability received. An array of them lies at align8(resultAddress + payload bytes). */
struct capos_cap_record {
  uint32_t cap_id; /* in the table of the receiver */
  uint8_t reserved0[4];
  uint64_t interface_id; /* check it before adopting the capability */
};
CAPOS_RING_ASSERT(sizeof(struct capos_cap_record) == 16, "size of capos_cap_record");
CAPOS_RING_ASSERT(offsetof(struct capos_cap_record, cap_id) == 0, "offset of capos_cap_record.cap_id");
CAPOS_RING_ASSERT(offsetof(struct capos_cap_record, interface_id) == 8, "offset of capos_cap_record.interface_id");

/* Operations. */
enum {
  CAPOS_OP_NOP = 0, /* Does nothing, and completes: measures the ring, fences a batch. */
  CAPOS_OP_CALL = 1, /* Calls a method of a capability. */
  CAPOS_OP_RECV = 2, /* Receives one call at an endpoint the process owns. */
  CAPOS_OP_RETURN = 3, /* Answers a received call. */
  CAPOS_OP_RELEASE = 4, /* Gives up a capability. Its CapId is stale from now on. */
  CAPOS_OP_FINISH = 5, /* Forgets an answer: cancels the CALL if it is still open, and drops its pipelined result capabilities. */
  CAPOS_OP_PARK = 6, /* Sleeps while a 32-bit word holds an expected value. */
  CAPOS_OP_UNPARK = 7, /* Wakes sleepers of a word. */
  CAPOS_OP_SIGNAL = 8, /* Sets bits of a Notification. */
  CAPOS_OP_WAIT = 9, /* Takes bits of a Notification, waiting until there is one. */
  CAPOS_OP_POST = 10, /* Queues a completion for the process’s own event loop. */
  CAPOS_OP_RETURN_RECV = 11, /* Answers a received call, then receives the next: a RETURN and a RECV in one. */
};

/* Bits of client_flags and server_flags. */
enum {
  CAPOS_RING_NEED_WAKEUP = 1, /* this side sleeps; notify the tail it sleeps on after publishing */
  CAPOS_RING_NEED_CREDIT = 2, /* server: it sleeps on cqHead; notify that after consuming completions */
  CAPOS_RING_SPINNING = 4, /* client: it spins for completions, so the server may for submissions */
  CAPOS_RING_SPIN_TRIAL = 8, /* client: it tries whether spinning helps; the server joins in */
};

/* Bits of capos_sqe.flags. */
enum {
  CAPOS_SQE_PIPELINED = 1, /* capId is ignored; the target is result cap `dependencyCap` of answer `dependency` */
  CAPOS_SQE_QUIET = 2, /* no completion on success; a failure completes UNSOLICITED. Only for operations that complete at once */
  CAPOS_SQE_WANT_GONE = 4, /* RECV: may also complete FACET_GONE */
  CAPOS_SQE_KEEP_CAPS = 8, /* CALL with an answerId: result capabilities stay with the answer, none comes to the caller */
};

/* Bits of capos_cqe.flags. */
enum {
  CAPOS_CQE_EXCEPTION = 1, /* the payload is a CapException */
  CAPOS_CQE_CALL_ARRIVED = 2, /* a RECV completed with a call; answer it with RETURN */
  CAPOS_CQE_UNSOLICITED = 4, /* belongs to no counted submission: gives no credit back */
  CAPOS_CQE_CALL_CANCELED = 8, /* the caller gave up the call `token`; RETURN it all the same */
  CAPOS_CQE_DETAILED = 16, /* badge, token and methodId are set; without it they are undefined */
  CAPOS_CQE_FACET_GONE = 32, /* a RECV completed without a call: nobody holds the facets of `badge` any more */
  CAPOS_CQE_NOTIFIED = 64, /* a notification bound to this ring has bits set; badge shows which */
  CAPOS_CQE_RETURN_FAILED = 128, /* RETURN_RECV: the result is that of its RETURN, which failed; nothing was received */
};

/* Bits of capos_sqe.aux in RETURN. */
enum {
  CAPOS_RETURN_EXCEPTION = 1, /* RETURN: the payload is a CapException */
};

/* Transfer modes. */
enum {
  CAPOS_TRANSFER_COPY = 0, /* the sender keeps its reference */
  CAPOS_TRANSFER_MOVE = 1, /* the reference leaves the table of the sender when the message is delivered */
};

/* Transport errors: capos_cqe.result is the negated number. */
enum {
  CAPOS_ERROR_BAD_OPERATION = 1, /* no such operation, or a flag it does not take */
  CAPOS_ERROR_BAD_CAP = 2, /* null, stale or wrong kind of capability */
  CAPOS_ERROR_BAD_ADDRESS = 3, /* a buffer is not wholly mapped with the access needed */
  CAPOS_ERROR_BUFFER_TOO_SMALL = 4, /* payload and capability records do not fit; nothing was transferred */
  CAPOS_ERROR_NO_CREDIT = 5, /* every completion slot is spoken for; consume completions, then submit again */
  CAPOS_ERROR_CANCELED = 6, /* FINISH came first */
  CAPOS_ERROR_TIMED_OUT = 7, /* the deadline passed */
  CAPOS_ERROR_MALFORMED = 8, /* fields contradict each other, or the ring header does */
  CAPOS_ERROR_NOT_PERMITTED = 9, /* the capability does not allow it (transfer mode, owner-only operation) */
  CAPOS_ERROR_NO_MEMORY = 10, /* a resource ledger is exhausted */
  CAPOS_ERROR_DISCONNECTED = 11, /* the object is gone, and the exception did not fit the result buffer */
  CAPOS_ERROR_TOO_LARGE = 12, /* a length or count is past the limit of the system */
  CAPOS_ERROR_WRONG_INTERFACE = 13, /* the capability has another interface than the operation needs */
};

#endif
