// Pong: serves the table and its balls at one endpoint, and tells who calls by the badge.
#include "generated/pingpong.h"
#include <capos/console.h>
#include <capos/schema/device.h>
#include <capos/schema/endpoint.h>

#define BALL_BADGE 100 /* pong's own choice; a client can neither see nor change it */

static capos_cap table;
static uint32_t bounces;
static bool left;

static int hit(void *context, const struct capos_received *call, const struct pingpong_table_hit_params *params,
               struct pingpong_table_hit_results *results) {
  (void)context;
  capos_print("pong: stroke %u from badge %lu\n", params->stroke, (unsigned long)call->badge);
  results->stroke = params->stroke + 1;
  results->badge = call->badge;
  return 0;
}

static int keep_time(void *context, const struct capos_received *call,
                     const struct pingpong_table_keep_time_params *params) {
  (void)context;
  (void)call;
  struct capos_timer_now_results now;
  int error = capos_timer_now(params->timer.cap, &now);
  if (error < 0) return error;
  capos_print("pong: the timer is mine now, and it %s\n", now.monotonic_ns > 0 ? "runs" : "stands");
  capos_release(params->timer.cap);
  return 0;
}

static int take_ball(void *context, const struct capos_received *call, struct pingpong_table_take_ball_results *results) {
  (void)context;
  (void)call;
  struct capos_endpoint_mint_params params = {.badge = BALL_BADGE, .interface_id = PINGPONG_BALL_INTERFACE_ID};
  struct capos_endpoint_mint_results minted;
  int error = capos_endpoint_mint(table, &params, &minted);
  if (error < 0) return error;
  results->ball = CAPOS_MOVE(minted.client.cap);
  return 0;
}

static int end_game(void *context, const struct capos_received *call, struct pingpong_table_end_game_results *results) {
  (void)context;
  (void)call;
  results->bounces = bounces;
  capos_print("pong: game over, I take the ball back\n");
  return capos_endpoint_revoke(table, &(struct capos_endpoint_revoke_params){.badge = BALL_BADGE});
}

static int leave(void *context, const struct capos_received *call) {
  (void)context;
  (void)call;
  left = true;
  return 0;
}

static int bounce(void *context, const struct capos_received *call, struct pingpong_ball_bounce_results *results) {
  (void)context;
  (void)call;
  results->bounces = ++bounces;
  return 0;
}

static const struct pingpong_table_server TABLE = {
    .hit = hit, .keep_time = keep_time, .take_ball = take_ball, .end_game = end_game, .leave = leave};
static const struct pingpong_ball_server BALL = {.bounce = bounce};

static int handle(void *context, const struct capos_received *received, struct capos_request *reply) {
  if (received->badge == BALL_BADGE) return pingpong_ball_handle(&BALL, context, received, reply);
  int handled = pingpong_table_handle(&TABLE, context, received, reply);
  return handled == 0 && left ? CAPOS_STOP_SERVING : handled;
}

int main(void) {
  table = capos_find("table", CAPOS_ENDPOINT_INTERFACE_ID);
  int error = capos_serve(table, handle, NULL);
  if (error < 0) capos_fail("pong", error);
  capos_print("pong: good game\n");
  return 0;
}
