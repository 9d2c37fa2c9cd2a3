/* Generated from manifest.capnp. Do not edit.
   A system as data: which programs, which services, who holds what. */
#ifndef CAPOS_SCHEMA_CAPOS_MANIFEST_H
#define CAPOS_SCHEMA_CAPOS_MANIFEST_H

#include <capos/call.h>
#include <capos/endpoint.h>
#include <capos/message.h>
#include <capos/schema/accounting.h>

enum capos_group_strategy {
  CAPOS_GROUP_STRATEGY_ONE_FOR_ONE = 0,
  CAPOS_GROUP_STRATEGY_REST_FOR_ONE = 1,
  CAPOS_GROUP_STRATEGY_ONE_FOR_ALL = 2,
};

enum capos_service_restart {
  CAPOS_SERVICE_RESTART_TEMPORARY = 0,
  CAPOS_SERVICE_RESTART_TRANSIENT = 1,
  CAPOS_SERVICE_RESTART_PERMANENT = 2,
};

/** What becomes of a running service whose program, arguments or environment a new manifest changes. */
enum capos_service_upgrade {
  CAPOS_SERVICE_UPGRADE_RESTART = 0,
  CAPOS_SERVICE_UPGRADE_HAND_OVER = 1,
};

/** Values of `which` of Program. */
enum {
  CAPOS_PROGRAM_ELF = 0,
  CAPOS_PROGRAM_HOSTED = 1,
};

/** Something that can be spawned. */
struct capos_program {
  struct capos_text name;
  uint16_t which; /**< CAPOS_PROGRAM_… */
  union {
    /** name of a blob in the boot package */
    struct capos_text elf;
    /** name of a TypeScript program that the embedder registered */
    struct capos_text hosted;
  };
};

static inline uint32_t capos_program_fill(const struct capos_program *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  words[0] |= (uint64_t)value->which;
  switch (value->which) {
    case 0:
      if (pointers < 2 && value->elf.length != 0) pointers = 2;
      break;
    case 1:
      if (pointers < 2 && value->hosted.length != 0) pointers = 2;
      break;
  }
  return pointers;
}

static inline void capos_program_point(struct capos_writer *writer, uint32_t at, const struct capos_program *value) {
  if (value->name.length != 0) capos_write_text(writer, at + 0, value->name);
  if (value->which == 0) if (value->elf.length != 0) capos_write_text(writer, at + 8, value->elf);
  if (value->which == 1) if (value->hosted.length != 0) capos_write_text(writer, at + 8, value->hosted);
}

