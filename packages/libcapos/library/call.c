// Calls and their answers.
#include <capos/call.h>
#include <capos/string.h>
#include "exception.h"
#include "ring-access.h"

static uint32_t align8(uint32_t length) { return (length + 7u) & ~7u; }

struct capos_request capos_request_of(void *bytes, uint32_t capacity, uint32_t length) {
  return (struct capos_request){.bytes = bytes, .capacity = capacity, .length = length};
}

int capos_request_transfer(struct capos_request *request, capos_cap cap, uint8_t mode) {
  uint64_t at = (uint64_t)align8(request->length) + 16u * (uint64_t)request->transfer_count;
  if (request->transfer_count == UINT16_MAX || at + 16 > request->capacity) return -CAPOS_ERROR_TOO_LARGE;
  struct capos_transfer transfer = {.cap_id = cap, .mode = mode};
  memcpy((char *)request->bytes + at, &transfer, sizeof transfer);
  return request->transfer_count++;
}

// Fields that a CALL does not read are left as they are.
static inline void fill_call(struct capos_sqe *sqe, capos_cap target, uint16_t method,
                             const struct capos_request *request, void *result, uint32_t result_capacity) {
  sqe->op = CAPOS_OP_CALL;
  sqe->flags = 0;
  sqe->method_id = method;
  sqe->cap_id = target;
  sqe->params_address = (uint64_t)request->bytes;
  sqe->params_length = request->length;
  sqe->result_length = result_capacity;
  sqe->result_address = (uint64_t)result;
  sqe->answer_id = 0;
  sqe->transfer_count = request->transfer_count;
  sqe->aux = 0;
  sqe->deadline_ns = 0;
}

void capos_call_prepare(struct capos_sqe *sqe, capos_cap target, uint16_t method, const struct capos_request *request,
                        void *result, uint32_t result_capacity) {
  *sqe = (struct capos_sqe){0};
  fill_call(sqe, target, method, request, result, result_capacity);
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

int capos_call_finish(const struct capos_cqe *cqe, void *result, struct capos_message *answer) {
  if (cqe->result < 0) return cqe->result;
  uint32_t length = (uint32_t)cqe->result;
  answer->bytes = result;
  answer->length = length;
  answer->cap_count = cqe->cap_count;
  answer->caps = (const struct capos_cap_record *)((const char *)result + align8(length));
  if (!(cqe->flags & CAPOS_CQE_EXCEPTION)) return 0;
  capos_message_release_caps(answer);
  return capos_exception_note(answer->bytes, length);
}

int capos_call(capos_cap target, uint16_t method, const struct capos_request *request, void *result,
               uint32_t result_capacity, uint64_t deadline_ns, struct capos_message *answer) {
  struct capos_ring *ring = &capos_ring_of_thread;
  struct capos_sqe *sqe = ring_claim(ring);
  if (sqe == NULL) return -CAPOS_ERROR_BUSY;
  uint64_t user_data = ring_user_data(ring);
  fill_call(sqe, target, method, request, result, result_capacity);
  sqe->user_data = user_data;
  sqe->deadline_ns = deadline_ns;
  ring_publish(ring, 1);
  struct capos_cqe cqe;
  int entered = ring_enter_for(ring, user_data, &cqe);
  return entered < 0 ? entered : capos_call_finish(&cqe, result, answer);
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
