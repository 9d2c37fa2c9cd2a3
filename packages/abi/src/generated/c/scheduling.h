/* Generated from scheduling.capnp. Do not edit.
   Processor time: the contexts that threads run on, and the policy that decides about them. Mechanism is in the kernel; who gets
   how much is decided by whoever holds SchedulingPolicy. */
#ifndef CAPOS_SCHEMA_CAPOS_SCHEDULING_H
#define CAPOS_SCHEMA_CAPOS_SCHEDULING_H

#include <capos/call.h>
#include <capos/endpoint.h>
#include <capos/message.h>

struct capos_scheduling_parameters {
  /** 0 to 255; higher ones run first. */
  uint8_t priority;
  /** Processor time in any window of one period, counted as 200 instructions a microsecond; 0: no limit. */
  uint64_t budget_ns;
  /** Of the monotonic clock. At least 10,000, and no shorter than the budget. */
  uint64_t period_ns;
  /** One turn among contexts of the same priority, counted like the budget; 0: 500,000. */
  uint64_t slice_ns;
  /** On which it may run, one bit each. Bit 0 is the one processor there is: without it the context rests. */
  uint64_t processors;
};

static inline uint32_t capos_scheduling_parameters_fill(const struct capos_scheduling_parameters *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= ((uint64_t)(uint8_t)value->priority ^ UINT64_C(0x80));
  words[1] |= (uint64_t)value->budget_ns;
  words[2] |= (uint64_t)value->period_ns;
  words[3] |= (uint64_t)value->slice_ns;
  words[4] |= ((uint64_t)value->processors ^ UINT64_C(0xffffffffffffffff));
  return pointers;
}

