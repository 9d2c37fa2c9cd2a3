/* Generated from accounting.capnp. Do not edit.
   Accounts: what a process makes the kernel hold, and how one process pays for what another does for it. */
#ifndef CAPOS_SCHEMA_CAPOS_ACCOUNTING_H
#define CAPOS_SCHEMA_CAPOS_ACCOUNTING_H

#include <capos/call.h>
#include <capos/endpoint.h>
#include <capos/message.h>

/** Resource classes. A ledger counts each on its own. */
enum capos_resource {
  CAPOS_RESOURCE_CAP_SLOTS = 0,
  CAPOS_RESOURCE_FRAMES = 1,
  CAPOS_RESOURCE_RESERVED_PAGES = 2,
  CAPOS_RESOURCE_AREAS = 3,
  CAPOS_RESOURCE_PENDING_OPERATIONS = 4,
  CAPOS_RESOURCE_IN_FLIGHT_BYTES = 5,
  CAPOS_RESOURCE_TIMERS = 6,
  CAPOS_RESOURCE_THREADS = 7,
  CAPOS_RESOURCE_ARENA_BYTES = 8,
  CAPOS_RESOURCE_OBJECTS = 9,
  CAPOS_RESOURCE_PROCESSES = 10,
};

struct capos_resource_amount {
  uint16_t resource;
  uint64_t amount;
};

static inline uint32_t capos_resource_amount_fill(const struct capos_resource_amount *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->resource;
  words[1] |= (uint64_t)value->amount;
  return pointers;
}

