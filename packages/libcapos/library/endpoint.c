// Receiving and answering calls.
#include <capos/endpoint.h>
#include <capos/schema/capability.h>
#include <capos/string.h>
#include <capos/system.h>
#include "register-entry.h"

static __thread char raised_reason[CAPOS_REASON_SIZE];

// Reads what a RECV, or the second half of a RETURN_RECV, came to.
static inline int finish_receive(const struct register_completion *completion, void *buffer,
                                 struct capos_received *received) {
  if (completion->result < 0) return (int)completion->result;
  uint32_t length = (uint32_t)completion->result;
  received->badge = completion->badge;
  received->token = (uint32_t)completion->token_and_rest;
  received->method = (uint16_t)(completion->token_and_rest >> 32);
  received->message.bytes = buffer;
  received->message.length = length;
  received->message.cap_count = register_cap_count(completion);
  received->message.caps = (const struct capos_cap_record *)((const char *)buffer + ((length + 7u) & ~7u));
  return 0;
}

static int return_with(uint32_t token, const struct capos_request *reply, uint32_t aux) {
  return (int)register_enter(register_operation(CAPOS_OP_RETURN, 0, 0, CAPOS_NULL_CAP), reply->bytes,
                             register_lengths(reply->length, 0), NULL, token, register_rest(reply->transfer_count, aux))
      .result;
}

int capos_receive(capos_cap endpoint, void *buffer, uint32_t capacity, struct capos_received *received) {
  struct register_completion completion = register_enter(register_operation(CAPOS_OP_RECV, 0, 0, endpoint), NULL,
                                                         register_lengths(0, capacity), buffer, 0, 0);
  return finish_receive(&completion, buffer, received);
}

int capos_return(capos_cap endpoint, uint32_t token, const struct capos_request *reply) {
  (void)endpoint;
  return return_with(token, reply, 0);
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
  (void)endpoint;
  uint64_t buffer[(CAPOS_REASON_SIZE + 40) / 8];
  struct capos_request reply = exception_reply(buffer, sizeof buffer, kind, reason);
  return return_with(token, &reply, CAPOS_RETURN_EXCEPTION);
}

int capos_raise(int kind, const char *reason) {
  size_t length = strnlen(reason, CAPOS_REASON_SIZE - 1);
  memcpy(raised_reason, reason, length);
  raised_reason[length] = 0;
  return -kind;
}

// Kind and reason of a handler's error: its own if it raised one, else what the error value says.
static __attribute__((noinline, cold)) struct capos_request error_reply(void *buffer, uint32_t capacity, int error) {
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
static __attribute__((noinline, cold)) void answer_failed(capos_cap endpoint, uint32_t token, const struct capos_request *reply, int result) {
  release_moved(reply);
  if (result == -CAPOS_ERROR_BUFFER_TOO_SMALL) {
    capos_return_exception(endpoint, token, CAPOS_EXCEPTION_FAILED, "the answer does not fit the caller's buffer");
  }
}

int capos_serve(capos_cap endpoint, capos_handler *handler, void *context) {
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
    // The answer and the next receive are one entry.
    struct register_completion completion = register_enter(
        register_operation(CAPOS_OP_RETURN_RECV, 0, 0, endpoint), reply.bytes,
        register_lengths(reply.length, sizeof buffer), buffer, received.token,
        register_rest(reply.transfer_count, handled < 0 ? CAPOS_RETURN_EXCEPTION : 0));
    if (completion.result < 0 && completion.flags & CAPOS_CQE_RETURN_FAILED) {
      answer_failed(endpoint, received.token, &reply, (int)completion.result);
      error = capos_receive(endpoint, buffer, sizeof buffer, &received);
    } else {
      error = finish_receive(&completion, buffer, &received);
    }
  }
  return error;
}
