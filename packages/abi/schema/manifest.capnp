@0xd95cf971c6bd8572;
# A system as data: which programs, which services, who holds what.

using import "accounting.capnp".ResourceAmount;

struct Manifest {
  version @0 :UInt32 = 1;
  name @1 :Text;
  programs @2 :List(Program);
  services @3 :List(Service);
  main @4 :Text;
  # The service whose end is the system's: init then stops the others and exits with its status. Empty: when all have ended.
  groups @5 :List(Group);
}

struct Group {
  # Services that start again together. A service in no group is a group of its own.
  name @0 :Text;
  strategy @1 :Strategy;
  intensity @2 :UInt16 = 1;
  # Restarts within a period; when more are needed, the group ends as a whole.
  periodMs @3 :UInt32 = 5000;
  parent @4 :Text;
  # The group that starts this one again when it ended; empty: nobody does.
  restart @5 :Service.Restart = permanent;
  # Whether the parent does.

  enum Strategy {
    oneForOne @0;    # whichever ended
    restForOne @1;   # it, and those started after it
    oneForAll @2;    # all of them
  }
}

struct Program {
  # Something that can be spawned.
  name @0 :Text;
  union {
    elf @1 :Text;         # name of a blob in the boot package
    hosted @2 :Text;      # name of a TypeScript program that the embedder registered
  }
}

struct Service {
  name @0 :Text;
  program @1 :Text;
  arguments @2 :List(Text);
  # argv, from argv[0] on; empty stands for the service's name.
  environment @3 :List(Text);
  imports @4 :List(Import);
  exports @5 :List(Export);
  restart @6 :Restart;
  # temporary: never again. transient: after a failure. permanent: whenever it ends.
  restartLimit @7 :UInt16 = 5;
  # Restarts within a minute; init gives up on a service that needs more. Without meaning for a service in a group.
  group @8 :Text;
  # Empty: a group of its own.
  upgrade @9 :Upgrade;
  limits @10 :List(ResourceAmount);
  # The most it may use of a resource, what it starts included.

  enum Restart { temporary @0; transient @1; permanent @2; }
  enum Upgrade {
    # What becomes of a running service whose program, arguments or environment a new manifest changes.
    restart @0;      # ended and started anew
    handOver @1;     # live: it serves Upgradable (lifecycle.capnp) at the endpoint it finds as `upgrade`
  }
}

struct Import {
  name @0 :Text;          # under which the service finds it in its CapSet
  interfaceId @1 :UInt64;
  union {
    kernel @2 :Text;      # an object of the kernel or board: console, timer, entropy, …
    service :group {
      service @3 :Text;   # an export of another service
      export @4 :Text;
    }
  }
  badge @5 :UInt64;       # for a service import: the badge of the facet minted for this holder; 0 lets init number it
}

struct Export {
  name @0 :Text;
  interfaceId @1 :UInt64;
}
