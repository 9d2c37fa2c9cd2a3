// Mutex and condition over PARK and UNPARK. The mutex is the three-state one of Drepper, "Futexes are tricky" (2011), §7:
// only an unlock that finds state 2 has to wake anybody.
#include <capos/cap.h>
#include <capos/mutex.h>
#include <capos/ring.h>
#include <capos/schema/process.h>

static capos_cap park_space(void) {
  static capos_cap park; // every thread finds the same one
  capos_cap known = __atomic_load_n(&park, __ATOMIC_RELAXED);
  if (known == CAPOS_NULL_CAP) {
    known = capos_find("park", CAPOS_PARK_SPACE_INTERFACE_ID);
    __atomic_store_n(&park, known, __ATOMIC_RELAXED);
  }
  return known;
}

static int perform(struct capos_sqe *sqe) {
  struct capos_cqe cqe;
  int performed = capos_ring_perform(capos_ring_self(), sqe, &cqe);
  return performed < 0 ? performed : cqe.result;
}

int capos_park(const uint32_t *word, uint32_t expected, uint64_t deadline_ns) {
  struct capos_sqe sqe = {
      .op = CAPOS_OP_PARK,
      .cap_id = park_space(),
      .params_address = (uint64_t)word,
      .aux = expected,
      .deadline_ns = deadline_ns,
  };
  int result = perform(&sqe);
  return result < 0 ? result : 0;
}

int capos_unpark(const uint32_t *word, uint32_t count) {
  struct capos_sqe sqe = {
      .op = CAPOS_OP_UNPARK,
      .cap_id = park_space(),
      .params_address = (uint64_t)word,
      .aux = count,
  };
  return perform(&sqe);
}

bool capos_mutex_try_lock(struct capos_mutex *mutex) {
  uint32_t unlocked = 0;
  return __atomic_compare_exchange_n(&mutex->state, &unlocked, 1, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

void capos_mutex_lock(struct capos_mutex *mutex) {
  if (capos_mutex_try_lock(mutex)) return;
  while (__atomic_exchange_n(&mutex->state, 2, __ATOMIC_ACQUIRE) != 0) capos_park(&mutex->state, 2, 0);
}

void capos_mutex_unlock(struct capos_mutex *mutex) {
  if (__atomic_exchange_n(&mutex->state, 0, __ATOMIC_RELEASE) == 2) capos_unpark(&mutex->state, 1);
}

void capos_condition_wait(struct capos_condition *condition, struct capos_mutex *mutex) {
  // A signal after this load changes the sequence, and the park then answers at once: none is missed.
  uint32_t sequence = __atomic_load_n(&condition->sequence, __ATOMIC_RELAXED);
  capos_mutex_unlock(mutex);
  capos_park(&condition->sequence, sequence, 0);
  // Others may be waiting for the mutex too: take it in the state that says so.
  while (__atomic_exchange_n(&mutex->state, 2, __ATOMIC_ACQUIRE) != 0) capos_park(&mutex->state, 2, 0);
}

void capos_condition_signal(struct capos_condition *condition) {
  __atomic_fetch_add(&condition->sequence, 1, __ATOMIC_RELAXED);
  capos_unpark(&condition->sequence, 1);
}

void capos_condition_broadcast(struct capos_condition *condition) {
  __atomic_fetch_add(&condition->sequence, 1, __ATOMIC_RELAXED);
  capos_unpark(&condition->sequence, UINT32_MAX);
}
