/* Generated from capability.capnp. Do not edit.
   What every interface shares: the exception a call may end in, and what a tool may see of a capability. */
#ifndef CAPOS_SCHEMA_CAPOS_CAPABILITY_H
#define CAPOS_SCHEMA_CAPOS_CAPABILITY_H

#include <capos/call.h>
#include <capos/endpoint.h>
#include <capos/message.h>

enum capos_cap_exception_ending {
  CAPOS_CAP_EXCEPTION_ENDING_NONE = 0,
  CAPOS_CAP_EXCEPTION_ENDING_EXITED = 1,
  CAPOS_CAP_EXCEPTION_ENDING_FAULTED = 2,
  CAPOS_CAP_EXCEPTION_ENDING_KILLED = 3,
};

enum capos_cap_exception_kind {
  CAPOS_CAP_EXCEPTION_KIND_FAILED = 0,
  CAPOS_CAP_EXCEPTION_KIND_OVERLOADED = 1,
  CAPOS_CAP_EXCEPTION_KIND_DISCONNECTED = 2,
  CAPOS_CAP_EXCEPTION_KIND_UNIMPLEMENTED = 3,
  CAPOS_CAP_EXCEPTION_KIND_INVALID_ARGUMENT = 4,
};

/** What kind of place a faulting instruction wanted to reach; where exactly is its own affair. */
enum capos_address_class {
  CAPOS_ADDRESS_CLASS_NONE = 0,
  CAPOS_ADDRESS_CLASS_NEAR_NULL = 1,
  CAPOS_ADDRESS_CLASS_UNMAPPED = 2,
  CAPOS_ADDRESS_CLASS_RESERVED = 3,
  CAPOS_ADDRESS_CLASS_NOT_PERMITTED = 4,
  CAPOS_ADDRESS_CLASS_OUTSIDE = 5,
  CAPOS_ADDRESS_CLASS_NO_MEMORY = 6,
};

enum capos_capability_manager_transfer_mode {
  CAPOS_CAPABILITY_MANAGER_TRANSFER_MODE_COPY = 0,
  CAPOS_CAPABILITY_MANAGER_TRANSFER_MODE_MOVE = 1,
  CAPOS_CAPABILITY_MANAGER_TRANSFER_MODE_NON_TRANSFERABLE = 2,
};

enum capos_capability_manager_origin {
  CAPOS_CAPABILITY_MANAGER_ORIGIN_KERNEL = 0,
  CAPOS_CAPABILITY_MANAGER_ORIGIN_SPAWN_GRANT = 1,
  CAPOS_CAPABILITY_MANAGER_ORIGIN_TRANSFER = 2,
  CAPOS_CAPABILITY_MANAGER_ORIGIN_RESULT = 3,
};

/** A failed call: its kind says what the caller should do, its reason is for people. Never carries kernel addresses. */
struct capos_cap_exception {
  uint16_t kind;
  struct capos_text reason;
  /** With `disconnected`: how the server ended that had the call. Tells what became of it, never what it was working on. */
  uint16_t ending;
  /** Its exit code, the processor's vector (SDM 3A §6.15), or the signal that killed it. */
  uint16_t code;
  /** What the address of a page fault was. */
  uint16_t address_class;
};

static inline uint32_t capos_cap_exception_fill(const struct capos_cap_exception *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->kind;
  if (pointers < 1 && value->reason.length != 0) pointers = 1;
  words[0] |= (uint64_t)(uint16_t)value->ending << 16;
  words[0] |= (uint64_t)(uint16_t)value->code << 32;
  words[0] |= (uint64_t)(uint16_t)value->address_class << 48;
  return pointers;
}

static inline void capos_cap_exception_point(struct capos_writer *writer, uint32_t at, const struct capos_cap_exception *value) {
  if (value->reason.length != 0) capos_write_text(writer, at + 0, value->reason);
}

