/* Generated from pingpong.capnp. Do not edit.
   What ping and pong say to one another. */
#ifndef CAPOS_SCHEMA_PINGPONG_PINGPONG_H
#define CAPOS_SCHEMA_PINGPONG_PINGPONG_H

#include <capos/call.h>
#include <capos/endpoint.h>
#include <capos/message.h>

struct pingpong_table_hit_params {
  uint32_t stroke;
};

static inline uint32_t pingpong_table_hit_params_fill(const struct pingpong_table_hit_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint32_t)value->stroke;
  return pointers;
}

static inline void pingpong_table_hit_params_point(struct capos_writer *writer, uint32_t at, const struct pingpong_table_hit_params *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void pingpong_table_hit_params_put(struct capos_writer *writer, uint32_t at, const struct pingpong_table_hit_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = pingpong_table_hit_params_fill(value, words);
  pingpong_table_hit_params_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t pingpong_table_hit_params_size(const struct pingpong_table_hit_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void pingpong_table_hit_params_read(struct capos_reader *reader, struct capos_struct_view view, struct pingpong_table_hit_params *value) {
  *value = (struct pingpong_table_hit_params){0};
  value->stroke = (uint32_t)(capos_get_u32(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int pingpong_table_hit_params_encode(const struct pingpong_table_hit_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  pingpong_table_hit_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int pingpong_table_hit_params_decode(struct pingpong_table_hit_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  pingpong_table_hit_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct pingpong_table_hit_results {
  uint32_t stroke;
  uint64_t badge;
};

static inline uint32_t pingpong_table_hit_results_fill(const struct pingpong_table_hit_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint32_t)value->stroke;
  words[1] |= (uint64_t)value->badge;
  return pointers;
}

static inline void pingpong_table_hit_results_point(struct capos_writer *writer, uint32_t at, const struct pingpong_table_hit_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void pingpong_table_hit_results_put(struct capos_writer *writer, uint32_t at, const struct pingpong_table_hit_results *value) {
  uint64_t words[2] = {0};
  uint32_t pointers = pingpong_table_hit_results_fill(value, words);
  pingpong_table_hit_results_point(writer, capos_write_struct(writer, at, words, 2, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t pingpong_table_hit_results_size(const struct pingpong_table_hit_results *value) {
  uint64_t size = 16;
  (void)value;
  return size;
}

static inline void pingpong_table_hit_results_read(struct capos_reader *reader, struct capos_struct_view view, struct pingpong_table_hit_results *value) {
  *value = (struct pingpong_table_hit_results){0};
  value->stroke = (uint32_t)(capos_get_u32(&view, 0));
  value->badge = (uint64_t)(capos_get_u64(&view, 8));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int pingpong_table_hit_results_encode(const struct pingpong_table_hit_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  pingpong_table_hit_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int pingpong_table_hit_results_decode(struct pingpong_table_hit_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  pingpong_table_hit_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct pingpong_table_keep_time_params {
  struct capos_capability timer;
};

static inline uint32_t pingpong_table_keep_time_params_fill(const struct pingpong_table_keep_time_params *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->timer.cap != CAPOS_NULL_CAP) pointers = 1;
  (void)words;
  return pointers;
}

static inline void pingpong_table_keep_time_params_point(struct capos_writer *writer, uint32_t at, const struct pingpong_table_keep_time_params *value) {
  if (value->timer.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->timer);
}

static inline void pingpong_table_keep_time_params_put(struct capos_writer *writer, uint32_t at, const struct pingpong_table_keep_time_params *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = pingpong_table_keep_time_params_fill(value, words);
  pingpong_table_keep_time_params_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t pingpong_table_keep_time_params_size(const struct pingpong_table_keep_time_params *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void pingpong_table_keep_time_params_read(struct capos_reader *reader, struct capos_struct_view view, struct pingpong_table_keep_time_params *value) {
  *value = (struct pingpong_table_keep_time_params){0};
  value->timer = capos_read_capability(reader, &view, 0, UINT64_C(0xf84bf41c2f2ae186));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int pingpong_table_keep_time_params_encode(const struct pingpong_table_keep_time_params *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  pingpong_table_keep_time_params_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int pingpong_table_keep_time_params_decode(struct pingpong_table_keep_time_params *value, const struct capos_message *message) {
  struct capos_reader reader;
  pingpong_table_keep_time_params_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct pingpong_table_take_ball_results {
  struct capos_capability ball;
};

static inline uint32_t pingpong_table_take_ball_results_fill(const struct pingpong_table_take_ball_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  if (pointers < 1 && value->ball.cap != CAPOS_NULL_CAP) pointers = 1;
  (void)words;
  return pointers;
}

static inline void pingpong_table_take_ball_results_point(struct capos_writer *writer, uint32_t at, const struct pingpong_table_take_ball_results *value) {
  if (value->ball.cap != CAPOS_NULL_CAP) capos_write_capability(writer, at + 0, value->ball);
}

static inline void pingpong_table_take_ball_results_put(struct capos_writer *writer, uint32_t at, const struct pingpong_table_take_ball_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = pingpong_table_take_ball_results_fill(value, words);
  pingpong_table_take_ball_results_point(writer, capos_write_struct(writer, at, words, 0, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t pingpong_table_take_ball_results_size(const struct pingpong_table_take_ball_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void pingpong_table_take_ball_results_read(struct capos_reader *reader, struct capos_struct_view view, struct pingpong_table_take_ball_results *value) {
  *value = (struct pingpong_table_take_ball_results){0};
  value->ball = capos_read_capability(reader, &view, 0, UINT64_C(0x8d8491032bc27617));
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int pingpong_table_take_ball_results_encode(const struct pingpong_table_take_ball_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  pingpong_table_take_ball_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int pingpong_table_take_ball_results_decode(struct pingpong_table_take_ball_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  pingpong_table_take_ball_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct pingpong_table_end_game_results {
  uint32_t bounces;
};

static inline uint32_t pingpong_table_end_game_results_fill(const struct pingpong_table_end_game_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint32_t)value->bounces;
  return pointers;
}

static inline void pingpong_table_end_game_results_point(struct capos_writer *writer, uint32_t at, const struct pingpong_table_end_game_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void pingpong_table_end_game_results_put(struct capos_writer *writer, uint32_t at, const struct pingpong_table_end_game_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = pingpong_table_end_game_results_fill(value, words);
  pingpong_table_end_game_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t pingpong_table_end_game_results_size(const struct pingpong_table_end_game_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void pingpong_table_end_game_results_read(struct capos_reader *reader, struct capos_struct_view view, struct pingpong_table_end_game_results *value) {
  *value = (struct pingpong_table_end_game_results){0};
  value->bounces = (uint32_t)(capos_get_u32(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int pingpong_table_end_game_results_encode(const struct pingpong_table_end_game_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  pingpong_table_end_game_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int pingpong_table_end_game_results_decode(struct pingpong_table_end_game_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  pingpong_table_end_game_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

struct pingpong_ball_bounce_results {
  uint32_t bounces;
};

static inline uint32_t pingpong_ball_bounce_results_fill(const struct pingpong_ball_bounce_results *value, uint64_t *words) {
  uint32_t pointers = 0;
  words[0] |= (uint64_t)(uint32_t)value->bounces;
  return pointers;
}

static inline void pingpong_ball_bounce_results_point(struct capos_writer *writer, uint32_t at, const struct pingpong_ball_bounce_results *value) {
  (void)writer;
  (void)at;
  (void)value;
}

static inline void pingpong_ball_bounce_results_put(struct capos_writer *writer, uint32_t at, const struct pingpong_ball_bounce_results *value) {
  uint64_t words[1] = {0};
  uint32_t pointers = pingpong_ball_bounce_results_fill(value, words);
  pingpong_ball_bounce_results_point(writer, capos_write_struct(writer, at, words, 1, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t pingpong_ball_bounce_results_size(const struct pingpong_ball_bounce_results *value) {
  uint64_t size = 8;
  (void)value;
  return size;
}

static inline void pingpong_ball_bounce_results_read(struct capos_reader *reader, struct capos_struct_view view, struct pingpong_ball_bounce_results *value) {
  *value = (struct pingpong_ball_bounce_results){0};
  value->bounces = (uint32_t)(capos_get_u32(&view, 0));
  (void)reader;
}

/** Writes `value` as the message of `request`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int pingpong_ball_bounce_results_encode(const struct pingpong_ball_bounce_results *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  pingpong_ball_bounce_results_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads `message` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int pingpong_ball_bounce_results_decode(struct pingpong_ball_bounce_results *value, const struct capos_message *message) {
  struct capos_reader reader;
  pingpong_ball_bounce_results_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

/** Pong's side of the table. */
#define PINGPONG_TABLE_INTERFACE_ID UINT64_C(0x9f36246f9695717d)
#define PINGPONG_TABLE_METHOD_HIT 0u
#define PINGPONG_TABLE_METHOD_KEEP_TIME 1u
#define PINGPONG_TABLE_METHOD_TAKE_BALL 2u
#define PINGPONG_TABLE_METHOD_END_GAME 3u
#define PINGPONG_TABLE_METHOD_LEAVE 4u

/** Answers the next stroke, and the badge by which pong knows the player. */
static inline int pingpong_table_hit(capos_cap target, const struct pingpong_table_hit_params *params, struct pingpong_table_hit_results *results) {
  struct capos_exchange exchange;
  *results = (struct pingpong_table_hit_results){0};
  int error = capos_exchange_begin(&exchange, 8 + pingpong_table_hit_params_size(params));
  if (error == 0) error = pingpong_table_hit_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = pingpong_table_hit_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Gives pong the timer; whoever moves it has it no longer. */
static inline int pingpong_table_keep_time(capos_cap target, const struct pingpong_table_keep_time_params *params) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8 + pingpong_table_keep_time_params_size(params));
  if (error == 0) error = pingpong_table_keep_time_params_encode(params, &exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 1);
  return capos_exchange_end(&exchange, error);
}

/** A ball to play with, for as long as pong likes. */
static inline int pingpong_table_take_ball(capos_cap target, struct pingpong_table_take_ball_results *results) {
  struct capos_exchange exchange;
  *results = (struct pingpong_table_take_ball_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 2);
  if (error == 0) error = pingpong_table_take_ball_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/** Pong takes every ball back: those handed out work no longer. */
static inline int pingpong_table_end_game(capos_cap target, struct pingpong_table_end_game_results *results) {
  struct capos_exchange exchange;
  *results = (struct pingpong_table_end_game_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 3);
  if (error == 0) error = pingpong_table_end_game_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

static inline int pingpong_table_leave(capos_cap target) {
  struct capos_exchange exchange;
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 4);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a Table server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct pingpong_table_server {
  /** Answers the next stroke, and the badge by which pong knows the player. */
  int (*hit)(void *context, const struct capos_received *call, const struct pingpong_table_hit_params *params, struct pingpong_table_hit_results *results);
  /** Gives pong the timer; whoever moves it has it no longer. */
  int (*keep_time)(void *context, const struct capos_received *call, const struct pingpong_table_keep_time_params *params);
  /** A ball to play with, for as long as pong likes. */
  int (*take_ball)(void *context, const struct capos_received *call, struct pingpong_table_take_ball_results *results);
  /** Pong takes every ball back: those handed out work no longer. */
  int (*end_game)(void *context, const struct capos_received *call, struct pingpong_table_end_game_results *results);
  int (*leave)(void *context, const struct capos_received *call);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int pingpong_table_handle(const struct pingpong_table_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct pingpong_table_hit_params params;
      struct pingpong_table_hit_results results = {0};
      if (server->hit == NULL) break;
      if (pingpong_table_hit_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->hit(context, call, &params, &results);
      return error < 0 ? error : pingpong_table_hit_results_encode(&results, reply);
    }
    case 1: {
      struct pingpong_table_keep_time_params params;
      if (server->keep_time == NULL) break;
      if (pingpong_table_keep_time_params_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");
      int error = server->keep_time(context, call, &params);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
    case 2: {
      struct pingpong_table_take_ball_results results = {0};
      if (server->take_ball == NULL) break;
      int error = server->take_ball(context, call, &results);
      return error < 0 ? error : pingpong_table_take_ball_results_encode(&results, reply);
    }
    case 3: {
      struct pingpong_table_end_game_results results = {0};
      if (server->end_game == NULL) break;
      int error = server->end_game(context, call, &results);
      return error < 0 ? error : pingpong_table_end_game_results_encode(&results, reply);
    }
    case 4: {
      if (server->leave == NULL) break;
      int error = server->leave(context, call);
      return error < 0 ? error : capos_encode_nothing(reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "Table has no such method here");
}

#define PINGPONG_BALL_INTERFACE_ID UINT64_C(0x8d8491032bc27617)
#define PINGPONG_BALL_METHOD_BOUNCE 0u

static inline int pingpong_ball_bounce(capos_cap target, struct pingpong_ball_bounce_results *results) {
  struct capos_exchange exchange;
  *results = (struct pingpong_ball_bounce_results){0};
  int error = capos_exchange_begin(&exchange, 8);
  if (error == 0) error = capos_encode_nothing(&exchange.request);
  if (error == 0) error = capos_exchange_call(&exchange, target, 0);
  if (error == 0) error = pingpong_ball_bounce_results_decode(results, &exchange.answer);
  return capos_exchange_end(&exchange, error);
}

/**
 * Handlers of a Ball server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in `params` belong to the handler; those in `results` are sent. A null handler is an unimplemented method.
 */
struct pingpong_ball_server {
  int (*bounce)(void *context, const struct capos_received *call, struct pingpong_ball_bounce_results *results);
};

/** Handles one received call through `server` and encodes its answer: a `capos_handler` for capos_serve. */
static inline int pingpong_ball_handle(const struct pingpong_ball_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
    case 0: {
      struct pingpong_ball_bounce_results results = {0};
      if (server->bounce == NULL) break;
      int error = server->bounce(context, call, &results);
      return error < 0 ? error : pingpong_ball_bounce_results_encode(&results, reply);
    }
  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "Ball has no such method here");
}

#endif
