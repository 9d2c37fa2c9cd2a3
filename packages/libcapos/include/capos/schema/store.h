/* Generated from store.capnp. Do not edit.
   Content-addressed blobs, and names bound to them. */
#ifndef CAPOS_SCHEMA_CAPOS_STORE_H
#define CAPOS_SCHEMA_CAPOS_STORE_H

#include <capos/call.h>
#include <capos/endpoint.h>
#include <capos/message.h>

enum capos_namespace_outcome {
  CAPOS_NAMESPACE_OUTCOME_OK = 0,
  CAPOS_NAMESPACE_OUTCOME_CONFLICT = 1,
  CAPOS_NAMESPACE_OUTCOME_MISSING = 2,
};

struct capos_store_put_params {
  struct capos_data data;
};

static inline uint32_t capos_store_put_params_fill(const struct capos_store_put_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->data.length != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_store_put_params_point(struct capos_writer *writer, uint32_t at, const struct capos_store_put_params *value) {
  if (value->data.length != 0) capos_write_data(writer, at + 0, value->data);
}

static inline void capos_store_put_params_put(struct capos_writer *writer, uint32_t at, const struct capos_store_put_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_store_put_params_fill(value, words);
  capos_store_put_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_store_put_params_size(const struct capos_store_put_params *value) {
  uint64_t size = 8;
  size += ((uint64_t)value->data.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_store_put_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_store_put_params *value) {
  *value = (struct capos_store_put_params){0};
  value->data = capos_read_data(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_store_put_params_encode(const struct capos_store_put_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_store_put_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_store_put_params_decode(struct capos_store_put_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_store_put_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_store_put_results {
  struct capos_data id;
};

static inline uint32_t capos_store_put_results_fill(const struct capos_store_put_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->id.length != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_store_put_results_point(struct capos_writer *writer, uint32_t at, const struct capos_store_put_results *value) {
  if (value->id.length != 0) capos_write_data(writer, at + 0, value->id);
}

static inline void capos_store_put_results_put(struct capos_writer *writer, uint32_t at, const struct capos_store_put_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_store_put_results_fill(value, words);
  capos_store_put_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_store_put_results_size(const struct capos_store_put_results *value) {
  uint64_t size = 8;
  size += ((uint64_t)value->id.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_store_put_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_store_put_results *value) {
  *value = (struct capos_store_put_results){0};
  value->id = capos_read_data(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_store_put_results_encode(const struct capos_store_put_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_store_put_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_store_put_results_decode(struct capos_store_put_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_store_put_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_store_get_params {
  struct capos_data id;
  uint64_t offset;
  uint32_t length;
};

static inline uint32_t capos_store_get_params_fill(const struct capos_store_get_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->id.length != 0) pointers = 1;
  words[0] |= (uint64_t)value->offset;
  words[1] |= (uint64_t)(uint32_t)value->length;
  return pointers;
}

static inline void capos_store_get_params_point(struct capos_writer *writer, uint32_t at, const struct capos_store_get_params *value) {
  if (value->id.length != 0) capos_write_data(writer, at + 0, value->id);
}

static inline void capos_store_get_params_put(struct capos_writer *writer, uint32_t at, const struct capos_store_get_params *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_store_get_params_fill(value, words);
  capos_store_get_params_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_store_get_params_size(const struct capos_store_get_params *value) {
  uint64_t size = 24;
  size += ((uint64_t)value->id.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_store_get_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_store_get_params *value) {
  *value = (struct capos_store_get_params){0};
  value->id = capos_read_data(reader, &view, 0);
  value->offset = (uint64_t)(capos_get_u64(&view, 0));
  value->length = (uint32_t)(capos_get_u32(&view, 8));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_store_get_params_encode(const struct capos_store_get_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_store_get_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_store_get_params_decode(struct capos_store_get_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_store_get_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_store_get_results {
  struct capos_data data;
  uint64_t size;
  bool missing;
};

static inline uint32_t capos_store_get_results_fill(const struct capos_store_get_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->data.length != 0) pointers = 1;
  words[0] |= (uint64_t)value->size;
  words[1] |= (uint64_t)value->missing;
  return pointers;
}

static inline void capos_store_get_results_point(struct capos_writer *writer, uint32_t at, const struct capos_store_get_results *value) {
  if (value->data.length != 0) capos_write_data(writer, at + 0, value->data);
}

static inline void capos_store_get_results_put(struct capos_writer *writer, uint32_t at, const struct capos_store_get_results *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_store_get_results_fill(value, words);
  capos_store_get_results_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_store_get_results_size(const struct capos_store_get_results *value) {
  uint64_t size = 24;
  size += ((uint64_t)value->data.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_store_get_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_store_get_results *value) {
  *value = (struct capos_store_get_results){0};
  value->data = capos_read_data(reader, &view, 0);
  value->size = (uint64_t)(capos_get_u64(&view, 0));
  value->missing = (capos_get_bit(&view, 64)) != 0;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_store_get_results_encode(const struct capos_store_get_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_store_get_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_store_get_results_decode(struct capos_store_get_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_store_get_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_store_has_params {
  struct capos_data id;
};

static inline uint32_t capos_store_has_params_fill(const struct capos_store_has_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->id.length != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_store_has_params_point(struct capos_writer *writer, uint32_t at, const struct capos_store_has_params *value) {
  if (value->id.length != 0) capos_write_data(writer, at + 0, value->id);
}

static inline void capos_store_has_params_put(struct capos_writer *writer, uint32_t at, const struct capos_store_has_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_store_has_params_fill(value, words);
  capos_store_has_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_store_has_params_size(const struct capos_store_has_params *value) {
  uint64_t size = 8;
  size += ((uint64_t)value->id.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_store_has_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_store_has_params *value) {
  *value = (struct capos_store_has_params){0};
  value->id = capos_read_data(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_store_has_params_encode(const struct capos_store_has_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_store_has_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_store_has_params_decode(struct capos_store_has_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_store_has_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_store_has_results {
  bool present;
  uint64_t size;
};

static inline uint32_t capos_store_has_results_fill(const struct capos_store_has_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->present;
  words[1] |= (uint64_t)value->size;
  return pointers;
}

static inline void capos_store_has_results_point(struct capos_writer *writer, uint32_t at, const struct capos_store_has_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_store_has_results_put(struct capos_writer *writer, uint32_t at, const struct capos_store_has_results *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_store_has_results_fill(value, words);
  capos_store_has_results_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_store_has_results_size(const struct capos_store_has_results *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_store_has_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_store_has_results *value) {
  *value = (struct capos_store_has_results){0};
  value->present = (capos_get_bit(&view, 0)) != 0;
  value->size = (uint64_t)(capos_get_u64(&view, 8));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_store_has_results_encode(const struct capos_store_has_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_store_has_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_store_has_results_decode(struct capos_store_has_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_store_has_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_namespace_resolve_params {
  struct capos_text name;
};

static inline uint32_t capos_namespace_resolve_params_fill(const struct capos_namespace_resolve_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_namespace_resolve_params_point(struct capos_writer *writer, uint32_t at, const struct capos_namespace_resolve_params *value) {
  if (value->name.length != 0) capos_write_text(writer, at + 0, value->name);
}

static inline void capos_namespace_resolve_params_put(struct capos_writer *writer, uint32_t at, const struct capos_namespace_resolve_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_namespace_resolve_params_fill(value, words);
  capos_namespace_resolve_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_namespace_resolve_params_size(const struct capos_namespace_resolve_params *value) {
  uint64_t size = 8;
  size += ((uint64_t)value->name.length + 8) & ~UINT64_C(7);
  return size;
}

static inline void capos_namespace_resolve_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_namespace_resolve_params *value) {
  *value = (struct capos_namespace_resolve_params){0};
  value->name = capos_read_text(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_namespace_resolve_params_encode(const struct capos_namespace_resolve_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_namespace_resolve_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_namespace_resolve_params_decode(struct capos_namespace_resolve_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_namespace_resolve_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/** Values of `which` of NamespaceBinding. */
enum {
  CAPOS_NAMESPACE_BINDING_MISSING = 0,
  CAPOS_NAMESPACE_BINDING_ID = 1,
};

struct capos_namespace_binding {
  uint16_t which; /**< CAPOS_NAMESPACE_BINDING_… */
  union {
    struct capos_data id;
  };
};

static inline uint32_t capos_namespace_binding_fill(const struct capos_namespace_binding *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->which;
  switch (value->which) {
    case 1:
      if (pointers < 1 && value->id.length != 0) pointers = 1;
      break;
  }
  return pointers;
}

static inline void capos_namespace_binding_point(struct capos_writer *writer, uint32_t at, const struct capos_namespace_binding *value) {
  if (value->which == 1) if (value->id.length != 0) capos_write_data(writer, at + 0, value->id);
}

static inline void capos_namespace_binding_put(struct capos_writer *writer, uint32_t at, const struct capos_namespace_binding *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_namespace_binding_fill(value, words);
  capos_namespace_binding_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_namespace_binding_size(const struct capos_namespace_binding *value) {
  uint64_t size = 16;
  switch (value->which) {
    case 1:
      size += ((uint64_t)value->id.length + 7) & ~UINT64_C(7);
      break;
  }
  return size;
}

static inline void capos_namespace_binding_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_namespace_binding *value) {
  *value = (struct capos_namespace_binding){0};
  value->which = capos_read_which(reader, &view, 0, 2);
  switch (value->which) {
    case 1:
      value->id = capos_read_data(reader, &view, 0);
      break;
  }
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_namespace_binding_encode(const struct capos_namespace_binding *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_namespace_binding_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_namespace_binding_decode(struct capos_namespace_binding *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_namespace_binding_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_namespace_resolve_results {
  struct capos_namespace_binding binding;
};

static inline uint32_t capos_namespace_resolve_results_fill(const struct capos_namespace_resolve_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1) pointers = 1;
  (void)value;
  (void)words;
  return pointers;
}

static inline void capos_namespace_resolve_results_point(struct capos_writer *writer, uint32_t at, const struct capos_namespace_resolve_results *value) {
  capos_namespace_binding_put(writer, at + 0, &value->binding);
}

static inline void capos_namespace_resolve_results_put(struct capos_writer *writer, uint32_t at, const struct capos_namespace_resolve_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_namespace_resolve_results_fill(value, words);
  capos_namespace_resolve_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_namespace_resolve_results_size(const struct capos_namespace_resolve_results *value) {
  uint64_t size = 8;
  size += capos_namespace_binding_size(&value->binding);
  return size;
}

static inline void capos_namespace_resolve_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_namespace_resolve_results *value) {
  *value = (struct capos_namespace_resolve_results){0};
  capos_namespace_binding_read(reader, capos_read_struct(reader, &view, 0), &value->binding);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_namespace_resolve_results_encode(const struct capos_namespace_resolve_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_namespace_resolve_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_namespace_resolve_results_decode(struct capos_namespace_resolve_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_namespace_resolve_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_namespace_bind_params {
  struct capos_text name;
  struct capos_data id;
  struct capos_data if_match;
  bool conditional;
};

static inline uint32_t capos_namespace_bind_params_fill(const struct capos_namespace_bind_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  if (pointers < 2 && value->id.length != 0) pointers = 2;
  if (pointers < 3 && value->if_match.length != 0) pointers = 3;
  words[0] |= (uint64_t)value->conditional;
  return pointers;
}

static inline void capos_namespace_bind_params_point(struct capos_writer *writer, uint32_t at, const struct capos_namespace_bind_params *value) {
  if (value->name.length != 0) capos_write_text(writer, at + 0, value->name);
  if (value->id.length != 0) capos_write_data(writer, at + 8, value->id);
  if (value->if_match.length != 0) capos_write_data(writer, at + 16, value->if_match);
}

static inline void capos_namespace_bind_params_put(struct capos_writer *writer, uint32_t at, const struct capos_namespace_bind_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_namespace_bind_params_fill(value, words);
  capos_namespace_bind_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_namespace_bind_params_size(const struct capos_namespace_bind_params *value) {
  uint64_t size = 32;
  size += ((uint64_t)value->name.length + 8) & ~UINT64_C(7);
  size += ((uint64_t)value->id.length + 7) & ~UINT64_C(7);
  size += ((uint64_t)value->if_match.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_namespace_bind_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_namespace_bind_params *value) {
  *value = (struct capos_namespace_bind_params){0};
  value->name = capos_read_text(reader, &view, 0);
  value->id = capos_read_data(reader, &view, 1);
  value->if_match = capos_read_data(reader, &view, 2);
  value->conditional = (capos_get_bit(&view, 0)) != 0;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_namespace_bind_params_encode(const struct capos_namespace_bind_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_namespace_bind_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_namespace_bind_params_decode(struct capos_namespace_bind_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_namespace_bind_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_namespace_bind_results {
  uint16_t outcome;
};

static inline uint32_t capos_namespace_bind_results_fill(const struct capos_namespace_bind_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->outcome;
  return pointers;
}

static inline void capos_namespace_bind_results_point(struct capos_writer *writer, uint32_t at, const struct capos_namespace_bind_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_namespace_bind_results_put(struct capos_writer *writer, uint32_t at, const struct capos_namespace_bind_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_namespace_bind_results_fill(value, words);
  capos_namespace_bind_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_namespace_bind_results_size(const struct capos_namespace_bind_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_namespace_bind_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_namespace_bind_results *value) {
  *value = (struct capos_namespace_bind_results){0};
  value->outcome = (uint16_t)(capos_get_u16(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_namespace_bind_results_encode(const struct capos_namespace_bind_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_namespace_bind_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_namespace_bind_results_decode(struct capos_namespace_bind_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_namespace_bind_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_namespace_unbind_params {
  struct capos_text name;
};

static inline uint32_t capos_namespace_unbind_params_fill(const struct capos_namespace_unbind_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_namespace_unbind_params_point(struct capos_writer *writer, uint32_t at, const struct capos_namespace_unbind_params *value) {
  if (value->name.length != 0) capos_write_text(writer, at + 0, value->name);
}

static inline void capos_namespace_unbind_params_put(struct capos_writer *writer, uint32_t at, const struct capos_namespace_unbind_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_namespace_unbind_params_fill(value, words);
  capos_namespace_unbind_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_namespace_unbind_params_size(const struct capos_namespace_unbind_params *value) {
  uint64_t size = 8;
  size += ((uint64_t)value->name.length + 8) & ~UINT64_C(7);
  return size;
}

static inline void capos_namespace_unbind_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_namespace_unbind_params *value) {
  *value = (struct capos_namespace_unbind_params){0};
  value->name = capos_read_text(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_namespace_unbind_params_encode(const struct capos_namespace_unbind_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_namespace_unbind_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_namespace_unbind_params_decode(struct capos_namespace_unbind_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_namespace_unbind_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_namespace_unbind_results {
  uint16_t outcome;
};

static inline uint32_t capos_namespace_unbind_results_fill(const struct capos_namespace_unbind_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->outcome;
  return pointers;
}

static inline void capos_namespace_unbind_results_point(struct capos_writer *writer, uint32_t at, const struct capos_namespace_unbind_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_namespace_unbind_results_put(struct capos_writer *writer, uint32_t at, const struct capos_namespace_unbind_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_namespace_unbind_results_fill(value, words);
  capos_namespace_unbind_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_namespace_unbind_results_size(const struct capos_namespace_unbind_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_namespace_unbind_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_namespace_unbind_results *value) {
  *value = (struct capos_namespace_unbind_results){0};
  value->outcome = (uint16_t)(capos_get_u16(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_namespace_unbind_results_encode(const struct capos_namespace_unbind_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_namespace_unbind_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_namespace_unbind_results_decode(struct capos_namespace_unbind_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_namespace_unbind_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_namespace_list_params {
  struct capos_text prefix;
  struct capos_text after;
  uint32_t limit;
};

static inline uint32_t capos_namespace_list_params_fill(const struct capos_namespace_list_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->prefix.length != 0) pointers = 1;
  if (pointers < 2 && value->after.length != 0) pointers = 2;
  words[0] |= (uint64_t)(uint32_t)value->limit;
  return pointers;
}

static inline void capos_namespace_list_params_point(struct capos_writer *writer, uint32_t at, const struct capos_namespace_list_params *value) {
  if (value->prefix.length != 0) capos_write_text(writer, at + 0, value->prefix);
  if (value->after.length != 0) capos_write_text(writer, at + 8, value->after);
}

static inline void capos_namespace_list_params_put(struct capos_writer *writer, uint32_t at, const struct capos_namespace_list_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_namespace_list_params_fill(value, words);
  capos_namespace_list_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_namespace_list_params_size(const struct capos_namespace_list_params *value) {
  uint64_t size = 24;
  size += ((uint64_t)value->prefix.length + 8) & ~UINT64_C(7);
  size += ((uint64_t)value->after.length + 8) & ~UINT64_C(7);
  return size;
}

static inline void capos_namespace_list_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_namespace_list_params *value) {
  *value = (struct capos_namespace_list_params){0};
  value->prefix = capos_read_text(reader, &view, 0);
  value->after = capos_read_text(reader, &view, 1);
  value->limit = (uint32_t)(capos_get_u32(&view, 0));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_namespace_list_params_encode(const struct capos_namespace_list_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_namespace_list_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_namespace_list_params_decode(struct capos_namespace_list_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_namespace_list_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_namespace_entry {
  struct capos_text name;
  struct capos_data id;
};

static inline uint32_t capos_namespace_entry_fill(const struct capos_namespace_entry *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  if (pointers < 2 && value->id.length != 0) pointers = 2;
  (void)words;
  return pointers;
}

static inline void capos_namespace_entry_point(struct capos_writer *writer, uint32_t at, const struct capos_namespace_entry *value) {
  if (value->name.length != 0) capos_write_text(writer, at + 0, value->name);
  if (value->id.length != 0) capos_write_data(writer, at + 8, value->id);
}

static inline void capos_namespace_entry_put(struct capos_writer *writer, uint32_t at, const struct capos_namespace_entry *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_namespace_entry_fill(value, words);
  capos_namespace_entry_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_namespace_entry_size(const struct capos_namespace_entry *value) {
  uint64_t size = 16;
  size += ((uint64_t)value->name.length + 8) & ~UINT64_C(7);
  size += ((uint64_t)value->id.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_namespace_entry_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_namespace_entry *value) {
  *value = (struct capos_namespace_entry){0};
  value->name = capos_read_text(reader, &view, 0);
  value->id = capos_read_data(reader, &view, 1);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_namespace_entry_encode(const struct capos_namespace_entry *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_namespace_entry_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_namespace_entry_decode(struct capos_namespace_entry *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_namespace_entry_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/**
 * A list of NamespaceEntry. To send one, set `items` and `count`; one that was received has `count` elements that
 * capos_namespace_entry_list_get reads one at a time, and can be sent on as it is.
 */
struct capos_namespace_entry_list {
  const struct capos_namespace_entry *items;
  uint32_t count;
  struct capos_list_view view;
};

static inline int capos_namespace_entry_list_get(const struct capos_namespace_entry_list *list, uint32_t index, struct capos_namespace_entry *item);

static inline void capos_namespace_entry_list_put(struct capos_writer *writer, uint32_t at, const struct capos_namespace_entry_list *list) {
  if (list->count == 0) return;
  struct capos_namespace_entry item;
  uint32_t data_words = 0, pointers = 0;
  for (uint32_t index = 0; index < list->count; index++) {
    uint64_t words[1] = {0};
    if (capos_namespace_entry_list_get(list, index, &item) < 0) writer->failed = true;
    uint32_t needed = capos_namespace_entry_fill(&item, words);
    uint32_t used = capos_used_words(words, 0);
    if (used > data_words) data_words = used;
    if (needed > pointers) pointers = needed;
  }
  uint32_t body = capos_write_struct_list(writer, at, list->count, data_words, pointers);
  for (uint32_t index = 0; index < list->count && !writer->failed; index++, body += (data_words + pointers) * 8) {
    uint64_t words[1] = {0};
    capos_namespace_entry_list_get(list, index, &item);
    capos_namespace_entry_fill(&item, words);
    capos_write_words(writer, body, words, data_words);
    capos_namespace_entry_point(writer, body + data_words * 8, &item);
  }
}

static inline uint64_t capos_namespace_entry_list_size(const struct capos_namespace_entry_list *list) {
  uint64_t size = 8;
  struct capos_namespace_entry item;
  for (uint32_t index = 0; index < list->count; index++) {
    if (capos_namespace_entry_list_get(list, index, &item) == 0) size += capos_namespace_entry_size(&item);
  }
  return size;
}

static inline void capos_namespace_entry_list_read(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot,
                                     struct capos_namespace_entry_list *list) {
  *list = (struct capos_namespace_entry_list){.items = NULL};
  list->view = capos_read_list(reader, view, slot, CAPOS_ELEMENT_STRUCT);
  list->count = list->view.count;
}

/** Element `index` of a list, received or not. Answers 0 or −CAPOS_ERROR_BAD_MESSAGE. */
static inline int capos_namespace_entry_list_get(const struct capos_namespace_entry_list *list, uint32_t index, struct capos_namespace_entry *item) {
  struct capos_reader reader;
  struct capos_struct_view view;
  if (list->items != NULL && index < list->count) {
    *item = list->items[index];
    return 0;
  }
  *item = (struct capos_namespace_entry){0};
  if (!capos_list_element(&list->view, index, &reader, &view)) return -CAPOS_ERROR_BAD_MESSAGE;
  capos_namespace_entry_read(&reader, view, item);
  return capos_reader_end(&reader);
}

struct capos_namespace_list_results {
  struct capos_namespace_entry_list entries;
  bool more;
};

static inline uint32_t capos_namespace_list_results_fill(const struct capos_namespace_list_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->entries.count != 0) pointers = 1;
  words[0] |= (uint64_t)value->more;
  return pointers;
}

static inline void capos_namespace_list_results_point(struct capos_writer *writer, uint32_t at, const struct capos_namespace_list_results *value) {
  capos_namespace_entry_list_put(writer, at + 0, &value->entries);
}

static inline void capos_namespace_list_results_put(struct capos_writer *writer, uint32_t at, const struct capos_namespace_list_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_namespace_list_results_fill(value, words);
  capos_namespace_list_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_namespace_list_results_size(const struct capos_namespace_list_results *value) {
  uint64_t size = 16;
  size += capos_namespace_entry_list_size(&value->entries);
  return size;
}

static inline void capos_namespace_list_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_namespace_list_results *value) {
  *value = (struct capos_namespace_list_results){0};
  capos_namespace_entry_list_read(reader, &view, 0, &value->entries);
  value->more = (capos_get_bit(&view, 0)) != 0;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_namespace_list_results_encode(const struct capos_namespace_list_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_namespace_list_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_namespace_list_results_decode(struct capos_namespace_list_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_namespace_list_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_namespace_sub_params {
  struct capos_text prefix;
};

static inline uint32_t capos_namespace_sub_params_fill(const struct capos_namespace_sub_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->prefix.length != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_namespace_sub_params_point(struct capos_writer *writer, uint32_t at, const struct capos_namespace_sub_params *value) {
  if (value->prefix.length != 0) capos_write_text(writer, at + 0, value->prefix);
}

static inline void capos_namespace_sub_params_put(struct capos_writer *writer, uint32_t at, const struct capos_namespace_sub_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_namespace_sub_params_fill(value, words);
  capos_namespace_sub_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_namespace_sub_params_size(const struct capos_namespace_sub_params *value) {
  uint64_t size = 8;
  size += ((uint64_t)value->prefix.length + 8) & ~UINT64_C(7);
  return size;
}

static inline void capos_namespace_sub_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_namespace_sub_params *value) {
  *value = (struct capos_namespace_sub_params){0};
  value->prefix = capos_read_text(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_namespace_sub_params_encode(const struct capos_namespace_sub_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_namespace_sub_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_namespace_sub_params_decode(struct capos_namespace_sub_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_namespace_sub_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_namespace_sub_results {
  struct capos_capability namespace;
};

static inline uint32_t capos_namespace_sub_results_fill(const struct capos_namespace_sub_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->namespace.cap != CAPOS_NULL_CAP) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_namespace_sub_results_point(struct capos_writer *writer, uint32_t at, const struct capos_namespace_sub_results *value) {
  if (value->namespace.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->namespace);
}

static inline void capos_namespace_sub_results_put(struct capos_writer *writer, uint32_t at, const struct capos_namespace_sub_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_namespace_sub_results_fill(value, words);
  capos_namespace_sub_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_namespace_sub_results_size(const struct capos_namespace_sub_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_namespace_sub_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_namespace_sub_results *value) {
  *value = (struct capos_namespace_sub_results){0};
  value->namespace = capos_read_capability(reader, &view, 0, UINT64_C(0xfc6f4cb5bb409062));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_namespace_sub_results_encode(const struct capos_namespace_sub_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_namespace_sub_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_namespace_sub_results_decode(struct capos_namespace_sub_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_namespace_sub_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_namespace_change {
  struct capos_text name;
  /** empty: unbind */
  struct capos_data id;
  /** conditional: as for bind */
  struct capos_data if_match;
  bool conditional;
};

static inline uint32_t capos_namespace_change_fill(const struct capos_namespace_change *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  if (pointers < 2 && value->id.length != 0) pointers = 2;
  if (pointers < 3 && value->if_match.length != 0) pointers = 3;
  words[0] |= (uint64_t)value->conditional;
  return pointers;
}

static inline void capos_namespace_change_point(struct capos_writer *writer, uint32_t at, const struct capos_namespace_change *value) {
  if (value->name.length != 0) capos_write_text(writer, at + 0, value->name);
  if (value->id.length != 0) capos_write_data(writer, at + 8, value->id);
  if (value->if_match.length != 0) capos_write_data(writer, at + 16, value->if_match);
}

static inline void capos_namespace_change_put(struct capos_writer *writer, uint32_t at, const struct capos_namespace_change *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_namespace_change_fill(value, words);
  capos_namespace_change_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_namespace_change_size(const struct capos_namespace_change *value) {
  uint64_t size = 32;
  size += ((uint64_t)value->name.length + 8) & ~UINT64_C(7);
  size += ((uint64_t)value->id.length + 7) & ~UINT64_C(7);
  size += ((uint64_t)value->if_match.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_namespace_change_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_namespace_change *value) {
  *value = (struct capos_namespace_change){0};
  value->name = capos_read_text(reader, &view, 0);
  value->id = capos_read_data(reader, &view, 1);
  value->if_match = capos_read_data(reader, &view, 2);
  value->conditional = (capos_get_bit(&view, 0)) != 0;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_namespace_change_encode(const struct capos_namespace_change *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_namespace_change_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_namespace_change_decode(struct capos_namespace_change *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_namespace_change_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/**
 * A list of NamespaceChange. To send one, set `items` and `count`; one that was received has `count` elements that
 * capos_namespace_change_list_get reads one at a time, and can be sent on as it is.
 */
struct capos_namespace_change_list {
  const struct capos_namespace_change *items;
  uint32_t count;
  struct capos_list_view view;
};

static inline int capos_namespace_change_list_get(const struct capos_namespace_change_list *list, uint32_t index, struct capos_namespace_change *item);

static inline void capos_namespace_change_list_put(struct capos_writer *writer, uint32_t at, const struct capos_namespace_change_list *list) {
  if (list->count == 0) return;
  struct capos_namespace_change item;
  uint32_t data_words = 0, pointers = 0;
  for (uint32_t index = 0; index < list->count; index++) {
    uint64_t words[1] = {0};
    if (capos_namespace_change_list_get(list, index, &item) < 0) writer->failed = true;
    uint32_t needed = capos_namespace_change_fill(&item, words);
    uint32_t used = capos_used_words(words, 1);
    if (used > data_words) data_words = used;
    if (needed > pointers) pointers = needed;
  }
  uint32_t body = capos_write_struct_list(writer, at, list->count, data_words, pointers);
  for (uint32_t index = 0; index < list->count && !writer->failed; index++, body += (data_words + pointers) * 8) {
    uint64_t words[1] = {0};
    capos_namespace_change_list_get(list, index, &item);
    capos_namespace_change_fill(&item, words);
    capos_write_words(writer, body, words, data_words);
    capos_namespace_change_point(writer, body + data_words * 8, &item);
  }
}

static inline uint64_t capos_namespace_change_list_size(const struct capos_namespace_change_list *list) {
  uint64_t size = 8;
  struct capos_namespace_change item;
  for (uint32_t index = 0; index < list->count; index++) {
    if (capos_namespace_change_list_get(list, index, &item) == 0) size += capos_namespace_change_size(&item);
  }
  return size;
}

static inline void capos_namespace_change_list_read(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot,
                                     struct capos_namespace_change_list *list) {
  *list = (struct capos_namespace_change_list){.items = NULL};
  list->view = capos_read_list(reader, view, slot, CAPOS_ELEMENT_STRUCT);
  list->count = list->view.count;
}

/** Element `index` of a list, received or not. Answers 0 or −CAPOS_ERROR_BAD_MESSAGE. */
static inline int capos_namespace_change_list_get(const struct capos_namespace_change_list *list, uint32_t index, struct capos_namespace_change *item) {
  struct capos_reader reader;
  struct capos_struct_view view;
  if (list->items != NULL && index < list->count) {
    *item = list->items[index];
    return 0;
  }
  *item = (struct capos_namespace_change){0};
  if (!capos_list_element(&list->view, index, &reader, &view)) return -CAPOS_ERROR_BAD_MESSAGE;
  capos_namespace_change_read(&reader, view, item);
  return capos_reader_end(&reader);
}

struct capos_namespace_commit_params {
  struct capos_namespace_change_list changes;
};

static inline uint32_t capos_namespace_commit_params_fill(const struct capos_namespace_commit_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->changes.count != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_namespace_commit_params_point(struct capos_writer *writer, uint32_t at, const struct capos_namespace_commit_params *value) {
  capos_namespace_change_list_put(writer, at + 0, &value->changes);
}

static inline void capos_namespace_commit_params_put(struct capos_writer *writer, uint32_t at, const struct capos_namespace_commit_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_namespace_commit_params_fill(value, words);
  capos_namespace_commit_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_namespace_commit_params_size(const struct capos_namespace_commit_params *value) {
  uint64_t size = 8;
  size += capos_namespace_change_list_size(&value->changes);
  return size;
}

static inline void capos_namespace_commit_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_namespace_commit_params *value) {
  *value = (struct capos_namespace_commit_params){0};
  capos_namespace_change_list_read(reader, &view, 0, &value->changes);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_namespace_commit_params_encode(const struct capos_namespace_commit_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_namespace_commit_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_namespace_commit_params_decode(struct capos_namespace_commit_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_namespace_commit_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_namespace_commit_results {
  uint16_t outcome;
  struct capos_text name;
};

static inline uint32_t capos_namespace_commit_results_fill(const struct capos_namespace_commit_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->outcome;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  return pointers;
}

static inline void capos_namespace_commit_results_point(struct capos_writer *writer, uint32_t at, const struct capos_namespace_commit_results *value) {
  if (value->name.length != 0) capos_write_text(writer, at + 0, value->name);
}

static inline void capos_namespace_commit_results_put(struct capos_writer *writer, uint32_t at, const struct capos_namespace_commit_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_namespace_commit_results_fill(value, words);
  capos_namespace_commit_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_namespace_commit_results_size(const struct capos_namespace_commit_results *value) {
  uint64_t size = 16;
  size += ((uint64_t)value->name.length + 8) & ~UINT64_C(7);
  return size;
}

static inline void capos_namespace_commit_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_namespace_commit_results *value) {
  *value = (struct capos_namespace_commit_results){0};
  value->outcome = (uint16_t)(capos_get_u16(&view, 0));
  value->name = capos_read_text(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_namespace_commit_results_encode(const struct capos_namespace_commit_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_namespace_commit_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_namespace_commit_results_decode(struct capos_namespace_commit_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_namespace_commit_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/** Immutable blobs, named by what they contain. */
#define CAPOS_STORE_INTERFACE_ID UINT64_C(0x883c6c8afc0b02f4)
#define CAPOS_STORE_METHOD_PUT 0u
#define CAPOS_STORE_METHOD_GET 1u
#define CAPOS_STORE_METHOD_HAS 2u
#define CAPOS_STORE_METHOD_SYNC 3u

/**
 * Keeps a blob; the same data gives the same id.
 * id is self-describing: algorithm byte (0x12 SHA-256), length byte (0x20), digest.
 */
static inline int capos_store_put(capos_cap target, const struct capos_store_put_params *params, struct capos_store_put_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_store_put_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_store_put_params_size(params));
  if (error == 0) error = capos_store_put_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_store_put_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Less than `length` at the end of the blob, or where the server gives no more at once. */
static inline int capos_store_get(capos_cap target, const struct capos_store_get_params *params, struct capos_store_get_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_store_get_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_store_get_params_size(params));
  if (error == 0) error = capos_store_get_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  if (error == 0) error = capos_store_get_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Whether a blob is there. */
static inline int capos_store_has(capos_cap target, const struct capos_store_has_params *params, struct capos_store_has_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_store_has_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_store_has_params_size(params));
  if (error == 0) error = capos_store_has_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 2);
  if (error == 0) error = capos_store_has_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Answers when everything put before survives a crash. */
static inline int capos_store_sync(capos_cap target) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 3);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a Store server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_store_server {
  /**
   * Keeps a blob; the same data gives the same id.
   * id is self-describing: algorithm byte (0x12 SHA-256), length byte (0x20), digest.
   */
  int (*put)(void *context, const struct capos_received *call, const struct capos_store_put_params *params, struct capos_store_put_results *results);
  /** Less than `length` at the end of the blob, or where the server gives no more at once. */
  int (*get)(void *context, const struct capos_received *call, const struct capos_store_get_params *params, struct capos_store_get_results *results);
  /** Whether a blob is there. */
  int (*has)(void *context, const struct capos_received *call, const struct capos_store_has_params *params, struct capos_store_has_results *results);
  /** Answers when everything put before survives a crash. */
  int (*sync)(void *context, const struct capos_received *call);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_store_handle(const struct capos_store_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_store_put_params params;
      struct capos_store_put_results results = {0};
      if (server->put == NULL) break;
      if (capos_store_put_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->put(context, call, &params, &results);
      return error < 0 ? error : capos_store_put_results_encode(&results, reply);
    }
    case 1: {
      struct capos_store_get_params params;
      struct capos_store_get_results results = {0};
      if (server->get == NULL) break;
      if (capos_store_get_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->get(context, call, &params, &results);
      return error < 0 ? error : capos_store_get_results_encode(&results, reply);
    }
    case 2: {
      struct capos_store_has_params params;
      struct capos_store_has_results results = {0};
      if (server->has == NULL) break;
      if (capos_store_has_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->has(context, call, &params, &results);
      return error < 0 ? error : capos_store_has_results_encode(&results, reply);
    }
    case 3: {
      if (server->sync == NULL) break;
      int error = server->sync(context, call);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "Store has no such method here");
}

/** Names bound to blobs. A name is UTF-8; slashes in it make the hierarchy. */
#define CAPOS_NAMESPACE_INTERFACE_ID UINT64_C(0xfc6f4cb5bb409062)
#define CAPOS_NAMESPACE_METHOD_RESOLVE 0u
#define CAPOS_NAMESPACE_METHOD_BIND 1u
#define CAPOS_NAMESPACE_METHOD_UNBIND 2u
#define CAPOS_NAMESPACE_METHOD_LIST 3u
#define CAPOS_NAMESPACE_METHOD_SUB 4u
#define CAPOS_NAMESPACE_METHOD_SYNC 5u
#define CAPOS_NAMESPACE_METHOD_COMMIT 6u

/** What a name is bound to. */
static inline int capos_namespace_resolve(capos_cap target, const struct capos_namespace_resolve_params *params, struct capos_namespace_resolve_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_namespace_resolve_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_namespace_resolve_params_size(params));
  if (error == 0) error = capos_namespace_resolve_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_namespace_resolve_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * conditional: bind only if the present hash equals ifMatch (empty: only if unbound).
 * missing: the id is not in the store.
 */
static inline int capos_namespace_bind(capos_cap target, const struct capos_namespace_bind_params *params, struct capos_namespace_bind_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_namespace_bind_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_namespace_bind_params_size(params));
  if (error == 0) error = capos_namespace_bind_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  if (error == 0) error = capos_namespace_bind_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** missing: it was not bound. */
static inline int capos_namespace_unbind(capos_cap target, const struct capos_namespace_unbind_params *params, struct capos_namespace_unbind_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_namespace_unbind_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_namespace_unbind_params_size(params));
  if (error == 0) error = capos_namespace_unbind_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 2);
  if (error == 0) error = capos_namespace_unbind_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Names in the order of their UTF-8 bytes, after `after`; limit 0 is as many as the server gives. */
static inline int capos_namespace_list(capos_cap target, const struct capos_namespace_list_params *params, struct capos_namespace_list_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_namespace_list_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_namespace_list_params_size(params));
  if (error == 0) error = capos_namespace_list_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 3);
  if (error == 0) error = capos_namespace_list_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** The names below prefix and a slash, as a namespace of their own. Its holder can't reach outside. */
static inline int capos_namespace_sub(capos_cap target, const struct capos_namespace_sub_params *params, struct capos_namespace_sub_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_namespace_sub_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_namespace_sub_params_size(params));
  if (error == 0) error = capos_namespace_sub_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 4);
  if (error == 0) error = capos_namespace_sub_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Answers when every binding made before survives a crash. */
static inline int capos_namespace_sync(capos_cap target) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 5);
  return capos_exchange_end(&exchange, error);
}

/** All changes or none. Otherwise `name` is the first that stood in the way. */
static inline int capos_namespace_commit(capos_cap target, const struct capos_namespace_commit_params *params, struct capos_namespace_commit_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_namespace_commit_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_namespace_commit_params_size(params));
  if (error == 0) error = capos_namespace_commit_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 6);
  if (error == 0) error = capos_namespace_commit_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a Namespace server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_namespace_server {
  /** What a name is bound to. */
  int (*resolve)(void *context, const struct capos_received *call, const struct capos_namespace_resolve_params *params, struct capos_namespace_resolve_results *results);
  /**
   * conditional: bind only if the present hash equals ifMatch (empty: only if unbound).
   * missing: the id is not in the store.
   */
  int (*bind)(void *context, const struct capos_received *call, const struct capos_namespace_bind_params *params, struct capos_namespace_bind_results *results);
  /** missing: it was not bound. */
  int (*unbind)(void *context, const struct capos_received *call, const struct capos_namespace_unbind_params *params, struct capos_namespace_unbind_results *results);
  /** Names in the order of their UTF-8 bytes, after `after`; limit 0 is as many as the server gives. */
  int (*list)(void *context, const struct capos_received *call, const struct capos_namespace_list_params *params, struct capos_namespace_list_results *results);
  /** The names below prefix and a slash, as a namespace of their own. Its holder can't reach outside. */
  int (*sub)(void *context, const struct capos_received *call, const struct capos_namespace_sub_params *params, struct capos_namespace_sub_results *results);
  /** Answers when every binding made before survives a crash. */
  int (*sync)(void *context, const struct capos_received *call);
  /** All changes or none. Otherwise `name` is the first that stood in the way. */
  int (*commit)(void *context, const struct capos_received *call, const struct capos_namespace_commit_params *params, struct capos_namespace_commit_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_namespace_handle(const struct capos_namespace_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_namespace_resolve_params params;
      struct capos_namespace_resolve_results results = {0};
      if (server->resolve == NULL) break;
      if (capos_namespace_resolve_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->resolve(context, call, &params, &results);
      return error < 0 ? error : capos_namespace_resolve_results_encode(&results, reply);
    }
    case 1: {
      struct capos_namespace_bind_params params;
      struct capos_namespace_bind_results results = {0};
      if (server->bind == NULL) break;
      if (capos_namespace_bind_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->bind(context, call, &params, &results);
      return error < 0 ? error : capos_namespace_bind_results_encode(&results, reply);
    }
    case 2: {
      struct capos_namespace_unbind_params params;
      struct capos_namespace_unbind_results results = {0};
      if (server->unbind == NULL) break;
      if (capos_namespace_unbind_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->unbind(context, call, &params, &results);
      return error < 0 ? error : capos_namespace_unbind_results_encode(&results, reply);
    }
    case 3: {
      struct capos_namespace_list_params params;
      struct capos_namespace_list_results results = {0};
      if (server->list == NULL) break;
      if (capos_namespace_list_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->list(context, call, &params, &results);
      return error < 0 ? error : capos_namespace_list_results_encode(&results, reply);
    }
    case 4: {
      struct capos_namespace_sub_params params;
      struct capos_namespace_sub_results results = {0};
      if (server->sub == NULL) break;
      if (capos_namespace_sub_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->sub(context, call, &params, &results);
      return error < 0 ? error : capos_namespace_sub_results_encode(&results, reply);
    }
    case 5: {
      if (server->sync == NULL) break;
      int error = server->sync(context, call);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 6: {
      struct capos_namespace_commit_params params;
      struct capos_namespace_commit_results results = {0};
      if (server->commit == NULL) break;
      if (capos_namespace_commit_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->commit(context, call, &params, &results);
      return error < 0 ? error : capos_namespace_commit_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "Namespace has no such method here");
}

#endif
