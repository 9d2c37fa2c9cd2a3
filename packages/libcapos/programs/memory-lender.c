// Makes a MemoryObject, maps it, and lends it to whoever calls Lender (schema/examples.capnp) at the endpoint "lender".
#include "generated/examples.h"
#include <capos/console.h>
#include <capos/schema/endpoint.h>
#include <capos/memory.h>
#include <capos/schema/memory.h>
#include <capos/string.h>

#define SIZE 8192u

static capos_cap object;
static unsigned char *shared;
static bool done;

static uint64_t checksum(void) {
  uint64_t sum = 0;
  for (unsigned index = 0; index < SIZE; index++) sum = sum * 31 + shared[index];
  return sum;
}

static int borrow(void *context, const struct capos_received *call, struct example_lender_borrow_results *results) {
  (void)context;
  (void)call;
  results->object = CAPOS_COPY(object);
  return 0;
}

static int give_back(void *context, const struct capos_received *call,
                     const struct example_lender_give_back_params *params,
                     struct example_lender_give_back_results *results) {
  (void)context;
  (void)call;
  results->agreed = params->checksum == checksum();
  capos_print("lender sees \"%s\" and %s\n", (const char *)shared + 4096, results->agreed ? "agrees" : "disagrees");
  done = true;
  return 0;
}

static const struct example_lender_server SERVER = {.borrow = borrow, .give_back = give_back};

static int handle(void *context, const struct capos_received *received, struct capos_request *reply) {
  int handled = example_lender_handle(&SERVER, context, received, reply);
  return handled == 0 && done ? CAPOS_STOP_SERVING : handled;
}

int main(void) {
  struct capos_frame_allocator_allocate_results allocated;
  int error = capos_frame_allocator_allocate(capos_find("frames", CAPOS_FRAME_ALLOCATOR_INTERFACE_ID),
                                             &(struct capos_frame_allocator_allocate_params){.size = SIZE}, &allocated);
  if (error < 0) capos_fail("allocating a memory object", error);
  object = allocated.object.cap;
  error = capos_map_object(object, 0, SIZE, CAPOS_READ | CAPOS_WRITE, (void **)&shared);
  if (error < 0) capos_fail("mapping the memory object", error);
  memcpy(shared, "written by the lender", 22);
  error = capos_serve(capos_find("lender", CAPOS_ENDPOINT_INTERFACE_ID), handle, NULL);
  if (error < 0) capos_fail("memory-lender", error);
  return 0;
}
