@0x8d6d595c263eb61b;
# A word of bits: signal sets bits, wait takes them.

interface Notification {
  signal @0 (bits :UInt64);
  wait @1 (mask :UInt64) -> (bits :UInt64);
  poll @2 (mask :UInt64) -> (bits :UInt64);
}

interface NotificationFactory {
  create @0 () -> (notification :Notification);
}
