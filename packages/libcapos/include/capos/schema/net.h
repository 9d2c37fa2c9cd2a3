/* Generated from net.capnp. Do not edit.
   Networks as capabilities. A manager reaches the addresses and ports it was made for and no others; a socket, what it is
   connected or bound to. An address is 4 bytes (IPv4) or 16 (IPv6), in network order.
   
   A call that waits (receive, accept, connect) may carry a deadline in its submission, and may be finished: what it had begun
   is undone. Releasing the last reference of a socket closes it, after what was sent has gone out. */
#ifndef CAPOS_SCHEMA_CAPOS_NET_H
#define CAPOS_SCHEMA_CAPOS_NET_H

#include <capos/call.h>
#include <capos/endpoint.h>
#include <capos/message.h>

/** `none` is success; with any other, the other results have no meaning. */
enum capos_network_error {
  CAPOS_NETWORK_ERROR_NONE = 0,
  CAPOS_NETWORK_ERROR_CONNECTION_REFUSED = 1,
  CAPOS_NETWORK_ERROR_UNREACHABLE = 2,
  CAPOS_NETWORK_ERROR_TIMED_OUT = 3,
  CAPOS_NETWORK_ERROR_CONNECTION_RESET = 4,
  CAPOS_NETWORK_ERROR_ADDRESS_IN_USE = 5,
  CAPOS_NETWORK_ERROR_ADDRESS_NOT_AVAILABLE = 6,
  CAPOS_NETWORK_ERROR_NOT_PERMITTED = 7,
  CAPOS_NETWORK_ERROR_NOT_CONNECTED = 8,
  CAPOS_NETWORK_ERROR_MESSAGE_TOO_LARGE = 9,
  CAPOS_NETWORK_ERROR_NAME_NOT_FOUND = 10,
  CAPOS_NETWORK_ERROR_RESOLVER_FAILED = 11,
  CAPOS_NETWORK_ERROR_UNSUPPORTED = 12,
  CAPOS_NETWORK_ERROR_TOO_MANY_SOCKETS = 13,
  CAPOS_NETWORK_ERROR_HOST_FAILED = 14,
};

enum capos_network_action {
  CAPOS_NETWORK_ACTION_CONNECT = 0,
  CAPOS_NETWORK_ACTION_LISTEN = 1,
};

enum capos_network_protocol {
  CAPOS_NETWORK_PROTOCOL_TCP = 0,
  CAPOS_NETWORK_PROTOCOL_UDP = 1,
};

enum capos_tcp_option {
  CAPOS_TCP_OPTION_NO_DELAY = 0,
  CAPOS_TCP_OPTION_KEEP_ALIVE = 1,
};

/** An address and a port. Empty address: none. */
struct capos_socket_address {
  struct capos_data address;
  uint16_t port;
};

static inline uint32_t capos_socket_address_fill(const struct capos_socket_address *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->address.length != 0) pointers = 1;
  words[0] |= (uint64_t)(uint16_t)value->port;
  return pointers;
}

static inline void capos_socket_address_point(struct capos_writer *writer, uint32_t at, const struct capos_socket_address *value) {
  if (value->address.length != 0) capos_write_data(writer, at + 0, value->address);
}

