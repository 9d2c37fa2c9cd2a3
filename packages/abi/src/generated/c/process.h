/* Generated from process.capnp. Do not edit.
   Processes and threads. */
#ifndef CAPOS_SCHEMA_CAPOS_PROCESS_H
#define CAPOS_SCHEMA_CAPOS_PROCESS_H

#include <capos/call.h>
#include <capos/endpoint.h>
#include <capos/message.h>
#include <capos/schema/accounting.h>
#include <capos/schema/capability.h>

/** A capability that a new process is to hold. */
struct capos_grant {
  /** In its CapSet: 1 to 31 bytes of UTF-8. */
  struct capos_text name;
  /** Ordinal of the capability among those transferred beside the call. */
  uint32_t cap;
  /** How it may travel on from there; never more freely than the spawner itself could pass it. */
  uint16_t transfer_mode;
};

static inline uint32_t capos_grant_fill(const struct capos_grant *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  words[0] |= (uint64_t)(uint32_t)value->cap;
  words[0] |= (uint64_t)(uint16_t)value->transfer_mode << 32;
  return pointers;
}

static inline void capos_grant_point(struct capos_writer *writer, uint32_t at, const struct capos_grant *value) {
  if (value->name.length != 0) capos_write_text(writer, at + 0, value->name);
}

