// Copies its input to its output until the input ends.
#include <capos/console.h>

int main(void) {
  static char buffer[4096];
  for (;;) {
    int length = capos_console_read_some(capos_standard_input(), buffer, sizeof buffer);
    if (length < 0) capos_fail("cat: reading", length);
    if (length == 0) return 0;
    int error = capos_console_write_all(capos_standard_output(), buffer, (size_t)length);
    if (error < 0) capos_fail("cat: writing", error);
  }
}
