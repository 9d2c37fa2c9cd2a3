// The client half of the IPC benchmark: N calls of 64 bytes and their answers to "bench", timed by the Timer it was given.
//
// Prints "CALLS NANOSECONDS": the first argument's calls after a tenth of them as a warm-up.
#include <capos/call.h>
#include <capos/console.h>
#include <capos/string.h>
#include <capos/timer.h>

#define MESSAGE_SIZE 64
#define STOP_METHOD 1

static uint64_t message[MESSAGE_SIZE / 8], result[MESSAGE_SIZE / 8];

static int call_once(capos_cap bench, uint16_t method) {
  struct capos_request request = capos_request_of(message, sizeof message, MESSAGE_SIZE);
  struct capos_message answer;
  message[MESSAGE_SIZE / 8 - 1]++;
  int error = capos_call(bench, method, &request, result, sizeof result, 0, &answer);
  if (error < 0) return error;
  return answer.length == MESSAGE_SIZE && result[MESSAGE_SIZE / 8 - 1] == message[MESSAGE_SIZE / 8 - 1]
             ? 0
             : -CAPOS_ERROR_BAD_MESSAGE;
}

static int call_many(capos_cap bench, unsigned long long count) {
  for (; count > 0; count--) {
    int error = call_once(bench, 0);
    if (error < 0) return error;
  }
  return 0;
}

int main(int argc, char **argv) {
  unsigned long long calls = 1000;
  if (argc > 1 && capos_parse_number(argv[1], &calls) < 0) return 2;
  capos_cap bench = capos_find("bench", 0);
  uint64_t start = 0, end = 0;
  int error = call_many(bench, calls / 10);
  if (error == 0) error = capos_now(&start);
  if (error == 0) error = call_many(bench, calls);
  if (error == 0) error = capos_now(&end);
  if (error == 0) error = call_once(bench, STOP_METHOD);
  if (error < 0) capos_fail("bench-ipc-client", error);
  capos_print("%llu %lu\n", calls, (unsigned long)(end - start));
  return 0;
}
