// Receiving and answering calls.
#include <capos/endpoint.h>
#include <capos/schema/capability.h>
#include <capos/string.h>
#include <capos/system.h>
#include "ring-access.h"

static __thread char raised_reason[CAPOS_REASON_SIZE];

// Fields that an operation does not read are left as they are.
static inline void fill_receive(struct capos_sqe *sqe, capos_cap endpoint, void *buffer, uint32_t capacity) {
  sqe->op = CAPOS_OP_RECV;
  sqe->flags = 0;
  sqe->cap_id = endpoint;
  sqe->result_address = (uint64_t)buffer;
  sqe->result_length = capacity;
  sqe->deadline_ns = 0;
}

static inline void fill_return(struct capos_sqe *sqe, capos_cap endpoint, uint32_t token,
                               const struct capos_request *reply, uint32_t aux) {
  sqe->op = CAPOS_OP_RETURN;
  sqe->flags = 0;
  sqe->cap_id = endpoint;
  sqe->answer_id = token;
  sqe->params_address = (uint64_t)reply->bytes;
  sqe->params_length = reply->length;
  sqe->transfer_count = reply->transfer_count;
  sqe->aux = aux;
  sqe->deadline_ns = 0;
}

static inline int finish_receive(const struct capos_cqe *cqe, void *buffer, struct capos_received *received) {
  if (cqe->result < 0) return cqe->result;
  uint32_t length = (uint32_t)cqe->result;
  received->badge = cqe->badge;
  received->token = cqe->token;
  received->method = cqe->method_id;
  received->message.bytes = buffer;
  received->message.length = length;
  received->message.cap_count = cqe->cap_count;
  received->message.caps = (const struct capos_cap_record *)((const char *)buffer + ((length + 7u) & ~7u));
  return 0;
}

int capos_receive(capos_cap endpoint, void *buffer, uint32_t capacity, struct capos_received *received) {
  struct capos_sqe sqe = {0};
  struct capos_cqe cqe;
  fill_receive(&sqe, endpoint, buffer, capacity);
  int performed = capos_ring_perform(capos_ring_self(), &sqe, &cqe);
  return performed < 0 ? performed : finish_receive(&cqe, buffer, received);
}

int capos_return(capos_cap endpoint, uint32_t token, const struct capos_request *reply) {
  struct capos_sqe sqe = {0};
  struct capos_cqe cqe;
  fill_return(&sqe, endpoint, token, reply, 0);
  int performed = capos_ring_perform(capos_ring_self(), &sqe, &cqe);
  return performed < 0 ? performed : cqe.result;
}

// An exception as a reply. `buffer` holds CAPOS_REASON_SIZE and 40 bytes besides.
static struct capos_request exception_reply(void *buffer, uint32_t capacity, int kind, const char *reason) {
  struct capos_request reply = capos_request_of(buffer, capacity, 0);
  struct capos_cap_exception exception = {
      .kind = (uint16_t)(kind - CAPOS_EXCEPTION_FAILED),
      .reason = {reason, (uint32_t)strnlen(reason, CAPOS_REASON_SIZE - 1)},
  };
  capos_cap_exception_encode(&exception, &reply);
  return reply;
}

int capos_return_exception(capos_cap endpoint, uint32_t token, int kind, const char *reason) {
  uint64_t buffer[(CAPOS_REASON_SIZE + 40) / 8];
  struct capos_request reply = exception_reply(buffer, sizeof buffer, kind, reason);
  struct capos_sqe sqe = {0};
  struct capos_cqe cqe;
  fill_return(&sqe, endpoint, token, &reply, CAPOS_RETURN_EXCEPTION);
  int performed = capos_ring_perform(capos_ring_self(), &sqe, &cqe);
  return performed < 0 ? performed : cqe.result;
}

