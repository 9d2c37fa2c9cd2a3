/* Generated from notification.capnp. Do not edit.
   A word of bits: signal sets bits, wait takes them. */
#ifndef CAPOS_SCHEMA_CAPOS_NOTIFICATION_H
#define CAPOS_SCHEMA_CAPOS_NOTIFICATION_H

#include <capos/call.h>
#include <capos/endpoint.h>
#include <capos/message.h>

struct capos_notification_signal_params {
  uint64_t bits;
};

static inline uint32_t capos_notification_signal_params_fill(const struct capos_notification_signal_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->bits;
  return pointers;
}

static inline void capos_notification_signal_params_point(struct capos_writer *writer, uint32_t at, const struct capos_notification_signal_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_notification_signal_params_put(struct capos_writer *writer, uint32_t at, const struct capos_notification_signal_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_notification_signal_params_fill(value, words);
  capos_notification_signal_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_notification_signal_params_size(const struct capos_notification_signal_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_notification_signal_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_notification_signal_params *value) {
  *value = (struct capos_notification_signal_params){0};
  value->bits = (uint64_t)(capos_get_u64(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_notification_signal_params_encode(const struct capos_notification_signal_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_notification_signal_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_notification_signal_params_decode(struct capos_notification_signal_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_notification_signal_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_notification_wait_params {
  uint64_t mask;
};

static inline uint32_t capos_notification_wait_params_fill(const struct capos_notification_wait_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->mask;
  return pointers;
}

static inline void capos_notification_wait_params_point(struct capos_writer *writer, uint32_t at, const struct capos_notification_wait_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_notification_wait_params_put(struct capos_writer *writer, uint32_t at, const struct capos_notification_wait_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_notification_wait_params_fill(value, words);
  capos_notification_wait_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_notification_wait_params_size(const struct capos_notification_wait_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_notification_wait_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_notification_wait_params *value) {
  *value = (struct capos_notification_wait_params){0};
  value->mask = (uint64_t)(capos_get_u64(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_notification_wait_params_encode(const struct capos_notification_wait_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_notification_wait_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_notification_wait_params_decode(struct capos_notification_wait_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_notification_wait_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_notification_wait_results {
  uint64_t bits;
};

static inline uint32_t capos_notification_wait_results_fill(const struct capos_notification_wait_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->bits;
  return pointers;
}

static inline void capos_notification_wait_results_point(struct capos_writer *writer, uint32_t at, const struct capos_notification_wait_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_notification_wait_results_put(struct capos_writer *writer, uint32_t at, const struct capos_notification_wait_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_notification_wait_results_fill(value, words);
  capos_notification_wait_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_notification_wait_results_size(const struct capos_notification_wait_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_notification_wait_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_notification_wait_results *value) {
  *value = (struct capos_notification_wait_results){0};
  value->bits = (uint64_t)(capos_get_u64(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_notification_wait_results_encode(const struct capos_notification_wait_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_notification_wait_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_notification_wait_results_decode(struct capos_notification_wait_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_notification_wait_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_notification_poll_params {
  uint64_t mask;
};

static inline uint32_t capos_notification_poll_params_fill(const struct capos_notification_poll_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->mask;
  return pointers;
}

static inline void capos_notification_poll_params_point(struct capos_writer *writer, uint32_t at, const struct capos_notification_poll_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_notification_poll_params_put(struct capos_writer *writer, uint32_t at, const struct capos_notification_poll_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_notification_poll_params_fill(value, words);
  capos_notification_poll_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_notification_poll_params_size(const struct capos_notification_poll_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_notification_poll_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_notification_poll_params *value) {
  *value = (struct capos_notification_poll_params){0};
  value->mask = (uint64_t)(capos_get_u64(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_notification_poll_params_encode(const struct capos_notification_poll_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_notification_poll_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_notification_poll_params_decode(struct capos_notification_poll_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_notification_poll_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_notification_poll_results {
  uint64_t bits;
};

static inline uint32_t capos_notification_poll_results_fill(const struct capos_notification_poll_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->bits;
  return pointers;
}

static inline void capos_notification_poll_results_point(struct capos_writer *writer, uint32_t at, const struct capos_notification_poll_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_notification_poll_results_put(struct capos_writer *writer, uint32_t at, const struct capos_notification_poll_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_notification_poll_results_fill(value, words);
  capos_notification_poll_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_notification_poll_results_size(const struct capos_notification_poll_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_notification_poll_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_notification_poll_results *value) {
  *value = (struct capos_notification_poll_results){0};
  value->bits = (uint64_t)(capos_get_u64(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_notification_poll_results_encode(const struct capos_notification_poll_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_notification_poll_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_notification_poll_results_decode(struct capos_notification_poll_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_notification_poll_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_notification_bind_params {
  uint64_t mask;
  uint64_t user_data;
};

static inline uint32_t capos_notification_bind_params_fill(const struct capos_notification_bind_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->mask;
  words[1] |= (uint64_t)value->user_data;
  return pointers;
}

static inline void capos_notification_bind_params_point(struct capos_writer *writer, uint32_t at, const struct capos_notification_bind_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_notification_bind_params_put(struct capos_writer *writer, uint32_t at, const struct capos_notification_bind_params *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_notification_bind_params_fill(value, words);
  capos_notification_bind_params_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_notification_bind_params_size(const struct capos_notification_bind_params *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_notification_bind_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_notification_bind_params *value) {
  *value = (struct capos_notification_bind_params){0};
  value->mask = (uint64_t)(capos_get_u64(&view, 0));
  value->user_data = (uint64_t)(capos_get_u64(&view, 8));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_notification_bind_params_encode(const struct capos_notification_bind_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_notification_bind_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_notification_bind_params_decode(struct capos_notification_bind_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_notification_bind_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_notification_factory_create_results {
  struct capos_capability notification;
};

static inline uint32_t capos_notification_factory_create_results_fill(const struct capos_notification_factory_create_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->notification.cap != CAPOS_NULL_CAP) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_notification_factory_create_results_point(struct capos_writer *writer, uint32_t at, const struct capos_notification_factory_create_results *value) {
  if (value->notification.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->notification);
}

static inline void capos_notification_factory_create_results_put(struct capos_writer *writer, uint32_t at, const struct capos_notification_factory_create_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_notification_factory_create_results_fill(value, words);
  capos_notification_factory_create_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_notification_factory_create_results_size(const struct capos_notification_factory_create_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_notification_factory_create_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_notification_factory_create_results *value) {
  *value = (struct capos_notification_factory_create_results){0};
  value->notification = capos_read_capability(reader, &view, 0, UINT64_C(0xbba49d7bf333817a));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_notification_factory_create_results_encode(const struct capos_notification_factory_create_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_notification_factory_create_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_notification_factory_create_results_decode(struct capos_notification_factory_create_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_notification_factory_create_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/** 64 bits that many may set and wait for. */
#define CAPOS_NOTIFICATION_INTERFACE_ID UINT64_C(0xbba49d7bf333817a)
#define CAPOS_NOTIFICATION_METHOD_SIGNAL 0u
#define CAPOS_NOTIFICATION_METHOD_WAIT 1u
#define CAPOS_NOTIFICATION_METHOD_POLL 2u
#define CAPOS_NOTIFICATION_METHOD_BIND 3u
#define CAPOS_NOTIFICATION_METHOD_UNBIND 4u

/** Sets bits; waiters are served in the order they came. */
static inline int capos_notification_signal(capos_cap target, const struct capos_notification_signal_params *params) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8 + capos_notification_signal_params_size(params));
  if (error == 0) error = capos_notification_signal_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  return capos_exchange_end(&exchange, error);
}

/** Takes the set bits under the mask, waiting until there is one. */
static inline int capos_notification_wait(capos_cap target, const struct capos_notification_wait_params *params, struct capos_notification_wait_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_notification_wait_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_notification_wait_params_size(params));
  if (error == 0) error = capos_notification_wait_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  if (error == 0) error = capos_notification_wait_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Takes the set bits under the mask, perhaps none. */
static inline int capos_notification_poll(capos_cap target, const struct capos_notification_poll_params *params, struct capos_notification_poll_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_notification_poll_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_notification_poll_params_size(params));
  if (error == 0) error = capos_notification_poll_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 2);
  if (error == 0) error = capos_notification_poll_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * For event loops: from now on a completion with this user data appears in the caller's ring when a bit under the mask becomes
 * set while none was. Its badge shows the bits; they stay set, and further signals post nothing, until poll or wait takes them.
 * One ring at a time. overloaded: no completion slot to set aside.
 */
static inline int capos_notification_bind(capos_cap target, const struct capos_notification_bind_params *params) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8 + capos_notification_bind_params_size(params));
  if (error == 0) error = capos_notification_bind_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 3);
  return capos_exchange_end(&exchange, error);
}

static inline int capos_notification_unbind(capos_cap target) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 4);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a Notification server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_notification_server {
  /** Sets bits; waiters are served in the order they came. */
  int (*signal)(void *context, const struct capos_received *call, const struct capos_notification_signal_params *params);
  /** Takes the set bits under the mask, waiting until there is one. */
  int (*wait)(void *context, const struct capos_received *call, const struct capos_notification_wait_params *params, struct capos_notification_wait_results *results);
  /** Takes the set bits under the mask, perhaps none. */
  int (*poll)(void *context, const struct capos_received *call, const struct capos_notification_poll_params *params, struct capos_notification_poll_results *results);
  /**
   * For event loops: from now on a completion with this user data appears in the caller's ring when a bit under the mask becomes
   * set while none was. Its badge shows the bits; they stay set, and further signals post nothing, until poll or wait takes them.
   * One ring at a time. overloaded: no completion slot to set aside.
   */
  int (*bind)(void *context, const struct capos_received *call, const struct capos_notification_bind_params *params);
  int (*unbind)(void *context, const struct capos_received *call);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_notification_handle(const struct capos_notification_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_notification_signal_params params;
      if (server->signal == NULL) break;
      if (capos_notification_signal_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->signal(context, call, &params);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 1: {
      struct capos_notification_wait_params params;
      struct capos_notification_wait_results results = {0};
      if (server->wait == NULL) break;
      if (capos_notification_wait_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->wait(context, call, &params, &results);
      return error < 0 ? error : capos_notification_wait_results_encode(&results, reply);
    }
    case 2: {
      struct capos_notification_poll_params params;
      struct capos_notification_poll_results results = {0};
      if (server->poll == NULL) break;
      if (capos_notification_poll_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->poll(context, call, &params, &results);
      return error < 0 ? error : capos_notification_poll_results_encode(&results, reply);
    }
    case 3: {
      struct capos_notification_bind_params params;
      if (server->bind == NULL) break;
      if (capos_notification_bind_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->bind(context, call, &params);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 4: {
      if (server->unbind == NULL) break;
      int error = server->unbind(context, call);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "Notification has no such method here");
}

/** Makes notifications, on the account of whoever asks. */
#define CAPOS_NOTIFICATION_FACTORY_INTERFACE_ID UINT64_C(0xd69afa70398bfbb8)
#define CAPOS_NOTIFICATION_FACTORY_METHOD_CREATE 0u

static inline int capos_notification_factory_create(capos_cap target, struct capos_notification_factory_create_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_notification_factory_create_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_notification_factory_create_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a NotificationFactory server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_notification_factory_server {
  int (*create)(void *context, const struct capos_received *call, struct capos_notification_factory_create_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_notification_factory_handle(const struct capos_notification_factory_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_notification_factory_create_results results = {0};
      if (server->create == NULL) break;
      int error = server->create(context, call, &results);
      return error < 0 ? error : capos_notification_factory_create_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "NotificationFactory has no such method here");
}

#endif