static inline void capos_cap_exception_put(struct capos_writer *writer, uint32_t at, const struct capos_cap_exception *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_cap_exception_fill(value, words);
  capos_cap_exception_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_cap_exception_size(const struct capos_cap_exception *value) {
  uint64_t size = 16;
  size += ((uint64_t)value->reason.length + 8) & ~UINT64_C(7);
  return size;
}

static inline void capos_cap_exception_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_cap_exception *value) {
  *value = (struct capos_cap_exception){0};
  value->kind = (uint16_t)(capos_get_u16(&view, 0));
  value->reason = capos_read_text(reader, &view, 0);
  value->ending = (uint16_t)(capos_get_u16(&view, 2));
  value->code = (uint16_t)(capos_get_u16(&view, 4));
  value->address_class = (uint16_t)(capos_get_u16(&view, 6));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_cap_exception_encode(const struct capos_cap_exception *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_cap_exception_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_cap_exception_decode(struct capos_cap_exception *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_cap_exception_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_capability_manager_entry {
  uint32_t cap;
  uint64_t interface_id;
  uint64_t badge;
  struct capos_text name;
  uint16_t transfer_mode;
  uint16_t origin;
  bool live;
};

static inline uint32_t capos_capability_manager_entry_fill(const struct capos_capability_manager_entry *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint32_t)value->cap;
  words[1] |= (uint64_t)value->interface_id;
  words[2] |= (uint64_t)value->badge;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  words[0] |= (uint64_t)(uint16_t)value->transfer_mode << 32;
  words[0] |= (uint64_t)(uint16_t)value->origin << 48;
  words[3] |= (uint64_t)value->live;
  return pointers;
}

static inline void capos_capability_manager_entry_point(struct capos_writer *writer, uint32_t at, const struct capos_capability_manager_entry *value) {
  if (value->name.length != 0) capos_write_text(writer, at + 0, value->name);
}

static inline void capos_capability_manager_entry_put(struct capos_writer *writer, uint32_t at, const struct capos_capability_manager_entry *value) {
  uint64_t words[4] = {0};
  uint32_t pointers = capos_capability_manager_entry_fill(value, words);
  capos_capability_manager_entry_point(writer, capos_write_struct(writer, at, words, 4, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_capability_manager_entry_size(const struct capos_capability_manager_entry *value) {
  uint64_t size = 40;
  size += ((uint64_t)value->name.length + 8) & ~UINT64_C(7);
  return size;
}

static inline void capos_capability_manager_entry_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_capability_manager_entry *value) {
  *value = (struct capos_capability_manager_entry){0};
  value->cap = (uint32_t)(capos_get_u32(&view, 0));
  value->interface_id = (uint64_t)(capos_get_u64(&view, 8));
  value->badge = (uint64_t)(capos_get_u64(&view, 16));
  value->name = capos_read_text(reader, &view, 0);
  value->transfer_mode = (uint16_t)(capos_get_u16(&view, 4));
  value->origin = (uint16_t)(capos_get_u16(&view, 6));
  value->live = (capos_get_bit(&view, 192)) != 0;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_capability_manager_entry_encode(const struct capos_capability_manager_entry *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_capability_manager_entry_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_capability_manager_entry_decode(struct capos_capability_manager_entry *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_capability_manager_entry_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/**
 * A list of CapabilityManagerEntry. To send one, set `items` and `count`; one that was received has `count` elements that
 * capos_capability_manager_entry_list_get reads one at a time, and can be sent on as it is.
 */
struct capos_capability_manager_entry_list {
  const struct capos_capability_manager_entry *items;
  uint32_t count;
  struct capos_list_view view;
};

static inline int capos_capability_manager_entry_list_get(const struct capos_capability_manager_entry_list *list, uint32_t index, struct capos_capability_manager_entry *item);

static inline void capos_capability_manager_entry_list_put(struct capos_writer *writer, uint32_t at, const struct capos_capability_manager_entry_list *list) {
  if (list->count == 0) return;
  struct capos_capability_manager_entry item;
  uint32_t data_words = 0, pointers = 0;
  for (uint32_t index = 0; index < list->count; index++) {
    uint64_t words[4] = {0};
    if (capos_capability_manager_entry_list_get(list, index, &item) < 0) writer->failed = true;
    uint32_t needed = capos_capability_manager_entry_fill(&item, words);
    uint32_t used = capos_used_words(words, 4);
    if (used > data_words) data_words = used;
    if (needed > pointers) pointers = needed;
  }
  uint32_t body = capos_write_struct_list(writer, at, list->count, data_words, pointers);
  for (uint32_t index = 0; index < list->count && !writer->failed; index++, body += (data_words + pointers) * 8) {
    uint64_t words[4] = {0};
    capos_capability_manager_entry_list_get(list, index, &item);
    capos_capability_manager_entry_fill(&item, words);
    capos_write_words(writer, body, words, data_words);
    capos_capability_manager_entry_point(writer, body + data_words * 8, &item);
  }
}

static inline uint64_t capos_capability_manager_entry_list_size(const struct capos_capability_manager_entry_list *list) {
  uint64_t size = 8;
  struct capos_capability_manager_entry item;
  for (uint32_t index = 0; index < list->count; index++) {
    if (capos_capability_manager_entry_list_get(list, index, &item) == 0) size += capos_capability_manager_entry_size(&item);
  }
  return size;
}

static inline void capos_capability_manager_entry_list_read(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot,
                                     struct capos_capability_manager_entry_list *list) {
  *list = (struct capos_capability_manager_entry_list){.items = NULL};
  list->view = capos_read_list(reader, view, slot, CAPOS_ELEMENT_STRUCT);
  list->count = list->view.count;
}

/** Element `index` of a list, received or not. Answers 0 or −CAPOS_ERROR_BAD_MESSAGE. */
static inline int capos_capability_manager_entry_list_get(const struct capos_capability_manager_entry_list *list, uint32_t index, struct capos_capability_manager_entry *item) {
  struct capos_reader reader;
  struct capos_struct_view view;
  if (list->items != NULL && index < list->count) {
    *item = list->items[index];
    return 0;
  }
  *item = (struct capos_capability_manager_entry){0};
  if (!capos_list_element(&list->view, index, &reader, &view)) return -CAPOS_ERROR_BAD_MESSAGE;
  capos_capability_manager_entry_read(&reader, view, item);
  return capos_reader_end(&reader);
}

struct capos_capability_manager_list_results {
  struct capos_capability_manager_entry_list entries;
};

static inline uint32_t capos_capability_manager_list_results_fill(const struct capos_capability_manager_list_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->entries.count != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_capability_manager_list_results_point(struct capos_writer *writer, uint32_t at, const struct capos_capability_manager_list_results *value) {
  capos_capability_manager_entry_list_put(writer, at + 0, &value->entries);
}

static inline void capos_capability_manager_list_results_put(struct capos_writer *writer, uint32_t at, const struct capos_capability_manager_list_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_capability_manager_list_results_fill(value, words);
  capos_capability_manager_list_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_capability_manager_list_results_size(const struct capos_capability_manager_list_results *value) {
  uint64_t size = 8;
  size += capos_capability_manager_entry_list_size(&value->entries);
  return size;
}

static inline void capos_capability_manager_list_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_capability_manager_list_results *value) {
  *value = (struct capos_capability_manager_list_results){0};
  capos_capability_manager_entry_list_read(reader, &view, 0, &value->entries);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_capability_manager_list_results_encode(const struct capos_capability_manager_list_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_capability_manager_list_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_capability_manager_list_results_decode(struct capos_capability_manager_list_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_capability_manager_list_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_capability_manager_revoke_params {
  uint32_t cap;
};

static inline uint32_t capos_capability_manager_revoke_params_fill(const struct capos_capability_manager_revoke_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint32_t)value->cap;
  return pointers;
}

static inline void capos_capability_manager_revoke_params_point(struct capos_writer *writer, uint32_t at, const struct capos_capability_manager_revoke_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_capability_manager_revoke_params_put(struct capos_writer *writer, uint32_t at, const struct capos_capability_manager_revoke_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_capability_manager_revoke_params_fill(value, words);
  capos_capability_manager_revoke_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_capability_manager_revoke_params_size(const struct capos_capability_manager_revoke_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_capability_manager_revoke_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_capability_manager_revoke_params *value) {
  *value = (struct capos_capability_manager_revoke_params){0};
  value->cap = (uint32_t)(capos_get_u32(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_capability_manager_revoke_params_encode(const struct capos_capability_manager_revoke_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_capability_manager_revoke_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_capability_manager_revoke_params_decode(struct capos_capability_manager_revoke_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_capability_manager_revoke_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/** Looks at and revokes what its holder's process holds. It can look; it can never invoke on another's behalf. */
#define CAPOS_CAPABILITY_MANAGER_INTERFACE_ID UINT64_C(0xaa6e7eabf69ea3d5)
#define CAPOS_CAPABILITY_MANAGER_METHOD_LIST 0u
#define CAPOS_CAPABILITY_MANAGER_METHOD_REVOKE 1u

/** What the caller's process holds. */
static inline int capos_capability_manager_list(capos_cap target, struct capos_capability_manager_list_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_capability_manager_list_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_capability_manager_list_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Bumps the epoch of an object that the caller owns: every outstanding reference fails from now on. */
static inline int capos_capability_manager_revoke(capos_cap target, const struct capos_capability_manager_revoke_params *params) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8 + capos_capability_manager_revoke_params_size(params));
  if (error == 0) error = capos_capability_manager_revoke_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a CapabilityManager server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_capability_manager_server {
  /** What the caller's process holds. */
  int (*list)(void *context, const struct capos_received *call, struct capos_capability_manager_list_results *results);
  /** Bumps the epoch of an object that the caller owns: every outstanding reference fails from now on. */
  int (*revoke)(void *context, const struct capos_received *call, const struct capos_capability_manager_revoke_params *params);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_capability_manager_handle(const struct capos_capability_manager_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_capability_manager_list_results results = {0};
      if (server->list == NULL) break;
      int error = server->list(context, call, &results);
      return error < 0 ? error : capos_capability_manager_list_results_encode(&results, reply);
    }
    case 1: {
      struct capos_capability_manager_revoke_params params;
      if (server->revoke == NULL) break;
      if (capos_capability_manager_revoke_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->revoke(context, call, &params);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "CapabilityManager has no such method here");
}

#endif
