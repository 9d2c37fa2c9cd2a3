// The program's address space. Each call has its buffers on the stack: the heap is built on these, and results that a
// program still looks at stay untouched.
#include <capos/memory.h>
#include <capos/schema/memory.h>

#define BUFFER_WORDS 24

static capos_cap address_space(void) {
  static capos_cap memory;
  if (memory == CAPOS_NULL_CAP) memory = capos_find("memory", CAPOS_VIRTUAL_MEMORY_INTERFACE_ID);
  return memory;
}

static int call(uint16_t method, const struct capos_request *request, uint64_t *result, struct capos_message *answer) {
  if (address_space() == CAPOS_NULL_CAP) return -CAPOS_ERROR_NO_SUCH_CAP;
  return capos_call(address_space(), method, request, result, BUFFER_WORDS * 8, 0, answer);
}

int capos_map(size_t length, uint32_t protection, void **address) {
  uint64_t buffer[BUFFER_WORDS], result[BUFFER_WORDS];
  struct capos_request request = capos_request_of(buffer, sizeof buffer, 0);
  struct capos_message answer;
  struct capos_virtual_memory_map_results results;
  int error = capos_virtual_memory_map_params_encode(
      &(struct capos_virtual_memory_map_params){.length = length, .protection = protection}, &request);
  if (error == 0) error = call(CAPOS_VIRTUAL_MEMORY_METHOD_MAP, &request, result, &answer);
  if (error == 0) error = capos_virtual_memory_map_results_decode(&results, &answer);
  if (error == 0) *address = (void *)results.address;
  return error;
}

int capos_map_object(capos_cap object, uint64_t offset, size_t length, uint32_t protection, void **address) {
  uint64_t buffer[BUFFER_WORDS], result[BUFFER_WORDS];
  struct capos_request request = capos_request_of(buffer, sizeof buffer, 0);
  struct capos_message answer;
  struct capos_virtual_memory_map_object_results results;
  struct capos_virtual_memory_map_object_params params = {
      .object = CAPOS_COPY(object), .offset = offset, .length = length, .protection = protection};
  int error = capos_virtual_memory_map_object_params_encode(&params, &request);
  if (error == 0) error = call(CAPOS_VIRTUAL_MEMORY_METHOD_MAP_OBJECT, &request, result, &answer);
  if (error == 0) error = capos_virtual_memory_map_object_results_decode(&results, &answer);
  if (error == 0) *address = (void *)results.address;
  return error;
}

int capos_reserve(size_t length, void **address) {
  uint64_t buffer[BUFFER_WORDS], result[BUFFER_WORDS];
  struct capos_request request = capos_request_of(buffer, sizeof buffer, 0);
  struct capos_message answer;
  struct capos_virtual_memory_reserve_results results;
  int error = capos_virtual_memory_reserve_params_encode(
      &(struct capos_virtual_memory_reserve_params){.length = length}, &request);
  if (error == 0) error = call(CAPOS_VIRTUAL_MEMORY_METHOD_RESERVE, &request, result, &answer);
  if (error == 0) error = capos_virtual_memory_reserve_results_decode(&results, &answer);
  if (error == 0) *address = (void *)results.address;
  return error;
}

int capos_commit(void *address, size_t length, uint32_t protection) {
  uint64_t buffer[BUFFER_WORDS], result[BUFFER_WORDS];
  struct capos_request request = capos_request_of(buffer, sizeof buffer, 0);
  struct capos_message answer;
  struct capos_virtual_memory_commit_params params = {
      .address = (uint64_t)address, .length = length, .protection = protection};
  int error = capos_virtual_memory_commit_params_encode(&params, &request);
  return error < 0 ? error : call(CAPOS_VIRTUAL_MEMORY_METHOD_COMMIT, &request, result, &answer);
}

int capos_protect(void *address, size_t length, uint32_t protection) {
  uint64_t buffer[BUFFER_WORDS], result[BUFFER_WORDS];
  struct capos_request request = capos_request_of(buffer, sizeof buffer, 0);
  struct capos_message answer;
  struct capos_virtual_memory_protect_params params = {
      .address = (uint64_t)address, .length = length, .protection = protection};
  int error = capos_virtual_memory_protect_params_encode(&params, &request);
  return error < 0 ? error : call(CAPOS_VIRTUAL_MEMORY_METHOD_PROTECT, &request, result, &answer);
}

int capos_unmap(void *address, size_t length) {
  uint64_t buffer[BUFFER_WORDS], result[BUFFER_WORDS];
  struct capos_request request = capos_request_of(buffer, sizeof buffer, 0);
  struct capos_message answer;
  struct capos_virtual_memory_unmap_params params = {.address = (uint64_t)address, .length = length};
  int error = capos_virtual_memory_unmap_params_encode(&params, &request);
  return error < 0 ? error : call(CAPOS_VIRTUAL_MEMORY_METHOD_UNMAP, &request, result, &answer);
}
