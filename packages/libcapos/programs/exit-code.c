// Ends with the exit status named by its first argument, 0 without one.
#include <capos/program.h>
#include <capos/string.h>

int main(int argc, char **argv) {
  unsigned long long code = 0;
  if (argc > 1 && capos_parse_number(argv[1], &code) < 0) return 255;
  return (int)code;
}