static inline void capos_scheduling_parameters_point(struct capos_writer *writer, uint32_t at, const struct capos_scheduling_parameters *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_scheduling_parameters_put(struct capos_writer *writer, uint32_t at, const struct capos_scheduling_parameters *value) {
  uint64_t words[5] = {0};
  uint32_t pointers = capos_scheduling_parameters_fill(value, words);
  capos_scheduling_parameters_point(writer, capos_write_struct(writer, at, words, 5, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_scheduling_parameters_size(const struct capos_scheduling_parameters *value) {
  uint64_t size = 40;
  (void)value;
  return size;
}

static inline void capos_scheduling_parameters_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_scheduling_parameters *value) {
  *value = (struct capos_scheduling_parameters){0};
  value->priority = (uint8_t)(capos_get_u8(&view, 0) ^ UINT64_C(0x80));
  value->budget_ns = (uint64_t)(capos_get_u64(&view, 8));
  value->period_ns = (uint64_t)(capos_get_u64(&view, 16));
  value->slice_ns = (uint64_t)(capos_get_u64(&view, 24));
  value->processors = (uint64_t)(capos_get_u64(&view, 32) ^ UINT64_C(0xffffffffffffffff));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_scheduling_parameters_encode(const struct capos_scheduling_parameters *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_scheduling_parameters_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_scheduling_parameters_decode(struct capos_scheduling_parameters *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_scheduling_parameters_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/** A context as schedulers and tools see it. */
struct capos_context_info {
  uint64_t context_id;
  /** Of the process it was made for. */
  struct capos_text name;
  struct capos_scheduling_parameters parameters;
  /** Executed on it so far, by whichever thread. */
  uint64_t instructions;
  /** What they took. */
  uint64_t cpu_time_ns;
  /** Times it had something to run and no budget for it. */
  uint64_t depletions;
  /** Bound to it. */
  uint32_t threads;
  /** It has something to run, or may have. */
  bool ready;
  /** Whose threads run on it unless they are bound otherwise. */
  struct capos_uint64_list processes;
};

static inline uint32_t capos_context_info_fill(const struct capos_context_info *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->context_id;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  if (pointers < 2) pointers = 2;
  words[1] |= (uint64_t)value->instructions;
  words[2] |= (uint64_t)value->cpu_time_ns;
  words[3] |= (uint64_t)value->depletions;
  words[4] |= (uint64_t)(uint32_t)value->threads;
  words[4] |= (uint64_t)value->ready << 32;
  if (pointers < 3 && value->processes.count != 0) pointers = 3;
  return pointers;
}

static inline void capos_context_info_point(struct capos_writer *writer, uint32_t at, const struct capos_context_info *value) {
  if (value->name.length != 0) capos_write_text(writer, at + 0, value->name);
  capos_scheduling_parameters_put(writer, at + 8, &value->parameters);
  capos_uint64_list_put(writer, at + 16, &value->processes);
}

static inline void capos_context_info_put(struct capos_writer *writer, uint32_t at, const struct capos_context_info *value) {
  uint64_t words[5] = {0};
  uint32_t pointers = capos_context_info_fill(value, words);
  capos_context_info_point(writer, capos_write_struct(writer, at, words, 5, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_context_info_size(const struct capos_context_info *value) {
  uint64_t size = 64;
  size += ((uint64_t)value->name.length + 8) & ~UINT64_C(7);
  size += capos_scheduling_parameters_size(&value->parameters);
  size += capos_uint64_list_size(&value->processes);
  return size;
}

static inline void capos_context_info_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_context_info *value) {
  *value = (struct capos_context_info){0};
  value->context_id = (uint64_t)(capos_get_u64(&view, 0));
  value->name = capos_read_text(reader, &view, 0);
  capos_scheduling_parameters_read(reader, capos_read_struct(reader, &view, 1), &value->parameters);
  value->instructions = (uint64_t)(capos_get_u64(&view, 8));
  value->cpu_time_ns = (uint64_t)(capos_get_u64(&view, 16));
  value->depletions = (uint64_t)(capos_get_u64(&view, 24));
  value->threads = (uint32_t)(capos_get_u32(&view, 32));
  value->ready = (capos_get_bit(&view, 288)) != 0;
  capos_uint64_list_read(reader, &view, 2, &value->processes);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_context_info_encode(const struct capos_context_info *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_context_info_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_context_info_decode(struct capos_context_info *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_context_info_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/**
 * A list of ContextInfo. To send one, set `items` and `count`; one that was received has `count` elements that
 * capos_context_info_list_get reads one at a time, and can be sent on as it is.
 */
struct capos_context_info_list {
  const struct capos_context_info *items;
  uint32_t count;
  struct capos_list_view view;
};

static inline int capos_context_info_list_get(const struct capos_context_info_list *list, uint32_t index, struct capos_context_info *item);

static inline void capos_context_info_list_put(struct capos_writer *writer, uint32_t at, const struct capos_context_info_list *list) {
  if (list->count == 0) return;
  struct capos_context_info item;
  uint32_t data_words = 0, pointers = 0;
  for (uint32_t index = 0; index < list->count; index++) {
    uint64_t words[5] = {0};
    if (capos_context_info_list_get(list, index, &item) < 0) writer->failed = true;
    uint32_t needed = capos_context_info_fill(&item, words);
    uint32_t used = capos_used_words(words, 5);
    if (used > data_words) data_words = used;
    if (needed > pointers) pointers = needed;
  }
  uint32_t body = capos_write_struct_list(writer, at, list->count, data_words, pointers);
  for (uint32_t index = 0; index < list->count && !writer->failed; index++, body += (data_words + pointers) * 8) {
    uint64_t words[5] = {0};
    capos_context_info_list_get(list, index, &item);
    capos_context_info_fill(&item, words);
    capos_write_words(writer, body, words, data_words);
    capos_context_info_point(writer, body + data_words * 8, &item);
  }
}

static inline uint64_t capos_context_info_list_size(const struct capos_context_info_list *list) {
  uint64_t size = 8;
  struct capos_context_info item;
  for (uint32_t index = 0; index < list->count; index++) {
    if (capos_context_info_list_get(list, index, &item) == 0) size += capos_context_info_size(&item);
  }
  return size;
}

static inline void capos_context_info_list_read(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot,
                                     struct capos_context_info_list *list) {
  *list = (struct capos_context_info_list){.items = NULL};
  list->view = capos_read_list(reader, view, slot, CAPOS_ELEMENT_STRUCT);
  list->count = list->view.count;
}

/** Element `index` of a list, received or not. Answers 0 or −CAPOS_ERROR_BAD_MESSAGE. */
static inline int capos_context_info_list_get(const struct capos_context_info_list *list, uint32_t index, struct capos_context_info *item) {
  struct capos_reader reader;
  struct capos_struct_view view;
  if (list->items != NULL && index < list->count) {
    *item = list->items[index];
    return 0;
  }
  *item = (struct capos_context_info){0};
  if (!capos_list_element(&list->view, index, &reader, &view)) return -CAPOS_ERROR_BAD_MESSAGE;
  capos_context_info_read(&reader, view, item);
  return capos_reader_end(&reader);
}

struct capos_scheduling_context_get_info_results {
  struct capos_context_info info;
};

static inline uint32_t capos_scheduling_context_get_info_results_fill(const struct capos_scheduling_context_get_info_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1) pointers = 1;
  (void)value;
  (void)words;
  return pointers;
}

static inline void capos_scheduling_context_get_info_results_point(struct capos_writer *writer, uint32_t at, const struct capos_scheduling_context_get_info_results *value) {
  capos_context_info_put(writer, at + 0, &value->info);
}

static inline void capos_scheduling_context_get_info_results_put(struct capos_writer *writer, uint32_t at, const struct capos_scheduling_context_get_info_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_scheduling_context_get_info_results_fill(value, words);
  capos_scheduling_context_get_info_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_scheduling_context_get_info_results_size(const struct capos_scheduling_context_get_info_results *value) {
  uint64_t size = 8;
  size += capos_context_info_size(&value->info);
  return size;
}

static inline void capos_scheduling_context_get_info_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_scheduling_context_get_info_results *value) {
  *value = (struct capos_scheduling_context_get_info_results){0};
  capos_context_info_read(reader, capos_read_struct(reader, &view, 0), &value->info);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_scheduling_context_get_info_results_encode(const struct capos_scheduling_context_get_info_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_scheduling_context_get_info_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_scheduling_context_get_info_results_decode(struct capos_scheduling_context_get_info_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_scheduling_context_get_info_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_scheduling_context_notify_depleted_params {
  struct capos_capability notification;
  uint64_t bits;
};

static inline uint32_t capos_scheduling_context_notify_depleted_params_fill(const struct capos_scheduling_context_notify_depleted_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->notification.cap != CAPOS_NULL_CAP) pointers = 1;
  words[0] |= (uint64_t)value->bits;
  return pointers;
}

static inline void capos_scheduling_context_notify_depleted_params_point(struct capos_writer *writer, uint32_t at, const struct capos_scheduling_context_notify_depleted_params *value) {
  if (value->notification.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->notification);
}

static inline void capos_scheduling_context_notify_depleted_params_put(struct capos_writer *writer, uint32_t at, const struct capos_scheduling_context_notify_depleted_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_scheduling_context_notify_depleted_params_fill(value, words);
  capos_scheduling_context_notify_depleted_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_scheduling_context_notify_depleted_params_size(const struct capos_scheduling_context_notify_depleted_params *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_scheduling_context_notify_depleted_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_scheduling_context_notify_depleted_params *value) {
  *value = (struct capos_scheduling_context_notify_depleted_params){0};
  value->notification = capos_read_capability(reader, &view, 0, UINT64_C(0xbba49d7bf333817a));
  value->bits = (uint64_t)(capos_get_u64(&view, 0));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_scheduling_context_notify_depleted_params_encode(const struct capos_scheduling_context_notify_depleted_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_scheduling_context_notify_depleted_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_scheduling_context_notify_depleted_params_decode(struct capos_scheduling_context_notify_depleted_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_scheduling_context_notify_depleted_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_scheduling_policy_list_results {
  struct capos_context_info_list contexts;
};

static inline uint32_t capos_scheduling_policy_list_results_fill(const struct capos_scheduling_policy_list_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->contexts.count != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_scheduling_policy_list_results_point(struct capos_writer *writer, uint32_t at, const struct capos_scheduling_policy_list_results *value) {
  capos_context_info_list_put(writer, at + 0, &value->contexts);
}

static inline void capos_scheduling_policy_list_results_put(struct capos_writer *writer, uint32_t at, const struct capos_scheduling_policy_list_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_scheduling_policy_list_results_fill(value, words);
  capos_scheduling_policy_list_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_scheduling_policy_list_results_size(const struct capos_scheduling_policy_list_results *value) {
  uint64_t size = 8;
  size += capos_context_info_list_size(&value->contexts);
  return size;
}

static inline void capos_scheduling_policy_list_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_scheduling_policy_list_results *value) {
  *value = (struct capos_scheduling_policy_list_results){0};
  capos_context_info_list_read(reader, &view, 0, &value->contexts);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_scheduling_policy_list_results_encode(const struct capos_scheduling_policy_list_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_scheduling_policy_list_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_scheduling_policy_list_results_decode(struct capos_scheduling_policy_list_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_scheduling_policy_list_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_scheduling_policy_configure_params {
  uint64_t context_id;
  struct capos_scheduling_parameters parameters;
};

static inline uint32_t capos_scheduling_policy_configure_params_fill(const struct capos_scheduling_policy_configure_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->context_id;
  if (pointers < 1) pointers = 1;
  return pointers;
}

static inline void capos_scheduling_policy_configure_params_point(struct capos_writer *writer, uint32_t at, const struct capos_scheduling_policy_configure_params *value) {
  capos_scheduling_parameters_put(writer, at + 0, &value->parameters);
}

static inline void capos_scheduling_policy_configure_params_put(struct capos_writer *writer, uint32_t at, const struct capos_scheduling_policy_configure_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_scheduling_policy_configure_params_fill(value, words);
  capos_scheduling_policy_configure_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_scheduling_policy_configure_params_size(const struct capos_scheduling_policy_configure_params *value) {
  uint64_t size = 16;
  size += capos_scheduling_parameters_size(&value->parameters);
  return size;
}

static inline void capos_scheduling_policy_configure_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_scheduling_policy_configure_params *value) {
  *value = (struct capos_scheduling_policy_configure_params){0};
  value->context_id = (uint64_t)(capos_get_u64(&view, 0));
  capos_scheduling_parameters_read(reader, capos_read_struct(reader, &view, 0), &value->parameters);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_scheduling_policy_configure_params_encode(const struct capos_scheduling_policy_configure_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_scheduling_policy_configure_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_scheduling_policy_configure_params_decode(struct capos_scheduling_policy_configure_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_scheduling_policy_configure_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_scheduling_policy_create_params {
  struct capos_text name;
  struct capos_scheduling_parameters parameters;
};

static inline uint32_t capos_scheduling_policy_create_params_fill(const struct capos_scheduling_policy_create_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  if (pointers < 2) pointers = 2;
  (void)words;
  return pointers;
}

static inline void capos_scheduling_policy_create_params_point(struct capos_writer *writer, uint32_t at, const struct capos_scheduling_policy_create_params *value) {
  if (value->name.length != 0) capos_write_text(writer, at + 0, value->name);
  capos_scheduling_parameters_put(writer, at + 8, &value->parameters);
}

static inline void capos_scheduling_policy_create_params_put(struct capos_writer *writer, uint32_t at, const struct capos_scheduling_policy_create_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_scheduling_policy_create_params_fill(value, words);
  capos_scheduling_policy_create_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_scheduling_policy_create_params_size(const struct capos_scheduling_policy_create_params *value) {
  uint64_t size = 16;
  size += ((uint64_t)value->name.length + 8) & ~UINT64_C(7);
  size += capos_scheduling_parameters_size(&value->parameters);
  return size;
}

static inline void capos_scheduling_policy_create_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_scheduling_policy_create_params *value) {
  *value = (struct capos_scheduling_policy_create_params){0};
  value->name = capos_read_text(reader, &view, 0);
  capos_scheduling_parameters_read(reader, capos_read_struct(reader, &view, 1), &value->parameters);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_scheduling_policy_create_params_encode(const struct capos_scheduling_policy_create_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_scheduling_policy_create_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_scheduling_policy_create_params_decode(struct capos_scheduling_policy_create_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_scheduling_policy_create_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_scheduling_policy_create_results {
  struct capos_capability context;
  uint64_t context_id;
};

static inline uint32_t capos_scheduling_policy_create_results_fill(const struct capos_scheduling_policy_create_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->context.cap != CAPOS_NULL_CAP) pointers = 1;
  words[0] |= (uint64_t)value->context_id;
  return pointers;
}

static inline void capos_scheduling_policy_create_results_point(struct capos_writer *writer, uint32_t at, const struct capos_scheduling_policy_create_results *value) {
  if (value->context.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->context);
}

static inline void capos_scheduling_policy_create_results_put(struct capos_writer *writer, uint32_t at, const struct capos_scheduling_policy_create_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_scheduling_policy_create_results_fill(value, words);
  capos_scheduling_policy_create_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_scheduling_policy_create_results_size(const struct capos_scheduling_policy_create_results *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_scheduling_policy_create_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_scheduling_policy_create_results *value) {
  *value = (struct capos_scheduling_policy_create_results){0};
  value->context = capos_read_capability(reader, &view, 0, UINT64_C(0xc0a7dde8b7144934));
  value->context_id = (uint64_t)(capos_get_u64(&view, 0));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_scheduling_policy_create_results_encode(const struct capos_scheduling_policy_create_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_scheduling_policy_create_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_scheduling_policy_create_results_decode(struct capos_scheduling_policy_create_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_scheduling_policy_create_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_scheduling_policy_bind_params {
  uint64_t process_id;
  uint64_t context_id;
};

static inline uint32_t capos_scheduling_policy_bind_params_fill(const struct capos_scheduling_policy_bind_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->process_id;
  words[1] |= (uint64_t)value->context_id;
  return pointers;
}

static inline void capos_scheduling_policy_bind_params_point(struct capos_writer *writer, uint32_t at, const struct capos_scheduling_policy_bind_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_scheduling_policy_bind_params_put(struct capos_writer *writer, uint32_t at, const struct capos_scheduling_policy_bind_params *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_scheduling_policy_bind_params_fill(value, words);
  capos_scheduling_policy_bind_params_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_scheduling_policy_bind_params_size(const struct capos_scheduling_policy_bind_params *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_scheduling_policy_bind_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_scheduling_policy_bind_params *value) {
  *value = (struct capos_scheduling_policy_bind_params){0};
  value->process_id = (uint64_t)(capos_get_u64(&view, 0));
  value->context_id = (uint64_t)(capos_get_u64(&view, 8));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_scheduling_policy_bind_params_encode(const struct capos_scheduling_policy_bind_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_scheduling_policy_bind_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_scheduling_policy_bind_params_decode(struct capos_scheduling_policy_bind_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_scheduling_policy_bind_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_scheduling_policy_attend_params {
  uint64_t lease_ns;
};

static inline uint32_t capos_scheduling_policy_attend_params_fill(const struct capos_scheduling_policy_attend_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->lease_ns;
  return pointers;
}

static inline void capos_scheduling_policy_attend_params_point(struct capos_writer *writer, uint32_t at, const struct capos_scheduling_policy_attend_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_scheduling_policy_attend_params_put(struct capos_writer *writer, uint32_t at, const struct capos_scheduling_policy_attend_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_scheduling_policy_attend_params_fill(value, words);
  capos_scheduling_policy_attend_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_scheduling_policy_attend_params_size(const struct capos_scheduling_policy_attend_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_scheduling_policy_attend_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_scheduling_policy_attend_params *value) {
  *value = (struct capos_scheduling_policy_attend_params){0};
  value->lease_ns = (uint64_t)(capos_get_u64(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_scheduling_policy_attend_params_encode(const struct capos_scheduling_policy_attend_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_scheduling_policy_attend_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_scheduling_policy_attend_params_decode(struct capos_scheduling_policy_attend_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_scheduling_policy_attend_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/** A share of the processor. ThreadControl.bind puts a thread of the holder's on it. */
#define CAPOS_SCHEDULING_CONTEXT_INTERFACE_ID UINT64_C(0xc0a7dde8b7144934)
#define CAPOS_SCHEDULING_CONTEXT_METHOD_GET_INFO 0u
#define CAPOS_SCHEDULING_CONTEXT_METHOD_NOTIFY_DEPLETED 1u

static inline int capos_scheduling_context_get_info(capos_cap target, struct capos_scheduling_context_get_info_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_scheduling_context_get_info_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_scheduling_context_get_info_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * The timeout fault: signals when the context has something to run and no budget left. It runs again when budget comes back,
 * or when its policy is changed. bits 0: nobody is told any more.
 */
static inline int capos_scheduling_context_notify_depleted(capos_cap target, const struct capos_scheduling_context_notify_depleted_params *params) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8 + capos_scheduling_context_notify_depleted_params_size(params));
  if (error == 0) error = capos_scheduling_context_notify_depleted_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a SchedulingContext server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_scheduling_context_server {
  int (*get_info)(void *context, const struct capos_received *call, struct capos_scheduling_context_get_info_results *results);
  /**
   * The timeout fault: signals when the context has something to run and no budget left. It runs again when budget comes back,
   * or when its policy is changed. bits 0: nobody is told any more.
   */
  int (*notify_depleted)(void *context, const struct capos_received *call, const struct capos_scheduling_context_notify_depleted_params *params);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_scheduling_context_handle(const struct capos_scheduling_context_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_scheduling_context_get_info_results results = {0};
      if (server->get_info == NULL) break;
      int error = server->get_info(context, call, &results);
      return error < 0 ? error : capos_scheduling_context_get_info_results_encode(&results, reply);
    }
    case 1: {
      struct capos_scheduling_context_notify_depleted_params params;
      if (server->notify_depleted == NULL) break;
      if (capos_scheduling_context_notify_depleted_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->notify_depleted(context, call, &params);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "SchedulingContext has no such method here");
}

/** Decides about every context there is. */
#define CAPOS_SCHEDULING_POLICY_INTERFACE_ID UINT64_C(0xa2ec27dc2de4ac1a)
#define CAPOS_SCHEDULING_POLICY_METHOD_LIST 0u
#define CAPOS_SCHEDULING_POLICY_METHOD_CONFIGURE 1u
#define CAPOS_SCHEDULING_POLICY_METHOD_CREATE 2u
#define CAPOS_SCHEDULING_POLICY_METHOD_BIND 3u
#define CAPOS_SCHEDULING_POLICY_METHOD_ATTEND 4u
#define CAPOS_SCHEDULING_POLICY_METHOD_RESIGN 5u

static inline int capos_scheduling_policy_list(capos_cap target, struct capos_scheduling_policy_list_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_scheduling_policy_list_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_scheduling_policy_list_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** invalidArgument: no such context, or parameters that make no sense. failed: another process attends. */
static inline int capos_scheduling_policy_configure(capos_cap target, const struct capos_scheduling_policy_configure_params *params) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8 + capos_scheduling_policy_configure_params_size(params));
  if (error == 0) error = capos_scheduling_policy_configure_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  return capos_exchange_end(&exchange, error);
}

/** A context that no process has yet, on the caller's account. */
static inline int capos_scheduling_policy_create(capos_cap target, const struct capos_scheduling_policy_create_params *params, struct capos_scheduling_policy_create_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_scheduling_policy_create_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_scheduling_policy_create_params_size(params));
  if (error == 0) error = capos_scheduling_policy_create_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 2);
  if (error == 0) error = capos_scheduling_policy_create_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Every thread of a process runs on that context from now on; 0: on none of its own, only on what those who wait for it lend. */
static inline int capos_scheduling_policy_bind(capos_cap target, const struct capos_scheduling_policy_bind_params *params) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8 + capos_scheduling_policy_bind_params_size(params));
  if (error == 0) error = capos_scheduling_policy_bind_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 3);
  return capos_exchange_end(&exchange, error);
}

/**
 * The caller takes charge for so long; renewing is calling again. When the lease runs out, the caller ends or another process
 * attends, everything that it configured meanwhile is undone: the kernel's round robin goes on.
 */
static inline int capos_scheduling_policy_attend(capos_cap target, const struct capos_scheduling_policy_attend_params *params) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8 + capos_scheduling_policy_attend_params_size(params));
  if (error == 0) error = capos_scheduling_policy_attend_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 4);
  return capos_exchange_end(&exchange, error);
}

/** The caller is no longer in charge. Without effect on one that is not. */
static inline int capos_scheduling_policy_resign(capos_cap target) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 5);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a SchedulingPolicy server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_scheduling_policy_server {
  int (*list)(void *context, const struct capos_received *call, struct capos_scheduling_policy_list_results *results);
  /** invalidArgument: no such context, or parameters that make no sense. failed: another process attends. */
  int (*configure)(void *context, const struct capos_received *call, const struct capos_scheduling_policy_configure_params *params);
  /** A context that no process has yet, on the caller's account. */
  int (*create)(void *context, const struct capos_received *call, const struct capos_scheduling_policy_create_params *params, struct capos_scheduling_policy_create_results *results);
  /** Every thread of a process runs on that context from now on; 0: on none of its own, only on what those who wait for it lend. */
  int (*bind)(void *context, const struct capos_received *call, const struct capos_scheduling_policy_bind_params *params);
  /**
   * The caller takes charge for so long; renewing is calling again. When the lease runs out, the caller ends or another process
   * attends, everything that it configured meanwhile is undone: the kernel's round robin goes on.
   */
  int (*attend)(void *context, const struct capos_received *call, const struct capos_scheduling_policy_attend_params *params);
  /** The caller is no longer in charge. Without effect on one that is not. */
  int (*resign)(void *context, const struct capos_received *call);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_scheduling_policy_handle(const struct capos_scheduling_policy_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_scheduling_policy_list_results results = {0};
      if (server->list == NULL) break;
      int error = server->list(context, call, &results);
      return error < 0 ? error : capos_scheduling_policy_list_results_encode(&results, reply);
    }
    case 1: {
      struct capos_scheduling_policy_configure_params params;
      if (server->configure == NULL) break;
      if (capos_scheduling_policy_configure_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->configure(context, call, &params);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 2: {
      struct capos_scheduling_policy_create_params params;
      struct capos_scheduling_policy_create_results results = {0};
      if (server->create == NULL) break;
      if (capos_scheduling_policy_create_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->create(context, call, &params, &results);
      return error < 0 ? error : capos_scheduling_policy_create_results_encode(&results, reply);
    }
    case 3: {
      struct capos_scheduling_policy_bind_params params;
      if (server->bind == NULL) break;
      if (capos_scheduling_policy_bind_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->bind(context, call, &params);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 4: {
      struct capos_scheduling_policy_attend_params params;
      if (server->attend == NULL) break;
      if (capos_scheduling_policy_attend_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->attend(context, call, &params);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 5: {
      if (server->resign == NULL) break;
      int error = server->resign(context, call);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "SchedulingPolicy has no such method here");
}

#endif
