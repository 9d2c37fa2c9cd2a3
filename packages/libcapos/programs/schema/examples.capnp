@0xc7a7c2b3f0d14e55;
# Interfaces that the guest programs here talk to one another with.

using import "/memory.capnp".MemoryObject;

interface Echo {
  echo @0 (text :Text) -> (text :Text, badge :UInt64, calls :UInt32);
  # The same text, the badge the caller is known by, and how many calls it has made.
  stop @1 ();
  # Ends the server after this call.
}

interface Lender {
  borrow @0 () -> (object :MemoryObject);
  # A copy of a reference to pages that the lender has mapped too.
  giveBack @1 (checksum :UInt64) -> (agreed :Bool);
  # The borrower is done writing; does the lender see the same bytes? Ends the lender.
}
