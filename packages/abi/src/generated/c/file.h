/* Generated from file.capnp. Do not edit.
   Files and directories as capabilities. A Directory reaches what is below it and nothing else; a name is one path component. */
#ifndef CAPOS_SCHEMA_CAPOS_FILE_H
#define CAPOS_SCHEMA_CAPOS_FILE_H

#include <capos/call.h>
#include <capos/endpoint.h>
#include <capos/message.h>

enum capos_file_kind {
  CAPOS_FILE_KIND_FILE = 0,
  CAPOS_FILE_KIND_DIRECTORY = 1,
  CAPOS_FILE_KIND_SYMLINK = 2,
  CAPOS_FILE_KIND_CHARACTER_DEVICE = 3,
  CAPOS_FILE_KIND_BLOCK_DEVICE = 4,
  CAPOS_FILE_KIND_FIFO = 5,
  CAPOS_FILE_KIND_SOCKET = 6,
};

/** What stat(2) tells, in Linux's units. */
struct capos_file_stat {
  uint16_t kind;
  uint32_t mode;
  uint64_t size;
  uint32_t links;
  uint64_t inode;
  int64_t modified_ns;
  int64_t accessed_ns;
  int64_t changed_ns;
  uint32_t uid;
  uint32_t gid;
  uint32_t block_size;
  uint64_t blocks;
  uint64_t device;
  uint64_t rdev;
};

static inline uint32_t capos_file_stat_fill(const struct capos_file_stat *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->kind;
  words[0] |= (uint64_t)(uint32_t)value->mode << 32;
  words[1] |= (uint64_t)value->size;
  words[2] |= (uint64_t)(uint32_t)value->links;
  words[3] |= (uint64_t)value->inode;
  words[4] |= (uint64_t)value->modified_ns;
  words[5] |= (uint64_t)value->accessed_ns;
  words[6] |= (uint64_t)value->changed_ns;
  words[2] |= (uint64_t)(uint32_t)value->uid << 32;
  words[7] |= (uint64_t)(uint32_t)value->gid;
  words[7] |= (uint64_t)(uint32_t)value->block_size << 32;
  words[8] |= (uint64_t)value->blocks;
  words[9] |= (uint64_t)value->device;
  words[10] |= (uint64_t)value->rdev;
  return pointers;
}

