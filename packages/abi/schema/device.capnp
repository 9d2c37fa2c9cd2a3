@0x85bee3aaf11bb54c;
# What the machine lends: time, entropy, a console.

interface Timer {
  # The clock that deadlines are measured on, and the time of day.
  now @0 () -> (monotonicNs :UInt64);
  # Nanoseconds since some moment before the system began; never goes back.
  sleepUntil @1 (monotonicNs :UInt64);
  # Answers once that time is reached, at once if it is past.
  wallClock @2 () -> (unixNs :UInt64);
  # Nanoseconds since 1970-01-01 UTC. unimplemented: the system has no wall clock.
}

interface EntropySource {
  # Random bytes of the embedder's choice of source.
  fill @0 (length :UInt32) -> (data :Data);
  # At most 65,536 bytes a call.
}

interface Console {
  # A terminal, or whatever stands in for one. Shared by all who hold it: reads are answered in the order they came.
  write @0 (data :Data) -> (written :UInt32);
  # Takes bytes, perhaps fewer than there are. None: nobody will ever read them.
  read @1 (maxLength :UInt32) -> (data :Data);
  # Waits for input. Empty data is end of input.
  getSize @2 () -> (columns :UInt16, rows :UInt16, isTerminal :Bool);
  # isTerminal: somebody sits there; false for files and pipes.
  setMode @3 (raw :Bool);
  # raw: bytes as typed, no echo. Otherwise lines with echo, and Ctrl-C as an interrupt.
  waitInterrupt @4 () -> ();
  # Returns when the user presses Ctrl-C in line mode.
  waitResize @5 () -> ();
  # Returns when the terminal has another size than before.
}
