/* Calls: one method of one capability, with a message and capabilities each way.

     request buffer   message │ pad to 8 │ 16-byte transfer descriptors
     result buffer    message │ pad to 8 │ 16-byte capability records

   Messages are single Cap'n Proto segments without a frame; capability fields in them are ordinals among the
   descriptors or records. What happens to transferred capabilities: a copied one stays with the caller whatever happens;
   a moved one leaves the caller's table when the callee has received the call, and stays when the call fails before. */
#ifndef CAPOS_CALL_H
#define CAPOS_CALL_H

#include <capos/cap.h>
#include <capos/ring.h>
#include <stddef.h>

/** A message being sent, in a buffer of the caller's. */
struct capos_request {
  void *bytes;             /**< 8-aligned */
  uint32_t capacity;       /**< bytes of the buffer */
  uint32_t length;         /**< bytes of the message in it */
  uint16_t transfer_count; /**< descriptors behind the message */
};

/** A message received, in a buffer of the receiver's. Every capability in it belongs to the receiver. */
struct capos_message {
  const void *bytes;
  uint32_t length;
  uint16_t cap_count;
  const struct capos_cap_record *caps;
};

/** A request whose message of `length` bytes has been encoded at the start of `bytes`. */
static inline struct capos_request capos_request_of(void *bytes, uint32_t capacity, uint32_t length) {
  return (struct capos_request){.bytes = bytes, .capacity = capacity, .length = length};
}

/**
 * Sends `cap` along, copied or moved (CAPOS_TRANSFER_COPY, CAPOS_TRANSFER_MOVE). The first one gets ordinal 0, the next 1.
 * Answers the ordinal, or −CAPOS_ERROR_TOO_LARGE when the buffer has no room for its descriptor.
 */
int capos_request_transfer(struct capos_request *request, capos_cap cap, uint8_t mode);

/**
 * Calls method `method` of `target` and waits for its answer, at most until `deadline_ns` on the monotonic clock
 * (0: however long it takes). The answer's bytes lie in `result`.
 * Answers 0 or an error; after an exception capos_last_exception says why.
 */
int capos_call(capos_cap target, uint16_t method, const struct capos_request *request, void *result,
               uint32_t result_capacity, uint64_t deadline_ns, struct capos_message *answer);

/**
 * Fills an SQE with that call for a caller who submits and waits by itself (capos_ring_submit, capos_ring_wait); the
 * completion is read with capos_call_finish.
 */
void capos_call_prepare(struct capos_sqe *sqe, capos_cap target, uint16_t method, const struct capos_request *request,
                        void *result, uint32_t result_capacity);

/**
 * Names the answer of a prepared call, so that later calls of this thread can be chained to it; `answer` is not 0, and not
 * the name of a call under way. With `keep_caps` its result capabilities stay with the answer: none comes to the program.
 * The kernel keeps the answer until capos_answer_forget, or until another call takes the name.
 */
void capos_call_name(struct capos_sqe *sqe, uint32_t answer, bool keep_caps);

/**
 * Aims a prepared call at result capability `ordinal` of the call named `answer`, which need not have returned: the kernel
 * sends it on when that one does, and fails it in the same way if that one fails.
 */
void capos_call_chain(struct capos_sqe *sqe, uint32_t answer, uint16_t ordinal);

/** Forgets an answer: cancels its call if it is under way, and lets its capabilities go. 1 when a call was canceled. */
int capos_answer_forget(uint32_t answer);

/** Reads the completion of a prepared call: the answer, or its error. */
int capos_call_finish(const struct capos_cqe *cqe, void *result, struct capos_message *answer);

/**
 * Adopts the capability with this ordinal if it has the interface `interface_id` (0: any).
 * Answers 0, or −CAPOS_ERROR_NO_SUCH_CAP; one of another interface is released.
 */
int capos_message_cap(const struct capos_message *message, uint16_t ordinal, uint64_t interface_id, capos_cap *cap);

/** Releases every capability of a message, for a receiver that has no use for them. */
void capos_message_release_caps(const struct capos_message *message);

#endif