static inline void capos_file_stat_point(struct capos_writer *writer, uint32_t at, const struct capos_file_stat *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_file_stat_put(struct capos_writer *writer, uint32_t at, const struct capos_file_stat *value) {
  uint64_t words[11] = {0};
  uint32_t pointers = capos_file_stat_fill(value, words);
  capos_file_stat_point(writer, capos_write_struct(writer, at, words, 11, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_file_stat_size(const struct capos_file_stat *value) {
  uint64_t size = 88;
  (void)value;
  return size;
}

static inline void capos_file_stat_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_file_stat *value) {
  *value = (struct capos_file_stat){0};
  value->kind = (uint16_t)(capos_get_u16(&view, 0));
  value->mode = (uint32_t)(capos_get_u32(&view, 4));
  value->size = (uint64_t)(capos_get_u64(&view, 8));
  value->links = (uint32_t)(capos_get_u32(&view, 16));
  value->inode = (uint64_t)(capos_get_u64(&view, 24));
  value->modified_ns = (int64_t)(capos_get_u64(&view, 32));
  value->accessed_ns = (int64_t)(capos_get_u64(&view, 40));
  value->changed_ns = (int64_t)(capos_get_u64(&view, 48));
  value->uid = (uint32_t)(capos_get_u32(&view, 20));
  value->gid = (uint32_t)(capos_get_u32(&view, 56));
  value->block_size = (uint32_t)(capos_get_u32(&view, 60));
  value->blocks = (uint64_t)(capos_get_u64(&view, 64));
  value->device = (uint64_t)(capos_get_u64(&view, 72));
  value->rdev = (uint64_t)(capos_get_u64(&view, 80));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_file_stat_encode(const struct capos_file_stat *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_file_stat_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_file_stat_decode(struct capos_file_stat *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_file_stat_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/**
 * A list of FileStat. To send one, set `items` and `count`; one that was received has `count` elements that
 * capos_file_stat_list_get reads one at a time, and can be sent on as it is.
 */
struct capos_file_stat_list {
  const struct capos_file_stat *items;
  uint32_t count;
  struct capos_list_view view;
};

static inline int capos_file_stat_list_get(const struct capos_file_stat_list *list, uint32_t index, struct capos_file_stat *item);

static inline void capos_file_stat_list_put(struct capos_writer *writer, uint32_t at, const struct capos_file_stat_list *list) {
  if (list->count == 0) return;
  struct capos_file_stat item;
  uint32_t data_words = 0, pointers = 0;
  for (uint32_t index = 0; index < list->count; index++) {
    uint64_t words[11] = {0};
    if (capos_file_stat_list_get(list, index, &item) < 0) writer->failed = true;
    uint32_t needed = capos_file_stat_fill(&item, words);
    uint32_t used = capos_used_words(words, 11);
    if (used > data_words) data_words = used;
    if (needed > pointers) pointers = needed;
  }
  uint32_t body = capos_write_struct_list(writer, at, list->count, data_words, pointers);
  for (uint32_t index = 0; index < list->count && !writer->failed; index++, body += (data_words + pointers) * 8) {
    uint64_t words[11] = {0};
    capos_file_stat_list_get(list, index, &item);
    capos_file_stat_fill(&item, words);
    capos_write_words(writer, body, words, data_words);
    capos_file_stat_point(writer, body + data_words * 8, &item);
  }
}

static inline uint64_t capos_file_stat_list_size(const struct capos_file_stat_list *list) {
  uint64_t size = 8;
  struct capos_file_stat item;
  for (uint32_t index = 0; index < list->count; index++) {
    if (capos_file_stat_list_get(list, index, &item) == 0) size += capos_file_stat_size(&item);
  }
  return size;
}

static inline void capos_file_stat_list_read(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot,
                                     struct capos_file_stat_list *list) {
  *list = (struct capos_file_stat_list){.items = NULL};
  list->view = capos_read_list(reader, view, slot, CAPOS_ELEMENT_STRUCT);
  list->count = list->view.count;
}

/** Element `index` of a list, received or not. Answers 0 or −CAPOS_ERROR_BAD_MESSAGE. */
static inline int capos_file_stat_list_get(const struct capos_file_stat_list *list, uint32_t index, struct capos_file_stat *item) {
  struct capos_reader reader;
  struct capos_struct_view view;
  if (list->items != NULL && index < list->count) {
    *item = list->items[index];
    return 0;
  }
  *item = (struct capos_file_stat){0};
  if (!capos_list_element(&list->view, index, &reader, &view)) return -CAPOS_ERROR_BAD_MESSAGE;
  capos_file_stat_read(&reader, view, item);
  return capos_reader_end(&reader);
}

/** Names are bytes, as POSIX has them. */
struct capos_directory_entry {
  struct capos_data name;
  uint16_t kind;
  uint64_t inode;
};

static inline uint32_t capos_directory_entry_fill(const struct capos_directory_entry *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  words[0] |= (uint64_t)(uint16_t)value->kind;
  words[1] |= (uint64_t)value->inode;
  return pointers;
}

static inline void capos_directory_entry_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_entry *value) {
  if (value->name.length != 0) capos_write_data(writer, at + 0, value->name);
}

static inline void capos_directory_entry_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_entry *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_directory_entry_fill(value, words);
  capos_directory_entry_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_entry_size(const struct capos_directory_entry *value) {
  uint64_t size = 24;
  size += ((uint64_t)value->name.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_directory_entry_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_entry *value) {
  *value = (struct capos_directory_entry){0};
  value->name = capos_read_data(reader, &view, 0);
  value->kind = (uint16_t)(capos_get_u16(&view, 0));
  value->inode = (uint64_t)(capos_get_u64(&view, 8));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_entry_encode(const struct capos_directory_entry *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_entry_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_entry_decode(struct capos_directory_entry *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_entry_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/**
 * A list of DirectoryEntry. To send one, set `items` and `count`; one that was received has `count` elements that
 * capos_directory_entry_list_get reads one at a time, and can be sent on as it is.
 */
struct capos_directory_entry_list {
  const struct capos_directory_entry *items;
  uint32_t count;
  struct capos_list_view view;
};

static inline int capos_directory_entry_list_get(const struct capos_directory_entry_list *list, uint32_t index, struct capos_directory_entry *item);

static inline void capos_directory_entry_list_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_entry_list *list) {
  if (list->count == 0) return;
  struct capos_directory_entry item;
  uint32_t data_words = 0, pointers = 0;
  for (uint32_t index = 0; index < list->count; index++) {
    uint64_t words[2] = {0};
    if (capos_directory_entry_list_get(list, index, &item) < 0) writer->failed = true;
    uint32_t needed = capos_directory_entry_fill(&item, words);
    uint32_t used = capos_used_words(words, 2);
    if (used > data_words) data_words = used;
    if (needed > pointers) pointers = needed;
  }
  uint32_t body = capos_write_struct_list(writer, at, list->count, data_words, pointers);
  for (uint32_t index = 0; index < list->count && !writer->failed; index++, body += (data_words + pointers) * 8) {
    uint64_t words[2] = {0};
    capos_directory_entry_list_get(list, index, &item);
    capos_directory_entry_fill(&item, words);
    capos_write_words(writer, body, words, data_words);
    capos_directory_entry_point(writer, body + data_words * 8, &item);
  }
}

static inline uint64_t capos_directory_entry_list_size(const struct capos_directory_entry_list *list) {
  uint64_t size = 8;
  struct capos_directory_entry item;
  for (uint32_t index = 0; index < list->count; index++) {
    if (capos_directory_entry_list_get(list, index, &item) == 0) size += capos_directory_entry_size(&item);
  }
  return size;
}

static inline void capos_directory_entry_list_read(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot,
                                     struct capos_directory_entry_list *list) {
  *list = (struct capos_directory_entry_list){.items = NULL};
  list->view = capos_read_list(reader, view, slot, CAPOS_ELEMENT_STRUCT);
  list->count = list->view.count;
}

/** Element `index` of a list, received or not. Answers 0 or −CAPOS_ERROR_BAD_MESSAGE. */
static inline int capos_directory_entry_list_get(const struct capos_directory_entry_list *list, uint32_t index, struct capos_directory_entry *item) {
  struct capos_reader reader;
  struct capos_struct_view view;
  if (list->items != NULL && index < list->count) {
    *item = list->items[index];
    return 0;
  }
  *item = (struct capos_directory_entry){0};
  if (!capos_list_element(&list->view, index, &reader, &view)) return -CAPOS_ERROR_BAD_MESSAGE;
  capos_directory_entry_read(&reader, view, item);
  return capos_reader_end(&reader);
}

struct capos_file_read_params {
  uint64_t offset;
  uint32_t length;
};

static inline uint32_t capos_file_read_params_fill(const struct capos_file_read_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->offset;
  words[1] |= (uint64_t)(uint32_t)value->length;
  return pointers;
}

static inline void capos_file_read_params_point(struct capos_writer *writer, uint32_t at, const struct capos_file_read_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_file_read_params_put(struct capos_writer *writer, uint32_t at, const struct capos_file_read_params *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_file_read_params_fill(value, words);
  capos_file_read_params_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_file_read_params_size(const struct capos_file_read_params *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_file_read_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_file_read_params *value) {
  *value = (struct capos_file_read_params){0};
  value->offset = (uint64_t)(capos_get_u64(&view, 0));
  value->length = (uint32_t)(capos_get_u32(&view, 8));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_file_read_params_encode(const struct capos_file_read_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_file_read_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_file_read_params_decode(struct capos_file_read_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_file_read_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_file_read_results {
  uint16_t errno_;
  struct capos_data data;
};

static inline uint32_t capos_file_read_results_fill(const struct capos_file_read_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->errno_;
  if (pointers < 1 && value->data.length != 0) pointers = 1;
  return pointers;
}

static inline void capos_file_read_results_point(struct capos_writer *writer, uint32_t at, const struct capos_file_read_results *value) {
  if (value->data.length != 0) capos_write_data(writer, at + 0, value->data);
}

static inline void capos_file_read_results_put(struct capos_writer *writer, uint32_t at, const struct capos_file_read_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_file_read_results_fill(value, words);
  capos_file_read_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_file_read_results_size(const struct capos_file_read_results *value) {
  uint64_t size = 16;
  size += ((uint64_t)value->data.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_file_read_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_file_read_results *value) {
  *value = (struct capos_file_read_results){0};
  value->errno_ = (uint16_t)(capos_get_u16(&view, 0));
  value->data = capos_read_data(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_file_read_results_encode(const struct capos_file_read_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_file_read_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_file_read_results_decode(struct capos_file_read_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_file_read_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_file_write_params {
  uint64_t offset;
  struct capos_data data;
  bool append;
};

static inline uint32_t capos_file_write_params_fill(const struct capos_file_write_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->offset;
  if (pointers < 1 && value->data.length != 0) pointers = 1;
  words[1] |= (uint64_t)value->append;
  return pointers;
}

static inline void capos_file_write_params_point(struct capos_writer *writer, uint32_t at, const struct capos_file_write_params *value) {
  if (value->data.length != 0) capos_write_data(writer, at + 0, value->data);
}

static inline void capos_file_write_params_put(struct capos_writer *writer, uint32_t at, const struct capos_file_write_params *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_file_write_params_fill(value, words);
  capos_file_write_params_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_file_write_params_size(const struct capos_file_write_params *value) {
  uint64_t size = 24;
  size += ((uint64_t)value->data.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_file_write_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_file_write_params *value) {
  *value = (struct capos_file_write_params){0};
  value->offset = (uint64_t)(capos_get_u64(&view, 0));
  value->data = capos_read_data(reader, &view, 0);
  value->append = (capos_get_bit(&view, 64)) != 0;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_file_write_params_encode(const struct capos_file_write_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_file_write_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_file_write_params_decode(struct capos_file_write_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_file_write_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_file_write_results {
  uint16_t errno_;
  uint32_t count;
  uint64_t offset;
};

static inline uint32_t capos_file_write_results_fill(const struct capos_file_write_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->errno_;
  words[0] |= (uint64_t)(uint32_t)value->count << 32;
  words[1] |= (uint64_t)value->offset;
  return pointers;
}

static inline void capos_file_write_results_point(struct capos_writer *writer, uint32_t at, const struct capos_file_write_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_file_write_results_put(struct capos_writer *writer, uint32_t at, const struct capos_file_write_results *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_file_write_results_fill(value, words);
  capos_file_write_results_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_file_write_results_size(const struct capos_file_write_results *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_file_write_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_file_write_results *value) {
  *value = (struct capos_file_write_results){0};
  value->errno_ = (uint16_t)(capos_get_u16(&view, 0));
  value->count = (uint32_t)(capos_get_u32(&view, 4));
  value->offset = (uint64_t)(capos_get_u64(&view, 8));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_file_write_results_encode(const struct capos_file_write_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_file_write_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_file_write_results_decode(struct capos_file_write_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_file_write_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_file_stat_results {
  uint16_t errno_;
  struct capos_file_stat stat;
};

static inline uint32_t capos_file_stat_results_fill(const struct capos_file_stat_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->errno_;
  if (pointers < 1) pointers = 1;
  return pointers;
}

static inline void capos_file_stat_results_point(struct capos_writer *writer, uint32_t at, const struct capos_file_stat_results *value) {
  capos_file_stat_put(writer, at + 0, &value->stat);
}

static inline void capos_file_stat_results_put(struct capos_writer *writer, uint32_t at, const struct capos_file_stat_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_file_stat_results_fill(value, words);
  capos_file_stat_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_file_stat_results_size(const struct capos_file_stat_results *value) {
  uint64_t size = 16;
  size += capos_file_stat_size(&value->stat);
  return size;
}

static inline void capos_file_stat_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_file_stat_results *value) {
  *value = (struct capos_file_stat_results){0};
  value->errno_ = (uint16_t)(capos_get_u16(&view, 0));
  capos_file_stat_read(reader, capos_read_struct(reader, &view, 0), &value->stat);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_file_stat_results_encode(const struct capos_file_stat_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_file_stat_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_file_stat_results_decode(struct capos_file_stat_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_file_stat_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_file_truncate_params {
  uint64_t size;
};

static inline uint32_t capos_file_truncate_params_fill(const struct capos_file_truncate_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->size;
  return pointers;
}

static inline void capos_file_truncate_params_point(struct capos_writer *writer, uint32_t at, const struct capos_file_truncate_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_file_truncate_params_put(struct capos_writer *writer, uint32_t at, const struct capos_file_truncate_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_file_truncate_params_fill(value, words);
  capos_file_truncate_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_file_truncate_params_size(const struct capos_file_truncate_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_file_truncate_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_file_truncate_params *value) {
  *value = (struct capos_file_truncate_params){0};
  value->size = (uint64_t)(capos_get_u64(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_file_truncate_params_encode(const struct capos_file_truncate_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_file_truncate_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_file_truncate_params_decode(struct capos_file_truncate_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_file_truncate_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_file_truncate_results {
  uint16_t errno_;
};

static inline uint32_t capos_file_truncate_results_fill(const struct capos_file_truncate_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->errno_;
  return pointers;
}

static inline void capos_file_truncate_results_point(struct capos_writer *writer, uint32_t at, const struct capos_file_truncate_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_file_truncate_results_put(struct capos_writer *writer, uint32_t at, const struct capos_file_truncate_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_file_truncate_results_fill(value, words);
  capos_file_truncate_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_file_truncate_results_size(const struct capos_file_truncate_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_file_truncate_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_file_truncate_results *value) {
  *value = (struct capos_file_truncate_results){0};
  value->errno_ = (uint16_t)(capos_get_u16(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_file_truncate_results_encode(const struct capos_file_truncate_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_file_truncate_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_file_truncate_results_decode(struct capos_file_truncate_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_file_truncate_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_file_sync_params {
  bool data_only;
};

static inline uint32_t capos_file_sync_params_fill(const struct capos_file_sync_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->data_only;
  return pointers;
}

static inline void capos_file_sync_params_point(struct capos_writer *writer, uint32_t at, const struct capos_file_sync_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_file_sync_params_put(struct capos_writer *writer, uint32_t at, const struct capos_file_sync_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_file_sync_params_fill(value, words);
  capos_file_sync_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_file_sync_params_size(const struct capos_file_sync_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_file_sync_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_file_sync_params *value) {
  *value = (struct capos_file_sync_params){0};
  value->data_only = (capos_get_bit(&view, 0)) != 0;
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_file_sync_params_encode(const struct capos_file_sync_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_file_sync_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_file_sync_params_decode(struct capos_file_sync_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_file_sync_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_file_sync_results {
  uint16_t errno_;
};

static inline uint32_t capos_file_sync_results_fill(const struct capos_file_sync_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->errno_;
  return pointers;
}

static inline void capos_file_sync_results_point(struct capos_writer *writer, uint32_t at, const struct capos_file_sync_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_file_sync_results_put(struct capos_writer *writer, uint32_t at, const struct capos_file_sync_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_file_sync_results_fill(value, words);
  capos_file_sync_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_file_sync_results_size(const struct capos_file_sync_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_file_sync_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_file_sync_results *value) {
  *value = (struct capos_file_sync_results){0};
  value->errno_ = (uint16_t)(capos_get_u16(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_file_sync_results_encode(const struct capos_file_sync_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_file_sync_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_file_sync_results_decode(struct capos_file_sync_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_file_sync_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/** Only the fields whose bit is in `mask` are set: 1 mode, 2 uid and gid, 4 accessedNs, 8 modifiedNs. */
struct capos_attributes {
  uint32_t mask;
  uint32_t mode;
  uint32_t uid;
  uint32_t gid;
  int64_t accessed_ns;
  int64_t modified_ns;
};

static inline uint32_t capos_attributes_fill(const struct capos_attributes *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint32_t)value->mask;
  words[0] |= (uint64_t)(uint32_t)value->mode << 32;
  words[1] |= (uint64_t)(uint32_t)value->uid;
  words[1] |= (uint64_t)(uint32_t)value->gid << 32;
  words[2] |= (uint64_t)value->accessed_ns;
  words[3] |= (uint64_t)value->modified_ns;
  return pointers;
}

static inline void capos_attributes_point(struct capos_writer *writer, uint32_t at, const struct capos_attributes *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_attributes_put(struct capos_writer *writer, uint32_t at, const struct capos_attributes *value) {
  uint64_t words[4] = {0};
  uint32_t pointers = capos_attributes_fill(value, words);
  capos_attributes_point(writer, capos_write_struct(writer, at, words, 4, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_attributes_size(const struct capos_attributes *value) {
  uint64_t size = 32;
  (void)value;
  return size;
}

static inline void capos_attributes_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_attributes *value) {
  *value = (struct capos_attributes){0};
  value->mask = (uint32_t)(capos_get_u32(&view, 0));
  value->mode = (uint32_t)(capos_get_u32(&view, 4));
  value->uid = (uint32_t)(capos_get_u32(&view, 8));
  value->gid = (uint32_t)(capos_get_u32(&view, 12));
  value->accessed_ns = (int64_t)(capos_get_u64(&view, 16));
  value->modified_ns = (int64_t)(capos_get_u64(&view, 24));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_attributes_encode(const struct capos_attributes *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_attributes_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_attributes_decode(struct capos_attributes *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_attributes_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_file_set_attributes_params {
  struct capos_attributes attributes;
};

static inline uint32_t capos_file_set_attributes_params_fill(const struct capos_file_set_attributes_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1) pointers = 1;
  (void)value;
  (void)words;
  return pointers;
}

static inline void capos_file_set_attributes_params_point(struct capos_writer *writer, uint32_t at, const struct capos_file_set_attributes_params *value) {
  capos_attributes_put(writer, at + 0, &value->attributes);
}

static inline void capos_file_set_attributes_params_put(struct capos_writer *writer, uint32_t at, const struct capos_file_set_attributes_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_file_set_attributes_params_fill(value, words);
  capos_file_set_attributes_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_file_set_attributes_params_size(const struct capos_file_set_attributes_params *value) {
  uint64_t size = 8;
  size += capos_attributes_size(&value->attributes);
  return size;
}

static inline void capos_file_set_attributes_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_file_set_attributes_params *value) {
  *value = (struct capos_file_set_attributes_params){0};
  capos_attributes_read(reader, capos_read_struct(reader, &view, 0), &value->attributes);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_file_set_attributes_params_encode(const struct capos_file_set_attributes_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_file_set_attributes_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_file_set_attributes_params_decode(struct capos_file_set_attributes_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_file_set_attributes_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_file_set_attributes_results {
  uint16_t errno_;
};

static inline uint32_t capos_file_set_attributes_results_fill(const struct capos_file_set_attributes_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->errno_;
  return pointers;
}

static inline void capos_file_set_attributes_results_point(struct capos_writer *writer, uint32_t at, const struct capos_file_set_attributes_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_file_set_attributes_results_put(struct capos_writer *writer, uint32_t at, const struct capos_file_set_attributes_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_file_set_attributes_results_fill(value, words);
  capos_file_set_attributes_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_file_set_attributes_results_size(const struct capos_file_set_attributes_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_file_set_attributes_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_file_set_attributes_results *value) {
  *value = (struct capos_file_set_attributes_results){0};
  value->errno_ = (uint16_t)(capos_get_u16(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_file_set_attributes_results_encode(const struct capos_file_set_attributes_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_file_set_attributes_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_file_set_attributes_results_decode(struct capos_file_set_attributes_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_file_set_attributes_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_lookup_params {
  struct capos_data name;
};

static inline uint32_t capos_directory_lookup_params_fill(const struct capos_directory_lookup_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_directory_lookup_params_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_lookup_params *value) {
  if (value->name.length != 0) capos_write_data(writer, at + 0, value->name);
}

static inline void capos_directory_lookup_params_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_lookup_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_directory_lookup_params_fill(value, words);
  capos_directory_lookup_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_lookup_params_size(const struct capos_directory_lookup_params *value) {
  uint64_t size = 8;
  size += ((uint64_t)value->name.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_directory_lookup_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_lookup_params *value) {
  *value = (struct capos_directory_lookup_params){0};
  value->name = capos_read_data(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_lookup_params_encode(const struct capos_directory_lookup_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_lookup_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_lookup_params_decode(struct capos_directory_lookup_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_lookup_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_lookup_results {
  uint16_t errno_;
  struct capos_file_stat stat;
};

static inline uint32_t capos_directory_lookup_results_fill(const struct capos_directory_lookup_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->errno_;
  if (pointers < 1) pointers = 1;
  return pointers;
}

static inline void capos_directory_lookup_results_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_lookup_results *value) {
  capos_file_stat_put(writer, at + 0, &value->stat);
}

static inline void capos_directory_lookup_results_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_lookup_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_directory_lookup_results_fill(value, words);
  capos_directory_lookup_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_lookup_results_size(const struct capos_directory_lookup_results *value) {
  uint64_t size = 16;
  size += capos_file_stat_size(&value->stat);
  return size;
}

static inline void capos_directory_lookup_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_lookup_results *value) {
  *value = (struct capos_directory_lookup_results){0};
  value->errno_ = (uint16_t)(capos_get_u16(&view, 0));
  capos_file_stat_read(reader, capos_read_struct(reader, &view, 0), &value->stat);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_lookup_results_encode(const struct capos_directory_lookup_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_lookup_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_lookup_results_decode(struct capos_directory_lookup_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_lookup_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_open_file_params {
  struct capos_data name;
  uint32_t flags;
  uint32_t mode;
};

static inline uint32_t capos_directory_open_file_params_fill(const struct capos_directory_open_file_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  words[0] |= (uint64_t)(uint32_t)value->flags;
  words[0] |= (uint64_t)(uint32_t)value->mode << 32;
  return pointers;
}

static inline void capos_directory_open_file_params_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_open_file_params *value) {
  if (value->name.length != 0) capos_write_data(writer, at + 0, value->name);
}

static inline void capos_directory_open_file_params_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_open_file_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_directory_open_file_params_fill(value, words);
  capos_directory_open_file_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_open_file_params_size(const struct capos_directory_open_file_params *value) {
  uint64_t size = 16;
  size += ((uint64_t)value->name.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_directory_open_file_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_open_file_params *value) {
  *value = (struct capos_directory_open_file_params){0};
  value->name = capos_read_data(reader, &view, 0);
  value->flags = (uint32_t)(capos_get_u32(&view, 0));
  value->mode = (uint32_t)(capos_get_u32(&view, 4));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_open_file_params_encode(const struct capos_directory_open_file_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_open_file_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_open_file_params_decode(struct capos_directory_open_file_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_open_file_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_open_file_results {
  uint16_t errno_;
  struct capos_capability file;
  struct capos_file_stat stat;
};

static inline uint32_t capos_directory_open_file_results_fill(const struct capos_directory_open_file_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->errno_;
  if (pointers < 1 && value->file.cap != CAPOS_NULL_CAP) pointers = 1;
  if (pointers < 2) pointers = 2;
  return pointers;
}

static inline void capos_directory_open_file_results_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_open_file_results *value) {
  if (value->file.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->file);
  capos_file_stat_put(writer, at + 8, &value->stat);
}

static inline void capos_directory_open_file_results_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_open_file_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_directory_open_file_results_fill(value, words);
  capos_directory_open_file_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_open_file_results_size(const struct capos_directory_open_file_results *value) {
  uint64_t size = 24;
  size += capos_file_stat_size(&value->stat);
  return size;
}

static inline void capos_directory_open_file_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_open_file_results *value) {
  *value = (struct capos_directory_open_file_results){0};
  value->errno_ = (uint16_t)(capos_get_u16(&view, 0));
  value->file = capos_read_capability(reader, &view, 0, UINT64_C(0xd018cc5799aada50));
  capos_file_stat_read(reader, capos_read_struct(reader, &view, 1), &value->stat);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_open_file_results_encode(const struct capos_directory_open_file_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_open_file_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_open_file_results_decode(struct capos_directory_open_file_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_open_file_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_open_directory_params {
  struct capos_data name;
};

static inline uint32_t capos_directory_open_directory_params_fill(const struct capos_directory_open_directory_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_directory_open_directory_params_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_open_directory_params *value) {
  if (value->name.length != 0) capos_write_data(writer, at + 0, value->name);
}

static inline void capos_directory_open_directory_params_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_open_directory_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_directory_open_directory_params_fill(value, words);
  capos_directory_open_directory_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_open_directory_params_size(const struct capos_directory_open_directory_params *value) {
  uint64_t size = 8;
  size += ((uint64_t)value->name.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_directory_open_directory_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_open_directory_params *value) {
  *value = (struct capos_directory_open_directory_params){0};
  value->name = capos_read_data(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_open_directory_params_encode(const struct capos_directory_open_directory_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_open_directory_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_open_directory_params_decode(struct capos_directory_open_directory_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_open_directory_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_open_directory_results {
  uint16_t errno_;
  struct capos_capability directory;
  struct capos_file_stat stat;
};

static inline uint32_t capos_directory_open_directory_results_fill(const struct capos_directory_open_directory_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->errno_;
  if (pointers < 1 && value->directory.cap != CAPOS_NULL_CAP) pointers = 1;
  if (pointers < 2) pointers = 2;
  return pointers;
}

static inline void capos_directory_open_directory_results_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_open_directory_results *value) {
  if (value->directory.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->directory);
  capos_file_stat_put(writer, at + 8, &value->stat);
}

static inline void capos_directory_open_directory_results_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_open_directory_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_directory_open_directory_results_fill(value, words);
  capos_directory_open_directory_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_open_directory_results_size(const struct capos_directory_open_directory_results *value) {
  uint64_t size = 24;
  size += capos_file_stat_size(&value->stat);
  return size;
}

static inline void capos_directory_open_directory_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_open_directory_results *value) {
  *value = (struct capos_directory_open_directory_results){0};
  value->errno_ = (uint16_t)(capos_get_u16(&view, 0));
  value->directory = capos_read_capability(reader, &view, 0, UINT64_C(0x93a68344d15fa503));
  capos_file_stat_read(reader, capos_read_struct(reader, &view, 1), &value->stat);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_open_directory_results_encode(const struct capos_directory_open_directory_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_open_directory_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_open_directory_results_decode(struct capos_directory_open_directory_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_open_directory_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_list_params {
  uint64_t cookie;
  uint32_t limit;
};

static inline uint32_t capos_directory_list_params_fill(const struct capos_directory_list_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->cookie;
  words[1] |= (uint64_t)(uint32_t)value->limit;
  return pointers;
}

static inline void capos_directory_list_params_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_list_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_directory_list_params_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_list_params *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_directory_list_params_fill(value, words);
  capos_directory_list_params_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_list_params_size(const struct capos_directory_list_params *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_directory_list_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_list_params *value) {
  *value = (struct capos_directory_list_params){0};
  value->cookie = (uint64_t)(capos_get_u64(&view, 0));
  value->limit = (uint32_t)(capos_get_u32(&view, 8));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_list_params_encode(const struct capos_directory_list_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_list_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_list_params_decode(struct capos_directory_list_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_list_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_list_results {
  uint16_t errno_;
  struct capos_directory_entry_list entries;
  uint64_t next;
  bool end;
};

static inline uint32_t capos_directory_list_results_fill(const struct capos_directory_list_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->errno_;
  if (pointers < 1 && value->entries.count != 0) pointers = 1;
  words[1] |= (uint64_t)value->next;
  words[0] |= (uint64_t)value->end << 16;
  return pointers;
}

static inline void capos_directory_list_results_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_list_results *value) {
  capos_directory_entry_list_put(writer, at + 0, &value->entries);
}

static inline void capos_directory_list_results_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_list_results *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_directory_list_results_fill(value, words);
  capos_directory_list_results_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_list_results_size(const struct capos_directory_list_results *value) {
  uint64_t size = 24;
  size += capos_directory_entry_list_size(&value->entries);
  return size;
}

static inline void capos_directory_list_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_list_results *value) {
  *value = (struct capos_directory_list_results){0};
  value->errno_ = (uint16_t)(capos_get_u16(&view, 0));
  capos_directory_entry_list_read(reader, &view, 0, &value->entries);
  value->next = (uint64_t)(capos_get_u64(&view, 8));
  value->end = (capos_get_bit(&view, 16)) != 0;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_list_results_encode(const struct capos_directory_list_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_list_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_list_results_decode(struct capos_directory_list_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_list_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_make_directory_params {
  struct capos_data name;
  uint32_t mode;
};

static inline uint32_t capos_directory_make_directory_params_fill(const struct capos_directory_make_directory_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  words[0] |= (uint64_t)(uint32_t)value->mode;
  return pointers;
}

static inline void capos_directory_make_directory_params_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_make_directory_params *value) {
  if (value->name.length != 0) capos_write_data(writer, at + 0, value->name);
}

static inline void capos_directory_make_directory_params_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_make_directory_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_directory_make_directory_params_fill(value, words);
  capos_directory_make_directory_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_make_directory_params_size(const struct capos_directory_make_directory_params *value) {
  uint64_t size = 16;
  size += ((uint64_t)value->name.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_directory_make_directory_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_make_directory_params *value) {
  *value = (struct capos_directory_make_directory_params){0};
  value->name = capos_read_data(reader, &view, 0);
  value->mode = (uint32_t)(capos_get_u32(&view, 0));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_make_directory_params_encode(const struct capos_directory_make_directory_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_make_directory_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_make_directory_params_decode(struct capos_directory_make_directory_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_make_directory_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_make_directory_results {
  uint16_t errno_;
};

static inline uint32_t capos_directory_make_directory_results_fill(const struct capos_directory_make_directory_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->errno_;
  return pointers;
}

static inline void capos_directory_make_directory_results_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_make_directory_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_directory_make_directory_results_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_make_directory_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_directory_make_directory_results_fill(value, words);
  capos_directory_make_directory_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_make_directory_results_size(const struct capos_directory_make_directory_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_directory_make_directory_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_make_directory_results *value) {
  *value = (struct capos_directory_make_directory_results){0};
  value->errno_ = (uint16_t)(capos_get_u16(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_make_directory_results_encode(const struct capos_directory_make_directory_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_make_directory_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_make_directory_results_decode(struct capos_directory_make_directory_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_make_directory_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_remove_params {
  struct capos_data name;
  bool directory;
};

static inline uint32_t capos_directory_remove_params_fill(const struct capos_directory_remove_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  words[0] |= (uint64_t)value->directory;
  return pointers;
}

static inline void capos_directory_remove_params_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_remove_params *value) {
  if (value->name.length != 0) capos_write_data(writer, at + 0, value->name);
}

static inline void capos_directory_remove_params_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_remove_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_directory_remove_params_fill(value, words);
  capos_directory_remove_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_remove_params_size(const struct capos_directory_remove_params *value) {
  uint64_t size = 16;
  size += ((uint64_t)value->name.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_directory_remove_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_remove_params *value) {
  *value = (struct capos_directory_remove_params){0};
  value->name = capos_read_data(reader, &view, 0);
  value->directory = (capos_get_bit(&view, 0)) != 0;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_remove_params_encode(const struct capos_directory_remove_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_remove_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_remove_params_decode(struct capos_directory_remove_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_remove_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_remove_results {
  uint16_t errno_;
};

static inline uint32_t capos_directory_remove_results_fill(const struct capos_directory_remove_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->errno_;
  return pointers;
}

static inline void capos_directory_remove_results_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_remove_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_directory_remove_results_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_remove_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_directory_remove_results_fill(value, words);
  capos_directory_remove_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_remove_results_size(const struct capos_directory_remove_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_directory_remove_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_remove_results *value) {
  *value = (struct capos_directory_remove_results){0};
  value->errno_ = (uint16_t)(capos_get_u16(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_remove_results_encode(const struct capos_directory_remove_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_remove_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_remove_results_decode(struct capos_directory_remove_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_remove_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_rename_params {
  struct capos_data name;
  struct capos_capability target;
  struct capos_data target_name;
  uint32_t flags;
};

static inline uint32_t capos_directory_rename_params_fill(const struct capos_directory_rename_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  if (pointers < 2 && value->target.cap != CAPOS_NULL_CAP) pointers = 2;
  if (pointers < 3 && value->target_name.length != 0) pointers = 3;
  words[0] |= (uint64_t)(uint32_t)value->flags;
  return pointers;
}

static inline void capos_directory_rename_params_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_rename_params *value) {
  if (value->name.length != 0) capos_write_data(writer, at + 0, value->name);
  if (value->target.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 8, value->target);
  if (value->target_name.length != 0) capos_write_data(writer, at + 16, value->target_name);
}

static inline void capos_directory_rename_params_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_rename_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_directory_rename_params_fill(value, words);
  capos_directory_rename_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_rename_params_size(const struct capos_directory_rename_params *value) {
  uint64_t size = 32;
  size += ((uint64_t)value->name.length + 7) & ~UINT64_C(7);
  size += ((uint64_t)value->target_name.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_directory_rename_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_rename_params *value) {
  *value = (struct capos_directory_rename_params){0};
  value->name = capos_read_data(reader, &view, 0);
  value->target = capos_read_capability(reader, &view, 1, UINT64_C(0x93a68344d15fa503));
  value->target_name = capos_read_data(reader, &view, 2);
  value->flags = (uint32_t)(capos_get_u32(&view, 0));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_rename_params_encode(const struct capos_directory_rename_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_rename_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_rename_params_decode(struct capos_directory_rename_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_rename_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_rename_results {
  uint16_t errno_;
};

static inline uint32_t capos_directory_rename_results_fill(const struct capos_directory_rename_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->errno_;
  return pointers;
}

static inline void capos_directory_rename_results_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_rename_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_directory_rename_results_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_rename_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_directory_rename_results_fill(value, words);
  capos_directory_rename_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_rename_results_size(const struct capos_directory_rename_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_directory_rename_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_rename_results *value) {
  *value = (struct capos_directory_rename_results){0};
  value->errno_ = (uint16_t)(capos_get_u16(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_rename_results_encode(const struct capos_directory_rename_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_rename_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_rename_results_decode(struct capos_directory_rename_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_rename_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_link_params {
  struct capos_data name;
  struct capos_capability target;
  struct capos_data target_name;
};

static inline uint32_t capos_directory_link_params_fill(const struct capos_directory_link_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  if (pointers < 2 && value->target.cap != CAPOS_NULL_CAP) pointers = 2;
  if (pointers < 3 && value->target_name.length != 0) pointers = 3;
  (void)words;
  return pointers;
}

static inline void capos_directory_link_params_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_link_params *value) {
  if (value->name.length != 0) capos_write_data(writer, at + 0, value->name);
  if (value->target.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 8, value->target);
  if (value->target_name.length != 0) capos_write_data(writer, at + 16, value->target_name);
}

static inline void capos_directory_link_params_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_link_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_directory_link_params_fill(value, words);
  capos_directory_link_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_link_params_size(const struct capos_directory_link_params *value) {
  uint64_t size = 24;
  size += ((uint64_t)value->name.length + 7) & ~UINT64_C(7);
  size += ((uint64_t)value->target_name.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_directory_link_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_link_params *value) {
  *value = (struct capos_directory_link_params){0};
  value->name = capos_read_data(reader, &view, 0);
  value->target = capos_read_capability(reader, &view, 1, UINT64_C(0x93a68344d15fa503));
  value->target_name = capos_read_data(reader, &view, 2);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_link_params_encode(const struct capos_directory_link_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_link_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_link_params_decode(struct capos_directory_link_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_link_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_link_results {
  uint16_t errno_;
};

static inline uint32_t capos_directory_link_results_fill(const struct capos_directory_link_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->errno_;
  return pointers;
}

static inline void capos_directory_link_results_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_link_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_directory_link_results_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_link_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_directory_link_results_fill(value, words);
  capos_directory_link_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_link_results_size(const struct capos_directory_link_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_directory_link_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_link_results *value) {
  *value = (struct capos_directory_link_results){0};
  value->errno_ = (uint16_t)(capos_get_u16(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_link_results_encode(const struct capos_directory_link_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_link_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_link_results_decode(struct capos_directory_link_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_link_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_symlink_params {
  struct capos_data name;
  struct capos_data path;
};

static inline uint32_t capos_directory_symlink_params_fill(const struct capos_directory_symlink_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  if (pointers < 2 && value->path.length != 0) pointers = 2;
  (void)words;
  return pointers;
}

static inline void capos_directory_symlink_params_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_symlink_params *value) {
  if (value->name.length != 0) capos_write_data(writer, at + 0, value->name);
  if (value->path.length != 0) capos_write_data(writer, at + 8, value->path);
}

static inline void capos_directory_symlink_params_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_symlink_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_directory_symlink_params_fill(value, words);
  capos_directory_symlink_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_symlink_params_size(const struct capos_directory_symlink_params *value) {
  uint64_t size = 16;
  size += ((uint64_t)value->name.length + 7) & ~UINT64_C(7);
  size += ((uint64_t)value->path.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_directory_symlink_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_symlink_params *value) {
  *value = (struct capos_directory_symlink_params){0};
  value->name = capos_read_data(reader, &view, 0);
  value->path = capos_read_data(reader, &view, 1);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_symlink_params_encode(const struct capos_directory_symlink_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_symlink_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_symlink_params_decode(struct capos_directory_symlink_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_symlink_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_symlink_results {
  uint16_t errno_;
};

static inline uint32_t capos_directory_symlink_results_fill(const struct capos_directory_symlink_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->errno_;
  return pointers;
}

static inline void capos_directory_symlink_results_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_symlink_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_directory_symlink_results_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_symlink_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_directory_symlink_results_fill(value, words);
  capos_directory_symlink_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_symlink_results_size(const struct capos_directory_symlink_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_directory_symlink_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_symlink_results *value) {
  *value = (struct capos_directory_symlink_results){0};
  value->errno_ = (uint16_t)(capos_get_u16(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_symlink_results_encode(const struct capos_directory_symlink_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_symlink_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_symlink_results_decode(struct capos_directory_symlink_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_symlink_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_read_link_params {
  struct capos_data name;
};

static inline uint32_t capos_directory_read_link_params_fill(const struct capos_directory_read_link_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_directory_read_link_params_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_read_link_params *value) {
  if (value->name.length != 0) capos_write_data(writer, at + 0, value->name);
}

static inline void capos_directory_read_link_params_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_read_link_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_directory_read_link_params_fill(value, words);
  capos_directory_read_link_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_read_link_params_size(const struct capos_directory_read_link_params *value) {
  uint64_t size = 8;
  size += ((uint64_t)value->name.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_directory_read_link_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_read_link_params *value) {
  *value = (struct capos_directory_read_link_params){0};
  value->name = capos_read_data(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_read_link_params_encode(const struct capos_directory_read_link_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_read_link_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_read_link_params_decode(struct capos_directory_read_link_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_read_link_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_read_link_results {
  uint16_t errno_;
  struct capos_data path;
};

static inline uint32_t capos_directory_read_link_results_fill(const struct capos_directory_read_link_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->errno_;
  if (pointers < 1 && value->path.length != 0) pointers = 1;
  return pointers;
}

static inline void capos_directory_read_link_results_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_read_link_results *value) {
  if (value->path.length != 0) capos_write_data(writer, at + 0, value->path);
}

static inline void capos_directory_read_link_results_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_read_link_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_directory_read_link_results_fill(value, words);
  capos_directory_read_link_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_read_link_results_size(const struct capos_directory_read_link_results *value) {
  uint64_t size = 16;
  size += ((uint64_t)value->path.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_directory_read_link_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_read_link_results *value) {
  *value = (struct capos_directory_read_link_results){0};
  value->errno_ = (uint16_t)(capos_get_u16(&view, 0));
  value->path = capos_read_data(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_read_link_results_encode(const struct capos_directory_read_link_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_read_link_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_read_link_results_decode(struct capos_directory_read_link_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_read_link_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_stat_results {
  uint16_t errno_;
  struct capos_file_stat stat;
};

static inline uint32_t capos_directory_stat_results_fill(const struct capos_directory_stat_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->errno_;
  if (pointers < 1) pointers = 1;
  return pointers;
}

static inline void capos_directory_stat_results_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_stat_results *value) {
  capos_file_stat_put(writer, at + 0, &value->stat);
}

static inline void capos_directory_stat_results_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_stat_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_directory_stat_results_fill(value, words);
  capos_directory_stat_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_stat_results_size(const struct capos_directory_stat_results *value) {
  uint64_t size = 16;
  size += capos_file_stat_size(&value->stat);
  return size;
}

static inline void capos_directory_stat_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_stat_results *value) {
  *value = (struct capos_directory_stat_results){0};
  value->errno_ = (uint16_t)(capos_get_u16(&view, 0));
  capos_file_stat_read(reader, capos_read_struct(reader, &view, 0), &value->stat);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_stat_results_encode(const struct capos_directory_stat_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_stat_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_stat_results_decode(struct capos_directory_stat_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_stat_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_set_attributes_params {
  struct capos_data name;
  struct capos_attributes attributes;
};

static inline uint32_t capos_directory_set_attributes_params_fill(const struct capos_directory_set_attributes_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  if (pointers < 2) pointers = 2;
  (void)words;
  return pointers;
}

static inline void capos_directory_set_attributes_params_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_set_attributes_params *value) {
  if (value->name.length != 0) capos_write_data(writer, at + 0, value->name);
  capos_attributes_put(writer, at + 8, &value->attributes);
}

static inline void capos_directory_set_attributes_params_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_set_attributes_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_directory_set_attributes_params_fill(value, words);
  capos_directory_set_attributes_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_set_attributes_params_size(const struct capos_directory_set_attributes_params *value) {
  uint64_t size = 16;
  size += ((uint64_t)value->name.length + 7) & ~UINT64_C(7);
  size += capos_attributes_size(&value->attributes);
  return size;
}

static inline void capos_directory_set_attributes_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_set_attributes_params *value) {
  *value = (struct capos_directory_set_attributes_params){0};
  value->name = capos_read_data(reader, &view, 0);
  capos_attributes_read(reader, capos_read_struct(reader, &view, 1), &value->attributes);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_set_attributes_params_encode(const struct capos_directory_set_attributes_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_set_attributes_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_set_attributes_params_decode(struct capos_directory_set_attributes_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_set_attributes_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_set_attributes_results {
  uint16_t errno_;
};

static inline uint32_t capos_directory_set_attributes_results_fill(const struct capos_directory_set_attributes_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->errno_;
  return pointers;
}

static inline void capos_directory_set_attributes_results_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_set_attributes_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_directory_set_attributes_results_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_set_attributes_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_directory_set_attributes_results_fill(value, words);
  capos_directory_set_attributes_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_set_attributes_results_size(const struct capos_directory_set_attributes_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_directory_set_attributes_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_set_attributes_results *value) {
  *value = (struct capos_directory_set_attributes_results){0};
  value->errno_ = (uint16_t)(capos_get_u16(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_set_attributes_results_encode(const struct capos_directory_set_attributes_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_set_attributes_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_set_attributes_results_decode(struct capos_directory_set_attributes_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_set_attributes_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_stat_file_system_results {
  uint16_t errno_;
  uint32_t block_size;
  uint64_t blocks;
  uint64_t free;
  uint64_t files;
  bool read_only;
};

static inline uint32_t capos_directory_stat_file_system_results_fill(const struct capos_directory_stat_file_system_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->errno_;
  words[0] |= (uint64_t)(uint32_t)value->block_size << 32;
  words[1] |= (uint64_t)value->blocks;
  words[2] |= (uint64_t)value->free;
  words[3] |= (uint64_t)value->files;
  words[0] |= (uint64_t)value->read_only << 16;
  return pointers;
}

static inline void capos_directory_stat_file_system_results_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_stat_file_system_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_directory_stat_file_system_results_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_stat_file_system_results *value) {
  uint64_t words[4] = {0};
  uint32_t pointers = capos_directory_stat_file_system_results_fill(value, words);
  capos_directory_stat_file_system_results_point(writer, capos_write_struct(writer, at, words, 4, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_stat_file_system_results_size(const struct capos_directory_stat_file_system_results *value) {
  uint64_t size = 32;
  (void)value;
  return size;
}

static inline void capos_directory_stat_file_system_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_stat_file_system_results *value) {
  *value = (struct capos_directory_stat_file_system_results){0};
  value->errno_ = (uint16_t)(capos_get_u16(&view, 0));
  value->block_size = (uint32_t)(capos_get_u32(&view, 4));
  value->blocks = (uint64_t)(capos_get_u64(&view, 8));
  value->free = (uint64_t)(capos_get_u64(&view, 16));
  value->files = (uint64_t)(capos_get_u64(&view, 24));
  value->read_only = (capos_get_bit(&view, 16)) != 0;
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_stat_file_system_results_encode(const struct capos_directory_stat_file_system_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_stat_file_system_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_stat_file_system_results_decode(struct capos_directory_stat_file_system_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_stat_file_system_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_sync_results {
  uint16_t errno_;
};

static inline uint32_t capos_directory_sync_results_fill(const struct capos_directory_sync_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->errno_;
  return pointers;
}

static inline void capos_directory_sync_results_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_sync_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_directory_sync_results_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_sync_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_directory_sync_results_fill(value, words);
  capos_directory_sync_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_sync_results_size(const struct capos_directory_sync_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_directory_sync_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_sync_results *value) {
  *value = (struct capos_directory_sync_results){0};
  value->errno_ = (uint16_t)(capos_get_u16(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_sync_results_encode(const struct capos_directory_sync_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_sync_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_sync_results_decode(struct capos_directory_sync_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_sync_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_resolve_params {
  struct capos_data path;
};

static inline uint32_t capos_directory_resolve_params_fill(const struct capos_directory_resolve_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->path.length != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_directory_resolve_params_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_resolve_params *value) {
  if (value->path.length != 0) capos_write_data(writer, at + 0, value->path);
}

static inline void capos_directory_resolve_params_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_resolve_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_directory_resolve_params_fill(value, words);
  capos_directory_resolve_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_resolve_params_size(const struct capos_directory_resolve_params *value) {
  uint64_t size = 8;
  size += ((uint64_t)value->path.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_directory_resolve_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_resolve_params *value) {
  *value = (struct capos_directory_resolve_params){0};
  value->path = capos_read_data(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_resolve_params_encode(const struct capos_directory_resolve_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_resolve_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_resolve_params_decode(struct capos_directory_resolve_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_resolve_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_directory_resolve_results {
  uint16_t errno_;
  struct capos_file_stat_list stats;
};

static inline uint32_t capos_directory_resolve_results_fill(const struct capos_directory_resolve_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->errno_;
  if (pointers < 1 && value->stats.count != 0) pointers = 1;
  return pointers;
}

static inline void capos_directory_resolve_results_point(struct capos_writer *writer, uint32_t at, const struct capos_directory_resolve_results *value) {
  capos_file_stat_list_put(writer, at + 0, &value->stats);
}

static inline void capos_directory_resolve_results_put(struct capos_writer *writer, uint32_t at, const struct capos_directory_resolve_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_directory_resolve_results_fill(value, words);
  capos_directory_resolve_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_directory_resolve_results_size(const struct capos_directory_resolve_results *value) {
  uint64_t size = 16;
  size += capos_file_stat_list_size(&value->stats);
  return size;
}

static inline void capos_directory_resolve_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_directory_resolve_results *value) {
  *value = (struct capos_directory_resolve_results){0};
  value->errno_ = (uint16_t)(capos_get_u16(&view, 0));
  capos_file_stat_list_read(reader, &view, 0, &value->stats);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_directory_resolve_results_encode(const struct capos_directory_resolve_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_directory_resolve_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_directory_resolve_results_decode(struct capos_directory_resolve_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_directory_resolve_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/** An open file. errno 0 is success, otherwise Linux's number, and the other results have no meaning. */
#define CAPOS_FILE_INTERFACE_ID UINT64_C(0xd018cc5799aada50)
#define CAPOS_FILE_METHOD_READ 0u
#define CAPOS_FILE_METHOD_WRITE 1u
#define CAPOS_FILE_METHOD_STAT 2u
#define CAPOS_FILE_METHOD_TRUNCATE 3u
#define CAPOS_FILE_METHOD_SYNC 4u
#define CAPOS_FILE_METHOD_SET_ATTRIBUTES 5u

/** Less than asked for at the end of the file, or when the result buffer is smaller. */
static inline int capos_file_read(capos_cap target, const struct capos_file_read_params *params, struct capos_file_read_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_file_read_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_file_read_params_size(params));
  if (error == 0) error = capos_file_read_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_file_read_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** append: at the end of the file, whatever `offset` says. The result's offset is where the data was put. */
static inline int capos_file_write(capos_cap target, const struct capos_file_write_params *params, struct capos_file_write_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_file_write_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_file_write_params_size(params));
  if (error == 0) error = capos_file_write_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  if (error == 0) error = capos_file_write_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Attributes now. */
static inline int capos_file_stat(capos_cap target, struct capos_file_stat_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_file_stat_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 2);
  if (error == 0) error = capos_file_stat_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Sets the size; what is gained reads zero. */
static inline int capos_file_truncate(capos_cap target, const struct capos_file_truncate_params *params, struct capos_file_truncate_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_file_truncate_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_file_truncate_params_size(params));
  if (error == 0) error = capos_file_truncate_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 3);
  if (error == 0) error = capos_file_truncate_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Answers when what was written survives a crash; dataOnly as fdatasync(2). */
static inline int capos_file_sync(capos_cap target, const struct capos_file_sync_params *params, struct capos_file_sync_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_file_sync_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_file_sync_params_size(params));
  if (error == 0) error = capos_file_sync_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 4);
  if (error == 0) error = capos_file_sync_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Mode, owner and times. */
static inline int capos_file_set_attributes(capos_cap target, const struct capos_file_set_attributes_params *params, struct capos_file_set_attributes_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_file_set_attributes_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_file_set_attributes_params_size(params));
  if (error == 0) error = capos_file_set_attributes_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 5);
  if (error == 0) error = capos_file_set_attributes_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a File server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_file_server {
  /** Less than asked for at the end of the file, or when the result buffer is smaller. */
  int (*read)(void *context, const struct capos_received *call, const struct capos_file_read_params *params, struct capos_file_read_results *results);
  /** append: at the end of the file, whatever `offset` says. The result's offset is where the data was put. */
  int (*write)(void *context, const struct capos_received *call, const struct capos_file_write_params *params, struct capos_file_write_results *results);
  /** Attributes now. */
  int (*stat)(void *context, const struct capos_received *call, struct capos_file_stat_results *results);
  /** Sets the size; what is gained reads zero. */
  int (*truncate)(void *context, const struct capos_received *call, const struct capos_file_truncate_params *params, struct capos_file_truncate_results *results);
  /** Answers when what was written survives a crash; dataOnly as fdatasync(2). */
  int (*sync)(void *context, const struct capos_received *call, const struct capos_file_sync_params *params, struct capos_file_sync_results *results);
  /** Mode, owner and times. */
  int (*set_attributes)(void *context, const struct capos_received *call, const struct capos_file_set_attributes_params *params, struct capos_file_set_attributes_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_file_handle(const struct capos_file_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_file_read_params params;
      struct capos_file_read_results results = {0};
      if (server->read == NULL) break;
      if (capos_file_read_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->read(context, call, &params, &results);
      return error < 0 ? error : capos_file_read_results_encode(&results, reply);
    }
    case 1: {
      struct capos_file_write_params params;
      struct capos_file_write_results results = {0};
      if (server->write == NULL) break;
      if (capos_file_write_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->write(context, call, &params, &results);
      return error < 0 ? error : capos_file_write_results_encode(&results, reply);
    }
    case 2: {
      struct capos_file_stat_results results = {0};
      if (server->stat == NULL) break;
      int error = server->stat(context, call, &results);
      return error < 0 ? error : capos_file_stat_results_encode(&results, reply);
    }
    case 3: {
      struct capos_file_truncate_params params;
      struct capos_file_truncate_results results = {0};
      if (server->truncate == NULL) break;
      if (capos_file_truncate_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->truncate(context, call, &params, &results);
      return error < 0 ? error : capos_file_truncate_results_encode(&results, reply);
    }
    case 4: {
      struct capos_file_sync_params params;
      struct capos_file_sync_results results = {0};
      if (server->sync == NULL) break;
      if (capos_file_sync_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->sync(context, call, &params, &results);
      return error < 0 ? error : capos_file_sync_results_encode(&results, reply);
    }
    case 5: {
      struct capos_file_set_attributes_params params;
      struct capos_file_set_attributes_results results = {0};
      if (server->set_attributes == NULL) break;
      if (capos_file_set_attributes_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->set_attributes(context, call, &params, &results);
      return error < 0 ? error : capos_file_set_attributes_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "File has no such method here");
}

/** errno 0 is success. Nothing here follows a symbolic link: the caller re-resolves it in its own mount table. */
#define CAPOS_DIRECTORY_INTERFACE_ID UINT64_C(0x93a68344d15fa503)
#define CAPOS_DIRECTORY_METHOD_LOOKUP 0u
#define CAPOS_DIRECTORY_METHOD_OPEN_FILE 1u
#define CAPOS_DIRECTORY_METHOD_OPEN_DIRECTORY 2u
#define CAPOS_DIRECTORY_METHOD_LIST 3u
#define CAPOS_DIRECTORY_METHOD_MAKE_DIRECTORY 4u
#define CAPOS_DIRECTORY_METHOD_REMOVE 5u
#define CAPOS_DIRECTORY_METHOD_RENAME 6u
#define CAPOS_DIRECTORY_METHOD_LINK 7u
#define CAPOS_DIRECTORY_METHOD_SYMLINK 8u
#define CAPOS_DIRECTORY_METHOD_READ_LINK 9u
#define CAPOS_DIRECTORY_METHOD_STAT 10u
#define CAPOS_DIRECTORY_METHOD_SET_ATTRIBUTES 11u
#define CAPOS_DIRECTORY_METHOD_STAT_FILE_SYSTEM 12u
#define CAPOS_DIRECTORY_METHOD_SYNC 13u
#define CAPOS_DIRECTORY_METHOD_RESOLVE 14u

/** What is there under that name; a symbolic link is told of itself. */
static inline int capos_directory_lookup(capos_cap target, const struct capos_directory_lookup_params *params, struct capos_directory_lookup_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_directory_lookup_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_directory_lookup_params_size(params));
  if (error == 0) error = capos_directory_lookup_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_directory_lookup_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** flags: 1 read, 2 write, 4 create, 8 exclusive, 16 truncate. */
static inline int capos_directory_open_file(capos_cap target, const struct capos_directory_open_file_params *params, struct capos_directory_open_file_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_directory_open_file_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_directory_open_file_params_size(params));
  if (error == 0) error = capos_directory_open_file_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  if (error == 0) error = capos_directory_open_file_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** The directory below; its holder can't come back up. */
static inline int capos_directory_open_directory(capos_cap target, const struct capos_directory_open_directory_params *params, struct capos_directory_open_directory_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_directory_open_directory_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_directory_open_directory_params_size(params));
  if (error == 0) error = capos_directory_open_directory_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 2);
  if (error == 0) error = capos_directory_open_directory_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Without . and ..; cookie 0 begins, `next` goes on. What is not added or removed meanwhile comes exactly once. */
static inline int capos_directory_list(capos_cap target, const struct capos_directory_list_params *params, struct capos_directory_list_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_directory_list_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_directory_list_params_size(params));
  if (error == 0) error = capos_directory_list_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 3);
  if (error == 0) error = capos_directory_list_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** As mkdir(2). */
static inline int capos_directory_make_directory(capos_cap target, const struct capos_directory_make_directory_params *params, struct capos_directory_make_directory_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_directory_make_directory_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_directory_make_directory_params_size(params));
  if (error == 0) error = capos_directory_make_directory_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 4);
  if (error == 0) error = capos_directory_make_directory_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** As unlink(2), or rmdir(2) for directory. */
static inline int capos_directory_remove(capos_cap target, const struct capos_directory_remove_params *params, struct capos_directory_remove_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_directory_remove_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_directory_remove_params_size(params));
  if (error == 0) error = capos_directory_remove_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 5);
  if (error == 0) error = capos_directory_remove_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** flags: 1 the target name must not exist. */
static inline int capos_directory_rename(capos_cap target, const struct capos_directory_rename_params *params, struct capos_directory_rename_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_directory_rename_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_directory_rename_params_size(params));
  if (error == 0) error = capos_directory_rename_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 6);
  if (error == 0) error = capos_directory_rename_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** A second name for a file, in a directory of the same server. */
static inline int capos_directory_link(capos_cap target, const struct capos_directory_link_params *params, struct capos_directory_link_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_directory_link_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_directory_link_params_size(params));
  if (error == 0) error = capos_directory_link_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 7);
  if (error == 0) error = capos_directory_link_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** A link that says `path`; the server never follows it. */
static inline int capos_directory_symlink(capos_cap target, const struct capos_directory_symlink_params *params, struct capos_directory_symlink_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_directory_symlink_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_directory_symlink_params_size(params));
  if (error == 0) error = capos_directory_symlink_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 8);
  if (error == 0) error = capos_directory_symlink_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** What a symbolic link says. */
static inline int capos_directory_read_link(capos_cap target, const struct capos_directory_read_link_params *params, struct capos_directory_read_link_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_directory_read_link_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_directory_read_link_params_size(params));
  if (error == 0) error = capos_directory_read_link_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 9);
  if (error == 0) error = capos_directory_read_link_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Attributes of the directory itself. */
static inline int capos_directory_stat(capos_cap target, struct capos_directory_stat_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_directory_stat_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 10);
  if (error == 0) error = capos_directory_stat_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** An empty name is the directory itself. */
static inline int capos_directory_set_attributes(capos_cap target, const struct capos_directory_set_attributes_params *params, struct capos_directory_set_attributes_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_directory_set_attributes_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_directory_set_attributes_params_size(params));
  if (error == 0) error = capos_directory_set_attributes_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 11);
  if (error == 0) error = capos_directory_set_attributes_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** As statfs(2). */
static inline int capos_directory_stat_file_system(capos_cap target, struct capos_directory_stat_file_system_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_directory_stat_file_system_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 12);
  if (error == 0) error = capos_directory_stat_file_system_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Answers when the entries survive a crash. */
static inline int capos_directory_sync(capos_cap target, struct capos_directory_sync_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_directory_sync_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 13);
  if (error == 0) error = capos_directory_sync_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * As many look-ups: of the first name of `path` here, of each other one in the directory that the one before it is. Names are parted by
 * one slash. What was found, in that order, then errno of the name behind it. It ends where something is no directory, and may end sooner:
 * the rest is to be asked of the directory that was found last.
 */
static inline int capos_directory_resolve(capos_cap target, const struct capos_directory_resolve_params *params, struct capos_directory_resolve_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_directory_resolve_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_directory_resolve_params_size(params));
  if (error == 0) error = capos_directory_resolve_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 14);
  if (error == 0) error = capos_directory_resolve_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a Directory server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_directory_server {
  /** What is there under that name; a symbolic link is told of itself. */
  int (*lookup)(void *context, const struct capos_received *call, const struct capos_directory_lookup_params *params, struct capos_directory_lookup_results *results);
  /** flags: 1 read, 2 write, 4 create, 8 exclusive, 16 truncate. */
  int (*open_file)(void *context, const struct capos_received *call, const struct capos_directory_open_file_params *params, struct capos_directory_open_file_results *results);
  /** The directory below; its holder can't come back up. */
  int (*open_directory)(void *context, const struct capos_received *call, const struct capos_directory_open_directory_params *params, struct capos_directory_open_directory_results *results);
  /** Without . and ..; cookie 0 begins, `next` goes on. What is not added or removed meanwhile comes exactly once. */
  int (*list)(void *context, const struct capos_received *call, const struct capos_directory_list_params *params, struct capos_directory_list_results *results);
  /** As mkdir(2). */
  int (*make_directory)(void *context, const struct capos_received *call, const struct capos_directory_make_directory_params *params, struct capos_directory_make_directory_results *results);
  /** As unlink(2), or rmdir(2) for directory. */
  int (*remove)(void *context, const struct capos_received *call, const struct capos_directory_remove_params *params, struct capos_directory_remove_results *results);
  /** flags: 1 the target name must not exist. */
  int (*rename)(void *context, const struct capos_received *call, const struct capos_directory_rename_params *params, struct capos_directory_rename_results *results);
  /** A second name for a file, in a directory of the same server. */
  int (*link)(void *context, const struct capos_received *call, const struct capos_directory_link_params *params, struct capos_directory_link_results *results);
  /** A link that says `path`; the server never follows it. */
  int (*symlink)(void *context, const struct capos_received *call, const struct capos_directory_symlink_params *params, struct capos_directory_symlink_results *results);
  /** What a symbolic link says. */
  int (*read_link)(void *context, const struct capos_received *call, const struct capos_directory_read_link_params *params, struct capos_directory_read_link_results *results);
  /** Attributes of the directory itself. */
  int (*stat)(void *context, const struct capos_received *call, struct capos_directory_stat_results *results);
  /** An empty name is the directory itself. */
  int (*set_attributes)(void *context, const struct capos_received *call, const struct capos_directory_set_attributes_params *params, struct capos_directory_set_attributes_results *results);
  /** As statfs(2). */
  int (*stat_file_system)(void *context, const struct capos_received *call, struct capos_directory_stat_file_system_results *results);
  /** Answers when the entries survive a crash. */
  int (*sync)(void *context, const struct capos_received *call, struct capos_directory_sync_results *results);
  /**
   * As many look-ups: of the first name of `path` here, of each other one in the directory that the one before it is. Names are parted by
   * one slash. What was found, in that order, then errno of the name behind it. It ends where something is no directory, and may end sooner:
   * the rest is to be asked of the directory that was found last.
   */
  int (*resolve)(void *context, const struct capos_received *call, const struct capos_directory_resolve_params *params, struct capos_directory_resolve_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_directory_handle(const struct capos_directory_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_directory_lookup_params params;
      struct capos_directory_lookup_results results = {0};
      if (server->lookup == NULL) break;
      if (capos_directory_lookup_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->lookup(context, call, &params, &results);
      return error < 0 ? error : capos_directory_lookup_results_encode(&results, reply);
    }
    case 1: {
      struct capos_directory_open_file_params params;
      struct capos_directory_open_file_results results = {0};
      if (server->open_file == NULL) break;
      if (capos_directory_open_file_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->open_file(context, call, &params, &results);
      return error < 0 ? error : capos_directory_open_file_results_encode(&results, reply);
    }
    case 2: {
      struct capos_directory_open_directory_params params;
      struct capos_directory_open_directory_results results = {0};
      if (server->open_directory == NULL) break;
      if (capos_directory_open_directory_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->open_directory(context, call, &params, &results);
      return error < 0 ? error : capos_directory_open_directory_results_encode(&results, reply);
    }
    case 3: {
      struct capos_directory_list_params params;
      struct capos_directory_list_results results = {0};
      if (server->list == NULL) break;
      if (capos_directory_list_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->list(context, call, &params, &results);
      return error < 0 ? error : capos_directory_list_results_encode(&results, reply);
    }
    case 4: {
      struct capos_directory_make_directory_params params;
      struct capos_directory_make_directory_results results = {0};
      if (server->make_directory == NULL) break;
      if (capos_directory_make_directory_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->make_directory(context, call, &params, &results);
      return error < 0 ? error : capos_directory_make_directory_results_encode(&results, reply);
    }
    case 5: {
      struct capos_directory_remove_params params;
      struct capos_directory_remove_results results = {0};
      if (server->remove == NULL) break;
      if (capos_directory_remove_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->remove(context, call, &params, &results);
      return error < 0 ? error : capos_directory_remove_results_encode(&results, reply);
    }
    case 6: {
      struct capos_directory_rename_params params;
      struct capos_directory_rename_results results = {0};
      if (server->rename == NULL) break;
      if (capos_directory_rename_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->rename(context, call, &params, &results);
      return error < 0 ? error : capos_directory_rename_results_encode(&results, reply);
    }
    case 7: {
      struct capos_directory_link_params params;
      struct capos_directory_link_results results = {0};
      if (server->link == NULL) break;
      if (capos_directory_link_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->link(context, call, &params, &results);
      return error < 0 ? error : capos_directory_link_results_encode(&results, reply);
    }
    case 8: {
      struct capos_directory_symlink_params params;
      struct capos_directory_symlink_results results = {0};
      if (server->symlink == NULL) break;
      if (capos_directory_symlink_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->symlink(context, call, &params, &results);
      return error < 0 ? error : capos_directory_symlink_results_encode(&results, reply);
    }
    case 9: {
      struct capos_directory_read_link_params params;
      struct capos_directory_read_link_results results = {0};
      if (server->read_link == NULL) break;
      if (capos_directory_read_link_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->read_link(context, call, &params, &results);
      return error < 0 ? error : capos_directory_read_link_results_encode(&results, reply);
    }
    case 10: {
      struct capos_directory_stat_results results = {0};
      if (server->stat == NULL) break;
      int error = server->stat(context, call, &results);
      return error < 0 ? error : capos_directory_stat_results_encode(&results, reply);
    }
    case 11: {
      struct capos_directory_set_attributes_params params;
      struct capos_directory_set_attributes_results results = {0};
      if (server->set_attributes == NULL) break;
      if (capos_directory_set_attributes_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->set_attributes(context, call, &params, &results);
      return error < 0 ? error : capos_directory_set_attributes_results_encode(&results, reply);
    }
    case 12: {
      struct capos_directory_stat_file_system_results results = {0};
      if (server->stat_file_system == NULL) break;
      int error = server->stat_file_system(context, call, &results);
      return error < 0 ? error : capos_directory_stat_file_system_results_encode(&results, reply);
    }
    case 13: {
      struct capos_directory_sync_results results = {0};
      if (server->sync == NULL) break;
      int error = server->sync(context, call, &results);
      return error < 0 ? error : capos_directory_sync_results_encode(&results, reply);
    }
    case 14: {
      struct capos_directory_resolve_params params;
      struct capos_directory_resolve_results results = {0};
      if (server->resolve == NULL) break;
      if (capos_directory_resolve_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->resolve(context, call, &params, &results);
      return error < 0 ? error : capos_directory_resolve_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "Directory has no such method here");
}

#endif
