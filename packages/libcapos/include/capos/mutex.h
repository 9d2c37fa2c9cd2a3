/* Mutual exclusion and waiting between the threads of a process. Uncontended, a lock costs one atomic instruction; a thread
   that must wait sleeps in the kernel (the ring operations PARK and UNPARK on the capability "park"). */
#ifndef CAPOS_MUTEX_H
#define CAPOS_MUTEX_H

#include <capos/error.h>
#include <stdbool.h>
#include <stdint.h>

/** A lock. Zero-initialised is unlocked. Not recursive. */
struct capos_mutex {
  uint32_t state; /* 0 unlocked, 1 locked, 2 locked and somebody sleeps */
};

/** Something that threads wait for under a mutex. Zero-initialised has no waiters. */
struct capos_condition {
  uint32_t sequence;
};

void capos_mutex_lock(struct capos_mutex *mutex);
bool capos_mutex_try_lock(struct capos_mutex *mutex);
void capos_mutex_unlock(struct capos_mutex *mutex);

/** Unlocks `mutex`, sleeps until woken, locks it again. May wake without reason: test what was waited for in a loop. */
void capos_condition_wait(struct capos_condition *condition, struct capos_mutex *mutex);
/** Wakes one waiter. */
void capos_condition_signal(struct capos_condition *condition);
/** Wakes every waiter. */
void capos_condition_broadcast(struct capos_condition *condition);

/**
 * Sleeps while `*word` is `expected`, until unparked or `deadline_ns` on the monotonic clock (0: however long).
 * Answers 0 (unparked, or the word differed; look at it again), −CAPOS_ERROR_TIMED_OUT, or another error.
 */
int capos_park(const uint32_t *word, uint32_t expected, uint64_t deadline_ns);

/** Wakes at most `count` threads parked on `word`. Answers how many, or an error. */
int capos_unpark(const uint32_t *word, uint32_t count);

#endif
