@0xa51a42146da9d44d;
# Pages: address spaces, shareable memory objects, frames.

interface VirtualMemory {
  # The address space of whoever calls. Addresses and lengths are multiples of 4096; protection: 1 read, 2 write, 4 execute.
  # invalidArgument: a bad range, an overlap, write with execute. overloaded: no memory or address space left.
  map @0 (address :UInt64, length :UInt64, protection :UInt32, fixed :Bool) -> (address :UInt64);
  # Demand-zero anonymous memory. address 0 lets the kernel choose; fixed replaces what is mapped there.
  mapObject @1 (object :MemoryObject, offset :UInt64, address :UInt64, length :UInt64, protection :UInt32, fixed :Bool) -> (address :UInt64);
  # Pages of an object, shared with everybody else who maps or writes them.
  unmap @2 (address :UInt64, length :UInt64);
  # Frees memory and addresses.
  protect @3 (address :UInt64, length :UInt64, protection :UInt32);
  # Changes what may be done with pages; their content stays.
  reserve @4 (address :UInt64, length :UInt64) -> (address :UInt64);
  # Address space without memory: any access faults until `commit`.
  commit @5 (address :UInt64, length :UInt64, protection :UInt32);
  # Demand-zero memory in a reserved range.
  decommit @6 (address :UInt64, length :UInt64);
  # Frees the frames; the range stays reserved, and reads zero when committed again.
}

interface MemoryObject {
  # Pages of their own, independent of any address space: to share, to hand on, to snapshot.
  getSize @0 () -> (size :UInt64);
  # Bytes, a multiple of 4096.
  read @1 (offset :UInt64, length :UInt32) -> (data :Data);
  # invalidArgument: the range leaves the object.
  write @2 (offset :UInt64, data :Data);
  # invalidArgument: the range leaves the object. overloaded: no frame left.
  createChild @3 (offset :UInt64, length :UInt64) -> (child :MemoryObject);
  # A copy-on-write snapshot of a range of whole pages, paid for by the caller.
}

interface FrameAllocator {
  # Memory as objects, on the account of whoever asks.
  allocate @0 (size :UInt64, contiguous :Bool) -> (object :MemoryObject);
  # size: a multiple of 4096. contiguous: in one physical piece. overloaded: not that much left.
  available @1 () -> (bytes :UInt64);
  # What the caller could still allocate.
}
