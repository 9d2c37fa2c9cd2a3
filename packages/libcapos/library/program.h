/* What the program was started with; written once by capos_start before main. Private to the library. */
#ifndef CAPOS_LIBRARY_PROGRAM_H
#define CAPOS_LIBRARY_PROGRAM_H

#include <capos/cap.h>
#include <capos/ring.h>

struct capos_start_facts {
  uint64_t process_id;
  const struct capos_cap_set *cap_set;
  char **environment;
};

extern struct capos_start_facts capos_start_facts;

/* Opens the ring of a thread that has just started and prepares what its calls need. Ends the process if there is none. */
void capos_thread_enter(void *ring_page);

#endif
