// Reading messages that somebody else wrote: every pointer is checked, nothing is trusted, nothing is copied.
//
// Types of generated structs are finite, and lists are only visited by index, so the work of a decode is bounded by its
// type; bounds are all there is to check. Each pointer word is loaded once. (Layouts: message-writer.c.)
#include <capos/message.h>
#include <capos/string.h>

static const struct capos_struct_view EMPTY = {0};

static uint64_t load64(const uint8_t *at) {
  uint64_t value;
  memcpy(&value, at, sizeof value);
  return value;
}

static void fail(struct capos_reader *reader, int error) {
  if (reader->error == 0) reader->error = -error;
}

// Where the pointer word at `at` leads, if `words` words from there lie in the message; null otherwise.
static const uint8_t *target_of(struct capos_reader *reader, const uint8_t *at, uint64_t word, uint64_t words) {
  int64_t offset = (int32_t)(uint32_t)word >> 2;
  int64_t index = (at - reader->bytes) / 8 + 1 + offset;
  if (index < 0 || (uint64_t)index > reader->length / 8 || words > reader->length / 8 - (uint64_t)index) {
    fail(reader, CAPOS_ERROR_BAD_MESSAGE);
    return NULL;
  }
  return reader->bytes + index * 8;
}

// The pointer word of a slot; 0 for a slot that is not there, and after an error.
static uint64_t slot_word(const struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot) {
  return reader->error != 0 || slot >= view->pointer_count ? 0 : load64(view->pointers + slot * 8);
}

static struct capos_struct_view follow_struct(struct capos_reader *reader, const uint8_t *at, uint64_t word) {
  if (word == 0) return EMPTY;
  uint32_t data_words = (uint32_t)(word >> 32) & 0xffff, pointers = (uint32_t)(word >> 48);
  if ((word & 3) != 0) {
    fail(reader, CAPOS_ERROR_BAD_MESSAGE);
    return EMPTY;
  }
  const uint8_t *body = target_of(reader, at, word, data_words + pointers);
  if (body == NULL) return EMPTY;
  return (struct capos_struct_view){body, body + data_words * 8, data_words * 8, pointers};
}

struct capos_struct_view capos_reader_begin(struct capos_reader *reader, const struct capos_message *message) {
  *reader = (struct capos_reader){.bytes = message->bytes, .length = message->length, .message = message};
  if (message->length == 0) return EMPTY; // every field has its default
  if (message->length % 8 != 0) {
    fail(reader, CAPOS_ERROR_BAD_MESSAGE);
    return EMPTY;
  }
  return follow_struct(reader, reader->bytes, load64(reader->bytes));
}

int capos_reader_end(struct capos_reader *reader) {
  const struct capos_message *message = reader->message;
  for (uint32_t ordinal = 0; message != NULL && ordinal < message->cap_count; ordinal++) {
    bool adopted = ordinal < 64 && (reader->adopted >> ordinal & 1) != 0;
    if (!adopted || reader->error != 0) capos_release(message->caps[ordinal].cap_id);
  }
  return reader->error;
}

struct capos_struct_view capos_read_struct(struct capos_reader *reader, const struct capos_struct_view *view,
                                           uint32_t slot) {
  return follow_struct(reader, view->pointers + slot * 8, slot_word(reader, view, slot));
}

uint16_t capos_read_which(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t at, uint32_t known) {
  uint16_t which = capos_get_u16(view, at);
  if (which >= known) fail(reader, CAPOS_ERROR_BAD_MESSAGE);
  return which;
}

// Follows a pointer to bytes.
static const uint8_t *follow_bytes(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot,
                                   uint32_t *count) {
  uint64_t word = slot_word(reader, view, slot);
  *count = 0;
  if (word == 0) return NULL;
  if ((word & 3) != 1 || (word >> 32 & 7) != CAPOS_ELEMENT_BYTE) {
    fail(reader, CAPOS_ERROR_BAD_MESSAGE);
    return NULL;
  }
  uint32_t length = (uint32_t)(word >> 35);
  const uint8_t *bytes = target_of(reader, view->pointers + slot * 8, word, ((uint64_t)length + 7) / 8);
  if (bytes != NULL) *count = length;
  return bytes;
}

struct capos_text capos_read_text(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot) {
  uint32_t count;
  const uint8_t *bytes = follow_bytes(reader, view, slot, &count);
  if (bytes == NULL) return (struct capos_text){"", 0};
  if (count == 0 || bytes[count - 1] != 0) {
    fail(reader, CAPOS_ERROR_BAD_MESSAGE);
    return (struct capos_text){"", 0};
  }
  return (struct capos_text){(const char *)bytes, count - 1};
}

struct capos_data capos_read_data(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot) {
  uint32_t count;
  const uint8_t *bytes = follow_bytes(reader, view, slot, &count);
  return (struct capos_data){bytes == NULL ? (const uint8_t *)"" : bytes, count};
}

struct capos_capability capos_read_capability(struct capos_reader *reader, const struct capos_struct_view *view,
                                              uint32_t slot, uint64_t interface_id) {
  const struct capos_capability none = {CAPOS_NULL_CAP, CAPOS_TRANSFER_COPY};
  uint64_t word = slot_word(reader, view, slot);
  if (word == 0) return none;
  uint32_t ordinal = (uint32_t)(word >> 32);
  // A second field with the same ordinal would hold the same reference twice.
  if ((uint32_t)word != 3 || reader->message == NULL || ordinal >= reader->message->cap_count || ordinal >= 64 ||
      (reader->adopted >> ordinal & 1) != 0) {
    fail(reader, CAPOS_ERROR_BAD_MESSAGE);
    return none;
  }
  const struct capos_cap_record *record = &reader->message->caps[ordinal];
  if (interface_id != 0 && record->interface_id != interface_id) {
    fail(reader, CAPOS_ERROR_NO_SUCH_CAP);
    return none;
  }
  reader->adopted |= UINT64_C(1) << ordinal;
  return (struct capos_capability){record->cap_id, CAPOS_TRANSFER_COPY};
}

