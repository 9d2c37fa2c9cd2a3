/* Generated from examples.capnp. Do not edit.
   Interfaces that the guest programs here talk to one another with. */
#ifndef CAPOS_SCHEMA_EXAMPLE_EXAMPLES_H
#define CAPOS_SCHEMA_EXAMPLE_EXAMPLES_H

#include <capos/call.h>
#include <capos/endpoint.h>
#include <capos/message.h>

struct example_echo_echo_params {
  struct capos_text text;
};

static inline uint32_t example_echo_echo_params_fill(const struct example_echo_echo_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->text.length != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void example_echo_echo_params_point(struct capos_writer *writer, uint32_t at, const struct example_echo_echo_params *value) {
  if (value->text.length != 0) capos_write_text(writer, at + 0, value->text);
}

static inline void example_echo_echo_params_put(struct capos_writer *writer, uint32_t at, const struct example_echo_echo_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = example_echo_echo_params_fill(value, words);
  example_echo_echo_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t example_echo_echo_params_size(const struct example_echo_echo_params *value) {
  uint64_t size = 8;
  size += ((uint64_t)value->text.length + 8) & ~UINT64_C(7);
  return size;
}

static inline void example_echo_echo_params_read(struct capos_reader *reader, struct capos_struct_view view, struct example_echo_echo_params *value) {
  *value = (struct example_echo_echo_params){0};
  value->text = capos_read_text(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int example_echo_echo_params_encode(const struct example_echo_echo_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  example_echo_echo_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int example_echo_echo_params_decode(struct example_echo_echo_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  example_echo_echo_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct example_echo_echo_results {
  struct capos_text text;
  uint64_t badge;
  uint32_t calls;
};

static inline uint32_t example_echo_echo_results_fill(const struct example_echo_echo_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->text.length != 0) pointers = 1;
  words[0] |= (uint64_t)value->badge;
  words[1] |= (uint64_t)(uint32_t)value->calls;
  return pointers;
}

static inline void example_echo_echo_results_point(struct capos_writer *writer, uint32_t at, const struct example_echo_echo_results *value) {
  if (value->text.length != 0) capos_write_text(writer, at + 0, value->text);
}

static inline void example_echo_echo_results_put(struct capos_writer *writer, uint32_t at, const struct example_echo_echo_results *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = example_echo_echo_results_fill(value, words);
  example_echo_echo_results_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t example_echo_echo_results_size(const struct example_echo_echo_results *value) {
  uint64_t size = 24;
  size += ((uint64_t)value->text.length + 8) & ~UINT64_C(7);
  return size;
}

static inline void example_echo_echo_results_read(struct capos_reader *reader, struct capos_struct_view view, struct example_echo_echo_results *value) {
  *value = (struct example_echo_echo_results){0};
  value->text = capos_read_text(reader, &view, 0);
  value->badge = (uint64_t)(capos_get_u64(&view, 0));
  value->calls = (uint32_t)(capos_get_u32(&view, 8));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int example_echo_echo_results_encode(const struct example_echo_echo_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  example_echo_echo_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int example_echo_echo_results_decode(struct example_echo_echo_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  example_echo_echo_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct example_lender_borrow_results {
  struct capos_capability object;
};

static inline uint32_t example_lender_borrow_results_fill(const struct example_lender_borrow_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->object.cap != CAPOS_NULL_CAP) pointers = 1;
  (void)words;
  return pointers;
}

static inline void example_lender_borrow_results_point(struct capos_writer *writer, uint32_t at, const struct example_lender_borrow_results *value) {
  if (value->object.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->object);
}

static inline void example_lender_borrow_results_put(struct capos_writer *writer, uint32_t at, const struct example_lender_borrow_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = example_lender_borrow_results_fill(value, words);
  example_lender_borrow_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t example_lender_borrow_results_size(const struct example_lender_borrow_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void example_lender_borrow_results_read(struct capos_reader *reader, struct capos_struct_view view, struct example_lender_borrow_results *value) {
  *value = (struct example_lender_borrow_results){0};
  value->object = capos_read_capability(reader, &view, 0, UINT64_C(0xb3b7a50d334fac6e));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int example_lender_borrow_results_encode(const struct example_lender_borrow_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  example_lender_borrow_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int example_lender_borrow_results_decode(struct example_lender_borrow_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  example_lender_borrow_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct example_lender_give_back_params {
  uint64_t checksum;
};

static inline uint32_t example_lender_give_back_params_fill(const struct example_lender_give_back_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->checksum;
  return pointers;
}

static inline void example_lender_give_back_params_point(struct capos_writer *writer, uint32_t at, const struct example_lender_give_back_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void example_lender_give_back_params_put(struct capos_writer *writer, uint32_t at, const struct example_lender_give_back_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = example_lender_give_back_params_fill(value, words);
  example_lender_give_back_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t example_lender_give_back_params_size(const struct example_lender_give_back_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void example_lender_give_back_params_read(struct capos_reader *reader, struct capos_struct_view view, struct example_lender_give_back_params *value) {
  *value = (struct example_lender_give_back_params){0};
  value->checksum = (uint64_t)(capos_get_u64(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int example_lender_give_back_params_encode(const struct example_lender_give_back_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  example_lender_give_back_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int example_lender_give_back_params_decode(struct example_lender_give_back_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  example_lender_give_back_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct example_lender_give_back_results {
  bool agreed;
};

static inline uint32_t example_lender_give_back_results_fill(const struct example_lender_give_back_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->agreed;
  return pointers;
}

static inline void example_lender_give_back_results_point(struct capos_writer *writer, uint32_t at, const struct example_lender_give_back_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void example_lender_give_back_results_put(struct capos_writer *writer, uint32_t at, const struct example_lender_give_back_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = example_lender_give_back_results_fill(value, words);
  example_lender_give_back_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t example_lender_give_back_results_size(const struct example_lender_give_back_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void example_lender_give_back_results_read(struct capos_reader *reader, struct capos_struct_view view, struct example_lender_give_back_results *value) {
  *value = (struct example_lender_give_back_results){0};
  value->agreed = (capos_get_bit(&view, 0)) != 0;
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int example_lender_give_back_results_encode(const struct example_lender_give_back_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  example_lender_give_back_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int example_lender_give_back_results_decode(struct example_lender_give_back_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  example_lender_give_back_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

#define EXAMPLE_ECHO_INTERFACE_ID UINT64_C(0xd885ab71832c5b18)
#define EXAMPLE_ECHO_METHOD_ECHO 0u
#define EXAMPLE_ECHO_METHOD_STOP 1u

/** The same text, the badge the caller is known by, and how many calls it has made. */
static inline int example_echo_echo(capos_cap target, const struct example_echo_echo_params *params, struct example_echo_echo_results *results) {
  struct capos_exchange exchange;
  *results = (struct example_echo_echo_results){0};
  int error = capos_exchange_begin(&exchange, 8 + example_echo_echo_params_size(params));
  if (error == 0) error = example_echo_echo_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = example_echo_echo_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Ends the server after this call. */
static inline int example_echo_stop(capos_cap target) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a Echo server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct example_echo_server {
  /** The same text, the badge the caller is known by, and how many calls it has made. */
  int (*echo)(void *context, const struct capos_received *call, const struct example_echo_echo_params *params, struct example_echo_echo_results *results);
  /** Ends the server after this call. */
  int (*stop)(void *context, const struct capos_received *call);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int example_echo_handle(const struct example_echo_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct example_echo_echo_params params;
      struct example_echo_echo_results results = {0};
      if (server->echo == NULL) break;
      if (example_echo_echo_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->echo(context, call, &params, &results);
      return error < 0 ? error : example_echo_echo_results_encode(&results, reply);
    }
    case 1: {
      if (server->stop == NULL) break;
      int error = server->stop(context, call);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "Echo has no such method here");
}

#define EXAMPLE_LENDER_INTERFACE_ID UINT64_C(0xa05a87f67f04a45f)
#define EXAMPLE_LENDER_METHOD_BORROW 0u
#define EXAMPLE_LENDER_METHOD_GIVE_BACK 1u

/** A copy of a reference to pages that the lender has mapped too. */
static inline int example_lender_borrow(capos_cap target, struct example_lender_borrow_results *results) {
  struct capos_exchange exchange;
  *results = (struct example_lender_borrow_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = example_lender_borrow_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** The borrower is done writing; does the lender see the same bytes? Ends the lender. */
static inline int example_lender_give_back(capos_cap target, const struct example_lender_give_back_params *params, struct example_lender_give_back_results *results) {
  struct capos_exchange exchange;
  *results = (struct example_lender_give_back_results){0};
  int error = capos_exchange_begin(&exchange, 8 + example_lender_give_back_params_size(params));
  if (error == 0) error = example_lender_give_back_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  if (error == 0) error = example_lender_give_back_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a Lender server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct example_lender_server {
  /** A copy of a reference to pages that the lender has mapped too. */
  int (*borrow)(void *context, const struct capos_received *call, struct example_lender_borrow_results *results);
  /** The borrower is done writing; does the lender see the same bytes? Ends the lender. */
  int (*give_back)(void *context, const struct capos_received *call, const struct example_lender_give_back_params *params, struct example_lender_give_back_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int example_lender_handle(const struct example_lender_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct example_lender_borrow_results results = {0};
      if (server->borrow == NULL) break;
      int error = server->borrow(context, call, &results);
      return error < 0 ? error : example_lender_borrow_results_encode(&results, reply);
    }
    case 1: {
      struct example_lender_give_back_params params;
      struct example_lender_give_back_results results = {0};
      if (server->give_back == NULL) break;
      if (example_lender_give_back_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->give_back(context, call, &params, &results);
      return error < 0 ? error : example_lender_give_back_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "Lender has no such method here");
}

#endif
