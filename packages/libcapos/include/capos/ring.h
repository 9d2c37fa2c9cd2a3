/* The ring of the calling thread: submissions go in, completions come out, in any order.

     sqe ──submit──▶ submission queue ──cap_enter──▶ kernel ──▶ completion queue ──▶ wanted by wait: handed over
                                                                                 └─▶ anything else: kept for later

   Credits: each submission owns a completion slot until its completion is handed over, so the completion queue cannot
   overflow. A thread uses its own ring only; nothing here locks.                                                    */
#ifndef CAPOS_RING_CLIENT_H
#define CAPOS_RING_CLIENT_H

#include <capos/error.h>
#include <capos/ring-layout.h>
#include <stdbool.h>
#include <stdint.h>

/** The client's side of one ring. Its fields belong to the library. */
struct capos_ring {
  struct capos_ring_header *header;
  struct capos_sqe *submissions;
  const struct capos_cqe *completions;
  uint32_t sq_mask;
  uint32_t cq_mask;
  uint32_t sq_tail;
  uint32_t cq_head;
  uint32_t credits;     /* completions that may be outstanding or kept */
  uint32_t outstanding; /* submissions whose completion has not been taken out of the completion queue */
  uint32_t kept_count;
  uint64_t next_user_data;
  struct capos_cqe kept[CAPOS_PROCESS_RING_CQ_ENTRIES]; /* taken out while waiting for another */
};

/** Takes the ring at `page` for the calling thread. Answers 0, or −CAPOS_ERROR_MALFORMED when no ring is there. */
int capos_ring_open(struct capos_ring *ring, void *page);

/** The ring of the calling thread. */
struct capos_ring *capos_ring_self(void);

/** A user_data value that no submission of this ring has; the top bit is set, so a program's own small ones differ. */
uint64_t capos_ring_user_data(struct capos_ring *ring);

/**
 * A submission slot to fill in place, whose fields hold anything; null when every completion slot is spoken for. The kernel
 * sees it after capos_ring_publish, which comes before anything else is done with the ring. QUIET submissions
 * (CAPOS_SQE_QUIET) complete only when they fail, and then unsolicited: they take no completion slot.
 */
struct capos_sqe *capos_ring_claim(struct capos_ring *ring);

/** Makes the claimed slot a submission. */
void capos_ring_publish(struct capos_ring *ring);

/**
 * Queues a copy of `sqe`. The kernel sees it at the next capos_cap_enter, which waiting does; a full submission queue is
 * handed over at once. Answers 0 or −CAPOS_ERROR_BUSY (every completion slot is spoken for: take completions first).
 */
int capos_ring_submit(struct capos_ring *ring, const struct capos_sqe *sqe);

/**
 * Waits for the completion of `user_data` and copies it to `cqe`; completions of others are kept for their own wait.
 * Answers 0, or the error of capos_cap_enter.
 */
int capos_ring_wait(struct capos_ring *ring, uint64_t user_data, struct capos_cqe *cqe);

/** Hands over a completion of `user_data` that has been kept while another was waited for; false when there is none. */
bool capos_ring_kept(struct capos_ring *ring, uint64_t user_data, struct capos_cqe *cqe);

/**
 * Takes the oldest completion there is, waiting at most `timeout_ns` nanoseconds for one.
 * Answers 0, −CAPOS_ERROR_TIMED_OUT, or the error of capos_cap_enter.
 */
int capos_ring_next(struct capos_ring *ring, struct capos_cqe *cqe, uint64_t timeout_ns);

/** Submits `sqe` under a fresh user_data and waits for it: the whole round trip of one operation. */
int capos_ring_perform(struct capos_ring *ring, struct capos_sqe *sqe, struct capos_cqe *cqe);

#endif
