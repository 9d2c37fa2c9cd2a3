// Never ends and never calls the kernel, after one line that says so: only a timer interrupt gets the processor back.
#include <capos/console.h>

int main(void) {
  capos_print("spinning\n");
  for (;;) __asm__ volatile("");
}
