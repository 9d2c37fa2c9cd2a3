// The server half of the IPC benchmark: answers every call at the endpoint "bench" with the bytes it came with.
#include <capos/endpoint.h>
#include <capos/program.h>
#include <capos/schema/endpoint.h>
#include <capos/string.h>

#define STOP_METHOD 1

static int handle(void *context, const struct capos_received *received, struct capos_request *reply) {
  (void)context;
  if (received->message.length > reply->capacity) return -CAPOS_ERROR_TOO_LARGE;
  memcpy(reply->bytes, received->message.bytes, received->message.length);
  reply->length = received->message.length;
  return received->method == STOP_METHOD ? CAPOS_STOP_SERVING : 0;
}

int main(void) {
  return capos_serve(capos_find("bench", CAPOS_ENDPOINT_INTERFACE_ID), handle, NULL) < 0;
}
