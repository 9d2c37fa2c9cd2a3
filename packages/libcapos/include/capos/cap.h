/* Capabilities as a program names them: a CapId in its own table, and the CapSet that says what it started with. */
#ifndef CAPOS_CAP_H
#define CAPOS_CAP_H

#include <capos/error.h>
#include <stdint.h>

/** A process-local name of a held capability: slot in the low 20 bits, generation above. 0 is none. */
typedef uint32_t capos_cap;

/** The id of no capability. */
#define CAPOS_NULL_CAP 0u

/** One line of the CapSet. */
struct capos_cap_set_entry {
  capos_cap cap;
  uint32_t flags;
  uint64_t interface_id;
  char name[32]; /**< NUL-terminated UTF-8 */
};

/** The CapSet that the kernel mapped, read only. */
struct capos_cap_set {
  uint32_t magic; /**< CAPOS_CAP_SET_MAGIC */
  uint32_t count;
  uint64_t reserved;
  struct capos_cap_set_entry entries[];
};

/** "CAPS" in memory order. */
#define CAPOS_CAP_SET_MAGIC 0x53504143u

/** What this process was given at its start, or a null pointer when it was given nothing. */
const struct capos_cap_set *capos_cap_set(void);

/** The capability granted under `name` if it has the interface `interface_id` (0: any); else CAPOS_NULL_CAP. */
capos_cap capos_find(const char *name, uint64_t interface_id);

/** Gives up a capability: `cap` is stale from now on. Answers 0 or an error. */
int capos_release(capos_cap cap);

#endif
