/* Time, from the capability "timer". A program without it can't tell the time. */
#ifndef CAPOS_TIMER_H
#define CAPOS_TIMER_H

#include <capos/error.h>
#include <stdint.h>

/** Nanoseconds since some moment before the program started; never goes back. Answers 0 or an error. */
int capos_now(uint64_t *monotonic_ns);

/** Sleeps for at least `duration_ns` nanoseconds. Answers 0 or an error. */
int capos_sleep(uint64_t duration_ns);

#endif
