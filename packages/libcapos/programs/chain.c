// Calls that depend on one another, in one system call: makes a notification, signals it and takes the bits, without ever
// holding it. Prints the bits, and how the same chain ends at a capability that is no factory.
#include <capos/call.h>
#include <capos/console.h>
#include <capos/schema/notification.h>
#include <capos/string.h>

#define MADE 1

static uint64_t results[3][64], messages[2][8];

static int chain(capos_cap factory, uint64_t *bits) {
  struct capos_ring *ring = capos_ring_self();
  struct capos_request request = capos_request_of(messages[0], sizeof messages[0], 0);
  struct capos_notification_signal_params signal = {.bits = 6};
  struct capos_notification_poll_params poll = {.mask = 3};
  struct capos_sqe calls[3];
  capos_call_prepare(&calls[0], factory, CAPOS_NOTIFICATION_FACTORY_METHOD_CREATE, &request, results[0], sizeof results[0]);
  capos_call_name(&calls[0], MADE, true);
  int encoded = capos_notification_signal_params_encode(&signal, &request);
  capos_call_prepare(&calls[1], CAPOS_NULL_CAP, CAPOS_NOTIFICATION_METHOD_SIGNAL, &request, results[1], sizeof results[1]);
  capos_call_chain(&calls[1], MADE, 0);
  request = capos_request_of(messages[1], sizeof messages[1], 0);
  if (encoded == 0) encoded = capos_notification_poll_params_encode(&poll, &request);
  if (encoded < 0) return encoded;
  capos_call_prepare(&calls[2], CAPOS_NULL_CAP, CAPOS_NOTIFICATION_METHOD_POLL, &request, results[2], sizeof results[2]);
  capos_call_chain(&calls[2], MADE, 0);
  for (int link = 0; link < 3; link++) {
    calls[link].user_data = capos_ring_user_data(ring);
    int submitted = capos_ring_submit(ring, &calls[link]);
    if (submitted < 0) return submitted;
  }
  int error = 0;
  for (int link = 0; link < 3; link++) {
    struct capos_cqe cqe;
    struct capos_message answer;
    int waited = capos_ring_wait(ring, calls[link].user_data, &cqe);
    if (waited < 0) return waited;
    int finished = capos_call_finish(&cqe, results[link], &answer);
    if (finished < 0) error = finished;
    struct capos_notification_poll_results polled;
    if (link == 2 && error == 0) {
      error = capos_notification_poll_results_decode(&polled, &answer);
      *bits = polled.bits;
    }
  }
  int forgotten = capos_answer_forget(MADE);
  return forgotten < 0 ? forgotten : error;
}

int main(void) {
  uint64_t bits = 0;
  int error = chain(capos_find("notifications", 0), &bits);
  if (error < 0) capos_fail("chain", error);
  capos_print("the chain answers %lu\n", (unsigned long)bits);
  error = chain(0x12345, &bits);
  capos_print("without a factory: %s\n", capos_error_text(error));
  return 0;
}
