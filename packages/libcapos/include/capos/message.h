/* Messages: the primitives that generated headers (capos/schema/…) write and read Cap'n Proto structs with.

   A program fills and reads the plain C structs of those headers; of this file it needs the first part, the types of
   texts, data, capabilities and lists. Writing gives canonical messages. Reading checks every pointer against the
   message's bounds, copies nothing, and visits lists only element by element: a hostile message costs nothing. */
#ifndef CAPOS_MESSAGE_H
#define CAPOS_MESSAGE_H

#include <capos/call.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** UTF-8 text. `bytes` need not end in NUL when sent; a received one does, behind `length` bytes. */
struct capos_text {
  const char *bytes;
  uint32_t length;
};

/** Bytes. */
struct capos_data {
  const void *bytes;
  uint32_t length;
};

/** A capability in a message. Received: held by the receiver from now on, CAPOS_NULL_CAP if there is none. */
struct capos_capability {
  capos_cap cap;
  uint8_t mode; /**< when sent: CAPOS_TRANSFER_COPY or CAPOS_TRANSFER_MOVE */
};

/** A string literal as a text. */
#define CAPOS_TEXT(literal) ((struct capos_text){"" literal, sizeof(literal) - 1})
/** A capability to send, keeping it. */
#define CAPOS_COPY(capability) ((struct capos_capability){(capability), CAPOS_TRANSFER_COPY})
/** A capability to give away. */
#define CAPOS_MOVE(capability) ((struct capos_capability){(capability), CAPOS_TRANSFER_MOVE})

/** A NUL-terminated string as a text. */
struct capos_text capos_text_of(const char *string);

/** The most capabilities one encoded message carries. */
#define CAPOS_MAX_TRANSFERS 16

/* ---- writing ---- */

/** A message being written. After the first thing that did not fit, nothing more is written. */
struct capos_writer {
  uint8_t *bytes;
  uint32_t top, capacity;
  bool failed;
  uint16_t transfer_count;
  struct capos_transfer transfers[CAPOS_MAX_TRANSFERS];
};

void capos_writer_begin(struct capos_writer *writer, const struct capos_request *request);
int capos_writer_end(struct capos_writer *writer, struct capos_request *request);

/* Words up to the last that is not zero. */
uint32_t capos_used_words(const uint64_t *words, uint32_t count);
/* Writes a struct whose pointer is at `at`: its data section trimmed, its pointers null. Answers where they are. */
uint32_t capos_write_struct(struct capos_writer *writer, uint32_t at, const uint64_t *words, uint32_t count,
                            uint32_t pointers);
/* Makes room for a list of structs. Answers where its first element is. */
uint32_t capos_write_struct_list(struct capos_writer *writer, uint32_t at, uint32_t count, uint32_t data_words,
                                 uint32_t pointers);
void capos_write_words(struct capos_writer *writer, uint32_t at, const uint64_t *words, uint32_t count);
void capos_write_text(struct capos_writer *writer, uint32_t at, struct capos_text text);
void capos_write_data(struct capos_writer *writer, uint32_t at, struct capos_data data);
void capos_write_capability(struct capos_writer *writer, uint32_t at, struct capos_capability capability);
/* A list of numbers; `element` is its element-size code. */
void capos_write_number_list(struct capos_writer *writer, uint32_t at, const void *items, uint32_t count,
                             uint32_t element);

/** Encodes the message of a method without parameters or results. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
int capos_encode_nothing(struct capos_request *request);

/* ---- reading ---- */

/** A message being read. After the first thing that was wrong, everything reads as null. */
struct capos_reader {
  const uint8_t *bytes;
  uint32_t length;
  int error;
  const struct capos_message *message; /* whose capabilities may be adopted; null inside lists */
  uint64_t adopted;                    /* ordinals below 64 that a field has taken */
};

/** Where a struct pointer led: a missing section reads as zeros. */
struct capos_struct_view {
  const uint8_t *data;
  const uint8_t *pointers;
  uint32_t data_size; /* bytes */
  uint32_t pointer_count;
};

/** Where a list pointer led. */
struct capos_list_view {
  const uint8_t *message;
  const uint8_t *first;
  uint32_t message_length;
  uint32_t count;
  uint32_t step, data_size, pointer_count;
  uint32_t bit; /* 1: elements are bits */
};

