/* Generated from image.capnp. Do not edit.
   The index of a packed image: one file that holds a system, manifest and blobs, and checks itself. */
#ifndef CAPOS_SCHEMA_CAPOS_IMAGE_H
#define CAPOS_SCHEMA_CAPOS_IMAGE_H

#include <capos/call.h>
#include <capos/endpoint.h>
#include <capos/message.h>

struct capos_image_content {
  /** From the file's first byte; a multiple of 8. */
  uint64_t offset;
  uint64_t length;
  /** SHA-256. */
  struct capos_data digest;
};

static inline uint32_t capos_image_content_fill(const struct capos_image_content *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->offset;
  words[1] |= (uint64_t)value->length;
  if (pointers < 1 && value->digest.length != 0) pointers = 1;
  return pointers;
}

static inline void capos_image_content_point(struct capos_writer *writer, uint32_t at, const struct capos_image_content *value) {
  if (value->digest.length != 0) capos_write_data(writer, at + 0, value->digest);
}

static inline void capos_image_content_put(struct capos_writer *writer, uint32_t at, const struct capos_image_content *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_image_content_fill(value, words);
  capos_image_content_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_image_content_size(const struct capos_image_content *value) {
  uint64_t size = 24;
  size += ((uint64_t)value->digest.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_image_content_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_image_content *value) {
  *value = (struct capos_image_content){0};
  value->offset = (uint64_t)(capos_get_u64(&view, 0));
  value->length = (uint64_t)(capos_get_u64(&view, 8));
  value->digest = capos_read_data(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_image_content_encode(const struct capos_image_content *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_image_content_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_image_content_decode(struct capos_image_content *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_image_content_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_image_blob {
  struct capos_text name;
  struct capos_image_content content;
};

static inline uint32_t capos_image_blob_fill(const struct capos_image_blob *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  if (pointers < 2) pointers = 2;
  (void)words;
  return pointers;
}

static inline void capos_image_blob_point(struct capos_writer *writer, uint32_t at, const struct capos_image_blob *value) {
  if (value->name.length != 0) capos_write_text(writer, at + 0, value->name);
  capos_image_content_put(writer, at + 8, &value->content);
}

static inline void capos_image_blob_put(struct capos_writer *writer, uint32_t at, const struct capos_image_blob *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_image_blob_fill(value, words);
  capos_image_blob_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_image_blob_size(const struct capos_image_blob *value) {
  uint64_t size = 16;
  size += ((uint64_t)value->name.length + 8) & ~UINT64_C(7);
  size += capos_image_content_size(&value->content);
  return size;
}

static inline void capos_image_blob_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_image_blob *value) {
  *value = (struct capos_image_blob){0};
  value->name = capos_read_text(reader, &view, 0);
  capos_image_content_read(reader, capos_read_struct(reader, &view, 1), &value->content);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_image_blob_encode(const struct capos_image_blob *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_image_blob_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_image_blob_decode(struct capos_image_blob *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_image_blob_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/**
 * A list of ImageBlob. To send one, set `items` and `count`; one that was received has `count` elements that
 * capos_image_blob_list_get reads one at a time, and can be sent on as it is.
 */
struct capos_image_blob_list {
  const struct capos_image_blob *items;
  uint32_t count;
  struct capos_list_view view;
};

static inline int capos_image_blob_list_get(const struct capos_image_blob_list *list, uint32_t index, struct capos_image_blob *item);

static inline void capos_image_blob_list_put(struct capos_writer *writer, uint32_t at, const struct capos_image_blob_list *list) {
  if (list->count == 0) return;
  struct capos_image_blob item;
  uint32_t data_words = 0, pointers = 0;
  for (uint32_t index = 0; index < list->count; index++) {
    uint64_t words[1] = {0};
    if (capos_image_blob_list_get(list, index, &item) < 0) writer->failed = true;
    uint32_t needed = capos_image_blob_fill(&item, words);
    uint32_t used = capos_used_words(words, 0);
    if (used > data_words) data_words = used;
    if (needed > pointers) pointers = needed;
  }
  uint32_t body = capos_write_struct_list(writer, at, list->count, data_words, pointers);
  for (uint32_t index = 0; index < list->count && !writer->failed; index++, body += (data_words + pointers) * 8) {
    uint64_t words[1] = {0};
    capos_image_blob_list_get(list, index, &item);
    capos_image_blob_fill(&item, words);
    capos_write_words(writer, body, words, data_words);
    capos_image_blob_point(writer, body + data_words * 8, &item);
  }
}

static inline uint64_t capos_image_blob_list_size(const struct capos_image_blob_list *list) {
  uint64_t size = 8;
  struct capos_image_blob item;
  for (uint32_t index = 0; index < list->count; index++) {
    if (capos_image_blob_list_get(list, index, &item) == 0) size += capos_image_blob_size(&item);
  }
  return size;
}

static inline void capos_image_blob_list_read(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot,
                                     struct capos_image_blob_list *list) {
  *list = (struct capos_image_blob_list){.items = NULL};
  list->view = capos_read_list(reader, view, slot, CAPOS_ELEMENT_STRUCT);
  list->count = list->view.count;
}

/** Element `index` of a list, received or not. Answers 0 or −CAPOS_ERROR_BAD_MESSAGE. */
static inline int capos_image_blob_list_get(const struct capos_image_blob_list *list, uint32_t index, struct capos_image_blob *item) {
  struct capos_reader reader;
  struct capos_struct_view view;
  if (list->items != NULL && index < list->count) {
    *item = list->items[index];
    return 0;
  }
  *item = (struct capos_image_blob){0};
  if (!capos_list_element(&list->view, index, &reader, &view)) return -CAPOS_ERROR_BAD_MESSAGE;
  capos_image_blob_read(&reader, view, item);
  return capos_reader_end(&reader);
}

struct capos_image_index {
  /** A Manifest message. */
  struct capos_image_content manifest;
  /** By name, in ascending order of the names' UTF-8. Equal blobs share one content. */
  struct capos_image_blob_list blobs;
};

static inline uint32_t capos_image_index_fill(const struct capos_image_index *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1) pointers = 1;
  if (pointers < 2 && value->blobs.count != 0) pointers = 2;
  (void)words;
  return pointers;
}

static inline void capos_image_index_point(struct capos_writer *writer, uint32_t at, const struct capos_image_index *value) {
  capos_image_content_put(writer, at + 0, &value->manifest);
  capos_image_blob_list_put(writer, at + 8, &value->blobs);
}

static inline void capos_image_index_put(struct capos_writer *writer, uint32_t at, const struct capos_image_index *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_image_index_fill(value, words);
  capos_image_index_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_image_index_size(const struct capos_image_index *value) {
  uint64_t size = 16;
  size += capos_image_content_size(&value->manifest);
  size += capos_image_blob_list_size(&value->blobs);
  return size;
}

static inline void capos_image_index_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_image_index *value) {
  *value = (struct capos_image_index){0};
  capos_image_content_read(reader, capos_read_struct(reader, &view, 0), &value->manifest);
  capos_image_blob_list_read(reader, &view, 1, &value->blobs);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_image_index_encode(const struct capos_image_index *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_image_index_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_image_index_decode(struct capos_image_index *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_image_index_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

#endif
