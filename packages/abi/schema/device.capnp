@0x85bee3aaf11bb54c;
# What the machine lends: time, entropy, a console.

interface Timer {
  now @0 () -> (monotonicNs :UInt64);
  sleepUntil @1 (monotonicNs :UInt64);
  wallClock @2 () -> (unixNs :UInt64);
}

interface EntropySource {
  fill @0 (length :UInt32) -> (data :Data);
  # At most 65,536 bytes a call.
}

interface Console {
  write @0 (data :Data) -> (written :UInt32);
  read @1 (maxLength :UInt32) -> (data :Data);
  # Waits for input. Empty data is end of input.
  getSize @2 () -> (columns :UInt16, rows :UInt16, isTerminal :Bool);
  setMode @3 (raw :Bool);
  # raw: bytes as typed, no echo. Otherwise lines with echo, and Ctrl-C as an interrupt.
  waitInterrupt @4 () -> ();
  # Returns when the user presses Ctrl-C in line mode.
}
