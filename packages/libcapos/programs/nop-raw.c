// One operation on the ring without the library: a NOP there and back. Its exit status is 0 when the completion is right.
#include <capos/ring-layout.h>

static inline long system_call(long number, long first, long second) {
  long result;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(first), "S"(second) : "rcx", "r11", "memory");
  return result;
}

__attribute__((noreturn, used)) static void run(char *page) {
  struct capos_ring_header *header = (struct capos_ring_header *)page;
  struct capos_sqe *submissions = (struct capos_sqe *)(page + header->sq_offset);
  const struct capos_cqe *completions = (const struct capos_cqe *)(page + header->cq_offset);
  int status = 1;
  if (header->magic == CAPOS_RING_MAGIC) {
    submissions[header->sq_tail & header->sq_mask] = (struct capos_sqe){.op = CAPOS_OP_NOP, .user_data = 0x1234567890};
    header->sq_tail++;
    status = 2;
    if (system_call(1, 1, -1) == 1) { // cap_enter: one completion, however long it takes
      const struct capos_cqe *completion = &completions[header->cq_head & header->cq_mask];
      status = completion->user_data == 0x1234567890 && completion->result == 0 ? 0 : 3;
      header->cq_head++;
    }
  }
  system_call(0, status, 0); // exit
  __builtin_unreachable();
}

// RDI holds the ring page; RSP is 16-aligned here, and a C function wants it 16-aligned before its call.
__attribute__((naked, noreturn)) void _start(void) {
  __asm__("xorl %ebp, %ebp\n\t"
          "call run\n\t"
          "ud2");
}