static inline void capos_grant_put(struct capos_writer *writer, uint32_t at, const struct capos_grant *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_grant_fill(value, words);
  capos_grant_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_grant_size(const struct capos_grant *value) {
  uint64_t size = 16;
  size += ((uint64_t)value->name.length + 8) & ~UINT64_C(7);
  return size;
}

static inline void capos_grant_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_grant *value) {
  *value = (struct capos_grant){0};
  value->name = capos_read_text(reader, &view, 0);
  value->cap = (uint32_t)(capos_get_u32(&view, 0));
  value->transfer_mode = (uint16_t)(capos_get_u16(&view, 4));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_grant_encode(const struct capos_grant *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_grant_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_grant_decode(struct capos_grant *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_grant_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/**
 * A list of Grant. To send one, set `items` and `count`; one that was received has `count` elements that
 * capos_grant_list_get reads one at a time, and can be sent on as it is.
 */
struct capos_grant_list {
  const struct capos_grant *items;
  uint32_t count;
  struct capos_list_view view;
};

static inline int capos_grant_list_get(const struct capos_grant_list *list, uint32_t index, struct capos_grant *item);

static inline void capos_grant_list_put(struct capos_writer *writer, uint32_t at, const struct capos_grant_list *list) {
  if (list->count == 0) return;
  struct capos_grant item;
  uint32_t data_words = 0, pointers = 0;
  for (uint32_t index = 0; index < list->count; index++) {
    uint64_t words[1] = {0};
    if (capos_grant_list_get(list, index, &item) < 0) writer->failed = true;
    uint32_t needed = capos_grant_fill(&item, words);
    uint32_t used = capos_used_words(words, 1);
    if (used > data_words) data_words = used;
    if (needed > pointers) pointers = needed;
  }
  uint32_t body = capos_write_struct_list(writer, at, list->count, data_words, pointers);
  for (uint32_t index = 0; index < list->count && !writer->failed; index++, body += (data_words + pointers) * 8) {
    uint64_t words[1] = {0};
    capos_grant_list_get(list, index, &item);
    capos_grant_fill(&item, words);
    capos_write_words(writer, body, words, data_words);
    capos_grant_point(writer, body + data_words * 8, &item);
  }
}

static inline uint64_t capos_grant_list_size(const struct capos_grant_list *list) {
  uint64_t size = 8;
  struct capos_grant item;
  for (uint32_t index = 0; index < list->count; index++) {
    if (capos_grant_list_get(list, index, &item) == 0) size += capos_grant_size(&item);
  }
  return size;
}

static inline void capos_grant_list_read(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot,
                                     struct capos_grant_list *list) {
  *list = (struct capos_grant_list){.items = NULL};
  list->view = capos_read_list(reader, view, slot, CAPOS_ELEMENT_STRUCT);
  list->count = list->view.count;
}

/** Element `index` of a list, received or not. Answers 0 or −CAPOS_ERROR_BAD_MESSAGE. */
static inline int capos_grant_list_get(const struct capos_grant_list *list, uint32_t index, struct capos_grant *item) {
  struct capos_reader reader;
  struct capos_struct_view view;
  if (list->items != NULL && index < list->count) {
    *item = list->items[index];
    return 0;
  }
  *item = (struct capos_grant){0};
  if (!capos_list_element(&list->view, index, &reader, &view)) return -CAPOS_ERROR_BAD_MESSAGE;
  capos_grant_read(&reader, view, item);
  return capos_reader_end(&reader);
}

/** An exception of the processor (SDM 3A §6.15). */
struct capos_fault {
  uint8_t vector;
  uint32_t error_code;
  /** What a page fault was about (CR2). */
  uint64_t address;
  uint64_t instruction;
  uint16_t address_class;
};

static inline uint32_t capos_fault_fill(const struct capos_fault *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint8_t)value->vector;
  words[0] |= (uint64_t)(uint32_t)value->error_code << 32;
  words[1] |= (uint64_t)value->address;
  words[2] |= (uint64_t)value->instruction;
  words[0] |= (uint64_t)(uint16_t)value->address_class << 16;
  return pointers;
}

static inline void capos_fault_point(struct capos_writer *writer, uint32_t at, const struct capos_fault *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_fault_put(struct capos_writer *writer, uint32_t at, const struct capos_fault *value) {
  uint64_t words[3] = {0};
  uint32_t pointers = capos_fault_fill(value, words);
  capos_fault_point(writer, capos_write_struct(writer, at, words, 3, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_fault_size(const struct capos_fault *value) {
  uint64_t size = 24;
  (void)value;
  return size;
}

static inline void capos_fault_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_fault *value) {
  *value = (struct capos_fault){0};
  value->vector = (uint8_t)(capos_get_u8(&view, 0));
  value->error_code = (uint32_t)(capos_get_u32(&view, 4));
  value->address = (uint64_t)(capos_get_u64(&view, 8));
  value->instruction = (uint64_t)(capos_get_u64(&view, 16));
  value->address_class = (uint16_t)(capos_get_u16(&view, 2));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_fault_encode(const struct capos_fault *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_fault_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_fault_decode(struct capos_fault *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_fault_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/** Values of `which` of ExitStatus. */
enum {
  CAPOS_EXIT_STATUS_EXITED = 0,
  CAPOS_EXIT_STATUS_FAULTED = 1,
  CAPOS_EXIT_STATUS_KILLED = 2,
};

/** How a process ended. */
struct capos_exit_status {
  uint16_t which; /**< CAPOS_EXIT_STATUS_… */
  union {
    /** The program's own exit code, 0–255. */
    int32_t exited;
    /** The processor raised an exception that nobody handled. */
    struct capos_fault faulted;
    /** Ended from outside, or by a fatal signal of its personality: the signal number. */
    int32_t killed;
  };
};

static inline uint32_t capos_exit_status_fill(const struct capos_exit_status *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->which << 32;
  switch (value->which) {
    case 0:
      words[0] |= (uint64_t)(uint32_t)value->exited;
      break;
    case 1:
      if (pointers < 1) pointers = 1;
      break;
    case 2:
      words[0] |= (uint64_t)(uint32_t)value->killed;
      break;
  }
  return pointers;
}

static inline void capos_exit_status_point(struct capos_writer *writer, uint32_t at, const struct capos_exit_status *value) {
  if (value->which == 1) capos_fault_put(writer, at + 0, &value->faulted);
}

static inline void capos_exit_status_put(struct capos_writer *writer, uint32_t at, const struct capos_exit_status *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_exit_status_fill(value, words);
  capos_exit_status_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_exit_status_size(const struct capos_exit_status *value) {
  uint64_t size = 16;
  switch (value->which) {
    case 1:
      size += capos_fault_size(&value->faulted);
      break;
  }
  return size;
}

static inline void capos_exit_status_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_exit_status *value) {
  *value = (struct capos_exit_status){0};
  value->which = capos_read_which(reader, &view, 4, 3);
  switch (value->which) {
    case 0:
      value->exited = (int32_t)(capos_get_u32(&view, 0));
      break;
    case 1:
      capos_fault_read(reader, capos_read_struct(reader, &view, 0), &value->faulted);
      break;
    case 2:
      value->killed = (int32_t)(capos_get_u32(&view, 0));
      break;
  }
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_exit_status_encode(const struct capos_exit_status *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_exit_status_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_exit_status_decode(struct capos_exit_status *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_exit_status_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_process_spawner_spawn_params {
  struct capos_text name;
  struct capos_data image;
  struct capos_text program;
  struct capos_text_list arguments;
  struct capos_text_list environment;
  struct capos_grant_list grants;
  struct capos_resource_amount_list limits;
};

static inline uint32_t capos_process_spawner_spawn_params_fill(const struct capos_process_spawner_spawn_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  if (pointers < 2 && value->image.length != 0) pointers = 2;
  if (pointers < 3 && value->program.length != 0) pointers = 3;
  if (pointers < 4 && value->arguments.count != 0) pointers = 4;
  if (pointers < 5 && value->environment.count != 0) pointers = 5;
  if (pointers < 6 && value->grants.count != 0) pointers = 6;
  if (pointers < 7 && value->limits.count != 0) pointers = 7;
  (void)words;
  return pointers;
}

static inline void capos_process_spawner_spawn_params_point(struct capos_writer *writer, uint32_t at, const struct capos_process_spawner_spawn_params *value) {
  if (value->name.length != 0) capos_write_text(writer, at + 0, value->name);
  if (value->image.length != 0) capos_write_data(writer, at + 8, value->image);
  if (value->program.length != 0) capos_write_text(writer, at + 16, value->program);
  capos_text_list_put(writer, at + 24, &value->arguments);
  capos_text_list_put(writer, at + 32, &value->environment);
  capos_grant_list_put(writer, at + 40, &value->grants);
  capos_resource_amount_list_put(writer, at + 48, &value->limits);
}

static inline void capos_process_spawner_spawn_params_put(struct capos_writer *writer, uint32_t at, const struct capos_process_spawner_spawn_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_process_spawner_spawn_params_fill(value, words);
  capos_process_spawner_spawn_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_process_spawner_spawn_params_size(const struct capos_process_spawner_spawn_params *value) {
  uint64_t size = 56;
  size += ((uint64_t)value->name.length + 8) & ~UINT64_C(7);
  size += ((uint64_t)value->image.length + 7) & ~UINT64_C(7);
  size += ((uint64_t)value->program.length + 8) & ~UINT64_C(7);
  size += capos_text_list_size(&value->arguments);
  size += capos_text_list_size(&value->environment);
  size += capos_grant_list_size(&value->grants);
  size += capos_resource_amount_list_size(&value->limits);
  return size;
}

static inline void capos_process_spawner_spawn_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_process_spawner_spawn_params *value) {
  *value = (struct capos_process_spawner_spawn_params){0};
  value->name = capos_read_text(reader, &view, 0);
  value->image = capos_read_data(reader, &view, 1);
  value->program = capos_read_text(reader, &view, 2);
  capos_text_list_read(reader, &view, 3, &value->arguments);
  capos_text_list_read(reader, &view, 4, &value->environment);
  capos_grant_list_read(reader, &view, 5, &value->grants);
  capos_resource_amount_list_read(reader, &view, 6, &value->limits);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_process_spawner_spawn_params_encode(const struct capos_process_spawner_spawn_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_process_spawner_spawn_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_process_spawner_spawn_params_decode(struct capos_process_spawner_spawn_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_process_spawner_spawn_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_process_spawner_spawn_results {
  struct capos_capability process;
  uint64_t process_id;
};

static inline uint32_t capos_process_spawner_spawn_results_fill(const struct capos_process_spawner_spawn_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->process.cap != CAPOS_NULL_CAP) pointers = 1;
  words[0] |= (uint64_t)value->process_id;
  return pointers;
}

static inline void capos_process_spawner_spawn_results_point(struct capos_writer *writer, uint32_t at, const struct capos_process_spawner_spawn_results *value) {
  if (value->process.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->process);
}

static inline void capos_process_spawner_spawn_results_put(struct capos_writer *writer, uint32_t at, const struct capos_process_spawner_spawn_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_process_spawner_spawn_results_fill(value, words);
  capos_process_spawner_spawn_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_process_spawner_spawn_results_size(const struct capos_process_spawner_spawn_results *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_process_spawner_spawn_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_process_spawner_spawn_results *value) {
  *value = (struct capos_process_spawner_spawn_results){0};
  value->process = capos_read_capability(reader, &view, 0, UINT64_C(0x91b487648baf60ad));
  value->process_id = (uint64_t)(capos_get_u64(&view, 0));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_process_spawner_spawn_results_encode(const struct capos_process_spawner_spawn_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_process_spawner_spawn_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_process_spawner_spawn_results_decode(struct capos_process_spawner_spawn_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_process_spawner_spawn_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_process_handle_wait_results {
  struct capos_exit_status status;
};

static inline uint32_t capos_process_handle_wait_results_fill(const struct capos_process_handle_wait_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1) pointers = 1;
  (void)value;
  (void)words;
  return pointers;
}

static inline void capos_process_handle_wait_results_point(struct capos_writer *writer, uint32_t at, const struct capos_process_handle_wait_results *value) {
  capos_exit_status_put(writer, at + 0, &value->status);
}

static inline void capos_process_handle_wait_results_put(struct capos_writer *writer, uint32_t at, const struct capos_process_handle_wait_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_process_handle_wait_results_fill(value, words);
  capos_process_handle_wait_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_process_handle_wait_results_size(const struct capos_process_handle_wait_results *value) {
  uint64_t size = 8;
  size += capos_exit_status_size(&value->status);
  return size;
}

static inline void capos_process_handle_wait_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_process_handle_wait_results *value) {
  *value = (struct capos_process_handle_wait_results){0};
  capos_exit_status_read(reader, capos_read_struct(reader, &view, 0), &value->status);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_process_handle_wait_results_encode(const struct capos_process_handle_wait_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_process_handle_wait_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_process_handle_wait_results_decode(struct capos_process_handle_wait_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_process_handle_wait_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_process_handle_kill_params {
  int32_t signal;
};

static inline uint32_t capos_process_handle_kill_params_fill(const struct capos_process_handle_kill_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint32_t)value->signal;
  return pointers;
}

static inline void capos_process_handle_kill_params_point(struct capos_writer *writer, uint32_t at, const struct capos_process_handle_kill_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_process_handle_kill_params_put(struct capos_writer *writer, uint32_t at, const struct capos_process_handle_kill_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_process_handle_kill_params_fill(value, words);
  capos_process_handle_kill_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_process_handle_kill_params_size(const struct capos_process_handle_kill_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_process_handle_kill_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_process_handle_kill_params *value) {
  *value = (struct capos_process_handle_kill_params){0};
  value->signal = (int32_t)(capos_get_u32(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_process_handle_kill_params_encode(const struct capos_process_handle_kill_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_process_handle_kill_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_process_handle_kill_params_decode(struct capos_process_handle_kill_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_process_handle_kill_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/** A process as tools show it. */
struct capos_process_info {
  uint64_t process_id;
  struct capos_text name;
  /** elf, hosted, worker, foreign */
  struct capos_text kind;
  /** running, ready, blocked, dead */
  struct capos_text state;
  uint32_t threads;
  uint32_t caps;
  uint64_t frames;
  uint64_t cpu_time_ns;
  /** Of the machine, that its threads executed; 0 for hosted programs, whose code is the host's. */
  uint64_t instructions;
  /** The scheduling context its threads start on; 0 for programs that the machine does not run. */
  uint64_t context_id;
};

static inline uint32_t capos_process_info_fill(const struct capos_process_info *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->process_id;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  if (pointers < 2 && value->kind.length != 0) pointers = 2;
  if (pointers < 3 && value->state.length != 0) pointers = 3;
  words[1] |= (uint64_t)(uint32_t)value->threads;
  words[1] |= (uint64_t)(uint32_t)value->caps << 32;
  words[2] |= (uint64_t)value->frames;
  words[3] |= (uint64_t)value->cpu_time_ns;
  words[4] |= (uint64_t)value->instructions;
  words[5] |= (uint64_t)value->context_id;
  return pointers;
}

static inline void capos_process_info_point(struct capos_writer *writer, uint32_t at, const struct capos_process_info *value) {
  if (value->name.length != 0) capos_write_text(writer, at + 0, value->name);
  if (value->kind.length != 0) capos_write_text(writer, at + 8, value->kind);
  if (value->state.length != 0) capos_write_text(writer, at + 16, value->state);
}

static inline void capos_process_info_put(struct capos_writer *writer, uint32_t at, const struct capos_process_info *value) {
  uint64_t words[6] = {0};
  uint32_t pointers = capos_process_info_fill(value, words);
  capos_process_info_point(writer, capos_write_struct(writer, at, words, 6, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_process_info_size(const struct capos_process_info *value) {
  uint64_t size = 72;
  size += ((uint64_t)value->name.length + 8) & ~UINT64_C(7);
  size += ((uint64_t)value->kind.length + 8) & ~UINT64_C(7);
  size += ((uint64_t)value->state.length + 8) & ~UINT64_C(7);
  return size;
}

static inline void capos_process_info_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_process_info *value) {
  *value = (struct capos_process_info){0};
  value->process_id = (uint64_t)(capos_get_u64(&view, 0));
  value->name = capos_read_text(reader, &view, 0);
  value->kind = capos_read_text(reader, &view, 1);
  value->state = capos_read_text(reader, &view, 2);
  value->threads = (uint32_t)(capos_get_u32(&view, 8));
  value->caps = (uint32_t)(capos_get_u32(&view, 12));
  value->frames = (uint64_t)(capos_get_u64(&view, 16));
  value->cpu_time_ns = (uint64_t)(capos_get_u64(&view, 24));
  value->instructions = (uint64_t)(capos_get_u64(&view, 32));
  value->context_id = (uint64_t)(capos_get_u64(&view, 40));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_process_info_encode(const struct capos_process_info *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_process_info_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_process_info_decode(struct capos_process_info *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_process_info_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/**
 * A list of ProcessInfo. To send one, set `items` and `count`; one that was received has `count` elements that
 * capos_process_info_list_get reads one at a time, and can be sent on as it is.
 */
struct capos_process_info_list {
  const struct capos_process_info *items;
  uint32_t count;
  struct capos_list_view view;
};

static inline int capos_process_info_list_get(const struct capos_process_info_list *list, uint32_t index, struct capos_process_info *item);

static inline void capos_process_info_list_put(struct capos_writer *writer, uint32_t at, const struct capos_process_info_list *list) {
  if (list->count == 0) return;
  struct capos_process_info item;
  uint32_t data_words = 0, pointers = 0;
  for (uint32_t index = 0; index < list->count; index++) {
    uint64_t words[6] = {0};
    if (capos_process_info_list_get(list, index, &item) < 0) writer->failed = true;
    uint32_t needed = capos_process_info_fill(&item, words);
    uint32_t used = capos_used_words(words, 6);
    if (used > data_words) data_words = used;
    if (needed > pointers) pointers = needed;
  }
  uint32_t body = capos_write_struct_list(writer, at, list->count, data_words, pointers);
  for (uint32_t index = 0; index < list->count && !writer->failed; index++, body += (data_words + pointers) * 8) {
    uint64_t words[6] = {0};
    capos_process_info_list_get(list, index, &item);
    capos_process_info_fill(&item, words);
    capos_write_words(writer, body, words, data_words);
    capos_process_info_point(writer, body + data_words * 8, &item);
  }
}

static inline uint64_t capos_process_info_list_size(const struct capos_process_info_list *list) {
  uint64_t size = 8;
  struct capos_process_info item;
  for (uint32_t index = 0; index < list->count; index++) {
    if (capos_process_info_list_get(list, index, &item) == 0) size += capos_process_info_size(&item);
  }
  return size;
}

static inline void capos_process_info_list_read(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot,
                                     struct capos_process_info_list *list) {
  *list = (struct capos_process_info_list){.items = NULL};
  list->view = capos_read_list(reader, view, slot, CAPOS_ELEMENT_STRUCT);
  list->count = list->view.count;
}

/** Element `index` of a list, received or not. Answers 0 or −CAPOS_ERROR_BAD_MESSAGE. */
static inline int capos_process_info_list_get(const struct capos_process_info_list *list, uint32_t index, struct capos_process_info *item) {
  struct capos_reader reader;
  struct capos_struct_view view;
  if (list->items != NULL && index < list->count) {
    *item = list->items[index];
    return 0;
  }
  *item = (struct capos_process_info){0};
  if (!capos_list_element(&list->view, index, &reader, &view)) return -CAPOS_ERROR_BAD_MESSAGE;
  capos_process_info_read(&reader, view, item);
  return capos_reader_end(&reader);
}

struct capos_process_handle_info_results {
  struct capos_process_info info;
};

static inline uint32_t capos_process_handle_info_results_fill(const struct capos_process_handle_info_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1) pointers = 1;
  (void)value;
  (void)words;
  return pointers;
}

static inline void capos_process_handle_info_results_point(struct capos_writer *writer, uint32_t at, const struct capos_process_handle_info_results *value) {
  capos_process_info_put(writer, at + 0, &value->info);
}

static inline void capos_process_handle_info_results_put(struct capos_writer *writer, uint32_t at, const struct capos_process_handle_info_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_process_handle_info_results_fill(value, words);
  capos_process_handle_info_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_process_handle_info_results_size(const struct capos_process_handle_info_results *value) {
  uint64_t size = 8;
  size += capos_process_info_size(&value->info);
  return size;
}

static inline void capos_process_handle_info_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_process_handle_info_results *value) {
  *value = (struct capos_process_handle_info_results){0};
  capos_process_info_read(reader, capos_read_struct(reader, &view, 0), &value->info);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_process_handle_info_results_encode(const struct capos_process_handle_info_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_process_handle_info_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_process_handle_info_results_decode(struct capos_process_handle_info_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_process_handle_info_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_process_handle_capabilities_results {
  struct capos_capability_manager_entry_list entries;
};

static inline uint32_t capos_process_handle_capabilities_results_fill(const struct capos_process_handle_capabilities_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->entries.count != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_process_handle_capabilities_results_point(struct capos_writer *writer, uint32_t at, const struct capos_process_handle_capabilities_results *value) {
  capos_capability_manager_entry_list_put(writer, at + 0, &value->entries);
}

static inline void capos_process_handle_capabilities_results_put(struct capos_writer *writer, uint32_t at, const struct capos_process_handle_capabilities_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_process_handle_capabilities_results_fill(value, words);
  capos_process_handle_capabilities_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_process_handle_capabilities_results_size(const struct capos_process_handle_capabilities_results *value) {
  uint64_t size = 8;
  size += capos_capability_manager_entry_list_size(&value->entries);
  return size;
}

static inline void capos_process_handle_capabilities_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_process_handle_capabilities_results *value) {
  *value = (struct capos_process_handle_capabilities_results){0};
  capos_capability_manager_entry_list_read(reader, &view, 0, &value->entries);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_process_handle_capabilities_results_encode(const struct capos_process_handle_capabilities_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_process_handle_capabilities_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_process_handle_capabilities_results_decode(struct capos_process_handle_capabilities_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_process_handle_capabilities_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_process_list_list_results {
  struct capos_process_info_list processes;
};

static inline uint32_t capos_process_list_list_results_fill(const struct capos_process_list_list_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->processes.count != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_process_list_list_results_point(struct capos_writer *writer, uint32_t at, const struct capos_process_list_list_results *value) {
  capos_process_info_list_put(writer, at + 0, &value->processes);
}

static inline void capos_process_list_list_results_put(struct capos_writer *writer, uint32_t at, const struct capos_process_list_list_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_process_list_list_results_fill(value, words);
  capos_process_list_list_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_process_list_list_results_size(const struct capos_process_list_list_results *value) {
  uint64_t size = 8;
  size += capos_process_info_list_size(&value->processes);
  return size;
}

static inline void capos_process_list_list_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_process_list_list_results *value) {
  *value = (struct capos_process_list_list_results){0};
  capos_process_info_list_read(reader, &view, 0, &value->processes);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_process_list_list_results_encode(const struct capos_process_list_list_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_process_list_list_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_process_list_list_results_decode(struct capos_process_list_list_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_process_list_list_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_thread_spawner_create_params {
  uint64_t entry;
  uint64_t stack;
  uint64_t argument;
  uint64_t fs_base;
  uint64_t ring;
};

static inline uint32_t capos_thread_spawner_create_params_fill(const struct capos_thread_spawner_create_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->entry;
  words[1] |= (uint64_t)value->stack;
  words[2] |= (uint64_t)value->argument;
  words[3] |= (uint64_t)value->fs_base;
  words[4] |= (uint64_t)value->ring;
  return pointers;
}

static inline void capos_thread_spawner_create_params_point(struct capos_writer *writer, uint32_t at, const struct capos_thread_spawner_create_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_thread_spawner_create_params_put(struct capos_writer *writer, uint32_t at, const struct capos_thread_spawner_create_params *value) {
  uint64_t words[5] = {0};
  uint32_t pointers = capos_thread_spawner_create_params_fill(value, words);
  capos_thread_spawner_create_params_point(writer, capos_write_struct(writer, at, words, 5, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_thread_spawner_create_params_size(const struct capos_thread_spawner_create_params *value) {
  uint64_t size = 40;
  (void)value;
  return size;
}

static inline void capos_thread_spawner_create_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_thread_spawner_create_params *value) {
  *value = (struct capos_thread_spawner_create_params){0};
  value->entry = (uint64_t)(capos_get_u64(&view, 0));
  value->stack = (uint64_t)(capos_get_u64(&view, 8));
  value->argument = (uint64_t)(capos_get_u64(&view, 16));
  value->fs_base = (uint64_t)(capos_get_u64(&view, 24));
  value->ring = (uint64_t)(capos_get_u64(&view, 32));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_thread_spawner_create_params_encode(const struct capos_thread_spawner_create_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_thread_spawner_create_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_thread_spawner_create_params_decode(struct capos_thread_spawner_create_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_thread_spawner_create_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_thread_spawner_create_results {
  struct capos_capability thread;
  uint64_t thread_id;
};

static inline uint32_t capos_thread_spawner_create_results_fill(const struct capos_thread_spawner_create_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->thread.cap != CAPOS_NULL_CAP) pointers = 1;
  words[0] |= (uint64_t)value->thread_id;
  return pointers;
}

static inline void capos_thread_spawner_create_results_point(struct capos_writer *writer, uint32_t at, const struct capos_thread_spawner_create_results *value) {
  if (value->thread.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->thread);
}

static inline void capos_thread_spawner_create_results_put(struct capos_writer *writer, uint32_t at, const struct capos_thread_spawner_create_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_thread_spawner_create_results_fill(value, words);
  capos_thread_spawner_create_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_thread_spawner_create_results_size(const struct capos_thread_spawner_create_results *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_thread_spawner_create_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_thread_spawner_create_results *value) {
  *value = (struct capos_thread_spawner_create_results){0};
  value->thread = capos_read_capability(reader, &view, 0, UINT64_C(0xd1096f12b3964d9b));
  value->thread_id = (uint64_t)(capos_get_u64(&view, 0));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_thread_spawner_create_results_encode(const struct capos_thread_spawner_create_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_thread_spawner_create_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_thread_spawner_create_results_decode(struct capos_thread_spawner_create_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_thread_spawner_create_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_thread_spawner_current_results {
  struct capos_capability thread;
  uint64_t thread_id;
};

static inline uint32_t capos_thread_spawner_current_results_fill(const struct capos_thread_spawner_current_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->thread.cap != CAPOS_NULL_CAP) pointers = 1;
  words[0] |= (uint64_t)value->thread_id;
  return pointers;
}

static inline void capos_thread_spawner_current_results_point(struct capos_writer *writer, uint32_t at, const struct capos_thread_spawner_current_results *value) {
  if (value->thread.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->thread);
}

static inline void capos_thread_spawner_current_results_put(struct capos_writer *writer, uint32_t at, const struct capos_thread_spawner_current_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_thread_spawner_current_results_fill(value, words);
  capos_thread_spawner_current_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_thread_spawner_current_results_size(const struct capos_thread_spawner_current_results *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_thread_spawner_current_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_thread_spawner_current_results *value) {
  *value = (struct capos_thread_spawner_current_results){0};
  value->thread = capos_read_capability(reader, &view, 0, UINT64_C(0xd1096f12b3964d9b));
  value->thread_id = (uint64_t)(capos_get_u64(&view, 0));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_thread_spawner_current_results_encode(const struct capos_thread_spawner_current_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_thread_spawner_current_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_thread_spawner_current_results_decode(struct capos_thread_spawner_current_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_thread_spawner_current_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_thread_control_set_fs_base_params {
  uint64_t fs_base;
};

static inline uint32_t capos_thread_control_set_fs_base_params_fill(const struct capos_thread_control_set_fs_base_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->fs_base;
  return pointers;
}

static inline void capos_thread_control_set_fs_base_params_point(struct capos_writer *writer, uint32_t at, const struct capos_thread_control_set_fs_base_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_thread_control_set_fs_base_params_put(struct capos_writer *writer, uint32_t at, const struct capos_thread_control_set_fs_base_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_thread_control_set_fs_base_params_fill(value, words);
  capos_thread_control_set_fs_base_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_thread_control_set_fs_base_params_size(const struct capos_thread_control_set_fs_base_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_thread_control_set_fs_base_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_thread_control_set_fs_base_params *value) {
  *value = (struct capos_thread_control_set_fs_base_params){0};
  value->fs_base = (uint64_t)(capos_get_u64(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_thread_control_set_fs_base_params_encode(const struct capos_thread_control_set_fs_base_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_thread_control_set_fs_base_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_thread_control_set_fs_base_params_decode(struct capos_thread_control_set_fs_base_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_thread_control_set_fs_base_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_thread_control_bind_params {
  struct capos_capability context;
};

static inline uint32_t capos_thread_control_bind_params_fill(const struct capos_thread_control_bind_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->context.cap != CAPOS_NULL_CAP) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_thread_control_bind_params_point(struct capos_writer *writer, uint32_t at, const struct capos_thread_control_bind_params *value) {
  if (value->context.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->context);
}

static inline void capos_thread_control_bind_params_put(struct capos_writer *writer, uint32_t at, const struct capos_thread_control_bind_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_thread_control_bind_params_fill(value, words);
  capos_thread_control_bind_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_thread_control_bind_params_size(const struct capos_thread_control_bind_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_thread_control_bind_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_thread_control_bind_params *value) {
  *value = (struct capos_thread_control_bind_params){0};
  value->context = capos_read_capability(reader, &view, 0, UINT64_C(0xc0a7dde8b7144934));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_thread_control_bind_params_encode(const struct capos_thread_control_bind_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_thread_control_bind_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_thread_control_bind_params_decode(struct capos_thread_control_bind_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_thread_control_bind_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_thread_control_get_usage_results {
  uint64_t instructions;
  uint64_t context_id;
};

static inline uint32_t capos_thread_control_get_usage_results_fill(const struct capos_thread_control_get_usage_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->instructions;
  words[1] |= (uint64_t)value->context_id;
  return pointers;
}

static inline void capos_thread_control_get_usage_results_point(struct capos_writer *writer, uint32_t at, const struct capos_thread_control_get_usage_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_thread_control_get_usage_results_put(struct capos_writer *writer, uint32_t at, const struct capos_thread_control_get_usage_results *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_thread_control_get_usage_results_fill(value, words);
  capos_thread_control_get_usage_results_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_thread_control_get_usage_results_size(const struct capos_thread_control_get_usage_results *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_thread_control_get_usage_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_thread_control_get_usage_results *value) {
  *value = (struct capos_thread_control_get_usage_results){0};
  value->instructions = (uint64_t)(capos_get_u64(&view, 0));
  value->context_id = (uint64_t)(capos_get_u64(&view, 8));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_thread_control_get_usage_results_encode(const struct capos_thread_control_get_usage_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_thread_control_get_usage_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_thread_control_get_usage_results_decode(struct capos_thread_control_get_usage_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_thread_control_get_usage_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_park_space_park_params {
  uint64_t address;
  uint32_t expected;
  uint64_t timeout_ns;
};

static inline uint32_t capos_park_space_park_params_fill(const struct capos_park_space_park_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->address;
  words[1] |= (uint64_t)(uint32_t)value->expected;
  words[2] |= (uint64_t)value->timeout_ns;
  return pointers;
}

static inline void capos_park_space_park_params_point(struct capos_writer *writer, uint32_t at, const struct capos_park_space_park_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_park_space_park_params_put(struct capos_writer *writer, uint32_t at, const struct capos_park_space_park_params *value) {
  uint64_t words[3] = {0};
  uint32_t pointers = capos_park_space_park_params_fill(value, words);
  capos_park_space_park_params_point(writer, capos_write_struct(writer, at, words, 3, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_park_space_park_params_size(const struct capos_park_space_park_params *value) {
  uint64_t size = 24;
  (void)value;
  return size;
}

static inline void capos_park_space_park_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_park_space_park_params *value) {
  *value = (struct capos_park_space_park_params){0};
  value->address = (uint64_t)(capos_get_u64(&view, 0));
  value->expected = (uint32_t)(capos_get_u32(&view, 8));
  value->timeout_ns = (uint64_t)(capos_get_u64(&view, 16));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_park_space_park_params_encode(const struct capos_park_space_park_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_park_space_park_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_park_space_park_params_decode(struct capos_park_space_park_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_park_space_park_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_park_space_park_results {
  bool woken;
};

static inline uint32_t capos_park_space_park_results_fill(const struct capos_park_space_park_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->woken;
  return pointers;
}

static inline void capos_park_space_park_results_point(struct capos_writer *writer, uint32_t at, const struct capos_park_space_park_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_park_space_park_results_put(struct capos_writer *writer, uint32_t at, const struct capos_park_space_park_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_park_space_park_results_fill(value, words);
  capos_park_space_park_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_park_space_park_results_size(const struct capos_park_space_park_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_park_space_park_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_park_space_park_results *value) {
  *value = (struct capos_park_space_park_results){0};
  value->woken = (capos_get_bit(&view, 0)) != 0;
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_park_space_park_results_encode(const struct capos_park_space_park_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_park_space_park_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_park_space_park_results_decode(struct capos_park_space_park_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_park_space_park_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_park_space_unpark_params {
  uint64_t address;
  uint32_t count;
};

static inline uint32_t capos_park_space_unpark_params_fill(const struct capos_park_space_unpark_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->address;
  words[1] |= (uint64_t)(uint32_t)value->count;
  return pointers;
}

static inline void capos_park_space_unpark_params_point(struct capos_writer *writer, uint32_t at, const struct capos_park_space_unpark_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_park_space_unpark_params_put(struct capos_writer *writer, uint32_t at, const struct capos_park_space_unpark_params *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_park_space_unpark_params_fill(value, words);
  capos_park_space_unpark_params_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_park_space_unpark_params_size(const struct capos_park_space_unpark_params *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_park_space_unpark_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_park_space_unpark_params *value) {
  *value = (struct capos_park_space_unpark_params){0};
  value->address = (uint64_t)(capos_get_u64(&view, 0));
  value->count = (uint32_t)(capos_get_u32(&view, 8));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_park_space_unpark_params_encode(const struct capos_park_space_unpark_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_park_space_unpark_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_park_space_unpark_params_decode(struct capos_park_space_unpark_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_park_space_unpark_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_park_space_unpark_results {
  uint32_t woken;
};

static inline uint32_t capos_park_space_unpark_results_fill(const struct capos_park_space_unpark_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint32_t)value->woken;
  return pointers;
}

static inline void capos_park_space_unpark_results_point(struct capos_writer *writer, uint32_t at, const struct capos_park_space_unpark_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_park_space_unpark_results_put(struct capos_writer *writer, uint32_t at, const struct capos_park_space_unpark_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_park_space_unpark_results_fill(value, words);
  capos_park_space_unpark_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_park_space_unpark_results_size(const struct capos_park_space_unpark_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_park_space_unpark_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_park_space_unpark_results *value) {
  *value = (struct capos_park_space_unpark_results){0};
  value->woken = (uint32_t)(capos_get_u32(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_park_space_unpark_results_encode(const struct capos_park_space_unpark_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_park_space_unpark_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_park_space_unpark_results_decode(struct capos_park_space_unpark_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_park_space_unpark_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_park_space_requeue_params {
  uint64_t address;
  uint32_t expected;
  uint32_t wake;
  uint64_t target;
  uint32_t move;
};

static inline uint32_t capos_park_space_requeue_params_fill(const struct capos_park_space_requeue_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->address;
  words[1] |= (uint64_t)(uint32_t)value->expected;
  words[1] |= (uint64_t)(uint32_t)value->wake << 32;
  words[2] |= (uint64_t)value->target;
  words[3] |= (uint64_t)(uint32_t)value->move;
  return pointers;
}

static inline void capos_park_space_requeue_params_point(struct capos_writer *writer, uint32_t at, const struct capos_park_space_requeue_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_park_space_requeue_params_put(struct capos_writer *writer, uint32_t at, const struct capos_park_space_requeue_params *value) {
  uint64_t words[4] = {0};
  uint32_t pointers = capos_park_space_requeue_params_fill(value, words);
  capos_park_space_requeue_params_point(writer, capos_write_struct(writer, at, words, 4, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_park_space_requeue_params_size(const struct capos_park_space_requeue_params *value) {
  uint64_t size = 32;
  (void)value;
  return size;
}

static inline void capos_park_space_requeue_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_park_space_requeue_params *value) {
  *value = (struct capos_park_space_requeue_params){0};
  value->address = (uint64_t)(capos_get_u64(&view, 0));
  value->expected = (uint32_t)(capos_get_u32(&view, 8));
  value->wake = (uint32_t)(capos_get_u32(&view, 12));
  value->target = (uint64_t)(capos_get_u64(&view, 16));
  value->move = (uint32_t)(capos_get_u32(&view, 24));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_park_space_requeue_params_encode(const struct capos_park_space_requeue_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_park_space_requeue_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_park_space_requeue_params_decode(struct capos_park_space_requeue_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_park_space_requeue_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_park_space_requeue_results {
  bool matched;
  uint32_t woken;
  uint32_t moved;
};

static inline uint32_t capos_park_space_requeue_results_fill(const struct capos_park_space_requeue_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->matched;
  words[0] |= (uint64_t)(uint32_t)value->woken << 32;
  words[1] |= (uint64_t)(uint32_t)value->moved;
  return pointers;
}

static inline void capos_park_space_requeue_results_point(struct capos_writer *writer, uint32_t at, const struct capos_park_space_requeue_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_park_space_requeue_results_put(struct capos_writer *writer, uint32_t at, const struct capos_park_space_requeue_results *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_park_space_requeue_results_fill(value, words);
  capos_park_space_requeue_results_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_park_space_requeue_results_size(const struct capos_park_space_requeue_results *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_park_space_requeue_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_park_space_requeue_results *value) {
  *value = (struct capos_park_space_requeue_results){0};
  value->matched = (capos_get_bit(&view, 0)) != 0;
  value->woken = (uint32_t)(capos_get_u32(&view, 4));
  value->moved = (uint32_t)(capos_get_u32(&view, 8));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_park_space_requeue_results_encode(const struct capos_park_space_requeue_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_park_space_requeue_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_park_space_requeue_results_decode(struct capos_park_space_requeue_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_park_space_requeue_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_personality_get_name_results {
  struct capos_text name;
};

static inline uint32_t capos_personality_get_name_results_fill(const struct capos_personality_get_name_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_personality_get_name_results_point(struct capos_writer *writer, uint32_t at, const struct capos_personality_get_name_results *value) {
  if (value->name.length != 0) capos_write_text(writer, at + 0, value->name);
}

static inline void capos_personality_get_name_results_put(struct capos_writer *writer, uint32_t at, const struct capos_personality_get_name_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_personality_get_name_results_fill(value, words);
  capos_personality_get_name_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_personality_get_name_results_size(const struct capos_personality_get_name_results *value) {
  uint64_t size = 8;
  size += ((uint64_t)value->name.length + 8) & ~UINT64_C(7);
  return size;
}

static inline void capos_personality_get_name_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_personality_get_name_results *value) {
  *value = (struct capos_personality_get_name_results){0};
  value->name = capos_read_text(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_personality_get_name_results_encode(const struct capos_personality_get_name_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_personality_get_name_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_personality_get_name_results_decode(struct capos_personality_get_name_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_personality_get_name_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/** Starts programs, on the account of whoever asks. */
#define CAPOS_PROCESS_SPAWNER_INTERFACE_ID UINT64_C(0xd546f1f2de7c0ef2)
#define CAPOS_PROCESS_SPAWNER_METHOD_SPAWN 0u

/**
 * The child holds exactly `grants`, and nothing else. A grant named `personality` makes it a foreign process.
 * limits: the most it may use of a resource, its children included; of what is not named, the system's default. Whatever it
 * uses counts on the spawner's account too.
 */
static inline int capos_process_spawner_spawn(capos_cap target, const struct capos_process_spawner_spawn_params *params, struct capos_process_spawner_spawn_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_process_spawner_spawn_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_process_spawner_spawn_params_size(params));
  if (error == 0) error = capos_process_spawner_spawn_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_process_spawner_spawn_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a ProcessSpawner server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_process_spawner_server {
  /**
   * The child holds exactly `grants`, and nothing else. A grant named `personality` makes it a foreign process.
   * limits: the most it may use of a resource, its children included; of what is not named, the system's default. Whatever it
   * uses counts on the spawner's account too.
   */
  int (*spawn)(void *context, const struct capos_received *call, const struct capos_process_spawner_spawn_params *params, struct capos_process_spawner_spawn_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_process_spawner_handle(const struct capos_process_spawner_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_process_spawner_spawn_params params;
      struct capos_process_spawner_spawn_results results = {0};
      if (server->spawn == NULL) break;
      if (capos_process_spawner_spawn_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->spawn(context, call, &params, &results);
      return error < 0 ? error : capos_process_spawner_spawn_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "ProcessSpawner has no such method here");
}

/** One process. Letting go of the handle does not end it. */
#define CAPOS_PROCESS_HANDLE_INTERFACE_ID UINT64_C(0x91b487648baf60ad)
#define CAPOS_PROCESS_HANDLE_METHOD_WAIT 0u
#define CAPOS_PROCESS_HANDLE_METHOD_KILL 1u
#define CAPOS_PROCESS_HANDLE_METHOD_INFO 2u
#define CAPOS_PROCESS_HANDLE_METHOD_CAPABILITIES 3u

/** Answers when it has ended, any number of times. */
static inline int capos_process_handle_wait(capos_cap target, struct capos_process_handle_wait_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_process_handle_wait_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_process_handle_wait_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Ends it now; it is not asked. Without effect once it has ended. */
static inline int capos_process_handle_kill(capos_cap target, const struct capos_process_handle_kill_params *params) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8 + capos_process_handle_kill_params_size(params));
  if (error == 0) error = capos_process_handle_kill_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  return capos_exchange_end(&exchange, error);
}

/** What there is to see of it from outside. */
static inline int capos_process_handle_info(capos_cap target, struct capos_process_handle_info_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_process_handle_info_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 2);
  if (error == 0) error = capos_process_handle_info_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** What it holds at this moment: to look at, never to use. */
static inline int capos_process_handle_capabilities(capos_cap target, struct capos_process_handle_capabilities_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_process_handle_capabilities_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 3);
  if (error == 0) error = capos_process_handle_capabilities_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a ProcessHandle server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_process_handle_server {
  /** Answers when it has ended, any number of times. */
  int (*wait)(void *context, const struct capos_received *call, struct capos_process_handle_wait_results *results);
  /** Ends it now; it is not asked. Without effect once it has ended. */
  int (*kill)(void *context, const struct capos_received *call, const struct capos_process_handle_kill_params *params);
  /** What there is to see of it from outside. */
  int (*info)(void *context, const struct capos_received *call, struct capos_process_handle_info_results *results);
  /** What it holds at this moment: to look at, never to use. */
  int (*capabilities)(void *context, const struct capos_received *call, struct capos_process_handle_capabilities_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_process_handle_handle(const struct capos_process_handle_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_process_handle_wait_results results = {0};
      if (server->wait == NULL) break;
      int error = server->wait(context, call, &results);
      return error < 0 ? error : capos_process_handle_wait_results_encode(&results, reply);
    }
    case 1: {
      struct capos_process_handle_kill_params params;
      if (server->kill == NULL) break;
      if (capos_process_handle_kill_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->kill(context, call, &params);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 2: {
      struct capos_process_handle_info_results results = {0};
      if (server->info == NULL) break;
      int error = server->info(context, call, &results);
      return error < 0 ? error : capos_process_handle_info_results_encode(&results, reply);
    }
    case 3: {
      struct capos_process_handle_capabilities_results results = {0};
      if (server->capabilities == NULL) break;
      int error = server->capabilities(context, call, &results);
      return error < 0 ? error : capos_process_handle_capabilities_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "ProcessHandle has no such method here");
}

/** For tools: looks at every process, can touch none. */
#define CAPOS_PROCESS_LIST_INTERFACE_ID UINT64_C(0xf17df38d0a704832)
#define CAPOS_PROCESS_LIST_METHOD_LIST 0u

/** Every process there is. */
static inline int capos_process_list_list(capos_cap target, struct capos_process_list_list_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_process_list_list_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_process_list_list_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a ProcessList server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_process_list_server {
  /** Every process there is. */
  int (*list)(void *context, const struct capos_received *call, struct capos_process_list_list_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_process_list_handle(const struct capos_process_list_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_process_list_list_results results = {0};
      if (server->list == NULL) break;
      int error = server->list(context, call, &results);
      return error < 0 ? error : capos_process_list_list_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "ProcessList has no such method here");
}

/** Threads of the process that calls. */
#define CAPOS_THREAD_SPAWNER_INTERFACE_ID UINT64_C(0xed28972fe8f6b5fd)
#define CAPOS_THREAD_SPAWNER_METHOD_CREATE 0u
#define CAPOS_THREAD_SPAWNER_METHOD_EXIT 1u
#define CAPOS_THREAD_SPAWNER_METHOD_CURRENT 2u

/** ring: address of a zeroed page in the caller's space that becomes the thread's ring; 0 for none. Entry: RDI ring, RSI thread id, RDX argument. */
static inline int capos_thread_spawner_create(capos_cap target, const struct capos_thread_spawner_create_params *params, struct capos_thread_spawner_create_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_thread_spawner_create_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_thread_spawner_create_params_size(params));
  if (error == 0) error = capos_thread_spawner_create_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_thread_spawner_create_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Ends the calling thread; does not return. */
static inline int capos_thread_spawner_exit(capos_cap target) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  return capos_exchange_end(&exchange, error);
}

/** The thread that calls. */
static inline int capos_thread_spawner_current(capos_cap target, struct capos_thread_spawner_current_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_thread_spawner_current_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 2);
  if (error == 0) error = capos_thread_spawner_current_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a ThreadSpawner server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_thread_spawner_server {
  /** ring: address of a zeroed page in the caller's space that becomes the thread's ring; 0 for none. Entry: RDI ring, RSI thread id, RDX argument. */
  int (*create)(void *context, const struct capos_received *call, const struct capos_thread_spawner_create_params *params, struct capos_thread_spawner_create_results *results);
  /** Ends the calling thread; does not return. */
  int (*exit)(void *context, const struct capos_received *call);
  /** The thread that calls. */
  int (*current)(void *context, const struct capos_received *call, struct capos_thread_spawner_current_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_thread_spawner_handle(const struct capos_thread_spawner_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_thread_spawner_create_params params;
      struct capos_thread_spawner_create_results results = {0};
      if (server->create == NULL) break;
      if (capos_thread_spawner_create_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->create(context, call, &params, &results);
      return error < 0 ? error : capos_thread_spawner_create_results_encode(&results, reply);
    }
    case 1: {
      if (server->exit == NULL) break;
      int error = server->exit(context, call);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 2: {
      struct capos_thread_spawner_current_results results = {0};
      if (server->current == NULL) break;
      int error = server->current(context, call, &results);
      return error < 0 ? error : capos_thread_spawner_current_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "ThreadSpawner has no such method here");
}

/** One thread. */
#define CAPOS_THREAD_CONTROL_INTERFACE_ID UINT64_C(0xd1096f12b3964d9b)
#define CAPOS_THREAD_CONTROL_METHOD_JOIN 0u
#define CAPOS_THREAD_CONTROL_METHOD_SET_FS_BASE 1u
#define CAPOS_THREAD_CONTROL_METHOD_BIND 2u
#define CAPOS_THREAD_CONTROL_METHOD_UNBIND 3u
#define CAPOS_THREAD_CONTROL_METHOD_GET_USAGE 4u

/** Answers when it has ended. */
static inline int capos_thread_control_join(capos_cap target) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  return capos_exchange_end(&exchange, error);
}

/** Moves its thread-local storage. */
static inline int capos_thread_control_set_fs_base(capos_cap target, const struct capos_thread_control_set_fs_base_params *params) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8 + capos_thread_control_set_fs_base_params_size(params));
  if (error == 0) error = capos_thread_control_set_fs_base_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  return capos_exchange_end(&exchange, error);
}

/** It runs on that context from now on. */
static inline int capos_thread_control_bind(capos_cap target, const struct capos_thread_control_bind_params *params) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8 + capos_thread_control_bind_params_size(params));
  if (error == 0) error = capos_thread_control_bind_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 2);
  return capos_exchange_end(&exchange, error);
}

/** It has no context of its own any more: a passive server, which runs only on the context of who waits for it. */
static inline int capos_thread_control_unbind(capos_cap target) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 3);
  return capos_exchange_end(&exchange, error);
}

/** Executed so far; contextId 0 for a passive thread. */
static inline int capos_thread_control_get_usage(capos_cap target, struct capos_thread_control_get_usage_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_thread_control_get_usage_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 4);
  if (error == 0) error = capos_thread_control_get_usage_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a ThreadControl server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_thread_control_server {
  /** Answers when it has ended. */
  int (*join)(void *context, const struct capos_received *call);
  /** Moves its thread-local storage. */
  int (*set_fs_base)(void *context, const struct capos_received *call, const struct capos_thread_control_set_fs_base_params *params);
  /** It runs on that context from now on. */
  int (*bind)(void *context, const struct capos_received *call, const struct capos_thread_control_bind_params *params);
  /** It has no context of its own any more: a passive server, which runs only on the context of who waits for it. */
  int (*unbind)(void *context, const struct capos_received *call);
  /** Executed so far; contextId 0 for a passive thread. */
  int (*get_usage)(void *context, const struct capos_received *call, struct capos_thread_control_get_usage_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_thread_control_handle(const struct capos_thread_control_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      if (server->join == NULL) break;
      int error = server->join(context, call);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 1: {
      struct capos_thread_control_set_fs_base_params params;
      if (server->set_fs_base == NULL) break;
      if (capos_thread_control_set_fs_base_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->set_fs_base(context, call, &params);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 2: {
      struct capos_thread_control_bind_params params;
      if (server->bind == NULL) break;
      if (capos_thread_control_bind_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->bind(context, call, &params);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 3: {
      if (server->unbind == NULL) break;
      int error = server->unbind(context, call);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 4: {
      struct capos_thread_control_get_usage_results results = {0};
      if (server->get_usage == NULL) break;
      int error = server->get_usage(context, call, &results);
      return error < 0 ? error : capos_thread_control_get_usage_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "ThreadControl has no such method here");
}

/** futex on a capability: keys are addresses of the holder's space, or offsets of a shared MemoryObject. */
#define CAPOS_PARK_SPACE_INTERFACE_ID UINT64_C(0xb7b7e32d1b80803a)
#define CAPOS_PARK_SPACE_METHOD_PARK 0u
#define CAPOS_PARK_SPACE_METHOD_UNPARK 1u
#define CAPOS_PARK_SPACE_METHOD_REQUEUE 2u

/**
 * Sleeps while the word at address holds `expected`, until woken or timeoutNs are over (2^64 − 1: no limit).
 * woken: false when the time was over.
 */
static inline int capos_park_space_park(capos_cap target, const struct capos_park_space_park_params *params, struct capos_park_space_park_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_park_space_park_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_park_space_park_params_size(params));
  if (error == 0) error = capos_park_space_park_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_park_space_park_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Wakes at most count sleepers, in the order they came. */
static inline int capos_park_space_unpark(capos_cap target, const struct capos_park_space_unpark_params *params, struct capos_park_space_unpark_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_park_space_unpark_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_park_space_unpark_params_size(params));
  if (error == 0) error = capos_park_space_unpark_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  if (error == 0) error = capos_park_space_unpark_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * If the word at address holds `expected`: wakes `wake` sleepers, and has at most `move` others sleep at `target` instead, after
 * those who do already. Their deadlines stay. matched: false, and nothing was done, if it holds something else.
 */
static inline int capos_park_space_requeue(capos_cap target, const struct capos_park_space_requeue_params *params, struct capos_park_space_requeue_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_park_space_requeue_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_park_space_requeue_params_size(params));
  if (error == 0) error = capos_park_space_requeue_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 2);
  if (error == 0) error = capos_park_space_requeue_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a ParkSpace server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_park_space_server {
  /**
   * Sleeps while the word at address holds `expected`, until woken or timeoutNs are over (2^64 − 1: no limit).
   * woken: false when the time was over.
   */
  int (*park)(void *context, const struct capos_received *call, const struct capos_park_space_park_params *params, struct capos_park_space_park_results *results);
  /** Wakes at most count sleepers, in the order they came. */
  int (*unpark)(void *context, const struct capos_received *call, const struct capos_park_space_unpark_params *params, struct capos_park_space_unpark_results *results);
  /**
   * If the word at address holds `expected`: wakes `wake` sleepers, and has at most `move` others sleep at `target` instead, after
   * those who do already. Their deadlines stay. matched: false, and nothing was done, if it holds something else.
   */
  int (*requeue)(void *context, const struct capos_received *call, const struct capos_park_space_requeue_params *params, struct capos_park_space_requeue_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_park_space_handle(const struct capos_park_space_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_park_space_park_params params;
      struct capos_park_space_park_results results = {0};
      if (server->park == NULL) break;
      if (capos_park_space_park_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->park(context, call, &params, &results);
      return error < 0 ? error : capos_park_space_park_results_encode(&results, reply);
    }
    case 1: {
      struct capos_park_space_unpark_params params;
      struct capos_park_space_unpark_results results = {0};
      if (server->unpark == NULL) break;
      if (capos_park_space_unpark_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->unpark(context, call, &params, &results);
      return error < 0 ? error : capos_park_space_unpark_results_encode(&results, reply);
    }
    case 2: {
      struct capos_park_space_requeue_params params;
      struct capos_park_space_requeue_results results = {0};
      if (server->requeue == NULL) break;
      if (capos_park_space_requeue_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->requeue(context, call, &params, &results);
      return error < 0 ? error : capos_park_space_requeue_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "ParkSpace has no such method here");
}

/** What answers the system calls of a foreign process. Granted at spawn under the name `personality`. */
#define CAPOS_PERSONALITY_INTERFACE_ID UINT64_C(0xad29a72fa1c4cffe)
#define CAPOS_PERSONALITY_METHOD_GET_NAME 0u

/** The name it was registered under. */
static inline int capos_personality_get_name(capos_cap target, struct capos_personality_get_name_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_personality_get_name_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_personality_get_name_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a Personality server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_personality_server {
  /** The name it was registered under. */
  int (*get_name)(void *context, const struct capos_received *call, struct capos_personality_get_name_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_personality_handle(const struct capos_personality_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_personality_get_name_results results = {0};
      if (server->get_name == NULL) break;
      int error = server->get_name(context, call, &results);
      return error < 0 ? error : capos_personality_get_name_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "Personality has no such method here");
}

#endif
