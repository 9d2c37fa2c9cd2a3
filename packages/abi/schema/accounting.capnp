@0xfc2d84bc74ad1af9;
# Accounts: what a process makes the kernel hold, and how one process pays for what another does for it.

enum Resource {
  # Resource classes. A ledger counts each on its own.
  capSlots @0;          # slots of the capability table
  frames @1;            # 4 KiB of physical memory: pages, page tables, rings
  reservedPages @2;     # pages of address space with a meaning, backed or not
  areas @3;             # contiguous parts of an address space
  pendingOperations @4; # calls and other operations that wait
  inFlightBytes @5;     # messages and images that the kernel keeps
  timers @6;            # timers that have not fired
  threads @7;
  arenaBytes @8;        # memory of hosted programs
  objects @9;           # endpoints, facets, notifications, memory objects, handles, donations
  processes @10;
}

struct ResourceAmount {
  resource @0 :Resource;
  amount @1 :UInt64;
}

interface Accounts {
  # The account of whoever calls: one object serves all holders, and shows nobody but the caller's own.
  used @0 () -> (amounts :List(ResourceAmount));
  # What the caller and those it started hold now.
  available @1 () -> (amounts :List(ResourceAmount));
  # What it could still take; 2^64 − 1 where there is no limit.
  donate @2 (amounts :List(ResourceAmount)) -> (donation :Donation);
  # Sets a part of the caller's account aside. overloaded: the account has not that much left.
}

interface Donation {
  # What a client brings for its session: set aside on its account, to be spent by the server. Travels with the call that opens
  # the session. It ends, and everything goes back, when it is closed, when nobody holds it, or when who accepted it has ended.
  read @0 () -> (amounts :List(ResourceAmount), accepted :Bool);
  accept @1 ();
  # Credits the caller's account. invalidArgument: accepted already, or closed.
  close @2 ();
  # Gives it back. Once accepted, only the process that accepted may: a client can't take back what was spent on it.
}
