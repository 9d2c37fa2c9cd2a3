// The shortest program: three instructions that end it. What is measured is how soon they are reached.
__attribute__((noreturn)) void _start(void) {
  __asm__ volatile("syscall" : : "a"(60), "D"(7));
  __builtin_unreachable();
}
