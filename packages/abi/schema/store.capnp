@0xd2fab16480ad8712;
# Content-addressed blobs, and names bound to them.

interface Store {
  # Immutable blobs, named by what they contain.
  put @0 (data :Data) -> (id :Data);
  # Keeps a blob; the same data gives the same id.
  # id is self-describing: algorithm byte (0x12 SHA-256), length byte (0x20), digest.
  get @1 (id :Data, offset :UInt64, length :UInt32) -> (data :Data, size :UInt64, missing :Bool);
  # Less than `length` at the end of the blob, or where the server gives no more at once.
  has @2 (id :Data) -> (present :Bool, size :UInt64);
  # Whether a blob is there.
  sync @3 ();
  # Answers when everything put before survives a crash.
}

interface Namespace {
  # Names bound to blobs. A name is UTF-8; slashes in it make the hierarchy.
  resolve @0 (name :Text) -> (binding :Binding);
  # What a name is bound to.
  bind @1 (name :Text, id :Data, ifMatch :Data, conditional :Bool) -> (outcome :Outcome);
  # conditional: bind only if the present hash equals ifMatch (empty: only if unbound).
  # missing: the id is not in the store.
  unbind @2 (name :Text) -> (outcome :Outcome);
  # missing: it was not bound.
  list @3 (prefix :Text, after :Text, limit :UInt32) -> (entries :List(Entry), more :Bool);
  # Names in the order of their UTF-8 bytes, after `after`; limit 0 is as many as the server gives.
  sub @4 (prefix :Text) -> (namespace :Namespace);
  # The names below prefix and a slash, as a namespace of their own. Its holder can't reach outside.
  sync @5 ();
  # Answers when every binding made before survives a crash.
  commit @6 (changes :List(Change)) -> (outcome :Outcome, name :Text);
  # All changes or none. Otherwise `name` is the first that stood in the way.

  struct Change {
    name @0 :Text;
    id @1 :Data;          # empty: unbind
    ifMatch @2 :Data;     # conditional: as for bind
    conditional @3 :Bool;
  }
  struct Binding { union { missing @0 :Void; id @1 :Data; } }
  struct Entry { name @0 :Text; id @1 :Data; }
  enum Outcome { ok @0; conflict @1; missing @2; }
}
