// Writing messages: canonical Cap'n Proto, objects in preorder, one segment.
//
//   struct pointer   00 │ offset:30 │ data words:16 │ pointers:16      offsets in words, from behind the pointer
//   list pointer     01 │ offset:30 │ element:3 │ count:29             element 7: count is words, a tag word comes first
//   capability       11 │ 0:30      │ ordinal:32
#include <capos/message.h>
#include <capos/string.h>

#define MAX_COUNT 0x1fffffffu

struct capos_text capos_text_of(const char *string) { return (struct capos_text){string, (uint32_t)strlen(string)}; }

static void put64(struct capos_writer *writer, uint32_t at, uint64_t value) {
  memcpy(writer->bytes + at, &value, sizeof value);
}

// Takes `size` bytes, a multiple of 8, zeroed. Answers where they are; 0 (the root pointer's place) when they don't fit.
static uint32_t take(struct capos_writer *writer, uint64_t size) {
  if (writer->failed || size > writer->capacity - writer->top) {
    writer->failed = true;
    return 0;
  }
  uint32_t at = writer->top;
  writer->top += (uint32_t)size;
  memset(writer->bytes + at, 0, (size_t)size);
  return at;
}

void capos_writer_begin(struct capos_writer *writer, const struct capos_request *request) {
  writer->bytes = request->bytes;
  writer->top = 0;
  writer->capacity = request->capacity & ~7u;
  writer->failed = false;
  writer->transfer_count = 0;
  take(writer, 8); // the root pointer
}

int capos_writer_end(struct capos_writer *writer, struct capos_request *request) {
  if (writer->failed) return -CAPOS_ERROR_TOO_LARGE;
  request->length = writer->top;
  request->transfer_count = 0;
  for (uint16_t index = 0; index < writer->transfer_count; index++) {
    const struct capos_transfer *transfer = &writer->transfers[index];
    int ordinal = capos_request_transfer(request, transfer->cap_id, transfer->mode);
    if (ordinal < 0) return ordinal;
  }
  return 0;
}

int capos_encode_nothing(struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_write_struct(&writer, 0, NULL, 0, 0);
  return capos_writer_end(&writer, request);
}

uint32_t capos_used_words(const uint64_t *words, uint32_t count) {
  while (count > 0 && words[count - 1] == 0) count--;
  return count;
}

void capos_write_words(struct capos_writer *writer, uint32_t at, const uint64_t *words, uint32_t count) {
  if (!writer->failed) memcpy(writer->bytes + at, words, count * sizeof *words);
}

static uint64_t pointer_to(uint32_t at, uint32_t target) { return (uint32_t)((target - at - 8) / 8 << 2); }

uint32_t capos_write_struct(struct capos_writer *writer, uint32_t at, const uint64_t *words, uint32_t count,
                            uint32_t pointers) {
  uint32_t used = capos_used_words(words, count);
  uint32_t body = take(writer, (used + pointers) * 8);
  if (writer->failed) return 0;
  uint64_t sizes = (uint64_t)used << 32 | (uint64_t)pointers << 48;
  // A struct without a body points at itself: offset −1.
  put64(writer, at, used + pointers == 0 ? 0xfffffffc : pointer_to(at, body) | sizes);
  capos_write_words(writer, body, words, used);
  return body + used * 8;
}

uint32_t capos_write_struct_list(struct capos_writer *writer, uint32_t at, uint32_t count, uint32_t data_words,
                                 uint32_t pointers) {
  uint64_t words = (uint64_t)count * (data_words + pointers);
  if (words > MAX_COUNT || count > MAX_COUNT) writer->failed = true;
  uint32_t tag = take(writer, 8 + words * 8);
  if (writer->failed) return 0;
  put64(writer, at, pointer_to(at, tag) | 1 | (uint64_t)CAPOS_ELEMENT_STRUCT << 32 | words << 35);
  put64(writer, tag, (uint64_t)count << 2 | (uint64_t)data_words << 32 | (uint64_t)pointers << 48);
  return tag + 8;
}

void capos_write_number_list(struct capos_writer *writer, uint32_t at, const void *items, uint32_t count,
                             uint32_t element) {
  uint32_t size = 1u << (element - CAPOS_ELEMENT_BYTE);
  if (count > MAX_COUNT) writer->failed = true;
  uint32_t target = take(writer, ((uint64_t)count * size + 7) & ~UINT64_C(7));
  if (writer->failed) return;
  put64(writer, at, pointer_to(at, target) | 1 | (uint64_t)element << 32 | (uint64_t)count << 35);
  memcpy(writer->bytes + target, items, (size_t)count * size);
}

