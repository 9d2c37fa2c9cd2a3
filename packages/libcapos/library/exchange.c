// The buffers of the calling thread that generated calls borrow: one request out, one answer back.
#include <capos/allocate.h>
#include <capos/message.h>

static __thread uint64_t request_buffer[CAPOS_EXCHANGE_REQUEST_SIZE / 8];
static __thread uint64_t result_buffer[CAPOS_EXCHANGE_RESULT_SIZE / 8];

int capos_exchange_begin(struct capos_exchange *exchange, uint64_t size) {
  uint64_t needed = size + CAPOS_MAX_TRANSFERS * sizeof(struct capos_transfer);
  exchange->allocated = NULL;
  exchange->answer = (struct capos_message){.bytes = result_buffer};
  if (needed <= sizeof request_buffer) {
    exchange->request = capos_request_of(request_buffer, sizeof request_buffer, 0);
    return 0;
  }
  if (needed > UINT32_MAX - 7) return -CAPOS_ERROR_TOO_LARGE;
  exchange->allocated = capos_allocate(needed);
  if (exchange->allocated == NULL) return -CAPOS_ERROR_NO_HEAP;
  exchange->request = capos_request_of(exchange->allocated, (uint32_t)needed, 0);
  return 0;
}

int capos_exchange_call(struct capos_exchange *exchange, capos_cap target, uint16_t method) {
  return capos_call(target, method, &exchange->request, result_buffer, sizeof result_buffer, 0, &exchange->answer);
}

int capos_exchange_end(struct capos_exchange *exchange, int error) {
  capos_free(exchange->allocated);
  return error;
}
