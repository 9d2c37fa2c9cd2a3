// Prints one line, and who is to be greeted if an argument says so.
#include <capos/console.h>

int main(int argc, char **argv) {
  int printed = capos_print("Hello, %s! I am process %lu.\n", argc > 1 ? argv[1] : "world",
                            (unsigned long)capos_process_id());
  return printed < 0 ? 1 : 0;
}
