// Serves Echo (schema/examples.capnp) at the endpoint "echo": every client is known by its badge, and by nothing else.
#include "generated/examples.h"
#include <capos/console.h>
#include <capos/schema/endpoint.h>

#define MAX_CLIENTS 16

static struct {
  uint64_t badge;
  uint32_t calls;
} clients[MAX_CLIENTS];

static uint32_t count_call(uint64_t badge) {
  for (unsigned index = 0; index < MAX_CLIENTS; index++) {
    if (clients[index].calls != 0 && clients[index].badge != badge) continue;
    clients[index].badge = badge;
    return ++clients[index].calls;
  }
  return 0;
}

static int echo(void *context, const struct capos_received *call, const struct example_echo_echo_params *params,
                struct example_echo_echo_results *results) {
  (void)context;
  if (params->text.length == 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "there is nothing to echo");
  uint32_t calls = count_call(call->badge);
  if (calls == 0) return capos_raise(CAPOS_EXCEPTION_OVERLOADED, "more clients than this server counts");
  results->text = params->text;
  results->badge = call->badge;
  results->calls = calls;
  return 0;
}

static bool stopping;

static int stop(void *context, const struct capos_received *call) {
  (void)context;
  (void)call;
  stopping = true;
  return 0;
}

static const struct example_echo_server SERVER = {.echo = echo, .stop = stop};

static int handle(void *context, const struct capos_received *received, struct capos_request *reply) {
  int handled = example_echo_handle(&SERVER, context, received, reply);
  return handled == 0 && stopping ? CAPOS_STOP_SERVING : handled;
}

int main(void) {
  int error = capos_serve(capos_find("echo", CAPOS_ENDPOINT_INTERFACE_ID), handle, NULL);
  if (error < 0) capos_fail("echo-server", error);
  for (unsigned index = 0; index < MAX_CLIENTS && clients[index].calls != 0; index++) {
    capos_print("badge %lu made %u calls\n", (unsigned long)clients[index].badge, clients[index].calls);
  }
  return 0;
}
