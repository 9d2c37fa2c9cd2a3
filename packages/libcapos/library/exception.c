// The last exception of a thread.
#include "exception.h"
#include <capos/error.h>
#include <capos/schema/capability.h>
#include <capos/string.h>

static __thread struct capos_exception last_exception;

const struct capos_exception *capos_last_exception(void) { return &last_exception; }

int capos_exception_note(const void *bytes, uint32_t length) {
  struct capos_message message = {.bytes = bytes, .length = length};
  struct capos_cap_exception exception;
  // A server that sends an exception nobody can read has failed, whatever it meant.
  if (capos_cap_exception_decode(&exception, &message) < 0 || exception.kind > CAPOS_CAP_EXCEPTION_KIND_INVALID_ARGUMENT) {
    exception = (struct capos_cap_exception){.reason = CAPOS_TEXT("an unreadable exception")};
  }
  size_t kept = exception.reason.length < CAPOS_REASON_SIZE ? exception.reason.length : CAPOS_REASON_SIZE - 1;
  memcpy(last_exception.reason, exception.reason.bytes, kept);
  last_exception.reason[kept] = 0;
  last_exception.kind = CAPOS_EXCEPTION_FAILED + exception.kind;
  return -last_exception.kind;
}

static const char *const TRANSPORT_TEXTS[] = {
    [CAPOS_ERROR_BAD_OPERATION] = "no such operation",
    [CAPOS_ERROR_BAD_CAP] = "no such capability, or no longer",
    [CAPOS_ERROR_BAD_ADDRESS] = "a buffer is not in memory",
    [CAPOS_ERROR_BUFFER_TOO_SMALL] = "the answer does not fit its buffer",
    [CAPOS_ERROR_NO_CREDIT] = "no completion slot is free",
    [CAPOS_ERROR_CANCELED] = "canceled",
    [CAPOS_ERROR_TIMED_OUT] = "timed out",
    [CAPOS_ERROR_MALFORMED] = "malformed submission or ring",
    [CAPOS_ERROR_NOT_PERMITTED] = "the capability does not permit it",
    [CAPOS_ERROR_NO_MEMORY] = "the process has used up what it may have",
    [CAPOS_ERROR_DISCONNECTED] = "the object is gone",
    [CAPOS_ERROR_TOO_LARGE] = "too large",
    [CAPOS_ERROR_WRONG_INTERFACE] = "the capability has another interface",
};
static const char *const EXCEPTION_TEXTS[] = {"failed", "overloaded", "disconnected", "unimplemented", "invalid argument"};
static const char *const LIBRARY_TEXTS[] = {"unreadable message", "no such capability", "no memory for the heap",
                                            "the ring is full"};

const char *capos_error_text(int error) {
  unsigned number = error < 0 ? -(unsigned)error : (unsigned)error;
  if (number == 0) return "no error";
  if (number < sizeof TRANSPORT_TEXTS / sizeof *TRANSPORT_TEXTS) return TRANSPORT_TEXTS[number];
  if (number - 64 < sizeof EXCEPTION_TEXTS / sizeof *EXCEPTION_TEXTS) return EXCEPTION_TEXTS[number - 64];
  if (number - 128 < sizeof LIBRARY_TEXTS / sizeof *LIBRARY_TEXTS) return LIBRARY_TEXTS[number - 128];
  return "unknown error";
}
