// Threads with thread-local data, a mutex, a condition and joins: 4 workers (or as many as the first argument says) count.
#include <capos/console.h>
#include <capos/mutex.h>
#include <capos/string.h>
#include <capos/thread.h>

#define MAX_WORKERS 16
#define ROUNDS 1000

static _Thread_local unsigned own_count = 40; // initialised: comes from the image's PT_TLS
static _Thread_local unsigned own_zero;

static struct capos_mutex lock;
static struct capos_condition all_here;
static unsigned arrived, expected, shared_count;

static int work(void *argument) {
  unsigned number = *(unsigned *)argument;
  // Nobody starts counting before everybody is here.
  capos_mutex_lock(&lock);
  arrived++;
  if (arrived == expected) capos_condition_broadcast(&all_here);
  while (arrived < expected) capos_condition_wait(&all_here, &lock);
  capos_mutex_unlock(&lock);
  for (unsigned round = 0; round < ROUNDS; round++) {
    capos_mutex_lock(&lock);
    unsigned seen = shared_count;
    for (volatile unsigned delay = 0; delay < 20; delay++) {} // makes a broken lock show
    shared_count = seen + 1;
    capos_mutex_unlock(&lock);
    own_count++;
    own_zero += number;
  }
  return own_count == 40 + ROUNDS && own_zero == ROUNDS * number ? (int)number : -1;
}

int main(int argc, char **argv) {
  unsigned long long workers = 4;
  if (argc > 1 && (capos_parse_number(argv[1], &workers) < 0 || workers == 0 || workers > MAX_WORKERS)) {
    capos_print("usage: threads [1–%d]\n", MAX_WORKERS);
    return 2;
  }
  static struct capos_thread threads[MAX_WORKERS];
  static unsigned numbers[MAX_WORKERS];
  expected = (unsigned)workers;
  for (unsigned index = 0; index < workers; index++) {
    numbers[index] = index + 1;
    int error = capos_thread_create(&threads[index], work, &numbers[index], 0);
    if (error < 0) capos_fail("creating a thread", error);
  }
  int failures = 0;
  for (unsigned index = 0; index < workers; index++) {
    int value;
    int error = capos_thread_join(&threads[index], &value);
    if (error < 0) capos_fail("joining a thread", error);
    capos_print("thread %u answered %d\n", index + 1, value);
    if (value != (int)index + 1) failures++;
  }
  capos_print("%llu threads counted to %u; the first thread's own count is %u\n", workers, shared_count, own_count);
  return failures == 0 && shared_count == workers * ROUNDS && own_count == 40 ? 0 : 1;
}
