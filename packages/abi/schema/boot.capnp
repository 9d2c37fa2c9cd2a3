@0xfa329780a3baace9;
# What init is given: the image, read only.

interface BootPackage {
  # Manifest and blobs of the image the system was booted with.
  manifest @0 () -> (manifest :Data);
  # A Manifest message (manifest.capnp), unframed single segment.
  list @1 () -> (names :List(Text));
  # The names of the blobs.
  read @2 (name :Text, offset :UInt64, length :UInt32) -> (data :Data, size :UInt64);
  # A part of a blob, less than asked for at its end or when the result buffer is smaller; `size` is the whole blob's.
  # invalidArgument: there is no such blob.
}