static inline void capos_program_put(struct capos_writer *writer, uint32_t at, const struct capos_program *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_program_fill(value, words);
  capos_program_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_program_size(const struct capos_program *value) {
  uint64_t size = 24;
  size += ((uint64_t)value->name.length + 8) & ~UINT64_C(7);
  switch (value->which) {
    case 0:
      size += ((uint64_t)value->elf.length + 8) & ~UINT64_C(7);
      break;
    case 1:
      size += ((uint64_t)value->hosted.length + 8) & ~UINT64_C(7);
      break;
  }
  return size;
}

static inline void capos_program_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_program *value) {
  *value = (struct capos_program){0};
  value->name = capos_read_text(reader, &view, 0);
  value->which = capos_read_which(reader, &view, 0, 2);
  switch (value->which) {
    case 0:
      value->elf = capos_read_text(reader, &view, 1);
      break;
    case 1:
      value->hosted = capos_read_text(reader, &view, 1);
      break;
  }
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_program_encode(const struct capos_program *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_program_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_program_decode(struct capos_program *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_program_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/**
 * A list of Program. To send one, set `items` and `count`; one that was received has `count` elements that
 * capos_program_list_get reads one at a time, and can be sent on as it is.
 */
struct capos_program_list {
  const struct capos_program *items;
  uint32_t count;
  struct capos_list_view view;
};

static inline int capos_program_list_get(const struct capos_program_list *list, uint32_t index, struct capos_program *item);

static inline void capos_program_list_put(struct capos_writer *writer, uint32_t at, const struct capos_program_list *list) {
  if (list->count == 0) return;
  struct capos_program item;
  uint32_t data_words = 0, pointers = 0;
  for (uint32_t index = 0; index < list->count; index++) {
    uint64_t words[1] = {0};
    if (capos_program_list_get(list, index, &item) < 0) writer->failed = true;
    uint32_t needed = capos_program_fill(&item, words);
    uint32_t used = capos_used_words(words, 1);
    if (used > data_words) data_words = used;
    if (needed > pointers) pointers = needed;
  }
  uint32_t body = capos_write_struct_list(writer, at, list->count, data_words, pointers);
  for (uint32_t index = 0; index < list->count && !writer->failed; index++, body += (data_words + pointers) * 8) {
    uint64_t words[1] = {0};
    capos_program_list_get(list, index, &item);
    capos_program_fill(&item, words);
    capos_write_words(writer, body, words, data_words);
    capos_program_point(writer, body + data_words * 8, &item);
  }
}

static inline uint64_t capos_program_list_size(const struct capos_program_list *list) {
  uint64_t size = 8;
  struct capos_program item;
  for (uint32_t index = 0; index < list->count; index++) {
    if (capos_program_list_get(list, index, &item) == 0) size += capos_program_size(&item);
  }
  return size;
}

static inline void capos_program_list_read(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot,
                                     struct capos_program_list *list) {
  *list = (struct capos_program_list){.items = NULL};
  list->view = capos_read_list(reader, view, slot, CAPOS_ELEMENT_STRUCT);
  list->count = list->view.count;
}

/** Element `index` of a list, received or not. Answers 0 or −CAPOS_ERROR_BAD_MESSAGE. */
static inline int capos_program_list_get(const struct capos_program_list *list, uint32_t index, struct capos_program *item) {
  struct capos_reader reader;
  struct capos_struct_view view;
  if (list->items != NULL && index < list->count) {
    *item = list->items[index];
    return 0;
  }
  *item = (struct capos_program){0};
  if (!capos_list_element(&list->view, index, &reader, &view)) return -CAPOS_ERROR_BAD_MESSAGE;
  capos_program_read(&reader, view, item);
  return capos_reader_end(&reader);
}

/** Values of `which` of Import. */
enum {
  CAPOS_IMPORT_KERNEL = 0,
  CAPOS_IMPORT_SERVICE = 1,
};

struct capos_import {
  /** under which the service finds it in its CapSet */
  struct capos_text name;
  uint64_t interface_id;
  /** for a service import: the badge of the facet minted for this holder; 0 lets init number it */
  uint64_t badge;
  uint16_t which; /**< CAPOS_IMPORT_… */
  union {
    /** an object of the kernel or board: console, timer, entropy, … */
    struct capos_text kernel;
    struct {
      /** an export of another service */
      struct capos_text service;
      struct capos_text export;
    } service;
  };
};

static inline uint32_t capos_import_fill(const struct capos_import *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  words[0] |= (uint64_t)value->interface_id;
  words[2] |= (uint64_t)value->badge;
  words[1] |= (uint64_t)value->which;
  switch (value->which) {
    case 0:
      if (pointers < 2 && value->kernel.length != 0) pointers = 2;
      break;
    case 1:
      if (pointers < 2 && value->service.service.length != 0) pointers = 2;
      if (pointers < 3 && value->service.export.length != 0) pointers = 3;
      break;
  }
  return pointers;
}

static inline void capos_import_point(struct capos_writer *writer, uint32_t at, const struct capos_import *value) {
  if (value->name.length != 0) capos_write_text(writer, at + 0, value->name);
  if (value->which == 0) if (value->kernel.length != 0) capos_write_text(writer, at + 8, value->kernel);
  if (value->which == 1) if (value->service.service.length != 0) capos_write_text(writer, at + 8, value->service.service);
  if (value->which == 1) if (value->service.export.length != 0) capos_write_text(writer, at + 16, value->service.export);
}

static inline void capos_import_put(struct capos_writer *writer, uint32_t at, const struct capos_import *value) {
  uint64_t words[3] = {0};
  uint32_t pointers = capos_import_fill(value, words);
  capos_import_point(writer, capos_write_struct(writer, at, words, 3, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_import_size(const struct capos_import *value) {
  uint64_t size = 48;
  size += ((uint64_t)value->name.length + 8) & ~UINT64_C(7);
  switch (value->which) {
    case 0:
      size += ((uint64_t)value->kernel.length + 8) & ~UINT64_C(7);
      break;
    case 1:
      size += ((uint64_t)value->service.service.length + 8) & ~UINT64_C(7);
      size += ((uint64_t)value->service.export.length + 8) & ~UINT64_C(7);
      break;
  }
  return size;
}

static inline void capos_import_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_import *value) {
  *value = (struct capos_import){0};
  value->name = capos_read_text(reader, &view, 0);
  value->interface_id = (uint64_t)(capos_get_u64(&view, 0));
  value->badge = (uint64_t)(capos_get_u64(&view, 16));
  value->which = capos_read_which(reader, &view, 8, 2);
  switch (value->which) {
    case 0:
      value->kernel = capos_read_text(reader, &view, 1);
      break;
    case 1:
      value->service.service = capos_read_text(reader, &view, 1);
      value->service.export = capos_read_text(reader, &view, 2);
      break;
  }
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_import_encode(const struct capos_import *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_import_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_import_decode(struct capos_import *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_import_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/**
 * A list of Import. To send one, set `items` and `count`; one that was received has `count` elements that
 * capos_import_list_get reads one at a time, and can be sent on as it is.
 */
struct capos_import_list {
  const struct capos_import *items;
  uint32_t count;
  struct capos_list_view view;
};

static inline int capos_import_list_get(const struct capos_import_list *list, uint32_t index, struct capos_import *item);

static inline void capos_import_list_put(struct capos_writer *writer, uint32_t at, const struct capos_import_list *list) {
  if (list->count == 0) return;
  struct capos_import item;
  uint32_t data_words = 0, pointers = 0;
  for (uint32_t index = 0; index < list->count; index++) {
    uint64_t words[3] = {0};
    if (capos_import_list_get(list, index, &item) < 0) writer->failed = true;
    uint32_t needed = capos_import_fill(&item, words);
    uint32_t used = capos_used_words(words, 3);
    if (used > data_words) data_words = used;
    if (needed > pointers) pointers = needed;
  }
  uint32_t body = capos_write_struct_list(writer, at, list->count, data_words, pointers);
  for (uint32_t index = 0; index < list->count && !writer->failed; index++, body += (data_words + pointers) * 8) {
    uint64_t words[3] = {0};
    capos_import_list_get(list, index, &item);
    capos_import_fill(&item, words);
    capos_write_words(writer, body, words, data_words);
    capos_import_point(writer, body + data_words * 8, &item);
  }
}

static inline uint64_t capos_import_list_size(const struct capos_import_list *list) {
  uint64_t size = 8;
  struct capos_import item;
  for (uint32_t index = 0; index < list->count; index++) {
    if (capos_import_list_get(list, index, &item) == 0) size += capos_import_size(&item);
  }
  return size;
}

static inline void capos_import_list_read(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot,
                                     struct capos_import_list *list) {
  *list = (struct capos_import_list){.items = NULL};
  list->view = capos_read_list(reader, view, slot, CAPOS_ELEMENT_STRUCT);
  list->count = list->view.count;
}

/** Element `index` of a list, received or not. Answers 0 or −CAPOS_ERROR_BAD_MESSAGE. */
static inline int capos_import_list_get(const struct capos_import_list *list, uint32_t index, struct capos_import *item) {
  struct capos_reader reader;
  struct capos_struct_view view;
  if (list->items != NULL && index < list->count) {
    *item = list->items[index];
    return 0;
  }
  *item = (struct capos_import){0};
  if (!capos_list_element(&list->view, index, &reader, &view)) return -CAPOS_ERROR_BAD_MESSAGE;
  capos_import_read(&reader, view, item);
  return capos_reader_end(&reader);
}

struct capos_export {
  struct capos_text name;
  uint64_t interface_id;
};

static inline uint32_t capos_export_fill(const struct capos_export *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  words[0] |= (uint64_t)value->interface_id;
  return pointers;
}

static inline void capos_export_point(struct capos_writer *writer, uint32_t at, const struct capos_export *value) {
  if (value->name.length != 0) capos_write_text(writer, at + 0, value->name);
}

static inline void capos_export_put(struct capos_writer *writer, uint32_t at, const struct capos_export *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_export_fill(value, words);
  capos_export_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_export_size(const struct capos_export *value) {
  uint64_t size = 16;
  size += ((uint64_t)value->name.length + 8) & ~UINT64_C(7);
  return size;
}

static inline void capos_export_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_export *value) {
  *value = (struct capos_export){0};
  value->name = capos_read_text(reader, &view, 0);
  value->interface_id = (uint64_t)(capos_get_u64(&view, 0));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_export_encode(const struct capos_export *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_export_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_export_decode(struct capos_export *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_export_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/**
 * A list of Export. To send one, set `items` and `count`; one that was received has `count` elements that
 * capos_export_list_get reads one at a time, and can be sent on as it is.
 */
struct capos_export_list {
  const struct capos_export *items;
  uint32_t count;
  struct capos_list_view view;
};

static inline int capos_export_list_get(const struct capos_export_list *list, uint32_t index, struct capos_export *item);

static inline void capos_export_list_put(struct capos_writer *writer, uint32_t at, const struct capos_export_list *list) {
  if (list->count == 0) return;
  struct capos_export item;
  uint32_t data_words = 0, pointers = 0;
  for (uint32_t index = 0; index < list->count; index++) {
    uint64_t words[1] = {0};
    if (capos_export_list_get(list, index, &item) < 0) writer->failed = true;
    uint32_t needed = capos_export_fill(&item, words);
    uint32_t used = capos_used_words(words, 1);
    if (used > data_words) data_words = used;
    if (needed > pointers) pointers = needed;
  }
  uint32_t body = capos_write_struct_list(writer, at, list->count, data_words, pointers);
  for (uint32_t index = 0; index < list->count && !writer->failed; index++, body += (data_words + pointers) * 8) {
    uint64_t words[1] = {0};
    capos_export_list_get(list, index, &item);
    capos_export_fill(&item, words);
    capos_write_words(writer, body, words, data_words);
    capos_export_point(writer, body + data_words * 8, &item);
  }
}

static inline uint64_t capos_export_list_size(const struct capos_export_list *list) {
  uint64_t size = 8;
  struct capos_export item;
  for (uint32_t index = 0; index < list->count; index++) {
    if (capos_export_list_get(list, index, &item) == 0) size += capos_export_size(&item);
  }
  return size;
}

static inline void capos_export_list_read(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot,
                                     struct capos_export_list *list) {
  *list = (struct capos_export_list){.items = NULL};
  list->view = capos_read_list(reader, view, slot, CAPOS_ELEMENT_STRUCT);
  list->count = list->view.count;
}

/** Element `index` of a list, received or not. Answers 0 or −CAPOS_ERROR_BAD_MESSAGE. */
static inline int capos_export_list_get(const struct capos_export_list *list, uint32_t index, struct capos_export *item) {
  struct capos_reader reader;
  struct capos_struct_view view;
  if (list->items != NULL && index < list->count) {
    *item = list->items[index];
    return 0;
  }
  *item = (struct capos_export){0};
  if (!capos_list_element(&list->view, index, &reader, &view)) return -CAPOS_ERROR_BAD_MESSAGE;
  capos_export_read(&reader, view, item);
  return capos_reader_end(&reader);
}

struct capos_service {
  struct capos_text name;
  struct capos_text program;
  /** argv, from argv[0] on; empty stands for the service's name. */
  struct capos_text_list arguments;
  struct capos_text_list environment;
  struct capos_import_list imports;
  struct capos_export_list exports;
  /** temporary: never again. transient: after a failure. permanent: whenever it ends. */
  uint16_t restart;
  /** Restarts within a minute; init gives up on a service that needs more. Without meaning for a service in a group. */
  uint16_t restart_limit;
  /** Empty: a group of its own. */
  struct capos_text group;
  uint16_t upgrade;
  /** The most it may use of a resource, what it starts included. */
  struct capos_resource_amount_list limits;
};

static inline uint32_t capos_service_fill(const struct capos_service *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  if (pointers < 2 && value->program.length != 0) pointers = 2;
  if (pointers < 3 && value->arguments.count != 0) pointers = 3;
  if (pointers < 4 && value->environment.count != 0) pointers = 4;
  if (pointers < 5 && value->imports.count != 0) pointers = 5;
  if (pointers < 6 && value->exports.count != 0) pointers = 6;
  words[0] |= (uint64_t)(uint16_t)value->restart;
  words[0] |= ((uint64_t)(uint16_t)value->restart_limit ^ UINT64_C(0x5)) << 16;
  if (pointers < 7 && value->group.length != 0) pointers = 7;
  words[0] |= (uint64_t)(uint16_t)value->upgrade << 32;
  if (pointers < 8 && value->limits.count != 0) pointers = 8;
  return pointers;
}

static inline void capos_service_point(struct capos_writer *writer, uint32_t at, const struct capos_service *value) {
  if (value->name.length != 0) capos_write_text(writer, at + 0, value->name);
  if (value->program.length != 0) capos_write_text(writer, at + 8, value->program);
  capos_text_list_put(writer, at + 16, &value->arguments);
  capos_text_list_put(writer, at + 24, &value->environment);
  capos_import_list_put(writer, at + 32, &value->imports);
  capos_export_list_put(writer, at + 40, &value->exports);
  if (value->group.length != 0) capos_write_text(writer, at + 48, value->group);
  capos_resource_amount_list_put(writer, at + 56, &value->limits);
}

static inline void capos_service_put(struct capos_writer *writer, uint32_t at, const struct capos_service *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_service_fill(value, words);
  capos_service_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_service_size(const struct capos_service *value) {
  uint64_t size = 72;
  size += ((uint64_t)value->name.length + 8) & ~UINT64_C(7);
  size += ((uint64_t)value->program.length + 8) & ~UINT64_C(7);
  size += capos_text_list_size(&value->arguments);
  size += capos_text_list_size(&value->environment);
  size += capos_import_list_size(&value->imports);
  size += capos_export_list_size(&value->exports);
  size += ((uint64_t)value->group.length + 8) & ~UINT64_C(7);
  size += capos_resource_amount_list_size(&value->limits);
  return size;
}

static inline void capos_service_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_service *value) {
  *value = (struct capos_service){0};
  value->name = capos_read_text(reader, &view, 0);
  value->program = capos_read_text(reader, &view, 1);
  capos_text_list_read(reader, &view, 2, &value->arguments);
  capos_text_list_read(reader, &view, 3, &value->environment);
  capos_import_list_read(reader, &view, 4, &value->imports);
  capos_export_list_read(reader, &view, 5, &value->exports);
  value->restart = (uint16_t)(capos_get_u16(&view, 0));
  value->restart_limit = (uint16_t)(capos_get_u16(&view, 2) ^ UINT64_C(0x5));
  value->group = capos_read_text(reader, &view, 6);
  value->upgrade = (uint16_t)(capos_get_u16(&view, 4));
  capos_resource_amount_list_read(reader, &view, 7, &value->limits);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_service_encode(const struct capos_service *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_service_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_service_decode(struct capos_service *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_service_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/**
 * A list of Service. To send one, set `items` and `count`; one that was received has `count` elements that
 * capos_service_list_get reads one at a time, and can be sent on as it is.
 */
struct capos_service_list {
  const struct capos_service *items;
  uint32_t count;
  struct capos_list_view view;
};

static inline int capos_service_list_get(const struct capos_service_list *list, uint32_t index, struct capos_service *item);

static inline void capos_service_list_put(struct capos_writer *writer, uint32_t at, const struct capos_service_list *list) {
  if (list->count == 0) return;
  struct capos_service item;
  uint32_t data_words = 0, pointers = 0;
  for (uint32_t index = 0; index < list->count; index++) {
    uint64_t words[1] = {0};
    if (capos_service_list_get(list, index, &item) < 0) writer->failed = true;
    uint32_t needed = capos_service_fill(&item, words);
    uint32_t used = capos_used_words(words, 1);
    if (used > data_words) data_words = used;
    if (needed > pointers) pointers = needed;
  }
  uint32_t body = capos_write_struct_list(writer, at, list->count, data_words, pointers);
  for (uint32_t index = 0; index < list->count && !writer->failed; index++, body += (data_words + pointers) * 8) {
    uint64_t words[1] = {0};
    capos_service_list_get(list, index, &item);
    capos_service_fill(&item, words);
    capos_write_words(writer, body, words, data_words);
    capos_service_point(writer, body + data_words * 8, &item);
  }
}

static inline uint64_t capos_service_list_size(const struct capos_service_list *list) {
  uint64_t size = 8;
  struct capos_service item;
  for (uint32_t index = 0; index < list->count; index++) {
    if (capos_service_list_get(list, index, &item) == 0) size += capos_service_size(&item);
  }
  return size;
}

static inline void capos_service_list_read(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot,
                                     struct capos_service_list *list) {
  *list = (struct capos_service_list){.items = NULL};
  list->view = capos_read_list(reader, view, slot, CAPOS_ELEMENT_STRUCT);
  list->count = list->view.count;
}

/** Element `index` of a list, received or not. Answers 0 or −CAPOS_ERROR_BAD_MESSAGE. */
static inline int capos_service_list_get(const struct capos_service_list *list, uint32_t index, struct capos_service *item) {
  struct capos_reader reader;
  struct capos_struct_view view;
  if (list->items != NULL && index < list->count) {
    *item = list->items[index];
    return 0;
  }
  *item = (struct capos_service){0};
  if (!capos_list_element(&list->view, index, &reader, &view)) return -CAPOS_ERROR_BAD_MESSAGE;
  capos_service_read(&reader, view, item);
  return capos_reader_end(&reader);
}

/** Services that start again together. A service in no group is a group of its own. */
struct capos_group {
  struct capos_text name;
  uint16_t strategy;
  /** Restarts within a period; when more are needed, the group ends as a whole. */
  uint16_t intensity;
  uint32_t period_ms;
  /** The group that starts this one again when it ended; empty: nobody does. */
  struct capos_text parent;
  /** Whether the parent does. */
  uint16_t restart;
};

static inline uint32_t capos_group_fill(const struct capos_group *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  words[0] |= (uint64_t)(uint16_t)value->strategy;
  words[0] |= ((uint64_t)(uint16_t)value->intensity ^ UINT64_C(0x1)) << 16;
  words[0] |= ((uint64_t)(uint32_t)value->period_ms ^ UINT64_C(0x1388)) << 32;
  if (pointers < 2 && value->parent.length != 0) pointers = 2;
  words[1] |= ((uint64_t)(uint16_t)value->restart ^ UINT64_C(0x2));
  return pointers;
}

static inline void capos_group_point(struct capos_writer *writer, uint32_t at, const struct capos_group *value) {
  if (value->name.length != 0) capos_write_text(writer, at + 0, value->name);
  if (value->parent.length != 0) capos_write_text(writer, at + 8, value->parent);
}

static inline void capos_group_put(struct capos_writer *writer, uint32_t at, const struct capos_group *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_group_fill(value, words);
  capos_group_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_group_size(const struct capos_group *value) {
  uint64_t size = 32;
  size += ((uint64_t)value->name.length + 8) & ~UINT64_C(7);
  size += ((uint64_t)value->parent.length + 8) & ~UINT64_C(7);
  return size;
}

static inline void capos_group_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_group *value) {
  *value = (struct capos_group){0};
  value->name = capos_read_text(reader, &view, 0);
  value->strategy = (uint16_t)(capos_get_u16(&view, 0));
  value->intensity = (uint16_t)(capos_get_u16(&view, 2) ^ UINT64_C(0x1));
  value->period_ms = (uint32_t)(capos_get_u32(&view, 4) ^ UINT64_C(0x1388));
  value->parent = capos_read_text(reader, &view, 1);
  value->restart = (uint16_t)(capos_get_u16(&view, 8) ^ UINT64_C(0x2));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_group_encode(const struct capos_group *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_group_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_group_decode(struct capos_group *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_group_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/**
 * A list of Group. To send one, set `items` and `count`; one that was received has `count` elements that
 * capos_group_list_get reads one at a time, and can be sent on as it is.
 */
struct capos_group_list {
  const struct capos_group *items;
  uint32_t count;
  struct capos_list_view view;
};

static inline int capos_group_list_get(const struct capos_group_list *list, uint32_t index, struct capos_group *item);

static inline void capos_group_list_put(struct capos_writer *writer, uint32_t at, const struct capos_group_list *list) {
  if (list->count == 0) return;
  struct capos_group item;
  uint32_t data_words = 0, pointers = 0;
  for (uint32_t index = 0; index < list->count; index++) {
    uint64_t words[2] = {0};
    if (capos_group_list_get(list, index, &item) < 0) writer->failed = true;
    uint32_t needed = capos_group_fill(&item, words);
    uint32_t used = capos_used_words(words, 2);
    if (used > data_words) data_words = used;
    if (needed > pointers) pointers = needed;
  }
  uint32_t body = capos_write_struct_list(writer, at, list->count, data_words, pointers);
  for (uint32_t index = 0; index < list->count && !writer->failed; index++, body += (data_words + pointers) * 8) {
    uint64_t words[2] = {0};
    capos_group_list_get(list, index, &item);
    capos_group_fill(&item, words);
    capos_write_words(writer, body, words, data_words);
    capos_group_point(writer, body + data_words * 8, &item);
  }
}

static inline uint64_t capos_group_list_size(const struct capos_group_list *list) {
  uint64_t size = 8;
  struct capos_group item;
  for (uint32_t index = 0; index < list->count; index++) {
    if (capos_group_list_get(list, index, &item) == 0) size += capos_group_size(&item);
  }
  return size;
}

static inline void capos_group_list_read(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot,
                                     struct capos_group_list *list) {
  *list = (struct capos_group_list){.items = NULL};
  list->view = capos_read_list(reader, view, slot, CAPOS_ELEMENT_STRUCT);
  list->count = list->view.count;
}

/** Element `index` of a list, received or not. Answers 0 or −CAPOS_ERROR_BAD_MESSAGE. */
static inline int capos_group_list_get(const struct capos_group_list *list, uint32_t index, struct capos_group *item) {
  struct capos_reader reader;
  struct capos_struct_view view;
  if (list->items != NULL && index < list->count) {
    *item = list->items[index];
    return 0;
  }
  *item = (struct capos_group){0};
  if (!capos_list_element(&list->view, index, &reader, &view)) return -CAPOS_ERROR_BAD_MESSAGE;
  capos_group_read(&reader, view, item);
  return capos_reader_end(&reader);
}

struct capos_manifest {
  uint32_t version;
  struct capos_text name;
  struct capos_program_list programs;
  struct capos_service_list services;
  /** The service whose end is the system's: init then stops the others and exits with its status. Empty: when all have ended. */
  struct capos_text main;
  struct capos_group_list groups;
};

static inline uint32_t capos_manifest_fill(const struct capos_manifest *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= ((uint64_t)(uint32_t)value->version ^ UINT64_C(0x1));
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  if (pointers < 2 && value->programs.count != 0) pointers = 2;
  if (pointers < 3 && value->services.count != 0) pointers = 3;
  if (pointers < 4 && value->main.length != 0) pointers = 4;
  if (pointers < 5 && value->groups.count != 0) pointers = 5;
  return pointers;
}

static inline void capos_manifest_point(struct capos_writer *writer, uint32_t at, const struct capos_manifest *value) {
  if (value->name.length != 0) capos_write_text(writer, at + 0, value->name);
  capos_program_list_put(writer, at + 8, &value->programs);
  capos_service_list_put(writer, at + 16, &value->services);
  if (value->main.length != 0) capos_write_text(writer, at + 24, value->main);
  capos_group_list_put(writer, at + 32, &value->groups);
}

static inline void capos_manifest_put(struct capos_writer *writer, uint32_t at, const struct capos_manifest *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_manifest_fill(value, words);
  capos_manifest_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_manifest_size(const struct capos_manifest *value) {
  uint64_t size = 48;
  size += ((uint64_t)value->name.length + 8) & ~UINT64_C(7);
  size += capos_program_list_size(&value->programs);
  size += capos_service_list_size(&value->services);
  size += ((uint64_t)value->main.length + 8) & ~UINT64_C(7);
  size += capos_group_list_size(&value->groups);
  return size;
}

static inline void capos_manifest_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_manifest *value) {
  *value = (struct capos_manifest){0};
  value->version = (uint32_t)(capos_get_u32(&view, 0) ^ UINT64_C(0x1));
  value->name = capos_read_text(reader, &view, 0);
  capos_program_list_read(reader, &view, 1, &value->programs);
  capos_service_list_read(reader, &view, 2, &value->services);
  value->main = capos_read_text(reader, &view, 3);
  capos_group_list_read(reader, &view, 4, &value->groups);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_manifest_encode(const struct capos_manifest *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_manifest_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_manifest_decode(struct capos_manifest *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_manifest_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

#endif
