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
  bind @3 (mask :UInt64, userData :UInt64);
  # For event loops: from now on a completion with this user data appears in the caller's ring when a bit under the mask becomes
  # set while none was. Its badge shows the bits; they stay set, and further signals post nothing, until poll or wait takes them.
  # One ring at a time. overloaded: no completion slot to set aside.
  unbind @4 ();
}

interface NotificationFactory {
  # Makes notifications, on the account of whoever asks.
  create @0 () -> (notification :Notification);
}
