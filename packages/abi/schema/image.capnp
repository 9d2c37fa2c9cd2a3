@0xb7c5a9e0d1f4236b;
# The index of a packed image: one file that holds a system, manifest and blobs, and checks itself.

struct ImageIndex {
  manifest @0 :ImageContent;
  # A Manifest message.
  blobs @1 :List(ImageBlob);
  # By name, in ascending order of the names' UTF-8. Equal blobs share one content.
}

struct ImageBlob {
  name @0 :Text;
  content @1 :ImageContent;
}

struct ImageContent {
  offset @0 :UInt64;
  # From the file's first byte; a multiple of 8.
  length @1 :UInt64;
  digest @2 :Data;
  # SHA-256.
}