static uint32_t element_bytes(uint32_t element) {
  if (element < CAPOS_ELEMENT_BYTE) return 0;
  return element == CAPOS_ELEMENT_POINTER ? 8 : 1u << (element - CAPOS_ELEMENT_BYTE);
}

struct capos_list_view capos_read_list(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot,
                                       uint32_t expected) {
  struct capos_list_view list = {.message = reader->bytes, .message_length = reader->length};
  uint64_t word = slot_word(reader, view, slot);
  if (word == 0) return list;
  uint32_t element = (uint32_t)(word >> 32) & 7;
  uint32_t size = (uint32_t)(word >> 35);
  bool composite = element == CAPOS_ELEMENT_STRUCT;
  uint64_t words = composite ? (uint64_t)size + 1 : ((uint64_t)size * element_bytes(element) + 7) / 8;
  if (element == CAPOS_ELEMENT_BIT) words = ((uint64_t)size + 63) / 64;
  const uint8_t *target = NULL;
  if ((word & 3) == 1) target = target_of(reader, view->pointers + slot * 8, word, words);
  if (target == NULL) {
    fail(reader, CAPOS_ERROR_BAD_MESSAGE);
    return list;
  }
  bool fits;
  if (composite) {
    uint64_t tag = load64(target);
    uint32_t count = (uint32_t)tag >> 2;
    list.data_size = ((uint32_t)(tag >> 32) & 0xffff) * 8;
    list.pointer_count = (uint32_t)(tag >> 48);
    list.step = list.data_size + list.pointer_count * 8;
    list.first = target + 8;
    fits = (tag & 3) == 0 && (uint64_t)count * list.step <= (uint64_t)size * 8;
    // The encoding lets a list of structs stand for a list of their first field.
    if (expected == CAPOS_ELEMENT_POINTER) {
      fits = fits && list.pointer_count > 0;
      list.first += list.data_size;
    } else if (expected != CAPOS_ELEMENT_STRUCT) {
      fits = fits && expected != CAPOS_ELEMENT_BIT && list.data_size >= element_bytes(expected);
    }
    // Elements without size cost no bytes: more of them than the message has bytes are a trap for whoever visits them.
    if (list.step == 0 && count > reader->length) fits = false;
    if (fits) list.count = count;
  } else {
    list.first = target;
    list.step = element_bytes(element);
    list.data_size = element == CAPOS_ELEMENT_POINTER ? 0 : list.step;
    list.pointer_count = element == CAPOS_ELEMENT_POINTER ? 1 : 0;
    if (expected == CAPOS_ELEMENT_POINTER) fits = element == CAPOS_ELEMENT_POINTER;
    else if (expected == CAPOS_ELEMENT_STRUCT) fits = element != CAPOS_ELEMENT_BIT;
    else fits = element != CAPOS_ELEMENT_POINTER && list.step >= element_bytes(expected);
    if (list.step == 0 && size > reader->length) fits = false;
    if (fits) list.count = size;
  }
  if (!fits) fail(reader, CAPOS_ERROR_BAD_MESSAGE);
  return list;
}

bool capos_list_element(const struct capos_list_view *list, uint32_t index, struct capos_reader *reader,
                        struct capos_struct_view *view) {
  if (index >= list->count) return false;
  *reader = (struct capos_reader){.bytes = list->message, .length = list->message_length};
  const uint8_t *at = list->first + (size_t)index * list->step;
  *view = (struct capos_struct_view){at, at + list->data_size, list->data_size, list->pointer_count};
  return true;
}

// A list of pointers to bytes: each element is seen as a struct of one pointer.
static bool pointer_element(const struct capos_list_view *list, uint32_t index, struct capos_reader *reader,
                            struct capos_struct_view *view) {
  if (!capos_list_element(list, index, reader, view)) return false;
  view->pointers = view->data;
  view->data_size = 0;
  view->pointer_count = 1;
  return true;
}

void capos_text_list_read(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot,
                          struct capos_text_list *list) {
  *list = (struct capos_text_list){.view = capos_read_list(reader, view, slot, CAPOS_ELEMENT_POINTER)};
  list->count = list->view.count;
}

void capos_data_list_read(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot,
                          struct capos_data_list *list) {
  *list = (struct capos_data_list){.view = capos_read_list(reader, view, slot, CAPOS_ELEMENT_POINTER)};
  list->count = list->view.count;
}

int capos_text_list_get(const struct capos_text_list *list, uint32_t index, struct capos_text *item) {
  struct capos_reader reader;
  struct capos_struct_view view;
  if (list->items != NULL && index < list->count) {
    *item = list->items[index];
    return 0;
  }
  if (!pointer_element(&list->view, index, &reader, &view)) return -CAPOS_ERROR_BAD_MESSAGE;
  *item = capos_read_text(&reader, &view, 0);
  return reader.error;
}

int capos_data_list_get(const struct capos_data_list *list, uint32_t index, struct capos_data *item) {
  struct capos_reader reader;
  struct capos_struct_view view;
  if (list->items != NULL && index < list->count) {
    *item = list->items[index];
    return 0;
  }
  if (!pointer_element(&list->view, index, &reader, &view)) return -CAPOS_ERROR_BAD_MESSAGE;
  *item = capos_read_data(&reader, &view, 0);
  return reader.error;
}
