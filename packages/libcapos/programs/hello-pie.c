// The same greeting from a static-pie: loaded anywhere, it relocates its own pointers before main.
#include <capos/console.h>

static const char *const WORDS[] = {"Hello", "from", "wherever", "this", "is"};
static const char *const *volatile words = WORDS; // a pointer in data, which needs its relocation

int main(void) {
  for (unsigned index = 0; index < sizeof WORDS / sizeof *WORDS; index++) {
    capos_print("%s%s", index == 0 ? "" : " ", words[index]);
  }
  capos_print("\n");
  return 0;
}