static inline void capos_socket_address_put(struct capos_writer *writer, uint32_t at, const struct capos_socket_address *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_socket_address_fill(value, words);
  capos_socket_address_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_socket_address_size(const struct capos_socket_address *value) {
  uint64_t size = 16;
  size += ((uint64_t)value->address.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_socket_address_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_socket_address *value) {
  *value = (struct capos_socket_address){0};
  value->address = capos_read_data(reader, &view, 0);
  value->port = (uint16_t)(capos_get_u16(&view, 0));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_socket_address_encode(const struct capos_socket_address *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_socket_address_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_socket_address_decode(struct capos_socket_address *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_socket_address_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/** One thing that is allowed: connecting (sending) to, or listening at, an address with this prefix and a port in this range. */
struct capos_network_rule {
  uint16_t action;
  uint16_t protocol;
  /** Empty: every address. */
  struct capos_data address;
  /** Leading bits of `address` that count. */
  uint8_t prefix_length;
  uint16_t first_port;
  uint16_t last_port;
};

static inline uint32_t capos_network_rule_fill(const struct capos_network_rule *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->action;
  words[0] |= (uint64_t)(uint16_t)value->protocol << 16;
  if (pointers < 1 && value->address.length != 0) pointers = 1;
  words[0] |= (uint64_t)(uint8_t)value->prefix_length << 32;
  words[0] |= (uint64_t)(uint16_t)value->first_port << 48;
  words[1] |= (uint64_t)(uint16_t)value->last_port;
  return pointers;
}

static inline void capos_network_rule_point(struct capos_writer *writer, uint32_t at, const struct capos_network_rule *value) {
  if (value->address.length != 0) capos_write_data(writer, at + 0, value->address);
}

static inline void capos_network_rule_put(struct capos_writer *writer, uint32_t at, const struct capos_network_rule *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = capos_network_rule_fill(value, words);
  capos_network_rule_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_network_rule_size(const struct capos_network_rule *value) {
  uint64_t size = 24;
  size += ((uint64_t)value->address.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_network_rule_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_network_rule *value) {
  *value = (struct capos_network_rule){0};
  value->action = (uint16_t)(capos_get_u16(&view, 0));
  value->protocol = (uint16_t)(capos_get_u16(&view, 2));
  value->address = capos_read_data(reader, &view, 0);
  value->prefix_length = (uint8_t)(capos_get_u8(&view, 4));
  value->first_port = (uint16_t)(capos_get_u16(&view, 6));
  value->last_port = (uint16_t)(capos_get_u16(&view, 8));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_network_rule_encode(const struct capos_network_rule *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_network_rule_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_network_rule_decode(struct capos_network_rule *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_network_rule_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/**
 * A list of NetworkRule. To send one, set `items` and `count`; one that was received has `count` elements that
 * capos_network_rule_list_get reads one at a time, and can be sent on as it is.
 */
struct capos_network_rule_list {
  const struct capos_network_rule *items;
  uint32_t count;
  struct capos_list_view view;
};

static inline int capos_network_rule_list_get(const struct capos_network_rule_list *list, uint32_t index, struct capos_network_rule *item);

static inline void capos_network_rule_list_put(struct capos_writer *writer, uint32_t at, const struct capos_network_rule_list *list) {
  if (list->count == 0) return;
  struct capos_network_rule item;
  uint32_t data_words = 0, pointers = 0;
  for (uint32_t index = 0; index < list->count; index++) {
    uint64_t words[2] = {0};
    if (capos_network_rule_list_get(list, index, &item) < 0) writer->failed = true;
    uint32_t needed = capos_network_rule_fill(&item, words);
    uint32_t used = capos_used_words(words, 2);
    if (used > data_words) data_words = used;
    if (needed > pointers) pointers = needed;
  }
  uint32_t body = capos_write_struct_list(writer, at, list->count, data_words, pointers);
  for (uint32_t index = 0; index < list->count && !writer->failed; index++, body += (data_words + pointers) * 8) {
    uint64_t words[2] = {0};
    capos_network_rule_list_get(list, index, &item);
    capos_network_rule_fill(&item, words);
    capos_write_words(writer, body, words, data_words);
    capos_network_rule_point(writer, body + data_words * 8, &item);
  }
}

static inline uint64_t capos_network_rule_list_size(const struct capos_network_rule_list *list) {
  uint64_t size = 8;
  struct capos_network_rule item;
  for (uint32_t index = 0; index < list->count; index++) {
    if (capos_network_rule_list_get(list, index, &item) == 0) size += capos_network_rule_size(&item);
  }
  return size;
}

static inline void capos_network_rule_list_read(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot,
                                     struct capos_network_rule_list *list) {
  *list = (struct capos_network_rule_list){.items = NULL};
  list->view = capos_read_list(reader, view, slot, CAPOS_ELEMENT_STRUCT);
  list->count = list->view.count;
}

/** Element `index` of a list, received or not. Answers 0 or −CAPOS_ERROR_BAD_MESSAGE. */
static inline int capos_network_rule_list_get(const struct capos_network_rule_list *list, uint32_t index, struct capos_network_rule *item) {
  struct capos_reader reader;
  struct capos_struct_view view;
  if (list->items != NULL && index < list->count) {
    *item = list->items[index];
    return 0;
  }
  *item = (struct capos_network_rule){0};
  if (!capos_list_element(&list->view, index, &reader, &view)) return -CAPOS_ERROR_BAD_MESSAGE;
  capos_network_rule_read(&reader, view, item);
  return capos_reader_end(&reader);
}

struct capos_network_manager_connect_params {
  struct capos_socket_address remote;
};

static inline uint32_t capos_network_manager_connect_params_fill(const struct capos_network_manager_connect_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1) pointers = 1;
  (void)value;
  (void)words;
  return pointers;
}

static inline void capos_network_manager_connect_params_point(struct capos_writer *writer, uint32_t at, const struct capos_network_manager_connect_params *value) {
  capos_socket_address_put(writer, at + 0, &value->remote);
}

static inline void capos_network_manager_connect_params_put(struct capos_writer *writer, uint32_t at, const struct capos_network_manager_connect_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_network_manager_connect_params_fill(value, words);
  capos_network_manager_connect_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_network_manager_connect_params_size(const struct capos_network_manager_connect_params *value) {
  uint64_t size = 8;
  size += capos_socket_address_size(&value->remote);
  return size;
}

static inline void capos_network_manager_connect_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_network_manager_connect_params *value) {
  *value = (struct capos_network_manager_connect_params){0};
  capos_socket_address_read(reader, capos_read_struct(reader, &view, 0), &value->remote);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_network_manager_connect_params_encode(const struct capos_network_manager_connect_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_network_manager_connect_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_network_manager_connect_params_decode(struct capos_network_manager_connect_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_network_manager_connect_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_network_manager_connect_results {
  uint16_t error;
  struct capos_capability socket;
  struct capos_socket_address local;
};

static inline uint32_t capos_network_manager_connect_results_fill(const struct capos_network_manager_connect_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->error;
  if (pointers < 1 && value->socket.cap != CAPOS_NULL_CAP) pointers = 1;
  if (pointers < 2) pointers = 2;
  return pointers;
}

static inline void capos_network_manager_connect_results_point(struct capos_writer *writer, uint32_t at, const struct capos_network_manager_connect_results *value) {
  if (value->socket.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->socket);
  capos_socket_address_put(writer, at + 8, &value->local);
}

static inline void capos_network_manager_connect_results_put(struct capos_writer *writer, uint32_t at, const struct capos_network_manager_connect_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_network_manager_connect_results_fill(value, words);
  capos_network_manager_connect_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_network_manager_connect_results_size(const struct capos_network_manager_connect_results *value) {
  uint64_t size = 24;
  size += capos_socket_address_size(&value->local);
  return size;
}

static inline void capos_network_manager_connect_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_network_manager_connect_results *value) {
  *value = (struct capos_network_manager_connect_results){0};
  value->error = (uint16_t)(capos_get_u16(&view, 0));
  value->socket = capos_read_capability(reader, &view, 0, UINT64_C(0x873050afd41762f4));
  capos_socket_address_read(reader, capos_read_struct(reader, &view, 1), &value->local);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_network_manager_connect_results_encode(const struct capos_network_manager_connect_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_network_manager_connect_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_network_manager_connect_results_decode(struct capos_network_manager_connect_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_network_manager_connect_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_network_manager_bind_params {
  struct capos_socket_address local;
  bool dual;
};

static inline uint32_t capos_network_manager_bind_params_fill(const struct capos_network_manager_bind_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1) pointers = 1;
  words[0] |= (uint64_t)value->dual;
  return pointers;
}

static inline void capos_network_manager_bind_params_point(struct capos_writer *writer, uint32_t at, const struct capos_network_manager_bind_params *value) {
  capos_socket_address_put(writer, at + 0, &value->local);
}

static inline void capos_network_manager_bind_params_put(struct capos_writer *writer, uint32_t at, const struct capos_network_manager_bind_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_network_manager_bind_params_fill(value, words);
  capos_network_manager_bind_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_network_manager_bind_params_size(const struct capos_network_manager_bind_params *value) {
  uint64_t size = 16;
  size += capos_socket_address_size(&value->local);
  return size;
}

static inline void capos_network_manager_bind_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_network_manager_bind_params *value) {
  *value = (struct capos_network_manager_bind_params){0};
  capos_socket_address_read(reader, capos_read_struct(reader, &view, 0), &value->local);
  value->dual = (capos_get_bit(&view, 0)) != 0;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_network_manager_bind_params_encode(const struct capos_network_manager_bind_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_network_manager_bind_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_network_manager_bind_params_decode(struct capos_network_manager_bind_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_network_manager_bind_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_network_manager_bind_results {
  uint16_t error;
  struct capos_capability binding;
  struct capos_socket_address local;
};

static inline uint32_t capos_network_manager_bind_results_fill(const struct capos_network_manager_bind_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->error;
  if (pointers < 1 && value->binding.cap != CAPOS_NULL_CAP) pointers = 1;
  if (pointers < 2) pointers = 2;
  return pointers;
}

static inline void capos_network_manager_bind_results_point(struct capos_writer *writer, uint32_t at, const struct capos_network_manager_bind_results *value) {
  if (value->binding.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->binding);
  capos_socket_address_put(writer, at + 8, &value->local);
}

static inline void capos_network_manager_bind_results_put(struct capos_writer *writer, uint32_t at, const struct capos_network_manager_bind_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_network_manager_bind_results_fill(value, words);
  capos_network_manager_bind_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_network_manager_bind_results_size(const struct capos_network_manager_bind_results *value) {
  uint64_t size = 24;
  size += capos_socket_address_size(&value->local);
  return size;
}

static inline void capos_network_manager_bind_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_network_manager_bind_results *value) {
  *value = (struct capos_network_manager_bind_results){0};
  value->error = (uint16_t)(capos_get_u16(&view, 0));
  value->binding = capos_read_capability(reader, &view, 0, UINT64_C(0xcb5f4bb8ffcc54c2));
  capos_socket_address_read(reader, capos_read_struct(reader, &view, 1), &value->local);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_network_manager_bind_results_encode(const struct capos_network_manager_bind_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_network_manager_bind_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_network_manager_bind_results_decode(struct capos_network_manager_bind_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_network_manager_bind_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_network_manager_bind_udp_params {
  struct capos_socket_address local;
  bool dual;
};

static inline uint32_t capos_network_manager_bind_udp_params_fill(const struct capos_network_manager_bind_udp_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1) pointers = 1;
  words[0] |= (uint64_t)value->dual;
  return pointers;
}

static inline void capos_network_manager_bind_udp_params_point(struct capos_writer *writer, uint32_t at, const struct capos_network_manager_bind_udp_params *value) {
  capos_socket_address_put(writer, at + 0, &value->local);
}

static inline void capos_network_manager_bind_udp_params_put(struct capos_writer *writer, uint32_t at, const struct capos_network_manager_bind_udp_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_network_manager_bind_udp_params_fill(value, words);
  capos_network_manager_bind_udp_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_network_manager_bind_udp_params_size(const struct capos_network_manager_bind_udp_params *value) {
  uint64_t size = 16;
  size += capos_socket_address_size(&value->local);
  return size;
}

static inline void capos_network_manager_bind_udp_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_network_manager_bind_udp_params *value) {
  *value = (struct capos_network_manager_bind_udp_params){0};
  capos_socket_address_read(reader, capos_read_struct(reader, &view, 0), &value->local);
  value->dual = (capos_get_bit(&view, 0)) != 0;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_network_manager_bind_udp_params_encode(const struct capos_network_manager_bind_udp_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_network_manager_bind_udp_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_network_manager_bind_udp_params_decode(struct capos_network_manager_bind_udp_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_network_manager_bind_udp_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_network_manager_bind_udp_results {
  uint16_t error;
  struct capos_capability socket;
  struct capos_socket_address local;
};

static inline uint32_t capos_network_manager_bind_udp_results_fill(const struct capos_network_manager_bind_udp_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->error;
  if (pointers < 1 && value->socket.cap != CAPOS_NULL_CAP) pointers = 1;
  if (pointers < 2) pointers = 2;
  return pointers;
}

static inline void capos_network_manager_bind_udp_results_point(struct capos_writer *writer, uint32_t at, const struct capos_network_manager_bind_udp_results *value) {
  if (value->socket.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->socket);
  capos_socket_address_put(writer, at + 8, &value->local);
}

static inline void capos_network_manager_bind_udp_results_put(struct capos_writer *writer, uint32_t at, const struct capos_network_manager_bind_udp_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_network_manager_bind_udp_results_fill(value, words);
  capos_network_manager_bind_udp_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_network_manager_bind_udp_results_size(const struct capos_network_manager_bind_udp_results *value) {
  uint64_t size = 24;
  size += capos_socket_address_size(&value->local);
  return size;
}

static inline void capos_network_manager_bind_udp_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_network_manager_bind_udp_results *value) {
  *value = (struct capos_network_manager_bind_udp_results){0};
  value->error = (uint16_t)(capos_get_u16(&view, 0));
  value->socket = capos_read_capability(reader, &view, 0, UINT64_C(0x908e11dd56a0b349));
  capos_socket_address_read(reader, capos_read_struct(reader, &view, 1), &value->local);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_network_manager_bind_udp_results_encode(const struct capos_network_manager_bind_udp_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_network_manager_bind_udp_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_network_manager_bind_udp_results_decode(struct capos_network_manager_bind_udp_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_network_manager_bind_udp_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_network_manager_restrict_params {
  struct capos_network_rule_list rules;
};

static inline uint32_t capos_network_manager_restrict_params_fill(const struct capos_network_manager_restrict_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->rules.count != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_network_manager_restrict_params_point(struct capos_writer *writer, uint32_t at, const struct capos_network_manager_restrict_params *value) {
  capos_network_rule_list_put(writer, at + 0, &value->rules);
}

static inline void capos_network_manager_restrict_params_put(struct capos_writer *writer, uint32_t at, const struct capos_network_manager_restrict_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_network_manager_restrict_params_fill(value, words);
  capos_network_manager_restrict_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_network_manager_restrict_params_size(const struct capos_network_manager_restrict_params *value) {
  uint64_t size = 8;
  size += capos_network_rule_list_size(&value->rules);
  return size;
}

static inline void capos_network_manager_restrict_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_network_manager_restrict_params *value) {
  *value = (struct capos_network_manager_restrict_params){0};
  capos_network_rule_list_read(reader, &view, 0, &value->rules);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_network_manager_restrict_params_encode(const struct capos_network_manager_restrict_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_network_manager_restrict_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_network_manager_restrict_params_decode(struct capos_network_manager_restrict_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_network_manager_restrict_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_network_manager_restrict_results {
  struct capos_capability manager;
};

static inline uint32_t capos_network_manager_restrict_results_fill(const struct capos_network_manager_restrict_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->manager.cap != CAPOS_NULL_CAP) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_network_manager_restrict_results_point(struct capos_writer *writer, uint32_t at, const struct capos_network_manager_restrict_results *value) {
  if (value->manager.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->manager);
}

static inline void capos_network_manager_restrict_results_put(struct capos_writer *writer, uint32_t at, const struct capos_network_manager_restrict_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_network_manager_restrict_results_fill(value, words);
  capos_network_manager_restrict_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_network_manager_restrict_results_size(const struct capos_network_manager_restrict_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_network_manager_restrict_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_network_manager_restrict_results *value) {
  *value = (struct capos_network_manager_restrict_results){0};
  value->manager = capos_read_capability(reader, &view, 0, UINT64_C(0x943bdaa4c48b110e));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_network_manager_restrict_results_encode(const struct capos_network_manager_restrict_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_network_manager_restrict_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_network_manager_restrict_results_decode(struct capos_network_manager_restrict_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_network_manager_restrict_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_network_manager_describe_results {
  struct capos_data_list addresses;
  struct capos_network_rule_list rules;
  bool restricted;
};

static inline uint32_t capos_network_manager_describe_results_fill(const struct capos_network_manager_describe_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->addresses.count != 0) pointers = 1;
  if (pointers < 2 && value->rules.count != 0) pointers = 2;
  words[0] |= (uint64_t)value->restricted;
  return pointers;
}

static inline void capos_network_manager_describe_results_point(struct capos_writer *writer, uint32_t at, const struct capos_network_manager_describe_results *value) {
  capos_data_list_put(writer, at + 0, &value->addresses);
  capos_network_rule_list_put(writer, at + 8, &value->rules);
}

static inline void capos_network_manager_describe_results_put(struct capos_writer *writer, uint32_t at, const struct capos_network_manager_describe_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_network_manager_describe_results_fill(value, words);
  capos_network_manager_describe_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_network_manager_describe_results_size(const struct capos_network_manager_describe_results *value) {
  uint64_t size = 24;
  size += capos_data_list_size(&value->addresses);
  size += capos_network_rule_list_size(&value->rules);
  return size;
}

static inline void capos_network_manager_describe_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_network_manager_describe_results *value) {
  *value = (struct capos_network_manager_describe_results){0};
  capos_data_list_read(reader, &view, 0, &value->addresses);
  capos_network_rule_list_read(reader, &view, 1, &value->rules);
  value->restricted = (capos_get_bit(&view, 0)) != 0;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_network_manager_describe_results_encode(const struct capos_network_manager_describe_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_network_manager_describe_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_network_manager_describe_results_decode(struct capos_network_manager_describe_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_network_manager_describe_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_tcp_binding_listen_params {
  uint32_t backlog;
};

static inline uint32_t capos_tcp_binding_listen_params_fill(const struct capos_tcp_binding_listen_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint32_t)value->backlog;
  return pointers;
}

static inline void capos_tcp_binding_listen_params_point(struct capos_writer *writer, uint32_t at, const struct capos_tcp_binding_listen_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_tcp_binding_listen_params_put(struct capos_writer *writer, uint32_t at, const struct capos_tcp_binding_listen_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_tcp_binding_listen_params_fill(value, words);
  capos_tcp_binding_listen_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_tcp_binding_listen_params_size(const struct capos_tcp_binding_listen_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_tcp_binding_listen_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_tcp_binding_listen_params *value) {
  *value = (struct capos_tcp_binding_listen_params){0};
  value->backlog = (uint32_t)(capos_get_u32(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_tcp_binding_listen_params_encode(const struct capos_tcp_binding_listen_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_tcp_binding_listen_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_tcp_binding_listen_params_decode(struct capos_tcp_binding_listen_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_tcp_binding_listen_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_tcp_binding_listen_results {
  uint16_t error;
  struct capos_capability listener;
};

static inline uint32_t capos_tcp_binding_listen_results_fill(const struct capos_tcp_binding_listen_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->error;
  if (pointers < 1 && value->listener.cap != CAPOS_NULL_CAP) pointers = 1;
  return pointers;
}

static inline void capos_tcp_binding_listen_results_point(struct capos_writer *writer, uint32_t at, const struct capos_tcp_binding_listen_results *value) {
  if (value->listener.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->listener);
}

static inline void capos_tcp_binding_listen_results_put(struct capos_writer *writer, uint32_t at, const struct capos_tcp_binding_listen_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_tcp_binding_listen_results_fill(value, words);
  capos_tcp_binding_listen_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_tcp_binding_listen_results_size(const struct capos_tcp_binding_listen_results *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void capos_tcp_binding_listen_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_tcp_binding_listen_results *value) {
  *value = (struct capos_tcp_binding_listen_results){0};
  value->error = (uint16_t)(capos_get_u16(&view, 0));
  value->listener = capos_read_capability(reader, &view, 0, UINT64_C(0xb2c68b78519cb7f3));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_tcp_binding_listen_results_encode(const struct capos_tcp_binding_listen_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_tcp_binding_listen_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_tcp_binding_listen_results_decode(struct capos_tcp_binding_listen_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_tcp_binding_listen_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_tcp_binding_connect_params {
  struct capos_socket_address remote;
};

static inline uint32_t capos_tcp_binding_connect_params_fill(const struct capos_tcp_binding_connect_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1) pointers = 1;
  (void)value;
  (void)words;
  return pointers;
}

static inline void capos_tcp_binding_connect_params_point(struct capos_writer *writer, uint32_t at, const struct capos_tcp_binding_connect_params *value) {
  capos_socket_address_put(writer, at + 0, &value->remote);
}

static inline void capos_tcp_binding_connect_params_put(struct capos_writer *writer, uint32_t at, const struct capos_tcp_binding_connect_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_tcp_binding_connect_params_fill(value, words);
  capos_tcp_binding_connect_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_tcp_binding_connect_params_size(const struct capos_tcp_binding_connect_params *value) {
  uint64_t size = 8;
  size += capos_socket_address_size(&value->remote);
  return size;
}

static inline void capos_tcp_binding_connect_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_tcp_binding_connect_params *value) {
  *value = (struct capos_tcp_binding_connect_params){0};
  capos_socket_address_read(reader, capos_read_struct(reader, &view, 0), &value->remote);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_tcp_binding_connect_params_encode(const struct capos_tcp_binding_connect_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_tcp_binding_connect_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_tcp_binding_connect_params_decode(struct capos_tcp_binding_connect_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_tcp_binding_connect_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_tcp_binding_connect_results {
  uint16_t error;
  struct capos_capability socket;
  struct capos_socket_address local;
};

static inline uint32_t capos_tcp_binding_connect_results_fill(const struct capos_tcp_binding_connect_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->error;
  if (pointers < 1 && value->socket.cap != CAPOS_NULL_CAP) pointers = 1;
  if (pointers < 2) pointers = 2;
  return pointers;
}

static inline void capos_tcp_binding_connect_results_point(struct capos_writer *writer, uint32_t at, const struct capos_tcp_binding_connect_results *value) {
  if (value->socket.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->socket);
  capos_socket_address_put(writer, at + 8, &value->local);
}

static inline void capos_tcp_binding_connect_results_put(struct capos_writer *writer, uint32_t at, const struct capos_tcp_binding_connect_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_tcp_binding_connect_results_fill(value, words);
  capos_tcp_binding_connect_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_tcp_binding_connect_results_size(const struct capos_tcp_binding_connect_results *value) {
  uint64_t size = 24;
  size += capos_socket_address_size(&value->local);
  return size;
}

static inline void capos_tcp_binding_connect_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_tcp_binding_connect_results *value) {
  *value = (struct capos_tcp_binding_connect_results){0};
  value->error = (uint16_t)(capos_get_u16(&view, 0));
  value->socket = capos_read_capability(reader, &view, 0, UINT64_C(0x873050afd41762f4));
  capos_socket_address_read(reader, capos_read_struct(reader, &view, 1), &value->local);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_tcp_binding_connect_results_encode(const struct capos_tcp_binding_connect_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_tcp_binding_connect_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_tcp_binding_connect_results_decode(struct capos_tcp_binding_connect_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_tcp_binding_connect_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_tcp_listener_accept_results {
  uint16_t error;
  struct capos_capability socket;
  struct capos_socket_address local;
  struct capos_socket_address remote;
};

static inline uint32_t capos_tcp_listener_accept_results_fill(const struct capos_tcp_listener_accept_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->error;
  if (pointers < 1 && value->socket.cap != CAPOS_NULL_CAP) pointers = 1;
  if (pointers < 2) pointers = 2;
  if (pointers < 3) pointers = 3;
  return pointers;
}

static inline void capos_tcp_listener_accept_results_point(struct capos_writer *writer, uint32_t at, const struct capos_tcp_listener_accept_results *value) {
  if (value->socket.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->socket);
  capos_socket_address_put(writer, at + 8, &value->local);
  capos_socket_address_put(writer, at + 16, &value->remote);
}

static inline void capos_tcp_listener_accept_results_put(struct capos_writer *writer, uint32_t at, const struct capos_tcp_listener_accept_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_tcp_listener_accept_results_fill(value, words);
  capos_tcp_listener_accept_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_tcp_listener_accept_results_size(const struct capos_tcp_listener_accept_results *value) {
  uint64_t size = 32;
  size += capos_socket_address_size(&value->local);
  size += capos_socket_address_size(&value->remote);
  return size;
}

static inline void capos_tcp_listener_accept_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_tcp_listener_accept_results *value) {
  *value = (struct capos_tcp_listener_accept_results){0};
  value->error = (uint16_t)(capos_get_u16(&view, 0));
  value->socket = capos_read_capability(reader, &view, 0, UINT64_C(0x873050afd41762f4));
  capos_socket_address_read(reader, capos_read_struct(reader, &view, 1), &value->local);
  capos_socket_address_read(reader, capos_read_struct(reader, &view, 2), &value->remote);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_tcp_listener_accept_results_encode(const struct capos_tcp_listener_accept_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_tcp_listener_accept_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_tcp_listener_accept_results_decode(struct capos_tcp_listener_accept_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_tcp_listener_accept_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_tcp_socket_receive_params {
  uint32_t max_length;
};

static inline uint32_t capos_tcp_socket_receive_params_fill(const struct capos_tcp_socket_receive_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint32_t)value->max_length;
  return pointers;
}

static inline void capos_tcp_socket_receive_params_point(struct capos_writer *writer, uint32_t at, const struct capos_tcp_socket_receive_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_tcp_socket_receive_params_put(struct capos_writer *writer, uint32_t at, const struct capos_tcp_socket_receive_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_tcp_socket_receive_params_fill(value, words);
  capos_tcp_socket_receive_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_tcp_socket_receive_params_size(const struct capos_tcp_socket_receive_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_tcp_socket_receive_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_tcp_socket_receive_params *value) {
  *value = (struct capos_tcp_socket_receive_params){0};
  value->max_length = (uint32_t)(capos_get_u32(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_tcp_socket_receive_params_encode(const struct capos_tcp_socket_receive_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_tcp_socket_receive_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_tcp_socket_receive_params_decode(struct capos_tcp_socket_receive_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_tcp_socket_receive_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_tcp_socket_receive_results {
  uint16_t error;
  struct capos_data data;
};

static inline uint32_t capos_tcp_socket_receive_results_fill(const struct capos_tcp_socket_receive_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->error;
  if (pointers < 1 && value->data.length != 0) pointers = 1;
  return pointers;
}

static inline void capos_tcp_socket_receive_results_point(struct capos_writer *writer, uint32_t at, const struct capos_tcp_socket_receive_results *value) {
  if (value->data.length != 0) capos_write_data(writer, at + 0, value->data);
}

static inline void capos_tcp_socket_receive_results_put(struct capos_writer *writer, uint32_t at, const struct capos_tcp_socket_receive_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_tcp_socket_receive_results_fill(value, words);
  capos_tcp_socket_receive_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_tcp_socket_receive_results_size(const struct capos_tcp_socket_receive_results *value) {
  uint64_t size = 16;
  size += ((uint64_t)value->data.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_tcp_socket_receive_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_tcp_socket_receive_results *value) {
  *value = (struct capos_tcp_socket_receive_results){0};
  value->error = (uint16_t)(capos_get_u16(&view, 0));
  value->data = capos_read_data(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_tcp_socket_receive_results_encode(const struct capos_tcp_socket_receive_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_tcp_socket_receive_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_tcp_socket_receive_results_decode(struct capos_tcp_socket_receive_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_tcp_socket_receive_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_tcp_socket_send_params {
  struct capos_data data;
  bool last;
};

static inline uint32_t capos_tcp_socket_send_params_fill(const struct capos_tcp_socket_send_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->data.length != 0) pointers = 1;
  words[0] |= (uint64_t)value->last;
  return pointers;
}

static inline void capos_tcp_socket_send_params_point(struct capos_writer *writer, uint32_t at, const struct capos_tcp_socket_send_params *value) {
  if (value->data.length != 0) capos_write_data(writer, at + 0, value->data);
}

static inline void capos_tcp_socket_send_params_put(struct capos_writer *writer, uint32_t at, const struct capos_tcp_socket_send_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_tcp_socket_send_params_fill(value, words);
  capos_tcp_socket_send_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_tcp_socket_send_params_size(const struct capos_tcp_socket_send_params *value) {
  uint64_t size = 16;
  size += ((uint64_t)value->data.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_tcp_socket_send_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_tcp_socket_send_params *value) {
  *value = (struct capos_tcp_socket_send_params){0};
  value->data = capos_read_data(reader, &view, 0);
  value->last = (capos_get_bit(&view, 0)) != 0;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_tcp_socket_send_params_encode(const struct capos_tcp_socket_send_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_tcp_socket_send_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_tcp_socket_send_params_decode(struct capos_tcp_socket_send_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_tcp_socket_send_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_tcp_socket_send_results {
  uint16_t error;
  uint32_t accepted;
};

static inline uint32_t capos_tcp_socket_send_results_fill(const struct capos_tcp_socket_send_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->error;
  words[0] |= (uint64_t)(uint32_t)value->accepted << 32;
  return pointers;
}

static inline void capos_tcp_socket_send_results_point(struct capos_writer *writer, uint32_t at, const struct capos_tcp_socket_send_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_tcp_socket_send_results_put(struct capos_writer *writer, uint32_t at, const struct capos_tcp_socket_send_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_tcp_socket_send_results_fill(value, words);
  capos_tcp_socket_send_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_tcp_socket_send_results_size(const struct capos_tcp_socket_send_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_tcp_socket_send_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_tcp_socket_send_results *value) {
  *value = (struct capos_tcp_socket_send_results){0};
  value->error = (uint16_t)(capos_get_u16(&view, 0));
  value->accepted = (uint32_t)(capos_get_u32(&view, 4));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_tcp_socket_send_results_encode(const struct capos_tcp_socket_send_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_tcp_socket_send_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_tcp_socket_send_results_decode(struct capos_tcp_socket_send_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_tcp_socket_send_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_tcp_socket_shutdown_params {
  bool receiving;
  bool sending;
};

static inline uint32_t capos_tcp_socket_shutdown_params_fill(const struct capos_tcp_socket_shutdown_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)value->receiving;
  words[0] |= (uint64_t)value->sending << 1;
  return pointers;
}

static inline void capos_tcp_socket_shutdown_params_point(struct capos_writer *writer, uint32_t at, const struct capos_tcp_socket_shutdown_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_tcp_socket_shutdown_params_put(struct capos_writer *writer, uint32_t at, const struct capos_tcp_socket_shutdown_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_tcp_socket_shutdown_params_fill(value, words);
  capos_tcp_socket_shutdown_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_tcp_socket_shutdown_params_size(const struct capos_tcp_socket_shutdown_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_tcp_socket_shutdown_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_tcp_socket_shutdown_params *value) {
  *value = (struct capos_tcp_socket_shutdown_params){0};
  value->receiving = (capos_get_bit(&view, 0)) != 0;
  value->sending = (capos_get_bit(&view, 1)) != 0;
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_tcp_socket_shutdown_params_encode(const struct capos_tcp_socket_shutdown_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_tcp_socket_shutdown_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_tcp_socket_shutdown_params_decode(struct capos_tcp_socket_shutdown_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_tcp_socket_shutdown_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_tcp_socket_shutdown_results {
  uint16_t error;
};

static inline uint32_t capos_tcp_socket_shutdown_results_fill(const struct capos_tcp_socket_shutdown_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->error;
  return pointers;
}

static inline void capos_tcp_socket_shutdown_results_point(struct capos_writer *writer, uint32_t at, const struct capos_tcp_socket_shutdown_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_tcp_socket_shutdown_results_put(struct capos_writer *writer, uint32_t at, const struct capos_tcp_socket_shutdown_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_tcp_socket_shutdown_results_fill(value, words);
  capos_tcp_socket_shutdown_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_tcp_socket_shutdown_results_size(const struct capos_tcp_socket_shutdown_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_tcp_socket_shutdown_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_tcp_socket_shutdown_results *value) {
  *value = (struct capos_tcp_socket_shutdown_results){0};
  value->error = (uint16_t)(capos_get_u16(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_tcp_socket_shutdown_results_encode(const struct capos_tcp_socket_shutdown_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_tcp_socket_shutdown_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_tcp_socket_shutdown_results_decode(struct capos_tcp_socket_shutdown_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_tcp_socket_shutdown_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_tcp_socket_set_option_params {
  uint16_t option;
  uint32_t value;
};

static inline uint32_t capos_tcp_socket_set_option_params_fill(const struct capos_tcp_socket_set_option_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->option;
  words[0] |= (uint64_t)(uint32_t)value->value << 32;
  return pointers;
}

static inline void capos_tcp_socket_set_option_params_point(struct capos_writer *writer, uint32_t at, const struct capos_tcp_socket_set_option_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_tcp_socket_set_option_params_put(struct capos_writer *writer, uint32_t at, const struct capos_tcp_socket_set_option_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_tcp_socket_set_option_params_fill(value, words);
  capos_tcp_socket_set_option_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_tcp_socket_set_option_params_size(const struct capos_tcp_socket_set_option_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_tcp_socket_set_option_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_tcp_socket_set_option_params *value) {
  *value = (struct capos_tcp_socket_set_option_params){0};
  value->option = (uint16_t)(capos_get_u16(&view, 0));
  value->value = (uint32_t)(capos_get_u32(&view, 4));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_tcp_socket_set_option_params_encode(const struct capos_tcp_socket_set_option_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_tcp_socket_set_option_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_tcp_socket_set_option_params_decode(struct capos_tcp_socket_set_option_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_tcp_socket_set_option_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_tcp_socket_set_option_results {
  uint16_t error;
};

static inline uint32_t capos_tcp_socket_set_option_results_fill(const struct capos_tcp_socket_set_option_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->error;
  return pointers;
}

static inline void capos_tcp_socket_set_option_results_point(struct capos_writer *writer, uint32_t at, const struct capos_tcp_socket_set_option_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_tcp_socket_set_option_results_put(struct capos_writer *writer, uint32_t at, const struct capos_tcp_socket_set_option_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_tcp_socket_set_option_results_fill(value, words);
  capos_tcp_socket_set_option_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_tcp_socket_set_option_results_size(const struct capos_tcp_socket_set_option_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_tcp_socket_set_option_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_tcp_socket_set_option_results *value) {
  *value = (struct capos_tcp_socket_set_option_results){0};
  value->error = (uint16_t)(capos_get_u16(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_tcp_socket_set_option_results_encode(const struct capos_tcp_socket_set_option_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_tcp_socket_set_option_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_tcp_socket_set_option_results_decode(struct capos_tcp_socket_set_option_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_tcp_socket_set_option_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_udp_socket_receive_results {
  uint16_t error;
  struct capos_data data;
  struct capos_socket_address remote;
};

static inline uint32_t capos_udp_socket_receive_results_fill(const struct capos_udp_socket_receive_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->error;
  if (pointers < 1 && value->data.length != 0) pointers = 1;
  if (pointers < 2) pointers = 2;
  return pointers;
}

static inline void capos_udp_socket_receive_results_point(struct capos_writer *writer, uint32_t at, const struct capos_udp_socket_receive_results *value) {
  if (value->data.length != 0) capos_write_data(writer, at + 0, value->data);
  capos_socket_address_put(writer, at + 8, &value->remote);
}

static inline void capos_udp_socket_receive_results_put(struct capos_writer *writer, uint32_t at, const struct capos_udp_socket_receive_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_udp_socket_receive_results_fill(value, words);
  capos_udp_socket_receive_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_udp_socket_receive_results_size(const struct capos_udp_socket_receive_results *value) {
  uint64_t size = 24;
  size += ((uint64_t)value->data.length + 7) & ~UINT64_C(7);
  size += capos_socket_address_size(&value->remote);
  return size;
}

static inline void capos_udp_socket_receive_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_udp_socket_receive_results *value) {
  *value = (struct capos_udp_socket_receive_results){0};
  value->error = (uint16_t)(capos_get_u16(&view, 0));
  value->data = capos_read_data(reader, &view, 0);
  capos_socket_address_read(reader, capos_read_struct(reader, &view, 1), &value->remote);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_udp_socket_receive_results_encode(const struct capos_udp_socket_receive_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_udp_socket_receive_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_udp_socket_receive_results_decode(struct capos_udp_socket_receive_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_udp_socket_receive_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_udp_socket_send_params {
  struct capos_data data;
  struct capos_socket_address remote;
};

static inline uint32_t capos_udp_socket_send_params_fill(const struct capos_udp_socket_send_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->data.length != 0) pointers = 1;
  if (pointers < 2) pointers = 2;
  (void)words;
  return pointers;
}

static inline void capos_udp_socket_send_params_point(struct capos_writer *writer, uint32_t at, const struct capos_udp_socket_send_params *value) {
  if (value->data.length != 0) capos_write_data(writer, at + 0, value->data);
  capos_socket_address_put(writer, at + 8, &value->remote);
}

static inline void capos_udp_socket_send_params_put(struct capos_writer *writer, uint32_t at, const struct capos_udp_socket_send_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_udp_socket_send_params_fill(value, words);
  capos_udp_socket_send_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_udp_socket_send_params_size(const struct capos_udp_socket_send_params *value) {
  uint64_t size = 16;
  size += ((uint64_t)value->data.length + 7) & ~UINT64_C(7);
  size += capos_socket_address_size(&value->remote);
  return size;
}

static inline void capos_udp_socket_send_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_udp_socket_send_params *value) {
  *value = (struct capos_udp_socket_send_params){0};
  value->data = capos_read_data(reader, &view, 0);
  capos_socket_address_read(reader, capos_read_struct(reader, &view, 1), &value->remote);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_udp_socket_send_params_encode(const struct capos_udp_socket_send_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_udp_socket_send_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_udp_socket_send_params_decode(struct capos_udp_socket_send_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_udp_socket_send_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_udp_socket_send_results {
  uint16_t error;
};

static inline uint32_t capos_udp_socket_send_results_fill(const struct capos_udp_socket_send_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->error;
  return pointers;
}

static inline void capos_udp_socket_send_results_point(struct capos_writer *writer, uint32_t at, const struct capos_udp_socket_send_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void capos_udp_socket_send_results_put(struct capos_writer *writer, uint32_t at, const struct capos_udp_socket_send_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_udp_socket_send_results_fill(value, words);
  capos_udp_socket_send_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_udp_socket_send_results_size(const struct capos_udp_socket_send_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void capos_udp_socket_send_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_udp_socket_send_results *value) {
  *value = (struct capos_udp_socket_send_results){0};
  value->error = (uint16_t)(capos_get_u16(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_udp_socket_send_results_encode(const struct capos_udp_socket_send_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_udp_socket_send_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_udp_socket_send_results_decode(struct capos_udp_socket_send_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_udp_socket_send_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_udp_socket_local_for_params {
  struct capos_socket_address remote;
};

static inline uint32_t capos_udp_socket_local_for_params_fill(const struct capos_udp_socket_local_for_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1) pointers = 1;
  (void)value;
  (void)words;
  return pointers;
}

static inline void capos_udp_socket_local_for_params_point(struct capos_writer *writer, uint32_t at, const struct capos_udp_socket_local_for_params *value) {
  capos_socket_address_put(writer, at + 0, &value->remote);
}

static inline void capos_udp_socket_local_for_params_put(struct capos_writer *writer, uint32_t at, const struct capos_udp_socket_local_for_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_udp_socket_local_for_params_fill(value, words);
  capos_udp_socket_local_for_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_udp_socket_local_for_params_size(const struct capos_udp_socket_local_for_params *value) {
  uint64_t size = 8;
  size += capos_socket_address_size(&value->remote);
  return size;
}

static inline void capos_udp_socket_local_for_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_udp_socket_local_for_params *value) {
  *value = (struct capos_udp_socket_local_for_params){0};
  capos_socket_address_read(reader, capos_read_struct(reader, &view, 0), &value->remote);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_udp_socket_local_for_params_encode(const struct capos_udp_socket_local_for_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_udp_socket_local_for_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_udp_socket_local_for_params_decode(struct capos_udp_socket_local_for_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_udp_socket_local_for_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_udp_socket_local_for_results {
  uint16_t error;
  struct capos_socket_address local;
};

static inline uint32_t capos_udp_socket_local_for_results_fill(const struct capos_udp_socket_local_for_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->error;
  if (pointers < 1) pointers = 1;
  return pointers;
}

static inline void capos_udp_socket_local_for_results_point(struct capos_writer *writer, uint32_t at, const struct capos_udp_socket_local_for_results *value) {
  capos_socket_address_put(writer, at + 0, &value->local);
}

static inline void capos_udp_socket_local_for_results_put(struct capos_writer *writer, uint32_t at, const struct capos_udp_socket_local_for_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_udp_socket_local_for_results_fill(value, words);
  capos_udp_socket_local_for_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_udp_socket_local_for_results_size(const struct capos_udp_socket_local_for_results *value) {
  uint64_t size = 16;
  size += capos_socket_address_size(&value->local);
  return size;
}

static inline void capos_udp_socket_local_for_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_udp_socket_local_for_results *value) {
  *value = (struct capos_udp_socket_local_for_results){0};
  value->error = (uint16_t)(capos_get_u16(&view, 0));
  capos_socket_address_read(reader, capos_read_struct(reader, &view, 0), &value->local);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_udp_socket_local_for_results_encode(const struct capos_udp_socket_local_for_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_udp_socket_local_for_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_udp_socket_local_for_results_decode(struct capos_udp_socket_local_for_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_udp_socket_local_for_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_resolver_resolve_params {
  struct capos_text name;
};

static inline uint32_t capos_resolver_resolve_params_fill(const struct capos_resolver_resolve_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->name.length != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_resolver_resolve_params_point(struct capos_writer *writer, uint32_t at, const struct capos_resolver_resolve_params *value) {
  if (value->name.length != 0) capos_write_text(writer, at + 0, value->name);
}

static inline void capos_resolver_resolve_params_put(struct capos_writer *writer, uint32_t at, const struct capos_resolver_resolve_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_resolver_resolve_params_fill(value, words);
  capos_resolver_resolve_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_resolver_resolve_params_size(const struct capos_resolver_resolve_params *value) {
  uint64_t size = 8;
  size += ((uint64_t)value->name.length + 8) & ~UINT64_C(7);
  return size;
}

static inline void capos_resolver_resolve_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_resolver_resolve_params *value) {
  *value = (struct capos_resolver_resolve_params){0};
  value->name = capos_read_text(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_resolver_resolve_params_encode(const struct capos_resolver_resolve_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_resolver_resolve_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_resolver_resolve_params_decode(struct capos_resolver_resolve_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_resolver_resolve_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_resolver_resolve_results {
  uint16_t error;
  struct capos_data_list addresses;
};

static inline uint32_t capos_resolver_resolve_results_fill(const struct capos_resolver_resolve_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->error;
  if (pointers < 1 && value->addresses.count != 0) pointers = 1;
  return pointers;
}

static inline void capos_resolver_resolve_results_point(struct capos_writer *writer, uint32_t at, const struct capos_resolver_resolve_results *value) {
  capos_data_list_put(writer, at + 0, &value->addresses);
}

static inline void capos_resolver_resolve_results_put(struct capos_writer *writer, uint32_t at, const struct capos_resolver_resolve_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_resolver_resolve_results_fill(value, words);
  capos_resolver_resolve_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_resolver_resolve_results_size(const struct capos_resolver_resolve_results *value) {
  uint64_t size = 16;
  size += capos_data_list_size(&value->addresses);
  return size;
}

static inline void capos_resolver_resolve_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_resolver_resolve_results *value) {
  *value = (struct capos_resolver_resolve_results){0};
  value->error = (uint16_t)(capos_get_u16(&view, 0));
  capos_data_list_read(reader, &view, 0, &value->addresses);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_resolver_resolve_results_encode(const struct capos_resolver_resolve_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_resolver_resolve_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_resolver_resolve_results_decode(struct capos_resolver_resolve_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_resolver_resolve_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_resolver_reverse_params {
  struct capos_data address;
};

static inline uint32_t capos_resolver_reverse_params_fill(const struct capos_resolver_reverse_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->address.length != 0) pointers = 1;
  (void)words;
  return pointers;
}

static inline void capos_resolver_reverse_params_point(struct capos_writer *writer, uint32_t at, const struct capos_resolver_reverse_params *value) {
  if (value->address.length != 0) capos_write_data(writer, at + 0, value->address);
}

static inline void capos_resolver_reverse_params_put(struct capos_writer *writer, uint32_t at, const struct capos_resolver_reverse_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_resolver_reverse_params_fill(value, words);
  capos_resolver_reverse_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_resolver_reverse_params_size(const struct capos_resolver_reverse_params *value) {
  uint64_t size = 8;
  size += ((uint64_t)value->address.length + 7) & ~UINT64_C(7);
  return size;
}

static inline void capos_resolver_reverse_params_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_resolver_reverse_params *value) {
  *value = (struct capos_resolver_reverse_params){0};
  value->address = capos_read_data(reader, &view, 0);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_resolver_reverse_params_encode(const struct capos_resolver_reverse_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_resolver_reverse_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_resolver_reverse_params_decode(struct capos_resolver_reverse_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_resolver_reverse_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct capos_resolver_reverse_results {
  uint16_t error;
  struct capos_text_list names;
};

static inline uint32_t capos_resolver_reverse_results_fill(const struct capos_resolver_reverse_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint16_t)value->error;
  if (pointers < 1 && value->names.count != 0) pointers = 1;
  return pointers;
}

static inline void capos_resolver_reverse_results_point(struct capos_writer *writer, uint32_t at, const struct capos_resolver_reverse_results *value) {
  capos_text_list_put(writer, at + 0, &value->names);
}

static inline void capos_resolver_reverse_results_put(struct capos_writer *writer, uint32_t at, const struct capos_resolver_reverse_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = capos_resolver_reverse_results_fill(value, words);
  capos_resolver_reverse_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t capos_resolver_reverse_results_size(const struct capos_resolver_reverse_results *value) {
  uint64_t size = 16;
  size += capos_text_list_size(&value->names);
  return size;
}

static inline void capos_resolver_reverse_results_read(struct capos_reader *reader, struct capos_struct_view view, struct capos_resolver_reverse_results *value) {
  *value = (struct capos_resolver_reverse_results){0};
  value->error = (uint16_t)(capos_get_u16(&view, 0));
  capos_text_list_read(reader, &view, 0, &value->names);
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int capos_resolver_reverse_results_encode(const struct capos_resolver_reverse_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  capos_resolver_reverse_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int capos_resolver_reverse_results_decode(struct capos_resolver_reverse_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  capos_resolver_reverse_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/** What a program may reach of networks. */
#define CAPOS_NETWORK_MANAGER_INTERFACE_ID UINT64_C(0x943bdaa4c48b110e)
#define CAPOS_NETWORK_MANAGER_METHOD_CONNECT 0u
#define CAPOS_NETWORK_MANAGER_METHOD_BIND 1u
#define CAPOS_NETWORK_MANAGER_METHOD_BIND_UDP 2u
#define CAPOS_NETWORK_MANAGER_METHOD_RESTRICT 3u
#define CAPOS_NETWORK_MANAGER_METHOD_DESCRIBE 4u

/** A stream to `remote`; answers when it stands. */
static inline int capos_network_manager_connect(capos_cap target, const struct capos_network_manager_connect_params *params, struct capos_network_manager_connect_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_network_manager_connect_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_network_manager_connect_params_size(params));
  if (error == 0) error = capos_network_manager_connect_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_network_manager_connect_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Takes a local address and port for one stream socket; port 0 takes a free one. dual: `::` also takes IPv4. */
static inline int capos_network_manager_bind(capos_cap target, const struct capos_network_manager_bind_params *params, struct capos_network_manager_bind_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_network_manager_bind_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_network_manager_bind_params_size(params));
  if (error == 0) error = capos_network_manager_bind_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  if (error == 0) error = capos_network_manager_bind_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** A datagram socket at a local address and port; port 0 takes a free one. */
static inline int capos_network_manager_bind_udp(capos_cap target, const struct capos_network_manager_bind_udp_params *params, struct capos_network_manager_bind_udp_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_network_manager_bind_udp_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_network_manager_bind_udp_params_size(params));
  if (error == 0) error = capos_network_manager_bind_udp_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 2);
  if (error == 0) error = capos_network_manager_bind_udp_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** A narrower manager: it reaches what both this one and one of the rules allow. No rules: nothing. */
static inline int capos_network_manager_restrict(capos_cap target, const struct capos_network_manager_restrict_params *params, struct capos_network_manager_restrict_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_network_manager_restrict_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_network_manager_restrict_params_size(params));
  if (error == 0) error = capos_network_manager_restrict_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 3);
  if (error == 0) error = capos_network_manager_restrict_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** The system's own addresses, and what this capability was last restricted to; without restriction it reaches all there is. */
static inline int capos_network_manager_describe(capos_cap target, struct capos_network_manager_describe_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_network_manager_describe_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 4);
  if (error == 0) error = capos_network_manager_describe_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a NetworkManager server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_network_manager_server {
  /** A stream to `remote`; answers when it stands. */
  int (*connect)(void *context, const struct capos_received *call, const struct capos_network_manager_connect_params *params, struct capos_network_manager_connect_results *results);
  /** Takes a local address and port for one stream socket; port 0 takes a free one. dual: `::` also takes IPv4. */
  int (*bind)(void *context, const struct capos_received *call, const struct capos_network_manager_bind_params *params, struct capos_network_manager_bind_results *results);
  /** A datagram socket at a local address and port; port 0 takes a free one. */
  int (*bind_udp)(void *context, const struct capos_received *call, const struct capos_network_manager_bind_udp_params *params, struct capos_network_manager_bind_udp_results *results);
  /** A narrower manager: it reaches what both this one and one of the rules allow. No rules: nothing. */
  int (*restrict_)(void *context, const struct capos_received *call, const struct capos_network_manager_restrict_params *params, struct capos_network_manager_restrict_results *results);
  /** The system's own addresses, and what this capability was last restricted to; without restriction it reaches all there is. */
  int (*describe)(void *context, const struct capos_received *call, struct capos_network_manager_describe_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_network_manager_handle(const struct capos_network_manager_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_network_manager_connect_params params;
      struct capos_network_manager_connect_results results = {0};
      if (server->connect == NULL) break;
      if (capos_network_manager_connect_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->connect(context, call, &params, &results);
      return error < 0 ? error : capos_network_manager_connect_results_encode(&results, reply);
    }
    case 1: {
      struct capos_network_manager_bind_params params;
      struct capos_network_manager_bind_results results = {0};
      if (server->bind == NULL) break;
      if (capos_network_manager_bind_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->bind(context, call, &params, &results);
      return error < 0 ? error : capos_network_manager_bind_results_encode(&results, reply);
    }
    case 2: {
      struct capos_network_manager_bind_udp_params params;
      struct capos_network_manager_bind_udp_results results = {0};
      if (server->bind_udp == NULL) break;
      if (capos_network_manager_bind_udp_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->bind_udp(context, call, &params, &results);
      return error < 0 ? error : capos_network_manager_bind_udp_results_encode(&results, reply);
    }
    case 3: {
      struct capos_network_manager_restrict_params params;
      struct capos_network_manager_restrict_results results = {0};
      if (server->restrict_ == NULL) break;
      if (capos_network_manager_restrict_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->restrict_(context, call, &params, &results);
      return error < 0 ? error : capos_network_manager_restrict_results_encode(&results, reply);
    }
    case 4: {
      struct capos_network_manager_describe_results results = {0};
      if (server->describe == NULL) break;
      int error = server->describe(context, call, &results);
      return error < 0 ? error : capos_network_manager_describe_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "NetworkManager has no such method here");
}

/** A local address and port held for one socket, before it is settled what for. Until `listen`, connections are refused. */
#define CAPOS_TCP_BINDING_INTERFACE_ID UINT64_C(0xcb5f4bb8ffcc54c2)
#define CAPOS_TCP_BINDING_METHOD_LISTEN 0u
#define CAPOS_TCP_BINDING_METHOD_CONNECT 1u

/** At most `backlog` connections wait to be accepted; further ones wait outside or are refused. */
static inline int capos_tcp_binding_listen(capos_cap target, const struct capos_tcp_binding_listen_params *params, struct capos_tcp_binding_listen_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_tcp_binding_listen_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_tcp_binding_listen_params_size(params));
  if (error == 0) error = capos_tcp_binding_listen_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_tcp_binding_listen_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

static inline int capos_tcp_binding_connect(capos_cap target, const struct capos_tcp_binding_connect_params *params, struct capos_tcp_binding_connect_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_tcp_binding_connect_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_tcp_binding_connect_params_size(params));
  if (error == 0) error = capos_tcp_binding_connect_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  if (error == 0) error = capos_tcp_binding_connect_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a TcpBinding server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_tcp_binding_server {
  /** At most `backlog` connections wait to be accepted; further ones wait outside or are refused. */
  int (*listen)(void *context, const struct capos_received *call, const struct capos_tcp_binding_listen_params *params, struct capos_tcp_binding_listen_results *results);
  int (*connect)(void *context, const struct capos_received *call, const struct capos_tcp_binding_connect_params *params, struct capos_tcp_binding_connect_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_tcp_binding_handle(const struct capos_tcp_binding_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_tcp_binding_listen_params params;
      struct capos_tcp_binding_listen_results results = {0};
      if (server->listen == NULL) break;
      if (capos_tcp_binding_listen_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->listen(context, call, &params, &results);
      return error < 0 ? error : capos_tcp_binding_listen_results_encode(&results, reply);
    }
    case 1: {
      struct capos_tcp_binding_connect_params params;
      struct capos_tcp_binding_connect_results results = {0};
      if (server->connect == NULL) break;
      if (capos_tcp_binding_connect_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->connect(context, call, &params, &results);
      return error < 0 ? error : capos_tcp_binding_connect_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "TcpBinding has no such method here");
}

/** Where connections come in. */
#define CAPOS_TCP_LISTENER_INTERFACE_ID UINT64_C(0xb2c68b78519cb7f3)
#define CAPOS_TCP_LISTENER_METHOD_ACCEPT 0u

/** The next connection, once there is one. */
static inline int capos_tcp_listener_accept(capos_cap target, struct capos_tcp_listener_accept_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_tcp_listener_accept_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_tcp_listener_accept_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a TcpListener server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_tcp_listener_server {
  /** The next connection, once there is one. */
  int (*accept)(void *context, const struct capos_received *call, struct capos_tcp_listener_accept_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_tcp_listener_handle(const struct capos_tcp_listener_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_tcp_listener_accept_results results = {0};
      if (server->accept == NULL) break;
      int error = server->accept(context, call, &results);
      return error < 0 ? error : capos_tcp_listener_accept_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "TcpListener has no such method here");
}

/**
 * One end of a stream. Both directions have bounded buffers: `send` takes what there is room for, and who does not receive
 * holds the sender up.
 */
#define CAPOS_TCP_SOCKET_INTERFACE_ID UINT64_C(0x873050afd41762f4)
#define CAPOS_TCP_SOCKET_METHOD_RECEIVE 0u
#define CAPOS_TCP_SOCKET_METHOD_SEND 1u
#define CAPOS_TCP_SOCKET_METHOD_SHUTDOWN 2u
#define CAPOS_TCP_SOCKET_METHOD_SET_OPTION 3u
#define CAPOS_TCP_SOCKET_METHOD_ABORT 4u

/** What has come, once there is something. Empty data: the other side has ended its stream. */
static inline int capos_tcp_socket_receive(capos_cap target, const struct capos_tcp_socket_receive_params *params, struct capos_tcp_socket_receive_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_tcp_socket_receive_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_tcp_socket_receive_params_size(params));
  if (error == 0) error = capos_tcp_socket_receive_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_tcp_socket_receive_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Answers once at least one byte was taken. last: takes all of it, room or not, and nothing can be sent after it. */
static inline int capos_tcp_socket_send(capos_cap target, const struct capos_tcp_socket_send_params *params, struct capos_tcp_socket_send_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_tcp_socket_send_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_tcp_socket_send_params_size(params));
  if (error == 0) error = capos_tcp_socket_send_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  if (error == 0) error = capos_tcp_socket_send_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Ends one direction or both; what was sent still goes out. */
static inline int capos_tcp_socket_shutdown(capos_cap target, const struct capos_tcp_socket_shutdown_params *params, struct capos_tcp_socket_shutdown_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_tcp_socket_shutdown_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_tcp_socket_shutdown_params_size(params));
  if (error == 0) error = capos_tcp_socket_shutdown_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 2);
  if (error == 0) error = capos_tcp_socket_shutdown_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** keepAlive: seconds of silence before the first probe, 0 is off. */
static inline int capos_tcp_socket_set_option(capos_cap target, const struct capos_tcp_socket_set_option_params *params, struct capos_tcp_socket_set_option_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_tcp_socket_set_option_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_tcp_socket_set_option_params_size(params));
  if (error == 0) error = capos_tcp_socket_set_option_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 3);
  if (error == 0) error = capos_tcp_socket_set_option_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Gives the connection up at once: the other side sees it reset. */
static inline int capos_tcp_socket_abort(capos_cap target) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 4);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a TcpSocket server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_tcp_socket_server {
  /** What has come, once there is something. Empty data: the other side has ended its stream. */
  int (*receive)(void *context, const struct capos_received *call, const struct capos_tcp_socket_receive_params *params, struct capos_tcp_socket_receive_results *results);
  /** Answers once at least one byte was taken. last: takes all of it, room or not, and nothing can be sent after it. */
  int (*send)(void *context, const struct capos_received *call, const struct capos_tcp_socket_send_params *params, struct capos_tcp_socket_send_results *results);
  /** Ends one direction or both; what was sent still goes out. */
  int (*shutdown)(void *context, const struct capos_received *call, const struct capos_tcp_socket_shutdown_params *params, struct capos_tcp_socket_shutdown_results *results);
  /** keepAlive: seconds of silence before the first probe, 0 is off. */
  int (*set_option)(void *context, const struct capos_received *call, const struct capos_tcp_socket_set_option_params *params, struct capos_tcp_socket_set_option_results *results);
  /** Gives the connection up at once: the other side sees it reset. */
  int (*abort)(void *context, const struct capos_received *call);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_tcp_socket_handle(const struct capos_tcp_socket_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_tcp_socket_receive_params params;
      struct capos_tcp_socket_receive_results results = {0};
      if (server->receive == NULL) break;
      if (capos_tcp_socket_receive_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->receive(context, call, &params, &results);
      return error < 0 ? error : capos_tcp_socket_receive_results_encode(&results, reply);
    }
    case 1: {
      struct capos_tcp_socket_send_params params;
      struct capos_tcp_socket_send_results results = {0};
      if (server->send == NULL) break;
      if (capos_tcp_socket_send_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->send(context, call, &params, &results);
      return error < 0 ? error : capos_tcp_socket_send_results_encode(&results, reply);
    }
    case 2: {
      struct capos_tcp_socket_shutdown_params params;
      struct capos_tcp_socket_shutdown_results results = {0};
      if (server->shutdown == NULL) break;
      if (capos_tcp_socket_shutdown_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->shutdown(context, call, &params, &results);
      return error < 0 ? error : capos_tcp_socket_shutdown_results_encode(&results, reply);
    }
    case 3: {
      struct capos_tcp_socket_set_option_params params;
      struct capos_tcp_socket_set_option_results results = {0};
      if (server->set_option == NULL) break;
      if (capos_tcp_socket_set_option_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->set_option(context, call, &params, &results);
      return error < 0 ? error : capos_tcp_socket_set_option_results_encode(&results, reply);
    }
    case 4: {
      if (server->abort == NULL) break;
      int error = server->abort(context, call);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "TcpSocket has no such method here");
}

/** Datagrams. What nobody takes in time is dropped, as datagrams are. */
#define CAPOS_UDP_SOCKET_INTERFACE_ID UINT64_C(0x908e11dd56a0b349)
#define CAPOS_UDP_SOCKET_METHOD_RECEIVE 0u
#define CAPOS_UDP_SOCKET_METHOD_SEND 1u
#define CAPOS_UDP_SOCKET_METHOD_LOCAL_FOR 2u

/** The next datagram, whole. */
static inline int capos_udp_socket_receive(capos_cap target, struct capos_udp_socket_receive_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_udp_socket_receive_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_udp_socket_receive_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Hands a datagram on; that it arrives is not promised. */
static inline int capos_udp_socket_send(capos_cap target, const struct capos_udp_socket_send_params *params, struct capos_udp_socket_send_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_udp_socket_send_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_udp_socket_send_params_size(params));
  if (error == 0) error = capos_udp_socket_send_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  if (error == 0) error = capos_udp_socket_send_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** The local address that datagrams to `remote` come from; fails as sending there would. */
static inline int capos_udp_socket_local_for(capos_cap target, const struct capos_udp_socket_local_for_params *params, struct capos_udp_socket_local_for_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_udp_socket_local_for_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_udp_socket_local_for_params_size(params));
  if (error == 0) error = capos_udp_socket_local_for_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 2);
  if (error == 0) error = capos_udp_socket_local_for_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a UdpSocket server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_udp_socket_server {
  /** The next datagram, whole. */
  int (*receive)(void *context, const struct capos_received *call, struct capos_udp_socket_receive_results *results);
  /** Hands a datagram on; that it arrives is not promised. */
  int (*send)(void *context, const struct capos_received *call, const struct capos_udp_socket_send_params *params, struct capos_udp_socket_send_results *results);
  /** The local address that datagrams to `remote` come from; fails as sending there would. */
  int (*local_for)(void *context, const struct capos_received *call, const struct capos_udp_socket_local_for_params *params, struct capos_udp_socket_local_for_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_udp_socket_handle(const struct capos_udp_socket_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_udp_socket_receive_results results = {0};
      if (server->receive == NULL) break;
      int error = server->receive(context, call, &results);
      return error < 0 ? error : capos_udp_socket_receive_results_encode(&results, reply);
    }
    case 1: {
      struct capos_udp_socket_send_params params;
      struct capos_udp_socket_send_results results = {0};
      if (server->send == NULL) break;
      if (capos_udp_socket_send_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->send(context, call, &params, &results);
      return error < 0 ? error : capos_udp_socket_send_results_encode(&results, reply);
    }
    case 2: {
      struct capos_udp_socket_local_for_params params;
      struct capos_udp_socket_local_for_results results = {0};
      if (server->local_for == NULL) break;
      if (capos_udp_socket_local_for_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->local_for(context, call, &params, &results);
      return error < 0 ? error : capos_udp_socket_local_for_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "UdpSocket has no such method here");
}

/** Names of a network. Holding it is the right to ask. */
#define CAPOS_RESOLVER_INTERFACE_ID UINT64_C(0xaaf668f162551f42)
#define CAPOS_RESOLVER_METHOD_RESOLVE 0u
#define CAPOS_RESOLVER_METHOD_REVERSE 1u

/** Every address of a host name, IPv4 and IPv6. */
static inline int capos_resolver_resolve(capos_cap target, const struct capos_resolver_resolve_params *params, struct capos_resolver_resolve_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_resolver_resolve_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_resolver_resolve_params_size(params));
  if (error == 0) error = capos_resolver_resolve_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = capos_resolver_resolve_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** The names of an address. */
static inline int capos_resolver_reverse(capos_cap target, const struct capos_resolver_reverse_params *params, struct capos_resolver_reverse_results *results) {
  struct capos_exchange exchange;
  *results = (struct capos_resolver_reverse_results){0};
  int error = capos_exchange_begin(&exchange, 8 + capos_resolver_reverse_params_size(params));
  if (error == 0) error = capos_resolver_reverse_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  if (error == 0) error = capos_resolver_reverse_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a Resolver server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct capos_resolver_server {
  /** Every address of a host name, IPv4 and IPv6. */
  int (*resolve)(void *context, const struct capos_received *call, const struct capos_resolver_resolve_params *params, struct capos_resolver_resolve_results *results);
  /** The names of an address. */
  int (*reverse)(void *context, const struct capos_received *call, const struct capos_resolver_reverse_params *params, struct capos_resolver_reverse_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int capos_resolver_handle(const struct capos_resolver_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct capos_resolver_resolve_params params;
      struct capos_resolver_resolve_results results = {0};
      if (server->resolve == NULL) break;
      if (capos_resolver_resolve_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->resolve(context, call, &params, &results);
      return error < 0 ? error : capos_resolver_resolve_results_encode(&results, reply);
    }
    case 1: {
      struct capos_resolver_reverse_params params;
      struct capos_resolver_reverse_results results = {0};
      if (server->reverse == NULL) break;
      if (capos_resolver_reverse_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->reverse(context, call, &params, &results);
      return error < 0 ? error : capos_resolver_reverse_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "Resolver has no such method here");
}

#endif
