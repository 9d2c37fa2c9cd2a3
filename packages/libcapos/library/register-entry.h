/* One ring operation in registers: the shortest way through the kernel. Private to the library.

   The entry is an SQE without user_data and deadline; its completion comes back in registers as well, so neither ring nor
   memory has anything to keep in step. What lies where: docs/reference/system-calls.md.                                   */
#ifndef CAPOS_LIBRARY_REGISTER_ENTRY_H
#define CAPOS_LIBRARY_REGISTER_ENTRY_H

#include <capos/ring-layout.h>
#include "register-enter.h"

static inline uint64_t register_operation(uint8_t op, uint8_t flags, uint16_t method, uint32_t cap) {
  return op | (uint64_t)flags << 8 | (uint64_t)method << 16 | (uint64_t)cap << 32;
}

static inline uint64_t register_lengths(uint32_t params, uint32_t result) { return params | (uint64_t)result << 32; }

static inline uint64_t register_rest(uint16_t transfers, uint32_t aux) {
  return (uint64_t)transfers << 16 | (uint64_t)aux << 32;
}

static inline uint16_t register_cap_count(const struct register_completion *completion) {
  return (uint16_t)(completion->token_and_rest >> 48);
}

#endif
