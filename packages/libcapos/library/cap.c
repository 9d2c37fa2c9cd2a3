// What this process was given, and giving it up.
#include <capos/cap.h>
#include <capos/ring.h>
#include <capos/string.h>
#include "program.h"

const struct capos_cap_set *capos_cap_set(void) { return capos_start_facts.cap_set; }

capos_cap capos_find(const char *name, uint64_t interface_id) {
  const struct capos_cap_set *set = capos_start_facts.cap_set;
  if (set == NULL || set->magic != CAPOS_CAP_SET_MAGIC) return CAPOS_NULL_CAP;
  for (uint32_t index = 0; index < set->count; index++) {
    const struct capos_cap_set_entry *entry = &set->entries[index];
    if (strcmp(entry->name, name) != 0) continue;
    return interface_id == 0 || entry->interface_id == interface_id ? entry->cap : CAPOS_NULL_CAP;
  }
  return CAPOS_NULL_CAP;
}

int capos_release(capos_cap cap) {
  struct capos_sqe sqe = {.op = CAPOS_OP_RELEASE, .cap_id = cap};
  struct capos_cqe cqe;
  int performed = capos_ring_perform(capos_ring_self(), &sqe, &cqe);
  return performed < 0 ? performed : cqe.result;
}
