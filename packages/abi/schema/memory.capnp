@0xa51a42146da9d44d;
# Pages: address spaces, shareable memory objects, frames.

interface VirtualMemory {
  # One address space. Addresses and lengths are multiples of 4096.
  map @0 (address :UInt64, length :UInt64, protection :UInt32, fixed :Bool) -> (address :UInt64);
  # Demand-zero anonymous memory. address 0 lets the kernel choose. protection: 1 read, 2 write, 4 execute; never write and execute together.
  mapObject @1 (object :MemoryObject, offset :UInt64, address :UInt64, length :UInt64, protection :UInt32, fixed :Bool) -> (address :UInt64);
  unmap @2 (address :UInt64, length :UInt64);
  protect @3 (address :UInt64, length :UInt64, protection :UInt32);
  reserve @4 (address :UInt64, length :UInt64) -> (address :UInt64);
  # Address space without memory: any access faults until `commit`.
  commit @5 (address :UInt64, length :UInt64, protection :UInt32);
  decommit @6 (address :UInt64, length :UInt64);
  # Frees the frames; the range stays reserved, and reads zero when committed again.
}

interface MemoryObject {
  getSize @0 () -> (size :UInt64);
  read @1 (offset :UInt64, length :UInt32) -> (data :Data);
  write @2 (offset :UInt64, data :Data);
  createChild @3 (offset :UInt64, length :UInt64) -> (child :MemoryObject);
  # A copy-on-write snapshot.
}

interface FrameAllocator {
  allocate @0 (size :UInt64, contiguous :Bool) -> (object :MemoryObject);
  available @1 () -> (bytes :UInt64);
}