/* Element-size codes of the encoding. */
enum {
  CAPOS_ELEMENT_VOID = 0,
  CAPOS_ELEMENT_BIT = 1,
  CAPOS_ELEMENT_BYTE = 2,
  CAPOS_ELEMENT_2_BYTES = 3,
  CAPOS_ELEMENT_4_BYTES = 4,
  CAPOS_ELEMENT_8_BYTES = 5,
  CAPOS_ELEMENT_POINTER = 6,
  CAPOS_ELEMENT_STRUCT = 7,
};

struct capos_struct_view capos_reader_begin(struct capos_reader *reader, const struct capos_message *message);
/* Answers 0 or the error; releases the capabilities that no field took, and on an error those that one did. */
int capos_reader_end(struct capos_reader *reader);

struct capos_struct_view capos_read_struct(struct capos_reader *reader, const struct capos_struct_view *view,
                                           uint32_t slot);
/* The number of a union's member; one that the schema does not know is an error. */
uint16_t capos_read_which(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t at, uint32_t known);
struct capos_text capos_read_text(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot);
struct capos_data capos_read_data(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot);
struct capos_capability capos_read_capability(struct capos_reader *reader, const struct capos_struct_view *view,
                                              uint32_t slot, uint64_t interface_id);
struct capos_list_view capos_read_list(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot,
                                       uint32_t element);
/* A reader and a view for element `index`; false when there is no such element. */
bool capos_list_element(const struct capos_list_view *list, uint32_t index, struct capos_reader *reader,
                        struct capos_struct_view *view);

/* Fields of a data section, by byte offset; zero beyond its end. Fields lie at multiples of their size. */
static inline uint64_t capos_get(const struct capos_struct_view *view, uint32_t at, uint32_t size) {
  uint64_t value = 0;
  if (at + size <= view->data_size) __builtin_memcpy(&value, view->data + at, size);
  return value;
}
static inline uint64_t capos_get_u64(const struct capos_struct_view *view, uint32_t at) { return capos_get(view, at, 8); }
static inline uint32_t capos_get_u32(const struct capos_struct_view *view, uint32_t at) {
  return (uint32_t)capos_get(view, at, 4);
}
static inline uint16_t capos_get_u16(const struct capos_struct_view *view, uint32_t at) {
  return (uint16_t)capos_get(view, at, 2);
}
static inline uint8_t capos_get_u8(const struct capos_struct_view *view, uint32_t at) {
  return (uint8_t)capos_get(view, at, 1);
}
static inline unsigned capos_get_bit(const struct capos_struct_view *view, uint32_t bit) {
  return (capos_get_u8(view, bit / 8) >> bit % 8) & 1u;
}
static inline uint64_t capos_bits_of_double(double value) {
  uint64_t bits;
  __builtin_memcpy(&bits, &value, sizeof bits);
  return bits;
}
static inline double capos_double_of_bits(uint64_t bits) {
  double value;
  __builtin_memcpy(&value, &bits, sizeof value);
  return value;
}
static inline uint32_t capos_bits_of_float(float value) {
  uint32_t bits;
  __builtin_memcpy(&bits, &value, sizeof bits);
  return bits;
}
static inline float capos_float_of_bits(uint32_t bits) {
  float value;
  __builtin_memcpy(&value, &bits, sizeof value);
  return value;
}

/* ---- lists of texts, data and numbers ---- */

#define CAPOS_LIST_TYPE(name, type)           \
  struct name {                               \
    const type *items; /* when sent */        \
    uint32_t count;                           \
    struct capos_list_view view; /* received */ \
  }

/** Lists: to send one, set `items` and `count`. A received one is read by `…_list_get`, and can be sent on as it is. */
CAPOS_LIST_TYPE(capos_text_list, struct capos_text);
CAPOS_LIST_TYPE(capos_data_list, struct capos_data);
void capos_text_list_put(struct capos_writer *writer, uint32_t at, const struct capos_text_list *list);
void capos_data_list_put(struct capos_writer *writer, uint32_t at, const struct capos_data_list *list);
uint64_t capos_text_list_size(const struct capos_text_list *list);
uint64_t capos_data_list_size(const struct capos_data_list *list);
void capos_text_list_read(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot,
                          struct capos_text_list *list);
