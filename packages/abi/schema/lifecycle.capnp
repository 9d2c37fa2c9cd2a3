@0xfa7de7f0d40d1f2a;
# The life of a system: its running manifest, and services that are replaced while they serve.

struct HandedOver {
  # The state of a service, for its next version.
  version @0 :UInt32;
  # Of the format: the next version refuses what it can't read.
  data @1 :Data;
  # What fits a message; what does not lies in MemoryObjects among the capabilities.
  capabilities @2 :List(NamedCapability);
}

struct NamedCapability {
  name @0 :Text;
  capability @1 :UInt32;
  # Ordinal among the capabilities of the message.
}

interface Upgradable {
  # A service that can be replaced while clients hold its capabilities. Init is the only caller.
  save @0 () -> (state :HandedOver);
  # The running version tells its state. No call of a client is in flight, and none comes until this is over. It must be able to
  # go on afterwards: when the next version does not come up, it will.
  restore @1 (state :HandedOver);
  # The next version takes over. An exception means that it can't: the running version then goes on.
}

struct ServiceState {
  # A service as SystemControl shows it.
  name @0 :Text;
  running @1 :Bool;
  processId @2 :UInt64;
  starts @3 :UInt32;
  # How often it was started.
  lastEnding @4 :Text;
  # In words; empty when it never ended.
}

interface SystemControl {
  # The system as a whole. Whoever holds it decides what runs and who holds what: as much authority as init itself.
  manifest @0 () -> (manifest :Data);
  # What runs: a Manifest message.
  services @1 () -> (services :List(ServiceState));
  apply @2 (manifest :Data) -> (change :Change);
  # Makes the system what this manifest says, by the difference. Nothing happens unless all of it is valid.

  struct Change {
    problems @0 :List(Text);
    # Why nothing was done: everything that is wrong with the manifest. Empty when it was applied.
    removed @1 :List(Text);
    added @2 :List(Text);
    restarted @3 :List(Text);
    upgraded @4 :List(Text);
    rewired @5 :List(Text);
    # They run on, but a capability of theirs leads elsewhere now.
    failed @6 :List(Text);
    # Services that could not be started, or upgraded and so run on as they were, each with the reason.
  }
}
