/* The few instructions of a ring's hot path, inlined into the library's own round trips. Private to the library.

   A round trip is a claim, a submission, one system call, one completion: most of what a call costs a program is here, so
   it is counted in instructions (`ipc` bench: elf-call-64).                                                            */
#ifndef CAPOS_LIBRARY_RING_ACCESS_H
#define CAPOS_LIBRARY_RING_ACCESS_H

#include <capos/ring.h>
#include <capos/system.h>

extern __thread struct capos_ring capos_ring_of_thread;

static inline uint64_t ring_user_data(struct capos_ring *ring) { return ring->next_user_data++ | UINT64_C(1) << 63; }

static inline bool ring_is_full(const struct capos_ring *ring) {
  return ring->sq_tail - __atomic_load_n(&ring->header->sq_head, __ATOMIC_ACQUIRE) > ring->sq_mask;
}

static inline struct capos_sqe *ring_slot(const struct capos_ring *ring) {
  return &ring->submissions[ring->sq_tail & ring->sq_mask];
}

/* capos_ring_claim, without a call when there is room. */
static inline struct capos_sqe *ring_claim(struct capos_ring *ring) {
  if (ring->outstanding + ring->kept_count >= ring->credits || ring_is_full(ring)) return capos_ring_claim(ring);
  return ring_slot(ring);
}

/* Publishes the claimed slot, which takes `credits` completion slots: 0 for a QUIET one, else 1. */
static inline void ring_publish(struct capos_ring *ring, uint32_t credits) {
  ring->outstanding += credits;
  __atomic_store_n(&ring->header->sq_tail, ++ring->sq_tail, __ATOMIC_RELEASE);
}

static inline const struct capos_cqe *ring_next_completion(const struct capos_ring *ring) {
  if (__atomic_load_n(&ring->header->cq_tail, __ATOMIC_ACQUIRE) == ring->cq_head) return NULL;
  return &ring->completions[ring->cq_head & ring->cq_mask];
}

/* Frees the slot of the next completion, whose flags these are. */
static inline void ring_consume(struct capos_ring *ring, uint32_t flags) {
  if (!(flags & CAPOS_CQE_UNSOLICITED)) ring->outstanding--;
  __atomic_store_n(&ring->header->cq_head, ++ring->cq_head, __ATOMIC_RELEASE);
}

/* Enters the kernel and hands over the completion of `user_data`, which usually is the next one. Answers 0 or an error. */
static inline int ring_enter_for(struct capos_ring *ring, uint64_t user_data, struct capos_cqe *cqe) {
  int64_t entered = capos_cap_enter(1, CAPOS_FOREVER);
  if (entered < 0) return (int)entered;
  const struct capos_cqe *next = ring_next_completion(ring);
  if (next == NULL || next->user_data != user_data) return capos_ring_wait(ring, user_data, cqe);
  *cqe = *next;
  ring_consume(ring, cqe->flags);
  return 0;
}

#endif
