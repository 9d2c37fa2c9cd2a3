// Time.
#include <capos/schema/device.h>
#include <capos/timer.h>

static capos_cap timer(void) { return capos_find("timer", CAPOS_TIMER_INTERFACE_ID); }

int capos_now(uint64_t *monotonic_ns) {
  struct capos_timer_now_results results;
  int error = capos_timer_now(timer(), &results);
  if (error == 0) *monotonic_ns = results.monotonic_ns;
  return error;
}

int capos_sleep(uint64_t duration_ns) {
  struct capos_timer_sleep_until_params params;
  int error = capos_now(&params.monotonic_ns);
  if (error < 0) return error;
  if (__builtin_add_overflow(params.monotonic_ns, duration_ns, &params.monotonic_ns)) params.monotonic_ns = UINT64_MAX;
  return capos_timer_sleep_until(timer(), &params);
}
