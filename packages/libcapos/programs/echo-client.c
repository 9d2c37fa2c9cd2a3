// Calls the Echo it was given as "echo": each argument once, "--empty" as an empty text (refused), "--stop" to end the server.
#include "generated/examples.h"
#include <capos/console.h>
#include <capos/string.h>

int main(int argc, char **argv) {
  capos_cap echo = capos_find("echo", EXAMPLE_ECHO_INTERFACE_ID);
  for (int index = 1; index < argc; index++) {
    if (strcmp(argv[index], "--stop") == 0) {
      int error = example_echo_stop(echo);
      if (error < 0) capos_fail("stop", error);
      continue;
    }
    const char *text = strcmp(argv[index], "--empty") == 0 ? "" : argv[index];
    struct example_echo_echo_results results;
    int error = example_echo_echo(echo, &(struct example_echo_echo_params){.text = capos_text_of(text)}, &results);
    if (error < 0) {
      capos_print("%s: %s\n", capos_error_text(error), error > -CAPOS_EXCEPTION_FAILED ? "" : capos_last_exception()->reason);
    } else {
      capos_print("%s (badge %lu, call %u)\n", results.text.bytes, (unsigned long)results.badge, results.calls);
    }
  }
  return 0;
}
