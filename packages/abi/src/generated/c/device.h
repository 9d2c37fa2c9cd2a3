/* Generated from device.capnp. Do not edit.
   What the machine lends: time, entropy, a console. */
#ifndef CAPOS_SCHEMA_CAPOS_DEVICE_H
#define CAPOS_SCHEMA_CAPOS_DEVICE_H

#include <capos/call.h>
#include <capos/endpoint.h>
#include <capos/message.h>

struct capos_timer_now_results {
  uint64_t monotonic_ns;
};

static inline uint32_t capos_timer_now_results_fill(const struct capos_timer_now_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->monotonic_ns;
  return pointers;
}

static inline void capos_timer_now_results_point(struct capos_writer *writer, uint32_t at, const struct capos_timer_now_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_timer_now_results_put(struct capos_writer *writer, uint32_t at, const struct capos_timer_now_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_timer_now_results_fill(value, words);
  capos_timer_now_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_timer_now_results_size(const struct capos_timer_now_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_timer_now_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_timer_now_results *value) {
  *value = (struct capos_timer_now_results){0};
  value->monotonic_ns = (uint64_t)(capos_get_u64(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_timer_now_results_encode(const struct capos_timer_now_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_timer_now_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_timer_now_results_decode(struct capos_timer_now_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_timer_now_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_timer_sleep_until_params {
  uint64_t monotonic_ns;
};

static inline uint32_t capos_timer_sleep_until_params_fill(const struct capos_timer_sleep_until_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->monotonic_ns;
  return pointers;
}

static inline void capos_timer_sleep_until_params_point(struct capos_writer *writer, uint32_t at, const struct capos_timer_sleep_until_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_timer_sleep_until_params_put(struct capos_writer *writer, uint32_t at, const struct capos_timer_sleep_until_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_timer_sleep_until_params_fill(value, words);
  capos_timer_sleep_until_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_timer_sleep_until_params_size(const struct capos_timer_sleep_until_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_timer_sleep_until_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_timer_sleep_until_params *value) {
  *value = (struct capos_timer_sleep_until_params){0};
  value->monotonic_ns = (uint64_t)(capos_get_u64(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_timer_sleep_until_params_encode(const struct capos_timer_sleep_until_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_timer_sleep_until_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_timer_sleep_until_params_decode(struct capos_timer_sleep_until_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_timer_sleep_until_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_timer_wall_clock_results {
  uint64_t unix_ns;
};

static inline uint32_t capos_timer_wall_clock_results_fill(const struct capos_timer_wall_clock_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->unix_ns;
  return pointers;
}

static inline void capos_timer_wall_clock_results_point(struct capos_writer *writer, uint32_t at, const struct capos_timer_wall_clock_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_timer_wall_clock_results_put(struct capos_writer *writer, uint32_t at, const struct capos_timer_wall_clock_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_timer_wall_clock_results_fill(value, words);
  capos_timer_wall_clock_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_timer_wall_clock_results_size(const struct capos_timer_wall_clock_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_timer_wall_clock_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_timer_wall_clock_results *value) {
  *value = (struct capos_timer_wall_clock_results){0};
  value->unix_ns = (uint64_t)(capos_get_u64(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_timer_wall_clock_results_encode(const struct capos_timer_wall_clock_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_timer_wall_clock_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_timer_wall_clock_results_decode(struct capos_timer_wall_clock_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_timer_wall_clock_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_entropy_source_fill_params {
  uint32_t length;
};

static inline uint32_t capos_entropy_source_fill_params_fill(const struct capos_entropy_source_fill_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint32_t)value->length;
  return pointers;
}

static inline void capos_entropy_source_fill_params_point(struct capos_writer *writer, uint32_t at, const struct capos_entropy_source_fill_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_entropy_source_fill_params_put(struct capos_writer *writer, uint32_t at, const struct capos_entropy_source_fill_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_entropy_source_fill_params_fill(value, words);
  capos_entropy_source_fill_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_entropy_source_fill_params_size(const struct capos_entropy_source_fill_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_entropy_source_fill_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_entropy_source_fill_params *value) {
  *value = (struct capos_entropy_source_fill_params){0};
  value->length = (uint32_t)(capos_get_u32(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_entropy_source_fill_params_encode(const struct capos_entropy_source_fill_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_entropy_source_fill_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_entropy_source_fill_params_decode(struct capos_entropy_source_fill_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_entropy_source_fill_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_entropy_source_fill_results {
  struct capos_data data;
};

static inline uint32_t capos_entropy_source_fill_results_fill(const struct capos_entropy_source_fill_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->data.length != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_entropy_source_fill_results_point(struct capos_writer *writer, uint32_t at, const struct capos_entropy_source_fill_results *value) {
  if (value->data.length != 0) capos_write_data(writer, at + 0, value->data);
}

static inline void capos_entropy_source_fill_results_put(struct capos_writer *writer, uint32_t at, const struct capos_entropy_source_fill_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_entropy_source_fill_results_fill(value, words);
  capos_entropy_source_fill_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_entropy_source_fill_results_size(const struct capos_entropy_source_fill_results *value) {
  uint64_t size = 8;
  size += ((uint64_t)value->data.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_entropy_source_fill_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_entropy_source_fill_results *value) {
  *value = (struct capos_entropy_source_fill_results){0};
  value->data = capos_read_data(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_entropy_source_fill_results_encode(const struct capos_entropy_source_fill_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_entropy_source_fill_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_entropy_source_fill_results_decode(struct capos_entropy_source_fill_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_entropy_source_fill_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_console_write_params {
  struct capos_data data;
};

static inline uint32_t capos_console_write_params_fill(const struct capos_console_write_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->data.length != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_console_write_params_point(struct capos_writer *writer, uint32_t at, const struct capos_console_write_params *value) {
  if (value->data.length != 0) capos_write_data(writer, at + 0, value->data);
}

static inline void capos_console_write_params_put(struct capos_writer *writer, uint32_t at, const struct capos_console_write_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_console_write_params_fill(value, words);
  capos_console_write_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_console_write_params_size(const struct capos_console_write_params *value) {
  uint64_t size = 8;
  size += ((uint64_t)value->data.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_console_write_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_console_write_params *value) {
  *value = (struct capos_console_write_params){0};
  value->data = capos_read_data(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_console_write_params_encode(const struct capos_console_write_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_console_write_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_console_write_params_decode(struct capos_console_write_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_console_write_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_console_write_results {
  uint32_t written;
};

static inline uint32_t capos_console_write_results_fill(const struct capos_console_write_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint32_t)value->written;
  return pointers;
}

static inline void capos_console_write_results_point(struct capos_writer *writer, uint32_t at, const struct capos_console_write_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_console_write_results_put(struct capos_writer *writer, uint32_t at, const struct capos_console_write_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_console_write_results_fill(value, words);
  capos_console_write_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_console_write_results_size(const struct capos_console_write_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_console_write_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_console_write_results *value) {
  *value = (struct capos_console_write_results){0};
  value->written = (uint32_t)(capos_get_u32(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_console_write_results_encode(const struct capos_console_write_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_console_write_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_console_write_results_decode(struct capos_console_write_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_console_write_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_console_read_params {
  uint32_t max_length;
};

static inline uint32_t capos_console_read_params_fill(const struct capos_console_read_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint32_t)value->max_length;
  return pointers;
}

static inline void capos_console_read_params_point(struct capos_writer *writer, uint32_t at, const struct capos_console_read_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_console_read_params_put(struct capos_writer *writer, uint32_t at, const struct capos_console_read_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_console_read_params_fill(value, words);
  capos_console_read_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_console_read_params_size(const struct capos_console_read_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_console_read_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_console_read_params *value) {
  *value = (struct capos_console_read_params){0};
  value->max_length = (uint32_t)(capos_get_u32(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_console_read_params_encode(const struct capos_console_read_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_console_read_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_console_read_params_decode(struct capos_console_read_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_console_read_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_console_read_results {
  struct capos_data data;
};

static inline uint32_t capos_console_read_results_fill(const struct capos_console_read_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->data.length != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_console_read_results_point(struct capos_writer *writer, uint32_t at, const struct capos_console_read_results *value) {
  if (value->data.length != 0) capos_write_data(writer, at + 0, value->data);
}

static inline void capos_console_read_results_put(struct capos_writer *writer, uint32_t at, const struct capos_console_read_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_console_read_results_fill(value, words);
  capos_console_read_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_console_read_results_size(const struct capos_console_read_results *value) {
  uint64_t size = 8;
  size += ((uint64_t)value->data.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_console_read_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_console_read_results *value) {
  *value = (struct capos_console_read_results){0};
  value->data = capos_read_data(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_console_read_results_encode(const struct capos_console_read_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_console_read_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_console_read_results_decode(struct capos_console_read_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_console_read_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_console_get_size_results {
  uint16_t columns;
  uint16_t rows;
  bool is_terminal;
};

static inline uint32_t capos_console_get_size_results_fill(const struct capos_console_get_size_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->columns;
  words[0] |= (uint64_t)(uint16_t)value->rows << 16;
  words[0] |= (uint64_t)value->is_terminal << 32;
  return pointers;
}

static inline void capos_console_get_size_results_point(struct capos_writer *writer, uint32_t at, const struct capos_console_get_size_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_console_get_size_results_put(struct capos_writer *writer, uint32_t at, const struct capos_console_get_size_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_console_get_size_results_fill(value, words);
  capos_console_get_size_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_console_get_size_results_size(const struct capos_console_get_size_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_console_get_size_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_console_get_size_results *value) {
  *value = (struct capos_console_get_size_results){0};
  value->columns = (uint16_t)(capos_get_u16(&view, 0));
  value->rows = (uint16_t)(capos_get_u16(&view, 2));
  value->is_terminal = (capos_get_bit(&view, 32)) != 0;
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_console_get_size_results_encode(const struct capos_console_get_size_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_console_get_size_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_console_get_size_results_decode(struct capos_console_get_size_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_console_get_size_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_console_set_mode_params {
  bool raw;
};

static inline uint32_t capos_console_set_mode_params_fill(const struct capos_console_set_mode_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->raw;
  return pointers;
}

static inline void capos_console_set_mode_params_point(struct capos_writer *writer, uint32_t at, const struct capos_console_set_mode_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_console_set_mode_params_put(struct capos_writer *writer, uint32_t at, const struct capos_console_set_mode_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_console_set_mode_params_fill(value, words);
  capos_console_set_mode_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_console_set_mode_params_size(const struct capos_console_set_mode_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_console_set_mode_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_console_set_mode_params *value) {
  *value = (struct capos_console_set_mode_params){0};
  value->raw = (capos_get_bit(&view, 0)) != 0;
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_console_set_mode_params_encode(const struct capos_console_set_mode_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_console_set_mode_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_console_set_mode_params_decode(struct capos_console_set_mode_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_console_set_mode_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/** The clock that deadlines are measured on, and the time of day. */
#define CAPOS_TIMER_INTERFACE_ID UINT64_C(0xf84bf41c2f2ae186)
#define CAPOS_TIMER_METHOD_NOW 0u
#define CAPOS_TIMER_METHOD_SLEEP_UNTIL 1u
#define CAPOS_TIMER_METHOD_WALL_CLOCK 2u

/** Nanoseconds since some moment before the system began; never goes back. */
static inline int capos_timer_now(capos_cap target, struct capos_timer_now_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_timer_now_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_timer_now_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Answers once that time is reached, at once if it is past. */
static inline int capos_timer_sleep_until(capos_cap target, const struct capos_timer_sleep_until_params *params) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8 + capos_timer_sleep_until_params_size(params));
  if (error == 0) error = capos_timer_sleep_until_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  return capos_exchange_end(&exchange, error);
}

/** Nanoseconds since 1970-01-01 UTC. unimplemented: the system has no wall clock. */
static inline int capos_timer_wall_clock(capos_cap target, struct capos_timer_wall_clock_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_timer_wall_clock_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 2);
  if (error == 0) error = capos_timer_wall_clock_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a Timer server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_timer_server {
  /** Nanoseconds since some moment before the system began; never goes back. */
  int (*now)(void *context, const struct capos_received *call, struct capos_timer_now_results *results);
  /** Answers once that time is reached, at once if it is past. */
  int (*sleep_until)(void *context, const struct capos_received *call, const struct capos_timer_sleep_until_params *params);
  /** Nanoseconds since 1970-01-01 UTC. unimplemented: the system has no wall clock. */
  int (*wall_clock)(void *context, const struct capos_received *call, struct capos_timer_wall_clock_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_timer_handle(const struct capos_timer_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_timer_now_results results = {0};
      if (server->now == NULL) break;
      int error = server->now(context, call, &results);
      return error < 0 ? error : capos_timer_now_results_encode(&results, reply);
    }
    case 1: {
      struct capos_timer_sleep_until_params params;
      if (server->sleep_until == NULL) break;
      if (capos_timer_sleep_until_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->sleep_until(context, call, &params);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 2: {
      struct capos_timer_wall_clock_results results = {0};
      if (server->wall_clock == NULL) break;
      int error = server->wall_clock(context, call, &results);
      return error < 0 ? error : capos_timer_wall_clock_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "Timer has no such method here");
}

/** Random bytes of the embedder's choice of source. */
#define CAPOS_ENTROPY_SOURCE_INTERFACE_ID UINT64_C(0xc423aba0eb03474a)
#define CAPOS_ENTROPY_SOURCE_METHOD_FILL 0u

/** At most 65,536 bytes a call. */
static inline int capos_entropy_source_fill(capos_cap target, const struct capos_entropy_source_fill_params *params, struct capos_entropy_source_fill_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_entropy_source_fill_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_entropy_source_fill_params_size(params));
  if (error == 0) error = capos_entropy_source_fill_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_entropy_source_fill_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a EntropySource server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_entropy_source_server {
  /** At most 65,536 bytes a call. */
  int (*fill)(void *context, const struct capos_received *call, const struct capos_entropy_source_fill_params *params, struct capos_entropy_source_fill_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_entropy_source_handle(const struct capos_entropy_source_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_entropy_source_fill_params params;
      struct capos_entropy_source_fill_results results = {0};
      if (server->fill == NULL) break;
      if (capos_entropy_source_fill_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->fill(context, call, &params, &results);
      return error < 0 ? error : capos_entropy_source_fill_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "EntropySource has no such method here");
}

/** A terminal, or whatever stands in for one. Shared by all who hold it: reads are answered in the order they came. */
#define CAPOS_CONSOLE_INTERFACE_ID UINT64_C(0xfdf7af96e800d715)
#define CAPOS_CONSOLE_METHOD_WRITE 0u
#define CAPOS_CONSOLE_METHOD_READ 1u
#define CAPOS_CONSOLE_METHOD_GET_SIZE 2u
#define CAPOS_CONSOLE_METHOD_SET_MODE 3u
#define CAPOS_CONSOLE_METHOD_WAIT_INTERRUPT 4u
#define CAPOS_CONSOLE_METHOD_WAIT_RESIZE 5u

/** Takes bytes, perhaps fewer than there are. None: nobody will ever read them. */
static inline int capos_console_write(capos_cap target, const struct capos_console_write_params *params, struct capos_console_write_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_console_write_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_console_write_params_size(params));
  if (error == 0) error = capos_console_write_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_console_write_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Waits for input. Empty data is end of input. */
static inline int capos_console_read(capos_cap target, const struct capos_console_read_params *params, struct capos_console_read_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_console_read_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_console_read_params_size(params));
  if (error == 0) error = capos_console_read_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  if (error == 0) error = capos_console_read_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** isTerminal: somebody sits there; false for files and pipes. */
static inline int capos_console_get_size(capos_cap target, struct capos_console_get_size_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_console_get_size_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 2);
  if (error == 0) error = capos_console_get_size_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** raw: bytes as typed, no echo. Otherwise lines with echo, and Ctrl-C as an interrupt. */
static inline int capos_console_set_mode(capos_cap target, const struct capos_console_set_mode_params *params) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8 + capos_console_set_mode_params_size(params));
  if (error == 0) error = capos_console_set_mode_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 3);
  return capos_exchange_end(&exchange, error);
}

/** Returns when the user presses Ctrl-C in line mode. */
static inline int capos_console_wait_interrupt(capos_cap target) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 4);
  return capos_exchange_end(&exchange, error);
}

/** Returns when the terminal has another size than before. */
static inline int capos_console_wait_resize(capos_cap target) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 5);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a Console server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_console_server {
  /** Takes bytes, perhaps fewer than there are. None: nobody will ever read them. */
  int (*write)(void *context, const struct capos_received *call, const struct capos_console_write_params *params, struct capos_console_write_results *results);
  /** Waits for input. Empty data is end of input. */
  int (*read)(void *context, const struct capos_received *call, const struct capos_console_read_params *params, struct capos_console_read_results *results);
  /** isTerminal: somebody sits there; false for files and pipes. */
  int (*get_size)(void *context, const struct capos_received *call, struct capos_console_get_size_results *results);
  /** raw: bytes as typed, no echo. Otherwise lines with echo, and Ctrl-C as an interrupt. */
  int (*set_mode)(void *context, const struct capos_received *call, const struct capos_console_set_mode_params *params);
  /** Returns when the user presses Ctrl-C in line mode. */
  int (*wait_interrupt)(void *context, const struct capos_received *call);
  /** Returns when the terminal has another size than before. */
  int (*wait_resize)(void *context, const struct capos_received *call);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_console_handle(const struct capos_console_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_console_write_params params;
      struct capos_console_write_results results = {0};
      if (server->write == NULL) break;
      if (capos_console_write_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->write(context, call, &params, &results);
      return error < 0 ? error : capos_console_write_results_encode(&results, reply);
    }
    case 1: {
      struct capos_console_read_params params;
      struct capos_console_read_results results = {0};
      if (server->read == NULL) break;
      if (capos_console_read_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->read(context, call, &params, &results);
      return error < 0 ? error : capos_console_read_results_encode(&results, reply);
    }
    case 2: {
      struct capos_console_get_size_results results = {0};
      if (server->get_size == NULL) break;
      int error = server->get_size(context, call, &results);
      return error < 0 ? error : capos_console_get_size_results_encode(&results, reply);
    }
    case 3: {
      struct capos_console_set_mode_params params;
      if (server->set_mode == NULL) break;
      if (capos_console_set_mode_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->set_mode(context, call, &params);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 4: {
      if (server->wait_interrupt == NULL) break;
      int error = server->wait_interrupt(context, call);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 5: {
      if (server->wait_resize == NULL) break;
      int error = server->wait_resize(context, call);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "Console has no such method here");
}

#endif
