@0xd1f0aa5b0d1c3a77;
# One of everything the codecs carry, for tests: every kind of field, list, default, union and nesting.

enum Colour { red @0; green @1; blue @2; }

struct Numbers {
  # Every scalar, in an order that leaves holes for the compiler to fill.
  bool @0 :Bool;
  int8 @1 :Int8;
  int16 @2 :Int16;
  int32 @3 :Int32;
  int64 @4 :Int64;
  uint8 @5 :UInt8;
  uint16 @6 :UInt16;
  uint32 @7 :UInt32;
  uint64 @8 :UInt64;
  float32 @9 :Float32;
  float64 @10 :Float64;
  colour @11 :Colour;
  secondBool @12 :Bool;
  nothing @13 :Void;
}

struct Defaults {
  # Every default is XORed with what is stored, or replaces a null pointer.
  bool @0 :Bool = true;
  int8 @1 :Int8 = -5;
  int16 @2 :Int16 = -500;
  int32 @3 :Int32 = -50000;
  int64 @4 :Int64 = -5000000000;
  uint8 @5 :UInt8 = 250;
  uint16 @6 :UInt16 = 65000;
  uint32 @7 :UInt32 = 4000000000;
  uint64 @8 :UInt64 = 18000000000000000000;
  float32 @9 :Float32 = 1.5;
  float64 @10 :Float64 = -2.25;
  colour @11 :Colour = blue;
  text @12 :Text = "it's a \"default\"";
  data @13 :Data = 0x"01 02 ff";
  point @14 :Point = (x = 3, y = -4);
  numbers @15 :List(UInt16) = [1, 2, 3];
  points @16 :List(Point) = [(x = 1, y = 2), (x = 3)];
  infinity @17 :Float64 = inf;
}

struct Point { x @0 :Int32; y @1 :Int32; }

struct Pointers {
  text @0 :Text;
  data @1 :Data;
  point @2 :Point;
  capability @3 :Service;
  anything @4 :AnyPointer;
  last @5 :Text;
}

struct Lists {
  voids @0 :List(Void);
  bools @1 :List(Bool);
  int8s @2 :List(Int8);
  int16s @3 :List(Int16);
  int32s @4 :List(Int32);
  int64s @5 :List(Int64);
  uint8s @6 :List(UInt8);
  uint16s @7 :List(UInt16);
  uint32s @8 :List(UInt32);
  uint64s @9 :List(UInt64);
  float32s @10 :List(Float32);
  float64s @11 :List(Float64);
  colours @12 :List(Colour);
  texts @13 :List(Text);
  datas @14 :List(Data);
  points @15 :List(Point);
  mixed @16 :List(Pointers);
  grid @17 :List(List(Int16));
  deep @18 :List(List(List(Point)));
  services @19 :List(Service);
  names @20 :List(List(Text));
}

struct Shape {
  # An unnamed union beside plain fields, a named union, groups inside unions.
  label @0 :Text;
  union {
    none @1 :Void;
    circle @2 :Float64;
    square @3 :UInt32;
    named @4 :Text;
    place @5 :Point;
    box :group {
      corner @6 :Point;
      width @7 :UInt16;
      flag @8 :Bool;
      title @9 :Text;
    }
    many @10 :List(Int8);
  }
  fill :union {
    empty @11 :Void;
    colour @12 :Colour;
    pattern :group { name @13 :Text; scale @14 :Float32; }
  }
  visible @15 :Bool = true;
}

struct Tree {
  # Recursion through a pointer, and through a list.
  value @0 :UInt32;
  left @1 :Tree;
  right @2 :Tree;
  children @3 :List(Tree);
}

struct Empty {}

struct Holder { empty @0 :Empty; empties @1 :List(Empty); after @2 :Text; }

struct Reading {
  # The three-field message of the benchmark.
  sensor @0 :UInt32;
  valid @1 :Bool;
  takenAtNs @2 :UInt64;
}

struct NamedReading { sensor @0 :UInt32; name @1 :Text; takenAtNs @2 :UInt64; }

struct OldPerson { name @0 :Text; age @1 :UInt16; }
struct NewPerson {
  # OldPerson some versions later.
  name @0 :Text;
  age @1 :UInt16;
  height @2 :Float64 = 1.75;
  email @3 :Text = "none";
  tags @4 :List(Text);
  home @5 :Point;
  colour @6 :Colour = green;
}

struct OldLists { bytes @0 :List(UInt8); words @1 :List(UInt64); texts @2 :List(Text); wide @3 :List(UInt32); }
struct NewLists {
  # OldLists after its element types became structs whose first field is the old element.
  bytes @0 :List(ByteBox);
  words @1 :List(WordBox);
  texts @2 :List(TextBox);
  wide @3 :List(UInt16);
}
struct ByteBox { value @0 :UInt8; more @1 :UInt32 = 7; }
struct WordBox { value @0 :UInt64; note @1 :Text; }
struct TextBox { value @0 :Text; count @1 :UInt8; }

struct Box(T) { content @0 :T; count @1 :UInt32; }

interface Service {
  greet @0 (name :Text, times :UInt8 = 1) -> (greeting :Text);
  find @1 Point -> (service :Service, shape :Shape);
  import @2 (shape :Shape) -> Tree;

  struct Options { loud @0 :Bool; colour @1 :Colour; }
  enum Mood { calm @0; cross @1; }
}
