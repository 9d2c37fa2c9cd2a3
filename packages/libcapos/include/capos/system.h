/* The two system calls of capOS. Everything else is an operation on a ring or a method of a capability. */
#ifndef CAPOS_SYSTEM_H
#define CAPOS_SYSTEM_H

#include <stdint.h>

/** `timeout_ns` of capos_cap_enter: however long it takes. */
#define CAPOS_FOREVER UINT64_MAX
/** `timeout_ns` of capos_cap_enter: hand the submissions over, do not wait. */
#define CAPOS_DO_NOT_WAIT UINT64_C(0)

/** Ends the process. Its exit status is `code & 255`. */
_Noreturn void capos_exit(int code);

/**
 * Hands the calling thread's submissions to the kernel and waits until `minimum` completions lie in its completion
 * queue or `timeout_ns` nanoseconds have passed.
 * Answers how many completions lie there, or a negative error (capos/error.h): a ring whose header is not what the
 * kernel put there is refused with CAPOS_ERROR_MALFORMED.
 */
int64_t capos_cap_enter(uint32_t minimum, uint64_t timeout_ns);

#endif
