// Recursion, division for decimal output, and an FNV hash: prints a number and exits with the hash's low bits.
static long call(long number, long a, long b, long c) {
  long result;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
  return result;
}

static unsigned fibonacci(unsigned n) {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

void _start(void) {
  unsigned rest = fibonacci(20);
  char text[16];
  int at = 15;
  text[15] = '\n';
  while (rest) {
    text[--at] = '0' + rest % 10;
    rest /= 10;
  }
  call(1, 1, (long)(text + at), 16 - at);
  unsigned long hash = 1469598103934665603ul;
  for (unsigned i = 0; i < 100000; i++) hash = (hash ^ (i & 255)) * 1099511628211ul;
  call(60, hash & 0x7f, 0, 0);
}