void capos_data_list_read(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot,
                          struct capos_data_list *list);
/** Element `index` of a list, received or not. Answers 0 or −CAPOS_ERROR_BAD_MESSAGE. */
int capos_text_list_get(const struct capos_text_list *list, uint32_t index, struct capos_text *item);
int capos_data_list_get(const struct capos_data_list *list, uint32_t index, struct capos_data *item);

/* The bytes of a list of numbers of `size` bytes that was received are not contiguous when structs stand in for them. */
void capos_write_received_numbers(struct capos_writer *writer, uint32_t at, const struct capos_list_view *view,
                                  uint32_t element);

#define CAPOS_NUMBER_LIST(kind, type, element)                                                                        \
  CAPOS_LIST_TYPE(capos_##kind##_list, type);                                                                         \
  static inline void capos_##kind##_list_put(struct capos_writer *writer, uint32_t at,                                \
                                             const struct capos_##kind##_list *list) {                                \
    if (list->count == 0) return;                                                                                     \
    if (list->items == NULL) capos_write_received_numbers(writer, at, &list->view, element);                          \
    else capos_write_number_list(writer, at, list->items, list->count, element);                                      \
  }                                                                                                                   \
  static inline uint64_t capos_##kind##_list_size(const struct capos_##kind##_list *list) {                           \
    return ((uint64_t)list->count * sizeof(type) + 7) & ~UINT64_C(7);                                                 \
  }                                                                                                                   \
  static inline void capos_##kind##_list_read(struct capos_reader *reader, const struct capos_struct_view *view,      \
                                              uint32_t slot, struct capos_##kind##_list *list) {                      \
    *list = (struct capos_##kind##_list){.items = NULL};                                                              \
    list->view = capos_read_list(reader, view, slot, element);                                                        \
    list->count = list->view.count;                                                                                   \
  }                                                                                                                   \
  static inline int capos_##kind##_list_get(const struct capos_##kind##_list *list, uint32_t index, type *item) {     \
    if (index >= list->count) return -CAPOS_ERROR_BAD_MESSAGE;                                                        \
    if (list->items != NULL) *item = list->items[index];                                                              \
    else __builtin_memcpy(item, list->view.first + (size_t)index * list->view.step, sizeof *item);                    \
    return 0;                                                                                                         \
  }

CAPOS_NUMBER_LIST(int8, int8_t, CAPOS_ELEMENT_BYTE)
CAPOS_NUMBER_LIST(uint8, uint8_t, CAPOS_ELEMENT_BYTE)
CAPOS_NUMBER_LIST(int16, int16_t, CAPOS_ELEMENT_2_BYTES)
CAPOS_NUMBER_LIST(uint16, uint16_t, CAPOS_ELEMENT_2_BYTES)
CAPOS_NUMBER_LIST(int32, int32_t, CAPOS_ELEMENT_4_BYTES)
CAPOS_NUMBER_LIST(uint32, uint32_t, CAPOS_ELEMENT_4_BYTES)
CAPOS_NUMBER_LIST(int64, int64_t, CAPOS_ELEMENT_8_BYTES)
CAPOS_NUMBER_LIST(uint64, uint64_t, CAPOS_ELEMENT_8_BYTES)
CAPOS_NUMBER_LIST(float32, float, CAPOS_ELEMENT_4_BYTES)
CAPOS_NUMBER_LIST(float64, double, CAPOS_ELEMENT_8_BYTES)

/* ---- one call through the buffers of the calling thread ---- */

/** Bytes of an answer that the calling thread has room for. A larger one needs capos_call with a buffer of your own. */
#define CAPOS_EXCHANGE_RESULT_SIZE 16384u
/** Requests up to this size need no allocation. */
#define CAPOS_EXCHANGE_REQUEST_SIZE 4096u

/** What a generated call works with. Texts and data in its results are valid until the thread's next generated call. */
struct capos_exchange {
  struct capos_request request;
  struct capos_message answer;
  void *allocated;
};

int capos_exchange_begin(struct capos_exchange *exchange, uint64_t size);
int capos_exchange_call(struct capos_exchange *exchange, capos_cap target, uint16_t method);
int capos_exchange_end(struct capos_exchange *exchange, int error);

#endif
