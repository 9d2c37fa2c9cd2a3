/* Generated from hardware.capnp. Do not edit.
   Devices of the board, for drivers that are programs: their registers and their interrupts. */
#ifndef CAPOS_SCHEMA_CAPOS_HARDWARE_H
#define CAPOS_SCHEMA_CAPOS_HARDWARE_H

#include <capos/call.h>
#include <capos/endpoint.h>
#include <capos/message.h>

struct capos_interrupt_bind_params {
  struct capos_capability notification;
  uint64_t bits;
};

static inline uint32_t capos_interrupt_bind_params_fill(const struct capos_interrupt_bind_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->notification.cap != CAPOS_NULL_CAP) pointers = 1;
  words[0] |= (uint64_t)value->bits;
  return pointers;
}

static inline void capos_interrupt_bind_params_point(struct capos_writer *writer, uint32_t at, const struct capos_interrupt_bind_params *value) {
  if (value->notification.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->notification);
}

static inline void capos_interrupt_bind_params_put(struct capos_writer *writer, uint32_t at, const struct capos_interrupt_bind_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_interrupt_bind_params_fill(value, words);
  capos_interrupt_bind_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_interrupt_bind_params_size(const struct capos_interrupt_bind_params *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_interrupt_bind_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_interrupt_bind_params *value) {
  *value = (struct capos_interrupt_bind_params){0};
  value->notification = capos_read_capability(reader, &view, 0, UINT64_C(0xbba49d7bf333817a));
  value->bits = (uint64_t)(capos_get_u64(&view, 0));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_interrupt_bind_params_encode(const struct capos_interrupt_bind_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_interrupt_bind_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_interrupt_bind_params_decode(struct capos_interrupt_bind_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_interrupt_bind_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_interrupt_set_masked_params {
  bool masked;
};

static inline uint32_t capos_interrupt_set_masked_params_fill(const struct capos_interrupt_set_masked_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->masked;
  return pointers;
}

static inline void capos_interrupt_set_masked_params_point(struct capos_writer *writer, uint32_t at, const struct capos_interrupt_set_masked_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_interrupt_set_masked_params_put(struct capos_writer *writer, uint32_t at, const struct capos_interrupt_set_masked_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_interrupt_set_masked_params_fill(value, words);
  capos_interrupt_set_masked_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_interrupt_set_masked_params_size(const struct capos_interrupt_set_masked_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_interrupt_set_masked_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_interrupt_set_masked_params *value) {
  *value = (struct capos_interrupt_set_masked_params){0};
  value->masked = (capos_get_bit(&view, 0)) != 0;
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_interrupt_set_masked_params_encode(const struct capos_interrupt_set_masked_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_interrupt_set_masked_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_interrupt_set_masked_params_decode(struct capos_interrupt_set_masked_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_interrupt_set_masked_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_interrupt_get_count_results {
  uint64_t count;
};

static inline uint32_t capos_interrupt_get_count_results_fill(const struct capos_interrupt_get_count_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->count;
  return pointers;
}

static inline void capos_interrupt_get_count_results_point(struct capos_writer *writer, uint32_t at, const struct capos_interrupt_get_count_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_interrupt_get_count_results_put(struct capos_writer *writer, uint32_t at, const struct capos_interrupt_get_count_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_interrupt_get_count_results_fill(value, words);
  capos_interrupt_get_count_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_interrupt_get_count_results_size(const struct capos_interrupt_get_count_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_interrupt_get_count_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_interrupt_get_count_results *value) {
  *value = (struct capos_interrupt_get_count_results){0};
  value->count = (uint64_t)(capos_get_u64(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_interrupt_get_count_results_encode(const struct capos_interrupt_get_count_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_interrupt_get_count_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_interrupt_get_count_results_decode(struct capos_interrupt_get_count_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_interrupt_get_count_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_io_ports_read_params {
  uint16_t offset;
  uint8_t size;
};

static inline uint32_t capos_io_ports_read_params_fill(const struct capos_io_ports_read_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->offset;
  words[0] |= (uint64_t)(uint8_t)value->size << 16;
  return pointers;
}

static inline void capos_io_ports_read_params_point(struct capos_writer *writer, uint32_t at, const struct capos_io_ports_read_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_io_ports_read_params_put(struct capos_writer *writer, uint32_t at, const struct capos_io_ports_read_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_io_ports_read_params_fill(value, words);
  capos_io_ports_read_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_io_ports_read_params_size(const struct capos_io_ports_read_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_io_ports_read_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_io_ports_read_params *value) {
  *value = (struct capos_io_ports_read_params){0};
  value->offset = (uint16_t)(capos_get_u16(&view, 0));
  value->size = (uint8_t)(capos_get_u8(&view, 2));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_io_ports_read_params_encode(const struct capos_io_ports_read_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_io_ports_read_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_io_ports_read_params_decode(struct capos_io_ports_read_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_io_ports_read_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_io_ports_read_results {
  uint32_t value;
};

static inline uint32_t capos_io_ports_read_results_fill(const struct capos_io_ports_read_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint32_t)value->value;
  return pointers;
}

static inline void capos_io_ports_read_results_point(struct capos_writer *writer, uint32_t at, const struct capos_io_ports_read_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_io_ports_read_results_put(struct capos_writer *writer, uint32_t at, const struct capos_io_ports_read_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_io_ports_read_results_fill(value, words);
  capos_io_ports_read_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_io_ports_read_results_size(const struct capos_io_ports_read_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_io_ports_read_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_io_ports_read_results *value) {
  *value = (struct capos_io_ports_read_results){0};
  value->value = (uint32_t)(capos_get_u32(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_io_ports_read_results_encode(const struct capos_io_ports_read_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_io_ports_read_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_io_ports_read_results_decode(struct capos_io_ports_read_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_io_ports_read_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_io_ports_write_params {
  uint16_t offset;
  uint8_t size;
  uint32_t value;
};

static inline uint32_t capos_io_ports_write_params_fill(const struct capos_io_ports_write_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->offset;
  words[0] |= (uint64_t)(uint8_t)value->size << 16;
  words[0] |= (uint64_t)(uint32_t)value->value << 32;
  return pointers;
}

static inline void capos_io_ports_write_params_point(struct capos_writer *writer, uint32_t at, const struct capos_io_ports_write_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_io_ports_write_params_put(struct capos_writer *writer, uint32_t at, const struct capos_io_ports_write_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_io_ports_write_params_fill(value, words);
  capos_io_ports_write_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_io_ports_write_params_size(const struct capos_io_ports_write_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_io_ports_write_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_io_ports_write_params *value) {
  *value = (struct capos_io_ports_write_params){0};
  value->offset = (uint16_t)(capos_get_u16(&view, 0));
  value->size = (uint8_t)(capos_get_u8(&view, 2));
  value->value = (uint32_t)(capos_get_u32(&view, 4));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_io_ports_write_params_encode(const struct capos_io_ports_write_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_io_ports_write_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_io_ports_write_params_decode(struct capos_io_ports_write_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_io_ports_write_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_io_ports_get_range_results {
  uint16_t first;
  uint32_t count;
};

static inline uint32_t capos_io_ports_get_range_results_fill(const struct capos_io_ports_get_range_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->first;
  words[0] |= (uint64_t)(uint32_t)value->count << 32;
  return pointers;
}

static inline void capos_io_ports_get_range_results_point(struct capos_writer *writer, uint32_t at, const struct capos_io_ports_get_range_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_io_ports_get_range_results_put(struct capos_writer *writer, uint32_t at, const struct capos_io_ports_get_range_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_io_ports_get_range_results_fill(value, words);
  capos_io_ports_get_range_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_io_ports_get_range_results_size(const struct capos_io_ports_get_range_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_io_ports_get_range_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_io_ports_get_range_results *value) {
  *value = (struct capos_io_ports_get_range_results){0};
  value->first = (uint16_t)(capos_get_u16(&view, 0));
  value->count = (uint32_t)(capos_get_u32(&view, 4));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_io_ports_get_range_results_encode(const struct capos_io_ports_get_range_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_io_ports_get_range_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_io_ports_get_range_results_decode(struct capos_io_ports_get_range_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_io_ports_get_range_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_io_ports_read_many_params {
  uint16_t offset;
  uint32_t count;
};

static inline uint32_t capos_io_ports_read_many_params_fill(const struct capos_io_ports_read_many_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->offset;
  words[0] |= (uint64_t)(uint32_t)value->count << 32;
  return pointers;
}

static inline void capos_io_ports_read_many_params_point(struct capos_writer *writer, uint32_t at, const struct capos_io_ports_read_many_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_io_ports_read_many_params_put(struct capos_writer *writer, uint32_t at, const struct capos_io_ports_read_many_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_io_ports_read_many_params_fill(value, words);
  capos_io_ports_read_many_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_io_ports_read_many_params_size(const struct capos_io_ports_read_many_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_io_ports_read_many_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_io_ports_read_many_params *value) {
  *value = (struct capos_io_ports_read_many_params){0};
  value->offset = (uint16_t)(capos_get_u16(&view, 0));
  value->count = (uint32_t)(capos_get_u32(&view, 4));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_io_ports_read_many_params_encode(const struct capos_io_ports_read_many_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_io_ports_read_many_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_io_ports_read_many_params_decode(struct capos_io_ports_read_many_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_io_ports_read_many_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_io_ports_read_many_results {
  struct capos_data data;
};

static inline uint32_t capos_io_ports_read_many_results_fill(const struct capos_io_ports_read_many_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->data.length != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_io_ports_read_many_results_point(struct capos_writer *writer, uint32_t at, const struct capos_io_ports_read_many_results *value) {
  if (value->data.length != 0) capos_write_data(writer, at + 0, value->data);
}

static inline void capos_io_ports_read_many_results_put(struct capos_writer *writer, uint32_t at, const struct capos_io_ports_read_many_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_io_ports_read_many_results_fill(value, words);
  capos_io_ports_read_many_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_io_ports_read_many_results_size(const struct capos_io_ports_read_many_results *value) {
  uint64_t size = 8;
  size += ((uint64_t)value->data.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_io_ports_read_many_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_io_ports_read_many_results *value) {
  *value = (struct capos_io_ports_read_many_results){0};
  value->data = capos_read_data(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_io_ports_read_many_results_encode(const struct capos_io_ports_read_many_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_io_ports_read_many_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_io_ports_read_many_results_decode(struct capos_io_ports_read_many_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_io_ports_read_many_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_io_ports_write_many_params {
  uint16_t offset;
  struct capos_data data;
};

static inline uint32_t capos_io_ports_write_many_params_fill(const struct capos_io_ports_write_many_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->offset;
  if (pointers < 1 && value->data.length != 0) pointers = 1;
  return pointers;
}

static inline void capos_io_ports_write_many_params_point(struct capos_writer *writer, uint32_t at, const struct capos_io_ports_write_many_params *value) {
  if (value->data.length != 0) capos_write_data(writer, at + 0, value->data);
}

static inline void capos_io_ports_write_many_params_put(struct capos_writer *writer, uint32_t at, const struct capos_io_ports_write_many_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_io_ports_write_many_params_fill(value, words);
  capos_io_ports_write_many_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_io_ports_write_many_params_size(const struct capos_io_ports_write_many_params *value) {
  uint64_t size = 16;
  size += ((uint64_t)value->data.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_io_ports_write_many_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_io_ports_write_many_params *value) {
  *value = (struct capos_io_ports_write_many_params){0};
  value->offset = (uint16_t)(capos_get_u16(&view, 0));
  value->data = capos_read_data(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_io_ports_write_many_params_encode(const struct capos_io_ports_write_many_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_io_ports_write_many_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_io_ports_write_many_params_decode(struct capos_io_ports_write_many_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_io_ports_write_many_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_device_mmio_read_params {
  uint64_t offset;
  uint8_t size;
};

static inline uint32_t capos_device_mmio_read_params_fill(const struct capos_device_mmio_read_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->offset;
  words[1] |= (uint64_t)(uint8_t)value->size;
  return pointers;
}

static inline void capos_device_mmio_read_params_point(struct capos_writer *writer, uint32_t at, const struct capos_device_mmio_read_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_device_mmio_read_params_put(struct capos_writer *writer, uint32_t at, const struct capos_device_mmio_read_params *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_device_mmio_read_params_fill(value, words);
  capos_device_mmio_read_params_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_device_mmio_read_params_size(const struct capos_device_mmio_read_params *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_device_mmio_read_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_device_mmio_read_params *value) {
  *value = (struct capos_device_mmio_read_params){0};
  value->offset = (uint64_t)(capos_get_u64(&view, 0));
  value->size = (uint8_t)(capos_get_u8(&view, 8));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_device_mmio_read_params_encode(const struct capos_device_mmio_read_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_device_mmio_read_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_device_mmio_read_params_decode(struct capos_device_mmio_read_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_device_mmio_read_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_device_mmio_read_results {
  uint32_t value;
};

static inline uint32_t capos_device_mmio_read_results_fill(const struct capos_device_mmio_read_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint32_t)value->value;
  return pointers;
}

static inline void capos_device_mmio_read_results_point(struct capos_writer *writer, uint32_t at, const struct capos_device_mmio_read_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_device_mmio_read_results_put(struct capos_writer *writer, uint32_t at, const struct capos_device_mmio_read_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_device_mmio_read_results_fill(value, words);
  capos_device_mmio_read_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_device_mmio_read_results_size(const struct capos_device_mmio_read_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_device_mmio_read_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_device_mmio_read_results *value) {
  *value = (struct capos_device_mmio_read_results){0};
  value->value = (uint32_t)(capos_get_u32(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_device_mmio_read_results_encode(const struct capos_device_mmio_read_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_device_mmio_read_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_device_mmio_read_results_decode(struct capos_device_mmio_read_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_device_mmio_read_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_device_mmio_write_params {
  uint64_t offset;
  uint8_t size;
  uint32_t value;
};

static inline uint32_t capos_device_mmio_write_params_fill(const struct capos_device_mmio_write_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->offset;
  words[1] |= (uint64_t)(uint8_t)value->size;
  words[1] |= (uint64_t)(uint32_t)value->value << 32;
  return pointers;
}

static inline void capos_device_mmio_write_params_point(struct capos_writer *writer, uint32_t at, const struct capos_device_mmio_write_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_device_mmio_write_params_put(struct capos_writer *writer, uint32_t at, const struct capos_device_mmio_write_params *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_device_mmio_write_params_fill(value, words);
  capos_device_mmio_write_params_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_device_mmio_write_params_size(const struct capos_device_mmio_write_params *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_device_mmio_write_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_device_mmio_write_params *value) {
  *value = (struct capos_device_mmio_write_params){0};
  value->offset = (uint64_t)(capos_get_u64(&view, 0));
  value->size = (uint8_t)(capos_get_u8(&view, 8));
  value->value = (uint32_t)(capos_get_u32(&view, 12));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_device_mmio_write_params_encode(const struct capos_device_mmio_write_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_device_mmio_write_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_device_mmio_write_params_decode(struct capos_device_mmio_write_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_device_mmio_write_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_device_mmio_get_range_results {
  uint64_t base;
  uint64_t length;
};

static inline uint32_t capos_device_mmio_get_range_results_fill(const struct capos_device_mmio_get_range_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->base;
  words[1] |= (uint64_t)value->length;
  return pointers;
}

static inline void capos_device_mmio_get_range_results_point(struct capos_writer *writer, uint32_t at, const struct capos_device_mmio_get_range_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_device_mmio_get_range_results_put(struct capos_writer *writer, uint32_t at, const struct capos_device_mmio_get_range_results *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_device_mmio_get_range_results_fill(value, words);
  capos_device_mmio_get_range_results_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_device_mmio_get_range_results_size(const struct capos_device_mmio_get_range_results *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_device_mmio_get_range_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_device_mmio_get_range_results *value) {
  *value = (struct capos_device_mmio_get_range_results){0};
  value->base = (uint64_t)(capos_get_u64(&view, 0));
  value->length = (uint64_t)(capos_get_u64(&view, 8));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_device_mmio_get_range_results_encode(const struct capos_device_mmio_get_range_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_device_mmio_get_range_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_device_mmio_get_range_results_decode(struct capos_device_mmio_get_range_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_device_mmio_get_range_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/** One interrupt line. */
#define CAPOS_INTERRUPT_INTERFACE_ID UINT64_C(0xbc300587982ebaf2)
#define CAPOS_INTERRUPT_METHOD_BIND 0u
#define CAPOS_INTERRUPT_METHOD_ACKNOWLEDGE 1u
#define CAPOS_INTERRUPT_METHOD_SET_MASKED 2u
#define CAPOS_INTERRUPT_METHOD_GET_COUNT 3u

/** An interrupt signals these bits. One that came before is told at once. bits 0: nobody is told any more. */
static inline int capos_interrupt_bind(capos_cap target, const struct capos_interrupt_bind_params *params) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8 + capos_interrupt_bind_params_size(params));
  if (error == 0) error = capos_interrupt_bind_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  return capos_exchange_end(&exchange, error);
}

/** Ready for the next. Until then the line is silent: an interrupt that comes meanwhile is told when this is called. */
static inline int capos_interrupt_acknowledge(capos_cap target) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  return capos_exchange_end(&exchange, error);
}

/** While masked, interrupts are remembered, as one. */
static inline int capos_interrupt_set_masked(capos_cap target, const struct capos_interrupt_set_masked_params *params) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8 + capos_interrupt_set_masked_params_size(params));
  if (error == 0) error = capos_interrupt_set_masked_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 2);
  return capos_exchange_end(&exchange, error);
}

/** Interrupts that came so far. */
static inline int capos_interrupt_get_count(capos_cap target, struct capos_interrupt_get_count_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_interrupt_get_count_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 3);
  if (error == 0) error = capos_interrupt_get_count_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a Interrupt server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_interrupt_server {
  /** An interrupt signals these bits. One that came before is told at once. bits 0: nobody is told any more. */
  int (*bind)(void *context, const struct capos_received *call, const struct capos_interrupt_bind_params *params);
  /** Ready for the next. Until then the line is silent: an interrupt that comes meanwhile is told when this is called. */
  int (*acknowledge)(void *context, const struct capos_received *call);
  /** While masked, interrupts are remembered, as one. */
  int (*set_masked)(void *context, const struct capos_received *call, const struct capos_interrupt_set_masked_params *params);
  /** Interrupts that came so far. */
  int (*get_count)(void *context, const struct capos_received *call, struct capos_interrupt_get_count_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_interrupt_handle(const struct capos_interrupt_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_interrupt_bind_params params;
      if (server->bind == NULL) break;
      if (capos_interrupt_bind_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->bind(context, call, &params);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 1: {
      if (server->acknowledge == NULL) break;
      int error = server->acknowledge(context, call);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 2: {
      struct capos_interrupt_set_masked_params params;
      if (server->set_masked == NULL) break;
      if (capos_interrupt_set_masked_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->set_masked(context, call, &params);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 3: {
      struct capos_interrupt_get_count_results results = {0};
      if (server->get_count == NULL) break;
      int error = server->get_count(context, call, &results);
      return error < 0 ? error : capos_interrupt_get_count_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "Interrupt has no such method here");
}

/** A range of I/O ports. Offsets are relative to its first; size is 1, 2 or 4 bytes. */
#define CAPOS_IO_PORTS_INTERFACE_ID UINT64_C(0x9a5e80c926056635)
#define CAPOS_IO_PORTS_METHOD_READ 0u
#define CAPOS_IO_PORTS_METHOD_WRITE 1u
#define CAPOS_IO_PORTS_METHOD_GET_RANGE 2u
#define CAPOS_IO_PORTS_METHOD_READ_MANY 3u
#define CAPOS_IO_PORTS_METHOD_WRITE_MANY 4u

static inline int capos_io_ports_read(capos_cap target, const struct capos_io_ports_read_params *params, struct capos_io_ports_read_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_io_ports_read_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_io_ports_read_params_size(params));
  if (error == 0) error = capos_io_ports_read_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_io_ports_read_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** invalidArgument: outside the range, or another size. */
static inline int capos_io_ports_write(capos_cap target, const struct capos_io_ports_write_params *params) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8 + capos_io_ports_write_params_size(params));
  if (error == 0) error = capos_io_ports_write_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  return capos_exchange_end(&exchange, error);
}

static inline int capos_io_ports_get_range(capos_cap target, struct capos_io_ports_get_range_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_io_ports_get_range_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 2);
  if (error == 0) error = capos_io_ports_get_range_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

static inline int capos_io_ports_read_many(capos_cap target, const struct capos_io_ports_read_many_params *params, struct capos_io_ports_read_many_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_io_ports_read_many_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_io_ports_read_many_params_size(params));
  if (error == 0) error = capos_io_ports_read_many_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 3);
  if (error == 0) error = capos_io_ports_read_many_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Bytes, one after another, from or to the same port: a FIFO. At most 65,536. */
static inline int capos_io_ports_write_many(capos_cap target, const struct capos_io_ports_write_many_params *params) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8 + capos_io_ports_write_many_params_size(params));
  if (error == 0) error = capos_io_ports_write_many_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 4);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a IoPorts server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_io_ports_server {
  int (*read)(void *context, const struct capos_received *call, const struct capos_io_ports_read_params *params, struct capos_io_ports_read_results *results);
  /** invalidArgument: outside the range, or another size. */
  int (*write)(void *context, const struct capos_received *call, const struct capos_io_ports_write_params *params);
  int (*get_range)(void *context, const struct capos_received *call, struct capos_io_ports_get_range_results *results);
  int (*read_many)(void *context, const struct capos_received *call, const struct capos_io_ports_read_many_params *params, struct capos_io_ports_read_many_results *results);
  /** Bytes, one after another, from or to the same port: a FIFO. At most 65,536. */
  int (*write_many)(void *context, const struct capos_received *call, const struct capos_io_ports_write_many_params *params);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_io_ports_handle(const struct capos_io_ports_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_io_ports_read_params params;
      struct capos_io_ports_read_results results = {0};
      if (server->read == NULL) break;
      if (capos_io_ports_read_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->read(context, call, &params, &results);
      return error < 0 ? error : capos_io_ports_read_results_encode(&results, reply);
    }
    case 1: {
      struct capos_io_ports_write_params params;
      if (server->write == NULL) break;
      if (capos_io_ports_write_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->write(context, call, &params);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 2: {
      struct capos_io_ports_get_range_results results = {0};
      if (server->get_range == NULL) break;
      int error = server->get_range(context, call, &results);
      return error < 0 ? error : capos_io_ports_get_range_results_encode(&results, reply);
    }
    case 3: {
      struct capos_io_ports_read_many_params params;
      struct capos_io_ports_read_many_results results = {0};
      if (server->read_many == NULL) break;
      if (capos_io_ports_read_many_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->read_many(context, call, &params, &results);
      return error < 0 ? error : capos_io_ports_read_many_results_encode(&results, reply);
    }
    case 4: {
      struct capos_io_ports_write_many_params params;
      if (server->write_many == NULL) break;
      if (capos_io_ports_write_many_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->write_many(context, call, &params);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "IoPorts has no such method here");
}

/** Registers in physical memory outside RAM. Offsets are relative to the range; size is 1, 2 or 4 bytes. */
#define CAPOS_DEVICE_MMIO_INTERFACE_ID UINT64_C(0xd32cf295dcb604c2)
#define CAPOS_DEVICE_MMIO_METHOD_READ 0u
#define CAPOS_DEVICE_MMIO_METHOD_WRITE 1u
#define CAPOS_DEVICE_MMIO_METHOD_GET_RANGE 2u

static inline int capos_device_mmio_read(capos_cap target, const struct capos_device_mmio_read_params *params, struct capos_device_mmio_read_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_device_mmio_read_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_device_mmio_read_params_size(params));
  if (error == 0) error = capos_device_mmio_read_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_device_mmio_read_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** invalidArgument: outside the range, misaligned, or another size. */
static inline int capos_device_mmio_write(capos_cap target, const struct capos_device_mmio_write_params *params) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8 + capos_device_mmio_write_params_size(params));
  if (error == 0) error = capos_device_mmio_write_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  return capos_exchange_end(&exchange, error);
}

static inline int capos_device_mmio_get_range(capos_cap target, struct capos_device_mmio_get_range_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_device_mmio_get_range_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 2);
  if (error == 0) error = capos_device_mmio_get_range_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a DeviceMmio server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_device_mmio_server {
  int (*read)(void *context, const struct capos_received *call, const struct capos_device_mmio_read_params *params, struct capos_device_mmio_read_results *results);
  /** invalidArgument: outside the range, misaligned, or another size. */
  int (*write)(void *context, const struct capos_received *call, const struct capos_device_mmio_write_params *params);
  int (*get_range)(void *context, const struct capos_received *call, struct capos_device_mmio_get_range_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_device_mmio_handle(const struct capos_device_mmio_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_device_mmio_read_params params;
      struct capos_device_mmio_read_results results = {0};
      if (server->read == NULL) break;
      if (capos_device_mmio_read_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->read(context, call, &params, &results);
      return error < 0 ? error : capos_device_mmio_read_results_encode(&results, reply);
    }
    case 1: {
      struct capos_device_mmio_write_params params;
      if (server->write == NULL) break;
      if (capos_device_mmio_write_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->write(context, call, &params);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 2: {
      struct capos_device_mmio_get_range_results results = {0};
      if (server->get_range == NULL) break;
      int error = server->get_range(context, call, &results);
      return error < 0 ? error : capos_device_mmio_get_range_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "DeviceMmio has no such method here");
}

#endif
