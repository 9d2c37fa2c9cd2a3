// Ping: plays at pong's table with three capabilities: the table, a timer that it gives away, a ball that is taken from it.
#include "generated/pingpong.h"
#include <capos/console.h>
#include <capos/schema/device.h>

static void play(capos_cap table) {
  uint32_t stroke = 1;
  while (stroke <= 3) {
    struct pingpong_table_hit_results results;
    int error = pingpong_table_hit(table, &(struct pingpong_table_hit_params){.stroke = stroke}, &results);
    if (error < 0) capos_fail("ping: hitting", error);
    capos_print("ping: stroke %u came back, I am badge %lu there\n", results.stroke, (unsigned long)results.badge);
    stroke = results.stroke;
  }
}

// Moving leaves nothing behind: the CapId that named the timer is stale.
static void give_timer_away(capos_cap table) {
  capos_cap timer = capos_find("timer", CAPOS_TIMER_INTERFACE_ID);
  int error = pingpong_table_keep_time(table, &(struct pingpong_table_keep_time_params){.timer = CAPOS_MOVE(timer)});
  if (error < 0) capos_fail("ping: giving the timer away", error);
  struct capos_timer_now_results now;
  error = capos_timer_now(timer, &now);
  capos_print("ping: my timer is gone (%s)\n", capos_error_text(error));
}

// Whoever handed a capability out can take it back, wherever it went.
static void lose_the_ball(capos_cap table) {
  struct pingpong_table_take_ball_results taken;
  int error = pingpong_table_take_ball(table, &taken);
  if (error < 0) capos_fail("ping: taking the ball", error);
  struct pingpong_ball_bounce_results bounced;
  for (int count = 0; count < 2 && error == 0; count++) error = pingpong_ball_bounce(taken.ball.cap, &bounced);
  if (error < 0) capos_fail("ping: bouncing", error);
  capos_print("ping: the ball bounced %u times\n", bounced.bounces);
  struct pingpong_table_end_game_results ended;
  error = pingpong_table_end_game(table, &ended);
  if (error < 0) capos_fail("ping: ending the game", error);
  error = pingpong_ball_bounce(taken.ball.cap, &bounced);
  capos_print("ping: the ball is dead (%s) after %u bounces\n", capos_error_text(error), ended.bounces);
  capos_release(taken.ball.cap);
}

int main(void) {
  capos_cap table = capos_find("table", PINGPONG_TABLE_INTERFACE_ID);
  play(table);
  give_timer_away(table);
  lose_the_ball(table);
  return pingpong_table_leave(table) < 0;
}
