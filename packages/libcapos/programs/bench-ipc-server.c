// The server half of the IPC benchmark: answers every call at the endpoint "bench" with the bytes it came with.
#include <capos/endpoint.h>
#include <capos/program.h>
#include <capos/schema/endpoint.h>

#define STOP_METHOD 1

static int handle(void *context, const struct capos_received *received, struct capos_request *reply) {
  (void)context;
  // From where it lies: the kernel reads the answer before it writes the next call there.
  reply->bytes = (void *)received->message.bytes;
  reply->length = received->message.length;
  return received->method == STOP_METHOD ? CAPOS_STOP_SERVING : 0;
}

int main(void) {
  return capos_serve(capos_find("bench", CAPOS_ENDPOINT_INTERFACE_ID), handle, NULL) < 0;
}
