/* Starting other programs, with exactly the capabilities named here. */
#ifndef CAPOS_PROCESS_H
#define CAPOS_PROCESS_H

#include <capos/cap.h>
#include <stddef.h>

/** One capability a child gets, under the name it will find it by. */
struct capos_spawn_grant {
  const char *name; /**< at most 31 bytes */
  capos_cap cap;
  uint8_t mode; /**< CAPOS_TRANSFER_COPY or CAPOS_TRANSFER_MOVE */
};

/** What to start, and with what. Lists end with a null pointer; a null list is empty. */
struct capos_spawn {
  const char *name;    /**< for people and tools */
  const char *program; /**< a program the system knows by name, or null */
  const void *image;   /**< an ELF file, when `program` is null */
  size_t image_size;
  const char *const *arguments;   /**< argv, the program's own name first */
  const char *const *environment; /**< NAME=value */
  const struct capos_spawn_grant *grants;
  size_t grant_count;
};

/**
 * Starts a program through `spawner` (a ProcessSpawner). Answers 0 and the child's ProcessHandle, which the caller releases,
 * or an error; moved grants stay when the program was not started.
 */
int capos_spawn(capos_cap spawner, const struct capos_spawn *spawn, capos_cap *process);

#endif