void capos_write_received_numbers(struct capos_writer *writer, uint32_t at, const struct capos_list_view *view,
                                  uint32_t element) {
  uint32_t size = 1u << (element - CAPOS_ELEMENT_BYTE);
  uint32_t target = take(writer, ((uint64_t)view->count * size + 7) & ~UINT64_C(7));
  if (writer->failed) return;
  put64(writer, at, pointer_to(at, target) | 1 | (uint64_t)element << 32 | (uint64_t)view->count << 35);
  for (uint32_t index = 0; index < view->count; index++) {
    memcpy(writer->bytes + target + index * size, view->first + (size_t)index * view->step, size);
  }
}

void capos_write_text(struct capos_writer *writer, uint32_t at, struct capos_text text) {
  if (text.length >= MAX_COUNT) writer->failed = true;
  uint32_t target = take(writer, ((uint64_t)text.length + 8) & ~UINT64_C(7));
  if (writer->failed) return;
  put64(writer, at,
        pointer_to(at, target) | 1 | (uint64_t)CAPOS_ELEMENT_BYTE << 32 | ((uint64_t)text.length + 1) << 35);
  memcpy(writer->bytes + target, text.bytes, text.length);
}

void capos_write_data(struct capos_writer *writer, uint32_t at, struct capos_data data) {
  capos_write_number_list(writer, at, data.bytes, data.length, CAPOS_ELEMENT_BYTE);
}

void capos_write_capability(struct capos_writer *writer, uint32_t at, struct capos_capability capability) {
  if (writer->transfer_count == CAPOS_MAX_TRANSFERS) writer->failed = true;
  if (writer->failed) return;
  uint64_t ordinal = writer->transfer_count++;
  writer->transfers[ordinal] = (struct capos_transfer){.cap_id = capability.cap, .mode = capability.mode};
  put64(writer, at, 3 | ordinal << 32);
}

// Texts and data in a list: a pointer each, then their bytes in order; an empty one is null.
static uint32_t pointer_list(struct capos_writer *writer, uint32_t at, uint32_t count) {
  if (count > MAX_COUNT) writer->failed = true;
  uint32_t target = take(writer, (uint64_t)count * 8);
  if (writer->failed) return 0;
  put64(writer, at, pointer_to(at, target) | 1 | (uint64_t)CAPOS_ELEMENT_POINTER << 32 | (uint64_t)count << 35);
  return target;
}

void capos_text_list_put(struct capos_writer *writer, uint32_t at, const struct capos_text_list *list) {
  if (list->count == 0) return;
  uint32_t target = pointer_list(writer, at, list->count);
  for (uint32_t index = 0; index < list->count && !writer->failed; index++) {
    struct capos_text item;
    if (capos_text_list_get(list, index, &item) < 0) writer->failed = true;
    else if (item.length != 0) capos_write_text(writer, target + index * 8, item);
  }
}

void capos_data_list_put(struct capos_writer *writer, uint32_t at, const struct capos_data_list *list) {
  if (list->count == 0) return;
  uint32_t target = pointer_list(writer, at, list->count);
  for (uint32_t index = 0; index < list->count && !writer->failed; index++) {
    struct capos_data item;
    if (capos_data_list_get(list, index, &item) < 0) writer->failed = true;
    else if (item.length != 0) capos_write_data(writer, target + index * 8, item);
  }
}

uint64_t capos_text_list_size(const struct capos_text_list *list) {
  uint64_t size = 0;
  for (uint32_t index = 0; index < list->count; index++) {
    struct capos_text item = {0};
    capos_text_list_get(list, index, &item);
    size += 8 + (((uint64_t)item.length + 8) & ~UINT64_C(7));
  }
  return size;
}

uint64_t capos_data_list_size(const struct capos_data_list *list) {
  uint64_t size = 0;
  for (uint32_t index = 0; index < list->count; index++) {
    struct capos_data item = {0};
    capos_data_list_get(list, index, &item);
    size += 8 + (((uint64_t)item.length + 7) & ~UINT64_C(7));
  }
  return size;
}
