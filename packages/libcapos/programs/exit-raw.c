// The smallest native program: one system call, no library. Its exit status is 7.

__attribute__((naked, noreturn)) void _start(void) {
  __asm__("movl $7, %edi\n\t"
          "xorl %eax, %eax\n\t" // 0: exit
          "syscall\n\t"
          "ud2");
}
