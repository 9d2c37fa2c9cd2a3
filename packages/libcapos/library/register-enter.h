/* The system call under register-entry.h, in a file of its own because a test on another system puts its own in its place. */
#ifndef CAPOS_LIBRARY_REGISTER_ENTER_H
#define CAPOS_LIBRARY_REGISTER_ENTER_H

#include <stdint.h>

/* What the registers hold at the end. */
struct register_completion {
  int64_t result; /* or the error of an entry that was not performed */
  uint64_t flags;
  uint64_t badge;
  uint64_t token_and_rest; /* token, method_id, cap_count from the low end */
};

/* cap_enter with the entry: everything that is in the ring before it, then this, to its end. */
static inline struct register_completion register_enter(uint64_t operation, const void *params, uint64_t lengths,
                                                        void *result, uint64_t answer, uint64_t rest) {
  register uint64_t fourth __asm__("r10") = (uint64_t)result;
  register uint64_t fifth __asm__("r8") = answer;
  register uint64_t sixth __asm__("r9") = rest;
  struct register_completion completion;
  __asm__ volatile("syscall"
                   : "=a"(completion.result), "+d"(lengths), "+r"(fifth), "+r"(sixth)
                   : "0"(UINT64_C(1) << 32 | 1), "D"(operation), "S"(params), "r"(fourth)
                   : "rcx", "r11", "memory");
  completion.flags = lengths;
  completion.badge = fifth;
  completion.token_and_rest = sixth;
  return completion;
}

#endif
