/* Generated from boot.capnp. Do not edit.
   What init is given: the image, read only. */
#ifndef CAPOS_SCHEMA_CAPOS_BOOT_H
#define CAPOS_SCHEMA_CAPOS_BOOT_H

#include <capos/call.h>
#include <capos/endpoint.h>
#include <capos/message.h>

struct capos_boot_package_manifest_results {
  struct capos_data manifest;
};

static inline uint32_t capos_boot_package_manifest_results_fill(const struct capos_boot_package_manifest_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->manifest.length != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_boot_package_manifest_results_point(struct capos_writer *writer, uint32_t at, const struct capos_boot_package_manifest_results *value) {
  if (value->manifest.length != 0) capos_write_data(writer, at + 0, value->manifest);
}

static inline void capos_boot_package_manifest_results_put(struct capos_writer *writer, uint32_t at, const struct capos_boot_package_manifest_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_boot_package_manifest_results_fill(value, words);
  capos_boot_package_manifest_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_boot_package_manifest_results_size(const struct capos_boot_package_manifest_results *value) {
  uint64_t size = 8;
  size += ((uint64_t)value->manifest.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_boot_package_manifest_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_boot_package_manifest_results *value) {
  *value = (struct capos_boot_package_manifest_results){0};
  value->manifest = capos_read_data(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_boot_package_manifest_results_encode(const struct capos_boot_package_manifest_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_boot_package_manifest_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_boot_package_manifest_results_decode(struct capos_boot_package_manifest_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_boot_package_manifest_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_boot_package_list_results {
  struct capos_text_list names;
};

static inline uint32_t capos_boot_package_list_results_fill(const struct capos_boot_package_list_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->names.count != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_boot_package_list_results_point(struct capos_writer *writer, uint32_t at, const struct capos_boot_package_list_results *value) {
  capos_text_list_put(writer, at + 0, &value->names);
}

static inline void capos_boot_package_list_results_put(struct capos_writer *writer, uint32_t at, const struct capos_boot_package_list_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_boot_package_list_results_fill(value, words);
  capos_boot_package_list_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_boot_package_list_results_size(const struct capos_boot_package_list_results *value) {
  uint64_t size = 8;
  size += capos_text_list_size(&value->names);
  return size;
}

static inline void capos_boot_package_list_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_boot_package_list_results *value) {
  *value = (struct capos_boot_package_list_results){0};
  capos_text_list_read(reader, &view, 0, &value->names);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_boot_package_list_results_encode(const struct capos_boot_package_list_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_boot_package_list_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_boot_package_list_results_decode(struct capos_boot_package_list_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_boot_package_list_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_boot_package_read_params {
  struct capos_text name;
  uint64_t offset;
  uint32_t length;
};

static inline uint32_t capos_boot_package_read_params_fill(const struct capos_boot_package_read_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  words[0] |= (uint64_t)value->offset;
  words[1] |= (uint64_t)(uint32_t)value->length;
  return pointers;
}

static inline void capos_boot_package_read_params_point(struct capos_writer *writer, uint32_t at, const struct capos_boot_package_read_params *value) {
  if (value->name.length != 0) capos_write_text(writer, at + 0, value->name);
}

static inline void capos_boot_package_read_params_put(struct capos_writer *writer, uint32_t at, const struct capos_boot_package_read_params *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_boot_package_read_params_fill(value, words);
  capos_boot_package_read_params_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_boot_package_read_params_size(const struct capos_boot_package_read_params *value) {
  uint64_t size = 24;
  size += ((uint64_t)value->name.length + 8) & ~UINT64_C(7);
  return size;
}

static inline void capos_boot_package_read_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_boot_package_read_params *value) {
  *value = (struct capos_boot_package_read_params){0};
  value->name = capos_read_text(reader, &view, 0);
  value->offset = (uint64_t)(capos_get_u64(&view, 0));
  value->length = (uint32_t)(capos_get_u32(&view, 8));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_boot_package_read_params_encode(const struct capos_boot_package_read_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_boot_package_read_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_boot_package_read_params_decode(struct capos_boot_package_read_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_boot_package_read_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_boot_package_read_results {
  struct capos_data data;
  uint64_t size;
};

static inline uint32_t capos_boot_package_read_results_fill(const struct capos_boot_package_read_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->data.length != 0) pointers = 1;
  words[0] |= (uint64_t)value->size;
  return pointers;
}

static inline void capos_boot_package_read_results_point(struct capos_writer *writer, uint32_t at, const struct capos_boot_package_read_results *value) {
  if (value->data.length != 0) capos_write_data(writer, at + 0, value->data);
}

static inline void capos_boot_package_read_results_put(struct capos_writer *writer, uint32_t at, const struct capos_boot_package_read_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_boot_package_read_results_fill(value, words);
  capos_boot_package_read_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_boot_package_read_results_size(const struct capos_boot_package_read_results *value) {
  uint64_t size = 16;
  size += ((uint64_t)value->data.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_boot_package_read_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_boot_package_read_results *value) {
  *value = (struct capos_boot_package_read_results){0};
  value->data = capos_read_data(reader, &view, 0);
  value->size = (uint64_t)(capos_get_u64(&view, 0));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_boot_package_read_results_encode(const struct capos_boot_package_read_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_boot_package_read_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_boot_package_read_results_decode(struct capos_boot_package_read_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_boot_package_read_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/** Manifest and blobs of the image the system was booted with. */
#define CAPOS_BOOT_PACKAGE_INTERFACE_ID UINT64_C(0x80237f1a4ef3dcfe)
#define CAPOS_BOOT_PACKAGE_METHOD_MANIFEST 0u
#define CAPOS_BOOT_PACKAGE_METHOD_LIST 1u
#define CAPOS_BOOT_PACKAGE_METHOD_READ 2u

/** A Manifest message (manifest.capnp), unframed single segment. */
static inline int capos_boot_package_manifest(capos_cap target, struct capos_boot_package_manifest_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_boot_package_manifest_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_boot_package_manifest_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** The names of the blobs. */
static inline int capos_boot_package_list(capos_cap target, struct capos_boot_package_list_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_boot_package_list_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  if (error == 0) error = capos_boot_package_list_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * A part of a blob, less than asked for at its end or when the result buffer is smaller; `size` is the whole blob's.
 * invalidArgument: there is no such blob.
 */
static inline int capos_boot_package_read(capos_cap target, const struct capos_boot_package_read_params *params, struct capos_boot_package_read_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_boot_package_read_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_boot_package_read_params_size(params));
  if (error == 0) error = capos_boot_package_read_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 2);
  if (error == 0) error = capos_boot_package_read_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a BootPackage server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_boot_package_server {
  /** A Manifest message (manifest.capnp), unframed single segment. */
  int (*manifest)(void *context, const struct capos_received *call, struct capos_boot_package_manifest_results *results);
  /** The names of the blobs. */
  int (*list)(void *context, const struct capos_received *call, struct capos_boot_package_list_results *results);
  /**
   * A part of a blob, less than asked for at its end or when the result buffer is smaller; `size` is the whole blob's.
   * invalidArgument: there is no such blob.
   */
  int (*read)(void *context, const struct capos_received *call, const struct capos_boot_package_read_params *params, struct capos_boot_package_read_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_boot_package_handle(const struct capos_boot_package_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_boot_package_manifest_results results = {0};
      if (server->manifest == NULL) break;
      int error = server->manifest(context, call, &results);
      return error < 0 ? error : capos_boot_package_manifest_results_encode(&results, reply);
    }
    case 1: {
      struct capos_boot_package_list_results results = {0};
      if (server->list == NULL) break;
      int error = server->list(context, call, &results);
      return error < 0 ? error : capos_boot_package_list_results_encode(&results, reply);
    }
    case 2: {
      struct capos_boot_package_read_params params;
      struct capos_boot_package_read_results results = {0};
      if (server->read == NULL) break;
      if (capos_boot_package_read_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->read(context, call, &params, &results);
      return error < 0 ? error : capos_boot_package_read_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "BootPackage has no such method here");
}

#endif