static inline void capos_resource_amount_point(struct capos_writer *writer, uint32_t at, const struct capos_resource_amount *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_resource_amount_put(struct capos_writer *writer, uint32_t at, const struct capos_resource_amount *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_resource_amount_fill(value, words);
  capos_resource_amount_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_resource_amount_size(const struct capos_resource_amount *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_resource_amount_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_resource_amount *value) {
  *value = (struct capos_resource_amount){0};
  value->resource = (uint16_t)(capos_get_u16(&view, 0));
  value->amount = (uint64_t)(capos_get_u64(&view, 8));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_resource_amount_encode(const struct capos_resource_amount *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_resource_amount_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_resource_amount_decode(struct capos_resource_amount *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_resource_amount_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/**
 * A list of ResourceAmount. To send one, set `items` and `count`; one that was received has `count` elements that
 * capos_resource_amount_list_get reads one at a time, and can be sent on as it is.
 */
struct capos_resource_amount_list {
  const struct capos_resource_amount *items;
  uint32_t count;
  struct capos_list_view view;
};

static inline int capos_resource_amount_list_get(const struct capos_resource_amount_list *list, uint32_t index, struct capos_resource_amount *item);

static inline void capos_resource_amount_list_put(struct capos_writer *writer, uint32_t at, const struct capos_resource_amount_list *list) {
  if (list->count == 0) return;
  struct capos_resource_amount item;
  uint32_t data_words = 0, pointers = 0;
  for (uint32_t index = 0; index < list->count; index++) {
    uint64_t words[2] = {0};
    if (capos_resource_amount_list_get(list, index, &item) < 0) writer->failed = true;
    uint32_t needed = capos_resource_amount_fill(&item, words);
    uint32_t used = capos_used_words(words, 2);
    if (used > data_words) data_words = used;
    if (needed > pointers) pointers = needed;
  }
  uint32_t body = capos_write_struct_list(writer, at, list->count, data_words, pointers);
  for (uint32_t index = 0; index < list->count && !writer->failed; index++, body += (data_words + pointers) * 8) {
    uint64_t words[2] = {0};
    capos_resource_amount_list_get(list, index, &item);
    capos_resource_amount_fill(&item, words);
    capos_write_words(writer, body, words, data_words);
    capos_resource_amount_point(writer, body + data_words * 8, &item);
  }
}

static inline uint64_t capos_resource_amount_list_size(const struct capos_resource_amount_list *list) {
  uint64_t size = 8;
  struct capos_resource_amount item;
  for (uint32_t index = 0; index < list->count; index++) {
    if (capos_resource_amount_list_get(list, index, &item) == 0) size += capos_resource_amount_size(&item);
  }
  return size;
}

static inline void capos_resource_amount_list_read(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot,
                                     struct capos_resource_amount_list *list) {
  *list = (struct capos_resource_amount_list){.items = NULL};
  list->view = capos_read_list(reader, view, slot, CAPOS_ELEMENT_STRUCT);
  list->count = list->view.count;
}

/** Element `index` of a list, received or not. Answers 0 or −CAPOS_ERROR_BAD_MESSAGE. */
static inline int capos_resource_amount_list_get(const struct capos_resource_amount_list *list, uint32_t index, struct capos_resource_amount *item) {
  struct capos_reader reader;
  struct capos_struct_view view;
  if (list->items != NULL && index < list->count) {
    *item = list->items[index];
    return 0;
  }
  *item = (struct capos_resource_amount){0};
  if (!capos_list_element(&list->view, index, &reader, &view)) return -CAPOS_ERROR_BAD_MESSAGE;
  capos_resource_amount_read(&reader, view, item);
  return capos_reader_end(&reader);
}

struct capos_accounts_used_results {
  struct capos_resource_amount_list amounts;
};

static inline uint32_t capos_accounts_used_results_fill(const struct capos_accounts_used_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->amounts.count != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_accounts_used_results_point(struct capos_writer *writer, uint32_t at, const struct capos_accounts_used_results *value) {
  capos_resource_amount_list_put(writer, at + 0, &value->amounts);
}

static inline void capos_accounts_used_results_put(struct capos_writer *writer, uint32_t at, const struct capos_accounts_used_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_accounts_used_results_fill(value, words);
  capos_accounts_used_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_accounts_used_results_size(const struct capos_accounts_used_results *value) {
  uint64_t size = 8;
  size += capos_resource_amount_list_size(&value->amounts);
  return size;
}

static inline void capos_accounts_used_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_accounts_used_results *value) {
  *value = (struct capos_accounts_used_results){0};
  capos_resource_amount_list_read(reader, &view, 0, &value->amounts);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_accounts_used_results_encode(const struct capos_accounts_used_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_accounts_used_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_accounts_used_results_decode(struct capos_accounts_used_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_accounts_used_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_accounts_available_results {
  struct capos_resource_amount_list amounts;
};

static inline uint32_t capos_accounts_available_results_fill(const struct capos_accounts_available_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->amounts.count != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_accounts_available_results_point(struct capos_writer *writer, uint32_t at, const struct capos_accounts_available_results *value) {
  capos_resource_amount_list_put(writer, at + 0, &value->amounts);
}

static inline void capos_accounts_available_results_put(struct capos_writer *writer, uint32_t at, const struct capos_accounts_available_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_accounts_available_results_fill(value, words);
  capos_accounts_available_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_accounts_available_results_size(const struct capos_accounts_available_results *value) {
  uint64_t size = 8;
  size += capos_resource_amount_list_size(&value->amounts);
  return size;
}

static inline void capos_accounts_available_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_accounts_available_results *value) {
  *value = (struct capos_accounts_available_results){0};
  capos_resource_amount_list_read(reader, &view, 0, &value->amounts);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_accounts_available_results_encode(const struct capos_accounts_available_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_accounts_available_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_accounts_available_results_decode(struct capos_accounts_available_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_accounts_available_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_accounts_donate_params {
  struct capos_resource_amount_list amounts;
};

static inline uint32_t capos_accounts_donate_params_fill(const struct capos_accounts_donate_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->amounts.count != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_accounts_donate_params_point(struct capos_writer *writer, uint32_t at, const struct capos_accounts_donate_params *value) {
  capos_resource_amount_list_put(writer, at + 0, &value->amounts);
}

static inline void capos_accounts_donate_params_put(struct capos_writer *writer, uint32_t at, const struct capos_accounts_donate_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_accounts_donate_params_fill(value, words);
  capos_accounts_donate_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_accounts_donate_params_size(const struct capos_accounts_donate_params *value) {
  uint64_t size = 8;
  size += capos_resource_amount_list_size(&value->amounts);
  return size;
}

static inline void capos_accounts_donate_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_accounts_donate_params *value) {
  *value = (struct capos_accounts_donate_params){0};
  capos_resource_amount_list_read(reader, &view, 0, &value->amounts);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_accounts_donate_params_encode(const struct capos_accounts_donate_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_accounts_donate_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_accounts_donate_params_decode(struct capos_accounts_donate_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_accounts_donate_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_accounts_donate_results {
  struct capos_capability donation;
};

static inline uint32_t capos_accounts_donate_results_fill(const struct capos_accounts_donate_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->donation.cap != CAPOS_NULL_CAP) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_accounts_donate_results_point(struct capos_writer *writer, uint32_t at, const struct capos_accounts_donate_results *value) {
  if (value->donation.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->donation);
}

static inline void capos_accounts_donate_results_put(struct capos_writer *writer, uint32_t at, const struct capos_accounts_donate_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_accounts_donate_results_fill(value, words);
  capos_accounts_donate_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_accounts_donate_results_size(const struct capos_accounts_donate_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_accounts_donate_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_accounts_donate_results *value) {
  *value = (struct capos_accounts_donate_results){0};
  value->donation = capos_read_capability(reader, &view, 0, UINT64_C(0x81affb0f55c03e5b));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_accounts_donate_results_encode(const struct capos_accounts_donate_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_accounts_donate_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_accounts_donate_results_decode(struct capos_accounts_donate_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_accounts_donate_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_donation_read_results {
  struct capos_resource_amount_list amounts;
  bool accepted;
};

static inline uint32_t capos_donation_read_results_fill(const struct capos_donation_read_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->amounts.count != 0) pointers = 1;
  words[0] |= (uint64_t)value->accepted;
  return pointers;
}

static inline void capos_donation_read_results_point(struct capos_writer *writer, uint32_t at, const struct capos_donation_read_results *value) {
  capos_resource_amount_list_put(writer, at + 0, &value->amounts);
}

static inline void capos_donation_read_results_put(struct capos_writer *writer, uint32_t at, const struct capos_donation_read_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_donation_read_results_fill(value, words);
  capos_donation_read_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_donation_read_results_size(const struct capos_donation_read_results *value) {
  uint64_t size = 16;
  size += capos_resource_amount_list_size(&value->amounts);
  return size;
}

static inline void capos_donation_read_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_donation_read_results *value) {
  *value = (struct capos_donation_read_results){0};
  capos_resource_amount_list_read(reader, &view, 0, &value->amounts);
  value->accepted = (capos_get_bit(&view, 0)) != 0;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_donation_read_results_encode(const struct capos_donation_read_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_donation_read_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_donation_read_results_decode(struct capos_donation_read_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_donation_read_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/** The account of whoever calls: one object serves all holders, and shows nobody but the caller's own. */
#define CAPOS_ACCOUNTS_INTERFACE_ID UINT64_C(0x8d7230c44a070c82)
#define CAPOS_ACCOUNTS_METHOD_USED 0u
#define CAPOS_ACCOUNTS_METHOD_AVAILABLE 1u
#define CAPOS_ACCOUNTS_METHOD_DONATE 2u

/** What the caller and those it started hold now. */
static inline int capos_accounts_used(capos_cap target, struct capos_accounts_used_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_accounts_used_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_accounts_used_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** What it could still take; 2^64 − 1 where there is no limit. */
static inline int capos_accounts_available(capos_cap target, struct capos_accounts_available_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_accounts_available_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  if (error == 0) error = capos_accounts_available_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Sets a part of the caller's account aside. overloaded: the account has not that much left. */
static inline int capos_accounts_donate(capos_cap target, const struct capos_accounts_donate_params *params, struct capos_accounts_donate_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_accounts_donate_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_accounts_donate_params_size(params));
  if (error == 0) error = capos_accounts_donate_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 2);
  if (error == 0) error = capos_accounts_donate_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a Accounts server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_accounts_server {
  /** What the caller and those it started hold now. */
  int (*used)(void *context, const struct capos_received *call, struct capos_accounts_used_results *results);
  /** What it could still take; 2^64 − 1 where there is no limit. */
  int (*available)(void *context, const struct capos_received *call, struct capos_accounts_available_results *results);
  /** Sets a part of the caller's account aside. overloaded: the account has not that much left. */
  int (*donate)(void *context, const struct capos_received *call, const struct capos_accounts_donate_params *params, struct capos_accounts_donate_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_accounts_handle(const struct capos_accounts_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_accounts_used_results results = {0};
      if (server->used == NULL) break;
      int error = server->used(context, call, &results);
      return error < 0 ? error : capos_accounts_used_results_encode(&results, reply);
    }
    case 1: {
      struct capos_accounts_available_results results = {0};
      if (server->available == NULL) break;
      int error = server->available(context, call, &results);
      return error < 0 ? error : capos_accounts_available_results_encode(&results, reply);
    }
    case 2: {
      struct capos_accounts_donate_params params;
      struct capos_accounts_donate_results results = {0};
      if (server->donate == NULL) break;
      if (capos_accounts_donate_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->donate(context, call, &params, &results);
      return error < 0 ? error : capos_accounts_donate_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "Accounts has no such method here");
}

/**
 * What a client brings for its session: set aside on its account, to be spent by the server. Travels with the call that opens
 * the session. It ends, and everything goes back, when it is closed, when nobody holds it, or when who accepted it has ended.
 */
#define CAPOS_DONATION_INTERFACE_ID UINT64_C(0x81affb0f55c03e5b)
#define CAPOS_DONATION_METHOD_READ 0u
#define CAPOS_DONATION_METHOD_ACCEPT 1u
#define CAPOS_DONATION_METHOD_CLOSE 2u

static inline int capos_donation_read(capos_cap target, struct capos_donation_read_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_donation_read_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_donation_read_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Credits the caller's account. invalidArgument: accepted already, or closed. */
static inline int capos_donation_accept(capos_cap target) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  return capos_exchange_end(&exchange, error);
}

/** Gives it back. Once accepted, only the process that accepted may: a client can't take back what was spent on it. */
static inline int capos_donation_close(capos_cap target) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 2);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a Donation server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_donation_server {
  int (*read)(void *context, const struct capos_received *call, struct capos_donation_read_results *results);
  /** Credits the caller's account. invalidArgument: accepted already, or closed. */
  int (*accept)(void *context, const struct capos_received *call);
  /** Gives it back. Once accepted, only the process that accepted may: a client can't take back what was spent on it. */
  int (*close)(void *context, const struct capos_received *call);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_donation_handle(const struct capos_donation_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_donation_read_results results = {0};
      if (server->read == NULL) break;
      int error = server->read(context, call, &results);
      return error < 0 ? error : capos_donation_read_results_encode(&results, reply);
    }
    case 1: {
      if (server->accept == NULL) break;
      int error = server->accept(context, call);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 2: {
      if (server->close == NULL) break;
      int error = server->close(context, call);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "Donation has no such method here");
}

#endif
