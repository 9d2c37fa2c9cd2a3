// The ring client: one producer of submissions, one consumer of completions, both this thread.
#include <capos/ring.h>
#include <capos/system.h>
#include "register-entry.h"

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

uint64_t capos_ring_user_data(struct capos_ring *ring) { return ring->next_user_data++ | UINT64_C(1) << 63; }

static bool is_full(const struct capos_ring *ring) {
  return ring->sq_tail - __atomic_load_n(&ring->header->sq_head, __ATOMIC_ACQUIRE) > ring->sq_mask;
}

static struct capos_sqe *slot_of(const struct capos_ring *ring) {
  return &ring->submissions[ring->sq_tail & ring->sq_mask];
}

struct capos_sqe *capos_ring_claim(struct capos_ring *ring) {
  if (ring->outstanding + ring->kept_count >= ring->credits) return NULL;
  if (is_full(ring) && (capos_cap_enter(0, CAPOS_DO_NOT_WAIT) < 0 || is_full(ring))) return NULL;
  return slot_of(ring);
}

void capos_ring_publish(struct capos_ring *ring) {
  if (!(slot_of(ring)->flags & CAPOS_SQE_QUIET)) ring->outstanding++;
  __atomic_store_n(&ring->header->sq_tail, ++ring->sq_tail, __ATOMIC_RELEASE);
}

int capos_ring_submit(struct capos_ring *ring, const struct capos_sqe *sqe) {
  struct capos_sqe *slot = capos_ring_claim(ring);
  if (slot == NULL) return -CAPOS_ERROR_BUSY;
  *slot = *sqe;
  capos_ring_publish(ring);
  return 0;
}

// Takes one completion out of the queue.
static bool take(struct capos_ring *ring, struct capos_cqe *cqe) {
  if (__atomic_load_n(&ring->header->cq_tail, __ATOMIC_ACQUIRE) == ring->cq_head) return false;
  *cqe = ring->completions[ring->cq_head & ring->cq_mask];
  if (!(cqe->flags & CAPOS_CQE_UNSOLICITED)) ring->outstanding--;
  __atomic_store_n(&ring->header->cq_head, ++ring->cq_head, __ATOMIC_RELEASE);
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
      // Kept completions still count against the credits, so there is room for a counted one. Unsolicited ones get half of
      // it at most: others cause them (a caller that gives up), and must not be able to use up this program's credits.
      uint32_t room = cqe->flags & CAPOS_CQE_UNSOLICITED ? CAPOS_PROCESS_RING_CQ_ENTRIES / 2 : CAPOS_PROCESS_RING_CQ_ENTRIES;
      if (ring->kept_count < room) ring->kept[ring->kept_count++] = *cqe;
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

// Without a deadline one entry needs no place in the ring.
static int perform_in_registers(const struct capos_sqe *sqe, struct capos_cqe *cqe) {
  struct register_completion completion = register_enter(
      register_operation(sqe->op, sqe->flags, sqe->method_id, sqe->cap_id), (const void *)sqe->params_address,
      register_lengths(sqe->params_length, sqe->result_length), (void *)sqe->result_address,
      sqe->answer_id | (uint64_t)sqe->dependency << 32,
      sqe->dependency_cap | register_rest(sqe->transfer_count, sqe->aux));
  *cqe = (struct capos_cqe){
      .user_data = sqe->user_data,
      .result = (int32_t)completion.result,
      .flags = (uint32_t)completion.flags,
      .badge = completion.badge,
      .token = (uint32_t)completion.token_and_rest,
      .method_id = (uint16_t)(completion.token_and_rest >> 32),
      .cap_count = register_cap_count(&completion),
  };
  return 0;
}

int capos_ring_perform(struct capos_ring *ring, struct capos_sqe *sqe, struct capos_cqe *cqe) {
  sqe->user_data = capos_ring_user_data(ring);
  if (sqe->deadline_ns == 0) return perform_in_registers(sqe, cqe);
  int submitted = capos_ring_submit(ring, sqe);
  if (submitted < 0) return submitted;
  return capos_ring_wait(ring, sqe->user_data, cqe);
}
