// Receiving and answering calls.
#include <capos/endpoint.h>
#include <capos/schema/capability.h>
#include <capos/string.h>
#include <capos/system.h>

static __thread char raised_reason[CAPOS_REASON_SIZE];

static void prepare_receive(struct capos_sqe *sqe, capos_cap endpoint, void *buffer, uint32_t capacity) {
  *sqe = (struct capos_sqe){
      .op = CAPOS_OP_RECV,
      .cap_id = endpoint,
      .result_address = (uint64_t)buffer,
      .result_length = capacity,
  };
}

static void prepare_return(struct capos_sqe *sqe, capos_cap endpoint, uint32_t token, const struct capos_request *reply) {
  *sqe = (struct capos_sqe){
      .op = CAPOS_OP_RETURN,
      .cap_id = endpoint,
      .answer_id = token,
      .params_address = (uint64_t)reply->bytes,
      .params_length = reply->length,
      .transfer_count = reply->transfer_count,
  };
}

static int finish_receive(const struct capos_cqe *cqe, void *buffer, struct capos_received *received) {
  if (cqe->result < 0) return cqe->result;
  uint32_t length = (uint32_t)cqe->result;
  *received = (struct capos_received){
      .badge = cqe->badge,
      .token = cqe->token,
      .method = cqe->method_id,
      .message = {
          .bytes = buffer,
          .length = length,
          .cap_count = cqe->cap_count,
          .caps = (const struct capos_cap_record *)((const char *)buffer + ((length + 7u) & ~7u)),
      },
  };
  return 0;
}

int capos_receive(capos_cap endpoint, void *buffer, uint32_t capacity, struct capos_received *received) {
  struct capos_sqe sqe;
  struct capos_cqe cqe;
  prepare_receive(&sqe, endpoint, buffer, capacity);
  int performed = capos_ring_perform(capos_ring_self(), &sqe, &cqe);
  return performed < 0 ? performed : finish_receive(&cqe, buffer, received);
}

int capos_return(capos_cap endpoint, uint32_t token, const struct capos_request *reply) {
  struct capos_sqe sqe;
  struct capos_cqe cqe;
  prepare_return(&sqe, endpoint, token, reply);
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
  struct capos_sqe sqe;
  struct capos_cqe cqe;
  prepare_return(&sqe, endpoint, token, &reply);
  sqe.aux = CAPOS_RETURN_EXCEPTION;
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

// Gives back what a reply that could not be delivered would have moved? Nothing to do: a failed RETURN moves nothing, so
// moved capabilities are still this process's. They are released, because no handler will see them again.
static void release_moved(const struct capos_sqe *sqe) {
  const struct capos_transfer *transfers =
      (const struct capos_transfer *)(sqe->params_address + ((sqe->params_length + 7u) & ~7u));
  for (uint16_t index = 0; index < sqe->transfer_count; index++) {
    if (transfers[index].mode == CAPOS_TRANSFER_MOVE) capos_release(transfers[index].cap_id);
  }
}

int capos_serve(capos_cap endpoint, capos_handler *handler, void *context) {
  struct capos_ring *ring = capos_ring_self();
  uint64_t buffer[CAPOS_SERVE_BUFFER_SIZE / 8], reply_buffer[CAPOS_SERVE_BUFFER_SIZE / 8];
  struct capos_received received;
  int error = capos_receive(endpoint, buffer, sizeof buffer, &received);
  while (error == 0) {
    struct capos_request reply = capos_request_of(reply_buffer, sizeof reply_buffer, 0);
    struct capos_sqe answer, next;
    struct capos_cqe answered, arrived;
    raised_reason[0] = 0;
    int handled = handler(context, &received, &reply);
    if (handled < 0) reply = error_reply(reply_buffer, sizeof reply_buffer, handled);
    prepare_return(&answer, endpoint, received.token, &reply);
    if (handled < 0) answer.aux = CAPOS_RETURN_EXCEPTION;
    answer.user_data = capos_ring_user_data(ring);
    error = capos_ring_submit(ring, &answer);
    if (error < 0) return error;
    if (handled == CAPOS_STOP_SERVING) {
      error = capos_ring_wait(ring, answer.user_data, &answered);
      return error < 0 ? error : answered.result < 0 ? answered.result : 0;
    }
    // The answer and the next receive go to the kernel together.
    prepare_receive(&next, endpoint, buffer, sizeof buffer);
    next.user_data = capos_ring_user_data(ring);
    error = capos_ring_submit(ring, &next);
    if (error < 0) return error;
    error = capos_ring_wait(ring, next.user_data, &arrived);
    if (error == 0) error = capos_ring_wait(ring, answer.user_data, &answered);
    if (error < 0) return error;
    if (answered.result < 0) release_moved(&answer);
    // A reply that its caller had no room for: the call is still open, and an exception fits wherever anything does.
    if (answered.result == -CAPOS_ERROR_BUFFER_TOO_SMALL) {
      capos_return_exception(endpoint, received.token, CAPOS_EXCEPTION_FAILED, "the answer does not fit the caller's buffer");
    }
    error = finish_receive(&arrived, buffer, &received);
  }
  return error;
}
