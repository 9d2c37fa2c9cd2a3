@0xac3595fdf6cf07bf;
# Devices of the board, for drivers that are programs: their registers and their interrupts.

using import "notification.capnp".Notification;

interface Interrupt {
  # One interrupt line.
  bind @0 (notification :Notification, bits :UInt64);
  # An interrupt signals these bits. One that came before is told at once. bits 0: nobody is told any more.
  acknowledge @1 ();
  # Ready for the next. Until then the line is silent: an interrupt that comes meanwhile is told when this is called.
  setMasked @2 (masked :Bool);
  # While masked, interrupts are remembered, as one.
  getCount @3 () -> (count :UInt64);
  # Interrupts that came so far.
}

interface IoPorts {
  # A range of I/O ports. Offsets are relative to its first; size is 1, 2 or 4 bytes.
  read @0 (offset :UInt16, size :UInt8) -> (value :UInt32);
  write @1 (offset :UInt16, size :UInt8, value :UInt32);
  # invalidArgument: outside the range, or another size.
  getRange @2 () -> (first :UInt16, count :UInt32);
  readMany @3 (offset :UInt16, count :UInt32) -> (data :Data);
  writeMany @4 (offset :UInt16, data :Data);
  # Bytes, one after another, from or to the same port: a FIFO. At most 65,536.
}

interface DeviceMmio {
  # Registers in physical memory outside RAM. Offsets are relative to the range; size is 1, 2 or 4 bytes.
  read @0 (offset :UInt64, size :UInt8) -> (value :UInt32);
  write @1 (offset :UInt64, size :UInt8, value :UInt32);
  # invalidArgument: outside the range, misaligned, or another size.
  getRange @2 () -> (base :UInt64, length :UInt64);
}
