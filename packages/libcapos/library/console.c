// Printing. A print is formatted through a buffer on the stack and leaves in as few writes as that allows.
#include <capos/console.h>
#include <capos/schema/device.h>
#include <capos/string.h>

#define PIECE 2048u /* bytes of one write */

int capos_console_write_all(capos_cap console, const void *bytes, size_t length) {
  uint64_t buffer[PIECE / 8 + 8], result[32];
  for (const char *at = bytes; length > 0;) {
    struct capos_request request = capos_request_of(buffer, sizeof buffer, 0);
    struct capos_message answer;
    struct capos_console_write_results results = {0};
    struct capos_console_write_params params = {.data = {at, (uint32_t)(length < PIECE ? length : PIECE)}};
    int error = capos_console_write_params_encode(&params, &request);
    if (error == 0) {
      error = capos_call(console, CAPOS_CONSOLE_METHOD_WRITE, &request, result, sizeof result, 0, &answer);
    }
    if (error == 0) error = capos_console_write_results_decode(&results, &answer);
    // A console that takes nothing, or more than it was given, would keep us here forever.
    if (error == 0 && (results.written == 0 || results.written > params.data.length)) error = -CAPOS_ERROR_BAD_MESSAGE;
    if (error < 0) return error;
    at += results.written;
    length -= results.written;
  }
  return 0;
}

int capos_console_read_some(capos_cap console, void *bytes, uint32_t capacity) {
  struct capos_console_read_results results;
  if (capacity > CAPOS_EXCHANGE_RESULT_SIZE / 2) capacity = CAPOS_EXCHANGE_RESULT_SIZE / 2;
  int error = capos_console_read(console, &(struct capos_console_read_params){.max_length = capacity}, &results);
  if (error < 0) return error;
  if (results.data.length > capacity) return -CAPOS_ERROR_BAD_MESSAGE;
  memcpy(bytes, results.data.bytes, results.data.length);
  return (int)results.data.length;
}

static capos_cap find_console(const char *name) {
  capos_cap console = capos_find(name, CAPOS_CONSOLE_INTERFACE_ID);
  return console != CAPOS_NULL_CAP ? console : capos_find("console", CAPOS_CONSOLE_INTERFACE_ID);
}

capos_cap capos_standard_output(void) { return find_console("stdout"); }
capos_cap capos_standard_error(void) { return find_console("stderr"); }
capos_cap capos_standard_input(void) { return find_console("stdin"); }

struct printing {
  capos_cap console;
  int error;
  uint32_t length;
  char bytes[PIECE];
};

static void flush(struct printing *printing) {
  if (printing->error == 0) {
    printing->error = capos_console_write_all(printing->console, printing->bytes, printing->length);
  }
  printing->length = 0;
}

static void print_sink(void *context, const char *bytes, size_t length) {
  struct printing *printing = context;
  while (length > 0) {
    size_t room = PIECE - printing->length;
    size_t taken = length < room ? length : room;
    memcpy(printing->bytes + printing->length, bytes, taken);
    printing->length += (uint32_t)taken;
    bytes += taken;
    length -= taken;
    if (printing->length == PIECE) flush(printing);
  }
}

static int print_to(capos_cap console, const char *format, va_list arguments) {
  struct printing printing = {.console = console};
  if (console == CAPOS_NULL_CAP) return -CAPOS_ERROR_NO_SUCH_CAP;
  int length = capos_format_to(print_sink, &printing, format, arguments);
  flush(&printing);
  return printing.error < 0 ? printing.error : length;
}

int capos_print(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int printed = print_to(capos_standard_output(), format, arguments);
  va_end(arguments);
  return printed;
}

int capos_print_error(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int printed = print_to(capos_standard_error(), format, arguments);
  va_end(arguments);
  return printed;
}

_Noreturn void capos_fail(const char *what, int error) {
  bool is_exception = error <= -CAPOS_EXCEPTION_FAILED && error >= -CAPOS_EXCEPTION_INVALID_ARGUMENT;
  const char *reason = is_exception ? capos_last_exception()->reason : "";
  capos_print_error("%s: %s%s%s\n", what, capos_error_text(error), reason[0] != 0 ? ": " : "", reason);
  capos_exit(1);
}
