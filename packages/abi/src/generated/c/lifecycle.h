/* Generated from lifecycle.capnp. Do not edit.
   The life of a system: its running manifest, and services that are replaced while they serve. */
#ifndef CAPOS_SCHEMA_CAPOS_LIFECYCLE_H
#define CAPOS_SCHEMA_CAPOS_LIFECYCLE_H

#include <capos/call.h>
#include <capos/endpoint.h>
#include <capos/message.h>

struct capos_named_capability {
  struct capos_text name;
  /** Ordinal among the capabilities of the message. */
  uint32_t capability;
};

static inline uint32_t capos_named_capability_fill(const struct capos_named_capability *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  words[0] |= (uint64_t)(uint32_t)value->capability;
  return pointers;
}

static inline void capos_named_capability_point(struct capos_writer *writer, uint32_t at, const struct capos_named_capability *value) {
  if (value->name.length != 0) capos_write_text(writer, at + 0, value->name);
}

static inline void capos_named_capability_put(struct capos_writer *writer, uint32_t at, const struct capos_named_capability *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_named_capability_fill(value, words);
  capos_named_capability_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_named_capability_size(const struct capos_named_capability *value) {
  uint64_t size = 16;
  size += ((uint64_t)value->name.length + 8) & ~UINT64_C(7);
  return size;
}

static inline void capos_named_capability_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_named_capability *value) {
  *value = (struct capos_named_capability){0};
  value->name = capos_read_text(reader, &view, 0);
  value->capability = (uint32_t)(capos_get_u32(&view, 0));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_named_capability_encode(const struct capos_named_capability *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_named_capability_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_named_capability_decode(struct capos_named_capability *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_named_capability_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/**
 * A list of NamedCapability. To send one, set `items` and `count`; one that was received has `count` elements that
 * capos_named_capability_list_get reads one at a time, and can be sent on as it is.
 */
struct capos_named_capability_list {
  const struct capos_named_capability *items;
  uint32_t count;
  struct capos_list_view view;
};

static inline int capos_named_capability_list_get(const struct capos_named_capability_list *list, uint32_t index, struct capos_named_capability *item);

static inline void capos_named_capability_list_put(struct capos_writer *writer, uint32_t at, const struct capos_named_capability_list *list) {
  if (list->count == 0) return;
  struct capos_named_capability item;
  uint32_t data_words = 0, pointers = 0;
  for (uint32_t index = 0; index < list->count; index++) {
    uint64_t words[1] = {0};
    if (capos_named_capability_list_get(list, index, &item) < 0) writer->failed = true;
    uint32_t needed = capos_named_capability_fill(&item, words);
    uint32_t used = capos_used_words(words, 1);
    if (used > data_words) data_words = used;
    if (needed > pointers) pointers = needed;
  }
  uint32_t body = capos_write_struct_list(writer, at, list->count, data_words, pointers);
  for (uint32_t index = 0; index < list->count && !writer->failed; index++, body += (data_words + pointers) * 8) {
    uint64_t words[1] = {0};
    capos_named_capability_list_get(list, index, &item);
    capos_named_capability_fill(&item, words);
    capos_write_words(writer, body, words, data_words);
    capos_named_capability_point(writer, body + data_words * 8, &item);
  }
}

static inline uint64_t capos_named_capability_list_size(const struct capos_named_capability_list *list) {
  uint64_t size = 8;
  struct capos_named_capability item;
  for (uint32_t index = 0; index < list->count; index++) {
    if (capos_named_capability_list_get(list, index, &item) == 0) size += capos_named_capability_size(&item);
  }
  return size;
}

static inline void capos_named_capability_list_read(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot,
                                     struct capos_named_capability_list *list) {
  *list = (struct capos_named_capability_list){.items = NULL};
  list->view = capos_read_list(reader, view, slot, CAPOS_ELEMENT_STRUCT);
  list->count = list->view.count;
}

/** Element `index` of a list, received or not. Answers 0 or −CAPOS_ERROR_BAD_MESSAGE. */
static inline int capos_named_capability_list_get(const struct capos_named_capability_list *list, uint32_t index, struct capos_named_capability *item) {
  struct capos_reader reader;
  struct capos_struct_view view;
  if (list->items != NULL && index < list->count) {
    *item = list->items[index];
    return 0;
  }
  *item = (struct capos_named_capability){0};
  if (!capos_list_element(&list->view, index, &reader, &view)) return -CAPOS_ERROR_BAD_MESSAGE;
  capos_named_capability_read(&reader, view, item);
  return capos_reader_end(&reader);
}

/** The state of a service, for its next version. */
struct capos_handed_over {
  /** Of the format: the next version refuses what it can't read. */
  uint32_t version;
  /** What fits a message; what does not lies in MemoryObjects among the capabilities. */
  struct capos_data data;
  struct capos_named_capability_list capabilities;
};

static inline uint32_t capos_handed_over_fill(const struct capos_handed_over *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint32_t)value->version;
  if (pointers < 1 && value->data.length != 0) pointers = 1;
  if (pointers < 2 && value->capabilities.count != 0) pointers = 2;
  return pointers;
}

static inline void capos_handed_over_point(struct capos_writer *writer, uint32_t at, const struct capos_handed_over *value) {
  if (value->data.length != 0) capos_write_data(writer, at + 0, value->data);
  capos_named_capability_list_put(writer, at + 8, &value->capabilities);
}

static inline void capos_handed_over_put(struct capos_writer *writer, uint32_t at, const struct capos_handed_over *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_handed_over_fill(value, words);
  capos_handed_over_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_handed_over_size(const struct capos_handed_over *value) {
  uint64_t size = 24;
  size += ((uint64_t)value->data.length + 7) & ~UINT64_C(7);
  size += capos_named_capability_list_size(&value->capabilities);
  return size;
}

static inline void capos_handed_over_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_handed_over *value) {
  *value = (struct capos_handed_over){0};
  value->version = (uint32_t)(capos_get_u32(&view, 0));
  value->data = capos_read_data(reader, &view, 0);
  capos_named_capability_list_read(reader, &view, 1, &value->capabilities);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_handed_over_encode(const struct capos_handed_over *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_handed_over_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_handed_over_decode(struct capos_handed_over *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_handed_over_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_upgradable_save_results {
  struct capos_handed_over state;
};

static inline uint32_t capos_upgradable_save_results_fill(const struct capos_upgradable_save_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1) pointers = 1;
  (void)value;
  (void)words;
  return pointers;
}

static inline void capos_upgradable_save_results_point(struct capos_writer *writer, uint32_t at, const struct capos_upgradable_save_results *value) {
  capos_handed_over_put(writer, at + 0, &value->state);
}

static inline void capos_upgradable_save_results_put(struct capos_writer *writer, uint32_t at, const struct capos_upgradable_save_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_upgradable_save_results_fill(value, words);
  capos_upgradable_save_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_upgradable_save_results_size(const struct capos_upgradable_save_results *value) {
  uint64_t size = 8;
  size += capos_handed_over_size(&value->state);
  return size;
}

static inline void capos_upgradable_save_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_upgradable_save_results *value) {
  *value = (struct capos_upgradable_save_results){0};
  capos_handed_over_read(reader, capos_read_struct(reader, &view, 0), &value->state);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_upgradable_save_results_encode(const struct capos_upgradable_save_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_upgradable_save_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_upgradable_save_results_decode(struct capos_upgradable_save_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_upgradable_save_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_upgradable_restore_params {
  struct capos_handed_over state;
};

static inline uint32_t capos_upgradable_restore_params_fill(const struct capos_upgradable_restore_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1) pointers = 1;
  (void)value;
  (void)words;
  return pointers;
}

static inline void capos_upgradable_restore_params_point(struct capos_writer *writer, uint32_t at, const struct capos_upgradable_restore_params *value) {
  capos_handed_over_put(writer, at + 0, &value->state);
}

static inline void capos_upgradable_restore_params_put(struct capos_writer *writer, uint32_t at, const struct capos_upgradable_restore_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_upgradable_restore_params_fill(value, words);
  capos_upgradable_restore_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_upgradable_restore_params_size(const struct capos_upgradable_restore_params *value) {
  uint64_t size = 8;
  size += capos_handed_over_size(&value->state);
  return size;
}

static inline void capos_upgradable_restore_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_upgradable_restore_params *value) {
  *value = (struct capos_upgradable_restore_params){0};
  capos_handed_over_read(reader, capos_read_struct(reader, &view, 0), &value->state);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_upgradable_restore_params_encode(const struct capos_upgradable_restore_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_upgradable_restore_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_upgradable_restore_params_decode(struct capos_upgradable_restore_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_upgradable_restore_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/** A service as SystemControl shows it. */
struct capos_service_state {
  struct capos_text name;
  bool running;
  uint64_t process_id;
  /** How often it was started. */
  uint32_t starts;
  /** In words; empty when it never ended. */
  struct capos_text last_ending;
};

static inline uint32_t capos_service_state_fill(const struct capos_service_state *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  words[0] |= (uint64_t)value->running;
  words[1] |= (uint64_t)value->process_id;
  words[0] |= (uint64_t)(uint32_t)value->starts << 32;
  if (pointers < 2 && value->last_ending.length != 0) pointers = 2;
  return pointers;
}

static inline void capos_service_state_point(struct capos_writer *writer, uint32_t at, const struct capos_service_state *value) {
  if (value->name.length != 0) capos_write_text(writer, at + 0, value->name);
  if (value->last_ending.length != 0) capos_write_text(writer, at + 8, value->last_ending);
}

static inline void capos_service_state_put(struct capos_writer *writer, uint32_t at, const struct capos_service_state *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_service_state_fill(value, words);
  capos_service_state_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_service_state_size(const struct capos_service_state *value) {
  uint64_t size = 32;
  size += ((uint64_t)value->name.length + 8) & ~UINT64_C(7);
  size += ((uint64_t)value->last_ending.length + 8) & ~UINT64_C(7);
  return size;
}

static inline void capos_service_state_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_service_state *value) {
  *value = (struct capos_service_state){0};
  value->name = capos_read_text(reader, &view, 0);
  value->running = (capos_get_bit(&view, 0)) != 0;
  value->process_id = (uint64_t)(capos_get_u64(&view, 8));
  value->starts = (uint32_t)(capos_get_u32(&view, 4));
  value->last_ending = capos_read_text(reader, &view, 1);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_service_state_encode(const struct capos_service_state *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_service_state_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_service_state_decode(struct capos_service_state *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_service_state_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/**
 * A list of ServiceState. To send one, set `items` and `count`; one that was received has `count` elements that
 * capos_service_state_list_get reads one at a time, and can be sent on as it is.
 */
struct capos_service_state_list {
  const struct capos_service_state *items;
  uint32_t count;
  struct capos_list_view view;
};

static inline int capos_service_state_list_get(const struct capos_service_state_list *list, uint32_t index, struct capos_service_state *item);

static inline void capos_service_state_list_put(struct capos_writer *writer, uint32_t at, const struct capos_service_state_list *list) {
  if (list->count == 0) return;
  struct capos_service_state item;
  uint32_t data_words = 0, pointers = 0;
  for (uint32_t index = 0; index < list->count; index++) {
    uint64_t words[2] = {0};
    if (capos_service_state_list_get(list, index, &item) < 0) writer->failed = true;
    uint32_t needed = capos_service_state_fill(&item, words);
    uint32_t used = capos_used_words(words, 2);
    if (used > data_words) data_words = used;
    if (needed > pointers) pointers = needed;
  }
  uint32_t body = capos_write_struct_list(writer, at, list->count, data_words, pointers);
  for (uint32_t index = 0; index < list->count && !writer->failed; index++, body += (data_words + pointers) * 8) {
    uint64_t words[2] = {0};
    capos_service_state_list_get(list, index, &item);
    capos_service_state_fill(&item, words);
    capos_write_words(writer, body, words, data_words);
    capos_service_state_point(writer, body + data_words * 8, &item);
  }
}

static inline uint64_t capos_service_state_list_size(const struct capos_service_state_list *list) {
  uint64_t size = 8;
  struct capos_service_state item;
  for (uint32_t index = 0; index < list->count; index++) {
    if (capos_service_state_list_get(list, index, &item) == 0) size += capos_service_state_size(&item);
  }
  return size;
}

static inline void capos_service_state_list_read(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot,
                                     struct capos_service_state_list *list) {
  *list = (struct capos_service_state_list){.items = NULL};
  list->view = capos_read_list(reader, view, slot, CAPOS_ELEMENT_STRUCT);
  list->count = list->view.count;
}

/** Element `index` of a list, received or not. Answers 0 or −CAPOS_ERROR_BAD_MESSAGE. */
static inline int capos_service_state_list_get(const struct capos_service_state_list *list, uint32_t index, struct capos_service_state *item) {
  struct capos_reader reader;
  struct capos_struct_view view;
  if (list->items != NULL && index < list->count) {
    *item = list->items[index];
    return 0;
  }
  *item = (struct capos_service_state){0};
  if (!capos_list_element(&list->view, index, &reader, &view)) return -CAPOS_ERROR_BAD_MESSAGE;
  capos_service_state_read(&reader, view, item);
  return capos_reader_end(&reader);
}

struct capos_system_control_manifest_results {
  struct capos_data manifest;
};

static inline uint32_t capos_system_control_manifest_results_fill(const struct capos_system_control_manifest_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->manifest.length != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_system_control_manifest_results_point(struct capos_writer *writer, uint32_t at, const struct capos_system_control_manifest_results *value) {
  if (value->manifest.length != 0) capos_write_data(writer, at + 0, value->manifest);
}

static inline void capos_system_control_manifest_results_put(struct capos_writer *writer, uint32_t at, const struct capos_system_control_manifest_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_system_control_manifest_results_fill(value, words);
  capos_system_control_manifest_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_system_control_manifest_results_size(const struct capos_system_control_manifest_results *value) {
  uint64_t size = 8;
  size += ((uint64_t)value->manifest.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_system_control_manifest_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_system_control_manifest_results *value) {
  *value = (struct capos_system_control_manifest_results){0};
  value->manifest = capos_read_data(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_system_control_manifest_results_encode(const struct capos_system_control_manifest_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_system_control_manifest_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_system_control_manifest_results_decode(struct capos_system_control_manifest_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_system_control_manifest_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_system_control_services_results {
  struct capos_service_state_list services;
};

static inline uint32_t capos_system_control_services_results_fill(const struct capos_system_control_services_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->services.count != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_system_control_services_results_point(struct capos_writer *writer, uint32_t at, const struct capos_system_control_services_results *value) {
  capos_service_state_list_put(writer, at + 0, &value->services);
}

static inline void capos_system_control_services_results_put(struct capos_writer *writer, uint32_t at, const struct capos_system_control_services_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_system_control_services_results_fill(value, words);
  capos_system_control_services_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_system_control_services_results_size(const struct capos_system_control_services_results *value) {
  uint64_t size = 8;
  size += capos_service_state_list_size(&value->services);
  return size;
}

static inline void capos_system_control_services_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_system_control_services_results *value) {
  *value = (struct capos_system_control_services_results){0};
  capos_service_state_list_read(reader, &view, 0, &value->services);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_system_control_services_results_encode(const struct capos_system_control_services_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_system_control_services_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_system_control_services_results_decode(struct capos_system_control_services_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_system_control_services_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_system_control_apply_params {
  struct capos_data manifest;
};

static inline uint32_t capos_system_control_apply_params_fill(const struct capos_system_control_apply_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->manifest.length != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_system_control_apply_params_point(struct capos_writer *writer, uint32_t at, const struct capos_system_control_apply_params *value) {
  if (value->manifest.length != 0) capos_write_data(writer, at + 0, value->manifest);
}

static inline void capos_system_control_apply_params_put(struct capos_writer *writer, uint32_t at, const struct capos_system_control_apply_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_system_control_apply_params_fill(value, words);
  capos_system_control_apply_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_system_control_apply_params_size(const struct capos_system_control_apply_params *value) {
  uint64_t size = 8;
  size += ((uint64_t)value->manifest.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_system_control_apply_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_system_control_apply_params *value) {
  *value = (struct capos_system_control_apply_params){0};
  value->manifest = capos_read_data(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_system_control_apply_params_encode(const struct capos_system_control_apply_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_system_control_apply_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_system_control_apply_params_decode(struct capos_system_control_apply_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_system_control_apply_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_system_control_change {
  /** Why nothing was done: everything that is wrong with the manifest. Empty when it was applied. */
  struct capos_text_list problems;
  struct capos_text_list removed;
  struct capos_text_list added;
  struct capos_text_list restarted;
  struct capos_text_list upgraded;
  /** They run on, but a capability of theirs leads elsewhere now. */
  struct capos_text_list rewired;
  /** Services that could not be started, or upgraded and so run on as they were, each with the reason. */
  struct capos_text_list failed;
};

static inline uint32_t capos_system_control_change_fill(const struct capos_system_control_change *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->problems.count != 0) pointers = 1;
  if (pointers < 2 && value->removed.count != 0) pointers = 2;
  if (pointers < 3 && value->added.count != 0) pointers = 3;
  if (pointers < 4 && value->restarted.count != 0) pointers = 4;
  if (pointers < 5 && value->upgraded.count != 0) pointers = 5;
  if (pointers < 6 && value->rewired.count != 0) pointers = 6;
  if (pointers < 7 && value->failed.count != 0) pointers = 7;
  (void)words;
  return pointers;
}

static inline void capos_system_control_change_point(struct capos_writer *writer, uint32_t at, const struct capos_system_control_change *value) {
  capos_text_list_put(writer, at + 0, &value->problems);
  capos_text_list_put(writer, at + 8, &value->removed);
  capos_text_list_put(writer, at + 16, &value->added);
  capos_text_list_put(writer, at + 24, &value->restarted);
  capos_text_list_put(writer, at + 32, &value->upgraded);
  capos_text_list_put(writer, at + 40, &value->rewired);
  capos_text_list_put(writer, at + 48, &value->failed);
}

static inline void capos_system_control_change_put(struct capos_writer *writer, uint32_t at, const struct capos_system_control_change *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_system_control_change_fill(value, words);
  capos_system_control_change_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_system_control_change_size(const struct capos_system_control_change *value) {
  uint64_t size = 56;
  size += capos_text_list_size(&value->problems);
  size += capos_text_list_size(&value->removed);
  size += capos_text_list_size(&value->added);
  size += capos_text_list_size(&value->restarted);
  size += capos_text_list_size(&value->upgraded);
  size += capos_text_list_size(&value->rewired);
  size += capos_text_list_size(&value->failed);
  return size;
}

static inline void capos_system_control_change_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_system_control_change *value) {
  *value = (struct capos_system_control_change){0};
  capos_text_list_read(reader, &view, 0, &value->problems);
  capos_text_list_read(reader, &view, 1, &value->removed);
  capos_text_list_read(reader, &view, 2, &value->added);
  capos_text_list_read(reader, &view, 3, &value->restarted);
  capos_text_list_read(reader, &view, 4, &value->upgraded);
  capos_text_list_read(reader, &view, 5, &value->rewired);
  capos_text_list_read(reader, &view, 6, &value->failed);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_system_control_change_encode(const struct capos_system_control_change *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_system_control_change_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_system_control_change_decode(struct capos_system_control_change *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_system_control_change_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_system_control_apply_results {
  struct capos_system_control_change change;
};

static inline uint32_t capos_system_control_apply_results_fill(const struct capos_system_control_apply_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1) pointers = 1;
  (void)value;
  (void)words;
  return pointers;
}

static inline void capos_system_control_apply_results_point(struct capos_writer *writer, uint32_t at, const struct capos_system_control_apply_results *value) {
  capos_system_control_change_put(writer, at + 0, &value->change);
}

static inline void capos_system_control_apply_results_put(struct capos_writer *writer, uint32_t at, const struct capos_system_control_apply_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_system_control_apply_results_fill(value, words);
  capos_system_control_apply_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_system_control_apply_results_size(const struct capos_system_control_apply_results *value) {
  uint64_t size = 8;
  size += capos_system_control_change_size(&value->change);
  return size;
}

static inline void capos_system_control_apply_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_system_control_apply_results *value) {
  *value = (struct capos_system_control_apply_results){0};
  capos_system_control_change_read(reader, capos_read_struct(reader, &view, 0), &value->change);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_system_control_apply_results_encode(const struct capos_system_control_apply_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_system_control_apply_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_system_control_apply_results_decode(struct capos_system_control_apply_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_system_control_apply_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/** A service that can be replaced while clients hold its capabilities. Init is the only caller. */
#define CAPOS_UPGRADABLE_INTERFACE_ID UINT64_C(0xe4cd86387e3af40c)
#define CAPOS_UPGRADABLE_METHOD_SAVE 0u
#define CAPOS_UPGRADABLE_METHOD_RESTORE 1u

/**
 * The running version tells its state. No call of a client is in flight, and none comes until this is over. It must be able to
 * go on afterwards: when the next version does not come up, it will.
 */
static inline int capos_upgradable_save(capos_cap target, struct capos_upgradable_save_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_upgradable_save_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_upgradable_save_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** The next version takes over. An exception means that it can't: the running version then goes on. */
static inline int capos_upgradable_restore(capos_cap target, const struct capos_upgradable_restore_params *params) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8 + capos_upgradable_restore_params_size(params));
  if (error == 0) error = capos_upgradable_restore_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a Upgradable server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_upgradable_server {
  /**
   * The running version tells its state. No call of a client is in flight, and none comes until this is over. It must be able to
   * go on afterwards: when the next version does not come up, it will.
   */
  int (*save)(void *context, const struct capos_received *call, struct capos_upgradable_save_results *results);
  /** The next version takes over. An exception means that it can't: the running version then goes on. */
  int (*restore)(void *context, const struct capos_received *call, const struct capos_upgradable_restore_params *params);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_upgradable_handle(const struct capos_upgradable_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_upgradable_save_results results = {0};
      if (server->save == NULL) break;
      int error = server->save(context, call, &results);
      return error < 0 ? error : capos_upgradable_save_results_encode(&results, reply);
    }
    case 1: {
      struct capos_upgradable_restore_params params;
      if (server->restore == NULL) break;
      if (capos_upgradable_restore_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->restore(context, call, &params);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "Upgradable has no such method here");
}

/** The system as a whole. Whoever holds it decides what runs and who holds what: as much authority as init itself. */
#define CAPOS_SYSTEM_CONTROL_INTERFACE_ID UINT64_C(0xa1e8984bc2e427a7)
#define CAPOS_SYSTEM_CONTROL_METHOD_MANIFEST 0u
#define CAPOS_SYSTEM_CONTROL_METHOD_SERVICES 1u
#define CAPOS_SYSTEM_CONTROL_METHOD_APPLY 2u

/** What runs: a Manifest message. */
static inline int capos_system_control_manifest(capos_cap target, struct capos_system_control_manifest_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_system_control_manifest_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_system_control_manifest_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

static inline int capos_system_control_services(capos_cap target, struct capos_system_control_services_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_system_control_services_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  if (error == 0) error = capos_system_control_services_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Makes the system what this manifest says, by the difference. Nothing happens unless all of it is valid. */
static inline int capos_system_control_apply(capos_cap target, const struct capos_system_control_apply_params *params, struct capos_system_control_apply_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_system_control_apply_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_system_control_apply_params_size(params));
  if (error == 0) error = capos_system_control_apply_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 2);
  if (error == 0) error = capos_system_control_apply_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a SystemControl server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_system_control_server {
  /** What runs: a Manifest message. */
  int (*manifest)(void *context, const struct capos_received *call, struct capos_system_control_manifest_results *results);
  int (*services)(void *context, const struct capos_received *call, struct capos_system_control_services_results *results);
  /** Makes the system what this manifest says, by the difference. Nothing happens unless all of it is valid. */
  int (*apply)(void *context, const struct capos_received *call, const struct capos_system_control_apply_params *params, struct capos_system_control_apply_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_system_control_handle(const struct capos_system_control_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_system_control_manifest_results results = {0};
      if (server->manifest == NULL) break;
      int error = server->manifest(context, call, &results);
      return error < 0 ? error : capos_system_control_manifest_results_encode(&results, reply);
    }
    case 1: {
      struct capos_system_control_services_results results = {0};
      if (server->services == NULL) break;
      int error = server->services(context, call, &results);
      return error < 0 ? error : capos_system_control_services_results_encode(&results, reply);
    }
    case 2: {
      struct capos_system_control_apply_params params;
      struct capos_system_control_apply_results results = {0};
      if (server->apply == NULL) break;
      if (capos_system_control_apply_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->apply(context, call, &params, &results);
      return error < 0 ? error : capos_system_control_apply_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "SystemControl has no such method here");
}

#endif
