// Sleeps for as many milliseconds as its argument says, and prints how long that was by the Timer, in milliseconds.
#include <capos/console.h>
#include <capos/string.h>
#include <capos/timer.h>

int main(int argc, char **argv) {
  unsigned long long milliseconds;
  uint64_t start, end;
  if (argc < 2 || capos_parse_number(argv[1], &milliseconds) < 0) {
    capos_print("usage: sleep MILLISECONDS\n");
    return 2;
  }
  int error = capos_now(&start);
  if (error == 0) error = capos_sleep(milliseconds * 1000000);
  if (error == 0) error = capos_now(&end);
  if (error < 0) capos_fail("sleep", error);
  capos_print("slept %lu ms\n", (unsigned long)((end - start) / 1000000));
  return 0;
}
