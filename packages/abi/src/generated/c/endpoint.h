/* Generated from endpoint.capnp. Do not edit.
   The meeting point of clients and one server. The owner receives and returns; a client facet may only call.
   Calls on a client facet go to the server with the badge of that facet; the methods below are the owner's own. */
#ifndef CAPOS_SCHEMA_CAPOS_ENDPOINT_H
#define CAPOS_SCHEMA_CAPOS_ENDPOINT_H

#include <capos/call.h>
#include <capos/endpoint.h>
#include <capos/message.h>

struct capos_endpoint_mint_params {
  uint64_t badge;
  uint64_t interface_id;
};

static inline uint32_t capos_endpoint_mint_params_fill(const struct capos_endpoint_mint_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->badge;
  words[1] |= (uint64_t)value->interface_id;
  return pointers;
}

static inline void capos_endpoint_mint_params_point(struct capos_writer *writer, uint32_t at, const struct capos_endpoint_mint_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_endpoint_mint_params_put(struct capos_writer *writer, uint32_t at, const struct capos_endpoint_mint_params *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_endpoint_mint_params_fill(value, words);
  capos_endpoint_mint_params_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_endpoint_mint_params_size(const struct capos_endpoint_mint_params *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_endpoint_mint_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_endpoint_mint_params *value) {
  *value = (struct capos_endpoint_mint_params){0};
  value->badge = (uint64_t)(capos_get_u64(&view, 0));
  value->interface_id = (uint64_t)(capos_get_u64(&view, 8));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_endpoint_mint_params_encode(const struct capos_endpoint_mint_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_endpoint_mint_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_endpoint_mint_params_decode(struct capos_endpoint_mint_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_endpoint_mint_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_endpoint_mint_results {
  struct capos_capability client;
};

static inline uint32_t capos_endpoint_mint_results_fill(const struct capos_endpoint_mint_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->client.cap != CAPOS_NULL_CAP) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_endpoint_mint_results_point(struct capos_writer *writer, uint32_t at, const struct capos_endpoint_mint_results *value) {
  if (value->client.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->client);
}

static inline void capos_endpoint_mint_results_put(struct capos_writer *writer, uint32_t at, const struct capos_endpoint_mint_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_endpoint_mint_results_fill(value, words);
  capos_endpoint_mint_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_endpoint_mint_results_size(const struct capos_endpoint_mint_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_endpoint_mint_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_endpoint_mint_results *value) {
  *value = (struct capos_endpoint_mint_results){0};
  value->client = capos_read_capability(reader, &view, 0, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_endpoint_mint_results_encode(const struct capos_endpoint_mint_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_endpoint_mint_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_endpoint_mint_results_decode(struct capos_endpoint_mint_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_endpoint_mint_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_endpoint_revoke_params {
  uint64_t badge;
};

static inline uint32_t capos_endpoint_revoke_params_fill(const struct capos_endpoint_revoke_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->badge;
  return pointers;
}

static inline void capos_endpoint_revoke_params_point(struct capos_writer *writer, uint32_t at, const struct capos_endpoint_revoke_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_endpoint_revoke_params_put(struct capos_writer *writer, uint32_t at, const struct capos_endpoint_revoke_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_endpoint_revoke_params_fill(value, words);
  capos_endpoint_revoke_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_endpoint_revoke_params_size(const struct capos_endpoint_revoke_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_endpoint_revoke_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_endpoint_revoke_params *value) {
  *value = (struct capos_endpoint_revoke_params){0};
  value->badge = (uint64_t)(capos_get_u64(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_endpoint_revoke_params_encode(const struct capos_endpoint_revoke_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_endpoint_revoke_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_endpoint_revoke_params_decode(struct capos_endpoint_revoke_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_endpoint_revoke_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_endpoint_identify_params {
  struct capos_capability client;
};

static inline uint32_t capos_endpoint_identify_params_fill(const struct capos_endpoint_identify_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->client.cap != CAPOS_NULL_CAP) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_endpoint_identify_params_point(struct capos_writer *writer, uint32_t at, const struct capos_endpoint_identify_params *value) {
  if (value->client.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->client);
}

static inline void capos_endpoint_identify_params_put(struct capos_writer *writer, uint32_t at, const struct capos_endpoint_identify_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_endpoint_identify_params_fill(value, words);
  capos_endpoint_identify_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_endpoint_identify_params_size(const struct capos_endpoint_identify_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_endpoint_identify_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_endpoint_identify_params *value) {
  *value = (struct capos_endpoint_identify_params){0};
  value->client = capos_read_capability(reader, &view, 0, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_endpoint_identify_params_encode(const struct capos_endpoint_identify_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_endpoint_identify_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_endpoint_identify_params_decode(struct capos_endpoint_identify_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_endpoint_identify_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_endpoint_identify_results {
  bool mine;
  uint64_t badge;
};

static inline uint32_t capos_endpoint_identify_results_fill(const struct capos_endpoint_identify_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->mine;
  words[1] |= (uint64_t)value->badge;
  return pointers;
}

static inline void capos_endpoint_identify_results_point(struct capos_writer *writer, uint32_t at, const struct capos_endpoint_identify_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_endpoint_identify_results_put(struct capos_writer *writer, uint32_t at, const struct capos_endpoint_identify_results *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_endpoint_identify_results_fill(value, words);
  capos_endpoint_identify_results_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_endpoint_identify_results_size(const struct capos_endpoint_identify_results *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_endpoint_identify_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_endpoint_identify_results *value) {
  *value = (struct capos_endpoint_identify_results){0};
  value->mine = (capos_get_bit(&view, 0)) != 0;
  value->badge = (uint64_t)(capos_get_u64(&view, 8));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_endpoint_identify_results_encode(const struct capos_endpoint_identify_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_endpoint_identify_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_endpoint_identify_results_decode(struct capos_endpoint_identify_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_endpoint_identify_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_endpoint_retarget_params {
  uint64_t badge;
  struct capos_capability target;
  uint64_t new_badge;
};

static inline uint32_t capos_endpoint_retarget_params_fill(const struct capos_endpoint_retarget_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->badge;
  if (pointers < 1 && value->target.cap != CAPOS_NULL_CAP) pointers = 1;
  words[1] |= (uint64_t)value->new_badge;
  return pointers;
}

static inline void capos_endpoint_retarget_params_point(struct capos_writer *writer, uint32_t at, const struct capos_endpoint_retarget_params *value) {
  if (value->target.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->target);
}

static inline void capos_endpoint_retarget_params_put(struct capos_writer *writer, uint32_t at, const struct capos_endpoint_retarget_params *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_endpoint_retarget_params_fill(value, words);
  capos_endpoint_retarget_params_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_endpoint_retarget_params_size(const struct capos_endpoint_retarget_params *value) {
  uint64_t size = 24;
  (void)value;
  return size;
}

static inline void capos_endpoint_retarget_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_endpoint_retarget_params *value) {
  *value = (struct capos_endpoint_retarget_params){0};
  value->badge = (uint64_t)(capos_get_u64(&view, 0));
  value->target = capos_read_capability(reader, &view, 0, UINT64_C(0xfac4f10c8de1df12));
  value->new_badge = (uint64_t)(capos_get_u64(&view, 8));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_endpoint_retarget_params_encode(const struct capos_endpoint_retarget_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_endpoint_retarget_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_endpoint_retarget_params_decode(struct capos_endpoint_retarget_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_endpoint_retarget_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_endpoint_retarget_results {
  uint32_t facets;
};

static inline uint32_t capos_endpoint_retarget_results_fill(const struct capos_endpoint_retarget_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint32_t)value->facets;
  return pointers;
}

static inline void capos_endpoint_retarget_results_point(struct capos_writer *writer, uint32_t at, const struct capos_endpoint_retarget_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_endpoint_retarget_results_put(struct capos_writer *writer, uint32_t at, const struct capos_endpoint_retarget_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_endpoint_retarget_results_fill(value, words);
  capos_endpoint_retarget_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_endpoint_retarget_results_size(const struct capos_endpoint_retarget_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_endpoint_retarget_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_endpoint_retarget_results *value) {
  *value = (struct capos_endpoint_retarget_results){0};
  value->facets = (uint32_t)(capos_get_u32(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_endpoint_retarget_results_encode(const struct capos_endpoint_retarget_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_endpoint_retarget_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_endpoint_retarget_results_decode(struct capos_endpoint_retarget_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_endpoint_retarget_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_endpoint_requeue_params {
  uint32_t token;
};

static inline uint32_t capos_endpoint_requeue_params_fill(const struct capos_endpoint_requeue_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint32_t)value->token;
  return pointers;
}

static inline void capos_endpoint_requeue_params_point(struct capos_writer *writer, uint32_t at, const struct capos_endpoint_requeue_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_endpoint_requeue_params_put(struct capos_writer *writer, uint32_t at, const struct capos_endpoint_requeue_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_endpoint_requeue_params_fill(value, words);
  capos_endpoint_requeue_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_endpoint_requeue_params_size(const struct capos_endpoint_requeue_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_endpoint_requeue_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_endpoint_requeue_params *value) {
  *value = (struct capos_endpoint_requeue_params){0};
  value->token = (uint32_t)(capos_get_u32(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_endpoint_requeue_params_encode(const struct capos_endpoint_requeue_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_endpoint_requeue_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_endpoint_requeue_params_decode(struct capos_endpoint_requeue_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_endpoint_requeue_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_endpoint_factory_create_params {
  uint32_t max_calls;
};

static inline uint32_t capos_endpoint_factory_create_params_fill(const struct capos_endpoint_factory_create_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= ((uint64_t)(uint32_t)value->max_calls ^ UINT64_C(0x40));
  return pointers;
}

static inline void capos_endpoint_factory_create_params_point(struct capos_writer *writer, uint32_t at, const struct capos_endpoint_factory_create_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_endpoint_factory_create_params_put(struct capos_writer *writer, uint32_t at, const struct capos_endpoint_factory_create_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_endpoint_factory_create_params_fill(value, words);
  capos_endpoint_factory_create_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_endpoint_factory_create_params_size(const struct capos_endpoint_factory_create_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_endpoint_factory_create_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_endpoint_factory_create_params *value) {
  *value = (struct capos_endpoint_factory_create_params){0};
  value->max_calls = (uint32_t)(capos_get_u32(&view, 0) ^ UINT64_C(0x40));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_endpoint_factory_create_params_encode(const struct capos_endpoint_factory_create_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_endpoint_factory_create_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_endpoint_factory_create_params_decode(struct capos_endpoint_factory_create_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_endpoint_factory_create_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_endpoint_factory_create_results {
  struct capos_capability endpoint;
};

static inline uint32_t capos_endpoint_factory_create_results_fill(const struct capos_endpoint_factory_create_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->endpoint.cap != CAPOS_NULL_CAP) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_endpoint_factory_create_results_point(struct capos_writer *writer, uint32_t at, const struct capos_endpoint_factory_create_results *value) {
  if (value->endpoint.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->endpoint);
}

static inline void capos_endpoint_factory_create_results_put(struct capos_writer *writer, uint32_t at, const struct capos_endpoint_factory_create_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_endpoint_factory_create_results_fill(value, words);
  capos_endpoint_factory_create_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_endpoint_factory_create_results_size(const struct capos_endpoint_factory_create_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_endpoint_factory_create_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_endpoint_factory_create_results *value) {
  *value = (struct capos_endpoint_factory_create_results){0};
  value->endpoint = capos_read_capability(reader, &view, 0, UINT64_C(0xfac4f10c8de1df12));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_endpoint_factory_create_results_encode(const struct capos_endpoint_factory_create_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_endpoint_factory_create_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_endpoint_factory_create_results_decode(struct capos_endpoint_factory_create_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_endpoint_factory_create_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/** The owner's side. Whoever holds it may also receive and return; the endpoint ends when nobody holds it. */
#define CAPOS_ENDPOINT_INTERFACE_ID UINT64_C(0xfac4f10c8de1df12)
#define CAPOS_ENDPOINT_METHOD_MINT 0u
#define CAPOS_ENDPOINT_METHOD_REVOKE 1u
#define CAPOS_ENDPOINT_METHOD_REVOKE_ALL 2u
#define CAPOS_ENDPOINT_METHOD_IDENTIFY 3u
#define CAPOS_ENDPOINT_METHOD_QUIESCE 4u
#define CAPOS_ENDPOINT_METHOD_RESUME 5u
#define CAPOS_ENDPOINT_METHOD_RETARGET 6u
#define CAPOS_ENDPOINT_METHOD_REQUEUE 7u

/** A new client facet that the server will know by `badge`. The holder of a facet can't relabel it. */
static inline int capos_endpoint_mint(capos_cap target, const struct capos_endpoint_mint_params *params, struct capos_endpoint_mint_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_endpoint_mint_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_endpoint_mint_params_size(params));
  if (error == 0) error = capos_endpoint_mint_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_endpoint_mint_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Every facet with this badge is disconnected, in O(1). */
static inline int capos_endpoint_revoke(capos_cap target, const struct capos_endpoint_revoke_params *params) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8 + capos_endpoint_revoke_params_size(params));
  if (error == 0) error = capos_endpoint_revoke_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  return capos_exchange_end(&exchange, error);
}

static inline int capos_endpoint_revoke_all(capos_cap target) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 2);
  return capos_exchange_end(&exchange, error);
}

/** Whether a capability that was passed in is a facet of this very endpoint, and by which badge its owner knows it. */
static inline int capos_endpoint_identify(capos_cap target, const struct capos_endpoint_identify_params *params, struct capos_endpoint_identify_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_endpoint_identify_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_endpoint_identify_params_size(params));
  if (error == 0) error = capos_endpoint_identify_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 3);
  if (error == 0) error = capos_endpoint_identify_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * From now on calls wait instead of reaching a server. Answers when no call is in flight any more: then another process may
 * take the server's place without a client noticing. Still quiesced when a deadline or FINISH ends the wait.
 */
static inline int capos_endpoint_quiesce(capos_cap target) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 4);
  return capos_exchange_end(&exchange, error);
}

/** Calls reach the server again, those that waited first, in the order they came. */
static inline int capos_endpoint_resume(capos_cap target) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 5);
  return capos_exchange_end(&exchange, error);
}

/**
 * Every facet of `badge`, wherever it is held, leads to `target` under `newBadge` from now on. Calls that wait go along; calls
 * in flight end where they are. invalidArgument: `target` is no endpoint's owner side.
 */
static inline int capos_endpoint_retarget(capos_cap target, const struct capos_endpoint_retarget_params *params, struct capos_endpoint_retarget_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_endpoint_retarget_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_endpoint_retarget_params_size(params));
  if (error == 0) error = capos_endpoint_retarget_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 6);
  if (error == 0) error = capos_endpoint_retarget_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Hands back a received call as if it had not been received yet: it waits again, before all others. For a server that is
 * about to be replaced. invalidArgument: no such call, one of another endpoint, or one that brought capabilities along.
 */
static inline int capos_endpoint_requeue(capos_cap target, const struct capos_endpoint_requeue_params *params) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8 + capos_endpoint_requeue_params_size(params));
  if (error == 0) error = capos_endpoint_requeue_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 7);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a Endpoint server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_endpoint_server {
  /** A new client facet that the server will know by `badge`. The holder of a facet can't relabel it. */
  int (*mint)(void *context, const struct capos_received *call, const struct capos_endpoint_mint_params *params, struct capos_endpoint_mint_results *results);
  /** Every facet with this badge is disconnected, in O(1). */
  int (*revoke)(void *context, const struct capos_received *call, const struct capos_endpoint_revoke_params *params);
  int (*revoke_all)(void *context, const struct capos_received *call);
  /** Whether a capability that was passed in is a facet of this very endpoint, and by which badge its owner knows it. */
  int (*identify)(void *context, const struct capos_received *call, const struct capos_endpoint_identify_params *params, struct capos_endpoint_identify_results *results);
  /**
   * From now on calls wait instead of reaching a server. Answers when no call is in flight any more: then another process may
   * take the server's place without a client noticing. Still quiesced when a deadline or FINISH ends the wait.
   */
  int (*quiesce)(void *context, const struct capos_received *call);
  /** Calls reach the server again, those that waited first, in the order they came. */
  int (*resume)(void *context, const struct capos_received *call);
  /**
   * Every facet of `badge`, wherever it is held, leads to `target` under `newBadge` from now on. Calls that wait go along; calls
   * in flight end where they are. invalidArgument: `target` is no endpoint's owner side.
   */
  int (*retarget)(void *context, const struct capos_received *call, const struct capos_endpoint_retarget_params *params, struct capos_endpoint_retarget_results *results);
  /**
   * Hands back a received call as if it had not been received yet: it waits again, before all others. For a server that is
   * about to be replaced. invalidArgument: no such call, one of another endpoint, or one that brought capabilities along.
   */
  int (*requeue)(void *context, const struct capos_received *call, const struct capos_endpoint_requeue_params *params);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_endpoint_handle(const struct capos_endpoint_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_endpoint_mint_params params;
      struct capos_endpoint_mint_results results = {0};
      if (server->mint == NULL) break;
      if (capos_endpoint_mint_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->mint(context, call, &params, &results);
      return error < 0 ? error : capos_endpoint_mint_results_encode(&results, reply);
    }
    case 1: {
      struct capos_endpoint_revoke_params params;
      if (server->revoke == NULL) break;
      if (capos_endpoint_revoke_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->revoke(context, call, &params);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 2: {
      if (server->revoke_all == NULL) break;
      int error = server->revoke_all(context, call);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 3: {
      struct capos_endpoint_identify_params params;
      struct capos_endpoint_identify_results results = {0};
      if (server->identify == NULL) break;
      if (capos_endpoint_identify_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->identify(context, call, &params, &results);
      return error < 0 ? error : capos_endpoint_identify_results_encode(&results, reply);
    }
    case 4: {
      if (server->quiesce == NULL) break;
      int error = server->quiesce(context, call);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 5: {
      if (server->resume == NULL) break;
      int error = server->resume(context, call);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 6: {
      struct capos_endpoint_retarget_params params;
      struct capos_endpoint_retarget_results results = {0};
      if (server->retarget == NULL) break;
      if (capos_endpoint_retarget_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->retarget(context, call, &params, &results);
      return error < 0 ? error : capos_endpoint_retarget_results_encode(&results, reply);
    }
    case 7: {
      struct capos_endpoint_requeue_params params;
      if (server->requeue == NULL) break;
      if (capos_endpoint_requeue_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->requeue(context, call, &params);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "Endpoint has no such method here");
}

/** Makes endpoints, on the account of whoever asks. */
#define CAPOS_ENDPOINT_FACTORY_INTERFACE_ID UINT64_C(0x9c6d872392d2db43)
#define CAPOS_ENDPOINT_FACTORY_METHOD_CREATE 0u

/** At most maxCalls of one facet wait at it or are with its server; further ones of that facet fail as overloaded. */
static inline int capos_endpoint_factory_create(capos_cap target, const struct capos_endpoint_factory_create_params *params, struct capos_endpoint_factory_create_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_endpoint_factory_create_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_endpoint_factory_create_params_size(params));
  if (error == 0) error = capos_endpoint_factory_create_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_endpoint_factory_create_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a EndpointFactory server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_endpoint_factory_server {
  /** At most maxCalls of one facet wait at it or are with its server; further ones of that facet fail as overloaded. */
  int (*create)(void *context, const struct capos_received *call, const struct capos_endpoint_factory_create_params *params, struct capos_endpoint_factory_create_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_endpoint_factory_handle(const struct capos_endpoint_factory_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_endpoint_factory_create_params params;
      struct capos_endpoint_factory_create_results results = {0};
      if (server->create == NULL) break;
      if (capos_endpoint_factory_create_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->create(context, call, &params, &results);
      return error < 0 ? error : capos_endpoint_factory_create_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "EndpointFactory has no such method here");
}

#endif
