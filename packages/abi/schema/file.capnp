@0xae28f31857fd1f42;
# Files and directories as capabilities. A Directory reaches what is below it and nothing else; a name is one path component.

enum FileKind { file @0; directory @1; symlink @2; characterDevice @3; blockDevice @4; fifo @5; socket @6; }

struct FileStat {
  # What stat(2) tells, in Linux's units.
  kind @0 :FileKind;
  mode @1 :UInt32;
  size @2 :UInt64;
  links @3 :UInt32;
  inode @4 :UInt64;
  modifiedNs @5 :Int64;
  accessedNs @6 :Int64;
  changedNs @7 :Int64;
  uid @8 :UInt32;
  gid @9 :UInt32;
  blockSize @10 :UInt32;
  blocks @11 :UInt64;
  device @12 :UInt64;
  rdev @13 :UInt64;
}

struct DirectoryEntry {
  # Names are bytes, as POSIX has them.
  name @0 :Data;
  kind @1 :FileKind;
  inode @2 :UInt64;
}

interface File {
  # An open file. errno 0 is success, otherwise Linux's number, and the other results have no meaning.
  read @0 (offset :UInt64, length :UInt32) -> (errno :UInt16, data :Data);
  # Less than asked for at the end of the file, or when the result buffer is smaller.
  write @1 (offset :UInt64, data :Data, append :Bool) -> (errno :UInt16, count :UInt32, offset :UInt64);
  # append: at the end of the file, whatever `offset` says. The result's offset is where the data was put.
  stat @2 () -> (errno :UInt16, stat :FileStat);
  # Attributes now.
  truncate @3 (size :UInt64) -> (errno :UInt16);
  # Sets the size; what is gained reads zero.
  sync @4 (dataOnly :Bool) -> (errno :UInt16);
  # Answers when what was written survives a crash; dataOnly as fdatasync(2).
  setAttributes @5 (attributes :Attributes) -> (errno :UInt16);
  # Mode, owner and times.
}

struct Attributes {
  # Only the fields whose bit is in `mask` are set: 1 mode, 2 uid and gid, 4 accessedNs, 8 modifiedNs.
  mask @0 :UInt32;
  mode @1 :UInt32;
  uid @2 :UInt32;
  gid @3 :UInt32;
  accessedNs @4 :Int64;
  modifiedNs @5 :Int64;
}

interface Directory {
  # errno 0 is success. Nothing here follows a symbolic link: the caller re-resolves it in its own mount table.
  lookup @0 (name :Data) -> (errno :UInt16, stat :FileStat);
  # What is there under that name; a symbolic link is told of itself.
  openFile @1 (name :Data, flags :UInt32, mode :UInt32) -> (errno :UInt16, file :File, stat :FileStat);
  # flags: 1 read, 2 write, 4 create, 8 exclusive, 16 truncate.
  openDirectory @2 (name :Data) -> (errno :UInt16, directory :Directory, stat :FileStat);
  # The directory below; its holder can't come back up.
  list @3 (cookie :UInt64, limit :UInt32) -> (errno :UInt16, entries :List(DirectoryEntry), next :UInt64, end :Bool);
  # Without . and ..; cookie 0 begins, `next` goes on. What is not added or removed meanwhile comes exactly once.
  makeDirectory @4 (name :Data, mode :UInt32) -> (errno :UInt16);
  # As mkdir(2).
  remove @5 (name :Data, directory :Bool) -> (errno :UInt16);
  # As unlink(2), or rmdir(2) for directory.
  rename @6 (name :Data, target :Directory, targetName :Data, flags :UInt32) -> (errno :UInt16);
  # flags: 1 the target name must not exist.
  link @7 (name :Data, target :Directory, targetName :Data) -> (errno :UInt16);
  # A second name for a file, in a directory of the same server.
  symlink @8 (name :Data, path :Data) -> (errno :UInt16);
  # A link that says `path`; the server never follows it.
  readLink @9 (name :Data) -> (errno :UInt16, path :Data);
  # What a symbolic link says.
  stat @10 () -> (errno :UInt16, stat :FileStat);
  # Attributes of the directory itself.
  setAttributes @11 (name :Data, attributes :Attributes) -> (errno :UInt16);
  # An empty name is the directory itself.
  statFileSystem @12 () -> (errno :UInt16, blockSize :UInt32, blocks :UInt64, free :UInt64, files :UInt64, readOnly :Bool);
  # As statfs(2).
  sync @13 () -> (errno :UInt16);
  # Answers when the entries survive a crash.
  resolve @14 (path :Data) -> (errno :UInt16, stats :List(FileStat));
  # As many look-ups: of the first name of `path` here, of each other one in the directory that the one before it is. Names are parted by
  # one slash. What was found, in that order, then errno of the name behind it. It ends where something is no directory, and may end sooner:
  # the rest is to be asked of the directory that was found last.
}
