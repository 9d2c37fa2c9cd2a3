@0x8d6d595c263eb61b;
# A word of bits: signal sets bits, wait takes them.

interface Notification {
  # 64 bits that many may set and wait for.
  signal @0 (bits :UInt64);
  # Sets bits; waiters are served in the order they came.
  wait @1 (mask :UInt64) -> (bits :UInt64);
  # Takes the set bits under the mask, waiting until there is one.
  poll @2 (mask :UInt64) -> (bits :UInt64);
  # Takes the set bits under the mask, perhaps none.
}

interface NotificationFactory {
  # Makes notifications, on the account of whoever asks.
  create @0 () -> (notification :Notification);
}
