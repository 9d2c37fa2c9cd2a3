// What every kernel here starts with: two system calls, and a run function whose result is the exit status's proof of work.
#include <stdint.h>

#ifndef REPEAT
#define REPEAT 1
#endif

// noipa: every run is made, however well the compiler knows what will come of it.
__attribute__((noipa)) static uint32_t run(void);

static void finish(long status) {
  __asm__ volatile("syscall" : : "a"(60), "D"(status) : "rcx", "r11", "memory");
  __builtin_unreachable();
}

__attribute__((force_align_arg_pointer)) void _start(void) {
  uint32_t sum = 0;
  for (int i = 0; i < REPEAT; i++) sum = run();
  finish((sum ^ (sum >> 8) ^ (sum >> 16) ^ (sum >> 24)) & 0x7f);
}

// The compiler may call these whatever the flags say.
void *memcpy(void *to, const void *from, unsigned long count) {
  void *result = to;
  __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(count) : : "memory");
  return result;
}

void *memset(void *to, int byte, unsigned long count) {
  void *result = to;
  __asm__ volatile("rep stosb" : "+D"(to), "+c"(count) : "a"(byte) : "memory");
  return result;
}
