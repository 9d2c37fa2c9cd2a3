// Calls and their answers.
#include <capos/call.h>
#include <capos/string.h>
#include "exception.h"
#include "register-entry.h"

static uint32_t align8(uint32_t length) { return (length + 7u) & ~7u; }

int capos_request_transfer(struct capos_request *request, capos_cap cap, uint8_t mode) {
  uint64_t at = (uint64_t)align8(request->length) + 16u * (uint64_t)request->transfer_count;
  if (request->transfer_count == UINT16_MAX || at + 16 > request->capacity) return -CAPOS_ERROR_TOO_LARGE;
  struct capos_transfer transfer = {.cap_id = cap, .mode = mode};
  memcpy((char *)request->bytes + at, &transfer, sizeof transfer);
  return request->transfer_count++;
}

void capos_call_prepare(struct capos_sqe *sqe, capos_cap target, uint16_t method, const struct capos_request *request,
                        void *result, uint32_t result_capacity) {
  *sqe = (struct capos_sqe){
      .op = CAPOS_OP_CALL,
      .method_id = method,
      .cap_id = target,
      .params_address = (uint64_t)request->bytes,
      .params_length = request->length,
      .result_length = result_capacity,
      .result_address = (uint64_t)result,
      .transfer_count = request->transfer_count,
  };
}

void capos_call_name(struct capos_sqe *sqe, uint32_t answer, bool keep_caps) {
  sqe->answer_id = answer;
  if (keep_caps) sqe->flags |= CAPOS_SQE_KEEP_CAPS;
}

void capos_call_chain(struct capos_sqe *sqe, uint32_t answer, uint16_t ordinal) {
  sqe->flags |= CAPOS_SQE_PIPELINED;
  sqe->dependency = answer;
  sqe->dependency_cap = ordinal;
}

int capos_answer_forget(uint32_t answer) {
  struct capos_sqe sqe = {.op = CAPOS_OP_FINISH, .answer_id = answer};
  struct capos_cqe cqe;
  int performed = capos_ring_perform(capos_ring_self(), &sqe, &cqe);
  return performed < 0 ? performed : cqe.result;
}

// The answer is an exception. Apart from what every call runs through, so that that needs few registers.
static __attribute__((noinline, cold)) int note_exception(const struct capos_message *answer) {
  capos_message_release_caps(answer);
  return capos_exception_note(answer->bytes, answer->length);
}

static inline int finish(int64_t result, uint64_t flags, uint16_t cap_count, void *bytes, struct capos_message *answer) {
  if (result < 0) return (int)result;
  answer->bytes = bytes;
  answer->length = (uint32_t)result;
  answer->cap_count = cap_count;
  answer->caps = (const struct capos_cap_record *)((const char *)bytes + align8((uint32_t)result));
  return flags & CAPOS_CQE_EXCEPTION ? note_exception(answer) : 0;
}

int capos_call_finish(const struct capos_cqe *cqe, void *result, struct capos_message *answer) {
  return finish(cqe->result, cqe->flags, cqe->cap_count, result, answer);
}

// A deadline needs an entry in the ring.
static __attribute__((noinline, cold)) int call_until(capos_cap target, uint16_t method, const struct capos_request *request, void *result,
                      uint32_t result_capacity, uint64_t deadline_ns, struct capos_message *answer) {
  struct capos_sqe sqe;
  struct capos_cqe cqe;
  capos_call_prepare(&sqe, target, method, request, result, result_capacity);
  sqe.deadline_ns = deadline_ns;
  int performed = capos_ring_perform(capos_ring_self(), &sqe, &cqe);
  return performed < 0 ? performed : capos_call_finish(&cqe, result, answer);
}

int capos_call(capos_cap target, uint16_t method, const struct capos_request *request, void *result,
               uint32_t result_capacity, uint64_t deadline_ns, struct capos_message *answer) {
  if (deadline_ns != 0) return call_until(target, method, request, result, result_capacity, deadline_ns, answer);
  struct register_completion completion =
      register_enter(register_operation(CAPOS_OP_CALL, 0, method, target), request->bytes,
                     register_lengths(request->length, result_capacity), result, 0,
                     register_rest(request->transfer_count, 0));
  return finish(completion.result, completion.flags, register_cap_count(&completion), result, answer);
}

int capos_message_cap(const struct capos_message *message, uint16_t ordinal, uint64_t interface_id, capos_cap *cap) {
  if (ordinal >= message->cap_count) return -CAPOS_ERROR_NO_SUCH_CAP;
  const struct capos_cap_record *record = &message->caps[ordinal];
  if (interface_id != 0 && record->interface_id != interface_id) {
    capos_release(record->cap_id);
    return -CAPOS_ERROR_NO_SUCH_CAP;
  }
  *cap = record->cap_id;
  return 0;
}

void capos_message_release_caps(const struct capos_message *message) {
  for (uint16_t ordinal = 0; ordinal < message->cap_count; ordinal++) capos_release(message->caps[ordinal].cap_id);
}