int capos_raise(int kind, const char *reason) {
  size_t length = strnlen(reason, CAPOS_REASON_SIZE - 1);
  memcpy(raised_reason, reason, length);
  raised_reason[length] = 0;
  return -kind;
}

// Kind and reason of a handler's error: its own if it raised one, else what the error value says.
static struct capos_request error_reply(void *buffer, uint32_t capacity, int error) {
  int kind = -error;
  bool is_kind = kind >= CAPOS_EXCEPTION_FAILED && kind <= CAPOS_EXCEPTION_INVALID_ARGUMENT;
  const char *reason = raised_reason[0] != 0 ? raised_reason : capos_error_text(error);
  struct capos_request reply = exception_reply(buffer, capacity, is_kind ? kind : CAPOS_EXCEPTION_FAILED, reason);
  raised_reason[0] = 0;
  return reply;
}

// A RETURN that failed moved nothing: what it would have moved is still held here, and no handler will see it again.
static void release_moved(const struct capos_request *reply) {
  const struct capos_transfer *transfers =
      (const struct capos_transfer *)((const char *)reply->bytes + ((reply->length + 7u) & ~7u));
  for (uint16_t index = 0; index < reply->transfer_count; index++) {
    if (transfers[index].mode == CAPOS_TRANSFER_MOVE) capos_release(transfers[index].cap_id);
  }
}

// What became of a RETURN that reported a failure. A reply that its caller had no room for leaves the call open, and an
// exception is shorter than most replies.
static void answer_failed(capos_cap endpoint, uint32_t token, const struct capos_request *reply, int result) {
  release_moved(reply);
  if (result == -CAPOS_ERROR_BUFFER_TOO_SMALL) {
    capos_return_exception(endpoint, token, CAPOS_EXCEPTION_FAILED, "the answer does not fit the caller's buffer");
  }
}

int capos_serve(capos_cap endpoint, capos_handler *handler, void *context) {
  struct capos_ring *ring = &capos_ring_of_thread;
  uint64_t buffer[CAPOS_SERVE_BUFFER_SIZE / 8], reply_buffer[CAPOS_SERVE_BUFFER_SIZE / 8];
  struct capos_received received;
  int error = capos_receive(endpoint, buffer, sizeof buffer, &received);
  while (error == 0) {
    struct capos_request reply = capos_request_of(reply_buffer, sizeof reply_buffer, 0);
    raised_reason[0] = 0;
    int handled = handler(context, &received, &reply);
    if (handled < 0) reply = error_reply(reply_buffer, sizeof reply_buffer, handled);
    if (handled == CAPOS_STOP_SERVING) {
      error = capos_return(endpoint, received.token, &reply);
      if (error < 0) answer_failed(endpoint, received.token, &reply, error);
      return error;
    }
    // The answer and the next receive go to the kernel together; the answer completes only if it fails.
    struct capos_sqe *slot = ring_claim(ring);
    if (slot == NULL) return -CAPOS_ERROR_BUSY;
    uint64_t answer_data = ring_user_data(ring);
    fill_return(slot, endpoint, received.token, &reply, handled < 0 ? CAPOS_RETURN_EXCEPTION : 0);
    slot->flags = CAPOS_SQE_QUIET;
    slot->user_data = answer_data;
    ring_publish(ring, 0);
    slot = ring_claim(ring);
    if (slot == NULL) return -CAPOS_ERROR_BUSY;
    uint64_t receive_data = ring_user_data(ring);
    fill_receive(slot, endpoint, buffer, sizeof buffer);
    slot->user_data = receive_data;
    ring_publish(ring, 1);
    struct capos_cqe cqe;
    uint32_t token = received.token;
    error = ring_enter_for(ring, receive_data, &cqe);
    if (error < 0) return error;
    error = finish_receive(&cqe, buffer, &received);
    if (ring->kept_count != 0 && capos_ring_kept(ring, answer_data, &cqe)) answer_failed(endpoint, token, &reply, cqe.result);
  }
  return error;
}
