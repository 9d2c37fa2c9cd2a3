/* The server's side of an endpoint: receive a call, answer it, over and over.

     RECV ──▶ received ──▶ handler ──▶ reply │ error ──▶ RETURN_RECV: both in one entry, and the next call         */
#ifndef CAPOS_ENDPOINT_H
#define CAPOS_ENDPOINT_H

#include <capos/call.h>

/** One call that arrived. */
struct capos_received {
  uint64_t badge;  /**< which client facet was called; minted by the endpoint's owner, can't be forged */
  uint32_t token;  /**< names the call when it is answered */
  uint16_t method; /**< method ordinal */
  struct capos_message message;
};

/**
 * Waits for a call at `endpoint` and reads it into `buffer` of `capacity` bytes.
 * Answers 0 or an error; a call that does not fit the buffer fails at its caller, not here.
 */
int capos_receive(capos_cap endpoint, void *buffer, uint32_t capacity, struct capos_received *received);

/** Answers the call `token` with `reply`. Answers 0 or an error. */
int capos_return(capos_cap endpoint, uint32_t token, const struct capos_request *reply);

/** Answers the call `token` with an exception of `kind` (CAPOS_EXCEPTION_FAILED …). Answers 0 or an error. */
int capos_return_exception(capos_cap endpoint, uint32_t token, int kind, const char *reason);

/**
 * For handlers: notes why the call fails and answers −`kind`, the value to return.
 * `reason` is for people, is copied, and goes to the caller: nothing secret belongs in it.
 */
int capos_raise(int kind, const char *reason);

/**
 * Answers one call: encodes the results into `reply` and answers 0, or answers an error, which reaches the caller as an
 * exception (−CAPOS_EXCEPTION_… as that kind, anything else as failed). CAPOS_STOP_SERVING ends capos_serve after this
 * call was answered with what is in `reply`.
 */
typedef int capos_handler(void *context, const struct capos_received *received, struct capos_request *reply);

/** What a handler answers for the last call it wants to serve. */
#define CAPOS_STOP_SERVING 1

/** Bytes of the messages that capos_serve can receive and return, capabilities included. */
#define CAPOS_SERVE_BUFFER_SIZE 8192u

/**
 * Serves calls at `endpoint` through `handler` until it stops or the endpoint is gone.
 * Answers 0 after CAPOS_STOP_SERVING, else the error of the last receive.
 */
int capos_serve(capos_cap endpoint, capos_handler *handler, void *context);

#endif
