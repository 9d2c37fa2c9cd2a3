// The ring client: one producer of submissions, one consumer of completions, both this thread.
#include <capos/ring.h>
#include <capos/system.h>
#include "ring-access.h"

__thread struct capos_ring capos_ring_of_thread;

struct capos_ring *capos_ring_self(void) { return &capos_ring_of_thread; }

int capos_ring_open(struct capos_ring *ring, void *page) {
  struct capos_ring_header *header = page;
  if (header->magic != CAPOS_RING_MAGIC || header->version != CAPOS_RING_VERSION) return -CAPOS_ERROR_MALFORMED;
  // More completion slots than can be kept are not used: the credit limit is what `kept` can hold.
  ring->header = header;
  ring->submissions = (struct capos_sqe *)((char *)page + header->sq_offset);
  ring->completions = (const struct capos_cqe *)((char *)page + header->cq_offset);
  ring->sq_mask = header->sq_mask;
  ring->cq_mask = header->cq_mask;
  ring->sq_tail = header->sq_tail;
  ring->cq_head = header->cq_head;
  uint32_t entries = header->cq_mask + 1;
  ring->credits = entries < CAPOS_PROCESS_RING_CQ_ENTRIES ? entries : CAPOS_PROCESS_RING_CQ_ENTRIES;
  ring->outstanding = 0;
  ring->kept_count = 0;
  ring->next_user_data = UINT64_C(1) << 63;
  return 0;
}

uint64_t capos_ring_user_data(struct capos_ring *ring) { return ring_user_data(ring); }

struct capos_sqe *capos_ring_claim(struct capos_ring *ring) {
  if (ring->outstanding + ring->kept_count >= ring->credits) return NULL;
  if (ring_is_full(ring) && (capos_cap_enter(0, CAPOS_DO_NOT_WAIT) < 0 || ring_is_full(ring))) return NULL;
  return ring_slot(ring);
}

void capos_ring_publish(struct capos_ring *ring) { ring_publish(ring, ring_slot(ring)->flags & CAPOS_SQE_QUIET ? 0 : 1); }

int capos_ring_submit(struct capos_ring *ring, const struct capos_sqe *sqe) {
  struct capos_sqe *slot = capos_ring_claim(ring);
  if (slot == NULL) return -CAPOS_ERROR_BUSY;
  *slot = *sqe;
  capos_ring_publish(ring);
  return 0;
}

// Takes one completion out of the queue.
static bool take(struct capos_ring *ring, struct capos_cqe *cqe) {
  const struct capos_cqe *next = ring_next_completion(ring);
  if (next == NULL) return false;
  *cqe = *next;
  ring_consume(ring, cqe->flags);
  return true;
}

static void remove_kept(struct capos_ring *ring, uint32_t index) {
  ring->kept_count--;
  for (; index < ring->kept_count; index++) ring->kept[index] = ring->kept[index + 1];
}

bool capos_ring_kept(struct capos_ring *ring, uint64_t user_data, struct capos_cqe *cqe) {
  for (uint32_t index = 0; index < ring->kept_count; index++) {
    if (ring->kept[index].user_data != user_data) continue;
    *cqe = ring->kept[index];
    remove_kept(ring, index);
    return true;
  }
  return false;
}

int capos_ring_wait(struct capos_ring *ring, uint64_t user_data, struct capos_cqe *cqe) {
  if (ring->kept_count != 0 && capos_ring_kept(ring, user_data, cqe)) return 0;
  for (;;) {
    while (take(ring, cqe)) {
      if (cqe->user_data == user_data) return 0;
      // Kept completions still count against the credits, so there is room for a counted one. An unsolicited one that
      // finds none tells of a failure nobody waits for.
      if (ring->kept_count < CAPOS_PROCESS_RING_CQ_ENTRIES) ring->kept[ring->kept_count++] = *cqe;
    }
    int64_t entered = capos_cap_enter(1, CAPOS_FOREVER);
    if (entered < 0) return (int)entered;
  }
}

int capos_ring_next(struct capos_ring *ring, struct capos_cqe *cqe, uint64_t timeout_ns) {
  if (ring->kept_count > 0) {
    *cqe = ring->kept[0];
    remove_kept(ring, 0);
    return 0;
  }
  if (take(ring, cqe)) return 0;
  int64_t entered = capos_cap_enter(timeout_ns == 0 ? 0 : 1, timeout_ns);
  if (entered < 0 && entered != -CAPOS_ERROR_TIMED_OUT) return (int)entered;
  return take(ring, cqe) ? 0 : -CAPOS_ERROR_TIMED_OUT;
}

int capos_ring_perform(struct capos_ring *ring, struct capos_sqe *sqe, struct capos_cqe *cqe) {
  sqe->user_data = capos_ring_user_data(ring);
  int submitted = capos_ring_submit(ring, sqe);
  if (submitted < 0) return submitted;
  return capos_ring_wait(ring, sqe->user_data, cqe);
}
