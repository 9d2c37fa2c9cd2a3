@0xf71214e3a3181f80;
# What every interface shares: the exception a call may end in, and what a tool may see of a capability.

struct CapException {
  # A failed call: its kind says what the caller should do, its reason is for people. Never carries kernel addresses.
  kind @0 :Kind;
  reason @1 :Text;
  ending @2 :Ending;
  # With `disconnected`: how the server ended that had the call. Tells what became of it, never what it was working on.
  code @3 :UInt16;
  # Its exit code, the processor's vector (SDM 3A §6.15), or the signal that killed it.
  addressClass @4 :AddressClass;
  # What the address of a page fault was.

  enum Ending { none @0; exited @1; faulted @2; killed @3; }
  enum Kind {
    failed @0;          # report it
    overloaded @1;      # back off, then retry
    disconnected @2;    # re-establish the capability
    unimplemented @3;   # use another method
    invalidArgument @4; # the caller's parameters are wrong
  }
}

enum AddressClass {
  # What kind of place a faulting instruction wanted to reach; where exactly is its own affair.
  none @0;             # no address had to do with it
  nearNull @1;         # the lowest 64 KiB, where nothing is ever placed
  unmapped @2;         # nothing is there
  reserved @3;         # address space without memory: a guard page, or what was never committed
  notPermitted @4;     # memory, but not for this kind of access
  outside @5;          # no address a program could have
  noMemory @6;         # its own memory, but there was no frame left to back it
}

interface CapabilityManager {
  # Looks at and revokes what its holder's process holds. It can look; it can never invoke on another's behalf.
  list @0 () -> (entries :List(Entry));
  # What the caller's process holds.
  revoke @1 (cap :UInt32);
  # Bumps the epoch of an object that the caller owns: every outstanding reference fails from now on.

  struct Entry {
    cap @0 :UInt32;
    interfaceId @1 :UInt64;
    badge @2 :UInt64;
    name @3 :Text;
    transferMode @4 :TransferMode;
    origin @5 :Origin;
    live @6 :Bool;
  }
  enum TransferMode { copy @0; move @1; nonTransferable @2; }
  enum Origin { kernel @0; spawnGrant @1; transfer @2; result @3; }
}
