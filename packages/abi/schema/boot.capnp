@0xfa329780a3baace9;
# What init is given: the image, read only.

interface BootPackage {
  manifest @0 () -> (manifest :Data);
  # A Manifest message (manifest.capnp), unframed single segment.
  list @1 () -> (names :List(Text));
  read @2 (name :Text, offset :UInt64, length :UInt32) -> (data :Data, size :UInt64);
}
