/* Generated from memory.capnp. Do not edit.
   Pages: address spaces, shareable memory objects, frames. */
#ifndef CAPOS_SCHEMA_CAPOS_MEMORY_H
#define CAPOS_SCHEMA_CAPOS_MEMORY_H

#include <capos/call.h>
#include <capos/endpoint.h>
#include <capos/message.h>

struct capos_virtual_memory_map_params {
  uint64_t address;
  uint64_t length;
  uint32_t protection;
  bool fixed;
};

static inline uint32_t capos_virtual_memory_map_params_fill(const struct capos_virtual_memory_map_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->address;
  words[1] |= (uint64_t)value->length;
  words[2] |= (uint64_t)(uint32_t)value->protection;
  words[2] |= (uint64_t)value->fixed << 32;
  return pointers;
}

static inline void capos_virtual_memory_map_params_point(struct capos_writer *writer, uint32_t at, const struct capos_virtual_memory_map_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_virtual_memory_map_params_put(struct capos_writer *writer, uint32_t at, const struct capos_virtual_memory_map_params *value) {
  uint64_t words[3] = {0};
  uint32_t pointers = capos_virtual_memory_map_params_fill(value, words);
  capos_virtual_memory_map_params_point(writer, capos_write_struct(writer, at, words, 3, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_virtual_memory_map_params_size(const struct capos_virtual_memory_map_params *value) {
  uint64_t size = 24;
  (void)value;
  return size;
}

static inline void capos_virtual_memory_map_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_virtual_memory_map_params *value) {
  *value = (struct capos_virtual_memory_map_params){0};
  value->address = (uint64_t)(capos_get_u64(&view, 0));
  value->length = (uint64_t)(capos_get_u64(&view, 8));
  value->protection = (uint32_t)(capos_get_u32(&view, 16));
  value->fixed = (capos_get_bit(&view, 160)) != 0;
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_virtual_memory_map_params_encode(const struct capos_virtual_memory_map_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_virtual_memory_map_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_virtual_memory_map_params_decode(struct capos_virtual_memory_map_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_virtual_memory_map_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_virtual_memory_map_results {
  uint64_t address;
};

static inline uint32_t capos_virtual_memory_map_results_fill(const struct capos_virtual_memory_map_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->address;
  return pointers;
}

static inline void capos_virtual_memory_map_results_point(struct capos_writer *writer, uint32_t at, const struct capos_virtual_memory_map_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_virtual_memory_map_results_put(struct capos_writer *writer, uint32_t at, const struct capos_virtual_memory_map_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_virtual_memory_map_results_fill(value, words);
  capos_virtual_memory_map_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_virtual_memory_map_results_size(const struct capos_virtual_memory_map_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_virtual_memory_map_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_virtual_memory_map_results *value) {
  *value = (struct capos_virtual_memory_map_results){0};
  value->address = (uint64_t)(capos_get_u64(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_virtual_memory_map_results_encode(const struct capos_virtual_memory_map_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_virtual_memory_map_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_virtual_memory_map_results_decode(struct capos_virtual_memory_map_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_virtual_memory_map_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_virtual_memory_map_object_params {
  struct capos_capability object;
  uint64_t offset;
  uint64_t address;
  uint64_t length;
  uint32_t protection;
  bool fixed;
};

static inline uint32_t capos_virtual_memory_map_object_params_fill(const struct capos_virtual_memory_map_object_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->object.cap != CAPOS_NULL_CAP) pointers = 1;
  words[0] |= (uint64_t)value->offset;
  words[1] |= (uint64_t)value->address;
  words[2] |= (uint64_t)value->length;
  words[3] |= (uint64_t)(uint32_t)value->protection;
  words[3] |= (uint64_t)value->fixed << 32;
  return pointers;
}

static inline void capos_virtual_memory_map_object_params_point(struct capos_writer *writer, uint32_t at, const struct capos_virtual_memory_map_object_params *value) {
  if (value->object.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->object);
}

static inline void capos_virtual_memory_map_object_params_put(struct capos_writer *writer, uint32_t at, const struct capos_virtual_memory_map_object_params *value) {
  uint64_t words[4] = {0};
  uint32_t pointers = capos_virtual_memory_map_object_params_fill(value, words);
  capos_virtual_memory_map_object_params_point(writer, capos_write_struct(writer, at, words, 4, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_virtual_memory_map_object_params_size(const struct capos_virtual_memory_map_object_params *value) {
  uint64_t size = 40;
  (void)value;
  return size;
}

static inline void capos_virtual_memory_map_object_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_virtual_memory_map_object_params *value) {
  *value = (struct capos_virtual_memory_map_object_params){0};
  value->object = capos_read_capability(reader, &view, 0, UINT64_C(0xb3b7a50d334fac6e));
  value->offset = (uint64_t)(capos_get_u64(&view, 0));
  value->address = (uint64_t)(capos_get_u64(&view, 8));
  value->length = (uint64_t)(capos_get_u64(&view, 16));
  value->protection = (uint32_t)(capos_get_u32(&view, 24));
  value->fixed = (capos_get_bit(&view, 224)) != 0;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_virtual_memory_map_object_params_encode(const struct capos_virtual_memory_map_object_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_virtual_memory_map_object_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_virtual_memory_map_object_params_decode(struct capos_virtual_memory_map_object_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_virtual_memory_map_object_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_virtual_memory_map_object_results {
  uint64_t address;
};

static inline uint32_t capos_virtual_memory_map_object_results_fill(const struct capos_virtual_memory_map_object_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->address;
  return pointers;
}

static inline void capos_virtual_memory_map_object_results_point(struct capos_writer *writer, uint32_t at, const struct capos_virtual_memory_map_object_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_virtual_memory_map_object_results_put(struct capos_writer *writer, uint32_t at, const struct capos_virtual_memory_map_object_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_virtual_memory_map_object_results_fill(value, words);
  capos_virtual_memory_map_object_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_virtual_memory_map_object_results_size(const struct capos_virtual_memory_map_object_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_virtual_memory_map_object_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_virtual_memory_map_object_results *value) {
  *value = (struct capos_virtual_memory_map_object_results){0};
  value->address = (uint64_t)(capos_get_u64(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_virtual_memory_map_object_results_encode(const struct capos_virtual_memory_map_object_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_virtual_memory_map_object_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_virtual_memory_map_object_results_decode(struct capos_virtual_memory_map_object_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_virtual_memory_map_object_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_virtual_memory_unmap_params {
  uint64_t address;
  uint64_t length;
};

static inline uint32_t capos_virtual_memory_unmap_params_fill(const struct capos_virtual_memory_unmap_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->address;
  words[1] |= (uint64_t)value->length;
  return pointers;
}

static inline void capos_virtual_memory_unmap_params_point(struct capos_writer *writer, uint32_t at, const struct capos_virtual_memory_unmap_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_virtual_memory_unmap_params_put(struct capos_writer *writer, uint32_t at, const struct capos_virtual_memory_unmap_params *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_virtual_memory_unmap_params_fill(value, words);
  capos_virtual_memory_unmap_params_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_virtual_memory_unmap_params_size(const struct capos_virtual_memory_unmap_params *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_virtual_memory_unmap_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_virtual_memory_unmap_params *value) {
  *value = (struct capos_virtual_memory_unmap_params){0};
  value->address = (uint64_t)(capos_get_u64(&view, 0));
  value->length = (uint64_t)(capos_get_u64(&view, 8));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_virtual_memory_unmap_params_encode(const struct capos_virtual_memory_unmap_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_virtual_memory_unmap_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_virtual_memory_unmap_params_decode(struct capos_virtual_memory_unmap_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_virtual_memory_unmap_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_virtual_memory_protect_params {
  uint64_t address;
  uint64_t length;
  uint32_t protection;
};

static inline uint32_t capos_virtual_memory_protect_params_fill(const struct capos_virtual_memory_protect_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->address;
  words[1] |= (uint64_t)value->length;
  words[2] |= (uint64_t)(uint32_t)value->protection;
  return pointers;
}

static inline void capos_virtual_memory_protect_params_point(struct capos_writer *writer, uint32_t at, const struct capos_virtual_memory_protect_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_virtual_memory_protect_params_put(struct capos_writer *writer, uint32_t at, const struct capos_virtual_memory_protect_params *value) {
  uint64_t words[3] = {0};
  uint32_t pointers = capos_virtual_memory_protect_params_fill(value, words);
  capos_virtual_memory_protect_params_point(writer, capos_write_struct(writer, at, words, 3, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_virtual_memory_protect_params_size(const struct capos_virtual_memory_protect_params *value) {
  uint64_t size = 24;
  (void)value;
  return size;
}

static inline void capos_virtual_memory_protect_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_virtual_memory_protect_params *value) {
  *value = (struct capos_virtual_memory_protect_params){0};
  value->address = (uint64_t)(capos_get_u64(&view, 0));
  value->length = (uint64_t)(capos_get_u64(&view, 8));
  value->protection = (uint32_t)(capos_get_u32(&view, 16));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_virtual_memory_protect_params_encode(const struct capos_virtual_memory_protect_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_virtual_memory_protect_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_virtual_memory_protect_params_decode(struct capos_virtual_memory_protect_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_virtual_memory_protect_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_virtual_memory_reserve_params {
  uint64_t address;
  uint64_t length;
};

static inline uint32_t capos_virtual_memory_reserve_params_fill(const struct capos_virtual_memory_reserve_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->address;
  words[1] |= (uint64_t)value->length;
  return pointers;
}

static inline void capos_virtual_memory_reserve_params_point(struct capos_writer *writer, uint32_t at, const struct capos_virtual_memory_reserve_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_virtual_memory_reserve_params_put(struct capos_writer *writer, uint32_t at, const struct capos_virtual_memory_reserve_params *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_virtual_memory_reserve_params_fill(value, words);
  capos_virtual_memory_reserve_params_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_virtual_memory_reserve_params_size(const struct capos_virtual_memory_reserve_params *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_virtual_memory_reserve_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_virtual_memory_reserve_params *value) {
  *value = (struct capos_virtual_memory_reserve_params){0};
  value->address = (uint64_t)(capos_get_u64(&view, 0));
  value->length = (uint64_t)(capos_get_u64(&view, 8));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_virtual_memory_reserve_params_encode(const struct capos_virtual_memory_reserve_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_virtual_memory_reserve_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_virtual_memory_reserve_params_decode(struct capos_virtual_memory_reserve_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_virtual_memory_reserve_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_virtual_memory_reserve_results {
  uint64_t address;
};

static inline uint32_t capos_virtual_memory_reserve_results_fill(const struct capos_virtual_memory_reserve_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->address;
  return pointers;
}

static inline void capos_virtual_memory_reserve_results_point(struct capos_writer *writer, uint32_t at, const struct capos_virtual_memory_reserve_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_virtual_memory_reserve_results_put(struct capos_writer *writer, uint32_t at, const struct capos_virtual_memory_reserve_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_virtual_memory_reserve_results_fill(value, words);
  capos_virtual_memory_reserve_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_virtual_memory_reserve_results_size(const struct capos_virtual_memory_reserve_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_virtual_memory_reserve_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_virtual_memory_reserve_results *value) {
  *value = (struct capos_virtual_memory_reserve_results){0};
  value->address = (uint64_t)(capos_get_u64(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_virtual_memory_reserve_results_encode(const struct capos_virtual_memory_reserve_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_virtual_memory_reserve_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_virtual_memory_reserve_results_decode(struct capos_virtual_memory_reserve_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_virtual_memory_reserve_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_virtual_memory_commit_params {
  uint64_t address;
  uint64_t length;
  uint32_t protection;
};

static inline uint32_t capos_virtual_memory_commit_params_fill(const struct capos_virtual_memory_commit_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->address;
  words[1] |= (uint64_t)value->length;
  words[2] |= (uint64_t)(uint32_t)value->protection;
  return pointers;
}

static inline void capos_virtual_memory_commit_params_point(struct capos_writer *writer, uint32_t at, const struct capos_virtual_memory_commit_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_virtual_memory_commit_params_put(struct capos_writer *writer, uint32_t at, const struct capos_virtual_memory_commit_params *value) {
  uint64_t words[3] = {0};
  uint32_t pointers = capos_virtual_memory_commit_params_fill(value, words);
  capos_virtual_memory_commit_params_point(writer, capos_write_struct(writer, at, words, 3, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_virtual_memory_commit_params_size(const struct capos_virtual_memory_commit_params *value) {
  uint64_t size = 24;
  (void)value;
  return size;
}

static inline void capos_virtual_memory_commit_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_virtual_memory_commit_params *value) {
  *value = (struct capos_virtual_memory_commit_params){0};
  value->address = (uint64_t)(capos_get_u64(&view, 0));
  value->length = (uint64_t)(capos_get_u64(&view, 8));
  value->protection = (uint32_t)(capos_get_u32(&view, 16));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_virtual_memory_commit_params_encode(const struct capos_virtual_memory_commit_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_virtual_memory_commit_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_virtual_memory_commit_params_decode(struct capos_virtual_memory_commit_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_virtual_memory_commit_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_virtual_memory_decommit_params {
  uint64_t address;
  uint64_t length;
};

static inline uint32_t capos_virtual_memory_decommit_params_fill(const struct capos_virtual_memory_decommit_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->address;
  words[1] |= (uint64_t)value->length;
  return pointers;
}

static inline void capos_virtual_memory_decommit_params_point(struct capos_writer *writer, uint32_t at, const struct capos_virtual_memory_decommit_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_virtual_memory_decommit_params_put(struct capos_writer *writer, uint32_t at, const struct capos_virtual_memory_decommit_params *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_virtual_memory_decommit_params_fill(value, words);
  capos_virtual_memory_decommit_params_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_virtual_memory_decommit_params_size(const struct capos_virtual_memory_decommit_params *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_virtual_memory_decommit_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_virtual_memory_decommit_params *value) {
  *value = (struct capos_virtual_memory_decommit_params){0};
  value->address = (uint64_t)(capos_get_u64(&view, 0));
  value->length = (uint64_t)(capos_get_u64(&view, 8));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_virtual_memory_decommit_params_encode(const struct capos_virtual_memory_decommit_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_virtual_memory_decommit_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_virtual_memory_decommit_params_decode(struct capos_virtual_memory_decommit_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_virtual_memory_decommit_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_memory_object_get_size_results {
  uint64_t size;
};

static inline uint32_t capos_memory_object_get_size_results_fill(const struct capos_memory_object_get_size_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->size;
  return pointers;
}

static inline void capos_memory_object_get_size_results_point(struct capos_writer *writer, uint32_t at, const struct capos_memory_object_get_size_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_memory_object_get_size_results_put(struct capos_writer *writer, uint32_t at, const struct capos_memory_object_get_size_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_memory_object_get_size_results_fill(value, words);
  capos_memory_object_get_size_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_memory_object_get_size_results_size(const struct capos_memory_object_get_size_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_memory_object_get_size_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_memory_object_get_size_results *value) {
  *value = (struct capos_memory_object_get_size_results){0};
  value->size = (uint64_t)(capos_get_u64(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_memory_object_get_size_results_encode(const struct capos_memory_object_get_size_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_memory_object_get_size_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_memory_object_get_size_results_decode(struct capos_memory_object_get_size_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_memory_object_get_size_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_memory_object_read_params {
  uint64_t offset;
  uint32_t length;
};

static inline uint32_t capos_memory_object_read_params_fill(const struct capos_memory_object_read_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->offset;
  words[1] |= (uint64_t)(uint32_t)value->length;
  return pointers;
}

static inline void capos_memory_object_read_params_point(struct capos_writer *writer, uint32_t at, const struct capos_memory_object_read_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_memory_object_read_params_put(struct capos_writer *writer, uint32_t at, const struct capos_memory_object_read_params *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_memory_object_read_params_fill(value, words);
  capos_memory_object_read_params_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_memory_object_read_params_size(const struct capos_memory_object_read_params *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_memory_object_read_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_memory_object_read_params *value) {
  *value = (struct capos_memory_object_read_params){0};
  value->offset = (uint64_t)(capos_get_u64(&view, 0));
  value->length = (uint32_t)(capos_get_u32(&view, 8));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_memory_object_read_params_encode(const struct capos_memory_object_read_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_memory_object_read_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_memory_object_read_params_decode(struct capos_memory_object_read_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_memory_object_read_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_memory_object_read_results {
  struct capos_data data;
};

static inline uint32_t capos_memory_object_read_results_fill(const struct capos_memory_object_read_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->data.length != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_memory_object_read_results_point(struct capos_writer *writer, uint32_t at, const struct capos_memory_object_read_results *value) {
  if (value->data.length != 0) capos_write_data(writer, at + 0, value->data);
}

static inline void capos_memory_object_read_results_put(struct capos_writer *writer, uint32_t at, const struct capos_memory_object_read_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_memory_object_read_results_fill(value, words);
  capos_memory_object_read_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_memory_object_read_results_size(const struct capos_memory_object_read_results *value) {
  uint64_t size = 8;
  size += ((uint64_t)value->data.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_memory_object_read_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_memory_object_read_results *value) {
  *value = (struct capos_memory_object_read_results){0};
  value->data = capos_read_data(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_memory_object_read_results_encode(const struct capos_memory_object_read_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_memory_object_read_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_memory_object_read_results_decode(struct capos_memory_object_read_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_memory_object_read_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_memory_object_write_params {
  uint64_t offset;
  struct capos_data data;
};

static inline uint32_t capos_memory_object_write_params_fill(const struct capos_memory_object_write_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->offset;
  if (pointers < 1 && value->data.length != 0) pointers = 1;
  return pointers;
}

static inline void capos_memory_object_write_params_point(struct capos_writer *writer, uint32_t at, const struct capos_memory_object_write_params *value) {
  if (value->data.length != 0) capos_write_data(writer, at + 0, value->data);
}

static inline void capos_memory_object_write_params_put(struct capos_writer *writer, uint32_t at, const struct capos_memory_object_write_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_memory_object_write_params_fill(value, words);
  capos_memory_object_write_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_memory_object_write_params_size(const struct capos_memory_object_write_params *value) {
  uint64_t size = 16;
  size += ((uint64_t)value->data.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_memory_object_write_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_memory_object_write_params *value) {
  *value = (struct capos_memory_object_write_params){0};
  value->offset = (uint64_t)(capos_get_u64(&view, 0));
  value->data = capos_read_data(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_memory_object_write_params_encode(const struct capos_memory_object_write_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_memory_object_write_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_memory_object_write_params_decode(struct capos_memory_object_write_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_memory_object_write_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_memory_object_create_child_params {
  uint64_t offset;
  uint64_t length;
};

static inline uint32_t capos_memory_object_create_child_params_fill(const struct capos_memory_object_create_child_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->offset;
  words[1] |= (uint64_t)value->length;
  return pointers;
}

static inline void capos_memory_object_create_child_params_point(struct capos_writer *writer, uint32_t at, const struct capos_memory_object_create_child_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_memory_object_create_child_params_put(struct capos_writer *writer, uint32_t at, const struct capos_memory_object_create_child_params *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_memory_object_create_child_params_fill(value, words);
  capos_memory_object_create_child_params_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_memory_object_create_child_params_size(const struct capos_memory_object_create_child_params *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_memory_object_create_child_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_memory_object_create_child_params *value) {
  *value = (struct capos_memory_object_create_child_params){0};
  value->offset = (uint64_t)(capos_get_u64(&view, 0));
  value->length = (uint64_t)(capos_get_u64(&view, 8));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_memory_object_create_child_params_encode(const struct capos_memory_object_create_child_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_memory_object_create_child_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_memory_object_create_child_params_decode(struct capos_memory_object_create_child_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_memory_object_create_child_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_memory_object_create_child_results {
  struct capos_capability child;
};

static inline uint32_t capos_memory_object_create_child_results_fill(const struct capos_memory_object_create_child_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->child.cap != CAPOS_NULL_CAP) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_memory_object_create_child_results_point(struct capos_writer *writer, uint32_t at, const struct capos_memory_object_create_child_results *value) {
  if (value->child.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->child);
}

static inline void capos_memory_object_create_child_results_put(struct capos_writer *writer, uint32_t at, const struct capos_memory_object_create_child_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_memory_object_create_child_results_fill(value, words);
  capos_memory_object_create_child_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_memory_object_create_child_results_size(const struct capos_memory_object_create_child_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_memory_object_create_child_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_memory_object_create_child_results *value) {
  *value = (struct capos_memory_object_create_child_results){0};
  value->child = capos_read_capability(reader, &view, 0, UINT64_C(0xb3b7a50d334fac6e));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_memory_object_create_child_results_encode(const struct capos_memory_object_create_child_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_memory_object_create_child_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_memory_object_create_child_results_decode(struct capos_memory_object_create_child_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_memory_object_create_child_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_frame_allocator_allocate_params {
  uint64_t size;
  bool contiguous;
};

static inline uint32_t capos_frame_allocator_allocate_params_fill(const struct capos_frame_allocator_allocate_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->size;
  words[1] |= (uint64_t)value->contiguous;
  return pointers;
}

static inline void capos_frame_allocator_allocate_params_point(struct capos_writer *writer, uint32_t at, const struct capos_frame_allocator_allocate_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_frame_allocator_allocate_params_put(struct capos_writer *writer, uint32_t at, const struct capos_frame_allocator_allocate_params *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_frame_allocator_allocate_params_fill(value, words);
  capos_frame_allocator_allocate_params_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_frame_allocator_allocate_params_size(const struct capos_frame_allocator_allocate_params *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_frame_allocator_allocate_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_frame_allocator_allocate_params *value) {
  *value = (struct capos_frame_allocator_allocate_params){0};
  value->size = (uint64_t)(capos_get_u64(&view, 0));
  value->contiguous = (capos_get_bit(&view, 64)) != 0;
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_frame_allocator_allocate_params_encode(const struct capos_frame_allocator_allocate_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_frame_allocator_allocate_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_frame_allocator_allocate_params_decode(struct capos_frame_allocator_allocate_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_frame_allocator_allocate_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_frame_allocator_allocate_results {
  struct capos_capability object;
};

static inline uint32_t capos_frame_allocator_allocate_results_fill(const struct capos_frame_allocator_allocate_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->object.cap != CAPOS_NULL_CAP) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_frame_allocator_allocate_results_point(struct capos_writer *writer, uint32_t at, const struct capos_frame_allocator_allocate_results *value) {
  if (value->object.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->object);
}

static inline void capos_frame_allocator_allocate_results_put(struct capos_writer *writer, uint32_t at, const struct capos_frame_allocator_allocate_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_frame_allocator_allocate_results_fill(value, words);
  capos_frame_allocator_allocate_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_frame_allocator_allocate_results_size(const struct capos_frame_allocator_allocate_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_frame_allocator_allocate_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_frame_allocator_allocate_results *value) {
  *value = (struct capos_frame_allocator_allocate_results){0};
  value->object = capos_read_capability(reader, &view, 0, UINT64_C(0xb3b7a50d334fac6e));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_frame_allocator_allocate_results_encode(const struct capos_frame_allocator_allocate_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_frame_allocator_allocate_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_frame_allocator_allocate_results_decode(struct capos_frame_allocator_allocate_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_frame_allocator_allocate_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_frame_allocator_available_results {
  uint64_t bytes;
};

static inline uint32_t capos_frame_allocator_available_results_fill(const struct capos_frame_allocator_available_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->bytes;
  return pointers;
}

static inline void capos_frame_allocator_available_results_point(struct capos_writer *writer, uint32_t at, const struct capos_frame_allocator_available_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_frame_allocator_available_results_put(struct capos_writer *writer, uint32_t at, const struct capos_frame_allocator_available_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_frame_allocator_available_results_fill(value, words);
  capos_frame_allocator_available_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_frame_allocator_available_results_size(const struct capos_frame_allocator_available_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_frame_allocator_available_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_frame_allocator_available_results *value) {
  *value = (struct capos_frame_allocator_available_results){0};
  value->bytes = (uint64_t)(capos_get_u64(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_frame_allocator_available_results_encode(const struct capos_frame_allocator_available_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_frame_allocator_available_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_frame_allocator_available_results_decode(struct capos_frame_allocator_available_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_frame_allocator_available_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/**
 * The address space of whoever calls. Addresses and lengths are multiples of 4096; protection: 1 read, 2 write, 4 execute.
 * invalidArgument: a bad range, an overlap, write with execute. overloaded: no memory or address space left.
 */
#define CAPOS_VIRTUAL_MEMORY_INTERFACE_ID UINT64_C(0xc5f6cf3937053d85)
#define CAPOS_VIRTUAL_MEMORY_METHOD_MAP 0u
#define CAPOS_VIRTUAL_MEMORY_METHOD_MAP_OBJECT 1u
#define CAPOS_VIRTUAL_MEMORY_METHOD_UNMAP 2u
#define CAPOS_VIRTUAL_MEMORY_METHOD_PROTECT 3u
#define CAPOS_VIRTUAL_MEMORY_METHOD_RESERVE 4u
#define CAPOS_VIRTUAL_MEMORY_METHOD_COMMIT 5u
#define CAPOS_VIRTUAL_MEMORY_METHOD_DECOMMIT 6u

/** Demand-zero anonymous memory. address 0 lets the kernel choose; fixed replaces what is mapped there. */
static inline int capos_virtual_memory_map(capos_cap target, const struct capos_virtual_memory_map_params *params, struct capos_virtual_memory_map_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_virtual_memory_map_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_virtual_memory_map_params_size(params));
  if (error == 0) error = capos_virtual_memory_map_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_virtual_memory_map_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Pages of an object, shared with everybody else who maps or writes them. */
static inline int capos_virtual_memory_map_object(capos_cap target, const struct capos_virtual_memory_map_object_params *params, struct capos_virtual_memory_map_object_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_virtual_memory_map_object_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_virtual_memory_map_object_params_size(params));
  if (error == 0) error = capos_virtual_memory_map_object_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  if (error == 0) error = capos_virtual_memory_map_object_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Frees memory and addresses. */
static inline int capos_virtual_memory_unmap(capos_cap target, const struct capos_virtual_memory_unmap_params *params) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8 + capos_virtual_memory_unmap_params_size(params));
  if (error == 0) error = capos_virtual_memory_unmap_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 2);
  return capos_exchange_end(&exchange, error);
}

/** Changes what may be done with pages; their content stays. */
static inline int capos_virtual_memory_protect(capos_cap target, const struct capos_virtual_memory_protect_params *params) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8 + capos_virtual_memory_protect_params_size(params));
  if (error == 0) error = capos_virtual_memory_protect_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 3);
  return capos_exchange_end(&exchange, error);
}

/** Address space without memory: any access faults until `commit`. */
static inline int capos_virtual_memory_reserve(capos_cap target, const struct capos_virtual_memory_reserve_params *params, struct capos_virtual_memory_reserve_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_virtual_memory_reserve_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_virtual_memory_reserve_params_size(params));
  if (error == 0) error = capos_virtual_memory_reserve_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 4);
  if (error == 0) error = capos_virtual_memory_reserve_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Demand-zero memory in a reserved range. */
static inline int capos_virtual_memory_commit(capos_cap target, const struct capos_virtual_memory_commit_params *params) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8 + capos_virtual_memory_commit_params_size(params));
  if (error == 0) error = capos_virtual_memory_commit_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 5);
  return capos_exchange_end(&exchange, error);
}

/** Frees the frames; the range stays reserved, and reads zero when committed again. */
static inline int capos_virtual_memory_decommit(capos_cap target, const struct capos_virtual_memory_decommit_params *params) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8 + capos_virtual_memory_decommit_params_size(params));
  if (error == 0) error = capos_virtual_memory_decommit_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 6);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a VirtualMemory server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_virtual_memory_server {
  /** Demand-zero anonymous memory. address 0 lets the kernel choose; fixed replaces what is mapped there. */
  int (*map)(void *context, const struct capos_received *call, const struct capos_virtual_memory_map_params *params, struct capos_virtual_memory_map_results *results);
  /** Pages of an object, shared with everybody else who maps or writes them. */
  int (*map_object)(void *context, const struct capos_received *call, const struct capos_virtual_memory_map_object_params *params, struct capos_virtual_memory_map_object_results *results);
  /** Frees memory and addresses. */
  int (*unmap)(void *context, const struct capos_received *call, const struct capos_virtual_memory_unmap_params *params);
  /** Changes what may be done with pages; their content stays. */
  int (*protect)(void *context, const struct capos_received *call, const struct capos_virtual_memory_protect_params *params);
  /** Address space without memory: any access faults until `commit`. */
  int (*reserve)(void *context, const struct capos_received *call, const struct capos_virtual_memory_reserve_params *params, struct capos_virtual_memory_reserve_results *results);
  /** Demand-zero memory in a reserved range. */
  int (*commit)(void *context, const struct capos_received *call, const struct capos_virtual_memory_commit_params *params);
  /** Frees the frames; the range stays reserved, and reads zero when committed again. */
  int (*decommit)(void *context, const struct capos_received *call, const struct capos_virtual_memory_decommit_params *params);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_virtual_memory_handle(const struct capos_virtual_memory_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_virtual_memory_map_params params;
      struct capos_virtual_memory_map_results results = {0};
      if (server->map == NULL) break;
      if (capos_virtual_memory_map_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->map(context, call, &params, &results);
      return error < 0 ? error : capos_virtual_memory_map_results_encode(&results, reply);
    }
    case 1: {
      struct capos_virtual_memory_map_object_params params;
      struct capos_virtual_memory_map_object_results results = {0};
      if (server->map_object == NULL) break;
      if (capos_virtual_memory_map_object_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->map_object(context, call, &params, &results);
      return error < 0 ? error : capos_virtual_memory_map_object_results_encode(&results, reply);
    }
    case 2: {
      struct capos_virtual_memory_unmap_params params;
      if (server->unmap == NULL) break;
      if (capos_virtual_memory_unmap_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->unmap(context, call, &params);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 3: {
      struct capos_virtual_memory_protect_params params;
      if (server->protect == NULL) break;
      if (capos_virtual_memory_protect_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->protect(context, call, &params);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 4: {
      struct capos_virtual_memory_reserve_params params;
      struct capos_virtual_memory_reserve_results results = {0};
      if (server->reserve == NULL) break;
      if (capos_virtual_memory_reserve_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->reserve(context, call, &params, &results);
      return error < 0 ? error : capos_virtual_memory_reserve_results_encode(&results, reply);
    }
    case 5: {
      struct capos_virtual_memory_commit_params params;
      if (server->commit == NULL) break;
      if (capos_virtual_memory_commit_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->commit(context, call, &params);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 6: {
      struct capos_virtual_memory_decommit_params params;
      if (server->decommit == NULL) break;
      if (capos_virtual_memory_decommit_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->decommit(context, call, &params);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "VirtualMemory has no such method here");
}

/** Pages of their own, independent of any address space: to share, to hand on, to snapshot. */
#define CAPOS_MEMORY_OBJECT_INTERFACE_ID UINT64_C(0xb3b7a50d334fac6e)
#define CAPOS_MEMORY_OBJECT_METHOD_GET_SIZE 0u
#define CAPOS_MEMORY_OBJECT_METHOD_READ 1u
#define CAPOS_MEMORY_OBJECT_METHOD_WRITE 2u
#define CAPOS_MEMORY_OBJECT_METHOD_CREATE_CHILD 3u

/** Bytes, a multiple of 4096. */
static inline int capos_memory_object_get_size(capos_cap target, struct capos_memory_object_get_size_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_memory_object_get_size_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_memory_object_get_size_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** invalidArgument: the range leaves the object. */
static inline int capos_memory_object_read(capos_cap target, const struct capos_memory_object_read_params *params, struct capos_memory_object_read_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_memory_object_read_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_memory_object_read_params_size(params));
  if (error == 0) error = capos_memory_object_read_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  if (error == 0) error = capos_memory_object_read_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** invalidArgument: the range leaves the object. overloaded: no frame left. */
static inline int capos_memory_object_write(capos_cap target, const struct capos_memory_object_write_params *params) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8 + capos_memory_object_write_params_size(params));
  if (error == 0) error = capos_memory_object_write_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 2);
  return capos_exchange_end(&exchange, error);
}

/** A copy-on-write snapshot of a range of whole pages, paid for by the caller. */
static inline int capos_memory_object_create_child(capos_cap target, const struct capos_memory_object_create_child_params *params, struct capos_memory_object_create_child_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_memory_object_create_child_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_memory_object_create_child_params_size(params));
  if (error == 0) error = capos_memory_object_create_child_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 3);
  if (error == 0) error = capos_memory_object_create_child_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a MemoryObject server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_memory_object_server {
  /** Bytes, a multiple of 4096. */
  int (*get_size)(void *context, const struct capos_received *call, struct capos_memory_object_get_size_results *results);
  /** invalidArgument: the range leaves the object. */
  int (*read)(void *context, const struct capos_received *call, const struct capos_memory_object_read_params *params, struct capos_memory_object_read_results *results);
  /** invalidArgument: the range leaves the object. overloaded: no frame left. */
  int (*write)(void *context, const struct capos_received *call, const struct capos_memory_object_write_params *params);
  /** A copy-on-write snapshot of a range of whole pages, paid for by the caller. */
  int (*create_child)(void *context, const struct capos_received *call, const struct capos_memory_object_create_child_params *params, struct capos_memory_object_create_child_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_memory_object_handle(const struct capos_memory_object_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_memory_object_get_size_results results = {0};
      if (server->get_size == NULL) break;
      int error = server->get_size(context, call, &results);
      return error < 0 ? error : capos_memory_object_get_size_results_encode(&results, reply);
    }
    case 1: {
      struct capos_memory_object_read_params params;
      struct capos_memory_object_read_results results = {0};
      if (server->read == NULL) break;
      if (capos_memory_object_read_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->read(context, call, &params, &results);
      return error < 0 ? error : capos_memory_object_read_results_encode(&results, reply);
    }
    case 2: {
      struct capos_memory_object_write_params params;
      if (server->write == NULL) break;
      if (capos_memory_object_write_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->write(context, call, &params);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 3: {
      struct capos_memory_object_create_child_params params;
      struct capos_memory_object_create_child_results results = {0};
      if (server->create_child == NULL) break;
      if (capos_memory_object_create_child_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->create_child(context, call, &params, &results);
      return error < 0 ? error : capos_memory_object_create_child_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "MemoryObject has no such method here");
}

/** Memory as objects, on the account of whoever asks. */
#define CAPOS_FRAME_ALLOCATOR_INTERFACE_ID UINT64_C(0xe8a9a35b58ff58e1)
#define CAPOS_FRAME_ALLOCATOR_METHOD_ALLOCATE 0u
#define CAPOS_FRAME_ALLOCATOR_METHOD_AVAILABLE 1u

/** size: a multiple of 4096. contiguous: in one physical piece. overloaded: not that much left. */
static inline int capos_frame_allocator_allocate(capos_cap target, const struct capos_frame_allocator_allocate_params *params, struct capos_frame_allocator_allocate_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_frame_allocator_allocate_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_frame_allocator_allocate_params_size(params));
  if (error == 0) error = capos_frame_allocator_allocate_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_frame_allocator_allocate_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** What the caller could still allocate. */
static inline int capos_frame_allocator_available(capos_cap target, struct capos_frame_allocator_available_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_frame_allocator_available_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  if (error == 0) error = capos_frame_allocator_available_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a FrameAllocator server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_frame_allocator_server {
  /** size: a multiple of 4096. contiguous: in one physical piece. overloaded: not that much left. */
  int (*allocate)(void *context, const struct capos_received *call, const struct capos_frame_allocator_allocate_params *params, struct capos_frame_allocator_allocate_results *results);
  /** What the caller could still allocate. */
  int (*available)(void *context, const struct capos_received *call, struct capos_frame_allocator_available_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_frame_allocator_handle(const struct capos_frame_allocator_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_frame_allocator_allocate_params params;
      struct capos_frame_allocator_allocate_results results = {0};
      if (server->allocate == NULL) break;
      if (capos_frame_allocator_allocate_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->allocate(context, call, &params, &results);
      return error < 0 ? error : capos_frame_allocator_allocate_results_encode(&results, reply);
    }
    case 1: {
      struct capos_frame_allocator_available_results results = {0};
      if (server->available == NULL) break;
      int error = server->available(context, call, &results);
      return error < 0 ? error : capos_frame_allocator_available_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "FrameAllocator has no such method here");
}

#endif
