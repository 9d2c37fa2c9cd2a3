@0xe1f3c96d5b0a7284;
# What ping and pong say to one another.

using import "/device.capnp".Timer;

interface Table {
  # Pong's side of the table.
  hit @0 (stroke :UInt32) -> (stroke :UInt32, badge :UInt64);
  # Answers the next stroke, and the badge by which pong knows the player.
  keepTime @1 (timer :Timer) -> ();
  # Gives pong the timer; whoever moves it has it no longer.
  takeBall @2 () -> (ball :Ball);
  # A ball to play with, for as long as pong likes.
  endGame @3 () -> (bounces :UInt32);
  # Pong takes every ball back: those handed out work no longer.
  leave @4 ();
}

interface Ball {
  bounce @0 () -> (bounces :UInt32);
}
